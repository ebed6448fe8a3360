"""How office's pages are laid out: the list and what is done with the chosen one; cards side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.calendar.words import basis_of
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.card import Card, CardKind
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.surface import Box

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.calendar.basis import Basis, Mark
    from akimat_desk.ui.theme import Hue, Token


def halves(body: Box, stage: Stage) -> tuple[Box, Box]:
    """Two columns of one width; in large print one under the other."""
    beside = stage.layout != "large"
    left, right = Box(body), Box(body)
    body.columnconfigure(0, weight=1, uniform="halves" if beside else "")
    left.grid(row=0, column=0, sticky="nsew")
    if beside:
        body.columnconfigure(1, weight=1, uniform="halves")
    right.grid(row=0 if beside else 1, column=1 if beside else 0, sticky="nsew")
    return left, right


def panel(box: Box, kind: CardKind = "plain") -> Box:
    """A card across `box`, under what is there; put the content on it."""
    card = Card(box, kind)
    card.pack(fill="x")
    return card.body


MARKS: Final[Mapping[Mark, tuple[str, Token]]] = {
    "read": ("circle-check", "grass"),
    "unsourced": ("triangle-alert", "gold_text"),
    "local": ("info", "ink2"),
}
"""Icon and colour of a line by what it rests on."""
_REMARKS: Final[Mapping[Mark, tuple[str, Hue]]] = {
    "read": ("library", "grass"),
    "unsourced": ("triangle-alert", "gold"),
    "local": ("info", "sky"),
}


def basis_remark(box: Box, basis: Basis, t: Translator) -> None:
    """By which law it is, or that nobody has seen it, under what is there."""
    Remark(box, basis_of(basis, t), *_REMARKS[basis.mark]).pack(fill="x")


def table_height(stage: Stage, rows: int = 5) -> int:
    """The least height of a table, in pixels: head, `rows` rows and the last line, whatever the text size."""
    look = stage.look
    return (rows + 2) * max(look.px(36), look.line("body") + look.px(10)) + 4 * look.halo
