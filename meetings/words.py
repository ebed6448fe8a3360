"""How a rule and a date of the plan are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from akimat_desk.calendar.words import describe

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from meetings.rules import Occurrence, Rule, Shift

MONTHLY: Final[Mapping[tuple[int, int], str]] = {
    (nth, weekday): text
    for nth, texts in {
        1: (
            N_("the first Monday of every month"),
            N_("the first Tuesday of every month"),
            N_("the first Wednesday of every month"),
            N_("the first Thursday of every month"),
            N_("the first Friday of every month"),
            N_("the first Saturday of every month"),
            N_("the first Sunday of every month"),
        ),
        2: (
            N_("the second Monday of every month"),
            N_("the second Tuesday of every month"),
            N_("the second Wednesday of every month"),
            N_("the second Thursday of every month"),
            N_("the second Friday of every month"),
            N_("the second Saturday of every month"),
            N_("the second Sunday of every month"),
        ),
        3: (
            N_("the third Monday of every month"),
            N_("the third Tuesday of every month"),
            N_("the third Wednesday of every month"),
            N_("the third Thursday of every month"),
            N_("the third Friday of every month"),
            N_("the third Saturday of every month"),
            N_("the third Sunday of every month"),
        ),
        4: (
            N_("the fourth Monday of every month"),
            N_("the fourth Tuesday of every month"),
            N_("the fourth Wednesday of every month"),
            N_("the fourth Thursday of every month"),
            N_("the fourth Friday of every month"),
            N_("the fourth Saturday of every month"),
            N_("the fourth Sunday of every month"),
        ),
        -1: (
            N_("the last Monday of every month"),
            N_("the last Tuesday of every month"),
            N_("the last Wednesday of every month"),
            N_("the last Thursday of every month"),
            N_("the last Friday of every month"),
            N_("the last Saturday of every month"),
            N_("the last Sunday of every month"),
        ),
    }.items()
    for weekday, text in enumerate(texts)
}
WEEKLY: Final = (
    N_("every Monday"),
    N_("every Tuesday"),
    N_("every Wednesday"),
    N_("every Thursday"),
    N_("every Friday"),
    N_("every Saturday"),
    N_("every Sunday"),
)
"""Whole phrases: in Kazakh and Russian the words of such a phrase agree with each other."""

SHIFTS: Final[Mapping[Shift, str]] = {
    "next": N_("If the day is a day off: on the next working day."),
    "previous": N_("If the day is a day off: on the working day before."),
    "none": N_("It is held on the very day, a day off or not."),
    "hand": N_("If the day is a day off: staff set another one."),
}


def tell_rule(rule: Rule, t: Translator) -> str:
    """ "the third Friday of every month", "every Wednesday"."""
    return t(WEEKLY[rule.weekday]) if rule.every == "week" else t(MONTHLY[rule.nth, rule.weekday])


def tell(one: Occurrence, t: Translator) -> str:
    """Why a date is not as the rule names it: one or two sentences; "" where it is."""
    if one.because == "rule":
        return ""
    if one.because == "shifted":
        said = t("Moved because of the day off.")
        return f"{describe(one.day, t)} {said}"
    if one.because == "kept":
        said = t("It is held all the same.")
        return f"{describe(one.day, t)} {said}"
    if one.because == "open":
        said = t("Another day is not set yet.")
        return f"{describe(one.day, t)} {said}"
    assert one.order is not None
    ordered = format_date(one.order.ordered_on, t.language, "short")
    if one.because == "cancelled":
        return t("Cancelled by order {order} of {date}.", order=one.order.order, date=ordered)
    if one.because == "extra":
        return t("Added by order {order} of {date}.", order=one.order.order, date=ordered)
    return t("Moved by order {order} of {date}.", order=one.order.order, date=ordered)
