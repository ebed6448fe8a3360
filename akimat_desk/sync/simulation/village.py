"""A village of its own kinds, one for each way of merging, and the programs of several years that know them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import peewee

from akimat_desk.journal import Code, Entry, Facts, Id, Kind, Registry, merge
from akimat_desk.store import Database


class Registered(Facts, frozen=True):
    """A resident came for the first time."""

    resident: Id


class Edited(Facts, frozen=True):
    """A resident moved, or is called otherwise; `replaces` as `merge.seen` told the author."""

    resident: Id
    replaces: tuple[Id, ...] = ()
    street: Code | None = None


class Named(Facts, frozen=True):
    """The personal part of every kind here."""

    name: str | None = None


class Printed(Facts, frozen=True):
    """A job was printed."""

    pages: int
    tenge: int


class Counted(Facts, frozen=True):
    """Visits and money of a day."""

    day: date
    visits: int
    tenge: int = 0


class Booked(Facts, frozen=True):
    """A slot of a reception is wanted."""

    slot: Code


class Painted(Facts, frozen=True):
    """A fence got a colour. Programs before this year's do not know of it."""

    fence: Id
    colour: Code


class Measured(Facts, frozen=True):
    """Rain of a day, as programs before next year's write it."""

    day: date
    centimetres: int


class MeasuredFinely(Facts, frozen=True):
    """Rain of a day, as next year's program writes it."""

    day: date
    millimetres: int


class ResidentRow(peewee.Model):
    """Residents; street and name are registers."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    street = peewee.TextField(null=True)
    name = peewee.TextField(null=True)

    class Meta:
        table_name = "village_resident"


class PrintedRow(peewee.Model):
    """Jobs, one row an entry."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    device = peewee.TextField()
    pages = peewee.IntegerField()
    tenge = peewee.IntegerField()
    title = peewee.TextField(null=True)

    class Meta:
        table_name = "village_printed"


class DayRow(peewee.Model):
    """Sums of a day."""

    day = peewee.DateField(primary_key=True)
    visits = peewee.IntegerField(default=0)
    tenge = peewee.IntegerField(default=0)

    class Meta:
        table_name = "village_day"


class FenceRow(peewee.Model):
    """Fences; two who paint one fence are in conflict."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    colour = peewee.TextField()

    class Meta:
        table_name = "village_fence"


class RainRow(peewee.Model):
    """Rain of a day, whichever program wrote it."""

    day = peewee.DateField(primary_key=True)
    millimetres = peewee.IntegerField(default=0)

    class Meta:
        table_name = "village_rain"


FIGURES: Final = {"village_resident": "id, entry, at, street", "village_printed": "entry, at, device, pages, tenge"}
"""The columns without the personal ones; of all other tables every column counts."""


def _name(entry: Entry) -> str | None:
    return entry.personal.name if entry.personal else None


def apply_registered(db: Database, entry: Entry) -> None:
    """A union."""
    merge.union(db, entry, ResidentRow, id=entry.facts.resident, name=_name(entry))


def apply_edited(db: Database, entry: Entry) -> None:
    """An edit, which waits for its resident."""
    facts: Edited = entry.facts
    fields = {} if facts.street is None else {"street": facts.street}
    merge.edit(db, entry, ResidentRow, facts.resident, facts.replaces, name=_name(entry), **fields)


def apply_printed(db: Database, entry: Entry) -> None:
    """A union under the entry's own id."""
    merge.union(db, entry, PrintedRow, pages=entry.facts.pages, tenge=entry.facts.tenge, title=_name(entry))


def apply_counted(db: Database, entry: Entry) -> None:
    """A count."""
    merge.count(db, entry, DayRow, entry.facts.day, visits=entry.facts.visits, tenge=entry.facts.tenge)


def apply_booked(db: Database, entry: Entry) -> None:
    """A claim, on which the host rules."""
    merge.unique(db, entry, "village.slot", entry.facts.slot)


def apply_painted(db: Database, entry: Entry) -> None:
    """A union in which two entries may give one key."""
    merge.union(db, entry, FenceRow, id=entry.facts.fence, colour=entry.facts.colour)


def apply_measured(db: Database, entry: Entry) -> None:
    """A count, in the unit of old."""
    merge.count(db, entry, RainRow, entry.facts.day, millimetres=10 * entry.facts.centimetres)


def apply_measured_finely(db: Database, entry: Entry) -> None:
    """The same count in the new unit."""
    merge.count(db, entry, RainRow, entry.facts.day, millimetres=entry.facts.millimetres)


def to_millimetres(facts: dict[str, Any]) -> dict[str, Any]:
    """The upcaster of rain."""
    return {"day": facts["day"], "millimetres": 10 * facts["centimetres"]}


REGISTERED: Final = Kind("village.registered", Registered, apply_registered, personal=Named, personal_to_region=True)
EDITED: Final = Kind("village.edited", Edited, apply_edited, personal=Named)
PRINTED: Final = Kind("village.printed", Printed, apply_printed, personal=Named)
COUNTED: Final = Kind("village.counted", Counted, apply_counted, personal=Named)
BOOKED: Final = Kind("village.booked", Booked, apply_booked, personal=Named)
PAINTED: Final = Kind("village.painted", Painted, apply_painted)
MEASURED: Final = Kind("village.measured", Measured, apply_measured)
MEASURED_FINELY: Final = Kind(
    "village.measured", MeasuredFinely, apply_measured_finely, version=2, upcasters={1: to_millimetres}
)

KINDS: Final = (REGISTERED, EDITED, PRINTED, COUNTED, BOOKED)
PROJECTIONS: Final = (ResidentRow, PrintedRow, DayRow)
REGISTRY: Final = Registry(KINDS, PROJECTIONS)


# ---- programs, from the oldest to the newest, and one that was tampered with


class LooselyPrinted(Facts, frozen=True):
    """What the tampered program writes for a printed job: no other can read it."""

    pages: str
    tenge: int


def apply_nothing(db: Database, entry: Entry) -> None:
    """The tampered program takes anything."""


LOOSELY_PRINTED: Final = Kind("village.printed", LooselyPrinted, apply_nothing, personal=Named)

LAST_YEAR: Final = Registry((*KINDS, MEASURED), (*PROJECTIONS, RainRow))
THIS_YEAR: Final = Registry((*KINDS, MEASURED, PAINTED), (*PROJECTIONS, RainRow, FenceRow))
NEXT_YEAR: Final = Registry((*KINDS, MEASURED_FINELY, PAINTED), (*PROJECTIONS, RainRow, FenceRow))
TAMPERED: Final = Registry((REGISTERED, EDITED, LOOSELY_PRINTED, COUNTED, BOOKED, MEASURED), (*PROJECTIONS, RainRow))
PROGRAMS: Final = (LAST_YEAR, THIS_YEAR, NEXT_YEAR)
