"""A resident's session: a folder of its own, and nothing left afterwards, whatever happened."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.base.words import Translator
from akimat_desk.people import session as session_module
from akimat_desk.people.session import Session, Wiped, wipe_left_over
from akimat_desk.store.errors import Busy
from akimat_desk.store.lock import Turn


@pytest.fixture
def session(home: Home, clock: FixedClock) -> Session:
    return Session.start(home, clock)


def left_in(home: Home) -> list[Path]:
    return list(home.sessions.iterdir())


def test_a_session_has_an_empty_folder_nobody_else_reads(session: Session) -> None:
    assert stat.S_IMODE(session.folder.stat().st_mode) == 0o700
    assert list(session.folder.iterdir()) == []


def test_no_two_sessions_are_the_same(home: Home, clock: FixedClock) -> None:
    assert Session.start(home, clock).id != Session.start(home, clock).id


def test_the_wipe_leaves_nothing_and_says_so(session: Session, home: Home) -> None:
    (session.folder / "Ерғалиева.docx").write_text("өтініш")
    wiped = session.wipe()
    assert wiped == Wiped()
    assert left_in(home) == []
    assert Translator((), "en").say(wiped.sentence) == (
        "Your data on this computer are erased. Do not forget your USB stick and papers."
    )


def test_every_service_forgets_even_where_one_fails(
    session: Session, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    forgotten = []

    def fail() -> None:
        raise OSError("Ерғалиева.docx")

    wiped = session.wipe({"printing": fail, "meetings": lambda: forgotten.append("meetings")})
    assert wiped == Wiped(0, ("printing",))
    assert forgotten == ["meetings"]
    assert left_in(home) == []
    assert Translator((), "en").say(wiped.sentence) == (
        "Not everything was erased. Stay here and call a member of staff."
    )
    assert "Ерғалиева" not in caplog.text


def test_what_could_not_be_erased_is_counted_and_tried_again(
    session: Session, home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (session.folder / "Ерғалиева.docx").write_text("өтініш")
    with monkeypatch.context() as patch:
        patch.setattr(session_module, "erase_folder", lambda folder: [folder / "Ерғалиева.docx", folder])
        assert session.wipe() == Wiped(2)
    assert "Ерғалиева" not in caplog.text
    assert session.wipe() == Wiped()
    assert left_in(home) == []


def test_at_the_start_only_what_is_left_over_is_wiped(session: Session, home: Home, clock: FixedClock) -> None:
    over = home.sessions / ("0" * 32)
    over.mkdir()
    (over / "file").write_text("x")
    (session.folder / "mine").write_text("x")
    forgotten: list[str] = []
    assert wipe_left_over(home, {"printing": lambda: forgotten.append("printing")}) == Wiped()
    assert forgotten == ["printing"]
    assert not over.exists()
    assert (session.folder / "mine").exists()


def test_where_nothing_is_left_over_no_service_is_asked(session: Session, home: Home) -> None:
    forgotten: list[str] = []
    assert wipe_left_over(home, {"printing": lambda: forgotten.append("printing")}) == Wiped()
    assert forgotten == []


START = """
import sys
from pathlib import Path
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.people.session import Session

session = Session.start(Home(Path(sys.argv[1]), Path(sys.argv[2])), SystemClock())
(session.folder / "resident.pdf").write_text("x" * 1000)
print(session.id, flush=True)
sys.stdin.read()
"""


def test_a_killed_desk_leaves_a_session_that_the_next_start_wipes(home: Home) -> None:
    arguments = [sys.executable, "-c", START, str(home.data), str(home.keys)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        id = process.stdout.readline().strip()
        assert wipe_left_over(home) == Wiped()
        assert (home.sessions / id / "resident.pdf").exists()  # its desk still runs
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert wipe_left_over(home) == Wiped()
    assert left_in(home) == []


def test_nothing_of_it_runs_on_the_screens_thread(session: Session, home: Home, clock: FixedClock) -> None:
    with screen_thread():
        for call in (session.wipe, lambda: Session.start(home, clock), lambda: wipe_left_over(home)):
            with pytest.raises(BlocksScreen):
                call()


def test_looking_for_left_over_sessions_waits_for_one_that_begins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that begins has its lock before its folder; who looks in between would take it for left over."""
    monkeypatch.setattr(session_module, "_TURN_SECONDS", 0)
    with Turn(home.data / "sessions.turn").taken(0), pytest.raises(Busy):
        wipe_left_over(home)
    assert wipe_left_over(home) == Wiped()
