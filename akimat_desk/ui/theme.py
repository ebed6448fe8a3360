"""Colours as tokens, one (light, dark) pair each. A screen names tokens, never a hexadecimal value.

High contrast is the dark theme; there is no third one. `tests/ui/test_theme.py` computes every contrast the design
asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Token = Literal[
    "ground", "surface", "sunken", "row", "line", "edge", "ink", "ink2",
    "sky", "sky_down", "on_sky", "sky_tint",
    "gold", "gold_text", "gold_tint", "grass", "grass_tint", "clay", "clay_tint",
    "berry", "berry_tint", "dusk", "dusk_tint",
    "on_fill", "focus", "band", "motif", "diamond",
]  # fmt: skip

TOKENS: Final[Mapping[Token, tuple[str, str]]] = {
    "ground": ("#F5F0E6", "#11191D"),  # window, like felt
    "surface": ("#FFFDF9", "#1A252B"),  # tiles, cards, fields, header, footer
    "sunken": ("#EFE8DA", "#0C1215"),  # taken slot, read-only field, preview tray, track of a bar, veil of a dialog
    "row": ("#F8F4EC", "#202C33"),  # zebra row, hovered control
    "line": ("#DCD2C0", "#35454D"),  # separators only, never the edge of a control
    "edge": ("#82765F", "#82939A"),  # border of every control
    "ink": ("#17262D", "#F4EFE5"),
    "ink2": ("#4B585C", "#BAC3C4"),  # hints, units
    "sky": ("#0B5E78", "#74C7DC"),  # primary, selection, links
    "sky_down": ("#084A5F", "#9AD8E7"),
    "on_sky": ("#FFFFFF", "#06222B"),
    "sky_tint": ("#DCEDF1", "#15404E"),
    "gold": ("#A66A00", "#E8B552"),  # waiting, due soon: borders and icons; text is gold_text
    "gold_text": ("#704700", "#F3D08A"),
    "gold_tint": ("#FAEBCB", "#45350F"),
    "grass": ("#2D6A3E", "#8FCB98"),  # done, safe
    "grass_tint": ("#E2EFDF", "#1C3F27"),
    "clay": ("#9C3D17", "#F2A27E"),  # help, and only help
    "clay_tint": ("#FBE7DC", "#522715"),
    "berry": ("#A51D2D", "#FF9E9A"),  # error, overdue, erase
    "berry_tint": ("#FBE5E4", "#561C20"),
    "dusk": ("#5A4688", "#BBA9EA"),  # voting
    "dusk_tint": ("#EAE5F4", "#372C59"),
    "on_fill": ("#FFFFFF", "#1B0E08"),  # text on grass, clay, berry, dusk
    "focus": ("#17262D", "#FFFFFF"),
    "band": ("#0B5E78", "#15404E"),  # ornament; carries no meaning
    "motif": ("#5FA3B8", "#3F8598"),
    "diamond": ("#C98A1B", "#E8B552"),
}

Hue = Literal["sky", "grass", "gold", "dusk", "clay", "berry"]

CHIP: Final[Mapping[Hue, tuple[Token, Token]]] = {
    "sky": ("sky_tint", "sky"),
    "grass": ("grass_tint", "grass"),
    "gold": ("gold_tint", "gold_text"),
    "dusk": ("dusk_tint", "dusk"),
    "clay": ("clay_tint", "clay"),
    "berry": ("berry_tint", "berry"),
}
"""A hue's tint and the colour of icons and words on it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the two sets of colours: `theme["sky"]` is a value like "#0B5E78"."""

    dark: bool = False

    def __getitem__(self, token: Token) -> str:
        return TOKENS[token][self.dark]


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.2, definition)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
