"""The plan as it stands: dates worked out from rules, calendar and orders, beside what people were told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date, format_number, format_range
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.service import Figure, TodayLine
from meetings.cases import overview as cases
from meetings.content import TITLES, SeriesContent
from meetings.records import Series, all_series_of, next_promised
from meetings.rules import Occurrence, Plan, Proposal, proposals, twelve_months
from meetings.visits import records as visits

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.calendar.days import WorkingDays
    from akimat_desk.service import Desk

USUAL: Final = SeriesContent(
    what="reception", official_kk="Ауылдық округ әкімі", official_ru="Аким сельского округа", first=date(2018, 12, 1)
)
"""The akim's personal reception on every third Friday: what a village begins with."""


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """A series in a span of time: as it stands now, and where that is not what people were told."""

    series: Series
    occurrences: tuple[Occurrence, ...]
    proposals: tuple[Proposal, ...] = ()

    @property
    def told(self) -> tuple[Occurrence, ...]:
        """The dates as people know them: what was published stays until it is published anew."""
        known = self.series.promised
        return tuple(
            replace(one, held_on=known[one.of]) if known.get(one.of, one.held_on) != one.held_on else one
            for one in self.occurrences
        )

    @property
    def published(self) -> tuple[Occurrence, ...]:
        """What a calendar file tells: the dates people were told, up to the last of them; None on those between that
        nobody was told of. Where nothing was announced yet, every date as it stands.

        So a file changes only when its SEQUENCE does.
        """
        known = self.series.promised
        if not known:
            return self.told
        last = max(known)
        return tuple(one if one.of in known else replace(one, held_on=None) for one in self.told if one.of <= last)

    @property
    def untold(self) -> tuple[Occurrence, ...]:
        """The dates nobody was told of yet."""
        return tuple(one for one in self.occurrences if one.of not in self.series.promised and one.because != "open")

    @property
    def open(self) -> tuple[Occurrence, ...]:
        """The dates that wait for somebody to set a day."""
        return tuple(one for one in self.occurrences if one.because == "open")


@dataclass(frozen=True, slots=True)
class PlanNow:
    """Every series from `first` to `last`, as of `today`."""

    today: date
    first: date
    last: date
    series: tuple[SeriesPlan, ...]
    booked: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    """How many are booked, by series and day: they would move with it."""

    @property
    def waiting(self) -> int:
        """How much waits for a person: dates to confirm, and dates to set."""
        return sum(len(one.proposals) + len(one.open) for one in self.series)


def plan_now(desk: Desk) -> PlanNow:
    """The next twelve months (blocks)."""
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        series, days = all_series_of(db), calendar_of(db)
        booked = {one.id: visits.how_many(db, one.id, today) for one in series}
    first, last = twelve_months(today)
    return PlanNow(today, first, last, tuple(series_plan(one, first, last, days, today) for one in series), booked)


def series_plan(series: Series, first: date, last: date, days: WorkingDays, today: date) -> SeriesPlan:
    """One series in a span of time."""
    content = series.content
    begin, end = max(first, content.first), min(last, content.last or last)
    occurrences = series.plan.occurrences(begin, end, days) if begin <= end else ()
    return SeriesPlan(series, occurrences, proposals(series.plan, series.promised, days, today))


def usual_series() -> Series:
    """What there is where nothing was planned yet."""
    return Series("third-friday@akimat-desk", USUAL, Plan(USUAL.rule))


def waiting(desk: Desk) -> int:
    """How much of the plan waits for a person (blocks)."""
    with desk.store.read() as db:
        series = all_series_of(db)
    # Without a series nobody has to load the calendar.
    return plan_now(desk).waiting if series else 0


def moves(desk: Desk, before: WorkingDays, after: WorkingDays) -> Sequence[Sentence]:
    """What another calendar would make of the next twelve months' dates. See `Service.moves`."""
    today = local_date(desk.clock.now_ms())
    first, last = twelve_months(today)
    with desk.store.read() as db:
        series = all_series_of(db)
        booked = {one.id: visits.how_many(db, one.id, today) for one in series}
    said = []
    for one in series:
        old = {each.of: each for each in series_plan(one, first, last, before, today).occurrences}
        for each in series_plan(one, first, last, after, today).occurrences:
            was = one.promised.get(each.of, old[each.of].held_on if each.of in old else None)
            if old.get(each.of) is not None and old[each.of].held_on != each.held_on and was != each.held_on:
                said.append(_move(one, was, each, booked[one.id].get(was, 0) if was else 0, desk.words))
    return said


def _move(series: Series, was: date | None, now: Occurrence, booked: int, words: Translator) -> Sentence:
    def day(one: date | None) -> str:
        return format_date(one, words.language, "short") if one else words("not set")

    text = N_("{title}: now {old}, then {new}")
    if booked:
        text = N_("{title}: now {old}, then {new}; people booked: {n}")
    values = {"title": series.content.title(words), "old": day(was), "new": day(now.held_on), "n": booked}
    return Sentence(text, values)


def today_lines(desk: Desk) -> Sequence[TodayLine]:
    """The next reception, as residents were told of it (blocks)."""
    words = desk.words
    for series, day in next_promised(desk.store, local_date(desk.clock.now_ms())):
        content = series.content
        if content.what == "reception":
            begin, end = clock_of(content.start), clock_of(content.end)
            return (
                TodayLine(
                    icon="calendar-check",
                    hue="gold",
                    label=TITLES[content.what],
                    value=format_date(day, words.language),
                    detail=format_range(begin, end),
                ),
            )
    return ()


def figures(desk: Desk) -> Sequence[Figure]:
    """The overview's card: the next day that was announced, and what waits for somebody (blocks)."""
    today, language = local_date(desk.clock.now_ms()), desk.words.language
    coming = next_promised(desk.store, today)
    shown = format_date(coming[0][1], language) if coming else "–"
    waits = waiting(desk)
    return (
        Figure(N_("Next announced day"), shown),
        Figure(N_("Dates that wait for you"), format_number(waits, language), "waiting" if waits else "plain"),
        *cases.figures(desk),
    )


def clock_of(minutes: int) -> time:
    """Minutes after midnight as a time of day."""
    return time(minutes // 60 % 24, minutes % 60)
