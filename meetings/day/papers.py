"""The day on paper: the list for the official's table, and the order of calling for the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from meetings.day.rules import TOLD, TOLD_VALUES
from meetings.day.screens.words import STATES, name_of, time_of
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from akimat_desk.base.words import Translator
    from meetings.day.queue import DayNow, Person

LIST: Final = N_("List of the reception")
ORDER: Final = N_("In which order people are called")


def day_list(now: DayNow, people: tuple[Person, ...], official: str, t: Translator) -> bytes:
    """The list of one official's day as PDF, with names: for the official's table, never for the door."""
    from akimat_desk.papers.flow import Column, table, title, under_title
    from akimat_desk.papers.pdf import Frame, make_pdf

    columns = [
        Column(t("Time"), 24),
        Column(t("Ticket"), 18, bold=True),
        Column(t("Name")),
        Column(t("Matter"), 44),
        Column(t("State"), 32),
    ]
    rows = [
        (
            time_of(one, t),
            one.visit.number,
            name_of(one),
            t(subject(one.visit.subject).name),
            t(STATES[one.turn.state][2]),
        )
        for one in people
    ]
    day = format_date(now.day, t.language, "full")
    body: list[Flowable] = [*title(t(LIST)), *under_title(day, "", official), *table(columns, rows, dense=True)]
    return make_pdf(Frame(t(LIST), running=f"{t(LIST)}: {day}"), body, t)


def order_sheet(t: Translator) -> bytes:
    """The rule of the queue for the door, in both languages, as PDF."""
    from akimat_desk.papers.flow import numbered, space, title
    from akimat_desk.papers.pdf import Frame, make_pdf

    body: list[Flowable] = []
    for words in (t.in_language("kk"), t.in_language("ru")):
        body += [*title(words(ORDER)), *numbered([words(one, **TOLD_VALUES) for one in TOLD]), *space(8)]
    return make_pdf(Frame(t(ORDER)), body, t.in_language("kk"))
