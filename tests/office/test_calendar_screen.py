"""The calendar's page: a month to look at, an order written down after it was told what moves, and the terms of law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.calendar.days import Decree, WorkingDays
from akimat_desk.calendar.records import calendar, decrees
from akimat_desk.office import working_days
from akimat_desk.office.demo import PIN
from akimat_desk.office.screens.enter_calendar import the_calendar
from akimat_desk.people.staff import NotAtWork, add_staff
from akimat_desk.service import Desk, Service
from akimat_desk.ui.widgets.month_grid import MonthGrid

from .conftest import Seen

pytestmark = pytest.mark.screen

ORDER = Decree(date(2026, 12, 18), "off", "796", date(2026, 11, 2), "government", date(2026, 12, 20))


def grid(seen: Seen) -> MonthGrid:
    found = seen.page.controls["month"]
    assert isinstance(found, MonthGrid)
    return found


def of(desk: Desk) -> list[Decree]:
    return [replace(one, seen=()) for one in decrees(desk.store)]


def open_order(office: Desk, seen: Seen) -> None:
    """The form about Friday 18 December 2026."""
    seen.show(the_calendar(office), "en")
    seen.press("later")
    grid(seen).choose(17)
    seen.press("order")


def test_the_month_of_today_is_shown_and_why_its_days_are_off(office: Desk, seen: Seen) -> None:
    seen.show(the_calendar(office), "en")
    assert "November 2026" in seen.texts
    assert grid(seen).chosen == "2026-11-20"
    seen.press("later")
    grid(seen).choose(15)
    assert {"December 2026", "A day off: Independence Day.", "Working days in the month: 22"} <= set(seen.texts)
    seen.press("today")
    assert grid(seen).chosen == "2026-11-20"


def test_arrows_go_on_in_the_next_month_and_stop_where_the_calendar_ends(office: Desk, seen: Seen) -> None:
    seen.show(the_calendar(office), "en")
    grid(seen).choose(29)
    grid(seen).choose(30)  # one day beyond November
    assert (grid(seen).chosen, "December 2026" in seen.texts) == ("2026-12-01", True)
    grid(seen).choose(-7)
    assert grid(seen).chosen == "2026-11-24"


def test_a_coming_year_says_that_its_orders_are_not_known(office: Desk, seen: Seen) -> None:
    seen.show(the_calendar(office), "en")
    for _ in range(2):
        seen.press("later")
    assert any(text.startswith("Orders of 2027") for text in seen.texts)


def test_an_order_is_written_down_with_its_other_day(office: Desk, seen: Seen) -> None:
    open_order(office, seen)
    assert seen.field("day").value == "18.12.2026"
    for line, text in (("other", "20.12.2026"), ("order", " 796 "), ("ordered_on", "2.11.2026")):
        seen.type(line, text)
    seen.press("save")
    assert "No planned date moves by it." in seen.texts
    assert of(office) == []
    seen.press("danger")
    assert of(office) == [ORDER, replace(ORDER, day=date(2026, 12, 20), state="worked", other=date(2026, 12, 18))]
    assert (grid(seen).chosen, calendar(office.store).is_working(date(2026, 12, 20))) == ("2026-12-18", True)
    seen.press("order")
    seen.press("take-back")
    seen.press("danger")
    assert of(office) == []


def test_what_would_move_is_told_and_an_order_that_is_cancelled_is_not_written(
    office: Desk, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moves(desk: Desk, before: WorkingDays, after: WorkingDays) -> Sequence[Sentence]:
        return [Sentence("Reception: now {old}, then {new}", {"old": "18.12", "new": "21.12"})]

    monkeypatch.setattr(working_days, "moves_of_this_test", moves, raising=False)
    service = Service("test", "Test", 1, moves="akimat_desk.office.working_days:moves_of_this_test")
    open_order(replace(office, services=(service,)), seen)
    for line, text in (("order", "796"), ("ordered_on", "02.11.2026")):
        seen.type(line, text)
    seen.press("save")
    assert any("Reception: now 18.12, then 21.12" in text for text in seen.texts)
    seen.press("safe")
    assert of(office) == []
    assert seen.field("order").value == "796"


@pytest.mark.parametrize(
    ("line", "text"), [("day", "31.02.2026"), ("other", "18.12.2026"), ("order", ""), ("ordered_on", "yesterday")]
)
def test_a_wrong_line_is_told_where_it_stands_and_nothing_is_lost(
    office: Desk, seen: Seen, line: str, text: str
) -> None:
    open_order(office, seen)
    typed = {"other": "20.12.2026", "order": "796", "ordered_on": "02.11.2026", line: text}
    for name, value in typed.items():
        seen.type(name, value)
    seen.press("save")
    assert (seen.page.focused(), bool(seen.field(line).error)) == (line, True)
    assert {name: seen.field(name).value for name in typed} == typed
    assert of(office) == []


def test_all_that_is_missing_is_told_at_once(office: Desk, seen: Seen) -> None:
    open_order(office, seen)
    seen.press("save")
    assert [name for name in ("day", "other", "order", "ordered_on") if seen.field(name).error] == [
        "order",
        "ordered_on",
    ]
    assert seen.page.focused() == "order"


def test_only_staff_write_orders_down(office: Desk) -> None:
    person = office.signed_in()
    assert person is not None
    trainer = add_staff(office.journal, by=person, name="Мұратов Ерлан", role="trainer", pin=PIN)
    with pytest.raises(NotAtWork):
        working_days.write_down(replace(office, signed_in=lambda: replace(person, staff=trainer.id)), [ORDER])
    assert of(office) == []


def test_terms_without_a_source_say_so(office: Desk, seen: Seen) -> None:
    seen.show(the_calendar(office), "en")
    seen.press("terms")
    assert "Without a source: 3" in seen.texts
    seen.choose("terms", 4)
    assert any(text.endswith("No source found. Let a lawyer check it.") for text in seen.texts)
    seen.press("back")
    assert "November 2026" in seen.texts


@pytest.mark.parametrize("page", ["month", "order", "terms"])
def test_it_looks_right_in_every_language_and_size(office: Desk, seen: Seen, page: str) -> None:
    if page == "order":
        open_order(office, seen)
    else:
        seen.show(the_calendar(office))
        if page == "terms":
            seen.press("terms")
    assert seen.wrong() == {}
