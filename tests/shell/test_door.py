"""A service moves in through the door: nothing in the desk knows of it, and everything of it works.

The guest book lies in a folder of its own, installed as any distribution is; each test meets it in a fresh process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.base.paths import HOME_VARIABLE, KEYS_VARIABLE, Home

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, home: Home) -> Run:
    """Run Python with the guest book installed; what it printed. The desk's home is `home`."""
    site = tmp_path / "site"
    shutil.copytree(Path(__file__).parent / "guestbook", site / "guestbook")
    info = site / "guestbook-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: guestbook\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[akimat_desk.services]\nguestbook = guestbook.service:SERVICE\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(site),
        HOME_VARIABLE: str(home.data),
        KEYS_VARIABLE: str(home.keys),
        "AKIMAT_DESK_LANGUAGE": "en",
    }

    def call(*arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return call


SEE = """
import json
from akimat_desk.service import find_services
found = {service.name: service for service in find_services()}
last = found[list(found)[-1]]
print(json.dumps([last.name, last.tiles[0].title, last.staff_pages[0].title, last.commands[0].name]))
"""

OPEN = """
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
with open_desk(
    Home.find(), clock=SystemClock(), words=Translator(()), services=find_services(), create=True
) as desk, desk.store.read() as db:
    print(sorted(name for name in db.get_tables() if name.startswith("guestbook")))
"""

COMMAND = ("-m", "akimat_desk.shell.command_line")


def test_its_tile_row_and_command_are_seen_in_their_order(run: Run) -> None:
    assert json.loads(run("-c", SEE)) == ["guestbook", "Guest book", "Guest book", "guestbook"]


def test_its_tables_are_made(run: Run) -> None:
    assert run("-c", OPEN) == "['guestbook_line', 'guestbook_pen']\n"


def test_its_command_writes_its_kind_of_entry_and_reads_its_table(run: Run) -> None:
    run("-c", OPEN)
    assert json.loads(run(*COMMAND, "guestbook", "--sign", "12", "--json")) == {"lines": 1, "letters": 12}
    assert json.loads(run(*COMMAND, "guestbook", "--sign", "30", "--json")) == {"lines": 2, "letters": 42}
    assert run(*COMMAND, "guestbook") == "2 lines\n"


def test_when_it_moves_out_its_entries_stay_and_it_may_come_back(run: Run, home: Home, tmp_path: Path) -> None:
    """The desk opens without it; what it wrote waits in the journal."""
    run("-c", OPEN)
    run(*COMMAND, "guestbook", "--sign", "12")
    entry_points = tmp_path / "site" / "guestbook-1.dist-info" / "entry_points.txt"
    aside = entry_points.read_text()
    entry_points.write_text("")
    assert "guestbook" not in run(*COMMAND, "--help")
    run("-c", OPEN)
    entry_points.write_text(aside)
    assert json.loads(run(*COMMAND, "guestbook", "--json")) == {"lines": 1, "letters": 12}
