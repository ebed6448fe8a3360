"""The cells of a large table, found in its bytes by arrays: a city's ballots are not cut into a hundred thousand texts.

Texts of up to eight bytes are one number, longer ones a few. Equal numbers are equal texts, because no text has a byte
of zero in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.support import Flags, Ints

Words = NDArray[np.uint64]
LONGEST: Final = 64
"""Texts of more bytes are left to Python."""
_SPARE: Final = LONGEST + 8
_FIRST: Final = np.array([(1 << 8 * n) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
"""Masks of a word's first bytes."""


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are surely UTF-8: those beyond ASCII are, and none of them stands alone."""
    if raw.isascii():
        return True
    places = np.flatnonzero(np.frombuffer(raw, np.uint8) >= 0x80)
    beyond = np.frombuffer(raw, np.uint8)[places]
    later = np.flatnonzero((beyond & 0xC0) == 0x80)
    try:
        beyond.tobytes().decode()
    except UnicodeDecodeError:
        return False
    return bool((places[later] == places[later - 1] + 1).all())


def with_plain_ends(raw: bytes) -> bytes:
    """The same lines, ended by one byte each."""
    if b"\r" not in raw:
        return raw
    letters = np.frombuffer(raw, np.uint8)
    places = np.flatnonzero(letters == ord("\r"))
    if places[-1] + 1 < len(raw) and (letters[places + 1] == ord("\n")).all():
        kept: bytes = letters[letters != ord("\r")].tobytes()
        return kept
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A table of lines with the same number of cells. `marks` are the places of ";", "," and line ends in `body`;
    `ends[line, column]` is which of them ends that cell."""

    body: bytes
    marks: Ints
    ends: Ints

    @classmethod
    def of(cls, body: bytes, width: int) -> Cells | None:
        """The cells of a table without its last line end; None where a line has more or fewer cells."""
        letters = np.frombuffer(body, np.uint8)
        marked = letters == ord(";")
        marked |= letters == ord(",")
        marked |= letters == ord("\n")
        marks = np.append(np.flatnonzero(marked), len(body))
        kinds = np.append(letters[marks[:-1]], ord("\n"))
        ends = np.flatnonzero(kinds != ord(","))
        if len(ends) % width:
            return None
        table = ends.reshape(-1, width)
        if np.count_nonzero(kinds == ord("\n")) != len(table) or (kinds[table[:, -1]] != ord("\n")).any():
            return None
        return cls(body, marks, table)

    def __len__(self) -> int:
        return len(self.ends)

    def edges(self, column: int) -> tuple[Ints, Ints]:
        """Where the cells of a column begin and end."""
        return self._begin(column), self.marks[self.ends[:, column]]

    def parts(self, column: int) -> tuple[Ints, Ints, Ints]:
        """How many parts with commas between the cells of a column have, and where all these begin and end."""
        last = self.ends[:, column]
        before = self._before(column)
        lengths = last - before
        if int(lengths.sum()) + (self.ends.shape[1] - 1) * len(self) == len(self.marks):
            inside = np.ones(len(self.marks), np.bool_)  # no other column has a comma
            inside[np.delete(self.ends, column, 1)] = False
            which = np.flatnonzero(inside)
        else:
            offsets = np.cumsum(lengths) - lengths
            which = np.arange(int(lengths.sum())) + np.repeat(before + 1 - offsets, lengths)
        begins = self.marks[which - 1] + 1
        begins[which == 0] = 0
        return lengths, begins, self.marks[which]

    def _before(self, column: int) -> Ints:
        """The mark before each cell of a column; -1 where there is none."""
        if column:
            return self.ends[:, column - 1]
        return np.append(-1, self.ends[:-1, -1])

    def _begin(self, column: int) -> Ints:
        before = self._before(column)
        return np.where(before >= 0, self.marks[before] + 1, 0)

    def texts(self, column: int, lines: Sequence[int] | None = None) -> list[str]:
        """The cells of a column as they are written, of all lines or some."""
        begins, ends = self.edges(column)
        if lines is not None:
            begins, ends = begins[lines], ends[lines]
        cells = zip(begins.tolist(), ends.tolist(), strict=True)
        return [self.body[begin:end].decode() for begin, end in cells]

    def line(self, place: int) -> str:
        """One line."""
        begin = int(self._begin(0)[place]) if place else 0
        return self.body[begin : int(self.marks[self.ends[place, -1]])].decode()

    def words(self, begins: Ints, ends: Ints) -> list[Words]:
        """The texts between such places as numbers, first bytes first; as many for each as the longest needs.

        Raises ValueError where one has more than `LONGEST` bytes.
        """
        lengths = ends - begins
        longest = int(lengths.max(initial=0))
        if longest > LONGEST:
            raise ValueError("a text is too long")
        padded = self.body + bytes(_SPARE)
        every = np.ndarray((len(self.body) + LONGEST,), "<u8", padded, 0, (1,))
        found = [every[begins] & _FIRST[np.minimum(lengths, 8)]]
        for done in range(8, longest, 8):
            found.append(every[begins + done] & _FIRST[np.clip(lengths - done, 0, 8)])
        return found

    def differ(self, column: int) -> bool:
        """Whether the texts of a column surely differ from each other, spaces at their edges left aside."""
        begins, ends = self.edges(column)
        if not len(begins):
            return True
        letters = np.frombuffer(self.body + b" ", np.uint8)
        for edge in (letters[begins], letters[np.maximum(ends - 1, 0)]):
            if ((edge <= ord(" ")) | (edge >= 0x80)).any():
                return False
        try:
            mixed = np.sort(_mixed(self.words(begins, ends), 0))
        except ValueError:
            return False
        return bool((mixed[1:] != mixed[:-1]).all())


def _mixed(words: Sequence[Words], seed: int) -> Words:
    """One number for several; equal for equal ones, nearly always different for others."""
    factors = np.random.default_rng(seed).integers(1, 2**63, len(words), np.uint64) * np.uint64(2) + np.uint64(1)
    total: Words = words[0] * factors[0]
    for word, factor in zip(words[1:], factors[1:], strict=True):
        total += (word ^ (word >> np.uint64(29))) * factor
    return total


class Names:
    """Finds the places of known names."""

    def __init__(self, names: Sequence[bytes]) -> None:
        self.longest = max(map(len, names))
        wide = (self.longest + 7) // 8
        padded = b"".join(each.ljust(8 * wide, b"\0") for each in names)
        self.known = np.frombuffer(padded, "<u8").reshape(len(names), wide)
        self.bits = min(20, max(8, 2 * len(names).bit_length()))
        for self.seed in count():
            slots = self._slots([self.known[:, n] for n in range(wide)])
            if len(np.unique(slots)) == len(names):
                break
            if self.seed % 16 == 15:
                self.bits += 1
        self.table = np.full(1 << self.bits, -1, np.int64)
        self.table[slots] = np.arange(len(names))

    @classmethod
    def of(cls, names: Sequence[str]) -> Names | None:
        """The names, all different; None where there are none, or where one is too long or empty."""
        encoded = [name.encode() for name in names]
        return cls(encoded) if encoded and all(0 < len(each) <= LONGEST for each in encoded) else None

    def _slots(self, words: Sequence[Words]) -> Words:
        slots: Words = _mixed(words, self.seed) >> np.uint64(64 - self.bits)
        return slots

    def find(self, cells: Cells, begins: Ints, ends: Ints) -> tuple[Ints, Flags]:
        """The place of the name that stands between such places, and whether one does."""
        fits = ends - begins <= self.longest
        words = cells.words(begins, np.where(fits, ends, begins))
        none = np.zeros(len(begins), np.uint64)
        words += [none] * (self.known.shape[1] - len(words))
        found = self.table[self._slots(words)]
        known = fits & (found >= 0)
        for n, word in enumerate(words):
            known &= self.known[found, n] == word
        return found, known
