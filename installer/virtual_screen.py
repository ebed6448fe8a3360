"""A screen in memory with a window manager, for PCs without one: the tour and the tests draw on it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.progress import Stop

PATIENCE = 60.0
"""Seconds a server may take to come up on a busy PC."""

OPENBOX = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy></placement>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <keyboard></keyboard>
  <mouse></mouse>
  <applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
"""
"""Every key and click goes to the program; windows have no frame, so that they fill the screen exactly."""


@contextmanager
def virtual_screen(width: int = 1366, height: int = 768, dpi: int = 96) -> Iterator[str]:
    """The name (":7") of a fresh X display of `width` x `height` pixels; it is gone afterwards.

    The server picks a free number itself: a fixed one may belong to somebody else.
    """
    folder = Path(tempfile.mkdtemp(prefix="akimat-screen-"))
    processes: list[subprocess.Popen[bytes]] = []
    try:
        name = _start_server(processes, folder, f"{width}x{height}x24", dpi)
        _start_window_manager(processes, folder, name)
        yield name
    finally:
        for process in reversed(processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start_server(processes: list[subprocess.Popen[bytes]], folder: Path, size: str, dpi: int) -> str:
    ours, theirs = os.pipe()
    try:
        call = [
            "Xvfb",
            "-displayfd",
            str(theirs),
            "-screen",
            "0",
            size,
            "-dpi",
            str(dpi),
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        processes.append(_start(call, folder / "xvfb.log", os.environ | {}, pass_fds=(theirs,)))
        os.close(theirs)
        theirs = -1
        number = _read_line(ours, "Xvfb", processes[-1], folder / "xvfb.log")
    finally:
        os.close(ours)
        if theirs >= 0:
            os.close(theirs)
    return f":{number}"


def _start_window_manager(processes: list[subprocess.Popen[bytes]], folder: Path, name: str) -> None:
    settings = folder / "openbox.xml"
    settings.write_text(OPENBOX, encoding="utf-8")
    pipe = folder / "ready"
    os.mkfifo(pipe)
    ours = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        # openbox runs --startup when it has taken the screen over: from then on windows get the focus
        call = ["openbox", "--sm-disable", "--config-file", str(settings), "--startup", f"sh -c 'echo ready > {pipe}'"]
        home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "DISPLAY": name}
        processes.append(_start(call, folder / "openbox.log", os.environ | home))
        _read_line(ours, "openbox", processes[-1], folder / "openbox.log")
    finally:
        os.close(ours)


def _start(
    call: list[str], log: Path, environment: dict[str, str], pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    if shutil.which(call[0]) is None:
        raise Stop(f"missing on this PC: {call[0]}. On Debian or Ubuntu: apt-get install xvfb openbox")
    if shutil.which("setpriv") is not None:
        call = ["setpriv", "--pdeathsig", "TERM", *call]  # should we be killed, the screen does not stay behind
    with log.open("wb") as stream:
        return subprocess.Popen(
            call, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, env=environment, pass_fds=pass_fds
        )


def _read_line(descriptor: int, name: str, process: subprocess.Popen[bytes], log: Path) -> str:
    """The first line that comes through the pipe; `Stop` when the process ends first or nothing comes."""
    said = b""
    until = time.monotonic() + PATIENCE
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], 0.05)
        piece = os.read(descriptor, 64) if ready else b""
        said += piece
        if not piece:  # nothing yet, or the writing end is not open (a FIFO then reads as empty at once)
            if process.poll() is not None:
                words = log.read_text(encoding="utf-8", errors="replace").strip()
                raise Stop(f"{name} ended at once: {words[-300:]}")
            if time.monotonic() > until:
                raise Stop(f"{name} was not ready within {PATIENCE:.0f} s")
            if ready:
                time.sleep(0.02)
    return said.decode("ascii").strip()
