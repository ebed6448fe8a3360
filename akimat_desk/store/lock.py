"""Locks that the operating system gives back by itself when a process dies, kill -9 included.

`FileLock` is the bare thing. `DeskLock` is the one-a-desk rule (the keeper, the window). `Turn` is who may write.

Linux: flock(2), which belongs to the open file, so two stores in one process exclude each other as two processes do.
Windows: msvcrt.locking on bytes of the file; sharing means holding one byte of many, excluding means holding all.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from akimat_desk.base.paths import Home
from akimat_desk.store.durable import make_folder
from akimat_desk.store.errors import AlreadyRunning, Busy

_SHARERS: Final = 64
_FIRST_PAUSE: Final = 0.0005
_LONGEST_PAUSE: Final = 0.02

if sys.platform == "win32":
    import msvcrt

    def _try(fd: int, *, shared: bool) -> bool:
        for place in range(_SHARERS) if shared else (0,):
            os.lseek(fd, place, os.SEEK_SET)
            try:
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1 if shared else _SHARERS)
            except OSError:
                continue
            return True
        return False
else:
    import fcntl

    def _try(fd: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """A lock on `file`, which stays as an empty file. Not for several threads at once; see `Turn`."""

    def __init__(self, file: Path, *, shared: bool = False) -> None:
        self.file = file
        self.shared = shared
        self._fd: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._fd is not None

    def acquire(self, seconds: float = 0) -> bool:
        """Take it, waiting up to `seconds`; False when another holder did not let go in time."""
        if self._fd is not None:
            return True
        make_folder(self.file.parent)
        fd = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            until, pause = time.monotonic() + seconds, _FIRST_PAUSE
            while not _try(fd, shared=self.shared):
                left = until - time.monotonic()
                if left <= 0:
                    os.close(fd)
                    return False
                time.sleep(min(pause, left))
                pause = min(pause * 2, _LONGEST_PAUSE)
        except BaseException:
            with contextlib.suppress(OSError):
                os.close(fd)
            raise
        self._fd = fd
        return True

    def release(self) -> None:
        """Give it back; closing the file is what unlocks it."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            os.close(fd)


class DeskLock:
    """Of `name` ("keeper", "window") there is one on a data folder, whoever started it.

    `acquire` answers at once; as a context manager it raises `AlreadyRunning`.
    """

    def __init__(self, home: Home, name: str) -> None:
        self._lock = FileLock(home.data / f"{name}.lock")

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._lock.held

    def acquire(self) -> bool:
        """Take it if nobody has it."""
        return self._lock.acquire()

    def release(self) -> None:
        """Give it back; a process that dies gives it back too."""
        self._lock.release()

    def __enter__(self) -> Self:
        if not self.acquire():
            raise AlreadyRunning
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class Turn:
    """Whose turn it is to write, among the threads and processes of one data folder; re-entrant in a thread.

    SQLite would serialise writers alone; this lock also covers what must go with a write outside the database (the
    journal's mark), and a waiting process gets its turn sooner than by SQLite's growing pauses.
    """

    def __init__(self, file: Path) -> None:
        self._file = FileLock(file)
        self._threads = threading.RLock()
        self._depth = 0

    @contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Hold the turn inside; `Busy` when it did not come in `seconds`."""
        started = time.monotonic()
        if not self._threads.acquire(timeout=seconds):
            raise Busy
        try:
            if self._depth == 0 and not self._file.acquire(max(0.0, seconds - (time.monotonic() - started))):
                raise Busy
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._file.release()
        finally:
            self._threads.release()
