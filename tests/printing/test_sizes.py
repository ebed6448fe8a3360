"""Which sheets a document is offered, and what it is printed on unless somebody chooses."""

from __future__ import annotations

from datetime import date

import pytest

from printing.devices.backend import A4, Capabilities
from printing.layout import Pages
from printing.money.prices import PriceTable, Rate
from printing.rules import Layout, Options, Size
from printing.sizes import Fit, as_text, by_itself, fit, from_text, offered, sheet_mm, sizes_of, to_lay_out, with_price

SMALL, PLAIN, LETTER, LARGE = (148.0, 210.0), (210.0, 297.0), (216.0, 279.4), (420.0, 297.0)
ALL: tuple[Size, ...] = ("A4", "A3", "A5")


@pytest.mark.parametrize(
    ("ready", "can", "sizes"),
    [
        ((), (), ("A4",)),
        ((), (A4, "iso_a3_297x420mm"), ("A4", "A3")),
        ((), ("iso-a4", "iso-a5"), ("A4", "A5")),
        ((A4,), (A4, "iso_a3_297x420mm"), ("A4",)),
        (("iso_a5_148x210mm", "na_letter_8.5x11in"), (), ("A4", "A5")),
        (("na_letter_8.5x11in",), (A4, "na_letter_8.5x11in"), ("A4",)),
        ((), ("na_letter_8.5x11in",), ()),
    ],
    ids=[
        "says nothing",
        "could take A3",
        "says it in the old words",
        "has A4 in its tray",
        "has A5 in its tray",
        "its tray is set to Letter and it could take A4",
        "has no sheet of ours",
    ],
)
def test_what_lies_in_the_trays_is_believed(
    ready: tuple[str, ...], can: tuple[str, ...], sizes: tuple[Size, ...]
) -> None:
    assert sizes_of(Capabilities(name="x", media=can, media_ready=ready)) == sizes
    assert from_text(as_text(sizes)) == sizes


@pytest.mark.parametrize(
    ("pages", "chosen", "layout", "sizes", "itself"),
    [
        ((PLAIN, LETTER), (), "single", ("A4",), "A4"),
        ((PLAIN, LARGE), (), "single", ("A4", "A3"), "A3"),
        ((PLAIN, LARGE), (1,), "single", ("A4",), "A4"),
        ((PLAIN, PLAIN), (), "booklet", ("A4", "A3"), "A4"),
        ((SMALL, SMALL), (), "single", ("A4", "A5"), "A4"),
        ((SMALL, PLAIN), (), "single", ("A4",), "A4"),
        ((), (), "single", ("A4",), "A4"),
    ],
)
def test_a_sheet_is_offered_where_there_is_a_reason(
    pages: tuple[tuple[float, float], ...],
    chosen: tuple[int, ...],
    layout: Layout,
    sizes: tuple[Size, ...],
    itself: Size,
) -> None:
    file = Pages(len(pages), sizes_mm=pages)
    assert offered(file, chosen, layout, ALL) == sizes
    assert by_itself(file, chosen, layout, ALL) == itself
    assert by_itself(file, chosen, layout, ("A4",)) == "A4"


def test_what_has_no_price_is_not_offered() -> None:
    table = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)
    assert with_price(ALL, table) == ("A4",)
    assert with_price(ALL, table.with_rates(table.valid_from, [Rate("print", "A3", "grey", False, 50)])) == ("A4", "A3")


def test_a_sheet_of_whole_pixels_is_the_sheet_that_is_meant() -> None:
    assert sheet_mm(2480 / 300 * 25.4, 3508 / 300 * 25.4) == (210, 297)
    assert sheet_mm(215.9, 279.4) == (215.9, 279.4)


@pytest.mark.parametrize(
    ("page", "sheet", "lies"),
    [
        (PLAIN, "A4", Fit()),
        ((297.0, 210.0), "A4", Fit()),
        ((204.0, 290.0), "A4", Fit()),
        (LETTER, "A4", Fit(1, 97)),
        (LARGE, "A4", Fit(1, 70)),
        (LARGE, "A3", Fit()),
        (SMALL, "A4", Fit(amid=1)),
        (PLAIN, "A5", Fit(1, 70)),
        (PLAIN, "A3", Fit(amid=1)),
    ],
)
def test_pages_that_are_no_sheets_are_laid_on_them_and_never_made_larger(
    page: tuple[float, float], sheet: Size, lies: Fit
) -> None:
    file = Pages(2, sizes_mm=(page, page))
    assert fit(file, Options(pages=(2,), size=sheet)) == lies
    assert to_lay_out(file, Options(pages=(2,), size=sheet)) == (None if lies == Fit() else ((2,),))
    assert to_lay_out(file, Options(layout="two", size=sheet)) == ((1, 2),)


def test_of_a_file_of_unknown_sizes_nothing_is_said() -> None:
    assert (fit(Pages(2), Options()), to_lay_out(Pages(2), Options())) == (Fit(), None)
