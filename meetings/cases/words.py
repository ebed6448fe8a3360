"""How cases, assignments and their steps are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar import terms
from akimat_desk.people.iin import grouped as grouped_iin
from meetings.cases import legal
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from akimat_desk.base.words import Language, Translator
    from akimat_desk.calendar.days import WorkingDays
    from akimat_desk.ui.theme import Token
    from meetings.cases.corrections import Line
    from meetings.cases.records import Assignment, Case, Told
    from meetings.cases.rules import State, StepName

STATES: Final[Mapping[State, str]] = {
    "open": N_("not begun"),
    "begun": N_("in progress"),
    "answered": N_("waits for the resident"),
    "confirmed": N_("confirmed by the resident"),
    "disputed": N_("disputed"),
    "reopened": N_("opened again"),
    "closed": N_("ended without the resident"),
}
STEPS: Final[Mapping[StepName, str]] = {
    "begun": N_("Work has begun"),
    "answered": N_("Answered: {reason}"),
    "extended": N_("New date, {due}: {reason}"),
    "told": N_("The resident was told of the new date"),
    "confirmed": N_("The resident has confirmed"),
    "disputed": N_("The resident is not content: {reason}"),
    "reopened": N_("Opened again, new date: {due}"),
    "closed": N_("Ended without the resident: {reason}"),
}
OVERDUE: Final = N_("overdue")
DUE_TODAY: Final = N_("ends today")
LINE_NAMES: Final[Mapping[Line, str]] = {
    "name": N_("Surname, name and patronymic"),
    "iin": N_("IIN"),
    "phone": N_("Phone"),
    "address": N_("Postal address"),
    "asked": N_("What is asked"),
    "explained": N_("What was explained"),
    "promised": N_("What was promised"),
    "official": N_("Received by"),
    "kind": N_("Kind of appeal"),
    "answer": N_("Kind of answer"),
    "subject": N_("Subject"),
    "language": N_("Language of the papers"),
}

_REASONS: Final = {
    "answered": legal.OUTCOMES,
    "extended": legal.EXTENSIONS,
    "disputed": legal.DISPUTES,
    "closed": legal.CLOSINGS,
}


def paper_language(case: Case) -> Language:
    """Papers are Kazakh or Russian, as the resident speaks."""
    return "ru" if case.language == "ru" else "kk"


def state_of(one: Assignment, today: date) -> tuple[str, Token, str]:
    """Icon, colour and msgid of how an assignment stands on a day."""
    now = one.life
    if now.is_overdue(today):
        return "triangle-alert", "berry", OVERDUE
    if now.is_due(today):
        return "bell-ring", "gold_text", DUE_TODAY
    if now.state in ("open", "begun", "reopened"):
        return ("circle-dot" if now.state == "begun" else "circle"), "ink2", STATES[now.state]
    if now.state == "disputed":
        return "triangle-alert", "gold_text", STATES[now.state]
    if now.state == "answered":
        return "hourglass", "gold_text", STATES[now.state]
    return ("circle-check" if now.state == "confirmed" else "circle-x"), "grass", STATES[now.state]


def tell_step(told: Told, t: Translator) -> str:
    """One step in a sentence, with its reason and its date."""
    reason = t(legal.name_of(_REASONS.get(told.step.name, ()), told.reason)) if told.reason else ""
    due = told.step.due.on if told.step.due else None
    shown = format_date(due, t.language, "short") if due else ""
    if told.step.due is not None and told.step.due.days is not None:
        shown = t.count("{n} working day", "{n} working days", told.step.due.days)
    return t(STEPS[told.step.name], reason=reason, due=shown)


def tell_line(line: Line, value: str, t: Translator) -> str:
    """What a line of the minutes says, in words; "" where it is empty."""
    if not value:
        return ""
    match line:
        case "kind":
            return t(legal.name_of(legal.KINDS, value))
        case "answer":
            return t(legal.name_of(legal.ANSWERS, value))
        case "subject":
            return t(subject(value).name)
        case "language":
            return "Русский" if value == "ru" else "Қазақша"
        case "iin":
            return grouped_iin(value)
        case _:
            return value


def short_name(full: str) -> str:
    """Initial and surname of "Ерғалиева Бағдат Оразқызы"; a name of one word as it is."""
    words = full.split(",")[0].split()
    return f"{words[1][0]}. {words[0]}" if len(words) > 1 else full


def answer_by(case: Case, days: WorkingDays) -> date | None:
    """The last day of the term of law for the case's kind of answer; None where it was answered at once."""
    kind = next((one for one in legal.ANSWERS if one.key == case.answer), None)
    return terms.deadline(kind.term, case.received, days) if kind and kind.term else None


def how_answered(case: Case, days: WorkingDays, t: Translator) -> str:
    """The kind of answer, and by when."""
    name, by = t(legal.name_of(legal.ANSWERS, case.answer)), answer_by(case, days)
    return t("{answer}, by {date}", answer=name, date=format_date(by, t.language, "short")) if by else name


def paper_title(case: Case) -> Sentence:
    """How staff read a paper of a case in the trays: by its number, never by a name."""
    return Sentence(N_("Minutes {number}"), {"number": case.number})
