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


SHELL_WITHOUT_WINDOW = frozenset(
    f"akimat_desk.shell.{room}"
    for room in ("command_line", "commands", "demo", "doctor", "keeper", "opening", "pages", "service")
)
"""The rooms of the shell that work where there is no screen; the others are its one window."""


def draws(module: str) -> bool:
    """Whether a module may need tkinter: the toolkit, screens, and the shell's one window."""
    if module.startswith("akimat_desk.shell."):
        return module not in SHELL_WITHOUT_WINDOW
    return module == "akimat_desk.ui" or module.startswith("akimat_desk.ui.") or "screens" in module.split(".")
