"""The papers of a case and of the assignments: minutes, coupon, answer, notice, reminder, agenda.

What goes to a resident speaks the resident's language; what staff take to a meeting names no resident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_date, format_number, format_range, format_time
from akimat_desk.calendar.terms import registered_on
from akimat_desk.papers import flow
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.papers.pdf import Foot, Frame, make_pdf
from akimat_desk.papers.receipt import Code, Emblem, Number, Pair, Receipt, Rule, Text
from akimat_desk.people.iin import grouped as grouped_iin
from meetings.cases import legal
from meetings.cases.words import STATES, answer_by, how_answered, paper_language, short_name, tell_step
from meetings.plan import clock_of
from meetings.visits.secret import grouped

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from akimat_desk.base.words import Translator
    from akimat_desk.calendar.days import WorkingDays
    from akimat_desk.people.entries import ZoneContent
    from meetings.cases.records import Assignment, Case

QR: Final = "akimat-desk:case:{number}"
"""What the code holds: the number only; the secret is typed by whoever may."""


@dataclass(frozen=True, slots=True)
class House:
    """Whose papers these are, in which words, by which calendar, made when."""

    zone: ZoneContent
    words: Translator
    days: WorkingDays
    today: date

    def place(self, language: str) -> str:
        """The room's place."""
        return self.zone.name_ru if language == "ru" else self.zone.name_kk


def _frame(house: House, title: str, running: str, foot: Foot | None = None) -> Frame:
    return Frame(title, Letterhead.of_zone(house.zone), foot, running)


def _check_foot(case: Case, t: Translator) -> Foot | None:
    """How the resident follows the assignments; nothing where this PC does not hold the code."""
    if not case.code:
        return None
    how = t(
        "In any safe zone, open “Reception”, press the button of your ticket, and type the number of the minutes"
        " ({number}) and the code ({code}).",
        number=case.number,
        code=grouped(case.code),
    )
    return Foot(QR.format(number=case.number), t("See how the assignments go"), how)


def protocol(case: Case, assignments: Sequence[Assignment], house: House) -> bytes:
    """The minutes of one talk, in the form the law asks of an oral appeal (APPC, article 63), as PDF bytes."""
    t = house.words.in_language(paper_language(case))
    at_desk = case.series is None and case.visit is None and not case.official
    title = t("Minutes of an oral appeal") if at_desk else t("Minutes of a personal reception")
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(case.received, t.language, "full"), f"№ {case.number}", house.place(t.language)),
        *_corrected(case, t),
        *flow.facts(_facts(case, house, t)),
        *flow.section(f"1. {t('What is asked')}", splits=True),
        *flow.paragraph(case.asked),
    ]
    assignments, number = in_the_minutes(assignments), 2
    for heading, text in ((t("What was explained"), case.explained), (t("What was promised"), case.promised)):
        if text:
            body += [*flow.section(f"{number}. {heading}", splits=True), *flow.paragraph(text)]
            number += 1
    if assignments:
        body += [*flow.section(f"{number}. {t('Assignments')}", splits=True), *_assignments(assignments, house, t)]
        number += 1
    signs = [
        (t("Received by"), _signer(case.official)),
        (t("Appellant"), short_name(case.name)),
        (t("Minutes kept by"), short_name(case.accepted)),
    ]
    body += flow.signatures(f"{number}. {t('Signatures')}", signs if case.official else signs[1:])
    frame = _frame(house, title, f"{title} № {case.number}", _check_foot(case, t))
    return make_pdf(frame, body, t)


def _corrected(case: Case, t: Translator) -> list[Flowable]:
    """That another text stood here before, and until when; nothing where the first one counts."""
    if case.corrected is None:
        return []
    said = t(
        "Corrected text of {date}. It takes the place of the text of {first}.",
        date=_short(case.corrected, t),
        first=_short(case.received, t),
    )
    return flow.paragraph(said, bold=True)


def in_the_minutes(assignments: Sequence[Assignment]) -> list[Assignment]:
    """What the minutes list: all that was given, but nothing that was written down by mistake."""
    return [one for one in assignments if not one.mistaken]


def _facts(case: Case, house: House, t: Translator) -> list[tuple[str, str]]:
    begun, ended = case.begun, case.ended
    came = format_time(local(case.at_ms))
    if begun is not None:
        came = format_range(clock_of(begun), clock_of(ended)) if ended is not None else format_time(clock_of(begun))
    kind = t(legal.name_of(legal.KINDS, case.kind))
    rows = [
        (t("Received by"), case.official),
        (t("Appellant"), f"{case.name}, {t('IIN')} {grouped_iin(case.iin)}" if case.iin else case.name),
        (t("Address"), case.address),
        (t("Ticket and time"), f"{case.ticket}, {came}" if case.ticket else came),
        (t("Appeal"), f"{kind}. {how_answered(case, house.days, t)}"),
    ]
    return [row for row in rows if row[1]]


def _signer(official: str) -> str:
    """Who signs for an office: "Серік Болатұлы Жұмабеков, … әкімі" as "С. Жұмабеков", and so "Жұмабеков Серік
    Болатұлы". Where the order of the names cannot be told, as it was written.
    """
    name = official.split(",")[0].strip()
    words = name.split()
    if len(words) < 2:
        return name
    if words[-1].casefold().endswith(_PATRONYMICS) or (_is_surname(words[0]) and not _is_surname(words[-1])):
        return f"{words[1][0]}. {words[0]}"
    if any(word.casefold().endswith(_PATRONYMICS) for word in words[1:-1]) or _is_surname(words[-1]):
        return f"{words[0][0]}. {words[-1]}"
    return name


_PATRONYMICS: Final = ("ұлы", "улы", "қызы", "кызы", "вич", "вна", "ична")
_SURNAMES: Final = ("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ский", "ская")


def _is_surname(word: str) -> bool:
    """Whether a name ends as surnames do here; many do not."""
    return word.casefold().endswith(_SURNAMES)


def _assignments(assignments: Sequence[Assignment], house: House, t: Translator) -> list[Flowable]:
    """As they were given: a later extension does not change the minutes."""
    columns = [
        flow.Column("№", 11),
        flow.Column(t("What is done")),
        flow.Column(t("In charge"), 46),
        flow.Column(t("By"), 30, bold=True),
    ]
    rows = [
        (str(place), one.what, one.who, _short(one.asked.day(one.life.given, house.days), t))
        for place, one in enumerate(assignments, start=1)
    ]
    return flow.table(columns, rows)


def coupon(case: Case, house: House) -> Receipt:
    """The coupon of a registered appeal: number, date, time, who accepted it, and the code to follow it by."""
    t = house.words.in_language(paper_language(case))
    accepted = local(case.at_ms)
    registered = registered_on(case.received, house.days)
    by = answer_by(case, house.days)
    lines: list[Emblem | Text | Number | Pair | Rule | Code] = [
        Emblem(),
        Text(house.place(t.language), bold=True),
        Text(t("Appeal coupon")),
        Rule(),
        Text(t("Number of the appeal")),
        Number(case.number),
        Text(format_date(registered, t.language, "full"), "large", bold=True),
        Text(t("Accepted at {time}", time=format_time(accepted))),
        Text(t("Accepted by: {name}", name=short_name(case.accepted))),
    ]
    if registered != case.received:
        lines.append(Text(t("It came on a day off and is registered on the next working day."), "small"))
    lines.append(Rule())
    if by is not None:
        lines += [Pair(t("Answer by"), format_date(by, t.language, "short")), Rule()]
    if case.code:
        lines += [
            Code(QR.format(number=case.number)),
            Pair(t("Code"), grouped(case.code)),
            Text(
                t(
                    "At any PC of the room open “Reception”, press the button of your ticket, and type the number and"
                    " this code."
                )
            ),
        ]
    lines.append(Text(f"{accepted:%d.%m.%Y %H:%M}", "small"))
    return Receipt(tuple(lines))


def day_protocol(day: date, cases: Sequence[tuple[Case, Sequence[Assignment]]], house: House) -> bytes:
    """The minutes of a whole day: everybody who was heard, and what came of it."""
    t = house.words.in_language("ru" if house.words.language == "ru" else "kk")
    title = t("Minutes of the reception day")
    cases = [(case, in_the_minutes(some)) for case, some in cases]
    given = [one for _, some in cases for one in some]
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(day, t.language, "full"), "", house.place(t.language)),
        *flow.facts(
            [
                (t("Received by"), "\n".join(dict.fromkeys(case.official for case, _ in cases if case.official))),
                (t("Residents heard"), format_number(len(cases), t.language)),
                (t("Assignments given"), format_number(len(given), t.language)),
            ]
        ),
    ]
    for place, (case, some) in enumerate(cases, start=1):
        heading = f"{place}. {case.name or t('A resident')}, № {case.number}"
        body += [*flow.section(heading, splits=True), *_corrected(case, t), *flow.paragraph(case.asked)]
        if some:
            body += _assignments(some, house, t)
        else:
            body += flow.paragraph(how_answered(case, house.days, t), hint=True)
    officials = dict.fromkeys(case.official for case, _ in cases if case.official)
    keepers = dict.fromkeys(case.accepted for case, _ in cases if case.accepted)
    signs = [(t("Received by"), _signer(one)) for one in officials]
    signs += [(t("Minutes kept by"), short_name(one)) for one in keepers]
    body += flow.signatures(t("Signatures"), signs)
    return make_pdf(_frame(house, title, f"{title}, {format_date(day, t.language, 'short')}"), body, t)


def answer(case: Case, assignments: Sequence[Assignment], house: House) -> bytes:
    """The answer to the resident: what was done of each assignment, and a part to confirm or to dispute it."""
    t = house.words.in_language(paper_language(case))
    title = t("Answer to an appeal")
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(house.today, t.language, "full"), f"№ {case.number}", house.place(t.language)),
        *flow.facts(
            [row for row in ((t("To whom"), case.name), (t("Address"), case.address)) if row[1]]
            + [(t("Appeal"), t("№ {number} of {date}", number=case.number, date=_short(case.received, t)))]
        ),
        *flow.section(t("What was asked"), splits=True),
        *flow.paragraph(case.asked),
        *flow.section(t("What was done"), splits=True),
    ]
    columns = [
        flow.Column("№", 11),
        flow.Column(t("Assignment"), 58),
        flow.Column(t("Answer")),
        flow.Column(t("Date"), 28, bold=True),
    ]
    rows = []
    assignments = in_the_minutes(assignments)
    for place, one in enumerate(assignments, start=1):
        said, shown = one.answer, ""
        if said is not None:
            text = f"{t(legal.name_of(legal.OUTCOMES, said.reason))}. {said.text}".strip()
            shown = _short(said.step.on, t)
        else:
            text = t("{answer}, by {date}", answer=t(STATES[one.life.state]), date=_short(one.life.due, t))
        rows.append((str(place), one.what, text, shown))
    body += flow.table(columns, rows)
    body += flow.paragraph(
        t("If you are not content with the answer, say so in the room, or at any of its PCs by number and code."),
        hint=True,
    )
    body += flow.signatures(
        t("Signatures"),
        [(t("Answered by"), short_name(_last_author(assignments))), (t("Appellant"), short_name(case.name))],
    )
    return make_pdf(_frame(house, title, f"{title} № {case.number}", _check_foot(case, t)), body, t)


def _last_author(assignments: Sequence[Assignment]) -> str:
    said = [one.answer for one in assignments if one.answer is not None]
    return max(said, key=lambda one: one.step.at).author if said else ""


def notice(one: Assignment, house: House) -> bytes:
    """The notice that a date was moved: it is due within three working days (APPC, article 76)."""
    case = one.case
    t = house.words.in_language(paper_language(case))
    title = t("Notice of a longer term")
    moved = next((told for told in reversed(one.story) if told.counts and told.step.name == "extended"), None)
    reason = t(legal.name_of(legal.EXTENSIONS, moved.reason)) if moved else ""
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(house.today, t.language, "full"), f"№ {case.number}", house.place(t.language)),
        *flow.facts([row for row in ((t("To whom"), case.name), (t("Address"), case.address)) if row[1]]),
        *flow.paragraph(
            t(
                "The term of consideration of your appeal № {number} of {date} is made longer.",
                number=case.number,
                date=_short(case.received, t),
            )
        ),
        *flow.space(2),
        *flow.facts(
            [
                (t("Assignment"), one.what),
                (t("In charge"), one.who),
                (t("First date"), _short(one.life.first_due, t)),
                (t("New date"), format_date(one.life.due, t.language, "full")),
                (t("Reason"), f"{reason}. {moved.text}" if moved and moved.text else reason),
            ]
        ),
        *flow.paragraph(
            t(
                "Basis: Administrative Procedural and Process-Related Code, article 76. The term is made longer by two"
                " months at most."
            ),
            hint=True,
        ),
        *flow.signatures("", [(t("Head"), _signer(case.official)), (t("I was told"), short_name(case.name))]),
    ]
    return make_pdf(_frame(house, title, f"{title} № {case.number}", _check_foot(case, t)), body, t)


def reminder(who: str, assignments: Sequence[Assignment], house: House) -> bytes:
    """What one person has to do and by when, the overdue first. It names no resident."""
    t = house.words
    title = t("Reminder of assignments")
    columns = [
        flow.Column("№", 26),
        flow.Column(t("What is done")),
        flow.Column(t("By"), 28, bold=True),
        flow.Column(t("Working days"), 34),
    ]
    rows = [(one.case.number, one.what, _short(one.life.due, t), days_left(one, house, t)) for one in assignments]
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(house.today, t.language, "full"), "", house.place(t.language)),
        *flow.facts([(t("In charge"), who), (t("Assignments"), format_number(len(rows), t.language))]),
        *flow.table(columns, rows),
        *flow.signatures("", [(t("Read"), who)]),
    ]
    return make_pdf(_frame(house, title, title), body, t)


def days_left(one: Assignment, house: House, t: Translator) -> str:
    """How many working days are left or have gone by."""
    late = one.life.late(house.today, house.days)
    if late:
        return t("late by {n}", n=late)
    return t("left: {n}", n=max(0, house.days.between(house.today, one.life.due)))


def agenda(assignments: Sequence[Assignment], house: House) -> bytes:
    """The weekly meeting's agenda: all that no resident has confirmed, the overdue first; ages and moved dates too."""
    t = house.words
    title = t("Agenda of the meeting on open problems")
    columns = [
        flow.Column("№", 18),
        flow.Column(t("What is done")),
        flow.Column(t("In charge"), 32),
        flow.Column(t("By"), 30),
        flow.Column(t("Weeks"), 15, right=True),
        flow.Column(t("Moved"), 17, right=True),
    ]
    rows = []
    for one in assignments:
        late = one.life.late(house.today, house.days)
        stands = t("late by {n}", n=late) if late else t(STATES[one.life.state])
        weeks = format_number(one.life.weeks(house.today), t.language)
        moved = format_number(one.life.moved, t.language) if one.life.moved else ""
        due = _short(one.life.due, t)
        rows.append((one.case.number, one.what, one.who, f"{due}\n{stands}", weeks, moved))
    overdue = sum(one.life.late(house.today, house.days) > 0 for one in assignments)
    body: list[Flowable] = [
        *flow.title(title),
        *flow.under_title(format_date(house.today, t.language, "full"), "", house.place(t.language)),
        *flow.facts(
            [
                (t("Not confirmed"), format_number(len(assignments), t.language)),
                (t("Overdue"), format_number(overdue, t.language)),
                (t("Dates moved"), format_number(sum(one.life.moved for one in assignments), t.language)),
            ]
        ),
    ]
    body += flow.table(columns, rows, dense=True) if rows else flow.paragraph(t("Residents have confirmed everything."))
    body += flow.signatures("", [(t("Chair"), ""), (t("Minutes kept by"), "")])
    return make_pdf(_frame(house, title, title), body, t)


def story(one: Assignment, days: WorkingDays, t: Translator) -> list[tuple[str, str]]:
    """The whole story of an assignment, a date and a sentence each, for the screen and for papers."""
    first = _short(one.asked.day(one.life.given, days), t)
    lines = [(_short(one.life.given, t), t("Given: {who}, by {date}", who=one.who, date=first))]
    for told in one.story:
        said = tell_step(told, t)
        if told.text:
            said = f"{said}. {told.text}" if said[-1:] != "." else f"{said} {told.text}"
        if not told.counts:
            said = t("{step} (it came too late and changed nothing)", step=said)
        lines.append((_short(told.step.on, t), said))
    return lines


def _short(day: date, t: Translator) -> str:
    return format_date(day, t.language, "short")
