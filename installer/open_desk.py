"""What `run.py` does once it runs on a suitable Python: set up, then become the program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer import system
from installer.environment import ROOT, Environment, clean
from installer.leaving import orderly, run
from installer.progress import Stop, say, stopped
from installer.virtual_screen import virtual_screen

PROGRAM = ("-m", "akimat_desk.shell.command_line")
TOUR = ROOT / "tour"


def main(arguments: Sequence[str]) -> int:
    """Open the demo village, or run the command in `arguments`; the program's own exit code."""
    without_screen = not arguments and not has_screen(os.environ, sys.platform)
    try:
        with orderly():
            environment = Environment()
            system.bring(system.to_run() + (system.to_show_without_screen() if without_screen else []), environment.log)
            python = environment.ensure("run")
            if without_screen:
                return walk(python)
    except Stop as why:
        return stopped(why)
    return become([str(python), *PROGRAM, *(arguments or ["demo"])])


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown. Windows and macOS always have a screen; elsewhere the session names it."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def walk(python: Path) -> int:
    """Walk the demo on a screen in memory and say where its pictures and papers are."""
    say("This PC has no screen: the same program is walked on a screen in memory, which leaves pictures and papers.")
    with virtual_screen() as display:
        call = [str(python), *PROGRAM, "demo", "--tour", str(TOUR)]
        code = run(call, folder=ROOT, environment={**clean(os.environ), "DISPLAY": display})
    files = [file for file in TOUR.rglob("*") if file.is_file()]
    pictures = sum(file.suffix == ".png" for file in files)
    papers = sum(file.suffix == ".pdf" for file in files)
    if code:
        say(f"The walk ended early with code {code}.")
    if files:
        say(f"Pictures: {pictures}, papers: {papers}, all in {TOUR}")
    return code


def become(call: list[str]) -> int:
    """Become the program; only on Windows, which cannot, wait for it and return its exit code."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.run(call, env=clean(os.environ), check=False).returncode
    return os.execve(call[0], call, clean(os.environ))
