"""How a day and a term are told in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date, format_weekday
from akimat_desk.base.words import N_
from akimat_desk.calendar.basis import UNSOURCED
from akimat_desk.calendar.law import DECREES_KNOWN_UNTIL

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.calendar.basis import Basis
    from akimat_desk.calendar.days import Authority, Day
    from akimat_desk.calendar.terms import Term

AUTHORITIES: Final[Mapping[Authority, str]] = {
    "government": N_("Government"),
    "ministry": N_("Ministry"),
    "oblast": N_("Akim of the oblast"),
    "district": N_("Akim of the district"),
}


def describe(day: Day, t: Translator) -> str:
    """Whether a day is worked, and why: one or two sentences."""
    if day.decree is not None and day.why == "decree":
        ordered = format_date(day.decree.ordered_on, t.language, "short")
        if day.working:
            return t("A working day by order {order} of {date}.", order=day.decree.order, date=ordered)
        return t("A day off by order {order} of {date}.", order=day.decree.order, date=ordered)
    other = format_date(day.other, t.language, "short") if day.other else ""
    holiday = t(day.name) if day.name else ""
    if day.why == "weekend":
        return t("A day off: the weekend.")
    if day.why == "moved":
        return t("A day off in place of a holiday on the weekend: {holiday}.", holiday=holiday)
    if day.why == "swapped":
        return t("A day off. The day worked instead: {date}.", date=other)
    if day.why == "worked":
        return t("A working day. The day off for it: {date}.", date=other)
    if day.estimated:
        return t("A day off: {holiday}. It follows the moon and may move by a day.", holiday=holiday)
    return t("A day off: {holiday}.", holiday=holiday) if day.why == "holiday" else t("A working day.")


def unknown_orders(year: int, t: Translator) -> str:
    """What the calendar cannot know of a coming year; "" where all its orders are known."""
    if year <= DECREES_KNOWN_UNTIL:
        return ""
    return t("Orders of {year} that move days off are not known here yet. Write them down when they come.", year=year)


def full_day(day: date, t: Translator) -> str:
    """The day in full with its weekday."""
    return f"{format_date(day, t.language, 'full')}, {format_weekday(day, t.language)}"


def length_of(term: Term, t: Translator) -> str:
    """How long a term is: "15 working days"."""
    if term.unit == "working days":
        return t.count("{n} working day", "{n} working days", term.length)
    if term.unit == "calendar days":
        return t.count("{n} calendar day", "{n} calendar days", term.length)
    return t.count("{n} month", "{n} months", term.length)


def basis_of(basis: Basis, t: Translator) -> str:
    """By which law something is; and, where nobody has seen the text, that it must be checked."""
    law = t("{law}, article {number}", law=t(basis.law), number=basis.article) if basis.article else t(basis.law)
    if basis.local:
        return f"{law}."
    if basis.unsourced:
        return f"{law}. {t(UNSOURCED)}"
    checked = format_date(basis.checked, t.language, "short") if basis.checked else ""
    return t("{basis}. Read on {date}: {source}.", basis=law, date=checked, source=basis.source)
