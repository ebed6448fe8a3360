"""What meetings tell the journal: series, orders about single dates, and what people were told. No person's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.calendar.entries import OrderNumber
from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from meetings.cases import entries as cases
from meetings.content import SeriesContent
from meetings.day import entries as queue
from meetings.records import ChangesRow, DateRow, SeriesRow
from meetings.visits import entries as visits

if TYPE_CHECKING:
    from akimat_desk.store import Database


class SeriesBegun(Facts, frozen=True):
    """A series is held from now on."""

    series: Id
    content: SeriesContent
    by: Id | None = None


class SeriesChanged(Facts, frozen=True):
    """Another rule, time, place or official. What people were told stays until it is published anew."""

    series: Id
    content: SeriesContent
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class DateOrdered(Facts, frozen=True):
    """An order about one date: held on another day, cancelled (`held_on` None), or as the rule says again."""

    series: Id
    of: date
    state: Literal["ordered", "rule"]
    order: OrderNumber
    ordered_on: date
    held_on: date | None = None
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class ToldDate(Facts, frozen=True):
    """What people are told of one date: the day it is held on; None where it is cancelled."""

    of: date
    held_on: date | None = None


class PlanPublished(Facts, frozen=True):
    """These dates hang on the door from now on. `replaces` are the entries that told of them before."""

    series: Id
    dates: Annotated[tuple[ToldDate, ...], Meta(max_length=400)]
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


def _apply_begun(db: Database, entry: Entry) -> None:
    facts: SeriesBegun = entry.facts
    merge.union(db, entry, SeriesRow, id=facts.series, content=msgspec.json.encode(facts.content).decode())


def _apply_changed(db: Database, entry: Entry) -> None:
    facts: SeriesChanged = entry.facts
    content = msgspec.json.encode(facts.content).decode()
    merge.edit(db, entry, SeriesRow, facts.series, facts.replaces, content=content)
    merge.count(db, entry, ChangesRow, facts.series, number=1)


def _apply_ordered(db: Database, entry: Entry) -> None:
    facts: DateOrdered = entry.facts
    _have(db, facts.series, facts.of)
    merge.edit(
        db,
        entry,
        DateRow,
        (facts.series, facts.of.isoformat()),
        facts.replaces,
        state=facts.state,
        held_on=facts.held_on.isoformat() if facts.held_on else None,
        order=facts.order,
        ordered_on=facts.ordered_on.isoformat(),
    )


def _apply_published(db: Database, entry: Entry) -> None:
    facts: PlanPublished = entry.facts
    for told in facts.dates:
        _have(db, facts.series, told.of)
        held_on = told.held_on.isoformat() if told.held_on else ""
        key = (facts.series, told.of.isoformat())
        merge.edit(db, entry, DateRow, key, facts.replaces, promised=held_on)
    merge.count(db, entry, ChangesRow, facts.series, number=1)


def _have(db: Database, series: str, day: date) -> None:
    """A date has its row from the first word about it, whichever entry comes first."""
    db.connection().execute(
        "INSERT OR IGNORE INTO meetings_date (series, date, state, \"order\") VALUES (?, ?, 'rule', '')",
        (series, day.isoformat()),
    )


SERIES_BEGUN: Final = Kind("meetings.series_begun", SeriesBegun, _apply_begun)
SERIES_CHANGED: Final = Kind("meetings.series_changed", SeriesChanged, _apply_changed)
DATE_ORDERED: Final = Kind("meetings.date_ordered", DateOrdered, _apply_ordered)
PLAN_PUBLISHED: Final = Kind("meetings.plan_published", PlanPublished, _apply_published)
KINDS: Final = (SERIES_BEGUN, SERIES_CHANGED, DATE_ORDERED, PLAN_PUBLISHED, *visits.KINDS, *queue.KINDS, *cases.KINDS)
