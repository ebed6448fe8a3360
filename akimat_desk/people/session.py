"""A resident's session at a PC: no account, a folder that is thrown away, and an end after which nothing is left.

The folder is `home.sessions/<id>`, readable by the desk's user only. Beside it lies a lock which the operating system
gives back by itself when the desk dies; so the next start knows which folders are left over and wipes them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.clock import Clock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_, Sentence
from akimat_desk.people.erasing import erase_folder
from akimat_desk.store.errors import faults
from akimat_desk.store.lock import FileLock, Turn

ERASED: Final = N_("Your data on this computer are erased. Do not forget your USB stick and papers.")
NOT_ERASED: Final = N_("Not everything was erased. Stay here and call a member of staff.")

Wipe = Callable[[], None]
"""What a service does to forget the resident: its previews, drafts, spooled jobs that were not paid."""

_LOCK: Final = ".lock"
_TURN_SECONDS: Final = 60.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wiped:
    """What the wipe came to. `files` counts what is still in the folder, `services` names whose wipe failed."""

    files: int = 0
    services: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is left."""
        return not self.files and not self.services

    @property
    def sentence(self) -> Sentence:
        """What the resident reads."""
        return Sentence(ERASED if self.complete else NOT_ERASED)


class Session:
    """One resident at this PC, from the first touch to the wipe. Make it with `start`."""

    def __init__(self, id: str, folder: Path, lock: FileLock, started: float) -> None:
        self.id = id
        self.folder = folder
        self.started = started
        """Monotonic seconds."""
        self._lock = lock

    @classmethod
    def start(cls, home: Home, clock: Clock) -> Session:
        """A fresh session with an empty folder."""
        must_not_block("session.start")
        id = uuid7(clock.now_ms())
        folder = home.sessions / id
        with _turn(home), faults():
            lock = FileLock(folder.with_suffix(_LOCK))
            lock.acquire()
            folder.mkdir(mode=0o700)
        return cls(id, folder, lock, clock.monotonic())

    def wipe(self, services: Mapping[str, Wipe] | None = None) -> Wiped:
        """Let every service forget the resident, then destroy the folder. May be called again where something was left.

        `services` maps a service's name to its wipe. One that fails is named and does not keep the others from theirs.
        """
        must_not_block("session.wipe")
        failed = tuple(name for name, wipe in (services or {}).items() if not _done(name, wipe))
        left = _destroy(self.folder)
        if not left:
            self._lock.release()
            self._lock.file.unlink(missing_ok=True)
        return Wiped(left, failed)


def wipe_left_over(home: Home, services: Mapping[str, Wipe] | None = None) -> Wiped:
    """At the start: destroy the sessions of a desk that was killed or whose PC lost power.

    Sessions of a desk that runs now are left alone. The services forget too, but only where a session was left over.
    """
    must_not_block("session.wipe_left_over")
    with _turn(home), faults():
        over = _left_over(home)
        failed = tuple(name for name, wipe in (services or {}).items() if over and not _done(name, wipe))
        left = 0
        for folder, lock in over:
            still = _destroy(folder)
            lock.release()
            if not still:
                lock.file.unlink(missing_ok=True)
            left += still
    return Wiped(left, failed)


@contextmanager
def _turn(home: Home) -> Iterator[None]:
    """One starts, or looks for left-over sessions, at a time: a session is never without its lock for others to see."""
    with Turn(home.data / "sessions.turn").taken(_TURN_SECONDS):
        yield


def _left_over(home: Home) -> list[tuple[Path, FileLock]]:
    """Folders whose lock nobody holds, and the lock, now ours."""
    names = sorted({path.name.removesuffix(_LOCK) for path in home.sessions.iterdir()})
    pairs = [(home.sessions / name, FileLock(home.sessions / (name + _LOCK))) for name in names]
    return [(folder, lock) for folder, lock in pairs if lock.acquire()]


def _destroy(folder: Path) -> int:
    left = erase_folder(folder)
    if left:
        # Names of a person's files stay out of the log.
        _log.warning("A session's folder could not be erased: %d left", len(left))
    return len(left)


def _done(name: str, wipe: Wipe) -> bool:
    try:
        wipe()
    except Exception as why:  # whatever a service raises, the others still wipe
        _log.warning("The wipe of %s ended with %s", name, type(why).__name__)
        return False
    return True
