"""What must come from the operating system, and how it is brought on Debian and Ubuntu."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import python_version
from installer.progress import Stop, say, spent

DEBIAN_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True)
class Need:
    """One thing that must be there: how a sentence names it, the Debian packages that have it, how to look for it."""

    what: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def command(name: str, package: str) -> Need:
    """A program; those of administrators (cupsd) lie outside an ordinary PATH and are found too."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return Need(name, (package,), lambda: shutil.which(name, path=path) is not None)


def python_packages(part: str, executable: str, debian_python: str = DEBIAN_PYTHON) -> tuple[str, ...]:
    """The Debian packages with `part` ("tk", "venv") of this interpreter.

    "python3-tk" serves Debian's own python3; another version beside it has packages of its own name. For a Python
    built elsewhere nothing can be brought, so all of Debian's own is brought instead, and the set-up goes on with that.
    """
    real, debian = os.path.realpath(executable), os.path.realpath(debian_python)
    if real == debian:
        return (f"python3-{part}",)
    if os.path.dirname(real) == os.path.dirname(debian):
        return (f"{os.path.basename(real)}-{part}",)
    return ("python3-tk", "python3-venv")


def _has(module: str) -> bool:
    importlib.invalidate_caches()
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def to_run() -> list[Need]:
    """What every run needs."""
    return [
        Need("tkinter for this Python", python_packages("tk", sys.executable), lambda: _has("_tkinter")),
        Need("ensurepip for this Python", python_packages("venv", sys.executable), lambda: _has("ensurepip")),
    ]


def to_show_without_screen() -> list[Need]:
    """A screen in memory and a window manager on it: without one, no window gets the keyboard."""
    return [command("Xvfb", "xvfb"), command("openbox", "openbox")]


def to_test() -> list[Need]:
    """What the tests meet: a screen, hands, PDF tools, printer, print server, scanner, DNS-SD, LibreOffice."""
    return [
        *to_run(),
        *to_show_without_screen(),
        command("git", "git"),
        command("xdotool", "xdotool"),
        command("setxkbmap", "x11-xkb-utils"),
        command("pdftotext", "poppler-utils"),
        command("ippeveprinter", "cups-ipp-utils"),
        command("cupsd", "cups"),
        command("lp", "cups-client"),
        Need("the filters of CUPS", ("cups-filters",), Path("/usr/lib/cups/filter/gstoraster").exists),
        command("dbus-daemon", "dbus"),
        command("avahi-daemon", "avahi-daemon"),
        command("avahi-browse", "avahi-utils"),
        command("ip", "iproute2"),
        command("systemd-analyze", "systemd"),
        command("scanimage", "sane-utils"),
        Need("the driverless backend of SANE", ("sane-airscan",), Path("/etc/sane.d/airscan.conf").exists),
        command("soffice", "libreoffice-writer-nogui"),  # office documents are opened by it, where it is
    ]


def missing(needs: Sequence[Need]) -> list[Need]:
    """Those that are not there."""
    return [need for need in needs if not need.is_there()]


def install_command(needs: Sequence[Need]) -> list[str]:
    """The one command that brings `needs` on Debian and Ubuntu."""
    packages = sorted({package for need in needs for package in need.packages})
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def sentence_for(needs: Sequence[Need], *, apt: bool) -> str:
    """What a person reads who must bring `needs`; the command stands at the end."""
    what = ", ".join(need.what for need in needs)
    words = "apt-get install " + " ".join(install_command(needs)[4:])
    if apt:
        return f"missing on this PC: {what}. Bring it with: sudo {words}"
    return f"missing on this PC: {what}. Bring it with this system's packages; on Debian or Ubuntu: {words}"


def bring(needs: Sequence[Need], log: Path) -> None:
    """See that `needs` are there: install them where that is allowed, else `Stop` with the command."""
    lacking = missing(needs)
    if not lacking:
        return
    has_apt = shutil.which("apt-get") is not None
    if not has_apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise Stop(sentence_for(lacking, apt=has_apt))
    call = install_command(lacking)
    say("System packages: " + " ".join(call[4:]))
    _apt(["apt-get", "update", "--quiet"], log)
    _apt(call, log)
    still = missing(lacking)
    if still and not python_version.is_whole():
        python_version.choose()  # Debian's own Python has come beside one that lacks tkinter: go on with that
    if still:
        raise Stop(f"{', '.join(need.what for need in still)}: not found even after {' '.join(call)}; see {log}")


def _apt(call: list[str], log: Path) -> None:
    begun = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"$ {' '.join(call)}\n")
        stream.flush()
        ended = subprocess.run(
            [call[0], "-o", "DPkg::Lock::Timeout=300", *call[1:]],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
            check=False,
        )
    # a mirror that is away may still leave usable lists behind, so only the installation itself decides
    if ended.returncode and call[1] != "update":
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise Stop(
            f"the system packages could not be installed; the last lines of {log}:\n{tail}\nTry: {' '.join(call)}"
        )
    say(f"  {' '.join(call[:2])}: done, {spent(time.monotonic() - begun)}")
