"""The days of the drawer and the counts of the box, as they stand in the journal: what belongs to which, and sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from printing.money import records
from printing.money.entries import CorrectionReason
from printing.money.records import BoxRow, ClosingRow, CorrectionRow, Span, joined, read_marks, span_sql
from printing.money.till import BoxCount

if TYPE_CHECKING:
    from akimat_desk.store import Database


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the drawer should hold: what lay in it before, what came and went."""

    before: int
    taken: int
    given_back: int
    moved: int

    @property
    def expected(self) -> int:
        """Tenge that should lie in the drawer."""
        return self.before + self.taken - self.given_back + self.moved


@dataclass(frozen=True, slots=True)
class FreeLine:
    """Free pages given by one rule."""

    rule: str
    documents: int
    pages: int
    tenge: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a span of the ledger comes to. `box_charged` is the honest till's part of `charged`."""

    documents: int
    pages: int
    charged: int
    box_charged: int
    free: tuple[FreeLine, ...]
    written_off: int
    drawer: Drawer
    owed: int
    """What the desk's documents of the span still owe now."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was found out about a closed day later."""

    ms: int
    tenge: int
    reason: CorrectionReason
    by: str


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A closed day, its two counts and its sums."""

    entry: str
    day: date
    ms: int
    first: str
    second: str
    first_counted: int
    second_counted: int
    left: int
    sums: Sums
    corrections: tuple[Correction, ...]
    span: Span

    @property
    def difference(self) -> int:
        """Counted less expected, by the first count."""
        return self.first_counted - self.sums.drawer.expected


def closed_days(db: Database, *, limit: int = 400) -> tuple[ClosedDay, ...]:
    """The closed days, newest first."""
    rows = list(ClosingRow.select().order_by(ClosingRow.at, ClosingRow.entry).execute(db))
    found, before, left = [], dict[records.Place, int](), 0
    for number, row in enumerate(rows):
        covers = read_marks(row.covers)
        span = Span(dict(before), joined([before, covers]))
        if number >= len(rows) - limit:
            found.append(_closed(db, row, span, left))
        before, left = joined([before, covers]), row.left
    return tuple(reversed(found))


def open_span(db: Database) -> Span:
    """What no closing holds yet."""
    rows = ClosingRow.select(ClosingRow.covers).execute(db)
    return Span(joined([read_marks(row.covers) for row in rows]))


def left_in_drawer(db: Database) -> int:
    """What the last closing left in the drawer."""
    last = ClosingRow.select(ClosingRow.left).order_by(ClosingRow.at.desc(), ClosingRow.entry.desc()).limit(1)
    for row in last.execute(db):
        return int(row.left)
    return 0


def open_day(db: Database) -> Sums:
    """The sums since the last closing."""
    return sums(db, open_span(db), left_in_drawer(db))


def is_empty(db: Database) -> bool:
    """Whether nothing was written since the last closing."""
    where, values = span_sql(db, open_span(db))
    row = db.execute_sql(f"SELECT 1 FROM printing_ledger WHERE {where} LIMIT 1", values).fetchone()  # noqa: S608
    return row is None


def is_closed(db: Database, entry: str) -> bool:
    """Whether `entry` closed a day."""
    return bool(list(ClosingRow.select(ClosingRow.entry).where(ClosingRow.entry == entry).limit(1).execute(db)))


def sums(db: Database, span: Span, before: int = 0) -> Sums:
    """What the lines of `span` come to; `before` lay in the drawer when it began."""
    where, values = span_sql(db, span)
    row = db.execute_sql(
        "SELECT count(CASE what WHEN 'charge' THEN 1 END), coalesce(sum(CASE what WHEN 'charge' THEN pages END), 0),"  # noqa: S608
        " coalesce(sum(charged), 0), coalesce(sum(CASE WHEN honest THEN charged END), 0),"
        " coalesce(sum(written_off), 0), coalesce(sum(CASE WHEN paid > 0 THEN paid END), 0),"
        " coalesce(sum(CASE WHEN paid < 0 THEN -paid END), 0), coalesce(sum(moved), 0)"
        f" FROM printing_ledger WHERE {where}",
        values,
    ).fetchone()
    documents, pages, charged, box_charged, written_off, taken, given_back, moved = row
    owed = db.execute_sql(
        "SELECT coalesce(sum(charged - free - paid - written_off), 0) FROM printing_ledger WHERE charge IN"  # noqa: S608
        f" (SELECT charge FROM printing_ledger WHERE what = 'charge' AND NOT honest AND {where})",
        values,
    ).fetchone()[0]
    return Sums(
        documents=documents,
        pages=pages,
        charged=charged,
        box_charged=box_charged,
        free=free_lines(db, where, values),
        written_off=written_off,
        drawer=Drawer(before, taken, given_back, moved),
        owed=owed,
    )


def free_lines(db: Database, where: str, values: tuple[object, ...]) -> tuple[FreeLine, ...]:
    """Free pages by rule, of the lines that fit `where`."""
    rows = db.execute_sql(
        "SELECT reason, count(DISTINCT charge), sum(pages), sum(free) FROM printing_ledger"  # noqa: S608
        f" WHERE what = 'free' AND {where} GROUP BY reason ORDER BY 3 DESC, 1",
        values,
    ).fetchall()
    return tuple(FreeLine(*row) for row in rows)


def box_counts(db: Database) -> tuple[BoxCount, ...]:
    """Every count of the box, oldest first."""
    found, before = [], dict[records.Place, int]()
    for row in BoxRow.select().order_by(BoxRow.at, BoxRow.entry).execute(db):
        after = joined([before, read_marks(row.covers)])
        found.append(_box(db, Span(before, after), row.ms, row.counted, row.by))
        before = after
    return tuple(found)


def open_box(db: Database) -> BoxCount:
    """What should lie in the box now: the documents since the last count."""
    rows = BoxRow.select(BoxRow.covers).execute(db)
    return _box(db, Span(joined([read_marks(row.covers) for row in rows])), 0, 0, "")


def _box(db: Database, span: Span, ms: int, counted: int, by: str) -> BoxCount:
    where, values = span_sql(db, span)
    rows = db.execute_sql(
        "SELECT max(0, sum(charged - free - paid - written_off)), sum(written_off) FROM printing_ledger WHERE charge IN"  # noqa: S608
        f" (SELECT charge FROM printing_ledger WHERE what = 'charge' AND honest AND {where}) AND {where}"
        " GROUP BY charge ORDER BY min(at), charge",
        (*values, *values),
    ).fetchall()
    prices = tuple(int(price) for price, _ in rows)
    return BoxCount(ms, prices, counted, sum(int(lost) for _, lost in rows), by)


def _closed(db: Database, row: ClosingRow, span: Span, before: int) -> ClosedDay:
    corrections = (
        CorrectionRow.select()
        .where(CorrectionRow.closing == row.entry)
        .order_by(CorrectionRow.at, CorrectionRow.entry)
        .execute(db)
    )
    return ClosedDay(
        entry=row.entry,
        day=date.fromisoformat(row.day),
        ms=row.ms,
        first=row.first,
        second=row.second,
        first_counted=row.first_counted,
        second_counted=row.second_counted,
        left=row.left,
        sums=sums(db, span, before),
        corrections=tuple(Correction(each.ms, each.tenge, each.reason, each.by) for each in corrections),
        span=span,
    )
