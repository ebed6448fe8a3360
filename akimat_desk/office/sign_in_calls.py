"""Staff sign in at a PC that holds no names and no PINs (a residents' PC, a board): the main PC is asked.

The PIN goes over the room's link, whose two ends are proved, is looked at there, and stays nowhere. Wrong ones count
there for the PC they came from, so that nobody at a residents' PC can make staff wait at their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, Protocol, cast

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal.kinds import UNDECODABLE, Id
from akimat_desk.people.entries import Role
from akimat_desk.people.sign_in import PinWait, WrongPin, sign_in, waiting
from akimat_desk.people.staff import SignedIn, StaffMember, StaffUnknown, staff
from akimat_desk.sync.asking import HostLine

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.base.errors import AkimatDeskError
    from akimat_desk.journal.devices import Member
    from akimat_desk.service import Desk
    from akimat_desk.store import Store


class MainPcNewer(Unavailable):
    """The two PCs do not understand each other."""

    code = "sign-in-version"
    staff_text = N_("The main PC has another version of Akimat Desk.")
    next_text = N_("Update Akimat Desk on both PCs.")


class WhoWorks(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """Whose names can be chosen?"""


class Try(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """Is this their PIN?"""

    staff: Id
    pin: Annotated[str, Meta(max_length=12)]


class Worker(msgspec.Struct, frozen=True, array_like=True):
    """Somebody whose name can be chosen."""

    staff: Id
    name: str
    role: Role


class Working(msgspec.Struct, frozen=True, array_like=True, tag=10):
    """These."""

    people: tuple[Worker, ...]


class Right(msgspec.Struct, frozen=True, array_like=True, tag=11):
    """It is."""

    worker: Worker


class Wrong(msgspec.Struct, frozen=True, array_like=True, tag=12):
    """It is not."""

    left: int


class Wait(msgspec.Struct, frozen=True, array_like=True, tag=13):
    """Nothing was looked at."""

    seconds: float


class Unknown(msgspec.Struct, frozen=True, array_like=True, tag=14):
    """Nobody of that kind works here."""


class NotUnderstood(msgspec.Struct, frozen=True, array_like=True, tag=15):
    """What was that?"""


_questions: Final[msgspec.msgpack.Decoder[WhoWorks | Try]] = msgspec.msgpack.Decoder(WhoWorks | Try)
Said = Working | Right | Wrong | Wait | Unknown | NotUnderstood
_answers: Final[msgspec.msgpack.Decoder[Said]] = msgspec.msgpack.Decoder(Said)


# ---- at the main PC


def answer(desk: Desk, who: Member, body: bytes) -> bytes:
    """See `Service.room_calls`."""
    try:
        question = _questions.decode(body)
    except UNDECODABLE:
        return msgspec.msgpack.encode(NotUnderstood())
    return msgspec.msgpack.encode(_answer(desk.store, desk.clock, who.device, question))


def _answer(store: Store, clock: Clock, device: str, question: WhoWorks | Try) -> Said:
    if isinstance(question, WhoWorks):
        return Working(tuple(Worker(one.id, one.name, one.role) for one in _named(store)))
    try:
        person = sign_in(store, clock, staff=question.staff, pin=question.pin, at=device)
    except WrongPin as why:
        return Wrong(int(cast(int, why.values["left"])))
    except PinWait as why:
        return Wait(why.seconds)
    except StaffUnknown:
        return Unknown()
    return Right(Worker(person.staff, person.name, person.role))


# ---- at every PC


class Line(Protocol):
    """See `sync.asking.HostLine`."""

    def ask(self, body: bytes) -> bytes: ...  # noqa: D102


class SignIn:
    """Signing in at this PC: by what lies here, or, where nobody's name does, by the main PC. All of it blocks."""

    def __init__(self, desk: Desk, line: Line | None = None) -> None:
        self._store, self._clock = desk.store, desk.clock
        self._line = line or HostLine(desk.journal, "office")

    def people(self) -> Sequence[StaffMember]:
        """Whose names can be chosen. Raises what a `HostLine` raises."""
        here = _named(self._store)
        if here:
            return here
        said = self._ask(WhoWorks())
        assert isinstance(said, Working)
        return [StaffMember(one.staff, one.name, one.role, active=True) for one in said.people]

    def waiting(self, who: str) -> AkimatDeskError | None:
        """The wait that runs, where it is known before anything is typed."""
        return waiting(self._store, self._clock, staff=who) if _named(self._store) else None

    def sign_in(self, who: str, pin: str) -> SignedIn:
        """Raises what `people.sign_in` raises, and a `HostLine`."""
        if _named(self._store):
            return sign_in(self._store, self._clock, staff=who, pin=pin)
        match self._ask(Try(who, pin)):
            case Right(worker):
                return SignedIn(worker.staff, worker.name, worker.role)
            case Wrong(left):
                raise WrongPin(left=left)
            case Wait(seconds):
                raise PinWait(seconds, self._clock)
            case _:
                raise StaffUnknown

    def _ask(self, question: WhoWorks | Try) -> Said:
        try:
            said = _answers.decode(self._line.ask(msgspec.msgpack.encode(question)))
        except UNDECODABLE as why:
            raise MainPcNewer from why
        if isinstance(said, NotUnderstood):
            raise MainPcNewer
        return said


def _named(store: Store) -> list[StaffMember]:
    return [one for one in staff(store) if one.name]
