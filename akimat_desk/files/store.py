"""The files of this PC, named by their SHA-256, sealed on the disk, their keys in the database.

name = files.put(Path("course.zip"))            # Ref(hash, size); an entry names the hash
with files.open(name.hash) as stream: …         # FileNotHere while it is on its way
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import msgspec
from msgspec import Meta

from akimat_desk.base.threads import must_not_block
from akimat_desk.files.errors import FileDamaged, FileNotHere, FilesFull, disk_faults
from akimat_desk.files.incoming import Incoming
from akimat_desk.files.sealed import BLOCK, new_key, reader, sealed_size, write_blocks
from akimat_desk.journal.kinds import Digest
from akimat_desk.store.durable import replace, sync_folder
from akimat_desk.store.errors import Busy, faults
from akimat_desk.store.lock import FileLock

if TYPE_CHECKING:
    import io

    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Database, Store

MAX_SIZE: Final = 1 << 40
SPARE: Final = 1 << 30
"""Bytes of the disk that files leave free; on a small disk a twentieth of it."""
GRACE_MS: Final = 7 * 24 * 3600 * 1000
"""How long a file stays that no entry names: its entry may still be written, or on its way."""
LOCK_SECONDS: Final = 10.0
"""How long a piece waits for another one that is being put on the disk."""
_STEP: Final = 256 * BLOCK


class Ref(msgspec.Struct, frozen=True):
    """A file as entries name it. `personal`: it is for those who may hold personal parts."""

    hash: Digest
    size: Annotated[int, Meta(ge=0, le=MAX_SIZE)]
    personal: bool = False


class FileStore:
    """Safe from any thread but the screen's, and beside other processes of this PC."""

    def __init__(self, store: Store, clock: Clock, *, spare: int | None = None) -> None:
        self.store = store
        self.folder = store.home.data / "files"
        self._clock = clock
        self._spare = spare

    # ---- in and out

    def put(self, source: Path | BinaryIO, *, personal: bool = False) -> Ref:
        """Keep a copy; when this returns it survives a power cut. Raises `FilesFull`.

        What is here already is not kept twice; once it was put as not personal, it stays so.
        """
        must_not_block("files.put")
        if isinstance(source, Path):
            with faults(), source.open("rb") as stream:
                return self.put(stream, personal=personal)
        self._make_folder()
        new, key = self.folder / f"new-{secrets.token_hex(8)}", new_key()
        try:
            with disk_faults(), new.open("xb") as target:
                new.chmod(0o600)
                hash, size = self._copy(source, target, key)
            with self.store.write() as db:
                self._enter(db, Ref(hash, size, personal), key, new)
            return Ref(hash, size, personal)
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def has(self, hash: bytes) -> bool:
        """Whether the whole file is here."""
        row = self._row(hash)
        return row is not None and self._lies_here(hash, row[0])

    def open(self, hash: bytes) -> io.BufferedReader:
        """Its bytes, to read from any place. Raises `FileNotHere`; reading raises `FileDamaged`."""
        must_not_block("files.open")
        row = self._row(hash)
        if row is None or not self._lies_here(hash, row[0]):
            raise FileNotHere
        size, _, key = row
        return reader(self._file(hash), key, size)

    def ref(self, hash: bytes) -> Ref | None:
        """What is known of a file that is here."""
        row = self._row(hash)
        return Ref(hash, row[0], bool(row[1])) if row is not None and self._lies_here(hash, row[0]) else None

    def verify(self, hash: bytes) -> bool:
        """Read all of it; one that is damaged is forgotten, so that it is fetched again. Raises `FileNotHere`."""
        found = hashlib.sha256()
        try:
            with self.open(hash) as stream:
                while data := stream.read(_STEP):
                    found.update(data)
        except FileDamaged:
            found = hashlib.sha256(b"damaged" + hash)
        if found.digest() == hash:
            return True
        self.remove(hash)
        return False

    def remove(self, hash: bytes) -> None:
        """Destroy it: without its key what may be left on the disk is noise."""
        with self.store.write() as db:
            db.execute_sql("DELETE FROM files_file WHERE hash = ?", (hash,))
        with faults():
            for file in (self._file(hash), self._part(hash)):
                file.unlink(missing_ok=True)

    # ---- what entries name

    def lacking(self, named: Iterable[Ref]) -> list[Ref]:
        """Of the files that entries name, those that are not here, small ones first."""
        missing = {ref.hash: ref for ref in named if not self.has(ref.hash)}
        return sorted(missing.values(), key=lambda ref: (ref.size, ref.hash))

    def sweep(self, named: Iterable[Ref], *, grace_ms: int = GRACE_MS) -> int:
        """Remove what no entry has named for `grace_ms`, and what a crash left; how many files."""
        self._make_folder()
        names, now = {ref.hash for ref in named}, self._clock.now_ms()
        with self.store.write() as db:
            for hash, since in db.execute_sql("SELECT hash, unnamed_ms FROM files_file").fetchall():
                if hash in names:
                    new: int | None = None
                elif since is None or since > now:  # never before, or the clock was turned back
                    new = now
                elif now - since >= grace_ms:
                    db.execute_sql("DELETE FROM files_file WHERE hash = ?", (hash,))
                    continue
                else:
                    continue
                db.execute_sql("UPDATE files_file SET unnamed_ms = ? WHERE hash = ?", (new, hash))
            kept = {
                name for (hash,) in db.execute_sql("SELECT hash FROM files_file").fetchall() for name in _names(hash)
            }
            with faults():
                # Inside the write: `put` gives a file its name and its row in one.
                left = [file for file in self.folder.iterdir() if _is_ours(file.name) and file.name not in kept]
                for file in left:
                    file.unlink(missing_ok=True)
        return len(left)

    # ---- a file that comes from another PC

    def expected(self, hash: bytes) -> Ref | None:
        """A file that this PC has begun to take in, or has; None for one that nobody here asked for."""
        with self.store.read() as db:
            row = db.execute_sql("SELECT size, personal FROM files_file WHERE hash = ?", (hash,)).fetchone()
        return None if row is None else Ref(hash, row[0], bool(row[1]))

    @contextmanager
    def incoming(self, ref: Ref) -> Iterator[Incoming]:
        """Take a file in piece by piece, going on where it was left. Raises `FilesFull`, and `Busy` while another
        file is being taken in for longer than a piece waits.
        """
        must_not_block("files.incoming")
        self._make_folder()
        lock = FileLock(self.store.home.data / "files.lock")
        if not lock.acquire(LOCK_SECONDS):
            raise Busy
        try:
            with self.store.write() as db:
                db.execute_sql(
                    "INSERT OR IGNORE INTO files_file (hash, size, personal, key, received) VALUES (?, ?, ?, ?, 0)",
                    (ref.hash, ref.size, ref.personal, new_key()),
                )
                if not self._lies_here(ref.hash, ref.size):
                    db.execute_sql(
                        "UPDATE files_file SET received = CASE WHEN size = ?1 THEN coalesce(received, 0) ELSE 0 END,"
                        " size = ?1 WHERE hash = ?2",
                        (ref.size, ref.hash),
                    )
                key, received = db.execute_sql(
                    "SELECT key, received FROM files_file WHERE hash = ?", (ref.hash,)
                ).fetchone()
            if received is not None:
                self.room_for(ref.size - received)
            coming = Incoming(
                self.store, self._clock, ref.hash, ref.size, key, received, self._part(ref.hash), self._file(ref.hash)
            )
            try:
                yield coming
            finally:
                coming.close()
        finally:
            lock.release()

    def room_for(self, size: int) -> None:
        """Raise `FilesFull` where `size` more bytes would leave the disk too full."""
        with faults():
            disk = shutil.disk_usage(self.folder)
        spare = min(SPARE, disk.total // 20) if self._spare is None else self._spare
        if disk.free - sealed_size(size) < spare:
            raise FilesFull

    # ---- inside

    def _copy(self, source: BinaryIO, target: BinaryIO, key: bytes) -> tuple[bytes, int]:
        hash, size = hashlib.sha256(), 0
        while data := _read(source, _STEP):
            self.room_for(len(data))
            hash.update(data)
            write_blocks(target, key, size, data)
            size += len(data)
        target.flush()
        os.fsync(target.fileno())
        return hash.digest(), size

    def _enter(self, db: Database, ref: Ref, key: bytes, new: Path) -> None:
        row: Any = db.execute_sql(
            "SELECT size, personal, received FROM files_file WHERE hash = ?", (ref.hash,)
        ).fetchone()
        personal = ref.personal and (row is None or bool(row[1]))
        if row is not None and row[2] is None and self._lies_here(ref.hash, row[0]):
            db.execute_sql("UPDATE files_file SET personal = ? WHERE hash = ?", (personal, ref.hash))
            return
        db.execute_sql(
            "INSERT OR REPLACE INTO files_file (hash, size, personal, key) VALUES (?, ?, ?, ?)",
            (ref.hash, ref.size, personal, key),
        )
        with disk_faults():
            replace(new, self._file(ref.hash))
        with suppress(OSError):  # on Windows somebody who fetches it may have it open
            self._part(ref.hash).unlink(missing_ok=True)

    def _row(self, hash: bytes) -> Any:
        """Size, personal and key of a whole file."""
        with self.store.read() as db:
            return db.execute_sql(
                "SELECT size, personal, key FROM files_file WHERE hash = ? AND received IS NULL", (hash,)
            ).fetchone()

    def _lies_here(self, hash: bytes, size: int) -> bool:
        # A restored database knows of files that are not on this disk any more.
        try:
            return self._file(hash).stat().st_size == sealed_size(size)
        except OSError:
            return False

    def _make_folder(self) -> None:
        if not self.folder.is_dir():
            with disk_faults():
                self.folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self.folder.parent)

    def _file(self, hash: bytes) -> Path:
        return self.folder / _names(hash)[0]

    def _part(self, hash: bytes) -> Path:
        return self.folder / _names(hash)[1]


def _names(hash: bytes) -> tuple[str, str]:
    return hash.hex(), f"{hash.hex()}.part"


def _is_ours(name: str) -> bool:
    return not name.startswith("new-")


def _read(source: BinaryIO, size: int) -> bytes:
    """`size` bytes where there are so many: a pipe gives less at a time, and blocks must be whole."""
    parts: list[bytes] = []
    left = size
    while left and (data := source.read(left)):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)
