"""A technician sets a room up from the command line: real processes, a real network port, a code, a PC shut out."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from tests.shell.conftest import PIN, found_village

pytestmark = pytest.mark.real
PATIENCE_S = 60.0
PROGRAM = (sys.executable, "-m", "akimat_desk.shell.command_line")


def desk(home: Path, *words: str, typed: str = "") -> tuple[int, Any]:
    """Exit code and the JSON that came out."""
    command = [*PROGRAM, *words, "--home", str(home), "--json"]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


@contextlib.contextmanager
def host(home: Path) -> Iterator[None]:
    """The main PC, until the block ends."""
    command = [*PROGRAM, "host", "--listen", "127.0.0.1:0", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ) as process:
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(PATIENCE_S) == 0


@pytest.fixture
def main_pc(tmp_path: Path) -> Path:
    found_village(Home.find(tmp_path / "main").ensure(), SystemClock(), "desk")
    return tmp_path / "main"


def enrol(main_pc: Path, *options: str) -> tuple[str, str]:
    """A code, and where it is typed."""
    until = time.monotonic() + PATIENCE_S
    while True:
        code, given = desk(main_pc, "room", "enrol", *options, typed=f"{PIN}\n")
        assert code == 0, given
        if given["addresses"]:
            return given["addresses"][0], given["code"]
        assert time.monotonic() < until, "nobody answers"


def test_a_room_from_the_first_code_to_a_pc_that_is_shut_out(main_pc: Path, tmp_path: Path) -> None:
    kiosk, staff = tmp_path / "kiosk", tmp_path / "staff"
    with host(main_pc):
        address, code = enrol(main_pc, "--seat", "3")
        exit_code, joined = desk(kiosk, "room", "join", address, code.lower())
        assert (exit_code, joined["use"], joined["seat"]) == (0, "kiosk", 3)
        assert desk(kiosk, "room", "join", address, "AAAA-0000-0000")[1]["error"]["code"] == "sync-stranger"
        address, code = enrol(main_pc, "--use", "desk")
        assert desk(staff, "room", "join", address, code)[0] == 0
        exit_code, report = desk(kiosk, "sync", "once")
        # The staff PC was let in, and has introduced itself.
        assert (exit_code, report["pulled"], report["receipted"]) == (0, 2, True)

        _, pcs = desk(kiosk, "room", "devices")
        assert [(pc["use"], pc["seat"], pc["host"], pc["this"]) for pc in pcs] == [
            ("desk", 0, True, False),
            ("desk", 0, False, False),
            ("kiosk", 3, False, True),
        ]
        code_of_kiosk = pcs[2]["device"]
        assert desk(main_pc, "room", "use", code_of_kiosk[:10], "board", "--seat", "4", typed=f"{PIN}\n")[0] == 0
        assert desk(kiosk, "sync", "once")[0] == 0
        assert [(pc["use"], pc["seat"]) for pc in desk(kiosk, "room", "devices")[1] if pc["this"]] == [("board", 4)]
        assert desk(main_pc, "room", "revoke", code_of_kiosk[:10], typed=f"{PIN}\n")[0] == 0
        assert desk(kiosk, "sync", "once")[1]["error"]["code"] == "sync-key-withdrawn"
        assert desk(kiosk, "sync", "status")[1]["waiting"] == 0

    assert desk(staff, "sync", "once")[1]["error"]["code"] == "sync-unreachable"
    assert desk(staff, "room", "promote", typed=f"{PIN}\n")[0] == 0
    assert desk(staff, "sync", "status")[1]["is_host"] is True


def test_what_changes_the_room_wants_an_administrators_pin(main_pc: Path) -> None:
    exit_code, said = desk(main_pc, "room", "enrol", typed="111222\n")
    assert (exit_code, said["error"]["code"]) == (1, "pin-wrong")
    exit_code, said = desk(main_pc, "room", "promote", "--as", "nobody", typed=f"{PIN}\n")
    assert (exit_code, said["error"]["code"]) == (1, "terminal-who")


def test_the_only_staff_pc_is_not_shut_out(main_pc: Path) -> None:
    _, (pc,) = desk(main_pc, "room", "devices")
    exit_code, said = desk(main_pc, "room", "revoke", pc["device"], typed=f"{PIN}\n")
    assert (exit_code, said["error"]["code"]) == (1, "room-only-staff-pc")
