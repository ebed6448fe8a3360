"""What staff do with money. Each reads how things stand inside the commit, checks the rules, and writes one entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.clock import KAZAKHSTAN, local, local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.people.staff import administrators_only
from printing.money import days, records
from printing.money.entries import (
    BOX_COUNTED,
    CASH_MOVED,
    CHARGED,
    DAY_CLOSED,
    DAY_CORRECTED,
    FREE_GIVEN,
    PAYMENT,
    REFUNDED,
    TILL_SET,
    WRITTEN_OFF,
    BoxCounted,
    CashMoved,
    Charged,
    CorrectionReason,
    Covered,
    DayClosed,
    DayCorrected,
    FreeGiven,
    MoveReason,
    Payment,
    Refunded,
    TillSet,
    WhoseFree,
    WrittenOff,
)
from printing.money.ledger import (
    MOST_GIVEN,
    AmountUnclear,
    RefundReason,
    WriteOffReason,
    allowance,
    change_of,
    check_refund,
    check_write_off,
    free_pages_left,
)
from printing.money.prices import PriceTable, price_of

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.journal import Commit, Journal
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.store import Database
    from printing.money.ledger import Allowance
    from printing.rules import Colour, Sides, Size

TOPIC: Final = "printing.money"


class NoFreePages(Refused):
    """The rule gives this resident no page any more this month."""

    code = "no-free-pages"
    staff_text = N_("No free pages are left by this rule this month.")
    next_text = N_("Take the money, or choose another rule.")


class OnePersonTwice(Refused):
    """The two counts must be two people's."""

    code = "one-person-twice"
    staff_text = N_("Two different people count the money.")
    next_text = N_("Choose another person for the second count.")


class NothingToClose(Refused):
    """Nothing happened since the last closing."""

    code = "nothing-to-close"
    staff_text = N_("Nothing was charged, paid or counted since the day was closed last.")
    next_text = N_("Close the day when there is something in it.")


class DayUnknown(Refused):
    """No closed day of this entry."""

    code = "day-unknown"
    staff_text = N_("This day is not closed here.")
    next_text = N_("Look at the list again.")


@dataclass(frozen=True, slots=True)
class Done:
    """What was written, as an entry's id; screens that show money refresh."""

    entry: str
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class Paid:
    """Cash taken: what it was for and what went back."""

    charge: str
    tenge: int
    given: int
    change: int
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class Given:
    """Free pages given."""

    charge: str
    allowance: Allowance
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class Counted:
    """One person's count of the drawer, proved with their PIN."""

    staff: str
    tenge: int


def charge(
    journal: Journal,
    table: PriceTable,
    *,
    work: Literal["copy", "scan"],
    pages: int,
    sheets: int,
    colour_pages: int = 0,
    size: Size = "A4",
    colour: Colour = "grey",
    sides: Sides = "one",
    honest: bool = False,
    code: str | None = None,
    by: str | None = None,
) -> Done:
    """Copying or scanning was done; its id is the charge. Raises `PriceMissing`: then nothing is charged.

    Ask `price_of` before the work is done, so that nobody meets a missing price afterwards.
    """
    grey = pages - colour_pages
    grey_tenge = grey * price_of(table, work, size, "grey", sides) if grey else 0
    tenge = grey_tenge
    if colour_pages:
        tenge += colour_pages * price_of(table, work, size, "colour", sides)
    now = journal.clock.now_ms()
    number = uuid7(now)
    journal.append(
        CHARGED,
        Charged(
            charge=number,
            ms=max(0, now),
            work=work,
            pages=pages,
            sheets=sheets,
            colour_pages=colour_pages,
            tenge=tenge,
            size=size,
            colour=colour,
            honest=honest,
            code=code,
            by=by,
            grey_tenge=grey_tenge,
        ),
    )
    return Done(number)


def take_payment(journal: Journal, *, charge: str, given: int, by: SignedIn, expected: int = 0) -> Paid:
    """Take all that is owed for a document. Raises `NothingToPay`, `TooLittleGiven`, `AmountUnclear`.

    `expected` is the price of a document that is paid before it is printed; once it has ended, its charge counts.
    Two people who take money for one document at once: the second is told there is nothing to pay.
    """
    with journal.commit() as commit:
        due = _owed(commit, charge, expected)
        change = change_of(due, given)
        facts = Payment(charge=charge, ms=_now(journal), tenge=due, given=given, by=by.staff)
        commit.append(PAYMENT, facts)
    return Paid(charge, due, given, change)


def give_free(
    journal: Journal,
    table: PriceTable,
    *,
    charge: str,
    rule: str,
    grey: tuple[int, int],
    colour: tuple[int, int] = (0, 0),
    resident: str = "",
    by: SignedIn,
    expected: int = 0,
) -> Given:
    """Let pages of a document go free by `rule` (see `allowance`), after those that are free already.

    Raises `NothingToPay`, `NoFreePages`. `grey` and `colour` are (pages, price of one). Everybody's
    monthly pages want the resident's random id, because they are counted; it stays in the personal part.
    """
    now = _now(journal)
    begin, end = month_of(now)
    with journal.commit() as commit:
        owed = _owed(commit, charge, expected)
        if owed <= 0:
            change_of(owed, 0)
        used = records.free_pages_used(commit.db, resident, rule, begin, end) if resident else 0
        left = free_pages_left(table, rule, used)
        free = allowance(grey, colour, left, owed, already=records.free_pages_of(commit.db, charge))
        if free.pages == 0:
            raise NoFreePages
        facts = FreeGiven(charge=charge, ms=now, rule=rule, pages=free.pages, tenge=free.tenge, by=by.staff)
        commit.append(FREE_GIVEN, facts, WhoseFree(resident=resident) if resident else None)
    return Given(charge, free)


def refund(journal: Journal, *, charge: str, tenge: int, reason: RefundReason, by: SignedIn) -> Done:
    """Give money back. Raises `RefundTooLarge`, `AmountUnclear`."""
    with journal.commit() as commit:
        check_refund(records.balance_of(commit.db, charge), tenge)
        facts = Refunded(charge=charge, ms=_now(journal), tenge=tenge, reason=reason, by=by.staff)
        return Done(commit.append(REFUNDED, facts).id)


def write_off(journal: Journal, *, charge: str, tenge: int, reason: WriteOffReason, by: SignedIn) -> Done:
    """Nobody will pay this. Raises `WriteOffTooLarge`, `NothingToPay`, `AmountUnclear`."""
    with journal.commit() as commit:
        check_write_off(records.balance_of(commit.db, charge), tenge)
        facts = WrittenOff(charge=charge, ms=_now(journal), tenge=tenge, reason=reason, by=by.staff)
        return Done(commit.append(WRITTEN_OFF, facts).id)


def move_cash(journal: Journal, *, tenge: int, reason: MoveReason, by: SignedIn) -> Done:
    """Put change money into the drawer (above zero), or take money out of it. Raises `AmountUnclear`."""
    if tenge == 0 or abs(tenge) > MOST_GIVEN:
        raise AmountUnclear(most=MOST_GIVEN)
    return Done(journal.append(CASH_MOVED, CashMoved(ms=_now(journal), tenge=tenge, reason=reason, by=by.staff)).id)


def open_till(journal: Journal, *, open: bool, by: SignedIn) -> Done:
    """Let residents put the money into the box themselves, or no longer. Raises `NotAllowed`."""
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        return Done(commit.append(TILL_SET, TillSet(open=open, by=by.staff)).id)


def count_box(journal: Journal, *, counted: int, by: SignedIn) -> Done:
    """The box was emptied and this lay in it. Raises `AmountUnclear`."""
    if not 0 <= counted <= 10 * MOST_GIVEN:
        raise AmountUnclear(most=10 * MOST_GIVEN)
    with journal.commit() as commit:
        covers = _covers(commit.db)
        facts = BoxCounted(ms=_now(journal), covers=covers, counted=counted, by=by.staff)
        return Done(commit.append(BOX_COUNTED, facts).id)


def close_day(journal: Journal, *, first: Counted, second: Counted, left: int = 0) -> Done:
    """Close the day by two people's counts. Raises `OnePersonTwice`, `NothingToClose`, `AmountUnclear`.

    It holds every line written so far that no closing holds yet. `left` stays in the drawer.
    """
    if first.staff == second.staff:
        raise OnePersonTwice
    if not (0 <= left <= 10 * MOST_GIVEN and max(first.tenge, second.tenge) <= 10 * MOST_GIVEN):
        raise AmountUnclear(most=10 * MOST_GIVEN)
    now = _now(journal)
    with journal.commit() as commit:
        if days.is_empty(commit.db) and first.tenge == second.tenge == days.left_in_drawer(commit.db):
            raise NothingToClose
        facts = DayClosed(
            day=_day(now),
            ms=now,
            covers=_covers(commit.db),
            first=first.staff,
            second=second.staff,
            first_counted=first.tenge,
            second_counted=second.tenge,
            left=left,
        )
        return Done(commit.append(DAY_CLOSED, facts).id)


def correct_day(journal: Journal, *, closing: str, tenge: int, reason: CorrectionReason, by: SignedIn) -> Done:
    """What was found out about a closed day later; it stays as it was. Raises `DayUnknown`, `AmountUnclear`."""
    if tenge == 0 or abs(tenge) > MOST_GIVEN:
        raise AmountUnclear(most=MOST_GIVEN)
    with journal.commit() as commit:
        if not days.is_closed(commit.db, closing):
            raise DayUnknown
        facts = DayCorrected(closing=closing, ms=_now(journal), tenge=tenge, reason=reason, by=by.staff)
        return Done(commit.append(DAY_CORRECTED, facts).id)


def month_of(ms: int) -> tuple[int, int]:
    """The calendar month in Kazakhstan that holds `ms`, as [from, to) in milliseconds."""
    first = local(ms).replace(day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=KAZAKHSTAN)
    year, month = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
    return round(first.timestamp() * 1000), round(first.replace(year=year, month=month).timestamp() * 1000)


def _owed(commit: Commit, charge: str, expected: int) -> int:
    now = records.balance_of(commit.db, charge)
    return now.owed if records.is_charged(commit.db, charge) else now.owed + expected


def _covers(db: Database) -> tuple[Covered, ...]:
    marks = sorted(records.marks_now(db).items())
    return tuple(Covered(device=device, epoch=epoch, seq=seq) for (device, epoch), seq in marks)


def _now(journal: Journal) -> int:
    return max(0, journal.clock.now_ms())


def _day(ms: int) -> date:
    return local_date(ms)
