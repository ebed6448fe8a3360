"""The series, the orders about their dates, and what people were told: tables made of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec
import peewee

from akimat_desk.journal import merge
from meetings.cases import corrections
from meetings.cases import records as cases
from meetings.content import SeriesContent
from meetings.day import records as queue
from meetings.rules import Order, Plan
from meetings.visits import records as visits

if TYPE_CHECKING:
    from akimat_desk.store import Database, Store

TOPIC: Final = "meetings.plan"

ORDER_FIELDS: Final = ("state", "held_on", "order", "ordered_on")


class SeriesRow(peewee.Model):
    """A series by random id, which is its UID in every calendar."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    content = peewee.TextField()
    """`content.SeriesContent` as JSON."""

    class Meta:
        table_name = "meetings_series"


class DateRow(peewee.Model):
    """One date of a series: what was ordered about it, and on which day people were told it is held.

    `promised` is a day, "" for a date that people were told is cancelled, and empty where nothing was told yet.
    """

    series = peewee.TextField()
    date = peewee.TextField()
    state = peewee.TextField(default="rule")
    held_on = peewee.TextField(null=True)
    order = peewee.TextField(default="")
    ordered_on = peewee.TextField(null=True)
    promised = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_date"
        primary_key = peewee.CompositeKey("series", "date")


class ChangesRow(peewee.Model):
    """How often what people see of a series has changed: the SEQUENCE of its calendar events."""

    series = peewee.TextField(primary_key=True)
    number = peewee.IntegerField(default=0)

    class Meta:
        table_name = "meetings_changes"


PROJECTIONS: Final = (
    SeriesRow,
    DateRow,
    ChangesRow,
    *visits.PROJECTIONS,
    *queue.PROJECTIONS,
    *cases.PROJECTIONS,
    *corrections.PROJECTIONS,
)


@dataclass(frozen=True, slots=True)
class Series:
    """A series with all that was decided about it. `seen` is what a change of its content replaces."""

    id: str
    content: SeriesContent
    plan: Plan
    promised: Mapping[date, date | None] = field(default_factory=dict)
    """What people were told, by the rule's date: the day, None for cancelled."""
    sequence: int = 0
    seen: tuple[str, ...] = ()
    unsettled: frozenset[date] = frozenset()
    """The dates about which two PCs decided differently, until somebody decides anew."""


def all_series(store: Store) -> tuple[Series, ...]:
    """Every series, in the order they were begun (blocks)."""
    with store.read() as db:
        return all_series_of(db)


def all_series_of(db: Database) -> tuple[Series, ...]:
    """Every series, inside a transaction."""
    rows = db.execute_sql(
        "SELECT id, content, coalesce(number, 0) FROM meetings_series"
        " LEFT JOIN meetings_changes ON series = id ORDER BY at, id"
    ).fetchall()
    apart = [one.key.partition("/") for one in merge.conflicts(db, DateRow)]
    unsettled = {id: frozenset(date.fromisoformat(day) for of, _, day in apart if of == id) for id, *_ in rows}
    return tuple(_series(db, id, content, number, unsettled[id]) for id, content, number in rows)


def _series(db: Database, id: str, content: str, sequence: int, unsettled: frozenset[date]) -> Series:
    kept = msgspec.json.decode(content, type=SeriesContent)
    orders, promised = {}, dict[date, date | None]()
    for day, state, held_on, order, ordered_on, told in db.execute_sql(
        'SELECT date, state, held_on, "order", ordered_on, promised FROM meetings_date WHERE series = ? ORDER BY date',
        (id,),
    ).fetchall():
        of = date.fromisoformat(day)
        if state != "rule":
            orders[of] = Order(of, _day(held_on), order, date.fromisoformat(ordered_on))
        if told is not None:
            promised[of] = _day(told)
    seen = merge.seen(db, SeriesRow, id, ("content",))
    return Series(id, kept, Plan(kept.rule, orders), promised, sequence, seen, unsettled)


def next_promised(store: Store, today: date) -> list[tuple[Series, date]]:
    """The next promised day of each series, the nearest first (blocks). The calendar is not asked for it."""
    found = []
    for one in all_series(store):
        coming = [day for day in one.promised.values() if day is not None and day >= today]
        if coming:
            found.append((one, min(coming)))
    return sorted(found, key=lambda pair: (pair[1], pair[0].content.start, pair[0].id))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
