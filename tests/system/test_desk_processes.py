"""The desk as processes: killed in the middle, started twice, told to end; each meets the data the others left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.people.entries import ZoneContent
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.people.zone import ThisPc, open_zone, set_this_pc
from akimat_desk.service import find_services
from akimat_desk.shell.keeper import LOCK
from akimat_desk.shell.opening import open_desk
from akimat_desk.store.errors import DiskFull
from akimat_desk.store.lock import DeskLock

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and X are of Unix"),
]

PROGRAM = (sys.executable, "-m", "akimat_desk.shell.command_line")
SECRET = "Осы сөздер ешкімге керек емес 7316554"

RESIDENT = """
import sys
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.hands import Hands
from pathlib import Path
app = App(Home.find(), Translator(()), find_services(), SystemClock())
hands = Hands(app, Path("."))
with screen_thread():
    app.start()
    hands.wait(lambda: app.desk is not None, "the desk")
    hands.press("tile-0")
    hands.wait(lambda: app.resident.session is not None, "a session")
    (app.resident.session.folder / "letter.txt").write_text(sys.argv[1], encoding="utf-8")
    print("begun", flush=True)
    while True:
        hands.look(0.1)
"""
"""A resident who has opened a letter, until the process is killed."""


@pytest.fixture
def village(tmp_path: Path) -> Home:
    """A residents' PC, in the place where a process with `_environment` finds it."""
    services = find_services()
    home = Home.find(tmp_path / "desk").ensure()
    with open_desk(home, clock=SystemClock(), words=Translator(()), services=services, create=True) as desk:
        administrator = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin="274093")
        with desk.store.write() as db:
            set_this_pc(db, ThisPc("", "kiosk", 1))
        open_zone(desk.journal, ZoneContent(name_kk="Ақжар", name_ru="Акжар"), by=administrator)
    return home


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(village: Home) -> Iterator[Start]:
    """Starts a process on the village; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "AKIMAT_DESK_HOME": str(village.data), "AKIMAT_DESK_LANGUAGE": "en"}

    def begin(*call: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _wait(so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 60
    while not so():
        assert time.monotonic() < until, f"waited for {what}"
        time.sleep(0.02)


def _held(home: Home, name: str) -> bool:
    lock = DeskLock(home, name)
    if lock.acquire():
        lock.release()
        return False
    return True


def _said(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    found = process.stdout.readline().strip()
    if found != line:
        process.kill()
        raise AssertionError(f"{found!r} {process.communicate()[1]}")


def _files_holding(folder: Path, words: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


class TestTheKeeper:
    def test_it_keeps_until_it_is_told_to_end(self, village: Home, start: Start) -> None:
        keeper = start(*PROGRAM, "keeper")
        _wait(lambda: _held(village, LOCK), "the keeper")
        keeper.send_signal(signal.SIGTERM)
        assert keeper.communicate(timeout=60) == ("", "")
        assert keeper.returncode == 0
        assert not _held(village, LOCK)

    def test_one_of_two_keeps_and_the_other_takes_over_when_it_is_killed(self, village: Home, start: Start) -> None:
        first = start(*PROGRAM, "keeper")
        _wait(lambda: _held(village, LOCK), "the first keeper")
        second = start(*PROGRAM, "keeper")
        first.kill()
        first.wait()
        _wait(lambda: _held(village, LOCK), "the second keeper")
        assert second.poll() is None
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) == 0


@pytest.mark.screen
@pytest.mark.usefixtures("display")
class TestTheWindow:
    def test_a_second_window_says_one_sentence_and_the_first_goes_on(self, village: Home, start: Start) -> None:
        first = start(*PROGRAM, "open", "--window")
        _wait(lambda: _held(village, "window"), "the first window")
        second = start(*PROGRAM, "open", "--window")
        assert second.communicate(timeout=60) == (
            "",
            "Akimat Desk is already open on this PC. Use the window that is open.\n",
        )
        assert second.returncode == 1
        assert first.poll() is None

    def test_told_to_end_it_ends_cleanly(self, village: Home, start: Start) -> None:
        window = start(*PROGRAM, "open", "--window")
        _wait(lambda: _held(village, LOCK), "the desk, opened and kept")
        window.send_signal(signal.SIGTERM)
        assert window.communicate(timeout=60) == ("", "")
        assert window.returncode == 0

    def test_killed_in_a_session_the_next_start_wipes_before_anyone_can_begin(
        self, village: Home, start: Start
    ) -> None:
        resident = start(sys.executable, "-c", RESIDENT, SECRET)
        _said(resident, "begun")
        assert _files_holding(village.data, SECRET) != []
        resident.kill()
        resident.wait()
        assert _files_holding(village.data, SECRET) != []  # nobody was there to wipe
        start(*PROGRAM, "open", "--window")
        _wait(lambda: _held(village, LOCK), "the desk, opened and kept")  # the keeper begins after the wipe
        assert _files_holding(village.data, SECRET) == []
        assert list(village.sessions.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_on_a_full_disk_nothing_is_half_saved_and_with_room_it_goes_on(tmp_path: Path) -> None:
    """A disk of a few megabytes, filled to the last byte."""
    services = find_services()
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=True)
    try:
        home = Home.find(disk / "desk").ensure()
        with open_desk(home, clock=SystemClock(), words=Translator(()), services=services, create=True) as desk:
            administrator = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin="274093")
            filler = disk / "filler"
            _fill(filler)
            with pytest.raises(DiskFull):
                open_zone(desk.journal, ZoneContent(name_kk="Ақжар", name_ru="Акжар"), by=administrator)
        assert _doctor(home)["state"] == "works"  # what was saved before can be read
        filler.unlink()
        with open_desk(home, clock=SystemClock(), words=Translator(()), services=services) as desk:
            open_zone(desk.journal, ZoneContent(name_kk="Ақжар", name_ru="Акжар"), by=administrator)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _doctor(home: Home) -> dict[str, str]:
    """What `doctor` says of the database: whether the desk opens."""
    call = [*PROGRAM, "doctor", "--home", str(home.data), "--json"]
    environment = {**os.environ, "AKIMAT_DESK_LANGUAGE": "en"}
    ended = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr
    part: dict[str, str] = next(part for part in json.loads(ended.stdout)["parts"] if part["name"] == "Database")
    return part


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as stream:
        for size in (65536, 512, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue
