"""The window of printing's screens, and a village's money as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from akimat_desk.people.sign_in import WrongPin
from akimat_desk.ui.screen import Screen
from printing.money.actions import Counted, Done, Given, Paid
from printing.money.days import ClosedDay, FreeLine, Sums
from printing.money.days import Drawer as Books
from printing.money.ledger import Allowance, Balance, change_of
from printing.money.records import Span
from printing.money.screens.cash_desk_presenter import CashDeskPresenter, Due, Item, Person
from printing.money.screens.closing_presenter import ClosingPresenter, Counter, Drawer
from printing.money.screens.honest_till import BoxNow, HonestTillPresenter
from printing.money.screens.prices import PricesPresenter
from printing.money.screens.report import ReportPresenter
from printing.money.statistics import Cash, Faults, Figures, Tally
from printing.money.till import BoxCount
from tests.printing.money.conftest import TABLE  # type: ignore[import-not-found]
from tests.printing.screens.conftest import (  # type: ignore[import-not-found]  # noqa: F401 - fixtures
    Next,
    _the_window,
    person,
    window,
)

MS = 1_795_158_000_000
AIGUL, MARAT = Counter("a" * 32, "Сәдуақасова Айгүл"), Counter("b" * 32, "Оспанов Марат")
OWED = Item("1" * 32, "4821", 7, MS, 140, Balance(charged=140), grey=(7, 20))
HELD = Item("2" * 32, "5930", 2, MS, 40, held=True, expected=40, grey=(2, 20))
PAID = Item("3" * 32, "1007", 3, MS, 0, Balance(charged=60, paid=60))
OVER = Item("4" * 32, "2212", 3, MS, -60, Balance(paid=60))
RULES = (("monthly", "Free pages of the month"), ("veteran", "Veteran"))
PERSON = Person("7" * 32, "Тілеуов Ербол")


@dataclass
class Till:
    """A cash desk that keeps what was done."""

    items: tuple[Item, ...] = (OWED, HELD, PAID, OVER)
    did: list[tuple[Any, ...]] = field(default_factory=list)

    def note(self, what: str) -> Any:
        return lambda *given: self.did.append((what, *given))

    def pay(self, item: Item, given: int) -> Paid:
        self.did.append(("pay", item.code, given))
        self.items = tuple(each for each in self.items if each is not item)
        return Paid(item.charge, item.due, given, change_of(item.due, given))

    def free(self, item: Item, rule: str, resident: str) -> Given:
        self.did.append(("free", item, rule, resident))
        return Given(item.charge, Allowance(2, 40))

    def presenter(self) -> CashDeskPresenter:
        return CashDeskPresenter(
            fetch=lambda today: Due(self.items, sum(max(0, item.due) for item in self.items), RULES),
            pay=self.pay,
            free=self.free,
            refund=self.note("refund"),
            write_off=self.note("write off"),
            find=lambda typed: [PERSON],
            receipt=self.note("receipt"),
            close_day=Next,
            box=Next,
        )


SUMS = Sums(12, 40, 900, 60, (FreeLine("monthly", 2, 6, 120),), 40, Books(2_000, 400, 60, -150), 100)
DAY = ClosedDay("e" * 32, date(2026, 11, 20), MS, AIGUL.id, MARAT.id, 2_190, 2_190, 2_000, SUMS, (), Span())


@dataclass
class Day:
    """A day to close; the PIN is 274093."""

    did: list[tuple[Any, ...]] = field(default_factory=list)

    def prove(self, staff: str, pin: str, tenge: int) -> Counted:
        if pin != "274093":
            raise WrongPin(left=4)
        return Counted(staff, tenge)

    def close(self, first: Counted, second: Counted, left: int) -> Done:
        self.did.append(("close", first.tenge, second.tenge, left))
        return Done("f" * 32)

    def presenter(self) -> ClosingPresenter:
        return ClosingPresenter(
            fetch=lambda: Drawer((AIGUL, MARAT), AIGUL.id, SUMS, (DAY, replace(DAY, entry="d" * 32))),
            prove=self.prove,
            close=self.close,
            paper=lambda entry: self.did.append(("paper", entry)),
            move=lambda tenge: self.did.append(("move", tenge)),
            correct=lambda *given: self.did.append(("correct", *given)),
        )


def box_of(*counts: BoxCount, waiting: int = 3) -> HonestTillPresenter:
    now = BoxNow(BoxCount(0, (20,) * waiting, 0), counts, open=True, may_open=True)
    return HonestTillPresenter(lambda: now, lambda tenge: None, lambda open: None)


TALLY = Tally(40, 160, 120, 20, 4_000)
BOXES = tuple(BoxCount(MS + n * 86_400_000, (20, 40, 60) * 6, 600 + 40 * n, 20 * (n % 2)) for n in range(4))
FIGURES = Figures(
    begin=date(2026, 11, 1),
    end=date(2026, 12, 1),
    total=TALLY,
    works=(("copy", TALLY), ("print", TALLY)),
    days=((date(2026, 11, 2), TALLY), (date(2026, 11, 20), TALLY)),
    hours=(*(0,) * 9, 3, 7, 12, 4, 0, 5, 9, 6, 2, *(0,) * 6),
    cash=Cash(4_000, 120, 3_600, 40, 60, 2_900),
    free=(FreeLine("monthly", 20, 80, 1_600), FreeLine("veteran", 5, 40, 800)),
    faults=Faults(2, 3, 1, 4),
    boxes=BOXES,
)


def report_of(figures: Figures = FIGURES) -> ReportPresenter:
    today = date(2026, 11, 24)
    return ReportPresenter(
        lambda month, whole_year: figures,
        lambda told: None,
        lambda told: "reports",
        today.replace(day=1),
        today,
    )


def prices_of() -> PricesPresenter:
    return PricesPresenter(lambda: TABLE, lambda *given: None)


__all__ = ["Next", "Screen"]
