"""What every test stands on.

Tests write nothing into the person's home and see no screen but the one they ask for (`display`). An error that was
only logged, or raised inside a callback of a window, fails the test in which it happened. At the end nothing may be
left: no process, and under CI no new file in the project's folder and no skipped test.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
import tkinter
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import hypothesis
import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import HOME_VARIABLE, KEYS_VARIABLE, Home
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import catalogues, open_desk
from installer.virtual_screen import virtual_screen

ROOT = Path(__file__).resolve().parent.parent
MARK = "AKIMAT_DESK_TEST_SESSION"
"""An environment variable all our processes inherit, by which left-behind ones are found."""

hypothesis.settings.register_profile("desk", deadline=None)  # no milliseconds are asserted on a shared PC
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "desk")


# ---- the session


def pytest_configure(config: pytest.Config) -> None:
    """Move the whole session, and every process it starts, into a folder of its own, without a screen."""
    signal.signal(signal.SIGTERM, _end_in_order)
    folder = Path(tempfile.mkdtemp(prefix="ak-"))
    for variable, name in {
        "HOME": "home",
        "XDG_DATA_HOME": "home/data",
        "XDG_CONFIG_HOME": "home/config",
        "XDG_CACHE_HOME": "home/cache",
        "XDG_STATE_HOME": "home/state",
        "XDG_RUNTIME_DIR": "run",
        "TMPDIR": "t",
        HOME_VARIABLE: "desk",
        KEYS_VARIABLE: "keys",
    }.items():
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[variable] = str(folder / name)
    tempfile.tempdir = None  # asked anew, now that TMPDIR is ours
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"):
        os.environ.pop(variable, None)
    os.environ[MARK] = uuid.uuid4().hex
    config.stash[_FOLDER] = folder
    config.stash[_FILES] = _untracked_files()


def _end_in_order(number: int, frame: FrameType | None) -> None:
    """A time limit ends a session as Ctrl+C does: what tests have set up is put away."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@pytest.hookimpl(trylast=True)  # first the workers end
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session that leaves something behind. A worker tells what it left; the one who started it judges."""
    findings = [f"left running: {line}" for line in _left_processes()]
    findings += [f"left mounted: {line}" for line in _mounts() if str(session.config.stash[_FOLDER]) in line]
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["findings"] = findings
        return
    findings += session.config.stash.get(_FINDINGS, [])
    if "CI" in os.environ:
        findings += [
            f"left in the project: {file}" for file in sorted(_untracked_files() - session.config.stash[_FILES])
        ]
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        findings += [f"skipped: {report.nodeid}" for report in reporter.stats.get("skipped", [])]
    session.config.stash[_FINDINGS] = findings
    if findings and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Keep what a worker of pytest-xdist has left behind."""
    findings = node.config.stash.setdefault(_FINDINGS, [])
    findings += getattr(node, "workeroutput", {}).get("findings", [f"a worker has died: {error}"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left behind, above the closing line."""
    for finding in config.stash.get(_FINDINGS, []):
        terminalreporter.write_line(finding, red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's folder."""
    shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


_FOLDER = pytest.StashKey[Path]()
_FILES = pytest.StashKey[set[str]]()
_FINDINGS = pytest.StashKey[list[str]]()


def _untracked_files() -> set[str]:
    if not (ROOT / ".git").exists():
        return set()
    call = ["git", "ls-files", "--others", "--exclude-standard"]
    return set(subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines())


def _mounts() -> list[str]:
    mounts = Path("/proc/self/mounts")
    return mounts.read_text(encoding="utf-8").splitlines() if mounts.exists() else []


def _left_processes() -> list[str]:
    """Processes that carry this session's mark and go on running; a moment is given to those on their way out."""
    until = time.monotonic() + 5
    while (left := _marked_processes()) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def _marked_processes() -> list[str]:
    mark = f"{MARK}={os.environ[MARK]}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                if words and "multiprocessing.resource_tracker" not in words:  # ends with us
                    found.append(f"{entry.name} {words[:200]}")
        except OSError:  # gone meanwhile, or not ours
            continue
    return found


# ---- every test


@pytest.fixture(autouse=True)
def _no_logged_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects an error in the log looks at `caplog` and then clears it."""
    yield
    for when in ("setup", "call"):
        for record in caplog.get_records(when):
            if record.levelno >= logging.ERROR:
                pytest.fail(f"logged: {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_callback_errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tk only prints what a callback raises; here it fails the test."""
    raised: list[BaseException] = []

    def keep(_: tkinter.Tk, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        raised.append(error)

    monkeypatch.setattr(tkinter.Tk, "report_callback_exception", keep)
    yield
    if raised:
        raise raised[0]


# ---- what tests ask for


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The folders of a desk that has not been opened yet."""
    return Home(tmp_path / "desk", tmp_path / "keys").ensure()


@pytest.fixture
def clock() -> FixedClock:
    """Friday 20 November 2026, ten in the morning in Kazakhstan: a third Friday."""
    return FixedClock(datetime(2026, 11, 20, 10, 0, tzinfo=KAZAKHSTAN))


@pytest.fixture
def desk(home: Home, clock: FixedClock) -> Iterator[Desk]:
    """An opened desk with all its services, in Kazakh, on an empty village."""
    services = find_services()
    words = Translator(catalogues(services))
    with open_desk(home, clock=clock, words=words, services=services, create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen of 1366 x 768 at 96 dpi with a window manager; DISPLAY names it until the session ends."""
    with virtual_screen(1366, 768, 96) as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", name)
        yield name
