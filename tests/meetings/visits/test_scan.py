"""The QR code of a ticket is read like a keyboard's keys, wherever the keyboard stands, under any layout."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal.numbers import Number
from akimat_desk.papers.receipt import Code
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.visits import actions, room, scan
from meetings.visits.number import called
from meetings.visits.screens import enter
from meetings.visits.ticket import Ticket, receipt
from tests.meetings.visits.conftest import DECEMBER, Seen, asking

KAZAKH = str.maketrans("1234567890", '"әіңғ,.үұқ')


@given(st.dates(date(2020, 1, 1), date(2099, 1, 1)), st.integers(1, 99_999), st.lists(st.integers(0, 21), max_size=5))
def test_what_is_printed_is_read_under_every_layout(day: date, value: int, prefix: list[int]) -> None:
    number = called(Number(tuple(prefix), value))
    digits = scan.content(day, number, "058214")
    for text in (digits, f"{digits}\n", digits.translate(KAZAKH), digits.translate(KAZAKH).upper()):
        assert scan.read(text) == scan.Scanned(number, "058214", day)
    for end in range(12, len(digits)):  # a reader types one digit after the other
        assert scan.read(digits[:end]) is None


@given(st.integers(0, 21), st.integers(1, 9))
def test_one_digit_that_was_misread_opens_nothing(at: int, by: int) -> None:
    digits = scan.content(DECEMBER, "А-06", "058214")
    wrong = f"{digits[:at]}{(int(digits[at]) + by) % 10}{digits[at + 1 :]}"
    assert scan.read(wrong) is None


@pytest.mark.parametrize("text", ["А-06 582 140", " a6  582140", "№ 06 582140\n"])
def test_a_number_with_its_code_may_be_pasted(text: str) -> None:
    found = scan.pasted(text)
    assert found is not None
    assert (found.number, found.secret) in (("А-06", "582140"), ("-06", "582140"))


@pytest.mark.parametrize("text", ["", "582 140", "900101300012", "А-06", "https://egov.kz/qr", "😀", "2026", "9" * 22])
def test_what_is_no_ticket(text: str) -> None:
    assert scan.pasted(text) is None


def qr_of(desk: Desk, ticket: Ticket) -> str:
    (code,) = [line for line in receipt(ticket, desk.words, 0).lines if isinstance(line, Code)]
    return code.data


def reads(seen: Seen, text: str) -> None:
    """A code reader types, and presses Enter."""
    for sign in [*text, "Return"]:
        there = seen.window.root.focus_get() or seen.window.root
        names = {'"': "quotedbl", ",": "comma", ".": "period"}
        there.event_generate("<Key>", keysym=names.get(sign, sign), when="tail")
        seen.window.root.update()
    assert seen.texts


@pytest.mark.screen
@pytest.mark.parametrize("at", ["number", "code", "back"])
def test_a_code_reader_fills_in_both_fields_wherever_the_keyboard_is(open_room: Desk, seen: Seen, at: str) -> None:
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    seen.show(enter.own(open_room), "en")
    seen.window.focus(at)
    reads(seen, qr_of(open_room, ticket))
    assert {"Your ticket", "at 10:00", "А-01"} <= set(seen.texts)


@pytest.mark.screen
def test_staff_go_to_the_ticket_that_is_read_and_nothing_is_pressed(
    open_room: Desk, administrator: SignedIn, seen: Seen
) -> None:
    tickets = [room.book(open_room, asking(open_room, 600 + 15 * n, n)).ticket for n in range(1, 4)]
    seen.show(enter.visits(open_room), "en")
    seen.window.focus("book")
    reads(seen, qr_of(open_room, tickets[2]))
    assert seen.table("visits").chosen == tickets[2].visit.id
    assert "Bookings" in seen.texts  # Enter has pressed no button
    actions.cancel(open_room.journal, tickets[0].visit.id)
    seen.show(enter.visits(open_room), "en")
    reads(seen, qr_of(open_room, tickets[0]))
    assert "Ticket А-01 is not in this list." in " ".join(seen.texts)
