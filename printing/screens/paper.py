"""What is told of the paper a document is printed on: how many sheets, and how pages of another size lie on them."""

from __future__ import annotations

from akimat_desk.base.locale import format_percent
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.surface import Box, Text
from printing.rules import Size
from printing.sizes import Fit


def sheets_of_paper(count: int, size: Size) -> str:
    """How many sheets; their size where it is not the one that everybody expects.

    >>> sheets_of_paper(3, "A4"), sheets_of_paper(3, "A3")
    ('3', '3 × A3')
    """
    return str(count) if size == "A4" else f"{count} × {size}"


def lying(t: Translator, fit: Fit, size: Size) -> str:
    """How pages that are no sheets of `size` lie on them; "" where all are."""
    if fit.smaller:
        return t.count(
            "{n} page is larger than {size}: it is made smaller to fit, {percent} of its size.",
            "{n} pages are larger than {size}: they are made smaller to fit, {percent} of their size.",
            fit.smaller,
            size=size,
            percent=format_percent(fit.percent, t.language),
        )
    if fit.amid:
        return t.count(
            "{n} page is smaller than {size}: it keeps its size, in the middle of the sheet.",
            "{n} pages are smaller than {size}: they keep their size, in the middle of the sheet.",
            fit.amid,
            size=size,
        )
    return ""


def told(box: Box, stage: Stage, words: str) -> None:
    """Say it, where there is something to say."""
    if words:
        Text(box, words, "hint", "gold_text", wrap=True, edge=True).pack(fill="x", pady=(0, stage.px(4)))
