"""The keeper starts with the PC, so that papers come out and entries travel whether or not anybody opens the window.

On Linux it is a systemd user unit. On Windows it will be a task at logon; `docs/guide` says how it is set by hand, and
nothing here does it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.paths import HOME_VARIABLE, KEYS_VARIABLE
from akimat_desk.base.words import N_

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home

NAME: Final = "akimat-desk-keeper.service"
_SECONDS: Final = 30.0


class NoAutostart(Unavailable):
    """This system has no systemd for users, or it did not do what it was told."""

    code = "keeper-autostart"
    staff_text = N_("This system does not start the keeper by itself. While the window is open, it does the work.")
    next_text = N_("See the guide: “The keeper starts with the PC”.")


def unit_file() -> Path:
    """Where the unit of this user lies."""
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(config) / "systemd" / "user" / NAME


def unit(home: Home, program: str = sys.executable) -> str:
    """The unit that keeps the desk in `home`. It comes again after a fault, and ends within ten seconds."""
    keys = os.environ.get(KEYS_VARIABLE)
    environment = [f"{HOME_VARIABLE}={home.data}", *([f"{KEYS_VARIABLE}={keys}"] if keys else [])]
    lines = [
        "[Unit]",
        "Description=Akimat Desk: printing, backups and exchange of this PC",
        "",
        "[Service]",
        *(f"Environment={_quoted(each)}" for each in environment),
        f"ExecStart={_quoted(program)} -m akimat_desk.shell.command_line keeper",
        "Restart=on-failure",
        "RestartSec=5",
        "TimeoutStopSec=10",
        "NoNewPrivileges=yes",
        "",
        "[Install]",
        "WantedBy=default.target",
    ]
    return "\n".join(lines) + "\n"


def starts_by_itself(home: Home) -> bool:
    """Whether this user's PC starts a keeper for the desk in `home`."""
    try:
        return unit_file().read_text(encoding="utf-8") == unit(home)
    except (OSError, UnicodeDecodeError):
        return False


def start_with_pc(home: Home) -> Path:
    """Start a keeper now and whenever this user's session begins (blocks). Raises `NoAutostart`, and leaves nothing."""
    file = unit_file()
    if sys.platform != "linux" or shutil.which("systemctl") is None:
        raise NoAutostart
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(unit(home), encoding="utf-8")
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", NAME)
    except NoAutostart:
        file.unlink()
        raise
    return file


def start_no_more() -> None:
    """End it, and start it no more (blocks). Raises `NoAutostart`."""
    if unit_file().exists():
        _systemctl("disable", "--now", NAME)
        unit_file().unlink(missing_ok=True)
        _systemctl("daemon-reload")


def _systemctl(*words: str) -> None:
    try:
        command = ["systemctl", "--user", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 (our own words)
    except (OSError, subprocess.SubprocessError) as why:
        raise NoAutostart from why


def _quoted(word: str) -> str:
    r"""A word of a unit file: quoted, with its specifiers and escapes taken literally (systemd.syntax).

    >>> print(_quoted('/srv/a b/50%'))
    "/srv/a b/50%%"
    """
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
