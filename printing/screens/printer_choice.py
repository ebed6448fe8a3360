"""Which printer: the first that can, or one by its name. A few are shown, the others after one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from akimat_desk.base.words import Translator
from akimat_desk.ui.widgets.option_row import Option
from printing.actions import NoneCan
from printing.release import PrinterChoice
from printing.rules import Options
from printing.sizes import can

FEW: Final = 3
"""Shown at first, where there are more than one beyond them: room for two rows of two."""
MORE: Final = "more"


def able(printers: Sequence[PrinterChoice], options: Options) -> tuple[PrinterChoice, ...]:
    """Those that can print so."""
    return tuple(each for each in printers if can(each, options))


def none_can(printers: Sequence[PrinterChoice], options: Options) -> NoneCan | None:
    """What is told where there are printers, and none of them can print so."""
    return NoneCan(options) if printers and not able(printers, options) else None


def choices(
    t: Translator, printers: Sequence[PrinterChoice], chosen: int, *, every: bool, itself: bool = True
) -> list[Option]:
    """What can be pressed: "0" is the first that can (`itself`), `MORE` shows `every` one. The chosen one is there."""
    found = [Option(str(each.id), each.name) for each in few(printers, chosen, every=every, room=FEW - itself)]
    rest = len(printers) - len(found)
    first = [Option("0", t("The first that can"))] if itself else []
    return [*first, *found, *([Option(MORE, t.button("{n} more", n=rest), "chevron-down")] if rest else [])]


def few(printers: Sequence[PrinterChoice], chosen: int, *, every: bool, room: int = FEW) -> tuple[PrinterChoice, ...]:
    """The first of `printers` and the `chosen` one; all where only one more is left, or `every` one is wanted."""
    if every or len(printers) <= room + 1:
        return tuple(printers)
    shown = list(printers[:room])
    return (*shown, *(each for each in printers[room:] if each.id == chosen))


def on_choice(key: str, choose: Callable[[str], object], show_every: Callable[[], object]) -> None:
    """Do what the pressed one of `choices` says."""
    if key == MORE:
        show_every()
    else:
        choose(key)
