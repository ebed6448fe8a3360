"""The encrypted database, backup, recovery key."""
