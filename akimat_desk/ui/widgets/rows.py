"""A table's columns and rows as data, and where rows come from: a list, or a reader that is asked as they come into
sight.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from akimat_desk.ui.theme import Token

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Stage

BLOCK: Final = 200
"""Rows fetched at once."""

KEPT_BLOCKS: Final = 50


class Column(NamedTuple):
    """One column: `width` in design pixels; the one that stretches takes the room that is left.

    Where the table is too narrow, columns with the highest `spare` are left out first; 0 stays always.
    """

    key: str
    title: str
    width: int
    align: Literal["left", "right"] = "left"
    stretch: bool = False
    spare: int = 0
    words: Sequence[str] = ()
    """What a cell may say, where that is known: the column is as wide as the longest of these."""


class Row(NamedTuple):
    """One row: `cells` in the order of the columns, ready to be shown; `icon` in `colour` stands before the first."""

    key: str
    cells: Sequence[str]
    icon: str = ""
    colour: Token = "ink2"


class Rows(Protocol):
    """Where a table's rows come from."""

    def __len__(self) -> int: ...

    def get(self, start: int, stop: int, ready: Callable[[], None]) -> Sequence[Row | None]:
        """Rows `start` to `stop`; None for those still on the way, and `ready` is called when they are there."""
        ...


class ListedRows:
    """Rows that are all in memory."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, start: int, stop: int, ready: Callable[[], None]) -> Sequence[Row | None]:
        """See `Rows`."""
        return self._rows[start:stop]


class FetchedRows:
    """Rows read in blocks beside the screen as they come into sight; `fetch(start, stop)` may take its time."""

    def __init__(self, stage: Stage, count: int, fetch: Callable[[int, int], Sequence[Row]]) -> None:
        self._stage, self._count, self._fetch = stage, count, fetch
        self._blocks: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: set[int] = set()

    def __len__(self) -> int:
        return self._count

    def get(self, start: int, stop: int, ready: Callable[[], None]) -> Sequence[Row | None]:
        """See `Rows`."""
        found: list[Row | None] = []
        for block in range(start // BLOCK, max(start, stop - 1) // BLOCK + 1):
            first = block * BLOCK
            here = range(max(start, first), min(stop, first + BLOCK, self._count))
            rows = self._blocks.get(block)
            if rows is None:
                self._ask(block, ready)
                rows = self._blocks.get(block)
            if rows is None:
                found += [None] * len(here)
            else:
                self._blocks.move_to_end(block)
                found += [rows[n - first] if n - first < len(rows) else None for n in here]
        return found

    def _ask(self, block: int, ready: Callable[[], None]) -> None:
        if block in self._asked:
            return
        self._asked.add(block)

        def keep(rows: Sequence[Row]) -> None:
            self._asked.discard(block)
            self._blocks[block] = rows
            while len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
            ready()

        first = block * BLOCK
        self._stage.run(lambda: self._fetch(first, min(first + BLOCK, self._count)), keep, kind="read")
