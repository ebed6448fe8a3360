"""The figures of a month or a year: on paper to be signed, as CSV, as plain values. Only officials are named."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date, format_number, format_percent, month_forms
from akimat_desk.base.months import next_month
from akimat_desk.base.words import N_, Translator
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reportlab.platypus import Flowable

    from akimat_desk.base.words import Language
    from akimat_desk.papers.flow import Column
    from akimat_desk.papers.letterhead import Letterhead
    from meetings.figures.counting import Day, Figures, Spread, Work

TITLE: Final = N_("Receptions: report")
WAITS: Final = N_(
    "A wait lasts from coming until the first call; for those who came before their booked time, from that time on."
)
SHARES: Final = N_(
    "In time: the first answer came by its date; of all that were answered or whose date is over. Confirmed: the"
    " resident said that it is done; of all that were answered."
)
_ONE_SHEET: Final = 24
_SIGNED_ROWS: Final = 8
"""More days than fit on one sheet with the lines to sign: as many as this stay with them."""
_DAY_HEADS: Final = (N_("People expected"), N_("Came"), N_("People received"), N_("Missed"), N_("Half waited, min"))
_WORK_HEADS: Final = (N_("Assignments"), N_("In time"), N_("Late"), N_("Overdue"), N_("Confirmed"))


@dataclass(frozen=True, slots=True)
class Told:
    """Figures, and the officials' names by series."""

    figures: Figures
    officials: Mapping[str, str]

    def served(self) -> list[tuple[str, int]]:
        """Officials by name, with how many they received."""
        return [(self.officials.get(one.series, "–"), one.served) for one in self.figures.officials]


def is_month(figures: Figures) -> bool:
    """Whether they are of one month."""
    return next_month(figures.begin) == figures.end


def period_name(figures: Figures, language: Language) -> str:
    """A month as «2026 жылғы қараша», «ноябрь 2026 года», «November 2026»; years as numbers."""
    if is_month(figures):
        name, year = month_forms(figures.begin.month, language).name, figures.begin.year
        return {"kk": f"{year} жылғы {name}", "ru": f"{name} {year} года", "en": f"{name} {year}"}[language]
    last = figures.months[-1].first
    if figures.begin.month == 1 and last.month == 12:
        return str(last.year) if last.year == figures.begin.year else f"{figures.begin.year}–{last.year}"
    return f"{month_label(figures.begin, language)} – {month_label(last, language)}"


def month_label(first: date, language: Language) -> str:
    """«қараша 2026»."""
    return f"{month_forms(first.month, language).name} {first.year}"


def minutes_text(spread: Spread, minutes: int, words: Translator) -> str:
    """«12 min», or a dash where nothing was measured."""
    return words("{n} min", n=minutes) if spread.measured else "–"


def share_text(share: float | None, language: Language) -> str:
    """A share in per cent; a dash where there is nothing to share."""
    return "–" if share is None else format_percent(100 * share, language, 0)


def day_facts(day: Day, words: Translator) -> list[tuple[str, str]]:
    """The days in lines."""
    language = words.language
    return [
        (words("People expected"), format_number(day.expected, language)),
        (words("Of these with a booked time"), format_number(day.booked, language)),
        (words("Came"), format_number(day.came, language)),
        (words("People received"), format_number(day.served, language)),
        (words("Missed"), format_number(day.missed, language)),
        (words("Half waited no longer than"), minutes_text(day.waiting, day.waiting.middle, words)),
        (words("Nine of ten waited no longer than"), minutes_text(day.waiting, day.waiting.most, words)),
        (words("Half of the talks lasted no longer than"), minutes_text(day.talks, day.talks.middle, words)),
    ]


def work_facts(work: Work, words: Translator) -> list[tuple[str, str]]:
    """The assignments in lines."""
    language = words.language
    return [
        (words("Appeals"), format_number(work.cases, language)),
        (words("Assignments"), format_number(work.given, language)),
        (words("Answered in time"), share_text(work.share_in_time, language)),
        (words("Confirmed by residents"), share_text(work.share_confirmed, language)),
        (words("Answered late"), format_number(work.late, language)),
        (words("Overdue"), format_number(work.overdue, language)),
        (words("In work, in time"), format_number(work.running, language)),
        (words("Waits for the resident’s word"), format_number(work.waits_for_word, language)),
        (words("Disputed"), format_number(work.disputed, language)),
        (words("Closed without the resident"), format_number(work.closed, language)),
        (words("Dates moved"), format_number(work.moved, language)),
    ]


def report_pdf(told: Told, letterhead: Letterhead | None, place: str, words: Translator) -> bytes:
    """The report as PDF, with charts, tables and lines to sign on."""
    from akimat_desk.papers.charts import PaperBar, bars, columns
    from akimat_desk.papers.flow import (
        Column,
        facts,
        paragraph,
        section,
        signatures,
        table,
        title,
        together,
        under_title,
    )
    from akimat_desk.papers.pdf import Frame, make_pdf

    figures, language = told.figures, words.language
    period = period_name(figures, language)

    def number(value: int) -> str:
        return format_number(value, language)

    def label(first: date) -> str:
        return _row_label(first, figures, language)

    waits = [
        PaperBar(label, day.waiting.middle, number(day.waiting.middle)) for label, day in _labelled(figures, language)
    ]
    body = [
        *title(words(TITLE)),
        *under_title(period, "", place),
        *section(words("Reception days")),
        *facts(day_facts(figures.day, words), halves=True),
        *paragraph(words(WAITS), hint=True),
    ]
    if figures.day.served:
        served = [PaperBar(label, day.served, number(day.served)) for label, day in _labelled(figures, language)]
        body += together(*section(words("People received")), *columns(served))
    if figures.day.waiting.measured:
        body += together(*section(words("Half waited no longer than, in minutes")), *columns(waits, height_mm=34))
    if told.served():
        body += section(words("Received by"))
        body += bars([PaperBar(name, served, number(served)) for name, served in told.served()])
    body += section(words("Assignments"))
    body += facts(work_facts(figures.work, words), halves=True)
    body += paragraph(words(SHARES), hint=True)
    if figures.subjects:
        body += section(words("Subjects"))
        body += bars(
            [PaperBar(words(subject(one.subject).name), one.times, number(one.times)) for one in figures.subjects]
        )
    last: list[Flowable] = []
    if not is_month(figures):
        rows = [
            (words(subject(one.subject).name), number(one.times), number(len(one.months)))
            for one in figures.subjects
            if one.repeats
        ]
        heads = [Column(words("Times"), 30, right=True), Column(words("Months"), 30, right=True)]
        if rows:
            body += section(words("In how many months a subject came up again"))
            body += table([Column(words("Subject"), bold=True), *heads], rows, dense=True)
        if figures.day.expected:
            heads = _heads(words("Month"), _DAY_HEADS, words, 29)
            by_month = [(label(one.first), *_day_row(one.day, language)) for one in figures.months]
            last = [*section(words("Receptions by month")), *table(heads, by_month, dense=True)]
        if figures.work.given:
            body += last
            heads = _heads(words("Month"), _WORK_HEADS, words, 29)
            works = [(label(one.first), *_work_row(one.work, language)) for one in figures.months]
            last = [*section(words("Assignments by month")), *table(heads, works, dense=True)]
    days = [(format_date(day, language, "short"), *_day_row(one, language)) for day, one in figures.days]
    if days:
        heads = _heads(words("Day"), _DAY_HEADS, words, 29)
        body += last
        last = section(words("By day"))
        if len(days) > _ONE_SHEET:
            body += [*last, *table(heads, days[:-_SIGNED_ROWS], dense=True)]
            days, last = days[-_SIGNED_ROWS:], []
        last += table(heads, days, dense=True)
    signers = [(words("Received by"), name) for name, _ in told.served()[:3]]
    # Lines to sign on a sheet of their own would belong to nothing.
    body += together(*last, *signatures(words("Signatures"), [*signers, (words("Report made by"), "")]))
    name = words("Receptions: report, {period}", period=period)
    return make_pdf(Frame(name, letterhead, running=name), body, words)


def _labelled(figures: Figures, language: Language) -> list[tuple[str, Day]]:
    """The chart's columns: months of a year, days of a month."""
    if is_month(figures):
        return [(day_label(day), one) for day, one in figures.days]
    one_year = figures.begin.year == figures.months[-1].first.year
    return [
        (month_forms(one.first.month, language).name[:3] if one_year else f"{one.first:%m.%Y}", one.day)
        for one in figures.months
    ]


def _row_label(first: date, figures: Figures, language: Language) -> str:
    """A month in a table; its year stands beside it where there are several."""
    if figures.begin.year == figures.months[-1].first.year:
        return month_forms(first.month, language).name
    return f"{first:%Y-%m}"


def day_label(day: date) -> str:
    """A day under a column: 20.11."""
    return f"{day.day}.{day.month:02}"


def _heads(first: str, heads: Sequence[str], words: Translator, width: float) -> list[Column]:
    from akimat_desk.papers.flow import Column

    return [Column(first, bold=True), *(Column(words(head), width, right=True) for head in heads)]


def _day_row(day: Day, language: Language) -> tuple[str, ...]:
    waited = format_number(day.waiting.middle, language) if day.waiting.measured else "–"
    return (*(format_number(each, language) for each in (day.expected, day.came, day.served, day.missed)), waited)


def _work_row(work: Work, language: Language) -> tuple[str, ...]:
    numbers = (work.given, work.in_time, work.late, work.overdue, work.confirmed)
    return tuple(format_number(each, language) for each in numbers)


def report_csv(told: Told, words: Translator) -> str:
    """The months as CSV with a head line and plain numbers, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = (
        N_("Month"), N_("People expected"), N_("Came"), N_("People received"), N_("Missed"), N_("Half waited, min"),
        N_("Nine of ten waited, min"), N_("Appeals"), *_WORK_HEADS, N_("Disputed"),
    )  # fmt: skip
    writer.writerow([words(head) for head in heads])
    for one in told.figures.months:
        day, work = one.day, one.work
        writer.writerow(
            [
                f"{one.first:%Y-%m}",
                day.expected,
                day.came,
                day.served,
                day.missed,
                day.waiting.middle if day.waiting.measured else "",
                day.waiting.most if day.waiting.measured else "",
                work.cases,
                work.given,
                work.in_time,
                work.late,
                work.overdue,
                work.confirmed,
                work.disputed,
            ]
        )
    return out.getvalue()


def report_json(told: Told) -> dict[str, object]:
    """The figures as plain values, for `--json`."""
    figures = told.figures
    return {
        "begin": figures.begin.isoformat(),
        "end": figures.end.isoformat(),
        "as_of": figures.today.isoformat(),
        "receptions": _day_json(figures.day),
        "assignments": _work_json(figures.work),
        "months": {
            f"{one.first:%Y-%m}": {"receptions": _day_json(one.day), "assignments": _work_json(one.work)}
            for one in figures.months
        },
        "days": {day.isoformat(): _day_json(one) for day, one in figures.days},
        "officials": [
            {"series": one.series, "official": told.officials.get(one.series, ""), "received": one.served}
            for one in figures.officials
        ],
        "subjects": [
            {"subject": one.subject, "times": one.times, "months": [f"{first:%Y-%m}" for first in one.months]}
            for one in figures.subjects
        ],
    }


def _day_json(day: Day) -> dict[str, object]:
    return {
        "expected": day.expected,
        "booked": day.booked,
        "came": day.came,
        "received": day.served,
        "missed": day.missed,
        "waiting_minutes": _spread_json(day.waiting),
        "talk_minutes": _spread_json(day.talks),
    }


def _spread_json(spread: Spread) -> dict[str, int] | None:
    if not spread.measured:
        return None
    return {"measured": spread.measured, "half_within": spread.middle, "nine_of_ten_within": spread.most}


def _work_json(work: Work) -> dict[str, object]:
    shares = {"share_in_time": work.share_in_time, "share_confirmed": work.share_confirmed}
    return {
        "appeals": work.cases,
        "assignments": work.given,
        "answered_in_time": work.in_time,
        "answered_late": work.late,
        "overdue": work.overdue,
        "running": work.running,
        "confirmed": work.confirmed,
        "waits_for_word": work.waits_for_word,
        "disputed": work.disputed,
        "closed": work.closed,
        "dates_moved": work.moved,
        **{name: None if share is None else round(share, 4) for name, share in shares.items()},
    }
