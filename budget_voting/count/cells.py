"""The cells of a large table, found in its bytes by arrays: a city's ballots are not cut into a hundred thousand texts.

Texts of up to eight bytes are one number, longer ones a few. Equal numbers are equal texts, because no text has a byte
of zero in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.kinds import Places, Words, mixed, surely
from budget_voting.count.support import Flags, Ints

LONGEST: Final = 64
"""Texts of more bytes are left to Python."""
_KEPT: Final = np.tri(LONGEST + 1, LONGEST, -1, np.uint8).view("<u8") * np.uint64(255)
"""Masks of the first bytes of a text's words, for each number of them."""
_BEYOND: Final = np.uint64(0x8080808080808080)
"""The bits of a word's bytes that are beyond ASCII."""
_AT_ONCE: Final = 1 << 17
_FEW: Final = 1 << 13
"""So many bytes, and texts, are looked at in turn: what is noted of them stays in the processor's own memory."""


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are surely UTF-8. Only the words of eight bytes that have one beyond ASCII are decoded, one after
    the other; where words are left out between two of them, the second begins with no byte that goes on.
    """
    if raw.isascii():
        return True
    words = np.frombuffer(raw, "<u8", len(raw) // 8)
    places = _places(words, lambda some, out: np.not_equal(some & _BEYOND, 0, out=out))
    chosen = words[places]
    tail = raw[8 * len(words) :]
    apart = np.append(places[1:] - places[:-1] > 1, places[-1:] + 1 < len(words))
    goes_on = np.append(chosen[1:], np.frombuffer(tail.ljust(8, b"\0"), "<u8")) & np.uint64(0xC0) == 0x80
    try:
        (chosen.tobytes() + tail).decode()
    except UnicodeDecodeError:
        return False
    return not (apart & goes_on[: len(apart)]).any()


def _places(many: NDArray[Any], wanted: Callable[[NDArray[Any], Flags], object]) -> Ints:
    """Where something wanted stands; `wanted` marks it in as much as stays in the processor's own memory."""
    flags = np.empty(min(_AT_ONCE, len(many)), np.bool_)
    found = []
    for start in range(0, len(many), _AT_ONCE):
        some = many[start : start + _AT_ONCE]
        out = flags[: len(some)]
        wanted(some, out)
        found.append(np.flatnonzero(out) + start)
    return np.concatenate(found) if found else np.empty(0, np.int64)


def with_plain_ends(raw: bytes) -> bytes:
    """The same lines, ended by one byte each."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


class OtherEnds(Exception):
    """Some lines end in another way than the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A table of lines with the same number of cells. `marks` are the places of ";", "," and line ends in `body`;
    `cuts[line, column]` is which of them ends that cell.

    The table begins at `start`. A line ends with `tail` bytes and one more.
    """

    body: bytes
    start: int
    marks: Ints
    cuts: Ints
    tail: int

    @classmethod
    def of(cls, body: bytes, start: int, end: int, width: int) -> Cells | None:
        """The cells of lines that all end with "\\n" or all with "\\r\\n"; None where one has more or fewer cells.

        Raises `OtherEnds`.
        """
        letters = np.frombuffer(body, np.uint8, end - start, start)
        lines = tails = 0

        def marked(some: NDArray[np.uint8], out: Flags) -> None:
            nonlocal lines, tails
            lines += int(np.count_nonzero(np.equal(some, ord("\n"), out=out)))
            tails += int(np.count_nonzero(some == ord("\r")))
            out |= some == ord(";")
            out |= some == ord(",")

        marks = _places(letters, marked)
        cuts = np.flatnonzero(letters[marks] != ord(","))
        if len(cuts) != lines * width:
            return None
        table = cuts.reshape(lines, width)
        last = marks[table[:, -1]]
        if (letters[last] != ord("\n")).any():
            return None
        if tails and (tails != lines or (letters[last - 1] != ord("\r")).any()):
            raise OtherEnds
        marks += start
        return cls(body, start, marks, table, 1 if tails else 0)

    def __len__(self) -> int:
        return len(self.cuts)

    def edges(self, column: int) -> tuple[Ints, Ints]:
        """Where the cells of a column begin and end."""
        ends = self.marks[self.cuts[:, column]]
        return self._begin(column), ends - self.tail if self.tail and column + 1 == self.cuts.shape[1] else ends

    def parts(self, column: int) -> tuple[Ints, Ints, Ints]:
        """How many parts with commas between the cells of a column have, and where all these begin and end."""
        last, width = self.cuts[:, column], self.cuts.shape[1]
        lengths = last - self._before(column)
        if int(lengths.sum()) + (width - 1) * len(self) == len(self.marks):
            inside = np.ones(len(self.marks), np.bool_)  # no other column has a comma
            for other in range(width):
                if other != column:
                    inside[self.cuts[:, other]] = False
            which = np.flatnonzero(inside)
        else:
            offsets = np.cumsum(lengths) - lengths
            which = np.arange(int(lengths.sum())) + np.repeat(last - lengths + 1 - offsets, lengths)
        begins = self.marks[which - 1] + 1
        if which[0] == 0:
            begins[0] = self.start
        ends = self.marks[which]
        if self.tail and column + 1 == width:
            ends[np.cumsum(lengths) - 1] -= self.tail
        return lengths, begins, ends

    def _before(self, column: int) -> Ints:
        """The mark before each cell of a column; -1 where there is none."""
        return self.cuts[:, column - 1] if column else np.append(-1, self.cuts[:-1, -1])

    def _begin(self, column: int) -> Ints:
        begins = self.marks[self._before(column)] + 1
        if not column:
            begins[0] = self.start
        return begins

    def texts(self, column: int, lines: Sequence[int] | None = None) -> list[str]:
        """The cells of a column as they are written, of all lines or some."""
        begins, ends = self.edges(column)
        if lines is not None:
            begins, ends = begins[lines], ends[lines]
        cells = zip(begins.tolist(), ends.tolist(), strict=True)
        return [self.body[begin:end].decode() for begin, end in cells]

    def line(self, place: int) -> str:
        """One line."""
        begin = int(self.marks[self.cuts[place - 1, -1]]) + 1 if place else self.start
        return self.body[begin : int(self.marks[self.cuts[place, -1]]) - self.tail].decode()

    def words(self, begins: Ints, ends: Ints) -> Texts:
        """The texts between such places as numbers; raises ValueError where one has more than `LONGEST` bytes."""
        lengths = ends - begins
        longest = int(lengths.max(initial=0))
        if longest > LONGEST:
            raise ValueError("a text is too long")
        wide = max(1, (longest + 7) // 8)
        body = self.body
        if int(begins.max(initial=0)) + 8 * wide > len(body):
            body += bytes(LONGEST)
        every = np.ndarray((len(body) - 8 * wide + 1,), f"V{8 * wide}", body, 0, (1,))
        words = every[begins].view("<u8").reshape(-1, wide)
        words &= _KEPT[:, :wide].take(lengths, axis=0)
        return Texts(lengths, words)

    def differ(self, column: int) -> bool:
        """Whether the texts of a column surely differ from each other, spaces at their edges left aside."""
        begins, ends = self.edges(column)
        if not len(begins):
            return True
        letters = np.frombuffer(self.body, np.uint8)
        for edge in (letters[begins], letters[np.maximum(ends - 1, 0)]):
            if ((edge <= ord(" ")) | (edge >= 0x80)).any():
                return False
        try:
            mixed = np.sort(self.words(begins, ends).mixed(0))
        except ValueError:
            return False
        return bool((mixed[1:] != mixed[:-1]).all())

    def kinds(self, column: int) -> tuple[Places, Places] | None:
        """For each line the number of the text it has in a column, and for each text the first line with it.

        Texts are numbered as they come up. None where one is too long.
        """
        try:
            words = self.words(*self.edges(column))
        except ValueError:
            return None
        return surely(words.mixed, words.are)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts as numbers: a row for each, a column for every eight bytes; what is beyond a text's end is zero."""

    lengths: Ints
    words: Words

    def mixed(self, seed: int) -> Words:
        """One number for each text; equal for equal ones, nearly always different for others."""
        return mixed(self.words.T, seed)

    def are(self, kinds: Places, first: Places) -> bool:
        """Whether each text is the first of its kind."""
        return bool((self.words == self.words[first][kinds]).all())


class Names:
    """Finds the places of known names."""

    def __init__(self, names: Sequence[bytes]) -> None:
        self.lengths = np.array([len(each) for each in names])
        self.longest = int(self.lengths.max())
        wide = (self.longest + 7) // 8
        padded = b"".join(each.ljust(8 * wide, b"\0") for each in names)
        self.words = np.frombuffer(padded, "<u8").reshape(len(names), wide)
        texts = Texts(self.lengths, self.words)
        self.bits = min(20, max(8, 2 * len(names).bit_length()))
        for self.seed in count():
            slots = self._slots(texts)
            if len(np.unique(slots)) == len(names):
                break
            if self.seed % 16 == 15:
                self.bits += 1
        self.table = np.full(1 << self.bits, -1, np.int64)
        self.table[slots] = np.arange(len(names))

    def __len__(self) -> int:
        return len(self.lengths)

    @classmethod
    def of(cls, names: Sequence[str]) -> Names | None:
        """The names, all different; None where there are none, or where one is too long or empty."""
        encoded = [name.encode() for name in names]
        return cls(encoded) if encoded and all(0 < len(each) <= LONGEST for each in encoded) else None

    def _slots(self, texts: Texts) -> Words:
        slots: Words = texts.mixed(self.seed) >> np.uint64(64 - self.bits)
        return slots

    def find(self, cells: Cells, begins: Ints, ends: Ints) -> tuple[Ints, Flags]:
        """The place of the name that stands between such places, and whether one does."""
        found, known = np.empty(len(begins), np.int64), np.empty(len(begins), np.bool_)
        for start in range(0, len(begins), _FEW):
            some = slice(start, start + _FEW)
            found[some], known[some] = self._find(cells, begins[some], ends[some])
        return found, known

    def _find(self, cells: Cells, begins: Ints, ends: Ints) -> tuple[Ints, Flags]:
        texts = cells.words(begins, np.where(ends - begins <= self.longest, ends, begins))
        found = self.table[self._slots(texts)]
        known: Flags = (found >= 0) & (self.lengths[found] == texts.lengths)
        for n, word in enumerate(texts.words.T):
            known &= self.words[found, n] == word
        return found, known
