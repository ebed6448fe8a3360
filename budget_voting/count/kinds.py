"""Equal numbers get one number of their kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Words = NDArray[np.uint64]
ONE: Final = np.uint64(1)
_HALF_BITS: Final = np.uint64(32)
_HALF: Final = (ONE << _HALF_BITS) - ONE
_FEW: Final = 1 << 18
"""Of so many values the first 46 bits and the place go into one number, and sorting numbers is quick."""


def kinds_of(values: Words) -> tuple[Places, Places]:
    """For each value the number of its kind, in the order in which kinds come up, and for each kind its first place.

    Equal values have one kind. Values that are as good as drawn have one kind nearly never where they differ; whoever
    asks looks whether the texts or ballots behind them are the same, and draws again.
    """
    if not len(values):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    heads, order = _sorted(values)
    new = np.empty(len(values), np.bool_)
    new[0] = True
    np.not_equal(heads[1:], heads[:-1], out=new[1:])
    begins = np.flatnonzero(new)
    first = order[begins]
    comes_up = np.zeros(len(values), np.bool_)
    comes_up[first] = True
    number = np.cumsum(comes_up)[first] - 1
    kinds = np.empty(len(values), np.intp)
    kinds[order] = np.repeat(number, np.diff(begins, append=len(values)))
    return kinds, np.flatnonzero(comes_up)


def surely(mix: Callable[[int], Words], are: Callable[[Places, Places], bool]) -> tuple[Places, Places]:
    """The kinds of what `mix` draws numbers for, with the first of each; `are` looks whether all are their first."""
    for seed in count():
        kinds, first = kinds_of(mix(seed))
        if are(kinds, first):
            return kinds, first
    raise AssertionError("there are always other numbers")


def mixed(words: Sequence[Words] | Words, seed: int) -> Words:
    """One number for the words of each text or set: told are all first words, then all second ones, and so on.

    It is equal for equal ones. Whatever two others are, hardly one seed in 2³² gives them the same number, or numbers
    that begin alike: each half of a word has a factor of its own (Dietzfelbinger, "Universal hashing and k-wise
    independent random variables via integer arithmetic without primes", 1996). Words of zero at the end change nothing.
    """
    total = np.zeros(len(words[0]), np.uint64)
    for word, (low, high) in zip(words, _factors(len(words), seed), strict=True):
        total += (word & _HALF) * low
        total += (word >> _HALF_BITS) * high
    return total


@cache
def _factors(many: int, seed: int) -> Words:
    """Two for each word; of fewer and more words the first are the same."""
    return np.array([np.random.default_rng((seed, n)).integers(2**64, size=2, dtype=np.uint64) for n in range(many)])


def _sorted(values: Words) -> tuple[Words, Places]:
    """The values, or their first bits, in order, and where each was; of equal ones the first place comes first."""
    if len(values) > _FEW:
        order = np.argsort(values, kind="stable")
        return values[order], order
    low = (ONE << np.uint64(len(values).bit_length())) - ONE
    packed = values & ~low
    packed |= np.arange(len(values), dtype=np.uint64)
    packed.sort()
    return packed & ~low, (packed & low).astype(np.intp)
