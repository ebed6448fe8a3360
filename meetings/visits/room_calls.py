"""What the PCs of a room say to each other about times: a residents' PC holds nobody's name, so who has how many is
known at the main PC only, and two who want one time meet there.

A question may come twice: it names its visit, and is then answered with what stands.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal, Protocol

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import AkimatDeskError, Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal.kinds import UNDECODABLE, Code, Id
from akimat_desk.people.staff import SignedIn
from akimat_desk.sync.asking import HostLine
from meetings.visits import actions
from meetings.visits.actions import Asking
from meetings.visits.entries import Need, VisitDetails, Way
from meetings.visits.records import Visit
from meetings.visits.secret import LENGTH

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Member
    from akimat_desk.service import Desk

_Start = Annotated[int, Meta(ge=0, le=24 * 60)]
_Text = Annotated[str, Meta(max_length=2500)]
QUICK_S: Final = 2.0
"""A line that breaks off sooner is tried once more; a resident who has waited longer is served here."""


class NotUnderstood(Unavailable):
    """The other PC says what this version does not know."""

    code = "visits-not-understood"
    staff_text = N_("The main PC has another version of Akimat Desk.")
    next_text = N_("Update Akimat Desk on both PCs.")


class Person(msgspec.Struct, frozen=True, array_like=True):
    """See `VisitDetails`."""

    name: _Text = ""
    iin: _Text = ""
    phone: _Text = ""
    address: _Text = ""
    about: _Text = ""
    spoken_for: _Text = ""


class Ask(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """May this person have this time?"""

    visit: Id
    series: Id
    day: date
    way: Way
    subject: Code
    start: _Start | None
    language: Literal["kk", "ru", "en"]
    needs: tuple[Need, ...]
    group: Code | None
    person: Person
    verifier: Annotated[bytes, Meta(min_length=LENGTH, max_length=LENGTH)] | None
    by: Id | None
    role: Literal["trainer", "staff", "administrator"] = "staff"


class Move(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """May this visit have another time?"""

    visit: Id
    day: date
    start: _Start
    by: Id | None
    role: Literal["trainer", "staff", "administrator"] = "staff"


class Cancel(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """Nobody comes to this visit; its time is free. Already so: that is the answer."""

    visit: Id


class Stands(msgspec.Struct, frozen=True, array_like=True, tag=20):
    """So it stands now."""

    visit: Visit


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag=21):
    """It was refused; the code is an error's, the values fill its sentence."""

    code: Annotated[str, Meta(max_length=64)]
    values: dict[str, str]


Question = Ask | Move | Cancel
_questions: Final[msgspec.msgpack.Decoder[Question]] = msgspec.msgpack.Decoder(Question)
_answers: Final[msgspec.msgpack.Decoder[Stands | Refusal]] = msgspec.msgpack.Decoder(Stands | Refusal)
_pack: Final = msgspec.msgpack.encode


# ---- at the main PC


def answer(desk: Desk, who: Member, body: bytes) -> bytes:
    """See `Service.room_calls`."""
    return answered(desk.journal, staff_pc=who.use == "desk", body=body)


def answered(journal: Journal, *, staff_pc: bool, body: bytes) -> bytes:
    """The answer to one question. From a residents' PC nobody can act as staff, and no name goes back to it."""
    try:
        said = _answer(journal, _questions.decode(body), staff_pc=staff_pc)
    except AkimatDeskError as why:
        return _pack(Refusal(why.code, {name: str(value) for name, value in why.values.items()}))
    except UNDECODABLE:
        return _pack(Refusal(NotUnderstood.code, {}))
    if not staff_pc:
        said = replace(said, name="", iin="", phone="", address="", about="", spoken_for="")
    return _pack(Stands(said))


def _answer(journal: Journal, question: Question, *, staff_pc: bool) -> Visit:
    if isinstance(question, Cancel):
        return actions.cancel(journal, question.visit, again=True).visit
    by = SignedIn(question.by, "", question.role) if question.by and staff_pc else None
    match question:
        case Ask():
            asking = Asking(
                question.series,
                question.day,
                question.way if by else "waiting" if question.way == "waiting" else "kiosk",
                question.subject,
                question.start,
                question.language,
                question.needs,
                question.group or "",
                VisitDetails(**msgspec.structs.asdict(question.person)),
            )
            return actions.ask(journal, asking, verifier=question.verifier, by=by, visit=question.visit).visit
        case Move():
            return actions.move(journal, question.visit, question.day, question.start, by=by).visit


# ---- at the other PCs


class Line(Protocol):
    """See `sync.asking.HostLine`."""

    def ask(self, body: bytes) -> bytes: ...  # noqa: D102


class There:
    """The main PC. Raises what a `HostLine` raises, and what the main PC refuses."""

    def __init__(self, journal: Journal, line: Line | None = None) -> None:
        self._line = line or HostLine(journal, "meetings")

    def ask(self, asking: Asking, visit: str, verifier: bytes | None, by: SignedIn | None) -> Visit:
        """See `actions.ask`."""
        person = Person(**msgspec.structs.asdict(asking.details))
        return self._ask(
            Ask(
                visit,
                asking.series,
                asking.day,
                asking.way,
                asking.subject,
                asking.start,
                asking.language,
                asking.needs,
                asking.group or None,
                person,
                verifier,
                by.staff if by else None,
                by.role if by else "staff",
            )
        )

    def move(self, visit: str, day: date, start: int, by: SignedIn | None) -> Visit:
        """See `actions.move`."""
        return self._ask(Move(visit, day, start, by.staff if by else None, by.role if by else "staff"))

    def cancel(self, visit: str) -> Visit:
        """See `actions.cancel`."""
        return self._ask(Cancel(visit))

    def _ask(self, question: Question) -> Visit:
        """The answer; asked a second time where the first one broke off at once. Nothing is done twice by it."""
        began, asked = time.monotonic(), _pack(question)
        try:
            answer = self._line.ask(asked)
        except Unavailable:
            if time.monotonic() - began > QUICK_S:
                raise
            answer = self._line.ask(asked)
        try:
            said = _answers.decode(answer)
        except UNDECODABLE as why:
            raise NotUnderstood from why
        if isinstance(said, Refusal):
            raise _error_of(said)
        return said.visit


def _error_of(refusal: Refusal) -> AkimatDeskError:
    """The same error here, so that this PC says it in its own words."""
    for kind in _kinds(AkimatDeskError):
        if kind.code == refusal.code:
            error = kind.__new__(kind)
            values = dict[str, object](refusal.values)
            AkimatDeskError.__init__(error, **values)
            if "reason" in values:
                error.reason = values["reason"]  # type: ignore[attr-defined]
            return error
    return NotUnderstood(their_code=refusal.code)


def _kinds(kind: type[AkimatDeskError]) -> Iterator[type[AkimatDeskError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
