"""What the PCs of one room say to each other about documents that wait: questions, answers, and the main PC's side.

The main PC holds the room's documents, so what two people do at two PCs is decided there, once. PCs of the residents
may bring documents, and do what a person may who knows the code; the list is for staff PCs. A question may come twice:
pieces are counted, and a second release finds nothing that waits. A refusal travels as its code and its values, so that
the other PC says it in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, Protocol, TypeVar

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import AkimatDeskError, Misuse, Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal.kinds import UNDECODABLE, Id
from akimat_desk.sync.asking import MOST_BYTES, HostLine
from printing.held import PIECE, Arrival, CodeUnknown
from printing.held_job import Found, HeldJob
from printing.layout import Pages
from printing.release import Here, Moved, Offer
from printing.rules import Options, Quote

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Member
    from akimat_desk.service import Desk

_T = TypeVar("_T")
_Code = Annotated[str, Meta(pattern=r"^[0-9]{1,16}\Z")]
_Size = Annotated[int, Meta(ge=0, lt=2**40)]
_PIXELS: Final = Meta(ge=1, le=4000)


class NotForThisPc(Misuse):
    """A residents' PC asks what only staff PCs may."""

    code = "release-staff-pc"
    staff_text = N_("Only a staff PC can do this. This PC is not one.")
    next_text = N_("Do it on a staff PC of the room.")


class NotUnderstood(Unavailable):
    """The other PC says what this version does not know."""

    code = "printing-not-understood"
    staff_text = N_("The main PC has another version of Akimat Desk.")
    next_text = N_("Update Akimat Desk on both PCs.")


class Bring(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """A document comes; `Here` many pieces of it are there already."""

    held: Id
    code: _Code
    seat: Annotated[int, Meta(ge=0, le=999)]
    pages: Pages
    options: Options
    quote: Quote
    size: _Size
    digest: Annotated[bytes, Meta(min_length=32, max_length=32)]


class Piece(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """The next of it."""

    held: Id
    number: Annotated[int, Meta(ge=0, le=100_000)]
    data: Annotated[bytes, Meta(max_length=PIECE)]


class Finish(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """That was all: hold it."""

    held: Id


class AskOffer(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """What can be chosen?"""


class Find(msgspec.Struct, frozen=True, array_like=True, tag=5):
    """Which documents are there?"""

    typed: Annotated[str, Meta(max_length=16)]
    limit: Annotated[int, Meta(ge=0, le=1000)]


class Get(msgspec.Struct, frozen=True, array_like=True, tag=6):
    """How is it now?"""

    held: Id


class Open(msgspec.Struct, frozen=True, array_like=True, tag=7):
    """Which document waits under this code?"""

    code: _Code


class Price(msgspec.Struct, frozen=True, array_like=True, tag=8):
    """What does it cost printed so?"""

    held: Id
    options: Options


class Picture(msgspec.Struct, frozen=True, array_like=True, tag=9):
    """A side of paper printed so, no wider and no higher than this."""

    held: Id
    side: Annotated[int, Meta(ge=1, le=100_000)]
    width: Annotated[int, _PIXELS]
    height: Annotated[int, _PIXELS]
    options: Options


class Release(msgspec.Struct, frozen=True, array_like=True, tag=10):
    """Print it."""

    held: Id
    options: Options
    printer: Annotated[int, Meta(ge=0)]
    again: bool
    by: Id | None


class Cancel(msgspec.Struct, frozen=True, array_like=True, tag=11):
    """Nobody wants it."""

    held: Id
    by: Id | None


class Stop(msgspec.Struct, frozen=True, array_like=True, tag=12):
    """Stop printing it."""

    held: Id


class Settle(msgspec.Struct, frozen=True, array_like=True, tag=13):
    """Somebody looked into the tray."""

    held: Id
    printed: bool
    by: Id | None
    sheets: Annotated[int, Meta(ge=0)] | None = None
    """So many came out, where it was neither all nor nothing."""


class Move(msgspec.Struct, frozen=True, array_like=True, tag=14):
    """To another printer."""

    held: Id
    printer: Annotated[int, Meta(ge=0)]


class Slip(msgspec.Struct, frozen=True, array_like=True, tag=15):
    """Its code on paper."""

    held: Id


class Recall(Bring, frozen=True, array_like=True, tag=16):
    """The PC that brought it, or was about to, has it back: it is not to be printed there any more."""


class Said(msgspec.Struct, frozen=True, array_like=True, tag=20):
    """The answer, packed as its question wants it."""

    content: bytes


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag=21):
    """It was refused; the code is an error's, the values fill its sentence."""

    code: Annotated[str, Meta(max_length=64)]
    values: dict[str, str]


_Comes = Bring | Piece | Finish | Recall
_Looks = AskOffer | Find | Get | Open | Price | Picture
_Does = Release | Cancel | Stop | Settle | Move | Slip
Question = _Comes | _Looks | _Does
FOR_STAFF: Final = (Find, Settle, Move)
_questions: Final[msgspec.msgpack.Decoder[Question]] = msgspec.msgpack.Decoder(Question)
_answers: Final[msgspec.msgpack.Decoder[Said | Refusal]] = msgspec.msgpack.Decoder(Said | Refusal)
_pack: Final = msgspec.msgpack.encode


# ---- at the main PC


def answer(desk: Desk, who: Member, body: bytes) -> bytes:
    """See `Service.room_calls`."""
    from printing.room import room_of, since_midnight

    here = Here(
        desk.journal,
        room_of(desk),
        device=who.device,
        resident=who.use != "desk",
        since_ms=since_midnight(desk),
    )
    return answered(here, who, body)


def answered(here: Here, who: Member, body: bytes) -> bytes:
    """The answer to one question of `who`."""
    try:
        question = _questions.decode(body)
        if who.use != "desk" and isinstance(question, FOR_STAFF):
            raise NotForThisPc
        said = _pack(Said(_pack(_answer(here, who, question))))
    except AkimatDeskError as why:
        return _pack(Refusal(why.code, {name: str(value) for name, value in why.values.items()}))
    except UNDECODABLE:
        return _pack(Refusal(NotUnderstood.code, {}))
    return said


def _answer(here: Here, who: Member, question: Question) -> object:
    held = here.held
    match question:
        case Recall():
            return held.give_back(_arrival(question, who))
        case Bring():
            return held.begin(_arrival(question, who))
        case Piece():
            return held.take(question.held, question.number, question.data)
        case Finish():
            return held.finish(question.held)
        case AskOffer():
            return here.offer()
        case Find():
            return here.find(question.typed, question.limit)
        case Get():
            return here.get(question.held)
        case Open():
            return here.open(question.code)
        case Price():
            return here.price(question.held, question.options)
        case Picture():
            return here.picture(question.held, question.side, (question.width, question.height), question.options)
        case Release():
            return here.release(
                question.held, question.options, printer=question.printer, again=question.again, by=question.by
            )
        case Cancel():
            return here.cancel(question.held, by=question.by if who.use == "desk" else None)
        case Stop():
            return here.stop(question.held)
        case Settle():
            return here.settle(question.held, printed=question.printed, by=question.by, sheets=question.sheets)
        case Move():
            return here.move(question.held, question.printer)
        case Slip():
            here.slip(question.held)
            return None


def _arrival(told: Bring, who: Member) -> Arrival:
    return Arrival(
        told.held, told.code, who.device, told.seat, told.pages, told.options, told.quote, told.size, told.digest
    )


# ---- at the other PCs


class Line(Protocol):
    """See `sync.asking.HostLine`."""

    def ask(self, body: bytes) -> bytes: ...  # noqa: D102


class There:
    """The documents the main PC holds; see `release.Holder`. Raises what a `HostLine` raises, and what it refuses."""

    def __init__(self, journal: Journal, line: Line | None = None) -> None:
        self._line = line or HostLine(journal, "printing")

    def bring(self, new: Arrival, pieces: Iterator[bytes]) -> None:
        """All pieces of a document; it is not yet held there. Goes on from where an earlier call was cut."""
        there = self._ask(Bring(*_told(new)), int)
        for number, data in enumerate(pieces):
            if number >= there:
                self._ask(Piece(new.held, number, data), int)

    def finish(self, held: str) -> HeldJob:
        """Have it held: when this returns it lies on the main PC's disk."""
        return self._ask(Finish(held), HeldJob)

    def recall(self, new: Arrival) -> HeldJob:
        """Have it destroyed there if it only waits; how it stands there now."""
        return self._ask(Recall(*_told(new)), HeldJob)

    def offer(self) -> Offer:
        """See `Holder`."""
        return self._ask(AskOffer(), Offer)

    def find(self, typed: str = "", limit: int = 200) -> Found:
        """See `Holder`."""
        return self._ask(Find(typed, limit), Found)

    def get(self, held: str) -> HeldJob:
        """See `Holder`."""
        return self._ask(Get(held), HeldJob)

    def open(self, code: str) -> HeldJob:
        """See `Holder`."""
        code = code.strip()
        if not (code.isascii() and code.isdecimal() and len(code) <= 16):
            raise CodeUnknown
        return self._ask(Open(code), HeldJob)

    def price(self, held: str, options: Options) -> Quote:
        """See `Holder`."""
        return self._ask(Price(held, options), Quote)

    def picture(self, held: str, side: int, room: tuple[int, int], options: Options) -> bytes:
        """See `Holder`."""
        return self._ask(Picture(held, side, *room, options), bytes)

    def release(
        self, held: str, options: Options, *, printer: int = 0, again: bool = False, by: str | None = None
    ) -> Moved:
        """See `Holder`."""
        return self._ask(Release(held, options, printer, again, by), Moved)

    def cancel(self, held: str, *, by: str | None = None) -> Moved:
        """See `Holder`."""
        return self._ask(Cancel(held, by), Moved)

    def stop(self, held: str) -> Moved:
        """See `Holder`."""
        return self._ask(Stop(held), Moved)

    def settle(self, held: str, *, printed: bool, by: str | None, sheets: int | None = None) -> Moved:
        """See `Holder`."""
        return self._ask(Settle(held, printed, by, sheets), Moved)

    def move(self, held: str, printer: int) -> Moved:
        """See `Holder`."""
        return self._ask(Move(held, printer), Moved)

    def slip(self, held: str) -> object:
        """See `Holder`."""
        return self._ask(Slip(held), type(None))

    def _ask(self, question: Question, kind: type[_T]) -> _T:
        body = _pack(question)
        assert len(body) <= MOST_BYTES
        try:
            said = _answers.decode(self._line.ask(body))
            if isinstance(said, Refusal):
                raise _error_of(said)
            return msgspec.msgpack.decode(said.content, type=kind)
        except UNDECODABLE as why:
            raise NotUnderstood from why


def _told(new: Arrival) -> tuple[str, str, int, Pages, Options, Quote, int, bytes]:
    return new.held, new.code, new.seat, new.pages, new.options, new.quote, new.size, new.digest


def _error_of(refusal: Refusal) -> AkimatDeskError:
    """The same error here. One this version does not know is told by its code."""
    for kind in _kinds(AkimatDeskError):
        if kind.code == refusal.code:
            error = kind.__new__(kind)
            AkimatDeskError.__init__(error, **refusal.values)
            return error
    return NotUnderstood(their_code=refusal.code)


def _kinds(kind: type[AkimatDeskError]) -> Iterator[type[AkimatDeskError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
