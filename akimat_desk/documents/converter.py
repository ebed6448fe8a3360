"""Where LibreOffice is. Looked for by the desk, which imports nothing heavy for it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

_NAMES: Final = ("soffice", "libreoffice")
_WINDOWS_PLACES: Final = ("ProgramFiles", "ProgramFiles(x86)")


def find_converter() -> str:
    """The LibreOffice of this PC, or "" where there is none."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for variable in _WINDOWS_PLACES:
        program = Path(os.environ.get(variable, "")) / "LibreOffice" / "program" / "soffice.exe"
        if os.environ.get(variable) and program.is_file():
            return str(program)
    return ""
