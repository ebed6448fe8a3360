"""Backups: one file that, with the printed recovery key, brings the desk back on any PC.

The file, in this order (integers big-endian):

    MAGIC            22 bytes; ends in CR LF SUB LF, so a copy that went through a text mode is noticed
    version          2 bytes, now 1
    length           4 bytes: of the header
    header           JSON: see `BackupHeader`; holds no personal data and no secret
    sealed           128 bytes: HPKE (RFC 9180; X25519, HKDF-SHA256, ChaCha20-Poly1305) of the database's key (48 bytes)
                     and the SHA-256 of the body (32), for the recovery key; its info is everything before it
    check            32 bytes: SHA-256 of everything before it; tells damage from a wrong key
    body             the SQLCipher database, as long as the header says

So neither header nor body can be changed without the key being refused. The copy is of one moment while others go on
writing; it is opened and every page looked at before it gets its name.
"""

from __future__ import annotations

import io
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import Damaged, Refused, Unavailable
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.store import layout
from akimat_desk.store.copies import Progress, check_copy, copy_database, count_rows, part_of, remove
from akimat_desk.store.durable import replace
from akimat_desk.store.errors import Busy, NewerFile, NoSuchFile, faults
from akimat_desk.store.keys import DatabaseKey
from akimat_desk.store.lock import FileLock
from akimat_desk.store.recovery import DoesNotOpen, NoRecoveryKey, RecoveryKey, RecoverySeal, kept_seal
from akimat_desk.store.store import Store

MAGIC: Final = b"AKIMAT-DESK BACKUP\r\n\x1a\n"
VERSION: Final = 1
_SEALED: Final = 128
_LONGEST_HEADER: Final = 1 << 20
_CHUNK: Final = 1 << 20
_END_MS: Final = 253_370_764_800_000
"""The year 9999, where calendars end."""


class NotABackup(Refused):
    """The file is something else."""

    code = "not-a-backup"
    staff_text = N_("The file {file} is not a backup of Akimat Desk.")
    next_text = N_("Choose another file.")


class BackupDamaged(Damaged):
    """The backup was cut off or changed after it was written."""

    code = "backup-damaged"
    staff_text = N_("The backup {file} is damaged. Nothing was changed.")
    next_text = N_("Use another copy of the backup, or an older one.")


class BackupGone(Unavailable):
    """The backup was there, and then the stick or the disk it lies on gave no more of it."""

    code = "backup-gone"
    staff_text = N_("The backup {file} can no longer be read. Nothing was changed.")
    next_text = N_("Put the stick in again. If that does not help, use another copy of the backup.")


class WrongRecoveryKey(Refused):
    """The typed key is right in itself but belongs to another sheet."""

    code = "wrong-recovery-key"
    staff_text = N_("This recovery key (sheet {typed}) does not open the backup; it needs sheet {needed}.")
    next_text = N_("Find the sheet with this number.")


@dataclass(frozen=True, slots=True)
class BackupHeader:
    """What a backup says of itself without any key."""

    made_ms: int
    sheet: str
    """The number on the sheet whose key opens it."""
    copy: str
    """The random name of the copy of the data it was made from (`Store.copy`)."""
    size: int
    """Bytes of the database in it."""
    counts: dict[str, int]
    """Rows by table."""
    about: dict[str, str]
    """What the caller added, such as the device's id; never anything personal."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and checked."""

    file: Path
    header: BackupHeader


def backup(
    store: Store,
    file: Path,
    seal: RecoverySeal | None = None,
    *,
    about: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Backup:
    """Write a backup to `file`, replacing an older one only when the new one is whole and on the disk.

    Sealed with `seal`, else with the one this PC keeps. Raises NoRecoveryKey, NoSuchFile, DiskFull, StorageFault,
    DatabaseDamaged; whatever is raised, `progress` included, leaves nothing behind.
    """
    must_not_block("store.backup")
    seal = seal or kept_seal(store.home)
    if seal is None:
        raise NoRecoveryKey
    if not file.parent.is_dir():
        raise NoSuchFile(file=file.parent)
    now_ms = (clock or SystemClock()).now_ms()
    with work_folder(store.home) as folder:
        copy = folder / "copy.db"
        with store.read() as db:
            name, counts = layout.meta(db, "copy"), count_rows(db.connection())
            copy_database(db, store.key, copy, part_of(progress, 0, 50))
        check_copy(copy, store.key, counts)
        with faults():
            header = BackupHeader(now_ms, seal.sheet, name, copy.stat().st_size, counts, dict(about or {}))
            _write(file, header, store.key, seal, copy, part_of(progress, 60, 100))
    return Backup(file, header)


def read_header(file: Path) -> BackupHeader:
    """What the backup says of itself. Raises NotABackup, NewerFile, BackupDamaged, BackupGone, NoSuchFile; the body
    is not looked at.
    """
    must_not_block("store.read_header")
    with _opened(file) as stream:
        return _read_head(stream, file)[0]


def open_backup(
    file: Path, key: RecoveryKey, body: Path, progress: Progress | None = None
) -> tuple[BackupHeader, DatabaseKey]:
    """Write the database inside `file` to `body`; with it goes the key it opens with.

    Raises NotABackup, NewerFile, WrongRecoveryKey, BackupDamaged, BackupGone, NoSuchFile.
    """
    with faults(), _opened(file) as stream:
        header, context, closed = _read_head(stream, file)
        if header.sheet != key.seal.sheet:
            raise WrongRecoveryKey(typed=key.seal.sheet, needed=header.sheet)
        try:
            opened = key.open(closed, context)
        except DoesNotOpen as error:
            raise BackupDamaged(file=file) from error
        with body.open("xb") as target:
            digest = _copy(stream, target, header.size, progress)
            target.flush()
            os.fsync(target.fileno())
        if digest != opened[-32:] or stream.read(1):
            raise BackupDamaged(file=file)
        return header, DatabaseKey.from_bytes(opened[:-32])


@contextmanager
def work_folder(home: Home) -> Iterator[Path]:
    """An empty folder inside the data folder, for one backup or restore at a time; emptied at the end.

    What a killed process left there goes when the next one begins.
    """
    with faults():
        folder = home.data / "work"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(home.data / "desk.work")
        if not lock.acquire():
            raise Busy
    try:
        _empty(folder)
        yield folder
        _empty(folder)
    except BaseException:
        _empty(folder)
        raise
    finally:
        lock.release()


def _empty(folder: Path) -> None:
    for left in folder.glob("*"):
        remove(left)


def _write(
    file: Path, header: BackupHeader, key: DatabaseKey, seal: RecoverySeal, body: Path, progress: Progress | None
) -> None:
    with body.open("rb") as stream:
        digest = _copy(stream, None, header.size, None)
    text = json.dumps(asdict(header), ensure_ascii=False, separators=(",", ":")).encode()
    head = MAGIC + VERSION.to_bytes(2, "big") + len(text).to_bytes(4, "big") + text
    head += seal.close(bytes(key) + digest, head)
    head += sha256(head).digest()
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as target, body.open("rb") as stream:
            target.write(head)
            _copy(stream, target, header.size, progress)
            target.flush()
            os.fsync(target.fileno())
        with part.open("rb") as written:
            if written.read(len(head)) != head or _copy(written, None, header.size, None) != digest:
                raise BackupDamaged(file=file)
        replace(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class _Backup(io.BufferedReader):
    """A backup being read. A stick that is pulled out is the backup's trouble, not that of this PC's disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        super().__init__(io.FileIO(file))

    def read(self, size: int | None = -1) -> bytes:
        """Raises `BackupGone`."""
        try:
            return super().read(size)
        except OSError as error:
            raise BackupGone(file=self._file) from error


def _opened(file: Path) -> _Backup:
    with faults():
        try:
            return _Backup(file)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
            raise
        except OSError as error:
            raise BackupGone(file=file) from error


def _read_head(stream: BinaryIO, file: Path) -> tuple[BackupHeader, bytes, bytes]:
    head = stream.read(len(MAGIC) + 6)
    if head[: len(MAGIC)] != MAGIC:
        raise NotABackup(file=file)
    version, length = int.from_bytes(head[len(MAGIC) : -4], "big"), int.from_bytes(head[-4:], "big")
    if version > VERSION:
        raise NewerFile
    if version < 1 or length > _LONGEST_HEADER:
        raise BackupDamaged(file=file)
    context = head + stream.read(length)
    closed, check = stream.read(_SEALED), stream.read(32)
    if sha256(context + closed).digest() != check:
        raise BackupDamaged(file=file)
    try:
        header = BackupHeader(**json.loads(context[len(head) :]))
        if not 0 <= header.made_ms < _END_MS:
            raise BackupDamaged(file=file)
    except (TypeError, ValueError) as error:
        raise BackupDamaged(file=file) from error
    return header, context, closed


def _copy(source: BinaryIO, target: BinaryIO | None, size: int, progress: Progress | None) -> bytes:
    """Copy up to `size` bytes (only read them without `target`); their SHA-256, b"" when there were fewer."""
    digest, done = sha256(), 0
    while done < size:
        chunk = source.read(min(_CHUNK, size - done))
        if not chunk:
            return b""
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, size)
    return digest.digest()
