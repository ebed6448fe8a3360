"""Ballots that only name projects, as most do: read and put together by arrays.

Every ballot that is not wholly as it should be goes through the reader of single ballots, which says what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np

from budget_voting.count.ballots import LINES_KEPT, Ballots, Fault, Group, Read, Written, gather_forms, group_of
from budget_voting.count.cells import Cells, Names
from budget_voting.count.kinds import ONE, Places, Words, mixed, surely
from budget_voting.count.support import Flags, Ints

SAMPLE: Final = 64
"""So many ballots are looked at to tell whether a vote has few different ones."""


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
    lengths, begins, ends = cells.parts(column)
    found, known = names.find(cells, begins, ends)
    starts = np.cumsum(lengths) - lengths
    sets = _Sets.of(found, starts, len(names))
    odd = (lengths < allowed.start) | (lengths >= allowed.stop) | (sets.sizes() != lengths)
    if not known.all():
        odd |= ~np.logical_and.reduceat(known, starts)
    odd[list(twice)] = True
    rest = _Odd(cells, column, np.flatnonzero(odd).tolist(), read, frozenset(twice))
    sets.put(odd, rest.valid())
    able = np.flatnonzero(sets.sizes())
    kinds, first = sets.kinds(able)
    row_of = np.full(len(cells), -1)
    row_of[able] = kinds
    starts, members = sets.members(able[first])
    valid = Group(starts, members, None, np.bincount(kinds, minlength=len(first)))
    most = longest or int(np.diff(starts).max(initial=0))
    told = tuple(islice(((first_line + line, fault) for line, fault in rest.faults()), LINES_KEPT))
    wrong = Counter(fault for _, fault in rest.faults())
    return Ballots(valid, rest.group(), rest.blank(), wrong, told, 1, most, Forms(cells, column, row_of))


def gather_alike(
    cells: Cells,
    column: int,
    read: Callable[[str, str], Read],
    twice: Sequence[int],
    first_line: int,
    longest: int | None,
) -> Ballots | None:
    """Group equal ballots where most are written like others, so that few are read at all; None where it is not so."""
    sample = range(0, len(cells), -(-len(cells) // SAMPLE))
    if len(set(cells.texts(column, sample))) * 2 > len(sample) or (found := cells.kinds(column)) is None:
        return None
    kinds, first = found
    texts = cells.texts(column, first.tolist())
    times = np.bincount(kinds, minlength=len(first)) - np.bincount(kinds[list(twice)], minlength=len(first))

    def lines(wrong: Mapping[str | Written, Fault]) -> Iterator[tuple[int, Fault]]:
        flawed = np.array([text in wrong for text in texts])[kinds]
        flawed[list(twice)] = True
        repeated = frozenset(twice)
        for line in np.flatnonzero(flawed).tolist():
            yield first_line + line, Fault.VOTER_TWICE if line in repeated else wrong[texts[kinds[line]]]

    return gather_forms(dict(zip(texts, times.tolist(), strict=True)), read, len(twice), lines, longest)


@dataclass(frozen=True, slots=True, eq=False)
class _Sets:
    """A set of projects for each line, a bit for each project: 64 of them in each array of words."""

    words: tuple[Words, ...]

    @classmethod
    def of(cls, found: Ints, starts: Ints, many: int) -> _Sets:
        """The projects `found`, line after line from `starts`; no line is without one."""
        bits = ONE << (found & 63).astype(np.uint64)
        if many <= 64:
            return cls((np.bitwise_or.reduceat(bits, starts),))
        which = found >> 6
        parts = (np.where(which == n, bits, np.uint64(0)) for n in range((many + 63) // 64))
        return cls(tuple(np.bitwise_or.reduceat(part, starts) for part in parts))

    def put(self, lines: Flags, valid: Iterable[tuple[int, tuple[int, ...]]]) -> None:
        """Empty the sets of some lines, and give lines others."""
        for word in self.words:
            word[lines] = 0
        for line, members in valid:
            for member in members:
                self.words[member >> 6][line] |= np.uint64(1 << (member & 63))

    def sizes(self) -> Ints:
        """How many projects each line has."""
        return sum((np.bitwise_count(word) for word in self.words), start=np.zeros(len(self.words[0]), np.int64))

    def kinds(self, able: Places) -> tuple[Places, Places]:
        """For each of the lines `able` the number of its set; for each set the place in `able` of its first line."""
        words = [word[able] for word in self.words]
        return surely(
            lambda seed: mixed(words, seed),
            lambda kinds, first: all((word == word[first][kinds]).all() for word in words),
        )

    def members(self, lines: Places) -> tuple[Ints, Ints]:
        """Where each of some lines begins in all they have, with the end, and what they have: projects in order."""
        starts = np.zeros(len(lines) + 1, np.int64)
        np.cumsum(self.sizes()[lines], out=starts[1:])
        members = np.empty(int(starts[-1]), np.int64)
        free = starts[:-1].copy()
        for n, word in enumerate(self.words):
            left, rows = word[lines], np.arange(len(lines))
            while len(rows):
                rows, left = rows[left != 0], left[left != 0]
                lowest = left & -left
                members[free[rows]] = np.bitwise_count(lowest - ONE) + 64 * n
                free[rows] += 1
                left ^= lowest
        return starts, members


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
