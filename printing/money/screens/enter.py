"""Where the shell comes in: from an open desk to the pages of money."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.people.residents import find
from akimat_desk.people.staff import staff
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen
from printing.held_job import HeldJob
from printing.money import actions, days, records, room
from printing.money.actions import Given, Paid
from printing.money.categories import MONTHLY, NAMES
from printing.money.entries import CorrectionReason
from printing.money.ledger import RefundReason, WriteOffReason
from printing.money.prices import PriceMissing, PricesMissing, PriceTable, table_on
from printing.money.records import Owing
from printing.money.screens.cash_desk import CashDeskScreen
from printing.money.screens.cash_desk_presenter import CashDeskPresenter, Due, Item, Person
from printing.money.screens.closing import ClosingScreen
from printing.money.screens.closing_presenter import ClosingPresenter, Counter, Drawer
from printing.money.screens.honest_till import BoxNow, HonestTillPresenter, HonestTillScreen
from printing.money.screens.prices import PricesPresenter, PricesScreen
from printing.money.screens.report import ReportPresenter, ReportScreen
from printing.money.statistics import Figures
from printing.records import price_tables
from printing.room import room_of, since_midnight

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND: Final = 5
"""Residents shown while one types."""


def cash_desk(desk: Desk) -> Screen:
    """Who owes what."""
    journal = desk.journal

    def fetch(today: bool) -> Due:
        return due(desk, today=today)

    def pay(item: Item, given: int) -> Paid:
        by = room.who(desk)
        paid = actions.take_payment(journal, charge=item.charge, given=given, by=by, expected=item.expected)
        if item.held:
            # The money is written down first: a printer that refuses now leaves it to be given back, not lost.
            waiting = room_of(desk).holder().get(item.charge)
            room_of(desk).holder().release(item.charge, waiting.options, by=by.staff)
        return paid

    def free(item: Item, rule: str, resident: str) -> Given:
        table = room.table_today(desk)
        assert table is not None
        return actions.give_free(
            journal,
            table,
            charge=item.charge,
            rule=rule,
            grey=item.grey,
            colour=item.colour,
            resident=resident,
            by=room.who(desk),
            expected=item.expected,
        )

    def refund(item: Item, tenge: int, reason: str) -> object:
        why = cast(RefundReason, reason)
        return actions.refund(journal, charge=item.charge, tenge=tenge, reason=why, by=room.who(desk))

    def write_off(item: Item, tenge: int, reason: str) -> object:
        why = cast(WriteOffReason, reason)
        return actions.write_off(journal, charge=item.charge, tenge=tenge, reason=why, by=room.who(desk))

    def people(typed: str) -> Sequence[Person]:
        return [Person(each.id, each.details.full_name) for each in find(desk.store, typed, FOUND).residents]

    return CashDeskScreen(
        CashDeskPresenter(
            fetch=fetch,
            pay=pay,
            free=free,
            refund=refund,
            write_off=write_off,
            find=people,
            receipt=lambda paid, code: room.print_receipt(desk, paid, code),
            close_day=lambda: closing(desk),
            box=lambda: honest_till(desk),
        )
    )


def due(desk: Desk, *, today: bool) -> Due:
    """What the cash desk lists: documents that wait to be printed or are being printed, then those that ended."""
    table = room.table_today(desk)
    waiting: tuple[HeldJob, ...] = ()
    with suppress(Unavailable, Refused):  # without the main PC, what has ended is known here all the same
        waiting = room_of(desk).holder().find().jobs
    with desk.store.read() as db:
        ended = records.owing(db, since_ms=since_midnight(desk) if today else 0, unsettled=not today)
        open_jobs = [each for each in waiting if each.state in ("held", "released")]
        tables = price_tables(db)
        standing = {each.held: records.balance_of(db, each.held) for each in open_jobs}
        charged = {each.held for each in open_jobs if records.is_charged(db, each.held)}
    items = []
    for each in open_jobs:
        if each.held in charged or (each.job is not None and each.job.honest):
            continue
        quote, now = each.quote, standing[each.held]
        items.append(
            Item(
                charge=each.held,
                code=each.code,
                pages=quote.pages,
                ms=each.created_ms,
                due=quote.total + now.owed,
                balance=now,
                held=each.waits,
                expected=quote.total,
                grey=(quote.grey_pages, quote.grey_price),
                colour=(quote.colour_pages, quote.colour_price),
            )
        )
    items = [item for item in items if today or item.due]
    listed = {item.charge for item in items}
    items += [_ended(each, tables) for each in ended if each.charge not in listed]
    rules: list[tuple[str, str]] = []
    if table is not None:
        rules = [(MONTHLY, NAMES[MONTHLY])] if table.free_pages else []
        rules += [(rule.category, NAMES.get(rule.category, rule.category)) for rule in table.rules]
    owed = sum(item.due for item in items if item.due > 0)
    return Due(tuple(items), owed, tuple(rules))


def _ended(each: Owing, tables: Sequence[PriceTable]) -> Item:
    """As it was charged; where an older program did not write down what its grey pages cost, by that day's price."""
    charged = max(0, each.balance.charged)
    for_grey = charged if each.grey_tenge is None else min(charged, each.grey_tenge)
    if each.grey_tenge is None and each.colour_pages:
        with suppress(PriceMissing, PricesMissing):
            table = table_on(local_date(each.ms), tables)
            for_grey = min(charged, each.grey_pages * table.page_price("grey", "one", work=each.work))
    return Item(
        charge=each.charge,
        code=each.code,
        pages=each.pages,
        ms=each.ms,
        due=each.balance.owed,
        balance=each.balance,
        grey=(each.grey_pages, for_grey // each.grey_pages if each.grey_pages else 0),
        colour=(each.colour_pages, (charged - for_grey) // each.colour_pages if each.colour_pages else 0),
    )


def closing(desk: Desk) -> Screen:
    """Two people close the day."""

    def fetch() -> Drawer:
        people = tuple(Counter(each.id, each.name) for each in staff(desk.store) if each.name)
        here = desk.signed_in()
        with desk.store.read() as db:
            return Drawer(people, here.staff if here else "", days.open_day(db), days.closed_days(db, limit=6))

    return ClosingScreen(
        ClosingPresenter(
            fetch=fetch,
            prove=lambda who, pin, tenge: room.prove_count(desk, who, pin, tenge),
            close=lambda first, second, left: actions.close_day(desk.journal, first=first, second=second, left=left),
            paper=lambda entry: room.print_day_report(desk, entry),
            move=lambda tenge: actions.move_cash(
                desk.journal, tenge=tenge, reason="change" if tenge > 0 else "handed-over", by=room.who(desk)
            ),
            correct=lambda entry, tenge, reason: actions.correct_day(
                desk.journal, closing=entry, tenge=tenge, reason=cast(CorrectionReason, reason), by=room.who(desk)
            ),
        )
    )


def honest_till(desk: Desk) -> Screen:
    """The box, its counts and what they say."""

    def fetch() -> BoxNow:
        person = desk.signed_in()
        with desk.store.read() as db:
            return BoxNow(
                days.open_box(db),
                days.box_counts(db),
                records.till_is_open(db),
                person is not None and person.role == "administrator",
            )

    return HonestTillScreen(
        HonestTillPresenter(
            fetch=fetch,
            count=lambda tenge: actions.count_box(desk.journal, counted=tenge, by=room.who(desk)),
            open=lambda open: actions.open_till(desk.journal, open=open, by=room.who(desk)),
        )
    )


def report(desk: Desk) -> Screen:
    """A month or a year."""
    today = local_date(desk.clock.now_ms())

    def save(told: Figures) -> str:
        return str(room.save_report(desk, told)[0].parent)

    return ReportScreen(
        ReportPresenter(
            fetch=lambda month, whole_year: room.figures(desk, month, whole_year=whole_year),
            paper=lambda told: room.print_report(desk, told),
            save=save,
            month=today.replace(day=1),
            today=today,
        )
    )


def prices(desk: Desk) -> Screen:
    """The price table."""
    return PricesScreen(
        PricesPresenter(
            fetch=lambda: room.table_today(desk),
            save=lambda typed, free, rules, blank: room.set_typed_table(desk, typed, free, rules, blank),
        )
    )
