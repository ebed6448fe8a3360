"""Terms of law: where each was read, and on which day it ends."""

from __future__ import annotations

from datetime import date

import pytest

from akimat_desk.calendar.basis import Basis
from akimat_desk.calendar.days import Decree
from akimat_desk.calendar.law import by_law
from akimat_desk.calendar.terms import TERMS, Term, TermUnknown, deadline, registered_on, term


def test_an_appeal_is_considered_in_fifteen_working_days() -> None:
    appeal = term("appeal")
    assert (appeal.length, appeal.unit, appeal.basis.article, appeal.basis.unsourced) == (
        15,
        "working days",
        "76",
        False,
    )
    assert deadline(appeal, date(2026, 12, 1), by_law()) == date(2026, 12, 23)


def test_what_comes_on_a_day_off_is_registered_on_the_next_worked_day() -> None:
    assert registered_on(date(2025, 3, 22), by_law()) == date(2025, 3, 26)
    assert deadline(term("forwarding"), date(2025, 3, 22), by_law()) == date(2025, 3, 31)


def test_a_day_off_that_is_ordered_later_corrects_the_deadline() -> None:
    order = Decree(date(2026, 12, 18), "off", "1", date(2026, 12, 1), "government")
    assert deadline(term("appeal"), date(2026, 12, 1), by_law().with_decrees(order)) == date(2026, 12, 24)


def test_months_and_calendar_days_end_on_a_worked_day() -> None:
    months = Term("m", "m", 2, "months", Basis("law"))
    assert deadline(months, date(2025, 12, 31), by_law()) == date(2026, 3, 2)  # 28 February 2026 is a Saturday
    days = Term("d", "d", 30, "calendar days", Basis("law"))
    assert deadline(days, date(2026, 2, 6), by_law()) == date(2026, 3, 10)  # 8 March is a Sunday, 9 moved


def test_a_term_has_a_source_and_the_day_it_was_read_or_says_that_it_has_none() -> None:
    assert len({one.key for one in TERMS}) == len(TERMS)
    for one in TERMS:
        basis = one.basis
        assert bool(basis.source) == bool(basis.checked) == bool(basis.article) == (not basis.unsourced)


def test_a_term_that_is_not_there_is_told() -> None:
    with pytest.raises(TermUnknown):
        term("forever")
