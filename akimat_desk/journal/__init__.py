"""Entries, chain, append, apply, verify, replay."""
