"""What the documents say is so: commands exist, links lead somewhere, licences are listed."""

from __future__ import annotations

import re
import shlex

import pytest

from akimat_desk.service import find_services
from akimat_desk.shell.service import COMMANDS

from .the_house import ROOT, tracked_files

PAGES = (
    "README.md",
    "THIRD_PARTY.md",
    *("docs/architecture.md", "docs/benchmarks.md", "docs/developing.md", "docs/journal.md", "docs/scanning.md"),
    *("docs/guide/kk.md", "docs/guide/ru.md"),
)


def _read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _commands(page: str) -> list[list[str]]:
    """Every command of the page's shell blocks, in words."""
    blocks = re.findall(r"```sh\n(.*?)```", _read(page), re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def _libraries(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", (ROOT / "installer" / "locks" / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_every_script_and_folder_a_command_names_is_there(page: str) -> None:
    named = {
        word
        for words in _commands(page)
        for word in words
        if re.fullmatch(r"[\w./-]+/[\w./-]+", word) and not word.startswith(".venv")
    }
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_readme_shows_the_two_commands_first() -> None:
    assert _commands("README.md")[:2] == [["python3", "installer/run.py"], ["python3", "installer/test.py"]]


def test_every_command_of_the_program_that_is_shown_exists() -> None:
    shown = {
        words[2] for page in PAGES for words in _commands(page) if words[1:2] == ["installer/run.py"] and words[2:]
    }
    commands = {command.name for service in find_services() for command in service.commands}
    assert shown
    assert shown - commands - {command.name for command in COMMANDS} == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_to_files_of_the_project(page: str) -> None:
    folder = (ROOT / page).parent
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", _read(page)) if "://" not in link]
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_in_backticks_is_there(page: str) -> None:
    """Rooms every service has (`rules.py`) are named without a folder, and what a run makes is not in a clone."""
    named = set(re.findall(r"`((?:akimat_desk|printing|installer|tests|benchmarks|docs|\.ci)/[\w./-]*)`", _read(page)))
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_package_of_the_tree_is_on_the_architecture_page() -> None:
    page = _read("docs/architecture.md")
    rooms = {"/".join(name.split("/")[:2]) for name in tracked_files() if name.startswith("akimat_desk/")}
    dotted = {
        room.removesuffix(".py").replace("/", ".") for room in rooms if not room.endswith(("__init__.py", "py.typed"))
    }
    assert {room for room in dotted - {"akimat_desk.locale"} if f"`{room}`" not in page} == set()


def test_every_folder_with_a_licence_of_its_own_is_listed() -> None:
    folders = {name.rpartition("/")[0] for name in tracked_files() if re.search(r"/(LICENSE|OFL)[^/]*$", name)}
    assert {folder for folder in folders if f"`{folder}`" not in _read("THIRD_PARTY.md")} == set()


def test_every_library_a_desk_runs_with_is_listed_with_its_licence() -> None:
    table = _read("THIRD_PARTY.md").partition("## In the tree")[0]
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", table, re.MULTILINE))
    assert rows.pop("library") == "licence"
    assert set(rows) == _libraries("run.lock")
    assert {name: licence for name, licence in rows.items() if re.search(r"\bA?GPL", licence)} == {}
