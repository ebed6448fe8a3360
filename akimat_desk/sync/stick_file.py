"""One file on a stick: pieces after a first line, each proved by a digest over all before it.

    first line   "akimat-desk/stick/1"
    piece        length (4 B), SHA-256(digest before + bytes) (32 B), the bytes: a message, packed
    end          length 0, SHA-256(digest before)

It is written under another name, flushed, and only then given its own: a stick that is pulled out holds the file before
or the new one. It is read piece by piece, and what was read before a damaged place counts.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import AkimatDeskError, Damaged, Refused, Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal.kinds import Id
from akimat_desk.journal.parts import MOST_WANTED
from akimat_desk.journal.receipts import Receipt
from akimat_desk.store.durable import replace
from akimat_desk.sync.columns import InColumns
from akimat_desk.sync.errors import NotADesk, TooMuch
from akimat_desk.sync.packing import MAX_PACKED, packed, understood, unpacked

MAX_FILE: Final = 256 * 1024 * 1024
MAX_INSIDE: Final = 1024 * 1024 * 1024
"""Bytes on the stick, and unpacked. A room's year is about 10 MB."""
_NAME: Final = b"akimat-desk/stick/"
_LINE: Final = _NAME + b"1\n"
_LENGTH: Final = 4
_DIGEST: Final = 32
_MOST_RECEIPTS: Final = 1000
_BINARY: Final = getattr(os, "O_BINARY", 0)
_FULL: Final = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}
_SHUT: Final = {errno.EROFS, errno.EACCES, errno.EPERM}


class StickGone(Unavailable):
    """The stick was pulled out, or does not work."""

    code = "stick-gone"
    staff_text = N_("The stick does not answer any more. What was taken in before that stays; nothing is lost.")
    next_text = N_("Put the stick in again and repeat.")


class StickFull(Unavailable):
    """No room is left on the stick."""

    code = "stick-full"
    staff_text = N_("There is no free space on the stick. What was on it before is as it was.")
    next_text = N_("Delete something from the stick, or take another one, and repeat.")


class StickLocked(Refused):
    """The stick cannot be written to."""

    code = "stick-locked"
    staff_text = N_("Nothing can be written on the stick. What was taken in from it stays.")
    next_text = N_("Look for a small switch on the stick, or take another one.")


class CarriedDamaged(Damaged):
    """A file on the stick is cut off or was changed."""

    code = "stick-damaged"
    staff_text = N_(
        "The file of PC {device} on the stick is damaged. What stands before the damaged place was taken in."
    )
    next_text = N_("Carry out again on that PC and bring the stick once more.")


class CarriedStrange(Refused):
    """A file on the stick is named like ours and is something else."""

    code = "stick-strange"
    staff_text = N_(
        "The file of PC {device} on the stick was not written by Akimat Desk. Nothing was taken in from it."
    )
    next_text = N_("Delete this file from the stick.")


class CarriedNewer(Refused):
    """A file on the stick was written by a later version of the program."""

    code = "stick-newer"
    staff_text = N_("The file of PC {device} on the stick was written by a newer version of Akimat Desk.")
    next_text = N_("Update Akimat Desk on this PC, then bring the stick once more.")


class Cover(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """The first piece: who wrote this, and the key of the sealed parts, sealed once for each PC that may read them."""

    sender: Id
    keys: Annotated[list[tuple[Id, bytes]], Meta(max_length=1000)] = []


class Piece(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """Some batches without their personal parts, and those parts, sealed; empty where there are none."""

    batches: list[InColumns]
    parts: bytes = b""


class Late(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """Personal parts that others lack although they hold the entries, sealed."""

    parts: bytes


class Receipts(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """What the sender holds and what it has heard that others hold; `wants` are entries whose part it lacks."""

    receipts: Annotated[list[Receipt], Meta(max_length=_MOST_RECEIPTS)]
    wants: Annotated[list[Id], Meta(max_length=MOST_WANTED)] = []


Carried = Cover | Piece | Late | Receipts
_carried: Final[msgspec.msgpack.Decoder[Carried]] = msgspec.msgpack.Decoder(Carried)


class Writer:
    """Adds pieces to a file that has no name yet."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256(_LINE).digest()
        self.size = stream.write(_LINE)

    def add(self, message: Carried) -> None:
        """One piece."""
        self._write(packed(msgspec.msgpack.encode(message)))

    def end(self) -> None:
        """The end, by which a reader knows that nothing is missing."""
        self._write(b"")

    def _write(self, data: bytes) -> None:
        self._digest = hashlib.sha256(self._digest + data).digest()
        self.size += self._stream.write(len(data).to_bytes(_LENGTH, "big") + self._digest + data)


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """A new `file`: whole, flushed and under its name when the block ends, else as it was before.

    Raises `StickFull`, `StickLocked` or `StickGone`.
    """
    part = file.with_name(file.name + ".part")
    with stick_faults():
        part.unlink(missing_ok=True)
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with stick_faults(), open(fd, "wb") as stream:
            writer = Writer(stream)
            yield writer
            writer.end()
            stream.flush()
            os.fsync(stream.fileno())
        with stick_faults():
            replace(part, file)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def reading(file: Path, device: str) -> Iterator[Carried]:
    """The pieces of `file`, one in memory at a time.

    Raises `CarriedDamaged` at the first place that is not as it was written, `CarriedStrange` and `CarriedNewer` before
    any piece; `StickGone` where the system cannot read.
    """
    with stick_faults():
        # Neither a link to somewhere else nor a pipe that never ends is read.
        about = file.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_FILE:
            raise CarriedStrange(device=device[:8])
        with file.open("rb") as stream:
            yield from _pieces(stream, device)


def _pieces(stream: BinaryIO, device: str) -> Iterator[Carried]:
    line = stream.read(len(_LINE))
    if not line.startswith(_NAME):
        raise CarriedStrange(device=device[:8])
    if line != _LINE:
        raise CarriedNewer(device=device[:8])
    before = hashlib.sha256(_LINE).digest()
    inside = 0
    while True:
        head = stream.read(_LENGTH + _DIGEST)
        length = int.from_bytes(head[:_LENGTH], "big")
        if len(head) < _LENGTH + _DIGEST or length > MAX_PACKED:
            raise CarriedDamaged(device=device[:8])
        data = stream.read(length)
        before = hashlib.sha256(before + data).digest()
        if len(data) < length or head[_LENGTH:] != before:
            raise CarriedDamaged(device=device[:8])
        if not length:
            return
        try:
            message = unpacked(data)
            inside += len(message)
            if inside > MAX_INSIDE:
                raise TooMuch
            carried = understood(_carried, message)
        except (NotADesk, TooMuch) as why:
            raise CarriedDamaged(device=device[:8]) from why
        yield carried


@contextmanager
def stick_faults() -> Iterator[None]:
    """Inside, what the system says of the stick comes out as ours."""
    try:
        yield
    except AkimatDeskError:
        raise
    except OSError as why:
        if why.errno in _FULL:
            raise StickFull from why
        if why.errno in _SHUT:
            raise StickLocked from why
        raise StickGone from why
