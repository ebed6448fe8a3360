"""Receptions and standing meetings: when they are held, and that no date moves in silence."""
