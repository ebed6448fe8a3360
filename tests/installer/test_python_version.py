"""Which Python the set-up takes, and what it says when there is none."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

from installer import python_version

SCRIPTS = Path(python_version.__file__).parent


def _program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize(
    ("version", "suitable"),
    [((2, 7), False), ((3, 6), False), ((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_311_to_313_are_suitable(version: tuple[int, int], suitable: bool) -> None:
    assert python_version.is_suitable(version) is suitable


def test_candidates_are_the_programs_named_python_newest_first(tmp_path: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.10", "python3-config"):
        _program(tmp_path / "b", name, "exit 0")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "python3.13").write_text("not a program")
    path = os.pathsep.join([str(tmp_path / "a"), "", str(tmp_path / "b")])
    found = [Path(file) for file in python_version.candidates(path)]
    ours = [file.name for file in found if file.parent == tmp_path / "b"]
    assert ours == ["python3.12", "python3.11", "python3"]
    assert tmp_path / "a" / "python3.13" not in found


def test_a_python_tells_its_version_and_whether_it_is_whole() -> None:
    assert python_version.ask(sys.executable) == (sys.version_info[:2], True)


def test_what_does_not_answer_as_a_python_is_none(tmp_path: Path) -> None:
    silent = _program(tmp_path, "python3.12", "echo 'not found' >&2; exit 127")  # what a pyenv shim does
    talking = _program(tmp_path, "python3.13", "echo hello")
    assert python_version.ask(str(silent)) == ((0, 0), False)
    assert python_version.ask(str(talking)) == ((0, 0), False)
    assert python_version.ask(str(tmp_path / "absent")) == ((0, 0), False)


def test_a_whole_python_goes_before_a_newer_one_without_tkinter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python_version, "SYSTEM_FOLDERS", [])
    _program(tmp_path, "python3.13", "echo 3.13")
    whole = _program(tmp_path, "python3.12", "echo 3.12; echo whole")
    assert python_version.another(str(tmp_path), whole_only=False) == str(whole)
    assert python_version.another(str(tmp_path), whole_only=True) == str(whole)


def test_the_sentence_names_what_is_needed_and_the_command_that_brings_it() -> None:
    assert python_version.sentence_for((3, 9)) == (
        "Akimat Desk needs Python 3.11 to 3.13; this is Python 3.9 and no other was found. "
        "On Debian or Ubuntu: apt-get install python3 python3-tk python3-venv"
    )


@pytest.mark.parametrize("name", ["run.py", "test.py", "python_version.py"])
def test_an_old_python_can_read_the_files_that_turn_it_away(name: str) -> None:
    source = (SCRIPTS / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]


@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.py")), ids=lambda file: file.name)
def test_the_set_up_needs_nothing_but_the_standard_library(file: Path) -> None:
    """What it imports from its own folder aside; catalogues.py is a tool of developers, run from the environment."""
    if file.name == "catalogues.py":
        return
    roots = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").split(".")[0])
    assert roots - sys.stdlib_module_names == roots & {"installer"}
