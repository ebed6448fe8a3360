"""Closed days and counted boxes: each line in exactly one of them, whatever the clock says and whenever it arrives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.journal import Journal
from akimat_desk.people.staff import SignedIn
from printing.money import actions, days
from printing.money.actions import Counted, DayUnknown, NothingToClose, OnePersonTwice
from printing.money.records import Span, joined

from .conftest import Print  # type: ignore[import-not-found]


def close(journal: Journal, first: SignedIn, second: SignedIn, counted: int, left: int = 0) -> str:
    one, two = Counted(first.staff, counted), Counted(second.staff, counted)
    return actions.close_day(journal, first=one, second=two, left=left).entry


def closed(journal: Journal) -> tuple[days.ClosedDay, ...]:
    with journal.store.read() as db:
        return days.closed_days(db)


def test_a_day_is_closed_by_two_people_and_shows_what_is_missing(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print
) -> None:
    actions.move_cash(journal, tenge=2_000, reason="change", by=aigul)
    for tenge in (140, 60):
        actions.take_payment(journal, charge=printed(tenge // 20, tenge), given=200, by=aigul)
    printed(2, 40)
    one, two = Counted(aigul.staff, 2_190), Counted(marat.staff, 2_180)
    actions.close_day(journal, first=one, second=two, left=2_000)
    (day,) = closed(journal)
    assert (day.sums.drawer.expected, day.difference) == (2_200, -10)
    assert (day.first_counted, day.second_counted, day.left) == (2_190, 2_180, 2_000)
    assert (day.sums.documents, day.sums.pages, day.sums.charged, day.sums.owed) == (3, 12, 240, 40)


def test_one_person_is_not_two(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    printed(1, 20)
    with pytest.raises(OnePersonTwice):
        close(journal, aigul, aigul, 0)


def test_an_empty_day_is_not_closed(journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print) -> None:
    with pytest.raises(NothingToClose):
        close(journal, aigul, marat, 0)
    actions.take_payment(journal, charge=printed(7, 140), given=140, by=aigul)
    close(journal, aigul, marat, 140, left=40)
    with pytest.raises(NothingToClose):
        close(journal, aigul, marat, 40)


def test_the_next_day_begins_with_what_was_left(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print
) -> None:
    actions.take_payment(journal, charge=printed(7, 140), given=140, by=aigul)
    close(journal, aigul, marat, 140, left=100)
    actions.take_payment(journal, charge=printed(1, 20), given=20, by=aigul)
    with journal.store.read() as db:
        assert days.open_day(db).drawer == days.Drawer(before=100, taken=20, given_back=0, moved=0)


def test_a_closed_day_stays_and_a_correction_says_so(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print
) -> None:
    charge = printed(7, 140)
    actions.take_payment(journal, charge=charge, given=140, by=aigul)
    entry = close(journal, aigul, marat, 120)
    before = closed(journal)[0].sums.drawer
    actions.refund(journal, charge=charge, tenge=140, reason="bad-print", by=aigul)  # falls into the open day
    actions.correct_day(journal, closing=entry, tenge=20, reason="coin-found", by=marat)
    day = closed(journal)[0]
    assert day.sums.drawer == before
    assert [(each.tenge, each.reason, each.by) for each in day.corrections] == [(20, "coin-found", marat.staff)]
    with pytest.raises(DayUnknown):
        actions.correct_day(journal, closing="9" * 32, tenge=20, reason="coin-found", by=marat)


def test_a_clock_turned_back_over_midnight_and_month_end_loses_no_coin(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print, clock: FixedClock
) -> None:
    taken = []
    for moment in ((2026, 12, 1, 0, 1), (2026, 11, 30, 23, 59), (2026, 12, 1, 0, 2), (2026, 10, 31, 12, 0)):
        clock.turn_to(datetime(*moment, tzinfo=KAZAKHSTAN))
        for _ in range(2):
            actions.take_payment(journal, charge=printed(7, 140), given=140, by=aigul)
        close(journal, aigul, marat, 280)
        taken.append(closed(journal)[0].sums.drawer.taken)
    assert taken == [280, 280, 280, 280]
    assert [day.difference for day in closed(journal)] == [0, 0, 0, 0]


def test_days_are_the_same_after_a_replay(journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print) -> None:
    for _ in range(3):
        actions.take_payment(journal, charge=printed(7, 140), given=140, by=aigul)
        close(journal, aigul, marat, 140)
    before = closed(journal)
    journal.replay()
    assert closed(journal) == before


def test_the_box_is_counted_against_what_was_printed_for_it(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    first, _ = printed(3, 60, honest=True), printed(1, 20)
    printed(2, 40, honest=True)
    actions.write_off(journal, charge=first, tenge=20, reason="bad-print", by=aigul)
    actions.count_box(journal, counted=70, by=aigul)
    later = printed(5, 100, honest=True)
    actions.take_payment(journal, charge=later, given=100, by=aigul)  # paid at the desk after all
    actions.count_box(journal, counted=10, by=aigul)
    with journal.store.read() as db:
        one, two = days.box_counts(db)
        waiting = days.open_box(db)
    assert (one.prices, one.missing, one.over, one.written_off) == ((40, 40), 10, 0, 20)
    assert (two.prices, two.missing, two.over) == ((0,), 0, 10)
    assert waiting.prices == ()


MARKS = st.dictionaries(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 2)), st.integers(1, 9))


@given(st.lists(MARKS, max_size=5), st.integers(1, 12))
def test_every_place_is_in_exactly_one_closing_or_open(closings: list[Any], seq: int) -> None:
    """In whatever order closings of several PCs come to lie, each line belongs to the first that covers it."""
    place, before, holding = ("a", 1), dict[Any, int](), []
    for number, marks in enumerate(closings):
        span = Span(before, joined([before, marks]))
        if span.after.get(place, 0) < seq <= (span.to or {}).get(place, 0):
            holding.append(number)
        before = joined([before, marks])
    is_open = seq > before.get(place, 0)
    assert len(holding) + is_open == 1
