"""The price table and what it says of a page. Pure: values in, values out.

A table holds from a day on and is never changed: other prices are another table. A rate is whole tenge for one page of
one kind of work; what has no rate is not done, rather than done for a guessed price.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from printing.rules import Colour, Sides, Size

Work = Literal["print", "copy", "scan"]

MOST_TENGE: Final = 10_000
"""No page costs more: a digit too many was typed."""
MOST_FREE: Final = 1_000
"""No resident has more free pages a month."""

WORKS: Final[dict[Work, str]] = {"print": N_("printing"), "copy": N_("copying"), "scan": N_("scanning")}
COLOURS: Final[dict[Colour, str]] = {"grey": N_("black and white"), "colour": N_("colour")}


class PricesMissing(Refused):
    """No price table holds on that day."""

    code = "prices-missing"
    resident_text = N_("Prices are not set yet. Call a member of staff.")
    staff_text = N_("There is no price table for this day.")
    next_text = N_("Set the prices on the page “Prices”.")


class PriceMissing(Refused):
    """The table of the day has no price for this work, paper or colour. Nothing is printed, nothing is charged."""

    code = "price-missing"
    resident_text = N_("There is no price for this yet: {work}, {size}, {colour}. Nothing was printed or charged.")
    staff_text = N_("The price table has no price for: {work}, {size}, {colour}. Nothing was printed or charged.")
    next_text = N_("Set this price on the page “Prices”.")

    def __init__(self, work: Work, size: Size, colour: Colour) -> None:
        super().__init__(work=Sentence(WORKS[work]), size=size, colour=Sentence(COLOURS[colour]))


class PriceOutside(Refused):
    """A price below zero, or so high that a digit too many was typed."""

    code = "price-outside"
    staff_text = N_("A page costs between 0 and {most}\u00a0₸.")
    next_text = N_("Correct the price.")


class PriceUnclear(Refused):
    """A price field is empty or no whole number."""

    code = "price-unclear"
    staff_text = N_("Write every price as a whole number of tenge.")
    next_text = N_("Fill in the prices.")


class FreePagesOutside(Refused):
    """More free pages than anybody means."""

    code = "free-pages-outside"
    staff_text = N_("Free pages a month are between 0 and {most}.")
    next_text = N_("Correct the number.")


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Whole tenge for one page."""

    work: Work
    size: Size
    colour: Colour
    two_sided: bool
    tenge: int

    @property
    def what(self) -> tuple[str, str, str, bool]:
        """Which pages it is for."""
        return self.work, self.size, self.colour, self.two_sided


@dataclass(frozen=True, slots=True, order=True)
class FreeRule:
    """Whoever belongs to `category` (see `categories`) has so many pages a month free; None is every page."""

    category: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What a page costs from a day on.

    `free_pages` is what every resident has free in a calendar month, `rules` what some have besides. With `blank_free`
    pages with nothing on them cost nothing.
    """

    valid_from: date
    rates: tuple[Rate, ...]
    free_pages: int = 0
    rules: tuple[FreeRule, ...] = ()
    blank_free: bool = False

    @classmethod
    def of_a4(cls, valid_from: date, grey: int, colour: int, grey_two_sided: int, colour_two_sided: int) -> PriceTable:
        """A table that knows nothing but printing on A4. Two-sided pages may be cheaper: half the paper."""
        return cls(valid_from, a4_rates(grey, colour, grey_two_sided, colour_two_sided))

    def with_rates(self, valid_from: date, rates: Iterable[Rate]) -> PriceTable:
        """The same from `valid_from` on, with `rates` in the place of those for the same pages."""
        kept = {rate.what: rate for rate in (*self.rates, *rates)}
        return replace(self, valid_from=valid_from, rates=tuple(kept.values()))

    def page_price(self, colour: Colour, sides: Sides, size: Size = "A4", work: Work = "print") -> int:
        """Tenge for one page. Raises `PriceMissing`."""
        return price_of(self, work, size, colour, sides)

    def price_of_pages(self, pages: int, colour: Colour, sides: Sides, size: Size = "A4", work: Work = "print") -> int:
        """Tenge for each of `pages` pages; for none of them no price is needed. Raises `PriceMissing`."""
        try:
            return price_of(self, work, size, colour, sides)
        except PriceMissing:
            if pages:
                raise
            return 0


def a4_rates(grey: int, colour: int, grey_two_sided: int, colour_two_sided: int) -> tuple[Rate, ...]:
    """The four rates of printing on A4."""
    return (
        Rate("print", "A4", "grey", False, grey),
        Rate("print", "A4", "colour", False, colour),
        Rate("print", "A4", "grey", True, grey_two_sided),
        Rate("print", "A4", "colour", True, colour_two_sided),
    )


def price_of(table: PriceTable, work: Work, size: Size, colour: Colour, sides: Sides = "one") -> int:
    """Tenge for one page of that work. What has no two-sided rate costs as one-sided. Raises `PriceMissing`."""
    wanted = {
        rate.two_sided: rate.tenge
        for rate in table.rates
        if (rate.work, rate.size, rate.colour) == (work, size, colour)
    }
    found = wanted.get(sides != "one", wanted.get(False))
    if found is None:
        raise PriceMissing(work, size, colour)
    return found


def table_on(day: date, tables: Sequence[PriceTable]) -> PriceTable:
    """The table with the latest `valid_from` that is not after `day`; the later in `tables` wins a tie."""
    holding = [table for table in tables if table.valid_from <= day]
    if not holding:
        raise PricesMissing
    return max(reversed(holding), key=lambda table: table.valid_from)


def check_table(table: PriceTable) -> None:
    """Raise `PriceOutside` or `FreePagesOutside` where a number is not one that people mean."""
    if not all(0 <= rate.tenge <= MOST_TENGE for rate in table.rates):
        raise PriceOutside(most=MOST_TENGE)
    if not all(0 <= pages <= MOST_FREE for pages in (table.free_pages, *_given(table.rules))):
        raise FreePagesOutside(most=MOST_FREE)


def _given(rules: Iterable[FreeRule]) -> Iterable[int]:
    return (rule.pages for rule in rules if rule.pages is not None)
