"""The honest till: residents print by themselves and put the money into a box; nobody looks on. Pure.

What is known: which documents were printed for the box and at what price, and how much money lay in it. Which document
was not paid cannot be known and is not asked. So the unpaid share is told twice, with what the figures allow to say:

    by value   missing money / expected money. Interval: Wilson's (1927) over Kish's (1965) effective number of
               documents, (Σ price)² / Σ price²: dear documents weigh more, so fewer count than were printed. It is
               the usual way for weighted shares (Korn and Graubard 1998; Dean and Pagano 2015).
    by units   unpaid documents / documents. How many are missing is reckoned from the missing money at the mean price,
               and kept within what is possible: never fewer than the dearest documents would explain, never more than
               the cheapest. Interval: Wilson's (recommended for shares by Brown, Cai and DasGupta 2001).

Both are at 95 %. Below 30 documents nothing is said but "too few to tell". Money above the expected is overpayment; it
is shown apart and never makes up for what was missing in another count, and neither does what was written off.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

TOO_FEW: Final = 30
"""Documents below which no share is told."""
Z95: Final = 1.959963984540054
"""The normal distribution's 97.5 % point: an interval that holds the truth 19 times of 20."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1, and the interval it may lie in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BoxCount:
    """One count of the box: the price of each document since the last count, what was written off, what lay in it.

    `prices` are what was to be put in for each document, after free pages; `written_off` is no part of them.
    """

    ms: int
    prices: tuple[int, ...]
    counted: int
    written_off: int = 0
    by: str = ""

    @property
    def expected(self) -> int:
        """Tenge that should have lain in the box."""
        return sum(self.prices)

    @property
    def missing(self) -> int:
        """Tenge that did not."""
        return max(0, self.expected - self.counted)

    @property
    def over(self) -> int:
        """Tenge that lay in it above that."""
        return max(0, self.counted - self.expected)


@dataclass(frozen=True, slots=True)
class Honesty:
    """What some counts say together. The shares are None while there are too few documents to tell."""

    documents: int
    expected: int
    counted: int
    missing: int
    over: int
    written_off: int
    unpaid_documents: int
    by_units: Share | None
    by_value: Share | None


def honesty(counts: Iterable[BoxCount]) -> Honesty:
    """Add up counts; each one's missing and overpaid money stand by themselves."""
    counts = tuple(counts)
    prices = [price for count in counts for price in count.prices if price > 0]
    missing = sum(count.missing for count in counts)
    expected = sum(count.expected for count in counts)
    unpaid = sum(unpaid_documents(count.prices, count.missing) for count in counts)
    enough = len(prices) >= TOO_FEW
    return Honesty(
        documents=len(prices),
        expected=expected,
        counted=sum(count.counted for count in counts),
        missing=missing,
        over=sum(count.over for count in counts),
        written_off=sum(count.written_off for count in counts),
        unpaid_documents=unpaid,
        by_units=wilson(unpaid, len(prices)) if enough else None,
        by_value=weighted(missing, prices) if enough else None,
    )


def unpaid_documents(prices: Sequence[int], missing: int) -> int:
    """How many of the documents the missing money stands for: at the mean price, within what is possible.

    >>> unpaid_documents([20, 20, 20, 20], 40)
    2
    >>> unpaid_documents([20, 20, 500], 500)  # not 2.8 documents: at least one, at most all three
    3
    """
    dear = sorted((price for price in prices if price > 0), reverse=True)
    if missing <= 0 or not dear:
        return 0
    mean = sum(dear) / len(dear)
    return min(max(round(missing / mean), _needed(dear, missing)), _possible(dear, missing))


def wilson(part: float, whole: float) -> Share:
    """The share `part` of `whole` with Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927)."""
    share = part / whole
    square = Z95 * Z95
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z95 / (1 + square / whole) * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    # At 0 and 1 the bound is the share itself, which floats miss by a hair.
    return Share(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def weighted(missing: int, prices: Sequence[int]) -> Share:
    """The missing share of the prices' sum, with Wilson's interval over Kish's effective number of documents."""
    expected = sum(prices)
    effective = expected * expected / sum(price * price for price in prices)
    return wilson(missing / expected * effective, effective)


def _needed(dear: Sequence[int], missing: int) -> int:
    """The fewest documents whose prices explain the missing money."""
    count = 0
    for price in dear:
        if missing <= 0:
            break
        missing -= price
        count += 1
    return count


def _possible(dear: Sequence[int], missing: int) -> int:
    """The most: the cheapest first, the last of them perhaps only in part."""
    return _needed(dear[::-1], missing)
