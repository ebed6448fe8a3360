"""What a month or a year came to: counted by the ledger and by the ends of jobs, by the days of each PC's own clock.

A statistic knows documents by number only: no title was ever written down, and no resident stands in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import KAZAKHSTAN, local_date
from akimat_desk.base.months import next_month
from printing.money import days
from printing.money.days import FreeLine
from printing.money.prices import Work
from printing.money.till import BoxCount, Honesty, honesty

if TYPE_CHECKING:
    from akimat_desk.store import Database

_OFFSET_MS: Final = 5 * 3_600_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Documents, pages, sheets, colour pages and tenge of something."""

    documents: int = 0
    pages: int = 0
    sheets: int = 0
    colour_pages: int = 0
    tenge: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.documents + other.documents,
            self.pages + other.pages,
            self.sheets + other.sheets,
            self.colour_pages + other.colour_pages,
            self.tenge + other.tenge,
        )

    @property
    def colour_share(self) -> float:
        """Colour pages of all pages, between 0 and 1."""
        return self.colour_pages / self.pages if self.pages else 0.0


@dataclass(frozen=True, slots=True)
class Cash:
    """The money's way: what was charged (after what was taken back), and what became of it."""

    charged: int
    free: int
    taken: int
    given_back: int
    written_off: int
    boxed: int
    """What lay in the honest till's box."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What went wrong: documents that did not come out, were stopped, or that staff had to decide about; and those of
    which the printer counted other pages than we did.
    """

    not_printed: int
    stopped: int
    decided: int
    counted_otherwise: int

    @property
    def any(self) -> bool:
        """Whether there was one."""
        return bool(self.not_printed or self.stopped or self.decided or self.counted_otherwise)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report tells of the days from `begin` up to and without `end`."""

    begin: date
    end: date
    total: Tally
    works: tuple[tuple[Work, Tally], ...]
    days: tuple[tuple[date, Tally], ...]
    """Every day in which something was done."""
    hours: tuple[int, ...]
    """Documents by the hour of the day, from midnight."""
    cash: Cash
    free: tuple[FreeLine, ...]
    faults: Faults
    boxes: tuple[BoxCount, ...]

    @property
    def taken_back(self) -> int:
        """Tenge of charges that fell away in these days, because the paper was bad or the charge a mistake."""
        return self.total.tenge - self.cash.charged

    @property
    def honesty(self) -> Honesty:
        """What the counts of the box in these days say."""
        return honesty(self.boxes)

    def months(self) -> tuple[tuple[date, Tally], ...]:
        """The days by month, each by its first day."""
        found: dict[date, Tally] = {}
        for day, tally in self.days:
            first = day.replace(day=1)
            found[first] = found.get(first, Tally()) + tally
        return tuple(sorted(found.items()))

    def busiest(self) -> tuple[int, ...]:
        """The three hours with the most documents, the busiest first."""
        ranked = sorted(range(24), key=lambda hour: (-self.hours[hour], hour))
        return tuple(hour for hour in ranked[:3] if self.hours[hour])


def month_figures(db: Database, year: int, month: int) -> Figures:
    """The figures of a calendar month in Kazakhstan."""
    begin = date(year, month, 1)
    return figures(db, begin, next_month(begin))


def year_figures(db: Database, year: int) -> Figures:
    """The figures of a calendar year in Kazakhstan."""
    return figures(db, date(year, 1, 1), date(year + 1, 1, 1))


def figures(db: Database, begin: date, end: date) -> Figures:
    """The figures of the days from `begin` up to and without `end`. One pass over the ledger, one over the jobs."""
    from_ms, to_ms = _ms(begin), _ms(end)
    by_work: dict[Work, Tally] = {}
    by_day: dict[date, Tally] = {}
    hours = [0] * 24
    rows = db.execute_sql(
        "SELECT work, (ms + ?1) / 3600000, count(*), sum(pages), sum(sheets), sum(colour_pages), sum(charged)"
        " FROM printing_ledger WHERE ms >= ?2 AND ms < ?3 AND what = 'charge' GROUP BY 1, 2",
        (_OFFSET_MS, from_ms, to_ms),
    )
    for work, hour, *sums in rows.fetchall():
        tally = Tally(*sums)
        on = date(1970, 1, 1) + timedelta(days=hour // 24)
        by_work[work] = by_work.get(work, Tally()) + tally
        by_day[on] = by_day.get(on, Tally()) + tally
        hours[hour % 24] += tally.documents
    boxes = tuple(each for each in days.box_counts(db) if from_ms <= each.ms < to_ms)
    return Figures(
        begin=begin,
        end=end,
        total=_sum(by_work.values()),
        works=tuple(sorted(by_work.items())),
        days=tuple(sorted(by_day.items())),
        hours=tuple(hours),
        cash=_cash(db, from_ms, to_ms, sum(each.counted for each in boxes)),
        free=days.free_lines(db, "ms >= ? AND ms < ?", (from_ms, to_ms)),
        faults=_faults(db, from_ms, to_ms),
        boxes=boxes,
    )


def first_month(db: Database) -> date | None:
    """The first month there is anything of."""
    row = db.execute_sql("SELECT min(ms) FROM printing_ledger WHERE ms > 0").fetchone()
    return None if row[0] is None else local_date(row[0]).replace(day=1)


def _cash(db: Database, from_ms: int, to_ms: int, boxed: int) -> Cash:
    charged, free, taken, given_back, written_off = db.execute_sql(
        "SELECT coalesce(sum(charged), 0), coalesce(sum(free), 0), coalesce(sum(CASE WHEN paid > 0 THEN paid END), 0),"
        " coalesce(sum(CASE WHEN paid < 0 THEN -paid END), 0), coalesce(sum(written_off), 0)"
        " FROM printing_ledger WHERE ms >= ? AND ms < ?",
        (from_ms, to_ms),
    ).fetchone()
    return Cash(charged, free, taken, given_back, written_off, boxed)


def _faults(db: Database, from_ms: int, to_ms: int) -> Faults:
    row = db.execute_sql(
        "SELECT coalesce(sum(outcome = 'not_printed'), 0), coalesce(sum(outcome = 'stopped'), 0),"
        " coalesce(sum(decided_by IS NOT NULL), 0), coalesce(sum(printer_count > 0 AND printer_count <> pages), 0)"
        " FROM printing_job WHERE ended_ms >= ? AND ended_ms < ?",
        (from_ms, to_ms),
    ).fetchone()
    return Faults(*row)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _ms(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=KAZAKHSTAN).timestamp() * 1000)


def every_day(figures: Figures) -> Sequence[tuple[date, Tally]]:
    """Each day of the period, also those with nothing, for a chart in which time runs evenly."""
    have = dict(figures.days)
    count = (figures.end - figures.begin).days
    return [(day, have.get(day, Tally())) for day in (figures.begin + timedelta(days=n) for n in range(count))]
