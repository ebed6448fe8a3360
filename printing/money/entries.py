"""What money tells the journal. Facts name documents and staff by random ids; whose free pages they were is personal.

A print job is charged by its own end (`printing.entries.JobEnded`); the other kinds of work by `Charged`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.journal import Code, Entry, Facts, Id, Kind, merge
from akimat_desk.journal.kinds import Epoch, Seq
from printing.money.ledger import RefundReason, WriteOffReason, refund_line
from printing.money.records import BoxRow, ClosingRow, CorrectionRow, LedgerRow, TillRow
from printing.rules import Colour, Size

if TYPE_CHECKING:
    from akimat_desk.store import Database

Moment = Annotated[int, Meta(ge=0, lt=2**62)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Tenge = Annotated[int, Meta(ge=0, le=10_000_000_000)]
"""Above what any job comes to, and far below where SQLite's sums end: one forged entry must not close the till."""
Paid = Annotated[int, Meta(ge=1, le=10_000_000_000)]
Signed = Annotated[int, Meta(ge=-10_000_000_000, le=10_000_000_000)]
MoveReason = Literal["change", "handed-over", "other"]
CorrectionReason = Literal["counted-wrong", "coin-found", "false-note", "other"]


class Charged(Facts, frozen=True):
    """Copying or scanning was done; `tenge` for all of it. `honest` where the money goes into the box."""

    charge: Id
    ms: Moment
    work: Literal["copy", "scan"]
    pages: Count
    sheets: Count
    colour_pages: Count
    tenge: Tenge
    size: Size = "A4"
    colour: Colour = "grey"
    honest: bool = False
    code: Code | None = None
    by: Id | None = None
    grey_tenge: Tenge | None = None
    """What of `tenge` is for the grey pages; entries of older programs do not tell."""


class FreeGiven(Facts, frozen=True):
    """Pages of a document that cost nobody anything, by a rule: a category's, or everybody's of the month."""

    charge: Id
    ms: Moment
    rule: Code
    pages: Count
    tenge: Tenge
    by: Id


class WhoseFree(Facts, frozen=True):
    """Whose free pages they were. Personal, so that no fact says what category a resident belongs to."""

    resident: str = ""


class Payment(Facts, frozen=True):
    """Cash taken at the desk. `given` is what was in the resident's hand; the rest went back as change."""

    charge: Id
    ms: Moment
    tenge: Paid
    given: Paid
    by: Id


class Refunded(Facts, frozen=True):
    """Cash given back. Bad work takes its charge back too; a payment typed by mistake leaves it owed."""

    charge: Id
    ms: Moment
    tenge: Paid
    reason: RefundReason
    by: Id


class WrittenOff(Facts, frozen=True):
    """Nobody will pay this; `by` says so."""

    charge: Id
    ms: Moment
    tenge: Paid
    reason: WriteOffReason
    by: Id


class CashMoved(Facts, frozen=True):
    """Cash put into the drawer (above zero) or taken out of it, that nobody paid: change money, money handed over."""

    ms: Moment
    tenge: Signed
    reason: MoveReason
    by: Id


class Covered(Facts, frozen=True):
    """One PC's journal up to and with `seq`."""

    device: Id
    epoch: Epoch
    seq: Seq


Covers = Annotated[tuple[Covered, ...], Meta(max_length=256)]


class DayClosed(Facts, frozen=True):
    """Two people counted the drawer, neither seeing the other's figure, and closed the day.

    It holds every line of `covers` that no earlier closing holds. `left` stays in the drawer for the next day.
    """

    day: date
    ms: Moment
    covers: Covers
    first: Id
    second: Id
    first_counted: Tenge
    second_counted: Tenge
    left: Tenge = 0


class DayCorrected(Facts, frozen=True):
    """Something about the closed day of entry `closing` was found out later. The day itself stays as it was."""

    closing: Id
    ms: Moment
    tenge: Signed
    reason: CorrectionReason
    by: Id


class BoxCounted(Facts, frozen=True):
    """The honest till's box was emptied and counted; it holds the box's documents of `covers` not counted before."""

    ms: Moment
    covers: Covers
    counted: Tenge
    by: Id


class TillSet(Facts, frozen=True):
    """Residents put the money into the box themselves, or no longer."""

    open: bool
    by: Id


def charge_line(
    db: Database,
    entry: Entry,
    *,
    charge: str,
    ms: int,
    work: str,
    pages: int,
    sheets: int,
    colour_pages: int,
    tenge: int,
    honest: bool,
    code: str | None,
    by: str | None,
    grey_pages: int,
    grey_tenge: int | None,
) -> None:
    """Put what a document came to into the ledger."""
    _line(
        db, entry, what="charge", charge=charge, ms=ms, work=work, pages=pages, sheets=sheets,
        colour_pages=colour_pages, charged=tenge, honest=honest, code=code, by=by, grey_pages=grey_pages,
        grey_tenge=grey_tenge,
    )  # fmt: skip


def _line(db: Database, entry: Entry, **row: object) -> None:
    merge.union(db, entry, LedgerRow, epoch=entry.epoch, seq=entry.seq, **row)


def _apply_charged(db: Database, entry: Entry) -> None:
    facts: Charged = entry.facts
    charge_line(
        db,
        entry,
        charge=facts.charge,
        ms=facts.ms,
        work=facts.work,
        pages=facts.pages,
        sheets=facts.sheets,
        colour_pages=facts.colour_pages,
        tenge=facts.tenge,
        honest=facts.honest,
        code=facts.code,
        by=facts.by,
        grey_pages=facts.pages - facts.colour_pages,
        grey_tenge=facts.grey_tenge,
    )


def _apply_free(db: Database, entry: Entry) -> None:
    facts: FreeGiven = entry.facts
    whose: WhoseFree | None = entry.personal
    _line(
        db,
        entry,
        what="free",
        charge=facts.charge,
        ms=facts.ms,
        free=facts.tenge,
        pages=facts.pages,
        reason=facts.rule,
        by=facts.by,
        resident=whose.resident or None if whose else None,
    )


def _apply_payment(db: Database, entry: Entry) -> None:
    facts: Payment = entry.facts
    _line(db, entry, what="payment", charge=facts.charge, ms=facts.ms, paid=facts.tenge, given=facts.given, by=facts.by)


def _apply_refunded(db: Database, entry: Entry) -> None:
    facts: Refunded = entry.facts
    line = refund_line(facts.tenge, facts.reason)
    _line(
        db,
        entry,
        what="refund",
        charge=facts.charge,
        ms=facts.ms,
        charged=line.charged,
        paid=line.paid,
        reason=facts.reason,
        by=facts.by,
    )


def _apply_written_off(db: Database, entry: Entry) -> None:
    facts: WrittenOff = entry.facts
    _line(
        db,
        entry,
        what="write_off",
        charge=facts.charge,
        ms=facts.ms,
        written_off=facts.tenge,
        reason=facts.reason,
        by=facts.by,
    )


def _apply_moved(db: Database, entry: Entry) -> None:
    facts: CashMoved = entry.facts
    _line(db, entry, what="moved", ms=facts.ms, moved=facts.tenge, reason=facts.reason, by=facts.by)


def _apply_closed(db: Database, entry: Entry) -> None:
    facts: DayClosed = entry.facts
    merge.union(
        db,
        entry,
        ClosingRow,
        day=facts.day.isoformat(),
        ms=facts.ms,
        covers=_covers(facts.covers),
        first=facts.first,
        second=facts.second,
        first_counted=facts.first_counted,
        second_counted=facts.second_counted,
        left=facts.left,
    )


def _apply_corrected(db: Database, entry: Entry) -> None:
    facts: DayCorrected = entry.facts
    merge.union(
        db,
        entry,
        CorrectionRow,
        closing=facts.closing,
        ms=facts.ms,
        tenge=facts.tenge,
        reason=facts.reason,
        by=facts.by,
    )


def _apply_box(db: Database, entry: Entry) -> None:
    facts: BoxCounted = entry.facts
    merge.union(db, entry, BoxRow, ms=facts.ms, covers=_covers(facts.covers), counted=facts.counted, by=facts.by)


def _apply_till(db: Database, entry: Entry) -> None:
    merge.union(db, entry, TillRow, open=entry.facts.open)


def _covers(covers: tuple[Covered, ...]) -> str:
    return msgspec.json.encode([(each.device, each.epoch, each.seq) for each in covers]).decode()


CHARGED: Final = Kind("printing.charged", Charged, _apply_charged)
FREE_GIVEN: Final = Kind("printing.free_given", FreeGiven, _apply_free, personal=WhoseFree)
PAYMENT: Final = Kind("printing.payment", Payment, _apply_payment)
REFUNDED: Final = Kind("printing.refunded", Refunded, _apply_refunded)
WRITTEN_OFF: Final = Kind("printing.written_off", WrittenOff, _apply_written_off)
CASH_MOVED: Final = Kind("printing.cash_moved", CashMoved, _apply_moved)
DAY_CLOSED: Final = Kind("printing.day_closed", DayClosed, _apply_closed)
DAY_CORRECTED: Final = Kind("printing.day_corrected", DayCorrected, _apply_corrected)
BOX_COUNTED: Final = Kind("printing.box_counted", BoxCounted, _apply_box)
TILL_SET: Final = Kind("printing.till_set", TillSet, _apply_till)
KINDS: Final = (
    CHARGED,
    FREE_GIVEN,
    PAYMENT,
    REFUNDED,
    WRITTEN_OFF,
    CASH_MOVED,
    DAY_CLOSED,
    DAY_CORRECTED,
    BOX_COUNTED,
    TILL_SET,
)
