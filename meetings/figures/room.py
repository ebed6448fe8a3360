"""The figures of a desk: counted, laid into the out-tray, saved as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from meetings.figures.counting import figures
from meetings.figures.report import Told, is_month, report_csv, report_pdf
from meetings.records import all_series_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from akimat_desk.papers.letterhead import Letterhead
    from akimat_desk.service import Desk

FOLDER: Final = "reports"


def told(desk: Desk, begin: date, end: date) -> Told:
    """The days from `begin` up to and without `end`, as of today (blocks)."""
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        found = figures(db, begin, end, calendar_of(db), today)
        officials = {one.id: one.content.official(desk.words.language) for one in all_series_of(db)}
    return Told(found, officials)


def print_report(desk: Desk, report: Told) -> int:
    """Lay the report into the out-tray (blocks); its number there."""
    from akimat_desk.papers.tray import OutTray, Paper

    pdf = report_pdf(report, *_head(desk), desk.words)
    return OutTray(desk.store, desk.clock).put("meetings", Paper(Sentence(N_("Receptions: report")), pdf=pdf))


def save_report(desk: Desk, report: Told, folder: Path | None = None) -> tuple[Path, Path]:
    """Save the report as PDF and as CSV (blocks).

    `folder` must be there: a mistyped one is refused, not made. Without it, the desk's own for reports.
    """
    from akimat_desk.store.errors import faults

    if folder is None:
        folder = desk.home.data / FOLDER
        with faults():
            folder.mkdir(exist_ok=True)
    counted = report.figures
    one_year = counted.begin.year == counted.months[-1].first.year
    name = f"{counted.begin:%Y-%m}" if is_month(counted) else f"{counted.begin:%Y}"
    name = name if one_year else f"{counted.begin:%Y}-{counted.months[-1].first:%Y}"
    pdf, table = folder / f"receptions-{name}.pdf", folder / f"receptions-{name}.csv"
    with faults():
        pdf.write_bytes(report_pdf(report, *_head(desk), desk.words))
        # The mark tells spreadsheets that it is UTF-8; without it they show Kazakh letters as noise.
        table.write_text(report_csv(report, desk.words), encoding="utf-8-sig", newline="")
    return pdf, table


def _head(desk: Desk) -> tuple[Letterhead | None, str]:
    """The letterhead and the room's name; nothing before the first set-up."""
    from akimat_desk.papers.letterhead import Letterhead
    from akimat_desk.people.zone import ZoneUnknown, zone

    try:
        here = zone(desk.store)
    except ZoneUnknown:
        return None, ""
    return Letterhead.of_zone(here.content), here.name(desk.words.language)
