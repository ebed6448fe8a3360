"""Entries about people and the room, and how each changes the tables.

Facts name people by random ids. Names, IINs, phones and PIN verifiers are personal parts: staff PCs hold them, the
region and kiosks do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from akimat_desk.people.details import Details, found_by, order_of
from akimat_desk.people.records import ResidentPartRow, ResidentRow, StaffRow, ZoneRow
from akimat_desk.store.search import words_of

if TYPE_CHECKING:
    from akimat_desk.store import Database

Role = Literal["trainer", "staff", "administrator"]

PublicText = Annotated[str, Meta(pattern=r"^(?!.*\d{4})[\w «»“”\"'’ʼ().,/&№–-]{0,120}\Z")]
"""What hangs on the akimat's door: names of places and offices. Too narrow for an IIN, a phone number or a sentence."""

Minute = Annotated[int, Meta(ge=0, le=24 * 60)]
Week = Annotated[tuple[tuple[Minute, Minute] | None, ...], Meta(min_length=7, max_length=7)]
"""Opening hours from Monday, in minutes after midnight; None is a closed day."""


class ResidentDetails(Facts, frozen=True):
    """All that is known of a resident; an edit brings all of it again."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    iin: str = ""
    phone: str = ""
    street: str = ""


class ResidentRegistered(Facts, frozen=True):
    """Somebody is known to the room from now on. `by` is the staff member, None where residents register themselves."""

    resident: Id
    by: Id | None = None


class ResidentChanged(Facts, frozen=True):
    """A resident's details are others now; `replaces` are the entries whose values the author saw."""

    resident: Id
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class ResidentErased(Facts, frozen=True):
    """A resident's details are erased everywhere, also those that come later."""

    resident: Id
    by: Id | None = None


class StaffSecrets(Facts, frozen=True):
    """Name and PIN verifier of a member of staff."""

    name: str
    pin: str


class StaffName(Facts, frozen=True):
    """A member of staff is called so now."""

    name: str


class StaffPin(Facts, frozen=True):
    """The verifier of a new PIN."""

    pin: str


class StaffAdded(Facts, frozen=True):
    """Somebody works here. `by` is None for the first of all and where the recovery sheet was shown."""

    staff: Id
    role: Role
    by: Id | None = None


class StaffChanged(Facts, frozen=True):
    """Role, or whether the person still works here."""

    staff: Id
    role: Role
    active: bool
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class StaffRenamed(Facts, frozen=True):
    """The name is in the personal part."""

    staff: Id
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class StaffPinSet(Facts, frozen=True):
    """The verifier is in the personal part."""

    staff: Id
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class ZoneContent(Facts, frozen=True):
    """How the room is called and when it is open. `letterhead_…` are the lines of official papers."""

    name_kk: PublicText
    name_ru: PublicText
    district_kk: PublicText = ""
    district_ru: PublicText = ""
    oblast_kk: PublicText = ""
    oblast_ru: PublicText = ""
    address_kk: PublicText = ""
    address_ru: PublicText = ""
    letterhead_kk: Annotated[tuple[PublicText, ...], Meta(max_length=6)] = ()
    letterhead_ru: Annotated[tuple[PublicText, ...], Meta(max_length=6)] = ()
    hours: Week = ((540, 1080),) * 5 + (None, None)
    wifi: PublicText = ""


class ZoneOpened(Facts, frozen=True):
    """A room begins its work."""

    zone: Id
    content: ZoneContent
    by: Id | None = None


class ZoneChanged(Facts, frozen=True):
    """What the room says of itself from now on."""

    zone: Id
    content: ZoneContent
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


# ---- how they change the tables


def _apply_registered(db: Database, entry: Entry) -> None:
    resident = entry.facts.resident
    merge.union(db, entry, ResidentRow, id=resident, **_columns(entry.personal))
    merge.union(db, entry, ResidentPartRow, resident=resident)
    _refresh(db, resident)


def _apply_changed(db: Database, entry: Entry) -> None:
    facts: ResidentChanged = entry.facts
    merge.edit(db, entry, ResidentRow, facts.resident, facts.replaces, **_columns(entry.personal))
    merge.union(db, entry, ResidentPartRow, resident=facts.resident)
    _refresh(db, facts.resident)


def _apply_erased(db: Database, entry: Entry) -> None:
    merge.edit(db, entry, ResidentRow, entry.facts.resident, None, erased=True)
    _refresh(db, entry.facts.resident)


def _columns(personal: ResidentDetails | None) -> dict[str, str | None]:
    names = ("surname", "given", "patronymic", "iin", "phone", "street")
    return {name: getattr(personal, name) if personal else None for name in names}


def _refresh(db: Database, resident: str) -> None:
    """What follows from a resident's row: its place in lists, the words it is found by; nothing once it is erased."""
    connection = db.connection()
    erased, *values = connection.execute(
        "SELECT erased, surname, given, patronymic, iin, phone, street FROM people_resident WHERE id = ?", (resident,)
    ).fetchone()
    if erased:
        values = [None] * len(values)
    details = Details(*(value or "" for value in values))
    sort, fold = (order_of(details), found_by(details)) if details.full_name else (None, None)
    connection.execute(
        "UPDATE people_resident SET surname = ?, given = ?, patronymic = ?, iin = ?, phone = ?, street = ?,"
        " sort = ?, fold = ? WHERE id = ?",
        (*values, sort, fold, resident),
    )
    connection.execute("DELETE FROM people_resident_word WHERE key = ?", (resident,))
    connection.executemany(
        "INSERT OR IGNORE INTO people_resident_word (word, key) VALUES (?, ?)",
        [(word, resident) for word in words_of(fold or "")],
    )


def _apply_staff_added(db: Database, entry: Entry) -> None:
    facts: StaffAdded = entry.facts
    secrets: StaffSecrets | None = entry.personal
    merge.union(
        db,
        entry,
        StaffRow,
        id=facts.staff,
        role=facts.role,
        name=secrets.name if secrets else None,
        pin=secrets.pin if secrets else None,
        pin_entry=entry.id,
    )


def _apply_staff_changed(db: Database, entry: Entry) -> None:
    facts: StaffChanged = entry.facts
    merge.edit(db, entry, StaffRow, facts.staff, facts.replaces, role=facts.role, active=facts.active)


def _apply_staff_renamed(db: Database, entry: Entry) -> None:
    name: StaffName | None = entry.personal
    merge.edit(db, entry, StaffRow, entry.facts.staff, entry.facts.replaces, name=name.name if name else None)


def _apply_pin_set(db: Database, entry: Entry) -> None:
    pin: StaffPin | None = entry.personal
    merge.edit(
        db,
        entry,
        StaffRow,
        entry.facts.staff,
        entry.facts.replaces,
        pin=pin.pin if pin else None,
        pin_entry=entry.id,
    )


def _apply_zone_opened(db: Database, entry: Entry) -> None:
    facts: ZoneOpened = entry.facts
    merge.union(db, entry, ZoneRow, id=facts.zone, content=msgspec.json.encode(facts.content).decode())


def _apply_zone_changed(db: Database, entry: Entry) -> None:
    facts: ZoneChanged = entry.facts
    content = msgspec.json.encode(facts.content).decode()
    merge.edit(db, entry, ZoneRow, facts.zone, facts.replaces, content=content)


RESIDENT_REGISTERED: Final = Kind(
    "people.resident_registered", ResidentRegistered, _apply_registered, personal=ResidentDetails
)
RESIDENT_CHANGED: Final = Kind("people.resident_changed", ResidentChanged, _apply_changed, personal=ResidentDetails)
RESIDENT_ERASED: Final = Kind("people.resident_erased", ResidentErased, _apply_erased)
STAFF_ADDED: Final = Kind("people.staff_added", StaffAdded, _apply_staff_added, personal=StaffSecrets)
STAFF_CHANGED: Final = Kind("people.staff_changed", StaffChanged, _apply_staff_changed)
STAFF_RENAMED: Final = Kind("people.staff_renamed", StaffRenamed, _apply_staff_renamed, personal=StaffName)
STAFF_PIN_SET: Final = Kind("people.staff_pin_set", StaffPinSet, _apply_pin_set, personal=StaffPin)
ZONE_OPENED: Final = Kind("people.zone_opened", ZoneOpened, _apply_zone_opened)
ZONE_CHANGED: Final = Kind("people.zone_changed", ZoneChanged, _apply_zone_changed)

KINDS: Final = (
    RESIDENT_REGISTERED,
    RESIDENT_CHANGED,
    RESIDENT_ERASED,
    STAFF_ADDED,
    STAFF_CHANGED,
    STAFF_RENAMED,
    STAFF_PIN_SET,
    ZONE_OPENED,
    ZONE_CHANGED,
)
