"""Files to and from another PC, after the entries that name them: piece by piece, and from where it was left.

    Which(hashes)             ─►  These(hashes)           which of them the other side has, and may give to this PC
    Want(hash, from, bytes)   ─►  Piece(data, digest)     or `NotHere`
    Offer(hashes)             ─►  Lacks(hash, from)       which of them the other side wants, and from where on
    Give(hash, from, data, …) ─►  Took(position)          or `NotHere`: it does not want it

Nothing is remembered between calls; a host takes in only what an entry names. What a piece weighs follows the line
(`pace`).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.files.errors import FileDamaged, FileNotHere, FilesFull, WrongContent
from akimat_desk.files.incoming import Incoming
from akimat_desk.files.sealed import BLOCK
from akimat_desk.files.store import MAX_SIZE, FileStore, Ref
from akimat_desk.journal.batch import Audience
from akimat_desk.journal.kinds import Digest
from akimat_desk.sync.errors import NotADesk, Unreachable, their_trouble
from akimat_desk.sync.messages import Trouble
from akimat_desk.sync.pace import Pace
from akimat_desk.sync.packing import packed, understood, unpacked

if TYPE_CHECKING:
    from akimat_desk.store import Database

PATH: Final = "/v1/files"
FIRST_PIECE: Final = 256 * 1024
MOST_PIECE: Final = 1024 * 1024
MOST_ASKED: Final = 1000
_TRIES: Final = 3
_log = logging.getLogger(__name__)
_A = TypeVar("_A")

_Place = Annotated[int, Meta(ge=0, le=MAX_SIZE)]
Hashes = Annotated[list[Digest], Meta(max_length=MOST_ASKED)]


class Which(msgspec.Struct, frozen=True, array_like=True, tag=20):
    """Which of these files have you for me?"""

    hashes: Hashes


class These(msgspec.Struct, frozen=True, array_like=True, tag=21):
    """These."""

    hashes: Hashes


class Want(msgspec.Struct, frozen=True, array_like=True, tag=22):
    """Give me `length` bytes of the file from `start`."""

    hash: Digest
    start: _Place
    length: Annotated[int, Meta(ge=1, le=MOST_PIECE)]


class Piece(msgspec.Struct, frozen=True, array_like=True, tag=23):
    """The bytes, fewer only at the file's end, and their SHA-256."""

    data: Annotated[bytes, Meta(max_length=MOST_PIECE)]
    digest: Digest


class NotHere(msgspec.Struct, frozen=True, array_like=True, tag=24):
    """I do not have it, or not for you."""


class Offer(msgspec.Struct, frozen=True, array_like=True, tag=25):
    """I have these."""

    hashes: Hashes


class Lacks(msgspec.Struct, frozen=True, array_like=True, tag=26):
    """Of these I lack what comes from there on."""

    files: Annotated[list[tuple[Digest, _Place]], Meta(max_length=MOST_ASKED)]


class Give(msgspec.Struct, frozen=True, array_like=True, tag=27):
    """Take these bytes of the file, which stand at `start`."""

    hash: Digest
    start: _Place
    data: Annotated[bytes, Meta(max_length=MOST_PIECE)]
    digest: Digest


class Took(msgspec.Struct, frozen=True, array_like=True, tag=28):
    """So much of it is here now; `wrong`: all came, and it was another file, so nothing of it was kept."""

    position: _Place
    wrong: bool = False


Request = Which | Want | Offer | Give
Answer = These | Piece | NotHere | Lacks | Took | Trouble
_requests: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_answers: Final[msgspec.msgpack.Decoder[Answer]] = msgspec.msgpack.Decoder(Answer)

Ask = Callable[[bytes], bytes]
"""A call to another PC's `answer`; raises what a `Link` raises."""


# ---- answering


Named = Callable[[], Iterable[Ref]]
"""The files that this PC's entries name."""
InEntries = Callable[["Database"], Iterable[Ref]]
"""Finds them in the tables; services know in which."""


def none(db: Database) -> tuple[Ref, ...]:
    """No service names files."""
    return ()


def answer(files: FileStore, request: bytes, audience: Audience, named: Named = tuple) -> bytes:
    """The answer to another desk; files of personal kind are there for the room's staff PCs only."""
    try:
        return _pack(_answer(files, _unpack_request(request), audience, named))
    except AkimatDeskError as why:
        _log.warning("A file was not given: %s", why.code)
        return _pack(Trouble(why.code))


def _answer(files: FileStore, request: Request, audience: Audience, named: Named) -> Answer:
    match request:
        case Which():
            return These([hash for hash in request.hashes if _may_have(files, hash, audience)])
        case Want():
            return _given(files, request, audience)
        case Offer():
            return _lacked(files, set(request.hashes), named)
        case Give():
            return _taken(files, request)


def _given(files: FileStore, request: Want, audience: Audience) -> Answer:
    if not _may_have(files, request.hash, audience):
        return NotHere()
    try:
        with files.open(request.hash) as stream:
            stream.seek(request.start)
            data = stream.read(request.length)
    except FileNotHere:
        return NotHere()
    except FileDamaged:
        files.verify(request.hash)  # forgets it, so that this PC fetches it again itself
        return NotHere()
    return Piece(data, hashlib.sha256(data).digest())


def _lacked(files: FileStore, offered: set[bytes], named: Named) -> Answer:
    lacks = []
    for ref in files.lacking(named()):
        if ref.hash in offered:
            with suppress(FilesFull), files.incoming(ref) as coming:  # from now on it is expected
                lacks.append((ref.hash, coming.position))
    return Lacks(lacks[:MOST_ASKED])


def _taken(files: FileStore, given: Give) -> Answer:
    ref = files.expected(given.hash)
    if ref is None:
        return NotHere()
    with files.incoming(ref) as coming:
        fits = given.start == coming.position and hashlib.sha256(given.data).digest() == given.digest
        if not coming.done and fits:
            coming.add(given.data)
            if coming.position == ref.size:
                try:
                    coming.finish()
                except WrongContent:
                    return Took(0, wrong=True)
        return Took(coming.position)


def _may_have(files: FileStore, hash: bytes, audience: Audience) -> bool:
    ref = files.ref(hash)
    return ref is not None and (audience == "room" or not ref.personal)


# ---- fetching


def pace_of_files() -> Pace:
    """How much is asked for at once. Kept by the caller between calls of `fetch`: a line that broke gets less."""
    return Pace(least=BLOCK, first=FIRST_PIECE, most=MOST_PIECE)


@dataclass(frozen=True)
class Fetched:
    """What became of the files: come whole, not there, and such that were thrown away as something else."""

    came: list[bytes] = field(default_factory=list)
    not_there: list[bytes] = field(default_factory=list)
    wrong: list[bytes] = field(default_factory=list)


def never() -> bool:
    """Go on to the end."""
    return False


def fetch(
    ask: Ask,
    files: FileStore,
    wanted: Iterable[Ref],
    *,
    pace: Pace | None = None,
    stop: Callable[[], bool] = never,
    monotonic: Callable[[], float] = time.monotonic,
) -> Fetched:
    """Fetch what this PC lacks of `wanted`, small files first.

    Ends early when `stop` says so, asked before each piece. Raises what `ask` raises, `FilesFull` and `Busy`; what came
    until then is kept, and the next call, to this PC or to another, goes on from there.
    """
    pace, result = pace or pace_of_files(), Fetched()
    lacking = files.lacking(wanted)
    for first in range(0, len(lacking), MOST_ASKED):
        some = lacking[first : first + MOST_ASKED]
        there = set(_expect(These, _call(ask, Which([ref.hash for ref in some]))).hashes)
        for ref in some:
            if stop():
                return result
            if ref.hash not in there:
                result.not_there.append(ref.hash)
                continue
            with files.incoming(ref) as coming, suppress(_Stopped):
                _one(ask, ref, coming, result, _Way(pace, stop, monotonic))
    return result


def give(
    ask: Ask,
    files: FileStore,
    named: Iterable[Ref],
    *,
    pace: Pace | None = None,
    stop: Callable[[], bool] = never,
    monotonic: Callable[[], float] = time.monotonic,
) -> list[bytes]:
    """Give the other PC what it lacks of `named` and this one has; which it has whole now. See `fetch`."""
    way, given = _Way(pace or pace_of_files(), stop, monotonic), list[bytes]()
    here = {ref.hash: ref for ref in named if files.has(ref.hash)}
    for first in range(0, len(here), MOST_ASKED):
        offer = Offer(list(here)[first : first + MOST_ASKED])
        for hash, position in _expect(Lacks, _call(ask, offer)).files:
            if hash in here and _give_rest(ask, files, here[hash], position, way):
                given.append(hash)
            if stop():
                return given
    return given


def _give_rest(ask: Ask, files: FileStore, ref: Ref, position: int, way: _Way) -> bool:
    """Whether it is there whole in the end."""
    tries = 0
    with files.open(ref.hash) as stream:
        while tries < _TRIES and not way.stop():
            stream.seek(position)
            data = stream.read(way.pace.size // BLOCK * BLOCK)
            started = way.monotonic()
            try:
                said = _call(ask, Give(ref.hash, position, data, hashlib.sha256(data).digest()))
            except Unreachable:
                way.pace.broke()
                raise
            if isinstance(said, NotHere):
                return False
            took = _expect(Took, said)
            if took.position == ref.size and not took.wrong:
                return True
            tries = 0 if took.position > position else tries + 1
            position = took.position
            way.pace.took(way.monotonic() - started, len(data))
    return False


class _Stopped(Exception):
    pass


@dataclass(frozen=True)
class _Way:
    pace: Pace
    stop: Callable[[], bool]
    monotonic: Callable[[], float]


def _one(ask: Ask, ref: Ref, coming: Incoming, result: Fetched, way: _Way) -> None:
    while True:
        if not _rest(ask, ref, coming, way):
            result.not_there.append(ref.hash)
            return
        resumed = coming.began > 0
        try:
            coming.finish()
        except WrongContent:
            if resumed:
                continue  # its beginning came earlier, perhaps from another PC: once more, all from this one
            _log.warning("A file that came is not the one that was asked for.")
            result.wrong.append(ref.hash)
            return
        result.came.append(ref.hash)
        return


def _rest(ask: Ask, ref: Ref, coming: Incoming, way: _Way) -> bool:
    """Take in what is not here yet; false where the other side does not have it any more."""
    while coming.position < ref.size:
        if way.stop():
            raise _Stopped
        length = min(way.pace.size // BLOCK * BLOCK, ref.size - coming.position)
        data = _piece(ask, Want(ref.hash, coming.position, length), way)
        if data is None:
            return False
        if len(data) < length:  # the other side's file is shorter: it is another one
            coming.start_over()
            return False
        coming.add(data)
    return True


def _piece(ask: Ask, want: Want, way: _Way) -> bytes | None:
    """The bytes, None where they are not there. A piece that was changed on its way is asked for again."""
    for _ in range(_TRIES):
        started = way.monotonic()
        try:
            given = _call(ask, want)
        except Unreachable:
            way.pace.broke()
            raise
        if isinstance(given, NotHere):
            return None
        piece = _expect(Piece, given)
        if hashlib.sha256(piece.data).digest() == piece.digest:
            way.pace.took(way.monotonic() - started, len(piece.data))
            return piece.data
    raise NotADesk


def _call(ask: Ask, request: Request) -> Answer:
    return _unpack_answer(ask(_pack(request)))


def _expect(kind: type[_A], given: Answer) -> _A:
    if isinstance(given, Trouble):
        raise their_trouble(given.code)
    if not isinstance(given, kind):
        raise NotADesk
    return given


# ---- bytes


def _pack(message: Request | Answer) -> bytes:
    return packed(msgspec.msgpack.encode(message))


def _unpack_request(data: bytes) -> Request:
    return understood(_requests, unpacked(data))


def _unpack_answer(data: bytes) -> Answer:
    return understood(_answers, unpacked(data))
