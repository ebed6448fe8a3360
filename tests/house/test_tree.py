"""The tree itself: small rooms, packages listed, nothing of one machine in a tracked file, locks without addresses and
without libraries nobody uses."""

from __future__ import annotations

import ast
import re
import tokenize
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath

from .the_house import PYPROJECT, ROOT, TOP, packages, tracked_files

LINES = 420
"""A file with more lines of code than about 400 is two rooms. Comments, docstrings and empty lines are not counted."""

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".lock",
    ".in",
    ".po",
    ".pot",
    ".json",
    ".svg",
    ".html",
    ".css",
    ".js",
    ".tsv",
    "",
}


def test_no_file_is_two_rooms() -> None:
    sizes = {name: _lines_of_code(ROOT / name) for name in tracked_files() if name.endswith(".py")}
    assert {name: size for name, size in sizes.items() if size > LINES} == {}


def _lines_of_code(file: Path) -> int:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lines: set[int] = set()
    with file.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING):
                lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_every_package_on_disk_is_listed_and_every_listed_one_is_there() -> None:
    assert sorted(PYPROJECT["tool"]["setuptools"]["packages"]) == packages()


def test_folders_beside_the_packages_are_no_packages() -> None:
    folders = {"installer", "tests", "benchmarks", "docs"}
    assert [n for n in tracked_files() if n.split("/")[0] in folders and n.endswith("__init__.py")] == []


def test_every_room_of_the_desk_has_its_floor() -> None:
    """What lies in `akimat_desk` stands in the law of arrows, so that no room can escape it."""
    (law,) = [c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    floors = {name for layer in law["layers"] for name in re.findall(r"[\w.]+", layer)}
    rooms = {
        path.stem
        for path in (ROOT / "akimat_desk").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    tops = set(PYPROJECT["tool"]["importlinter"]["root_packages"]) - {"akimat_desk"}
    assert {f"akimat_desk.{room}" for room in rooms - {"__init__"}} | tops <= floors


def test_no_tracked_file_tells_of_one_machine_or_names_a_registry() -> None:
    """Such words make a file true in one place only; the parts are joined here so that this file is clean, too."""
    places = [rb"/ro" rb"ot/", rb"/wo" rb"rk/", rb"/home/" rb"[a-z]"]
    registries = [rb"py" rb"pi\.org", rb"python" rb"hosted\.org", rb"registry\.npm" rb"js", rb"deb\.deb" rb"ian\.org"]
    words = re.compile(b"|".join(places + registries))
    found = {
        name: words.findall((ROOT / name).read_bytes())
        for name in tracked_files()
        if PurePosixPath(name).suffix in TEXT and words.search((ROOT / name).read_bytes())
    }
    assert found == {}


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "installer" / "locks").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_every_library_asked_for_is_used() -> None:
    """What is asked for is imported somewhere; what others need in their turn stands in the lock alone."""
    wanted = re.findall(r"^[\w-]+", (ROOT / "installer" / "locks" / "run.in").read_text("utf-8"), re.MULTILINE)
    assert [name for name in wanted if not _modules_of(name) & _imported()] == []


def _modules_of(library: str) -> set[str]:
    files = metadata.files(library)
    assert files is not None
    return {file.parts[0].partition(".")[0] for file in files}


@cache
def _imported() -> frozenset[str]:
    """The first word of everything the packages import."""
    found: set[str] = set()
    for name in tracked_files():
        if name.endswith(".py") and name.split("/")[0] in TOP:
            for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.partition(".")[0])
                elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
                    found |= {word.value.partition(".")[0] for word in node.args if isinstance(word, ast.Constant)}
    return frozenset(found)
