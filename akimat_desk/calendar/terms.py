"""Terms of law as data: how long, by which law and article, when and where that was read.

A term that was found in no source is marked (`Basis.unsourced`), and every place that shows it says so: a lawyer of the
akimat must look at it before anybody relies on it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import Misuse
from akimat_desk.base.words import N_
from akimat_desk.calendar.basis import Basis

if TYPE_CHECKING:
    from akimat_desk.calendar.days import WorkingDays

Unit = Literal["working days", "calendar days", "months"]


APPEALS: Final = N_("Administrative Procedural and Process-Related Code (No 350-VI)")
SELF_GOVERNMENT: Final = N_("Law on local government and self-government (No 148)")


class TermUnknown(Misuse):
    """A term of this key is not in the table."""

    code = "term-unknown"
    staff_text = N_("There is no term “{term}”.")
    next_text = N_("Look at the table of terms.")


@dataclass(frozen=True, slots=True)
class Term:
    """One term; `name` is a msgid."""

    key: str
    name: str
    length: int
    unit: Unit
    basis: Basis


ARTICLE_76: Final = Basis(APPEALS, "76", "emhana1krg.kz", date(2026, 11, 22))
_UNREAD: Final = Basis(APPEALS)

TERMS: Final = (
    Term("appeal", N_("Consideration of an appeal"), 15, "working days", ARTICLE_76),
    Term("extension", N_("Extension of an appeal’s term, at most"), 2, "months", ARTICLE_76),
    Term("extension-notice", N_("Notice that the term was extended"), 3, "working days", ARTICLE_76),
    Term("forwarding", N_("Forwarding an appeal to whom it concerns"), 3, "working days", ARTICLE_76),
    Term("complaint", N_("Consideration of a complaint by a higher body"), 20, "working days", _UNREAD),
    Term("complaint-handing", N_("Handing a complaint up to the higher body"), 3, "working days", _UNREAD),
    Term(
        "assembly", N_("Answer of the akim to the local assembly’s decision"), 5, "working days",
        Basis(SELF_GOVERNMENT),
    ),
)  # fmt: skip
"""From the project's reading of the law; second-hand texts of article 76 (the source quotes it)."""


def term(key: str) -> Term:
    """The term of that key. Raises `TermUnknown`."""
    for one in TERMS:
        if one.key == key:
            return one
    raise TermUnknown(term=key)


def registered_on(received: date, days: WorkingDays) -> date:
    """What comes on a day off is registered on the next worked day."""
    return days.next_working(received)


def deadline(one: Term, received: date, days: WorkingDays) -> date:
    """The last day of the term for what was received on a day, as the calendar stands now.

    It is worked out anew each time it is asked for, so that a calendar that changes corrects every deadline. Calendar
    days and months that end on a day off end on the next worked day.
    """
    begin = registered_on(received, days)
    if one.unit == "working days":
        return days.after(begin, one.length)
    end = begin + timedelta(days=one.length) if one.unit == "calendar days" else _months_later(begin, one.length)
    return days.next_working(end)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one: two months after 31 December end on 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
