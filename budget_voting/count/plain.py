"""Ballots that only name projects, as most do: read and put together by arrays.

Every ballot that is not wholly as it should be goes through the reader of single ballots, which says what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

import numpy as np

from budget_voting.count.ballots import LINES_KEPT, Ballots, Fault, Group, Read, Written, group_of
from budget_voting.count.cells import Cells, Names
from budget_voting.count.support import Ints, Named, alike


def gather_plain(
    cells: Cells,
    column: int,
    names: Names,
    allowed: range,
    read: Callable[[str, str], Read],
    twice: Sequence[int],
    first_line: int,
    longest: int | None,
) -> Ballots:
    """Group equal ballots of a column of a table; as `ballots.gather` does with their texts.

    `allowed` is how many projects a ballot may name; `twice` are the lines of voters who have given one already.
    """
    many, lines = len(names.known), len(cells)
    lengths, begins, ends = cells.parts(column)
    found, known = names.find(cells, begins, ends)
    rows = np.repeat(np.arange(lines), lengths)
    places = rows * many + found
    odd = (lengths < allowed.start) | (lengths >= allowed.stop)
    odd[rows[~known]] = True
    places = _sorted(places[~odd[rows]] if odd.any() else places)
    odd[places[1:][places[1:] == places[:-1]] // many] = True
    odd[list(twice)] = True
    rest = _Odd(cells, column, np.flatnonzero(odd).tolist(), read, frozenset(twice))
    if rest.lines:
        more = [line * many + member for line, members in rest.valid() for member in members]
        places = _sorted(np.concatenate([places[~odd[places // many]], np.array(more, np.int64)]))
    rows = places // many
    named = Named(rows, places - rows * many, None)
    lengths = np.bincount(rows, minlength=lines)
    ends = np.cumsum(lengths)
    able = np.flatnonzero(lengths)
    kinds, first = alike(named, ends - lengths, ends, able)
    speaks = np.zeros(lines, np.bool_)
    speaks[able[first]] = True
    row_of = np.full(lines, -1)
    row_of[able] = kinds
    starts = np.concatenate([[0], np.cumsum(lengths[speaks])])
    times = np.bincount(kinds, minlength=len(first))
    valid = Group(starts, named.projects[speaks[rows]], None, times)
    most = longest or int(lengths.max(initial=0))
    told = tuple(islice(((first_line + line, fault) for line, fault in rest.faults()), LINES_KEPT))
    wrong = Counter(fault for _, fault in rest.faults())
    return Ballots(valid, rest.group(), rest.blank(), wrong, told, 1, most, Forms(cells, column, row_of))


def _sorted(places: Ints) -> Ints:
    return np.sort(places) if (places[1:] < places[:-1]).any() else places


class _Odd:
    """Ballots that are read one by one."""

    def __init__(
        self,
        cells: Cells,
        column: int,
        lines: list[int],
        read: Callable[[str, str], Read],
        twice: frozenset[int],
    ) -> None:
        self.lines, self.twice = lines, twice
        self.texts = cells.texts(column, lines)
        self.reads = {text: read(text, "") for text in set(self.texts)}

    def __iter__(self) -> Iterator[tuple[int, Read]]:
        """Each line with what it says; of a voter's second ballot it is not told what it says."""
        for line, text in zip(self.lines, self.texts, strict=True):
            yield line, Read((), None, Fault.VOTER_TWICE) if line in self.twice else self.reads[text]

    def valid(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The lines of valid ones with what they name."""
        return ((line, one.members) for line, one in self if one.fault is None)

    def faults(self) -> Iterator[tuple[int, Fault]]:
        """The lines of the others with what is wrong."""
        return ((line, one.fault) for line, one in self if one.fault is not None)

    def blank(self) -> int:
        """Valid ones that name nothing."""
        return sum(1 for _, members in self.valid() if not members)

    def group(self) -> Group:
        """Those with a fault that name a project."""
        times = Counter(one.members for _, one in self if one.fault is not None and one.members)
        return group_of(list(times), None, list(times.values()), 1)


class Forms(Mapping[str | Written, int]):
    """The row of each valid written ballot; made when it is first asked for, as a count does not."""

    def __init__(self, cells: Cells, column: int, row_of: Ints) -> None:
        self._cells, self._column, self._row_of = cells, column, row_of

    @cached_property
    def _rows(self) -> dict[str | Written, int]:
        texts = self._cells.texts(self._column)
        return {text: row for text, row in zip(texts, self._row_of.tolist(), strict=True) if row >= 0}

    def __getitem__(self, form: str | Written) -> int:
        return self._rows[form]

    def __iter__(self) -> Iterator[str | Written]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
