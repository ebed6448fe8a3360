"""The count: ballots in, winners out; exact, explained, and independent of everything else in the desk."""
