"""Prints what the checks say to a writer: `.venv/bin/python -m tests.language.advice`. Nothing here fails a build."""

from __future__ import annotations

import sys

from tests.language.checks import ADVICE
from tests.language.texts import said


def main() -> None:
    """One line a remark, the text it is about before it."""
    for entry in said():
        for check in ADVICE.values():
            for remark in check(entry):
                sys.stdout.write(f"{entry}\n    {remark}\n")


if __name__ == "__main__":
    main()
