"""A file on its way to this PC: kept as it comes, so that a cut costs little; believed only when its hash is right."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from akimat_desk.base.errors import Misuse
from akimat_desk.files.errors import FileDamaged, WrongContent, disk_faults
from akimat_desk.files.sealed import BLOCK, reader, sealed_size, whole_blocks, write_blocks
from akimat_desk.store.durable import replace
from akimat_desk.store.errors import faults

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Store

_SETTLE: Final = 4 * 1024 * 1024
_SETTLE_SECONDS: Final = 5.0
"""After so much, or so long, what came is flushed: a power cut costs no more."""
_STEP: Final = 64 * BLOCK


class NotInOrder(Misuse):
    """A piece that does not begin where the one before ended, or cuts a block."""

    code = "file-order"
    staff_text = "A piece of {length} bytes does not fit at {position}."


class Incoming:
    """Made by `FileStore.incoming`. `position` is how much is here; `began` how much of that came earlier."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hash: bytes,
        size: int,
        key: bytes,
        received: int | None,
        part: Path,
        file: Path,
    ) -> None:
        self._store = store
        self._clock = clock
        self._settled_at = clock.monotonic()
        self._hash = hash
        self._size = size
        self._key = key
        self._part = part
        self._file = file
        self.done = received is None
        """The whole file is here already."""
        self._stream: BinaryIO | None = None
        self._settled = self.position = size if received is None else self._kept(received)
        self.began = self.position

    def add(self, data: bytes) -> None:
        """The next bytes; whole blocks, but for the file's end."""
        end = self.position + len(data)
        if end > self._size or (end % BLOCK and end != self._size):
            raise NotInOrder(length=len(data), position=self.position)
        with disk_faults():
            if self._stream is None:
                fd = os.open(self._part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
                self._stream = open(fd, "r+b")  # noqa: SIM115 (closed by `close`)
                self._stream.truncate(sealed_size(self.position))
            write_blocks(self._stream, self._key, self.position, data)
        self.position = end
        late = self._clock.monotonic() - self._settled_at >= _SETTLE_SECONDS
        if late or self.position - self._settled >= _SETTLE:
            self.settle()

    def settle(self) -> None:
        """What has come is on the disk, and the next time goes on from here."""
        if self._stream is None or self.position == self._settled:
            return
        with faults():
            self._stream.flush()
            os.fsync(self._stream.fileno())
        with self._store.write() as db:
            db.execute_sql(
                "UPDATE files_file SET received = ? WHERE hash = ? AND received IS NOT NULL",
                (self.position, self._hash),
            )
        self._settled, self._settled_at = self.position, self._clock.monotonic()

    def finish(self) -> None:
        """All has come: it is the file if its hash says so, else nothing of it is kept (`WrongContent`)."""
        if self.done:
            return
        if self._size == 0:
            with faults():
                self._part.touch(mode=0o600)
        self.settle()
        self._close_stream()
        if not self._came_otherwise():
            if self.position != self._size or not self._is_right():
                self.start_over()
                raise WrongContent
            with self._store.write() as db:
                changed = db.execute_sql(
                    "UPDATE files_file SET received = NULL WHERE hash = ? AND received IS NOT NULL", (self._hash,)
                ).rowcount
                with faults():
                    if changed:
                        replace(self._part, self._file)
                    else:
                        self._part.unlink(missing_ok=True)
        self.done = True

    def start_over(self) -> None:
        """Throw away what came."""
        self._close_stream()
        with self._store.write() as db:
            db.execute_sql("UPDATE files_file SET received = 0 WHERE hash = ? AND received IS NOT NULL", (self._hash,))
        with faults():
            self._part.unlink(missing_ok=True)
        self._settled = self.position = self.began = 0

    def close(self) -> None:
        """Keep what came for the next time."""
        try:
            self.settle()
        finally:
            self._close_stream()

    def _close_stream(self) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            with faults():
                stream.close()

    def _kept(self, received: int) -> int:
        """As much as the row and the disk agree on: after a power cut the file may be shorter."""
        try:
            on_disk = whole_blocks(self._part.stat().st_size)
        except OSError:
            on_disk = 0
        return min(received // BLOCK * BLOCK, on_disk)

    def _came_otherwise(self) -> bool:
        """Whether it was put in on this PC meanwhile; what came is not needed then."""
        with self._store.read() as db:
            row = db.execute_sql("SELECT received FROM files_file WHERE hash = ?", (self._hash,)).fetchone()
        if row is None or row[0] is not None:
            return False
        with faults():
            self._part.unlink(missing_ok=True)
        return True

    def _is_right(self) -> bool:
        found = hashlib.sha256()
        try:
            with reader(self._part, self._key, self._size) as stream:
                while data := stream.read(_STEP):
                    found.update(data)
        except FileDamaged:
            return False
        return found.digest() == self._hash
