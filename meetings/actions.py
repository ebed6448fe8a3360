"""What staff do with the plan: begin a series, change it, order something about a date, tell people the dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.calendar.actions import OrderForm
from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR, YearUnknown
from akimat_desk.journal import merge
from akimat_desk.people.staff import working_here
from meetings.content import SeriesContent
from meetings.entries import (
    DATE_ORDERED,
    PLAN_PUBLISHED,
    SERIES_BEGUN,
    SERIES_CHANGED,
    DateOrdered,
    PlanPublished,
    SeriesBegun,
    SeriesChanged,
    ToldDate,
)
from meetings.records import ORDER_FIELDS, TOPIC, DateRow, Series, all_series_of
from meetings.rules import Occurrence, Order
from meetings.visits.actions import settle
from meetings.visits.carrying import carry
from meetings.visits.records import TOPIC as VISITS

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.store import Database


class SeriesForm(Refused):
    """A series without an office in one of the languages, or with more than letters and short numbers in it."""

    code = "meetings-form"
    staff_text = N_(
        "Who receives and where have letters and short numbers only, up to 120 signs. Kazakh and Russian are needed."
    )
    next_text = N_("Correct the lines.")


class TimesForm(Refused):
    """It ends before it begins."""

    code = "meetings-times"
    staff_text = N_("A reception must begin before it ends.")
    next_text = N_("Correct the times.")


class DateHeld(Refused):
    """What has been cannot be moved."""

    code = "meetings-date-held"
    staff_text = N_("A reception that is over cannot be moved.")
    next_text = N_("Choose a date that is still to come.")


@dataclass(frozen=True, slots=True)
class Planned:
    """The series that changed. `carried` are the visits that moved with an announced date: whom to call."""

    id: str
    carried: tuple[str, ...] = ()
    topics: tuple[str, ...] = (TOPIC,)


def begin(journal: Journal, content: SeriesContent, *, by: SignedIn) -> Planned:
    """A new series. Raises `NotAtWork`, `SeriesForm`, `TimesForm`."""
    check(content)
    series = uuid7(journal.clock.now_ms())
    with journal.commit() as commit:
        working_here(commit.db, by)
        commit.append(SERIES_BEGUN, SeriesBegun(series=series, content=content, by=by.staff))
    return Planned(series)


def change(journal: Journal, series: Series, content: SeriesContent, *, by: SignedIn) -> Planned:
    """Another rule, time, place or official. Raises `NotAtWork`, `SeriesForm`, `TimesForm`."""
    check(content)
    with journal.commit() as commit:
        working_here(commit.db, by)
        facts = SeriesChanged(series=series.id, content=content, replaces=series.seen, by=by.staff)
        commit.append(SERIES_CHANGED, facts)
    return Planned(series.id)


def order(journal: Journal, series: Series, one: Order, *, by: SignedIn, today: date) -> Planned:
    """Somebody decided otherwise about a date. People are told of it when the plan is published.

    Raises `NotAtWork`, `OrderForm`, `DateHeld`, `YearUnknown`.
    """
    number = " ".join(one.order.split())
    for day in filter(None, (one.of, one.held_on)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise YearUnknown
    if (one.held_on or one.of) < today:
        raise DateHeld
    try:
        msgspec.convert(
            {"series": series.id, "of": one.of, "state": "ordered", "order": number, "ordered_on": one.ordered_on},
            DateOrdered,
        )
    except msgspec.ValidationError as why:
        raise OrderForm from why
    with journal.commit() as commit:
        working_here(commit.db, by)
        facts = DateOrdered(
            series=series.id,
            of=one.of,
            state="ordered",
            order=number,
            ordered_on=one.ordered_on,
            held_on=one.held_on,
            replaces=_seen(commit.db, series, [one.of], ORDER_FIELDS),
            by=by.staff,
        )
        commit.append(DATE_ORDERED, facts)
    return Planned(series.id)


def take_back(journal: Journal, series: Series, one: Order, *, by: SignedIn, today: date) -> Planned:
    """The order about a date counts no more: it is held as the rule says. Raises `NotAtWork`, `DateHeld`."""
    if one.of < today:
        raise DateHeld
    with journal.commit() as commit:
        working_here(commit.db, by)
        facts = DateOrdered(
            series=series.id,
            of=one.of,
            state="rule",
            order=one.order,
            ordered_on=one.ordered_on,
            replaces=_seen(commit.db, series, [one.of], ORDER_FIELDS),
            by=by.staff,
        )
        commit.append(DATE_ORDERED, facts)
    return Planned(series.id)


def publish(journal: Journal, series: Series, occurrences: Sequence[Occurrence], *, by: SignedIn) -> Planned:
    """People are told these dates: they hang on the door, and move by another publication only.

    Whoever is booked on a day that moves, moves with it (`visits.carrying`). Dates that wait for somebody to set them
    are left out. Raises `NotAtWork`.
    """
    told = tuple(ToldDate(of=one.of, held_on=one.held_on) for one in occurrences if one.because != "open")
    with journal.commit() as commit:
        working_here(commit.db, by)
        replaces = _seen(commit.db, series, [one.of for one in told], ("promised",))
        before = next(one.promised for one in all_series_of(commit.db) if one.id == series.id)
        facts = PlanPublished(series=series.id, dates=told, replaces=replaces, by=by.staff)
        commit.append(PLAN_PUBLISHED, facts)
        moves = {old: one.held_on for one in told if (old := before.get(one.of)) is not None and old != one.held_on}
        carried = carry(commit, series.id, moves, by.staff)
    if carried:
        settle(journal)
    return Planned(series.id, carried, (TOPIC, VISITS) if carried else (TOPIC,))


def check(content: SeriesContent) -> None:
    """Raise `SeriesForm` or `TimesForm` when this cannot be a series."""
    if not content.official_kk.strip() or not content.official_ru.strip():
        raise SeriesForm
    try:
        msgspec.convert(msgspec.to_builtins(content), SeriesContent, strict=False)
    except msgspec.ValidationError as why:
        raise SeriesForm from why
    if content.start >= content.end:
        raise TimesForm


def _seen(db: Database, series: Series, days: Sequence[date], fields: Sequence[str]) -> tuple[str, ...]:
    """The entries whose words about these dates count now."""
    found = (entry for day in days for entry in merge.seen(db, DateRow, (series.id, day.isoformat()), fields))
    return tuple(sorted(set(found)))
