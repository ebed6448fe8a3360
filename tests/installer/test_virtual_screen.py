"""The screen in memory on which the tour and the tests draw."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installer import open_desk
from installer.progress import Stop
from installer.virtual_screen import virtual_screen

pytestmark = pytest.mark.screen


def _ask(display: str, *call: str) -> str:
    ended = subprocess.run(call, env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def test_it_has_the_size_asked_for_and_is_gone_afterwards() -> None:
    with virtual_screen(800, 600) as display:
        socket = Path("/tmp/.X11-unix") / f"X{display.removeprefix(':')}"
        assert socket.exists()
        assert _ask(display, "xdotool", "getdisplaygeometry") == "800 600"
    assert not socket.exists()


def test_two_at_once_are_two_screens() -> None:
    with virtual_screen(640, 480) as one, virtual_screen(640, 480) as other:
        assert one != other


def test_a_window_manager_is_there_before_the_first_window() -> None:
    """Without one no window gets the keyboard, and nobody answers for the size of the desktop."""
    with virtual_screen(640, 480) as display:
        assert _ask(display, "xdotool", "get_num_desktops") == "1"


def test_a_missing_server_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match=r"^missing on this PC: Xvfb"), virtual_screen():
        pass


@pytest.mark.parametrize("code", [0, 1])
def test_the_walk_says_where_pictures_and_papers_are_and_keeps_the_exit_code(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stand-in for the program notes how it was called and leaves two pictures and a paper."""
    program = tmp_path / "python"
    program.write_text(
        '#!/bin/sh\nmkdir -p "$5"\necho "$1 $2 $3 $4 $5 on $DISPLAY" > "$5/call.txt"\n'
        f'touch "$5/home.png" "$5/print.png" "$5/receipt.pdf"\nexit {code}\n'
    )
    program.chmod(0o755)
    tour = tmp_path / "tour"
    monkeypatch.setattr(open_desk, "TOUR", tour)
    assert open_desk.walk(program) == code
    called = (tour / "call.txt").read_text()
    assert called.startswith(f"-m akimat_desk.shell.command_line demo --tour {tour} on :")
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"Pictures: 2, papers: 1, all in {tour}"
    assert [line for line in said if "early" in line] == (["The walk ended early with code 1."] if code else [])


def test_when_its_owner_is_killed_it_does_not_stay_behind() -> None:
    program = (
        "import time; from installer.virtual_screen import virtual_screen\n"
        "with virtual_screen(640, 480) as display: print(display, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=open_desk.ROOT, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        socket = Path("/tmp/.X11-unix") / f"X{owner.stdout.readline().decode().strip().removeprefix(':')}"
        assert socket.exists()
        owner.kill()
    until = time.monotonic() + 30
    while socket.exists():
        assert time.monotonic() < until
        os.sched_yield()


def test_a_program_told_to_stop_may_put_its_things_away(tmp_path: Path) -> None:
    inner = "import signal, sys, time; from pathlib import Path\n" + (
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(Path('put-away').touch()))\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    outer = (
        "import os, sys; from pathlib import Path; from installer.leaving import orderly, run\n"
        f"call = [sys.executable, '-c', {inner!r}]\n"
        f"with orderly(): run(call, folder=Path({str(tmp_path)!r}), environment=os.environ)"
    )
    call = [sys.executable, "-c", outer]
    with subprocess.Popen(
        call, cwd=open_desk.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        assert process.stderr.read() == "Stopped. The next run heals what was begun.\n"
    assert process.returncode == 128 + 15
    assert (tmp_path / "put-away").exists()
