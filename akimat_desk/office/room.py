"""The PCs of the room as staff see them, and what they do with them; and this PC's part in it, run by the keeper."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.multicast import interfaces
from akimat_desk.base.words import N_
from akimat_desk.journal import devices
from akimat_desk.journal.devices import Use, limits, members
from akimat_desk.journal.forks import Fork, forks
from akimat_desk.journal.receipts import unreceipted
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised, current_host
from akimat_desk.office.actions import signed_in
from akimat_desk.office.waits import Waits, waits
from akimat_desk.people.staff import administrators_only
from akimat_desk.people.zone import ThisPc, follow_admission, set_this_pc, this_pc, this_pc_of
from akimat_desk.service import load
from akimat_desk.sync import enrol, knocks, state
from akimat_desk.sync.knocks import Knock
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.state import LogRow, State

if TYPE_CHECKING:
    from akimat_desk.files import Ref
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Member
    from akimat_desk.service import Changed, Desk, Service
    from akimat_desk.store import Database
    from akimat_desk.sync.asking import ServiceAnswers
    from akimat_desk.sync.exchange import Report
    from akimat_desk.sync.live import Marks

LISTEN_VARIABLE: Final = "AKIMAT_DESK_LISTEN"
"""Where the host answers, as address:port; otherwise on every network of the PC, where it announces itself, too."""
__all__ = ["Knock", "LogRow", "Use"]  # what screens call by their names here

TOPICS: Final = ("journal.devices", "sync.state")
HERE_MS: Final = 60_000
"""A PC that has spoken so lately is here: each speaks at least every twenty seconds."""
CLOCK_OFF_MS: Final = 120_000
"""A clock that differs by more is told of."""


class NotAStaffPc(Refused):
    """Only a staff PC can be the room's main PC, or let others in."""

    code = "room-not-a-staff-pc"
    staff_text = N_("Only a staff PC can do this. This PC is not one.")
    next_text = N_("Do it on a staff PC of the room.")


class NotTheHost(Refused):
    """Another PC is the room's main PC."""

    code = "room-not-the-host"
    staff_text = N_("This PC is not the room's main PC.")
    next_text = N_("Make it so on the page “PCs of the room”, or with “akimat-desk room promote”.")


class OnlyStaffPc(Refused):
    """Without it nobody could let a PC in any more."""

    code = "room-only-staff-pc"
    staff_text = N_("This is the only staff PC of the room. It cannot be shut out.")
    next_text = N_("First let another staff PC join.")


@dataclass(frozen=True, slots=True)
class RoomPc:
    """One PC of the room. `presence` and `seen_ms` are None for one that has never been heard of; `here` within the
    last minute. `this` is the PC where it is asked.
    """

    device: str
    use: Use
    seat: int
    this: bool
    host: bool
    revoked: bool
    here: bool
    presence: Presence | None
    seen_ms: int | None
    clock_off_ms: int
    key: bytes
    """The one it was last let in with; a PC that joins again has another."""

    @property
    def clock_is_off(self) -> bool:
        """Whether its clock differs from the main PC's by minutes."""
        return abs(self.clock_off_ms) > CLOCK_OFF_MS


@dataclass(frozen=True, slots=True)
class RoomView:
    """Everything the page shows. `knocks` wait to be let in; `code_out` tells that a code can be typed now; `served_at`
    are this PC's addresses while it answers as the main PC.
    """

    pcs: tuple[RoomPc, ...]
    knocks: tuple[Knock, ...]
    state: State
    code_out: bool
    forks: tuple[Fork, ...]
    waits: tuple[Waits, ...]
    """What has not come to the main PC yet, and what nobody could apply."""
    staff_pc: bool
    served_at: tuple[str, ...]
    topics: tuple[str, ...] = TOPICS

    @property
    def alone(self) -> bool:
        """Whether the room has no other PC."""
        return all(pc.this or pc.revoked for pc in self.pcs)

    @property
    def main(self) -> RoomPc | None:
        """The main PC, as far as this PC knows of one."""
        return next((pc for pc in self.pcs if pc.host), None)

    @property
    def this(self) -> RoomPc | None:
        """This PC; None until what let it in has arrived."""
        return next((pc for pc in self.pcs if pc.this), None)


def room_view(desk: Desk) -> RoomView:
    """The room as this PC knows it. How this PC itself is, it knows best."""
    now = desk.clock.now_ms()
    with desk.store.read() as db:
        host, seen, out = current_host(db), state.last_seen(db), limits(db.connection())
        own = _own_presence(desk, db)
        pcs = []
        for each in members(db):
            last = seen.get(each.device)
            this = each.device == desk.journal.device
            pcs.append(
                RoomPc(
                    device=each.device,
                    use=each.use,
                    seat=each.seat,
                    this=this,
                    host=host is not None and host.device == each.device,
                    revoked=each.key in out,
                    here=this or (last is not None and 0 <= now - last.seen_ms <= HERE_MS),
                    presence=own if this else last.presence if last else None,
                    seen_ms=last.seen_ms if last else None,
                    clock_off_ms=last.clock_off_ms if last else 0,
                    key=each.key,
                )
            )
        return RoomView(
            pcs=tuple(pcs),
            knocks=tuple(knocks.knocks(db)),
            state=state.state(db),
            code_out=enrol.code_is_out(db, now),
            forks=tuple(forks(db)),
            waits=waits(desk, db),
            staff_pc=this_pc_of(db).role == "desk",
            served_at=tuple(state.served_at(db)),
        )


def _own_presence(desk: Desk, db: Database) -> Presence:
    waiting_entries, size = unreceipted(db)
    host = current_host(db)
    code = "" if host is not None and host.device == desk.journal.device else state.state(db).code
    return msgspec.structs.replace(presence(desk), waiting=waiting_entries, waiting_bytes=size, trouble=code)


def knocking(desk: Desk) -> int:
    """How many PCs ask to be let in: the page's badge."""
    with desk.store.read() as db:
        return len(knocks.knocks(db))


def addresses() -> tuple[str, ...]:
    """Where this PC can be reached in the room's network, as somebody types it at another PC."""
    return tuple(each.address for each in interfaces() if not each.address.startswith("127."))


def log(desk: Desk, limit: int = 200) -> list[LogRow]:
    """What a technician looks at: exchanges that moved something, and attempts that failed; the latest first."""
    with desk.store.read() as db:
        return state.log_rows(db, limit)


# ---- what an administrator does


@dataclass(frozen=True, slots=True)
class Done:
    """It is written."""

    topics: tuple[str, ...] = TOPICS


@dataclass(frozen=True, slots=True)
class Code:
    """A code to type at the PC that joins, good for `minutes`."""

    code: str
    minutes: int = enrol.MINUTES
    topics: tuple[str, ...] = TOPICS


def give_code(desk: Desk, use: Use, seat: int) -> Code:
    """A one-time code for a PC that joins as `use` with the number `seat` (0: none). Raises `NotAllowed`,
    `NotAStaffPc`, `NotTheHost`.
    """
    by = _administrator(desk)
    _staff_pc(desk)
    with desk.store.read() as db:
        host = current_host(db)
    if host is None or host.device != desk.journal.device:
        raise NotTheHost
    zone = this_pc(desk.store).zone
    return Code(enrol.give_code(desk.journal, zone, use, seat, by=by))


def withdraw_code(desk: Desk) -> Done:
    """The code that is out is good no more."""
    enrol.withdraw_code(desk.journal)
    return Done()


def let_in(desk: Desk, knock: Knock) -> Done:
    """A PC of the room came back with another key (restored, or on a new machine): let it in as what it was."""
    by = _administrator(desk)
    _staff_pc(desk)
    with desk.journal.commit() as commit:
        known = devices.member(commit.db, knock.device)
        use, seat = (known.use, known.seat) if known is not None else ("kiosk", 0)
        devices.admit(commit, knock.device, knock.public_key, use, seat, by=by)
        knocks.forget(commit.db, knock.device)
    return Done()


def turn_away(desk: Desk, knock: Knock) -> Done:
    """It is none of ours."""
    _administrator(desk)
    with desk.store.write() as db:
        knocks.forget(db, knock.device)
    return Done()


def shut_out(desk: Desk, device: str) -> Done:
    """Shut out a PC that was stolen, sold or broke; what it wrote until now stands. Raises `OnlyStaffPc`."""
    by = _administrator(desk)
    _staff_pc(desk)
    with desk.journal.commit() as commit:
        out = limits(commit.db.connection())
        left = [each for each in members(commit.db) if each.device != device and each.key not in out]
        if not any(each.use == "desk" for each in left):
            raise OnlyStaffPc
        devices.revoke(commit, device, by=by)
    return Done()


def make_host(desk: Desk) -> Done:
    """This PC is the room's main PC from now on."""
    by = _administrator(desk)
    _staff_pc(desk)
    with desk.journal.commit() as commit:
        host = current_host(commit.db)
        term = 1 if host is None else host.term + 1
        commit.append(HOST_RAISED, HostRaised(device=desk.journal.device, term=term, by=by))
    return Done()


def exchange_now(desk: Desk) -> Done:
    """Whichever process of this PC exchanges does it now."""
    with desk.store.write() as db:
        state.want_exchange(db)
    return Done()


def say_where(desk: Desk, address: str) -> Done:
    """The main PC is at `address`, whatever the network tells."""
    with desk.store.write() as db:
        state.type_address(db, address.strip(), desk.clock.now_ms())
        state.want_exchange(db)
    return Done()


def _administrator(desk: Desk) -> str:
    person = signed_in(desk)
    with desk.store.read() as db:
        administrators_only(db, person)
    return person.staff


def _staff_pc(desk: Desk) -> None:
    if this_pc(desk.store).role != "desk":
        raise NotAStaffPc


# ---- joining


def join(journal: Journal, address: str, code: str, *, let_in: Callable[[], object] = lambda: None) -> ThisPc:
    """This new PC joins the room whose host is at `address`, and takes in what the room has. `let_in` is told when the
    host has let it in. Raises what `enrol.join` raises, and what breaks off the first exchange; tried again, it goes on
    from there.
    """
    from akimat_desk.sync.room import exchange_of
    from akimat_desk.sync.room_link import RoomLink

    joined = enrol.join(journal, address, code, zone=this_pc(journal.store).zone)
    pc = ThisPc(joined.zone, joined.use, joined.seat)
    with journal.store.write() as db:
        set_this_pc(db, pc)
        state.type_address(db, address.strip(), journal.clock.now_ms())
    let_in()
    exchange_of(journal, joined.use).sync(RoomLink(journal, address))
    return pc


def exchange_once(desk: Desk) -> Report:
    """Exchange with the host now, in this process. Raises why it could not."""
    from akimat_desk.sync.courier import Courier
    from akimat_desk.sync.discovery import find_hosts
    from akimat_desk.sync.room import exchange_of

    pc = follow_admission(desk.journal)
    with desk.store.read() as db:
        known = state.addresses(db)
    if not known:
        known = [each.address for each in find_hosts(zone=pc.zone) if each.device != desk.journal.device]
    courier = Courier(
        desk.journal,
        exchange_of(desk.journal, pc.role),
        addresses=lambda: known,
        describe=lambda: presence(desk),
        keeps_personal=pc.role == "desk",
    )
    report = courier.once()
    follow_admission(desk.journal)
    return report


# ---- this PC's part, run by the keeper


def keep(desk: Desk, changed: Changed) -> Callable[[], None]:
    """See `Service.keep`. The window watches the journal by itself, so nothing is told to `changed`."""
    from akimat_desk.office.part import Part
    from akimat_desk.sync.network import Network
    from akimat_desk.sync.room import ANYWHERE, Room
    from akimat_desk.sync.room_link import split

    pc = this_pc(desk.store)
    if not pc.zone:
        return lambda: None
    listen, port = split(os.environ.get(LISTEN_VARIABLE) or ANYWHERE)

    def begin(use: Use) -> Room:
        return Room(
            desk.journal,
            use,
            describe=lambda: presence(desk),
            network=Network(pc.zone, desk.journal.device) if listen == ANYWHERE else None,
            listen=listen,
            port=port,
            named=named_files(desk.services),
            services=service_answers(desk),
            marks=live_marks(desk.services),
        )

    part = Part(desk.journal, begin)
    part.start()
    return part.stop


def named_files(services: Sequence[Service]) -> Callable[[Database], list[Ref]]:
    """What finds the files that the entries of all services name."""
    finders = [load(service.files) for service in services if service.files]
    return lambda db: [ref for find in finders for ref in find(db)]


def service_answers(desk: Desk) -> ServiceAnswers:
    """What the services of this PC answer to the room's other PCs while it is the main PC."""
    return {
        service.name: partial(_answer_of, desk, service.room_calls) for service in desk.services if service.room_calls
    }


def live_marks(services: Sequence[Service]) -> Marks:
    """The marks of all services' live topics at this PC."""
    each = [load(service.live) for service in services if service.live]
    return lambda db: {topic: mark for marks in each for topic, mark in marks(db).items()}


def _answer_of(desk: Desk, name: str, who: Member, body: bytes) -> bytes:
    answer: bytes = load(name)(desk, who, body)
    return answer


def presence_now(desk: Desk) -> Presence:
    """The same with what waits here."""
    from akimat_desk.sync.room import with_what_waits

    return with_what_waits(desk.journal, presence(desk))


def presence(desk: Desk) -> Presence:
    """How this PC is, for the others of the room. `printer` is what is worst of its machines."""
    machines = {load(service.machine)(desk) for service in desk.services if service.machine}
    return Presence(
        version=_version(),
        free_mb=shutil.disk_usage(desk.home.data).free // 1_000_000,
        printer=next((each for each in ("hindered", "works") if each in machines), ""),
    )


@cache
def _version() -> str:
    """Of this program; told every few seconds, read once."""
    return version("akimat-desk")
