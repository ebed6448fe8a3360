"""The ornament is geometry: one drawing for the screen, the sheet and the receipt."""

from __future__ import annotations

from math import hypot
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.papers.ornament import Figure, band, band_svg, emblem, emblem_svg, flattened


def rounded(points: list[tuple[float, float]]) -> set[tuple[float, float]]:
    return {(round(x, 6) + 0.0, round(y, 6) + 0.0) for x, y in points}


def every_point(figure: Figure) -> list[tuple[float, float]]:
    return [point for stroke in figure.strokes for point in flattened(stroke)]


@pytest.mark.parametrize("full", [True, False])
def test_the_emblem_looks_the_same_from_four_sides_and_in_a_mirror(full: bool) -> None:
    points = rounded(every_point(emblem(full=full)))
    assert rounded([(48 - y, x) for x, y in points]) == points
    assert rounded([(48 - x, y) for x, y in points]) == points


@pytest.mark.parametrize("full", [True, False])
def test_the_emblem_fills_its_box_and_stays_inside(full: bool) -> None:
    figure = emblem(full=full)
    half = figure.strokes[0].width / 2
    furthest = max(x for x, _ in every_point(figure)) + half
    assert 46.9 < furthest <= 48


def test_only_the_full_emblem_has_the_last_curl() -> None:
    assert [len(stroke.curves) for stroke in emblem().strokes] == [7, 6] * 4
    assert [len(stroke.curves) for stroke in emblem(full=False).strokes] == [5, 4] * 4


def test_the_first_curl_is_a_half_circle_of_radius_5_times_the_units_scale() -> None:
    """Of the upper unit: centre (5, 10), put at 5.5 above the middle and scaled by 1.1."""
    stem_and_right = emblem().strokes[0]
    curl = list(flattened(stem_and_right))[12 : 3 * 12 + 1]
    centre = (24 + 5 * 1.1, 24 + 5.5 + 10 * 1.1)
    assert [round(hypot(x - centre[0], y - centre[1]), 2) for x, y in curl] == [5.5] * len(curl)


def test_the_stems_meet_under_the_diamond() -> None:
    figure = emblem()
    (diamond,) = figure.diamonds
    assert diamond.centre == (24, 24)
    feet = [stroke.start for stroke in figure.strokes[::2]]
    assert [round(hypot(x - 24, y - 24), 6) for x, y in feet] == [3.0] * 4
    assert diamond.half > 3


@pytest.mark.parametrize(("width", "units"), [(0, 0), (67, 0), (68, 2), (239, 6), (474, 14)])
def test_a_band_has_whole_periods_only(width: float, units: int) -> None:
    figure = band(width)
    assert len(figure.strokes) == 2 + 2 * units  # two lines, two strokes to a unit
    assert len(figure.diamonds) == (units + 1 if units else 0)


@given(st.floats(0, 1500))
def test_a_band_is_centred_and_inside(width: float) -> None:
    figure = band(width)
    for diamond in figure.diamonds:
        assert diamond.half <= diamond.centre[0] <= width - diamond.half
    if figure.diamonds:
        first, last = figure.diamonds[0].centre[0], figure.diamonds[-1].centre[0]
        assert round(first + last - width, 6) == 0
    assert all(0 <= y <= figure.height for _, y in every_point(figure))


SPACE = "{http://www.w3.org/2000/svg}"


def test_as_svg_it_has_the_size_and_the_colours_it_is_given() -> None:
    root = ElementTree.fromstring(emblem_svg(96, "#0B5E78", "#C98A1B"))  # noqa: S314 (our own text)
    assert root.attrib == {"width": "96", "height": "96", "viewBox": "0 0 48 48"}
    group = root.find(f"{SPACE}g")
    assert group is not None
    assert group.attrib["stroke"] == "#0B5E78"
    assert len(group) == 8
    square = root.find(f"{SPACE}polygon")
    assert square is not None
    assert square.attrib == {"points": "29.2,24 24,18.8 18.8,24 24,29.2", "fill": "#C98A1B"}


def test_a_small_emblem_on_the_screen_leaves_out_the_last_curl() -> None:
    assert emblem_svg(95, "#000", "#000").count("C") == emblem_svg(96, "#000", "#000").count("C") - 16


def test_a_band_on_the_screen_fills_its_strip() -> None:
    root = ElementTree.fromstring(band_svg(1366, 24, "#0B5E78", "#5FA3B8", "#C98A1B"))  # noqa: S314 (our own text)
    assert root.attrib == {"width": "1366", "height": "24", "viewBox": "0 0 1252.167 22"}
    assert len(root.findall(f"{SPACE}polygon")) == 41
