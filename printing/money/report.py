"""A month or a year of a room on paper, with charts, and as CSV. No document's title, no resident's name."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date, format_money, format_number, format_percent, month_forms
from akimat_desk.base.words import N_, Translator
from akimat_desk.papers.charts import PaperBar, bars, columns
from akimat_desk.papers.flow import Column, facts, paragraph, section, table, title, under_title
from akimat_desk.papers.pdf import Frame, make_pdf
from printing.money.categories import NAMES
from printing.money.statistics import every_day
from printing.money.till import TOO_FEW

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from akimat_desk.base.words import Language
    from akimat_desk.papers.letterhead import Letterhead
    from printing.money.statistics import Figures, Tally
    from printing.money.till import Honesty, Share

WORK_NAMES: Final = {"print": N_("Printing"), "copy": N_("Copying"), "scan": N_("Scanning")}
_HEADS: Final = (N_("Documents"), N_("Pages"), N_("Sheets"), N_("Colour"), N_("Charged"))


def period_name(figures: Figures, language: Language) -> str:
    """A month as «2026 жылғы қараша», «ноябрь 2026 года», «November 2026»; a year as its number."""
    if (figures.end - figures.begin).days > 31:
        return str(figures.begin.year)
    name = month_forms(figures.begin.month, language).name
    year = figures.begin.year
    return {"kk": f"{year} жылғы {name}", "ru": f"{name} {year} года", "en": f"{name} {year}"}[language]


def report_pdf(figures: Figures, letterhead: Letterhead | None, place: str, words: Translator) -> bytes:
    """The report as PDF."""
    language = words.language
    period = period_name(figures, language)
    is_year = (figures.end - figures.begin).days > 31

    def money(tenge: int) -> str:
        return format_money(tenge, language)

    body: list[Flowable] = [
        *title(words("Printing, copying, scanning: report")),
        *under_title(period, "", place),
        *facts(_summary(figures, words), halves=True),
        *section(words("Pages by month") if is_year else words("Pages by day")),
        *columns(_time_bars(figures, language)),
        *section(words("Documents by the hour of the day")),
        *columns([PaperBar(str(hour), count, str(count)) for hour, count in enumerate(figures.hours)], height_mm=34),
        *section(words("By work")),
        *table(
            _tally_columns(words, words("Work")),
            [_tally_row(words(WORK_NAMES[work]), tally, language) for work, tally in figures.works],
            dense=True,
        ),
        *section(words("Money")),
        *facts(money_facts(figures, words), halves=True),
    ]
    if figures.free:
        body += section(words("Free pages"))
        body += bars(
            [
                PaperBar(words(NAMES.get(each.rule, each.rule)), each.pages, format_number(each.pages, language))
                for each in figures.free
            ]
        )
    body += section(words("Faults"))
    body += facts(_faults(figures, words), halves=True)
    if figures.boxes:
        body += section(words("Honest till"))
        body += facts(honesty_facts(figures.honesty, words), halves=True)
        body += paragraph(words("Missing money at each count"), bold=True)
        body += columns(
            [PaperBar(day_label(local_date(each.ms)), each.missing, money(each.missing)) for each in figures.boxes],
            height_mm=30,
        )
        if figures.honesty.by_value is None:
            body += paragraph(words("Too few documents to tell: fewer than {n}.", n=TOO_FEW), hint=True)
        else:
            body += paragraph(words(HOW_TOLD), hint=True)
    if is_year:
        body += section(words("By month"))
        rows = [_tally_row(_month(day, language), tally, language) for day, tally in figures.months()]
        body += table(_tally_columns(words, words("Month")), rows, dense=True)
    body += section(words("By day"))
    rows = [_tally_row(format_date(day, language, "short"), tally, language) for day, tally in figures.days]
    body += table(_tally_columns(words, words("Day")), rows, dense=True)
    name = words("Report: {period}", period=period)
    return make_pdf(Frame(name, letterhead, running=name), body, words)


HOW_TOLD: Final = N_(
    "The unpaid share may lie within the bounds 19 times of 20 (Wilson; by money over Kish's effective number)."
)


def day_label(day: date) -> str:
    """A day under a bar, as short as can be: 20.11."""
    return f"{day.day}.{day.month:02}"


def report_csv(figures: Figures, words: Translator) -> str:
    """The days as CSV with a head line, plain numbers and ISO dates, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([words(head) for head in (N_("Day"), *_HEADS)])
    for day, tally in figures.days:
        writer.writerow([day.isoformat(), tally.documents, tally.pages, tally.sheets, tally.colour_pages, tally.tenge])
    return out.getvalue()


def report_json(figures: Figures) -> dict[str, object]:
    """The figures as plain values, for `--json`."""
    told = figures.honesty
    return {
        "begin": figures.begin.isoformat(),
        "end": figures.end.isoformat(),
        "total": _plain(figures.total),
        "works": {work: _plain(tally) for work, tally in figures.works},
        "months": {day.isoformat()[:7]: _plain(tally) for day, tally in figures.months()},
        "days": {day.isoformat(): _plain(tally) for day, tally in figures.days},
        "hours": list(figures.hours),
        "money": {
            "charged": figures.total.tenge,
            "charge_taken_back": figures.taken_back,
            "free": figures.cash.free,
            "taken": figures.cash.taken,
            "given_back": figures.cash.given_back,
            "written_off": figures.cash.written_off,
            "boxed": figures.cash.boxed,
        },
        "free": {
            each.rule: {"documents": each.documents, "pages": each.pages, "tenge": each.tenge} for each in figures.free
        },
        "faults": {
            "not_printed": figures.faults.not_printed,
            "stopped": figures.faults.stopped,
            "decided": figures.faults.decided,
            "counted_otherwise": figures.faults.counted_otherwise,
        },
        "honest_till": honesty_json(told),
    }


def honesty_json(told: Honesty) -> dict[str, object]:
    """The honest till's figures as plain values; shares are null while there are too few documents."""
    return {
        "documents": told.documents,
        "expected": told.expected,
        "counted": told.counted,
        "missing": told.missing,
        "over": told.over,
        "written_off": told.written_off,
        "unpaid_documents": told.unpaid_documents,
        "by_units": _share_json(told.by_units),
        "by_value": _share_json(told.by_value),
    }


def honesty_facts(told: Honesty, words: Translator) -> list[tuple[str, str]]:
    """The honest till in lines; missing, overpaid and written off stand apart."""
    language = words.language
    rows = [
        (words("Documents"), format_number(told.documents, language)),
        (words("Expected"), format_money(told.expected, language)),
        (words("Counted"), format_money(told.counted, language)),
        (words("Missing"), format_money(told.missing, language)),
        (words("Too much"), format_money(told.over, language)),
        (words("Written off"), format_money(told.written_off, language)),
    ]
    if told.by_units is not None and told.by_value is not None:
        rows += [
            (words("Unpaid documents"), share_text(told.by_units, words)),
            (words("Unpaid money"), share_text(told.by_value, words)),
        ]
    return rows


def share_text(share: Share, words: Translator) -> str:
    """«12 % (from 8 % to 17 %)»."""
    language = words.language
    value, low, high = (format_percent(100 * each, language, 0) for each in (share.value, share.low, share.high))
    return words("{share} (from {low} to {high})", share=value, low=low, high=high)


def _summary(figures: Figures, words: Translator) -> list[tuple[str, str]]:
    language, total = words.language, figures.total
    busiest = ", ".join(f"{hour}:00" for hour in figures.busiest())
    return [
        (words("Documents"), format_number(total.documents, language)),
        (words("Pages"), format_number(total.pages, language)),
        (words("Sheets of paper"), format_number(total.sheets, language)),
        (words("Colour pages"), format_percent(100 * total.colour_share, language, 1)),
        (words("Charged"), format_money(total.tenge, language)),
        *(((words("Busiest hours"), busiest),) if busiest else ()),
    ]


def money_facts(figures: Figures, words: Translator) -> list[tuple[str, str]]:
    """The money's way in lines: what documents came to, what of it nobody owes, and what was paid."""
    cash, language = figures.cash, words.language
    return [
        (words("Charged"), format_money(figures.total.tenge, language)),
        (words("Charge taken back"), format_money(figures.taken_back, language)),
        (words("Given free"), format_money(cash.free, language)),
        (words("Taken at the desk"), format_money(cash.taken, language)),
        (words("Given back"), format_money(cash.given_back, language)),
        (words("Written off"), format_money(cash.written_off, language)),
        (words("From the honest till's box"), format_money(cash.boxed, language)),
    ]


def _faults(figures: Figures, words: Translator) -> list[tuple[str, str]]:
    faults, language = figures.faults, words.language
    return [
        (words("Not printed"), format_number(faults.not_printed, language)),
        (words("Stopped"), format_number(faults.stopped, language)),
        (words("Decided by staff"), format_number(faults.decided, language)),
        (words("The printer counted otherwise"), format_number(faults.counted_otherwise, language)),
    ]


def _time_bars(figures: Figures, language: Language) -> list[PaperBar]:
    if (figures.end - figures.begin).days > 31:
        return [
            PaperBar(month_forms(day.month, language).name[:3], tally.pages, format_number(tally.pages, language))
            for day, tally in figures.months()
        ]
    return [
        PaperBar(str(day.day), tally.pages, format_number(tally.pages, language)) for day, tally in every_day(figures)
    ]


def _month(day: date, language: Language) -> str:
    return f"{month_forms(day.month, language).name} {day.year}"


def _tally_columns(words: Translator, first: str) -> list[Column]:
    return [Column(first, bold=True), *(Column(words(head), 26, right=True) for head in _HEADS)]


def _tally_row(label: str, tally: Tally, language: Language) -> tuple[str, ...]:
    numbers = (tally.documents, tally.pages, tally.sheets, tally.colour_pages)
    return (label, *(format_number(number, language) for number in numbers), format_money(tally.tenge, language))


def _plain(tally: Tally) -> dict[str, int]:
    return {
        "documents": tally.documents,
        "pages": tally.pages,
        "sheets": tally.sheets,
        "colour_pages": tally.colour_pages,
        "tenge": tally.tenge,
    }


def _share_json(share: Share | None) -> dict[str, float] | None:
    if share is None:
        return None
    return {"share": round(share.value, 4), "low": round(share.low, 4), "high": round(share.high, 4)}
