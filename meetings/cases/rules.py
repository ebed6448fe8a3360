"""The life of an assignment, worked out anew from its steps each time it is asked for. Pure.

    open ─► begun ─► answered ─► confirmed                 only the resident ends it
      ▲                 └──────► disputed ─► reopened ─► …   and whoever is not content opens it again
      └── extended (any number of times, each moves the date and is counted)

Steps come from several PCs and all are kept; the fold over them in the order of time decides which of them count. A
step that does not fit the state it meets changes nothing and is shown as such. Dates in working days follow the
calendar as it stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.calendar import terms

if TYPE_CHECKING:
    from akimat_desk.calendar.days import WorkingDays

State = Literal["open", "begun", "answered", "confirmed", "disputed", "reopened", "closed"]
"""`closed`: ended by staff without the resident, who cannot be asked; it is counted apart."""
StepName = Literal["begun", "answered", "extended", "told", "confirmed", "disputed", "reopened", "closed"]
"""`told`: the resident was told of an extension, as the law asks."""

AT_WORK: Final[frozenset[State]] = frozenset({"open", "begun", "reopened"})
"""Somebody must do something by the date."""
ENDED: Final[frozenset[State]] = frozenset({"confirmed", "closed"})

_FITS: Final[Mapping[StepName, frozenset[State]]] = {
    "begun": frozenset({"open", "reopened"}),
    "answered": AT_WORK,
    "extended": AT_WORK,
    "told": AT_WORK | {"answered", "disputed"},
    "confirmed": frozenset({"answered"}),
    "disputed": frozenset({"answered"}),
    "reopened": frozenset({"disputed"}),
    "closed": AT_WORK | {"answered", "disputed"},
}


class StepOutOfPlace(Refused):
    """The assignment has gone on meanwhile, or has not come so far."""

    code = "assignment-step"
    resident_text = N_("This assignment stands otherwise by now. Look at it again.")
    staff_text = N_("This assignment stands otherwise by now.")
    next_text = N_("Look at the assignment again.")


class ExtensionForm(Refused):
    """A date that gains nothing, or one the law does not allow."""

    code = "assignment-extension"
    staff_text = N_("The new date lies after {due} and not after {limit}: the law allows two months at most.")
    next_text = N_("Choose another date.")


@dataclass(frozen=True, slots=True)
class Due:
    """By when: so many working days from the day it was given, or a date."""

    days: int | None = None
    on: date | None = None

    def day(self, given: date, days: WorkingDays) -> date:
        """The last day, as the calendar stands now. A date on a day off means the next working day."""
        if self.on is not None:
            return days.next_working(self.on)
        return days.after(terms.registered_on(given, days), self.days or 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `due` is the new date of an extension or a reopening; `at` orders steps, with `id` between equals."""

    name: StepName
    at: int
    id: str
    on: date
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """How an assignment stands. `first_due` is the date it had when it was given or last reopened."""

    state: State
    given: date
    due: date
    first_due: date
    moved: int = 0
    """How often its date was moved, in all its life."""
    reopened: int = 0
    tell_by: date | None = None
    """The last day to tell the resident of an extension; None where nothing is to be told."""
    answered_on: date | None = None
    ended_on: date | None = None
    counted: frozenset[str] = frozenset()
    """The steps that fitted, by id."""

    def late(self, today: date, days: WorkingDays) -> int:
        """Working days since the date went by; 0 in time. What was answered is late no more."""
        return max(0, days.between(self.due, today)) if self.state in AT_WORK and today > self.due else 0

    def is_overdue(self, today: date) -> bool:
        """Whether the date has gone by and somebody still has to do something."""
        return self.state in AT_WORK and today > self.due

    def is_due(self, today: date) -> bool:
        """Whether somebody has to do it today at the latest."""
        return self.state in AT_WORK and today == self.due

    def in_time(self) -> bool | None:
        """Whether the answer came by the date it had then; None where there is none yet."""
        return None if self.answered_on is None else self.answered_on <= self.due

    def weeks(self, today: date) -> int:
        """Whole weeks since it was given."""
        return max(0, (today - self.given).days // 7)

    def fits(self, step: StepName) -> bool:
        """Whether this step is possible now."""
        return self.state in _FITS[step] and (step != "told" or self.tell_by is not None)


def standing(names: Iterable[StepName]) -> State:
    """The state alone, from the names of the steps in the order of time: it needs no calendar."""
    now: State = "open"
    for name in names:
        if now in _FITS[name] and name != "extended" and name != "told":
            now = name
    return now


def life(given: date, due: Due, steps: Iterable[Step], days: WorkingDays) -> Life:
    """The life so far. The same for every order in which the steps are handed in."""
    first = due.day(given, days)
    now = Life("open", given, first, first)
    counted = []
    for step in sorted(steps, key=lambda step: (step.at, step.id)):
        if now.fits(step.name):
            now = _next(now, step, days)
            counted.append(step.id)
    return replace(now, counted=frozenset(counted))


def _next(now: Life, step: Step, days: WorkingDays) -> Life:
    match step.name:
        case "begun":
            return replace(now, state="begun")
        case "answered":
            return replace(now, state="answered", answered_on=step.on)
        case "extended":
            assert step.due is not None
            notice = days.after(step.on, terms.term("extension-notice").length)
            tell_by = min(filter(None, (now.tell_by, notice)))
            return replace(now, due=step.due.day(step.on, days), moved=now.moved + 1, tell_by=tell_by)
        case "told":
            return replace(now, tell_by=None)
        case "disputed":
            return replace(now, state="disputed")
        case "reopened":
            assert step.due is not None
            day = step.due.day(step.on, days)
            return replace(now, state="reopened", due=day, first_due=day, reopened=now.reopened + 1, answered_on=None)
        case "confirmed":
            return replace(now, state="confirmed", ended_on=step.on)
        case "closed":
            return replace(now, state="closed", ended_on=step.on)


def longest_extension(now: Life, days: WorkingDays) -> date:
    """The last day the law allows: two months after the first date (APPC, article 76)."""
    return terms.deadline(terms.term("extension"), now.first_due, days)


def check_extension(now: Life, new: date, days: WorkingDays) -> None:
    """Raise `StepOutOfPlace`, or `ExtensionForm` for a date that is not later, or too late."""
    if not now.fits("extended"):
        raise StepOutOfPlace
    limit = longest_extension(now, days)
    if not now.due < days.next_working(new) <= limit:
        raise ExtensionForm(due=f"{now.due:%d.%m.%Y}", limit=f"{limit:%d.%m.%Y}")


def urgency(now: Life, today: date) -> tuple[int, date]:
    """Sorts assignments: overdue first, the longest overdue at the top; then what a resident disputes; then what is
    at work, by date; then answers that wait for the resident's word; what has ended comes last.
    """
    if now.state in AT_WORK:
        return (0 if today > now.due else 2), now.due
    rank = {"disputed": 1, "answered": 3}.get(now.state, 4)
    return rank, now.due


def unconfirmed(lives: Sequence[Life]) -> int:
    """How many still wait for the resident's word or for somebody's work."""
    return sum(one.state not in ENDED for one in lives)
