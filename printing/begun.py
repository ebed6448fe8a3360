"""A document of which some sheets came out: what those cost, what is still to come, and what that costs. Pure.

Sheets are counted from the first of the first copy; a copy never begins on the back of another. Whatever is cut in two
here comes to the same in sum: no page is paid twice, and none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from printing.rules import Options, Quote, Sides, sheets_of

EMPTY: Final = 0
"""The place of a page where there is none."""


class SheetsOutside(Refused):
    """More sheets than were to come out, or fewer than none."""

    code = "sheets-outside"
    staff_text = N_("It was to take {most} sheets: so many at most can have come out.")
    next_text = N_("Count the sheets in the tray again.")


@dataclass(frozen=True, slots=True)
class Sheets:
    """One copy as it lies on paper: how many sides, and which of them (from 1) hold colour, and which nothing."""

    sides: int
    colour: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()


def to_come(sides: Sequence[tuple[int, ...]], options: Options) -> tuple[tuple[int, ...], ...]:
    """The sides of all copies that follow the first `options.out` sheets; `sides` are those of one copy.

    A copy that ends on the front of a sheet is followed by an empty back.
    """
    back = _backs(len(sides), options.sides)
    copy = (*sides, *[(EMPTY,) * len(sides[0])] * back)
    every = copy * options.copies
    return every[options.out * _per_sheet(options.sides) : len(every) - back]


def part(copy: Sheets, options: Options, whole: Quote, first: int, last: int | None = None) -> Quote:
    """What the sheets from `first` (from 0) until before `last` (or the end) come to, at the prices of `whole`."""
    sides = list(_sides(copy, options, first, last))
    colour = sum(side in copy.colour for side in sides) if options.colour == "colour" else 0
    if not whole.free_pages:
        free = coloured_free = 0
    else:
        empty = [side for side in sides if side in copy.blank]
        free = len(empty)
        coloured_free = sum(side in copy.colour for side in empty) if options.colour == "colour" else 0
    colour -= coloured_free
    grey = len(sides) - free - colour
    every = options.copies * sheets_of(copy.sides, options.sides)
    return replace(
        whole,
        pages=len(sides),
        sheets=(every if last is None else last) - first,
        grey_pages=grey,
        colour_pages=colour,
        total=grey * whole.grey_price + colour * whole.colour_price,
        free_pages=free,
    )


def _sides(copy: Sheets, options: Options, first: int, last: int | None) -> Iterator[int]:
    """The sides (from 1, in their copy) on those sheets."""
    per = _per_sheet(options.sides)
    whole = copy.sides + _backs(copy.sides, options.sides)
    until = whole * options.copies if last is None else last * per
    for place in range(first * per, until):
        side = place % whole + 1
        if side <= copy.sides:
            yield side


def _per_sheet(sides: Sides) -> int:
    return 1 if sides == "one" else 2


def _backs(sides: int, how: Sides) -> int:
    """Empty backs at the end of a copy of `sides` sides."""
    return -sides % _per_sheet(how)
