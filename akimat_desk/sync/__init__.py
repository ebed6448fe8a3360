"""Exchange of entries over a link."""
