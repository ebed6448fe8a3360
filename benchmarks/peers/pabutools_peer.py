"""Asks pabutools, which runs in an environment of its own; see `pabutools_side.py`."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peers.answering import Answering

from budget_voting.count.rules import CountRules

VERSION = "1.2.3"
LIBRARIES = ("pabutools==1.2.3", "gmpy2==2.3.2", "numpy", "preflibtools", "natsort", "pulp")
"""What it needs; without gurobipy, which is not free and which counting does not use."""


def install(folder: Path) -> Path:
    """Its Python, in `folder`; fetched where it is not there yet."""
    python = folder / "pabutools" / "bin" / "python"
    if not python.exists():
        subprocess.run(["python3", "-m", "venv", str(folder / "pabutools")], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", *LIBRARIES]
        subprocess.run(pip, check=True, stdout=subprocess.DEVNULL)
    return python


class Pabutools(Answering):
    """Answers tasks; `task` tells the winners and its seconds."""

    def __init__(self, python: Path) -> None:
        super().__init__([str(python), str(Path(__file__).parent / "pabutools_side.py")])

    def task(self, file: Path, rules: CountRules) -> dict[str, Any]:
        """What pabutools funds of a file by such rules, and how long it read and counted."""
        return self.ask(
            {
                "file": str(file),
                "rule": rules.method.value,
                "utility": rules.utility.value,
                "completion": rules.completion.value if rules.completion else "none",
                "step": int(rules.step),
            }
        )


def masks(won: Sequence[str], ids: Sequence[str]) -> int:
    """A set of projects as one number, bit by bit in the order of the ballot."""
    return sum(1 << place for place, id_ in enumerate(ids) if id_ in won)
