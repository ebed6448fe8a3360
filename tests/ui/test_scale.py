"""How large things are on the PCs a village has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.ui.scale import GROWTHS, Scale, larger, smaller


@pytest.mark.parametrize(
    ("width", "height", "base"),
    [
        (1366, 768, 1.0),
        (1920, 1080, 1.40),
        (1280, 720, 0.90),
        (1280, 1024, 0.90),
        (1600, 900, 1.15),
        (2560, 1440, 1.85),
        (1024, 768, 0.70),
        (640, 480, 0.70),
    ],
)
def test_the_drawing_is_fitted_to_the_screen_in_steps_of_a_twentieth(width: int, height: int, base: float) -> None:
    assert Scale.fit(width, height).base == pytest.approx(base)


@pytest.mark.parametrize(("growth", "layout"), [(100, "wide"), (125, "mid"), (150, "mid"), (200, "large")])
def test_larger_text_changes_the_layout(growth: int, layout: str) -> None:
    assert Scale.fit(1366, 768, growth).layout == layout


def test_body_text_doubles_at_200_percent_and_paddings_stay() -> None:
    scale = Scale.fit(1366, 768, 200)
    assert [scale.text(size) for size in (15, 17, 20)] == [30, 34, 40]
    assert [scale.px(length) for length in (7, 24, 64)] == [7, 24, 64]


def test_headings_grow_by_two_thirds_of_that() -> None:
    assert [Scale.fit(1366, 768, 200).text(size) for size in (24, 28, 32, 44)] == [40, 47, 53, 73]


def test_a_length_over_nothing_is_never_nothing() -> None:
    scale = Scale.fit(640, 480)
    assert scale.px(0.2) == 1
    assert scale.px(0) == 0


def test_text_sizes_go_up_and_down_and_stop() -> None:
    assert [larger(growth) for growth in GROWTHS] == [125, 150, 200, 200]
    assert [smaller(growth) for growth in GROWTHS] == [100, 100, 125, 150]


@given(st.integers(640, 4000), st.integers(480, 2200), st.sampled_from(GROWTHS), st.integers(13, 60))
def test_larger_text_is_never_smaller_than_smaller_text(width: int, height: int, growth: int, size: int) -> None:
    scale = Scale.fit(width, height, growth)
    assert scale.text(size) <= scale.text(size + 1)
    assert Scale.fit(width, height, smaller(growth)).text(size) <= scale.text(size)
