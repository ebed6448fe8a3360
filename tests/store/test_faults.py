"""What the world does to a PC in a village: the plug is pulled, programs are killed, disks fill up, clocks are wrong.

In each case: what was acknowledged is there, the file is whole, and the desk goes on.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import apsw
import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.store import Migration, Store
from akimat_desk.store.backup import backup
from akimat_desk.store.check import check
from akimat_desk.store.connections import SETTINGS
from akimat_desk.store.layout import BIRTH
from akimat_desk.store.recovery import RecoveryKey
from akimat_desk.store.restore import restore
from tests.store.notes import NOTES, add, texts
from tests.store.power_cuts import Operation, Recorder, disk_after

KILLS = 1000
CUTS = 1000
COMMITS = 150


def run(module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", f"tests.store.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_thousand_kills_lose_nothing_that_was_acknowledged(home: Home) -> None:
    seen = json.loads(run("killed_writers", home.data, home.keys, KILLS, "village"))
    assert (seen["kills"], seen["lost"]) == (KILLS, 0)
    assert seen["told"] > KILLS
    store = Store.open(home, migrations=[NOTES])
    report = check(store)
    assert report.sound
    assert report.counts["note"] >= seen["highest"]
    store.close()


def recorded(folder: Path, settings: tuple[str, ...]) -> tuple[list[Operation], list[int]]:
    """The disk operations of some commits, and after how many of them each commit had returned."""
    recorder = Recorder(f"recorder-{id(folder)}")
    returned = []
    with closing(apsw.Connection(str(folder / "desk.db"), vfs=recorder.name)) as connection:
        for setting in BIRTH:
            connection.execute(f"PRAGMA {setting}").fetchall()
    with closing(apsw.Connection(str(folder / "desk.db"), vfs=recorder.name)) as connection:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("BEGIN IMMEDIATE; CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE); COMMIT")
        returned.append(len(recorder.operations))
        for number in range(1, COMMITS + 1):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO note VALUES (?, ?)", (number, f"{number} {'x' * 1100}"))
            connection.execute("COMMIT")
            returned.append(len(recorder.operations))
    recorder.unregister()
    return recorder.operations, returned


def outcome(folder: Path, disk: dict[str, bytes]) -> int | str:
    """How many commits are there after the PC is on again, or what is wrong with the file."""
    folder.mkdir()
    for name, content in disk.items():
        (folder / name).write_bytes(content)
    with closing(apsw.Connection(str(folder / "desk.db"))) as connection:
        try:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "integrity"
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'note'").fetchall():
                return -1
            rows, highest = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM note").fetchall()[0]
        except apsw.Error as error:
            return str(error)
    return int(str(highest)) if rows == highest else "holes"


def losses(tmp_path: Path, settings: tuple[str, ...], cuts: int) -> Iterator[str]:
    """Cut the power `cuts` times; what was lost or broken by it."""
    chance = random.Random(2026)
    (tmp_path / "made").mkdir()
    operations, returned = recorded(tmp_path / "made", settings)
    for number in range(cuts):
        at = chance.randrange(returned[0], len(operations) + 1)
        acknowledged = sum(done <= at for done in returned) - 1
        found = outcome(tmp_path / f"cut{number}", disk_after(operations[:at], chance))
        if isinstance(found, str):
            yield f"cut after {at}: {found}"
        elif found < acknowledged:
            yield f"cut after {at}: {acknowledged} acknowledged, {found} there"


def test_a_thousand_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert list(losses(tmp_path, SETTINGS, CUTS)) == []


def test_the_power_cuts_would_find_a_store_that_does_not_flush(tmp_path: Path) -> None:
    careless = tuple(s.replace("synchronous = FULL", "synchronous = NORMAL") for s in SETTINGS)
    assert careless != SETTINGS
    assert len(list(losses(tmp_path, careless, 50))) > 10


@pytest.mark.parametrize("way", ["tmpfs", "limit"])
def test_a_full_disk_is_said_so_keeps_everything_and_is_got_over(tmp_path: Path, way: str) -> None:
    seen = json.loads(run("full_disk", way, tmp_path / "disk", tmp_path / "keys"))
    assert seen["said"] in (["disk-full"], ["storage-fault"])
    assert seen["acknowledged"] > 0
    assert seen == {
        "said": seen["said"],
        "acknowledged": seen["acknowledged"],
        "kept_while_full": seen["acknowledged"],
        "backup_while_full": seen["said"][0],
        "older_backup_whole": True,
        "kept_after": seen["acknowledged"] + 1,
        "sound": True,
    }


def test_without_its_last_wal_the_desk_opens_at_an_earlier_commit(home: Home, tmp_path: Path) -> None:
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    store.close()
    store = Store.open(home, migrations=[NOTES])
    add(store, "two")
    other = Home(tmp_path / "copied", home.keys)
    other.ensure()
    other.database.write_bytes(home.database.read_bytes())
    wal = home.database.with_name("desk.db-wal").read_bytes()
    store.close()
    # The journal's mark, outside the data folder, is what notices this.
    without = Store.open(other, migrations=[NOTES])
    assert texts(without) == ["one"]
    assert check(without).sound
    without.close()
    other.database.with_name("desk.db-wal").write_bytes(wal)
    whole = Store.open(other, migrations=[NOTES])
    assert texts(whole) == ["one", "two"]
    whole.close()


def test_a_wal_that_was_cut_or_changed_gives_a_whole_earlier_state(home: Home, tmp_path: Path) -> None:
    store = Store.open(home, migrations=[NOTES], create=True)
    for number in range(20):
        add(store, f"{number} {'x' * 500}")
    base, wal = home.database.read_bytes(), home.database.with_name("desk.db-wal").read_bytes()
    store.close()
    for number, place in enumerate(range(40, len(wal), len(wal) // 25)):
        for name, broken in (("cut", wal[:place]), ("flip", wal[:place] + bytes([wal[place] ^ 1]) + wal[place + 1 :])):
            other = Home(tmp_path / f"{name}{number}", home.keys).ensure()
            other.database.write_bytes(base)
            other.database.with_name("desk.db-wal").write_bytes(broken)
            opened = Store.open(other)
            report = check(opened)
            assert report.sound
            if "note" in report.counts:
                assert [text.split()[0] for text in texts(opened)] == [str(n) for n in range(report.counts["note"])]
            opened.close()


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_is_wrong_changes_nothing_but_the_dates(home: Home, tmp_path: Path, year: int) -> None:
    key = RecoveryKey.make()
    right, wrong = (FixedClock(datetime(y, 1, 1, 6, 0, tzinfo=KAZAKHSTAN)) for y in (2026, year))
    steps = [NOTES]
    for name, clock in (("a", right), ("b", right), ("c", right), ("d", wrong), ("e", right), ("f", wrong)):
        store = Store.open(home, migrations=steps, create=True, clock=clock)
        add(store, name)
        backup(store, tmp_path / name, key.seal, clock=clock)
        store.close()
        steps.append(Migration(f"test.{name}", lambda db: None))
    assert [file.name[7:] for file in sorted((home.data / "copies").iterdir())] == [
        f"before-test.{name}.db" for name in "cde"
    ]
    done = restore(tmp_path / "f", key.printed, home, clock=wrong)
    assert datetime.fromtimestamp(done.header.made_ms / 1000, KAZAKHSTAN).year == year
    store = Store.open(home, migrations=steps, clock=right)
    assert texts(store) == list("abcdef")
    store.close()
