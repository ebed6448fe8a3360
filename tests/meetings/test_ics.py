"""The calendar file, read back by three programs' own readers to the same days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.calendar.law import by_law
from meetings.ics import Event, calendar_file
from meetings.rules import Order, Plan, Rule

from .readers import READERS, days_of

DAYS = by_law()
MADE_MS = 1_795_158_000_000


def event(plan: Plan, first: date, last: date, **more: object) -> Event:
    given: dict[str, object] = {
        "uid": "0192f0c0a1b27abc8def001122334455@akimat-desk",
        "sequence": 0,
        "title": "Тұрғындарды жеке қабылдау: ауыл әкімі",
        "place": "Абай көшесі, 1; 2-бөлме",
        "note": "",
        "rule": plan.rule,
        "start": 600,
        "end": 780,
        "until": last,
        "occurrences": plan.occurrences(first, last, DAYS),
        **more,
    }
    return Event(**given)  # type: ignore[arg-type]


def file_of(*events: Event) -> bytes:
    return calendar_file(events, name="Қабылдау", language="kk", made_ms=MADE_MS)


@pytest.mark.parametrize("reader", READERS)
def test_sixteen_years_of_third_fridays_are_read_back(reader: str) -> None:
    plan = Plan(Rule())
    one = event(plan, date(2020, 1, 1), date(2035, 12, 31))
    found = READERS[reader](file_of(one))
    assert days_of(found) == [each.held_on for each in one.occurrences]
    assert found[0] == datetime(2020, 1, 17, 4, 0, tzinfo=UTC)  # ten o'clock in Almaty, then UTC+6
    assert found[-1] == datetime(2035, 12, 21, 5, 0, tzinfo=UTC)


plans = st.builds(
    Rule,
    every=st.sampled_from(("month", "week")),
    weekday=st.integers(0, 4),
    nth=st.sampled_from((1, 2, 3, 4, -1)),
    shift=st.sampled_from(("next", "previous", "none", "hand")),
)


@st.composite
def plans_with_orders(draw: st.DrawFn) -> tuple[Plan, date, date]:
    rule, first = draw(plans), draw(st.dates(date(2024, 3, 1), date(2030, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 420)))
    named = [one.of for one in Plan(rule).occurrences(first, last, DAYS)]
    orders = {}
    for day in draw(st.lists(st.sampled_from(named), unique=True, max_size=4)) if named else []:
        to = draw(st.none() | st.integers(1, 3).map(lambda n, day=day: day + timedelta(days=n)))
        orders[day] = Order(day, to, "12", first)
    extra = draw(st.none() | st.dates(first, last))
    if extra and extra not in named:
        orders[extra] = Order(extra, extra, "13", first)
    return Plan(rule, orders), first, last


@settings(max_examples=60)
@given(plans_with_orders())
def test_any_plan_with_any_orders_is_read_back_by_all_to_the_days_it_is_held_on(
    given_plan: tuple[Plan, date, date],
) -> None:
    plan, first, last = given_plan
    one = event(plan, first, last)
    wanted = sorted(each.held_on for each in one.occurrences if each.held_on)
    for read in READERS.values():
        assert days_of(read(file_of(one))) == wanted if wanted else b"VEVENT" not in file_of(one)


def test_a_change_keeps_the_uid_and_raises_the_sequence_of_every_part() -> None:
    plan = Plan(Rule())
    before = file_of(event(plan, date(2025, 1, 1), date(2025, 12, 31)))
    after = file_of(event(plan, date(2025, 1, 1), date(2025, 12, 31), sequence=3))
    assert before.count(b"UID:0192f0c0a1b27abc8def001122334455@akimat-desk\r\n") == 2
    assert (before.count(b"SEQUENCE:0\r\n"), after.count(b"SEQUENCE:3\r\n")) == (2, 2)
    assert before.replace(b"SEQUENCE:0", b"SEQUENCE:3") == after


def test_several_series_lie_in_one_file() -> None:
    friday = event(Plan(Rule()), date(2027, 1, 1), date(2027, 3, 31))
    weekly = Plan(Rule(every="week", weekday=2))
    wednesday = event(weekly, date(2027, 1, 1), date(2027, 3, 31), uid="w@akimat-desk", start=840, end=900)
    wanted = sorted(one.held_on for each in (friday, wednesday) for one in each.occurrences if one.held_on)
    for read in READERS.values():
        assert days_of(read(file_of(friday, wednesday))) == wanted


def test_lines_are_folded_between_letters_and_texts_are_escaped() -> None:
    data = file_of(event(Plan(Rule()), date(2027, 1, 1), date(2027, 2, 1), title="Ә;,\\" + "қ" * 200, note="a\nb\x00"))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(line.decode() is not None for line in data.split(b"\r\n"))
    (vevent,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(vevent["SUMMARY"]) == "Ә;,\\" + "қ" * 200
    assert (str(vevent["DESCRIPTION"]), str(vevent["LOCATION"])) == ("a\nb", "Абай көшесі, 1; 2-бөлме")


def test_an_empty_plan_is_a_calendar_without_events() -> None:
    data = file_of(event(Plan(Rule()), date(2027, 1, 1), date(2027, 1, 2)))
    assert b"VEVENT" not in data
    assert READERS["icalendar"](data) == []
