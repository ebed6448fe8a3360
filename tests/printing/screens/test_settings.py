"""How shall it be printed? The price is there before anything prints, and follows every choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Sentence
from akimat_desk.ui.screen import Screen
from printing.flow import PrintDone
from printing.money.prices import Rate
from printing.rules import Options
from printing.screens.settings import SettingsScreen
from printing.spool import SpoolFull

from .conftest import PRICES, Next, PaperFlow, Person, flow_of, inspection  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def flow() -> PaperFlow:
    return flow_of()


@pytest.fixture
def person(person: Person, flow: PaperFlow) -> Person:
    person.comes_to(SettingsScreen(flow, after))
    return person


def after(done: PrintDone) -> Screen:
    return Next()


def test_the_plain_case_is_one_press(person: Person, flow: PaperFlow) -> None:
    assert person.window.topmost.focused() == "continue"
    assert {"60\u00a0₸", "3 pages, black and white"} <= set(person.sees())
    person.presses("continue")
    assert (flow.printed, person.screen) == ([Options()], "next")


def test_every_choice_changes_the_price_at_once(person: Person, flow: PaperFlow) -> None:
    for press, price in (
        ("copies-more", "120\u00a0₸"),
        ("colour-colour", "240\u00a0₸"),
        ("sides-long", "200\u00a0₸"),
        ("copies-less", "100\u00a0₸"),
        ("which-some", "You give the money to a member of staff."),
    ):
        before = person.sees()
        person.presses(press)
        assert (price in person.sees()) is (press != "which-some"), (press, before)


def test_without_a_price_it_says_so_instead_of_a_sum(person: Person, flow: PaperFlow) -> None:
    assert flow.prices is not None
    grey = [rate for rate in flow.prices.rates if rate.colour == "grey"]
    flow.prices = replace(flow.prices, rates=tuple(grey))
    flow.colour = "colour"
    person.window.rebuild()
    told = "There is no price for this yet: printing, A4, colour. Nothing was printed or charged."
    assert told in person.sees()


def test_typed_pages_are_priced_while_they_are_typed(person: Person, flow: PaperFlow) -> None:
    person.presses("which-some")
    assert "Write which pages to print, then the price is shown." in person.sees()
    person.types("pages", "1,3", key_by_key=True)
    assert (flow.pages_text, "40\u00a0₸" in person.sees()) == ("1,3", True)
    assert person.window.topmost.focused() == "pages"


def test_a_letter_in_the_middle_lands_in_the_middle(person: Person, flow: PaperFlow) -> None:
    person.presses("which-some")
    person.types("pages", "13")
    person.entry("pages").icursor(1)
    person.entry("pages").insert("insert", ",")
    person.sees()
    assert (flow.pages_text, person.entry("pages").index("insert")) == ("1,3", 2)


def test_a_choice_of_pages_that_cannot_be_is_told_at_the_field_and_kept(person: Person, flow: PaperFlow) -> None:
    person.presses("which-some")
    person.types("pages", "9", enter=True)
    assert person.screen == "printing.settings"
    at_the_field = "The document has no such page. Pages in it: 3."
    in_the_banner = at_the_field + " Choose pages that are in the document."
    assert {at_the_field, in_the_banner} <= set(person.sees())
    assert flow.pages_text == "9"
    person.presses("which-all")
    person.presses("continue")
    assert flow.printed == [Options()]


def test_colour_and_sides_are_asked_only_where_there_is_a_choice(person: Person) -> None:
    plain = flow_of(inspection(1, ()))
    person.comes_to(SettingsScreen(plain, after))
    assert [name for name in person.controls if name.startswith(("which", "colour", "sides"))] == []
    poor = flow_of()
    poor.can_colour = poor.can_both_sides = False
    person.comes_to(SettingsScreen(poor, after))
    assert [name for name in person.controls if name.startswith(("colour", "sides"))] == []


def test_the_page_is_drawn_in_the_colours_it_is_printed_in(person: Person, flow: PaperFlow) -> None:
    person.presses("page-after")
    person.presses("colour-colour")
    person.presses("page-before")
    assert flow.documents.drawn == [(1, True), (2, True), (2, False), (1, False)]  # type: ignore[attr-defined]


def test_in_large_print_the_price_stands_beside_the_choices_and_the_preview_is_left_out(
    person: Person, flow: PaperFlow
) -> None:
    drawn = len(flow.documents.drawn)  # type: ignore[attr-defined]
    person.window.show_as("en", 200, False)
    assert {"You pay", "60\u00a0₸", "3 pages"} <= set(person.sees())
    assert "page-after" not in person.controls
    person.presses("copies-more")
    assert "120\u00a0₸" in person.sees()
    person.presses("which-some")
    person.types("pages", "1-2")
    assert {"80\u00a0₸", "Sheets of paper", "4"} <= set(person.sees())
    assert len(flow.documents.drawn) == drawn  # type: ignore[attr-defined]
    person.window.show_as("en", 100, False)
    assert "page-after" in person.controls


def test_what_should_be_looked_at_is_said(person: Person) -> None:
    caution = inspection(message=Sentence("The file was damaged and has been repaired."))
    person.comes_to(SettingsScreen(flow_of(caution), after))
    assert "The file was damaged and has been repaired." in person.sees()


def test_a_full_disk_keeps_every_choice(person: Person, flow: PaperFlow) -> None:
    person.presses("copies-more")
    flow.print = _raise(SpoolFull())  # type: ignore[method-assign]
    person.presses("continue")
    assert any("disk is full" in words for words in person.sees())
    assert (person.screen, flow.copies) == ("printing.settings", 2)
    del flow.print
    person.presses("continue")
    assert flow.printed == [Options(copies=2)]


def test_once_it_is_in_the_queue_the_flow_holds_nothing_of_the_file(person: Person, flow: PaperFlow) -> None:
    person.presses("continue")
    assert (flow.file, flow.name, flow.inspection, flow.pictures) == (None, "", None, {})


def test_back_leads_back(person: Person) -> None:
    person.presses("back")
    assert person.screen == "home"


def _raise(error: AkimatDeskError):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def call() -> None:
        raise error

    return call


def test_a_large_page_comes_on_a_large_sheet_at_its_price_or_smaller(person: Person) -> None:
    flow = flow_of(inspection(coloured=(), sizes_mm=((420.0, 297.0),) * 3))
    flow.prices = PRICES.with_rates(PRICES.valid_from, [Rate("print", "A3", "grey", False, 50)])
    flow.can_sizes = ("A4", "A3")
    person.comes_to(SettingsScreen(flow, after))
    assert {"150\u00a0₸", "3 × A3"} <= set(person.sees())
    person.presses("size-A4")
    assert {"60\u00a0₸", "3"} <= set(person.sees())
    person.presses("size-A3")
    person.presses("continue")
    assert flow.printed == [Options(size="A3")]


def test_a_colour_file_several_on_a_side_and_both_sides_tells_its_sheets_and_price(
    person: Person, flow: PaperFlow
) -> None:
    """There are more choices than fit beside the page: the others come after one press, and the price stays."""
    flow = flow_of(inspection(12, (2, 3)))
    person.comes_to(SettingsScreen(flow, after))
    person.presses("colour-colour")
    person.presses("sides-long")
    person.presses("more")
    assert person.window.topmost.focused() == "more"
    person.presses("layout-two")
    said = person.sees()
    assert {"4 pages, black and white", "2 pages, colour", "Sheets of paper", "3", "200\u00a0₸"} <= set(said)
    assert "Side 1 of 6" in said
    person.presses("page-after")
    assert "Side 2 of 6" in person.sees()
    person.presses("more")
    assert "colour-colour" in person.controls
    person.presses("continue")
    assert flow.printed == [Options(sides="short", colour="colour", layout="two")]


def test_how_pages_lie_that_are_no_sheets_is_told_before_printing(person: Person) -> None:
    long = flow_of(inspection(2, (), sizes_mm=((216.0, 356.0), (210.0, 297.0))))
    person.comes_to(SettingsScreen(long, after))
    assert "1 page is larger than A4: it is made smaller to fit, 83% of its size." in person.sees()
    small = flow_of(inspection(2, (), sizes_mm=((148.0, 210.0),) * 2))
    person.comes_to(SettingsScreen(small, after))
    assert "2 pages are smaller than A4: they keep their size, in the middle of the sheet." in person.sees()
