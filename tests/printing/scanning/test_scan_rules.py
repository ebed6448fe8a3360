"""What copying costs, where a card's frame lies, and how a frame moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.rules import Options
from printing.scanning.device import A4, Area, SourceAbilities, whole_picture
from printing.scanning.rules import (
    CARD,
    CARD_LOOK,
    LEAST_MM,
    card_frame,
    copy_quote,
    drawn,
    moved,
    resized,
    scan_price,
    true_dpi,
    turned,
)

from .conftest import PRICES  # type: ignore[import-not-found]

lengths = st.floats(-500, 500)


def test_copies_are_paid_by_page_and_colour_by_choice() -> None:
    grey = copy_quote(2, Options(copies=3), PRICES)
    assert (grey.pages, grey.sheets, grey.grey_pages, grey.colour_pages, grey.total) == (6, 6, 6, 0, 180)
    colour = copy_quote(3, Options(colour="colour", sides="long"), PRICES)
    assert (colour.pages, colour.sheets, colour.grey_pages, colour.colour_pages, colour.total) == (3, 2, 0, 3, 300)
    assert scan_price(4, "grey", PRICES) == 40


@pytest.mark.parametrize(
    ("pixels", "mm", "asked", "told", "true"),
    [
        (2480, 210, 300, 300, 300),
        (2480, 210, 300, None, 300),
        (2480, 210, 300, 72, 300),  # what cameras and lazy scanners write
        (1240, 210, 300, 150, 150),  # it scanned otherwise than asked, and says so
        (2480, 210, 300, 0, 300),
        (2480, 210, 300, 30_000, 300),
    ],
)
def test_the_sharpness_that_fits_the_length_is_believed(
    pixels: int, mm: float, asked: int, told: int | None, true: int
) -> None:
    assert true_dpi(pixels, mm, asked, told) == true


def test_a_card_is_framed_where_it_lies() -> None:
    frame, turns = card_frame((0.2, 0.2, 0.2 + 85.6 / 150, 0.2 + 54 / 110))
    assert (frame.left + frame.width / 2, frame.top + frame.height / 2) == pytest.approx((30 + 42.8, 22 + 27))
    assert frame.width > CARD[0]
    assert frame.height > CARD[1]
    assert turns == 0
    assert card_frame((0.9, 0.9, 1.0, 1.0))[0].left + frame.width == pytest.approx(CARD_LOOK.width)
    standing, turns = card_frame((0.1, 0.1, 0.1 + 54 / 150, 0.1 + 85.6 / 110))
    assert (standing.width, standing.height, turns) == (frame.height, frame.width, 1)
    again = turned(turned(frame, CARD_LOOK), CARD_LOOK)
    assert (again.left, again.top) == pytest.approx((frame.left, frame.top))


@given(lengths, lengths, lengths, lengths, lengths, lengths)
def test_no_frame_ever_leaves_the_glass_or_shrinks_to_nothing(
    x0: float, y0: float, x1: float, y1: float, right: float, down: float
) -> None:
    frame = drawn((x0, y0), (x1, y1), A4)
    for area in (frame, moved(frame, right, down, A4), resized(frame, right, down, A4)):
        assert area.left >= 0
        assert area.top >= 0
        assert area.left + area.width <= A4.width + 1e-6
        assert area.top + area.height <= A4.height + 1e-6
        assert min(area.width, area.height) >= LEAST_MM - 1e-6


def test_a_source_gives_the_nearest_it_has() -> None:
    source = SourceAbilities(200, 280, (75, 150, 300))
    assert [source.nearest(dpi) for dpi in (50, 100, 300, 1200)] == [75, 150, 300, 300]
    assert source.within(Area(190, 0, 50, 400)) == Area(190, 0, 10, 280)


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"\xff\xd8\xff\xe0....\xff\xd9", True),
        (b"\xff\xd8\xff\xe0....\xff\xd9\0\0", True),
        (b"\xff\xd8\xff\xe0....", False),
        (b"P5 2 2 255\n1234", True),
        (b"P5 2 2 255\n123", False),
        (b"P6\n# a\n# b 9\n1 1\n65535\n123456", True),
        (b"P6\n1 1\n65535\n12345", False),
        (b"P4\n9 2\n1234", True),
        (b"P4\n9 2\n123", False),
        (b"P5 99999999 2 255\n", False),
        (b"P5", False),
        (b"other", True),
    ],
)
def test_whether_a_picture_has_come_to_its_end(data: bytes, whole: bool) -> None:
    assert whole_picture(data) is whole
