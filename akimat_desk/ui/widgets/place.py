"""Where a record is safe: on this PC alone, on the main PC, in the region; or that somebody should look at it."""

from __future__ import annotations

import tkinter
from typing import Final

from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.widgets.facts import IconFact

PLACES: Final = {
    "here": ("save", N_("only on this PC so far")),
    "host": ("cloud-check", N_("on the main PC")),
    "region": ("cloud-check", N_("in the region")),
    "attention": ("triangle-alert", N_("needs attention: see “PCs of the room”")),
}
"""Icon and words, by `journal.receipts.Place`."""


class PlaceFact(IconFact):
    """The line a record's card ends with. In a room of one PC there is no place, and no line."""

    def __init__(self, master: tkinter.Misc, t: Translator, place: str) -> None:
        icon, words = PLACES[place]
        super().__init__(master, icon, "sky", t("Saved"), t(words))
