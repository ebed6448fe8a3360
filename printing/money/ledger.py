"""Money as a ledger: what was charged, given free, paid, paid back and written off. Pure: values in, values out.

A balance is always a sum over lines; nobody writes one down. A line is one entry of the journal and is never changed:
what was wrong is put right by another line that says so. All amounts are whole tenge.

    charge      a document was printed, copied or scanned            owed grows
    free        the resident's free pages, or a category's           owed shrinks, no cash
    payment     cash taken at the desk                               owed shrinks, the drawer grows
    refund      cash given back: for work that was bad (the charge goes too), or for a payment typed by mistake
    write-off   nobody will pay; with reason and person              owed shrinks, no cash

Money of the honest till is counted in the box and never matched to a document; see `till`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from printing.money.prices import PriceTable

What = Literal["charge", "free", "payment", "refund", "write_off", "moved"]
RefundReason = Literal["bad-print", "overcharged", "mistyped"]
WriteOffReason = Literal["left", "bad-print", "our-fault", "no-money"]

REFUND_REASONS: Final[dict[str, str]] = {
    "bad-print": N_("The paper came out badly"),
    "overcharged": N_("Too much was charged"),
    "mistyped": N_("The payment was typed by mistake"),
}
WRITE_OFF_REASONS: Final[dict[str, str]] = {
    "left": N_("The resident left without paying"),
    "bad-print": N_("The paper came out badly"),
    "our-fault": N_("A mistake of the room"),
    "no-money": N_("The resident has no money now"),
}
MOST_GIVEN: Final = 1_000_000
"""Tenge in one hand: above it a digit too many was typed."""


class NothingToPay(Refused):
    """The document is paid, free, or written off."""

    code = "nothing-to-pay"
    staff_text = N_("There is nothing to pay for this document.")
    next_text = N_("Look at the list again.")


class TooLittleGiven(Refused):
    """Less money was given than is to be paid."""

    code = "too-little-given"
    staff_text = N_("{given}\u00a0₸ is less than the {due}\u00a0₸ to pay.")
    next_text = N_("Type what the resident gave, or give free pages first.")


class AmountUnclear(Refused):
    """What was typed is no sum of money."""

    code = "amount-unclear"
    staff_text = N_("Type a whole number of tenge, up to {most}.")
    next_text = N_("Correct the number.")


class RefundTooLarge(Refused):
    """More would be given back than was paid."""

    code = "refund-too-large"
    staff_text = N_("Only {paid}\u00a0₸ was paid for this document.")
    next_text = N_("Type a sum up to that.")


class WriteOffTooLarge(Refused):
    """More would be written off than is owed."""

    code = "write-off-too-large"
    staff_text = N_("Only {owed}\u00a0₸ is owed for this document.")
    next_text = N_("Type a sum up to that.")


@dataclass(frozen=True, slots=True)
class Line:
    """What one entry adds to the sums; the signs are already right (a refund's `paid` is below zero)."""

    charged: int = 0
    free: int = 0
    paid: int = 0
    written_off: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of some lines. `owed` below zero is money the room holds for somebody."""

    charged: int = 0
    free: int = 0
    paid: int = 0
    written_off: int = 0

    @property
    def owed(self) -> int:
        """What is still to be paid."""
        return self.charged - self.free - self.paid - self.written_off


def balance(lines: Iterable[Line]) -> Balance:
    """The sum of `lines`; the same in every order."""
    charged = free = paid = written_off = 0
    for line in lines:
        charged += line.charged
        free += line.free
        paid += line.paid
        written_off += line.written_off
    return Balance(charged, free, paid, written_off)


def refund_line(tenge: int, reason: RefundReason) -> Line:
    """What a refund adds: bad work takes the charge back too, so nobody owes it again; a mistyped payment does not."""
    return Line(charged=0 if reason == "mistyped" else -tenge, paid=-tenge)


def change_of(due: int, given: int) -> int:
    """What goes back into the resident's hand. Raises `NothingToPay`, `AmountUnclear`, `TooLittleGiven`."""
    if due <= 0:
        raise NothingToPay
    if not 0 <= given <= MOST_GIVEN:
        raise AmountUnclear(most=MOST_GIVEN)
    if given < due:
        raise TooLittleGiven(given=given, due=due)
    return given - due


def check_refund(now: Balance, tenge: int) -> None:
    """Raise where `tenge` cannot be given back."""
    if tenge <= 0:
        raise AmountUnclear(most=MOST_GIVEN)
    if tenge > now.paid:
        raise RefundTooLarge(paid=max(0, now.paid))


def check_write_off(now: Balance, tenge: int) -> None:
    """Raise where `tenge` cannot be written off."""
    if now.owed <= 0:
        raise NothingToPay
    if tenge <= 0:
        raise AmountUnclear(most=MOST_GIVEN)
    if tenge > now.owed:
        raise WriteOffTooLarge(owed=now.owed)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Free pages for one document: how many, and what they would have cost."""

    pages: int
    tenge: int


def free_pages_left(table: PriceTable, rule: str, used: int) -> int | None:
    """How many free pages are left this month by `rule`: "monthly" is everybody's, else a category; None is no end."""
    if rule == "monthly":
        return max(0, table.free_pages - used)
    for each in table.rules:
        if each.category == rule:
            return None if each.pages is None else max(0, each.pages - used)
    return 0


def allowance(
    grey: tuple[int, int], colour: tuple[int, int], left: int | None, owed: int, *, already: int = 0
) -> Allowance:
    """What of a document goes free, given (pages, price of one) of its grey and of its colour pages.

    The cheaper pages first: free pages are meant for letters and forms. `already` so many of them are free by another
    rule. No page more than covers what is `owed`, so that nobody's month is used up for nothing; the last one may cost
    more than what is left to pay.
    """
    pages = tenge = 0
    for count, price in sorted((grey, colour), key=lambda kind: kind[1]):
        there = max(0, count - already)
        already = max(0, already - count)
        needed = -(-(owed - tenge) // price) if price else there
        taken = max(0, min(there, needed, there if left is None else left - pages))
        pages, tenge = pages + taken, min(owed, tenge + taken * price)
    return Allowance(pages, max(0, tenge))


def parse_tenge(typed: str) -> int:
    """A sum as it was typed: "1 500", "1500 ₸". Raises `AmountUnclear`."""
    digits = "".join(typed.replace("₸", "").split())
    if not digits.isdecimal() or not digits.isascii() or not 0 <= int(digits) <= MOST_GIVEN:
        raise AmountUnclear(most=MOST_GIVEN)
    return int(digits)
