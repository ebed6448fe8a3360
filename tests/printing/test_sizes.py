"""Which sheets a document is offered, and what it is printed on unless somebody chooses."""

from __future__ import annotations

from datetime import date

import pytest

from printing.devices.backend import A4, Capabilities
from printing.layout import Pages
from printing.money.prices import PriceTable, Rate
from printing.rules import Layout, Size
from printing.sizes import as_text, by_itself, from_text, offered, sheet_mm, sizes_of, with_price

SMALL, PLAIN, LETTER, LARGE = (148.0, 210.0), (210.0, 297.0), (216.0, 279.4), (420.0, 297.0)
ALL: tuple[Size, ...] = ("A4", "A3", "A5")


@pytest.mark.parametrize(
    ("ready", "can", "sizes"),
    [
        ((), (), ("A4",)),
        ((), (A4, "iso_a3_297x420mm"), ("A4", "A3")),
        ((A4,), (A4, "iso_a3_297x420mm"), ("A4",)),
        (("iso_a5_148x210mm", "na_letter_8.5x11in"), (), ("A4", "A5")),
    ],
    ids=["says nothing", "could take A3", "has A4 in its tray", "has A5 in its tray"],
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
