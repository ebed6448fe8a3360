"""The contrast table of the design, computed."""

from __future__ import annotations

import pytest

from akimat_desk.ui.theme import CHIP, TOKENS, Theme, Token, contrast, luminance

TEXT, SHAPE = 4.5, 3.0

GROUNDS: tuple[Token, ...] = ("ground", "surface")
TINTS: tuple[Token, ...] = ("sky_tint", "gold_tint", "grass_tint", "clay_tint", "berry_tint", "dusk_tint")

WANTED: list[tuple[Token, Token, float]] = [
    *(("ink", on, TEXT) for on in (*GROUNDS, "sunken", "row", *TINTS)),
    *(("ink2", on, TEXT) for on in (*GROUNDS, "sunken", "row")),
    *(("edge", on, SHAPE) for on in (*GROUNDS, "sunken")),
    *((text, on, TEXT) for text in ("sky", "gold_text", "grass", "clay", "berry", "dusk") for on in GROUNDS),
    *((ink, tint, TEXT) for tint, ink in CHIP.values()),
    ("on_sky", "sky", TEXT),
    ("on_sky", "sky_down", TEXT),
    *(("on_fill", on, TEXT) for on in ("grass", "clay", "berry", "dusk")),
    ("edge", "sky_tint", SHAPE),
    ("sky", "sky_tint", SHAPE),
    ("gold", "gold_tint", SHAPE),
    *(("gold", on, SHAPE) for on in GROUNDS),
    *(("focus", on, SHAPE) for on in GROUNDS),
    ("ground", "ink", TEXT),  # the toast
    ("berry", "clay_tint", TEXT),  # the badge
]

PRINTED: list[tuple[Token, Token, float, float]] = [  # as design.md prints them: light, dark
    ("ink", "ground", 13.7, 15.5),
    ("ink", "surface", 15.3, 13.6),
    ("ink", "row", 14.2, 12.5),
    ("ink2", "ground", 6.5, 9.9),
    ("ink2", "surface", 7.3, 8.7),
    ("ink2", "sunken", 6.0, 10.5),
    ("edge", "ground", 3.9, 5.6),
    ("edge", "surface", 4.4, 4.9),
    ("edge", "sunken", 3.7, 5.9),
    ("edge", "sky_tint", 3.7, 3.5),
    ("sky", "ground", 6.4, 9.3),
    ("sky", "surface", 7.2, 8.1),
    ("sky", "sky_tint", 6.0, 5.8),
    ("on_sky", "sky", 7.3, 8.6),
    ("on_sky", "sky_down", 9.7, 10.5),
    ("gold_text", "gold_tint", 6.9, 8.0),
    ("gold", "gold_tint", 3.8, 6.3),
    ("grass", "grass_tint", 5.4, 6.2),
    ("clay", "clay_tint", 5.7, 6.2),
    ("berry", "berry_tint", 6.2, 6.7),
    ("dusk", "dusk_tint", 6.4, 6.0),
    ("on_fill", "grass", 6.5, 10.0),
    ("on_fill", "clay", 6.8, 9.2),
    ("on_fill", "berry", 7.5, 9.5),
    ("focus", "ground", 13.7, 17.8),
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), WANTED, ids=lambda value: str(value))
def test_everything_can_be_seen(ink: Token, on: Token, least: float, dark: bool) -> None:
    theme = Theme(dark)
    assert contrast(theme[ink], theme[on]) >= least


@pytest.mark.parametrize(("ink", "on", "light", "dark"), PRINTED, ids=lambda value: str(value))
def test_the_printed_table_is_right(ink: Token, on: Token, light: float, dark: float) -> None:
    computed = [round(contrast(Theme(d)[ink], Theme(d)[on]), 1) for d in (False, True)]
    assert computed == [light, dark]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


def test_every_token_is_a_pair_of_colours() -> None:
    for light, dark in TOKENS.values():
        for colour in (light, dark):
            assert len(colour) == 7
            assert int(colour[1:], 16) >= 0
