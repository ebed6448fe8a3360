"""The mark: how far this PC's journal had come, written outside the data folder after every commit.

A database behind its mark, or of another copy, was restored from a backup; a mark made on another machine means that
the disk or the folders were copied. Either way later numbers may be known elsewhere, and are never given out twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sys
from pathlib import Path
from typing import Final

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.journal.kinds import UNDECODABLE
from akimat_desk.journal.tables import Head
from akimat_desk.store.durable import write_file
from akimat_desk.store.errors import faults

NAME: Final = "journal.mark"
_log = logging.getLogger(__name__)


class Mark(msgspec.Struct, frozen=True):
    """The own head after the last commit, a hash of the machine's id, and the name of the database's copy
    (`Store.copy`, which a restore changes).
    """

    head: Head
    machine: str
    copy: str


def read_mark(home: Home) -> Mark | None:
    """The mark; None when there is none, or when it cannot be read (both open a new epoch)."""
    with faults():
        try:
            return msgspec.json.decode((home.keys / NAME).read_bytes(), type=Mark)
        except (FileNotFoundError, *UNDECODABLE):
            return None


def write_mark(home: Home, mark: Mark) -> None:
    """Replace the mark; it is on the disk when this returns. The caller holds the store's turn.

    The entries are committed already, so a fault here is told to the log and not to the person: the next commit, or the
    next start, writes the mark again.
    """
    try:
        with faults():
            write_file(home.keys / NAME, msgspec.json.encode(mark))
    except AkimatDeskError as error:
        _log.warning("The journal's mark could not be written: %s", error.code)


def this_machine() -> str:
    """A hash of the operating system's machine id; empty where the system has none."""
    found = ""
    if sys.platform == "win32":
        import winreg

        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key,
        ):
            found = str(winreg.QueryValueEx(key, "MachineGuid")[0])
    else:
        for file in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
            with contextlib.suppress(OSError):
                found = found or file.read_text(encoding="ascii").strip()
    # machine-id(5): an application shows a keyed hash of it, never the id itself.
    return hashlib.sha256(b"akimat-desk/machine/1\0" + found.encode()).hexdigest() if found else ""
