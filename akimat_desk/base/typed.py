"""What a person types after an option of the command line, as values; argparse tells of what is not one."""

from __future__ import annotations


def count(text: str) -> int:
    """How many: 0 or more. Raises `ValueError`."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
