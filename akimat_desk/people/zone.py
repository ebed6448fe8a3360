"""The room itself: what it is called, when it is open; and what this PC is in it.

The room's names and hours are journalled, because every PC and the region show them. What this PC is (a desk, a kiosk,
the board, which seat) lies in a table of this PC, where it is known before there is a room; in a room it is what the
journal says of it (`journal.devices`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_, Language
from akimat_desk.journal import devices, heirs, merge
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised, current_host
from akimat_desk.people.entries import ZONE_CHANGED, ZONE_OPENED, ZoneChanged, ZoneContent, ZoneOpened
from akimat_desk.people.records import ZoneRow
from akimat_desk.people.staff import SignedIn, administrators_only
from akimat_desk.store import Migration

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Database, Store

TOPIC: Final = "people.zone"

PcRole = Literal["desk", "kiosk", "board"]
"""What a PC is used for. Which of them is the host is the journal's matter (`journal.rulings`)."""


class ZoneForm(Refused):
    """A name that is missing, or is more than a name."""

    code = "zone-form"
    staff_text = N_(
        "The room's names have letters and short numbers only, up to 120 signs. Kazakh and Russian are needed."
    )
    next_text = N_("Correct the names.")


class HoursForm(Refused):
    """The room closes before it opens."""

    code = "zone-hours"
    staff_text = N_("The room must open before it closes.")
    next_text = N_("Correct the opening hours.")


class ZoneUnknown(Refused):
    """This PC belongs to no room yet."""

    code = "zone-unknown"
    staff_text = N_("This PC belongs to no room yet.")
    next_text = N_("Finish the first set-up of this PC.")


@dataclass(frozen=True, slots=True)
class Zone:
    """The room, as everybody sees it. `seen` is what a change replaces."""

    id: str
    content: ZoneContent
    seen: tuple[str, ...] = ()
    topics: tuple[str, ...] = (TOPIC,)

    def name(self, language: Language) -> str:
        """In Kazakh or Russian; English texts use the Kazakh name as it is."""
        return self.content.name_ru if language == "ru" else self.content.name_kk

    def opening(self, day: int) -> tuple[int, int] | None:
        """Minutes after midnight from and until which the room is open; `day` 0 is Monday; None is closed."""
        return self.content.hours[day]

    def is_open(self, at: datetime) -> bool:
        """Whether the room is open at a Kazakhstan time, holidays left aside."""
        hours = self.opening(at.weekday())
        return hours is not None and hours[0] <= at.hour * 60 + at.minute < hours[1]


@dataclass(frozen=True, slots=True)
class ThisPc:
    """What this PC is: its room (a zone's id, "" before the first run), use, and seat number (0: none)."""

    zone: str = ""
    role: PcRole = "desk"
    seat: int = 0


def open_zone(journal: Journal, content: ZoneContent, *, by: SignedIn | None = None) -> Zone:
    """The first run: the room begins, and this PC belongs to it. Raises `ZoneForm`, `HoursForm`."""
    check_content(content)
    zone = uuid7(journal.clock.now_ms())
    with journal.commit() as commit:
        commit.append(ZONE_OPENED, ZoneOpened(zone=zone, content=content, by=by.staff if by else None))
        pc = ThisPc(zone, this_pc_of(commit.db).role, this_pc_of(commit.db).seat)
        set_this_pc(commit.db, pc)
        who = by.staff if by else None
        devices.found(commit, pc.role, pc.seat, by=who)
        if pc.role == "desk":
            commit.append(HOST_RAISED, HostRaised(device=commit.head.device, term=1, by=who))
    return Zone(zone, content)


def begin_again(journal: Journal, *, by: SignedIn) -> None:
    """A first run that was broken off after the room began may have said something else of this PC."""
    with journal.commit() as commit:
        pc, said = this_pc_of(commit.db), devices.member(commit.db, journal.device)
        if said is not None and (said.use, said.seat) != (pc.role, pc.seat):
            devices.admit(commit, said.device, said.key, pc.role, pc.seat, by=by.staff)
        if pc.role == "desk" and current_host(commit.db) is None:
            commit.append(HOST_RAISED, HostRaised(device=journal.device, term=1, by=by.staff))


def change_zone(journal: Journal, zone: Zone, content: ZoneContent, *, by: SignedIn) -> Zone:
    """Other names or hours. Raises `NotAllowed`, `ZoneForm`, `HoursForm`."""
    check_content(content)
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        facts = ZoneChanged(zone=zone.id, content=content, replaces=zone.seen, by=by.staff)
        entry = commit.append(ZONE_CHANGED, facts)
    return Zone(zone.id, content, (entry.id,))


def zone(store: Store) -> Zone:
    """The room of this PC. Raises `ZoneUnknown`."""
    with store.read() as db:
        id = this_pc_of(db).zone
        row = db.execute_sql("SELECT content FROM people_zone WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise ZoneUnknown
        return Zone(id, msgspec.json.decode(row[0], type=ZoneContent), merge.seen(db, ZoneRow, id, ("content",)))


def this_pc(store: Store) -> ThisPc:
    """What this PC is."""
    with store.read() as db:
        return this_pc_of(db)


def this_pc_of(db: Database) -> ThisPc:
    """What this PC is, inside a transaction."""
    row = db.execute_sql("SELECT zone, role, seat FROM people_this_pc").fetchone()
    return ThisPc(row[0], cast(PcRole, row[1]), row[2]) if row else ThisPc()


def set_this_pc(db: Database, pc: ThisPc) -> None:
    """Make this PC what `pc` says; inside `Store.write` or a commit."""
    assert pc.role in get_args(PcRole)
    db.execute_sql(
        "REPLACE INTO people_this_pc (one, zone, role, seat) VALUES (1, ?, ?, ?)", (pc.zone, pc.role, pc.seat)
    )


def follow_admission(journal: Journal) -> ThisPc:
    """What this PC is: a staff PC may have said in the journal that it is for something else now. One that has come
    back from a backup is known by its new key from here on (`journal.heirs`).
    """
    heirs.succeed(journal)
    with journal.store.read() as db:
        now, said = this_pc_of(db), devices.member(db, journal.device)
    if not now.zone or said is None or said.revoked or (said.use, said.seat) == (now.role, now.seat):
        return now
    pc = ThisPc(now.zone, said.use, said.seat)
    with journal.store.write() as db:
        set_this_pc(db, pc)
    return pc


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE people_this_pc (one INTEGER PRIMARY KEY CHECK (one = 1), zone TEXT NOT NULL, role TEXT NOT NULL,"
        " seat INTEGER NOT NULL)"
    )


MIGRATIONS: Final = (Migration("people.this_pc", _make),)


def check_content(content: ZoneContent) -> None:
    """Raise `ZoneForm` or `HoursForm` when this cannot be a room."""
    if not content.name_kk.strip() or not content.name_ru.strip():
        raise ZoneForm
    try:
        msgspec.convert(msgspec.to_builtins(content), ZoneContent)
    except msgspec.ValidationError as why:
        raise ZoneForm from why
    if any(hours is not None and hours[0] >= hours[1] for hours in content.hours):
        raise HoursForm
