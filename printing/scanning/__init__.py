"""Copying and scanning: from a paper on the glass to paper, to a stick, or into the in-tray."""
