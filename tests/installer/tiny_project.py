"""A project so small that setting it up takes seconds: no libraries, and a build backend of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.environment import ROOT, Environment

BACKEND = """
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/tiny-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "".join(f"{name},,\\n" for name in wheel.namelist()))
    return "tiny-1-py3-none-any.whl"
"""

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "tiny"
version = "1"
"""

SET_UP = "import sys; from pathlib import Path; from installer.environment import Environment; " + (
    "print(Environment(Path(sys.argv[1])).ensure(sys.argv[2]))"
)


def make_project(root: Path) -> Environment:
    """Write the tiny project."""
    (root / "installer" / "locks").mkdir(parents=True)
    for name in ("run", "test"):
        (root / "installer" / "locks" / f"{name}.lock").write_text(f"# no libraries to {name}\n")
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "backend.py").write_text(BACKEND)
    return Environment(root)


def start_set_up(environment: Environment, flavour: str) -> subprocess.Popen[str]:
    """Start the set-up in a process of its own, which prints the environment's Python at the end."""
    call = [sys.executable, "-c", SET_UP, str(environment.root), flavour]
    return subprocess.Popen(call, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
