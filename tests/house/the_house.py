"""What the house tests look at: the project's folders, its tracked files, its modules."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOP = sorted({name.split(".")[0] for name in PYPROJECT["tool"]["setuptools"]["packages"]})
"""The top-level packages of the distribution."""


def tracked_files() -> list[str]:
    """Every file git knows, with "/" between the parts."""
    call = ["git", "ls-files", "-z"]
    names = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def packages() -> list[str]:
    """Every folder with an `__init__.py`, dotted."""
    return sorted(
        ".".join(file.parent.relative_to(ROOT).parts) for top in TOP for file in (ROOT / top).rglob("__init__.py")
    )


def modules() -> list[str]:
    """Every module of the distribution, dotted, packages among them."""
    found = []
    for top in TOP:
        for file in (ROOT / top).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(found)


def draws(module: str) -> bool:
    """Whether a module may need tkinter: the toolkit, screens, the shell's one window and the walk through it."""
    toolkit = module == "akimat_desk.ui" or module.startswith("akimat_desk.ui.")
    return toolkit or "screens" in module.split(".") or module in ("akimat_desk.shell.app", "akimat_desk.shell.tour")
