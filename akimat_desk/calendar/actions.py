"""Writing an order about days down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR, Decree, YearUnknown
from akimat_desk.calendar.entries import DAY_DECREED, DayDecreed
from akimat_desk.calendar.records import TOPIC, seen_of

if TYPE_CHECKING:
    from akimat_desk.journal import Commit


class OrderForm(Refused):
    """An order without a number, or with more than a number."""

    code = "calendar-order"
    staff_text = N_("The order’s number has letters, digits and simple signs only, up to 24 signs.")
    next_text = N_("Write the number as it stands on the order.")


class SwapForm(Refused):
    """A day cannot be swapped with itself."""

    code = "calendar-swap"
    staff_text = N_("The day off and the day worked for it are two different days.")
    next_text = N_("Correct one of the two days.")


@dataclass(frozen=True, slots=True)
class Decreed:
    """The orders as they were written down."""

    decrees: tuple[Decree, ...]
    topics: tuple[str, ...] = (TOPIC,)


def check(decrees: Sequence[Decree]) -> None:
    """Raise `OrderForm`, `SwapForm` or `YearUnknown` where these cannot be written down."""
    for one in decrees:
        if not FIRST_YEAR <= one.day.year <= LAST_YEAR:
            raise YearUnknown
        if one.other == one.day:
            raise SwapForm
        try:
            msgspec.convert(
                {
                    "day": one.day,
                    "state": one.state,
                    "order": " ".join(one.order.split()),
                    "ordered_on": one.ordered_on,
                    "authority": one.authority,
                },
                DayDecreed,
            )
        except msgspec.ValidationError as why:
            raise OrderForm from why


def write_down(commit: Commit, decrees: Sequence[Decree], *, by: str) -> Decreed:
    """Every day of an order as one entry, all in one commit; `by` is the member of staff.

    Nothing that was planned moves by it: what a plan would do now is asked of its service and shown. Raises as `check`.
    """
    check(decrees)
    written = []
    for one in decrees:
        order = " ".join(one.order.split())
        facts = DayDecreed(
            day=one.day,
            state=one.state,
            order=order,
            ordered_on=one.ordered_on,
            authority=one.authority,
            other=one.other,
            replaces=seen_of(commit.db, one.day),
            by=by,
        )
        entry = commit.append(DAY_DECREED, facts)
        written.append(replace(one, order=order, seen=(entry.id,)))
    return Decreed(tuple(written))
