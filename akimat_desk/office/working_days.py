"""The calendar as staff look at it, and what they do with it: write an order down, after seeing what it would move."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import Sentence
from akimat_desk.calendar import actions
from akimat_desk.calendar.actions import Decreed
from akimat_desk.calendar.records import calendar, calendar_of, unsettled_of
from akimat_desk.calendar.terms import TERMS, Term, deadline
from akimat_desk.office.actions import signed_in
from akimat_desk.people.staff import working_here
from akimat_desk.service import load

if TYPE_CHECKING:
    from akimat_desk.calendar.days import Day, Decree
    from akimat_desk.service import Desk


@dataclass(frozen=True, slots=True)
class Month:
    """One month, day by day."""

    today: date
    days: tuple[Day, ...]
    unsettled: frozenset[date] = frozenset()
    """The days about which two PCs wrote down different orders."""

    @property
    def worked(self) -> int:
        """How many of its days are worked."""
        return sum(day.working for day in self.days)


@dataclass(frozen=True, slots=True)
class TermNow:
    """A term of law, and where it ends when it begins today."""

    term: Term
    ends: date


def month(desk: Desk, year: int, number: int) -> Month:
    """A month of the desk's calendar (blocks). Raises `YearUnknown`."""
    with desk.store.read() as db:
        days, unsettled = calendar_of(db), unsettled_of(db)
    length = months.monthrange(year, number)[1]
    looked = tuple(days.look(date(year, number, day)) for day in range(1, length + 1))
    return Month(local_date(desk.clock.now_ms()), looked, unsettled)


def terms(desk: Desk) -> tuple[TermNow, ...]:
    """The terms of law, counted from today (blocks)."""
    days, today = calendar(desk.store), local_date(desk.clock.now_ms())
    return tuple(TermNow(one, deadline(one, today, days)) for one in TERMS)


def preview(desk: Desk, decrees: Sequence[Decree]) -> tuple[Sentence, ...]:
    """What an order would move of every service's plans (blocks). Raises `OrderForm`, `SwapForm`, `YearUnknown`."""
    actions.check(decrees)
    before = calendar(desk.store)
    after = before.with_decrees(*decrees)
    return tuple(said for each in desk.services if each.moves for said in load(each.moves)(desk, before, after))


def write_down(desk: Desk, decrees: Sequence[Decree]) -> Decreed:
    """Write an order down, in the name of whoever has signed in. Raises `NotAtWork`, and as `preview`."""
    person = signed_in(desk)
    with desk.journal.commit() as commit:
        working_here(commit.db, person)
        return actions.write_down(commit, decrees, by=person.staff)
