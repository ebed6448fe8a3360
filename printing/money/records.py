"""What the journal says of money: the ledger's lines, the closed days, the counted boxes, the honest till.

A day and a box are told by places in the journal, not by a clock: a closing names for each PC how far its entries had
come (`Marks`), and a line belongs to the first closing that covers it. So a clock that is turned back over midnight or
the end of a month moves no coin into a day that is closed, and what another PC sends late belongs to the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec
import peewee

from printing.money.ledger import Balance, What
from printing.money.prices import Work

if TYPE_CHECKING:
    from akimat_desk.store import Database

Place = tuple[str, int]
"""A PC's journal in one epoch: device and epoch."""
Marks = Mapping[Place, int]
"""How far each PC's journal is covered: the last sequence number, for each place."""


class LedgerRow(peewee.Model):
    """One entry that moves money; the sums are over these columns (`ledger.Line`). Never a title, a name or a text."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    device = peewee.TextField()
    epoch = peewee.IntegerField()
    seq = peewee.IntegerField()
    ms = peewee.IntegerField(index=True)
    """What the PC's own clock said; days and months of statistics go by it, closings do not."""
    what = peewee.TextField()
    charge = peewee.TextField(null=True, index=True)
    """The document it is about: a job's id, or that of a copy or scan."""
    charged = peewee.IntegerField(default=0)
    free = peewee.IntegerField(default=0)
    paid = peewee.IntegerField(default=0)
    written_off = peewee.IntegerField(default=0)
    moved = peewee.IntegerField(default=0)
    """Cash put into the drawer or taken out of it that nobody paid."""
    given = peewee.IntegerField(null=True)
    pages = peewee.IntegerField(default=0)
    sheets = peewee.IntegerField(default=0)
    colour_pages = peewee.IntegerField(default=0)
    grey_pages = peewee.IntegerField(default=0)
    """Those that cost something: blank ones may be free."""
    grey_tenge = peewee.IntegerField(null=True)
    """What of `charged` is for them; NULL where an older program did not tell."""
    work = peewee.TextField(null=True)
    honest = peewee.BooleanField(default=False)
    code = peewee.TextField(null=True)
    reason = peewee.TextField(null=True)
    """The category of free pages, or why money went back, was written off or moved."""
    by = peewee.TextField(null=True)
    resident = peewee.TextField(null=True)
    """Personal: whose free pages they were; empty where this PC may not hold it, and once it is erased."""

    class Meta:
        table_name = "printing_ledger"
        indexes = ((("device", "epoch", "seq"), False), (("resident", "reason", "ms"), False))


class ClosingRow(peewee.Model):
    """A day that two people closed."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    day = peewee.TextField()
    ms = peewee.IntegerField()
    covers = peewee.TextField()
    first = peewee.TextField()
    second = peewee.TextField()
    first_counted = peewee.IntegerField()
    second_counted = peewee.IntegerField()
    left = peewee.IntegerField()

    class Meta:
        table_name = "printing_closing"


class CorrectionRow(peewee.Model):
    """What was found out about a closed day later."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    closing = peewee.TextField(index=True)
    ms = peewee.IntegerField()
    tenge = peewee.IntegerField()
    reason = peewee.TextField()
    by = peewee.TextField()

    class Meta:
        table_name = "printing_correction"


class BoxRow(peewee.Model):
    """A count of the honest till's box."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    ms = peewee.IntegerField()
    covers = peewee.TextField()
    counted = peewee.IntegerField()
    by = peewee.TextField()

    class Meta:
        table_name = "printing_box"


class TillRow(peewee.Model):
    """Whether residents pay into the box, from an entry on."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    open = peewee.BooleanField()

    class Meta:
        table_name = "printing_till"


PROJECTIONS: Final = (LedgerRow, ClosingRow, CorrectionRow, BoxRow, TillRow)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of the ledger as people see it. Times are milliseconds since 1970."""

    entry: str
    ms: int
    what: What
    charge: str
    code: str
    work: Work | None
    charged: int
    free: int
    paid: int
    written_off: int
    moved: int
    pages: int
    honest: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Owing:
    """A document and how it stands: `balance.owed` above zero waits for money, below zero is money to give back.

    `grey_tenge` is what its grey pages came to, None where an older program did not tell.
    """

    charge: str
    code: str
    work: Work
    pages: int
    grey_pages: int
    colour_pages: int
    grey_tenge: int | None
    ms: int
    honest: bool
    balance: Balance


@dataclass(frozen=True, slots=True)
class Span:
    """The lines after `after` up to `to`; no `to` is everything since."""

    after: Marks = field(default_factory=dict)
    to: Marks | None = None


def till_is_open(db: Database) -> bool:
    """Whether residents put the money into the box themselves."""
    row = db.execute_sql("SELECT open FROM printing_till ORDER BY at DESC, entry DESC LIMIT 1").fetchone()
    return bool(row and row[0])


def balance_of(db: Database, charge: str) -> Balance:
    """How one document stands."""
    row = db.execute_sql(
        "SELECT coalesce(sum(charged), 0), coalesce(sum(free), 0), coalesce(sum(paid), 0),"
        " coalesce(sum(written_off), 0) FROM printing_ledger WHERE charge = ?",
        (charge,),
    ).fetchone()
    return Balance(*row)


def is_charged(db: Database, charge: str) -> bool:
    """Whether a document has ended and been charged."""
    sql = "SELECT 1 FROM printing_ledger WHERE charge = ? AND what = 'charge' LIMIT 1"
    return db.execute_sql(sql, (charge,)).fetchone() is not None


def owing(db: Database, *, since_ms: int = 0, unsettled: bool = True, limit: int = 500) -> tuple[Owing, ...]:
    """Documents of the desk, newest first: those that are not settled, or all since `since_ms`.

    Documents of the honest till are not owed by anybody: their money is in the box or it is not.
    """
    having = "HAVING owed <> 0" if unsettled else "HAVING 1"
    rows = db.execute_sql(
        "SELECT charge, max(code), max(work), sum(CASE what WHEN 'charge' THEN pages END),"  # noqa: S608
        " sum(CASE what WHEN 'charge' THEN grey_pages END), sum(CASE what WHEN 'charge' THEN colour_pages END),"
        " CASE WHEN sum(what = 'charge' AND grey_tenge IS NULL) = 0 THEN sum(grey_tenge) END, max(ms), max(honest),"
        " sum(charged), sum(free), sum(paid), sum(written_off), sum(charged - free - paid - written_off) AS owed"
        " FROM printing_ledger WHERE charge IS NOT NULL GROUP BY charge"
        f" {having} AND max(honest) = 0 AND max(ms) >= ? ORDER BY max(at) DESC LIMIT ?",
        (since_ms, limit),
    ).fetchall()
    return tuple(
        Owing(
            charge,
            code or "",
            work or "print",
            pages or 0,
            grey or 0,
            colour or 0,
            for_grey,
            ms,
            bool(honest),
            Balance(*sums),
        )
        for charge, code, work, pages, grey, colour, for_grey, ms, honest, *sums, _ in rows
    )


def postings_of(db: Database, charge: str) -> tuple[Posting, ...]:
    """All that was ever written about one document, in the order it was written."""
    return _postings(db, "charge = ?", (charge,))


def postings_in(db: Database, span: Span, *, what: tuple[What, ...] = ()) -> tuple[Posting, ...]:
    """The lines of a span, in the order they were written."""
    where, values = span_sql(db, span)
    if what:
        where += f" AND what IN ({', '.join('?' * len(what))})"
    return _postings(db, where, (*values, *what))


def free_pages_used(db: Database, resident: str, rule: str, from_ms: int, to_ms: int) -> int:
    """Free pages a resident has had by `rule` in [from_ms, to_ms)."""
    row = db.execute_sql(
        "SELECT coalesce(sum(pages), 0) FROM printing_ledger WHERE resident = ? AND reason = ? AND ms >= ? AND ms < ?"
        " AND what = 'free'",
        (resident, rule, from_ms, to_ms),
    ).fetchone()
    return int(row[0])


def free_pages_of(db: Database, charge: str) -> int:
    """How many pages of a document are free already, by any rule."""
    sql = "SELECT coalesce(sum(pages), 0) FROM printing_ledger WHERE charge = ? AND what = 'free'"
    return int(db.execute_sql(sql, (charge,)).fetchone()[0])


def marks_now(db: Database) -> dict[Place, int]:
    """How far every PC's lines have come."""
    rows = db.execute_sql("SELECT device, epoch, max(seq) FROM printing_ledger GROUP BY device, epoch").fetchall()
    return {(device, epoch): seq for device, epoch, seq in rows}


def span_sql(db: Database, span: Span) -> tuple[str, tuple[Any, ...]]:
    """The span as a condition on `printing_ledger`."""
    to = marks_now(db) if span.to is None else span.to
    parts, values = ["0"], []
    for (device, epoch), last in sorted(to.items()):
        parts.append("(device = ? AND epoch = ? AND seq > ? AND seq <= ?)")
        values += [device, epoch, span.after.get((device, epoch), 0), last]
    return f"({' OR '.join(parts)})", tuple(values)


def joined(marks: list[Marks]) -> dict[Place, int]:
    """What any of `marks` covers."""
    all_of: dict[Place, int] = {}
    for each in marks:
        for place, seq in each.items():
            all_of[place] = max(seq, all_of.get(place, 0))
    return all_of


def read_marks(covers: str) -> dict[Place, int]:
    """Marks from a row's JSON."""
    rows = msgspec.json.decode(covers, type=list[tuple[str, int, int]])
    return {(device, epoch): seq for device, epoch, seq in rows}


def _postings(db: Database, where: str, values: tuple[Any, ...]) -> tuple[Posting, ...]:
    rows = db.execute_sql(
        "SELECT entry, ms, what, coalesce(charge, ''), coalesce(code, ''), work, charged, free, paid, written_off,"  # noqa: S608
        " moved, pages, honest, coalesce(reason, ''), coalesce(by, '') FROM printing_ledger"
        f" WHERE {where} ORDER BY at, entry",
        values,
    ).fetchall()
    return tuple(Posting(*row) for row in rows)
