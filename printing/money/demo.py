"""A month of money in the demo village: documents, payments, free pages, the box, and closed days. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import KAZAKHSTAN, local_date
from akimat_desk.base.ids import uuid7
from akimat_desk.people.residents import find
from akimat_desk.people.staff import staff
from printing.entries import JOB_ENDED, JobEnded
from printing.money import days, records
from printing.money.entries import (
    BOX_COUNTED,
    CASH_MOVED,
    CHARGED,
    DAY_CLOSED,
    FREE_GIVEN,
    PAYMENT,
    REFUNDED,
    TILL_SET,
    WRITTEN_OFF,
    BoxCounted,
    CashMoved,
    Charged,
    Covered,
    DayClosed,
    FreeGiven,
    Payment,
    Refunded,
    TillSet,
    WhoseFree,
    WrittenOff,
)
from printing.money.prices import FreeRule, PriceTable, Rate, a4_rates

if TYPE_CHECKING:
    from akimat_desk.journal import Commit
    from akimat_desk.service import Desk

DAYS: Final = 40
"""Back from today; the last two calendar months have something."""
FLOAT: Final = 2_000
_HOURS: Final = (9, 10, 10, 11, 11, 11, 12, 14, 15, 15, 16, 17)


def prices(valid_from: date) -> PriceTable:
    """The demo village's price table."""
    rates = (
        *a4_rates(20, 80, 15, 70),
        Rate("print", "A3", "grey", False, 40),
        Rate("print", "A3", "colour", False, 160),
        Rate("copy", "A4", "grey", False, 20),
        Rate("copy", "A4", "colour", False, 80),
        Rate("scan", "A4", "grey", False, 10),
        Rate("scan", "A4", "colour", False, 10),
    )
    rules = (FreeRule("disability"), FreeRule("pupil", 20))
    return PriceTable(valid_from, rates, free_pages=3, rules=rules, blank_free=True)


def month(desk: Desk) -> None:
    """Some weeks of working days before today, each closed by two people, one of them with a coin too few.

    It takes two to close a day: where no staff are there is no money either.
    """
    rng = Random(4)
    people = [each.id for each in staff(desk.store)]
    if len(people) < 2:
        return
    residents = [each.id for each in find(desk.store, "", 40).residents]
    today = local_date(desk.clock.now_ms())
    working = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    drawer = 0
    for day in (day for day in working if day.weekday() < 5):
        with desk.journal.commit() as commit:
            if not drawer:
                facts = CashMoved(ms=_ms(day, 9), tenge=FLOAT, reason="change", by=people[0])
                commit.append(CASH_MOVED, facts)
                drawer = FLOAT
            taken = _day(commit, rng, day, people, residents)
        if day.weekday() in (1, 4):
            _count_box(desk, rng, day, people[0])
        short = 20 if day == working[-3] else 0
        _close(desk, day, people, drawer + taken - short)
        drawer = FLOAT


def open_box(desk: Desk) -> None:
    """From now on the money goes into the box. Called once the day's documents are there: these are owed."""
    person = next(iter(staff(desk.store)), None)
    if person is not None:
        desk.journal.append(TILL_SET, TillSet(open=True, by=person.id))


def _day(commit: Commit, rng: Random, day: date, people: list[str], residents: list[str]) -> int:
    """One day's documents; the cash that came into the drawer."""
    cash = 0
    for number in range(rng.randint(10, 22)):
        ms = _ms(day, rng.choice(_HOURS), rng.randint(0, 59))
        pages, coloured = rng.choice((1, 1, 2, 2, 3, 4, 6, 10)), rng.random() < 0.15
        work = rng.choices(("print", "copy", "scan"), (7, 3, 1))[0]
        price = 10 if work == "scan" else 80 if coloured else 20
        tenge, charge, honest = pages * price, uuid7(ms), work == "print" and rng.random() < 0.4
        code = f"{rng.randint(0, 9999):04}"
        if work != "print":
            colour_pages = pages if coloured else 0
            commit.append(
                CHARGED,
                Charged(
                    charge=charge,
                    ms=ms,
                    work="copy" if work == "copy" else "scan",
                    pages=pages,
                    sheets=pages if work == "copy" else 0,
                    colour_pages=colour_pages,
                    tenge=tenge,
                    code=code,
                    by=people[0],
                ),
            )
        else:
            commit.append(JOB_ENDED, _job(charge, ms, pages, coloured=coloured, tenge=tenge, honest=honest, code=code))
        if honest:
            continue
        owed = tenge
        if number % 9 == 4:
            rule = "disability" if number % 2 else "monthly"
            free = min(pages, 3) if rule == "monthly" else pages
            facts = FreeGiven(charge=charge, ms=ms, rule=rule, pages=free, tenge=free * price, by=people[0])
            whose = WhoseFree(resident=rng.choice(residents)) if rule == "monthly" else None
            commit.append(FREE_GIVEN, facts, whose)
            owed -= free * price
        if number == 7 and day.day % 6 == 0:
            commit.append(WRITTEN_OFF, WrittenOff(charge=charge, ms=ms, tenge=owed or 1, reason="left", by=people[1]))
        elif owed:
            given = -(-owed // 100) * 100
            commit.append(PAYMENT, Payment(charge=charge, ms=ms, tenge=owed, given=given, by=people[number % 2]))
            cash += owed
            if number == 5 and day.day % 5 == 0:
                commit.append(REFUNDED, Refunded(charge=charge, ms=ms, tenge=price, reason="bad-print", by=people[0]))
                cash -= price
    return cash


def _job(charge: str, ms: int, pages: int, *, coloured: bool, tenge: int, honest: bool, code: str) -> JobEnded:
    return JobEnded(
        job=charge,
        ended_ms=ms,
        outcome="printed",
        pages=pages,
        sheets=pages,
        grey_pages=0 if coloured else pages,
        colour_pages=pages if coloured else 0,
        copies=1,
        sides="one",
        colour="colour" if coloured else "grey",
        tenge=tenge,
        printer_count=pages if pages != 6 else 7,
        code=code,
        honest=honest,
    )


def _count_box(desk: Desk, rng: Random, day: date, by: str) -> None:
    """The box is counted: a little is missing, now and then a little too much lies in it."""
    with desk.store.read() as db:
        expected = days.open_box(db).expected
        covers = _covers(records.marks_now(db))
    share = rng.choice((0.8, 0.88, 0.93, 0.97, 1.0, 1.02))
    counted = round(expected * share / 10) * 10
    desk.journal.append(BOX_COUNTED, BoxCounted(ms=_ms(day, 17, 30), covers=covers, counted=counted, by=by))


def _close(desk: Desk, day: date, people: list[str], counted: int) -> None:
    with desk.store.read() as db:
        covers = _covers(records.marks_now(db))
    facts = DayClosed(
        day=day,
        ms=_ms(day, 18),
        covers=covers,
        first=people[0],
        second=people[1],
        first_counted=counted,
        second_counted=counted,
        left=FLOAT,
    )
    desk.journal.append(DAY_CLOSED, facts)


def _covers(marks: dict[records.Place, int]) -> tuple[Covered, ...]:
    return tuple(Covered(device=device, epoch=epoch, seq=seq) for (device, epoch), seq in sorted(marks.items()))


def _ms(day: date, hour: int, minute: int = 0) -> int:
    return round(datetime(day.year, day.month, day.day, hour, minute, tzinfo=KAZAKHSTAN).timestamp() * 1000)
