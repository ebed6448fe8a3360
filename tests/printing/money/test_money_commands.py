"""`print price`, `print till`, `print report`: the same figures as the pages, for a person and for a program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as with_values

from akimat_desk.base.words import Translator
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import add_first_administrator, add_staff
from akimat_desk.service import Call, Desk, find_services
from akimat_desk.shell.opening import catalogues
from printing import actions as print_actions
from printing.entries import JOB_ENDED
from printing.money import actions, commands, days, room
from printing.money.actions import Counted
from printing.money.commands import MonthUnclear
from printing.money.prices import FreeRule, PricesMissing, PriceTable, PriceUnclear
from printing.money.screens import enter
from printing.money.screens.cash_desk_presenter import Item
from tests.printing.money.conftest import PIN, TABLE  # type: ignore[import-not-found]
from tests.printing.test_entries import LARGEST  # type: ignore[import-not-found]

DAY_MS = 86_400_000
Run = Callable[..., Any]


@pytest.fixture
def village(desk: Desk) -> Desk:
    """One document paid, one owed, one for the box; the day before them closed."""
    aigul = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN)
    marat = add_staff(desk.journal, by=aigul, name="Оспанов Марат", role="staff", pin="518306")
    desk = replace(desk, signed_in=lambda: aigul)
    print_actions.set_prices(desk.journal, replace(TABLE, free_pages=5, rules=(FreeRule("veteran"),)))
    small = {"pages": 2, "sheets": 2, "colour_pages": 0, "grey_pages": 2, "tenge": 40}
    now = desk.clock.now_ms()
    jobs = [{"job": "1" * 32}, {"job": "2" * 32, "code": "4821"}, {"job": "3" * 32, "honest": True}]
    for number, job in enumerate(jobs):
        desk.journal.append(JOB_ENDED, with_values(LARGEST, ended_ms=now, **small, **job))
        if number == 0:
            actions.take_payment(desk.journal, charge="1" * 32, given=100, by=aigul)
            actions.close_day(desk.journal, first=Counted(aigul.staff, 30), second=Counted(marat.id, 30), left=0)
    return desk


@pytest.fixture
def run(village: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """What a command says: its JSON with --json, else its lines."""

    def run(*typed: object, json_wanted: bool = True) -> Any:
        parser = argparse.ArgumentParser()
        commands.add(parser.add_subparsers())
        arguments = parser.parse_args([str(word) for word in typed])
        arguments.json = json_wanted
        words = Translator(catalogues(find_services()), "en")
        assert arguments.act(Call(arguments, words, village.home, village)) == 0
        told = capsys.readouterr().out
        return json.loads(told) if json_wanted else told

    return run


def test_the_prices_of_a_day(run: Run) -> None:
    told = run("price")
    assert (told["valid_from"], told["free_pages"], told["rules"]) == (
        "2026-01-01",
        5,
        [{"category": "veteran", "pages": None}],
    )
    assert "printing, A4, black and white, one side: 20\u00a0₸" in run("price", json_wanted=False)
    with pytest.raises(PricesMissing):
        run("price", "--on", "2025-12-31")
    with pytest.raises(MonthUnclear):
        run("price", "--on", "yesterday")


def test_the_till_tells_the_open_day_the_closed_ones_and_the_box(run: Run, tmp_path: Path) -> None:
    told = run("till", "--report", tmp_path / "day.pdf")
    assert (told["open_day"]["charged"], told["open_day"]["of_it_for_the_box"], told["open_day"]["owed"]) == (
        80,
        40,
        40,
    )
    (day,) = told["closed_days"]
    assert (day["drawer"]["expected"], day["first_counted"], day["difference"]) == (40, 30, -10)
    assert told["box"]["documents_since_the_last_count"] == 1
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")
    assert "Difference to the first count: −10\u00a0₸" in run("till", json_wanted=False)


def test_the_report_of_a_month_is_told_and_saved(run: Run, tmp_path: Path) -> None:
    told = run("report", "--month", "2026-11", "--save", tmp_path)
    assert (told["total"]["documents"], told["total"]["pages"], told["money"]["charged"]) == (3, 6, 120)
    assert [Path(file).name for file in told["files"]] == ["report-2026-11.pdf", "report-2026-11.csv"]
    # A spreadsheet reads Kazakh letters rightly only where the file begins with the mark.
    assert (tmp_path / "report-2026-11.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("report", "--year", "2026")["months"]["2026-11"]["documents"] == 3
    assert "November 2026" in run("report", json_wanted=False)


def test_the_cash_desk_lists_what_is_owed_and_not_what_goes_into_the_box(village: Desk) -> None:
    due = enter.due(village, today=False)
    assert [(item.code, item.due, item.grey) for item in due.items] == [("4821", 40, (2, 20))]
    assert (due.owed, [rule for rule, _ in due.rules]) == (40, ["monthly", "veteran"])
    everything = enter.due(village, today=True).items
    assert {item.state for item in everything} == {"owed", "settled"}


@pytest.mark.parametrize(
    ("grey_tenge", "grey", "colour"),
    [(75, (3, 25), (2, 90)), (None, (3, 20), (2, 97))],
    ids=["as it was charged", "an older program wrote the sum alone"],
)
def test_free_pages_are_split_by_what_the_document_cost_not_by_todays_price(
    village: Desk, grey_tenge: int | None, grey: tuple[int, int], colour: tuple[int, int]
) -> None:
    """Of an older entry the table of its own day tells: 20 a grey page, though today a page costs 60."""
    kinds = {"pages": 6, "sheets": 6, "grey_pages": 3, "colour_pages": 2, "tenge": 255, "grey_tenge": grey_tenge}
    now = village.clock.now_ms()
    village.journal.append(
        JOB_ENDED, with_values(LARGEST, job="4" * 32, code="7777", ended_ms=now - 2 * DAY_MS, honest=False, **kinds)
    )
    print_actions.set_prices(village.journal, PriceTable.of_a4(date(2026, 11, 20), 60, 200, 60, 200))
    (item,) = [item for item in enter.due(village, today=False).items if item.code == "7777"]
    assert (item.pages, item.grey, item.colour) == (6, grey, colour)


def test_a_price_table_is_set_as_it_was_typed(village: Desk) -> None:
    typed = {"print A4 grey": "25", "print A3 colour-two": "150", "scan A4 grey": ""}
    table = room.set_typed_table(village, typed, "3", {"pupil": "20", "veteran": ""}, blank_free=True).table
    assert [(rate.work, rate.size, rate.colour, rate.two_sided, rate.tenge) for rate in table.rates] == [
        ("print", "A3", "colour", True, 150),
        ("print", "A4", "grey", False, 25),
    ]
    assert (table.free_pages, table.rules, table.blank_free) == (3, (FreeRule("pupil", 20), FreeRule("veteran")), True)
    assert table.valid_from == date(2026, 11, 20)
    with pytest.raises(PriceUnclear):
        room.set_typed_table(village, {"print A4 grey": "x"}, "", {}, blank_free=False)


def test_the_receipt_and_the_report_of_the_day_wait_in_the_out_tray(village: Desk) -> None:
    room.print_receipt(village, actions.Paid("1" * 32, 40, 100, 60), "4821")
    with village.store.read() as db:
        (day,) = days.closed_days(db)
    room.print_day_report(village, day.entry)
    room.print_report(village, room.figures(village, date(2026, 11, 1), whole_year=False))
    waiting = OutTray(village.store, village.clock).papers()
    assert [(paper.title.msgid, paper.kind) for paper in waiting] == [
        ("Receipt", "receipt"),
        ("Report of the day", "sheet"),
        ("Report", "sheet"),
    ]


def test_an_item_tells_how_it_stands() -> None:
    item = Item("1" * 32, "1", 1, 0, 20)
    states = [
        replace(item, due=due, held=held).state for due, held in ((20, False), (20, True), (0, False), (-5, False))
    ]
    assert states == ["owed", "held", "settled", "over"]
