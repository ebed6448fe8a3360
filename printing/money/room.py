"""Money in one open desk: what screens and commands read and do, with the desk's own staff, papers and folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from printing import actions as print_actions
from printing.money import actions, days, records, statistics
from printing.money.prices import FreeRule, PricesMissing, PriceTable, PriceUnclear, Rate
from printing.money.report import report_csv, report_pdf

if TYPE_CHECKING:
    from akimat_desk.papers.letterhead import Letterhead
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Desk
    from printing.money.actions import Counted, Paid
    from printing.money.prices import Work
    from printing.money.statistics import Figures
    from printing.rules import Colour, Size

FOLDER: Final = "reports"
"""Where reports are saved, in the desk's data folder."""


class NotSignedIn(Refused):
    """Money is taken by somebody: staff sign in first."""

    code = "money-not-signed-in"
    staff_text = N_("Nobody of the staff is signed in at this PC.")
    next_text = N_("Sign in first.")


def who(desk: Desk) -> SignedIn:
    """Who takes the money. Raises `NotSignedIn`."""
    person = desk.signed_in()
    if person is None:
        raise NotSignedIn
    return person


def names(desk: Desk) -> Mapping[str, str]:
    """The names of the staff by their ids, former ones too."""
    from akimat_desk.people.staff import staff

    return {each.id: each.name for each in staff(desk.store, also_former=True)}


@dataclass(frozen=True, slots=True)
class Heading:
    """What official papers of this room are headed with."""

    letterhead: Letterhead | None
    place: str


def heading(desk: Desk) -> Heading:
    """The letterhead and the room's name; nothing before the first set-up."""
    from akimat_desk.papers.letterhead import Letterhead
    from akimat_desk.people.zone import ZoneUnknown, zone

    try:
        here = zone(desk.store)
    except ZoneUnknown:
        return Heading(None, "")
    return Heading(Letterhead.of_zone(here.content), here.name(desk.words.language))


def table_today(desk: Desk) -> PriceTable | None:
    """The prices of now; None before any were set."""
    try:
        return print_actions.prices_today(desk.journal)
    except PricesMissing:
        return None


@dataclass(frozen=True, slots=True)
class TableSet:
    """Other prices hold; screens that show a price refresh."""

    table: PriceTable
    topics: tuple[str, ...] = ("printing.prices",)


def set_typed_table(
    desk: Desk, typed: Mapping[str, str], free: str, rules: Mapping[str, str], blank_free: bool
) -> TableSet:
    """The price table as it was typed, from today: fields as "print A4 grey-two", empty where this is not done.

    Raises `PriceUnclear`, `PriceOutside`, `FreePagesOutside`.
    """
    rates = []
    for key, value in typed.items():
        if value.strip():
            work, size, name = key.split()
            colour, _, two = name.partition("-")
            rates.append(Rate(cast("Work", work), cast("Size", size), cast("Colour", colour), bool(two), _int(value)))
    given = tuple(FreeRule(code, _int(pages) if pages.strip() else None) for code, pages in sorted(rules.items()))
    table = PriceTable(
        local_date(desk.clock.now_ms()),
        tuple(sorted(rates)),
        free_pages=_int(free) if free.strip() else 0,
        rules=given,
        blank_free=blank_free,
    )
    return TableSet(print_actions.set_prices(desk.journal, table))


def _int(typed: str) -> int:
    try:
        return int(typed)
    except ValueError as why:
        raise PriceUnclear from why


def prove_count(desk: Desk, staff: str, pin: str, tenge: int) -> Counted:
    """One person's count, signed with their PIN. Raises `WrongPin`, `PinWait`, `StaffUnknown`."""
    from akimat_desk.people.sign_in import sign_in

    return actions.Counted(sign_in(desk.store, desk.clock, staff=staff, pin=pin).staff, tenge)


def print_receipt(desk: Desk, paid: Paid, code: str) -> None:
    """Lay the receipt for a payment into the out-tray."""
    from akimat_desk.papers.tray import OutTray, Paper
    from printing.money.papers import receipt

    made = receipt(paid, code, heading(desk).place, desk.words, desk.clock.now_ms())
    OutTray(desk.store, desk.clock).put("printing", Paper(Sentence(N_("Receipt")), receipt=made))


def day_report_pdf(desk: Desk, entry: str) -> bytes:
    """The report of a closed day as PDF. Raises `DayUnknown`."""
    from printing.money.papers import DayPaper, day_report

    with desk.store.read() as db:
        day = next((each for each in days.closed_days(db) if each.entry == entry), None)
        if day is None:
            raise actions.DayUnknown
        lines = records.postings_in(db, day.span, what=("refund", "write_off", "moved"))
        opened = min((each.ms for each in records.postings_in(db, day.span)), default=day.ms)
        boxes = tuple(each for each in days.box_counts(db) if opened <= each.ms <= day.ms)
    known, head = names(desk), heading(desk)
    paper = DayPaper(day, lines, boxes)
    return day_report(paper, head.letterhead, head.place, lambda staff: known.get(staff, ""), desk.words)


def print_day_report(desk: Desk, entry: str) -> None:
    """Lay the report of a closed day into the out-tray."""
    _put(desk, Sentence(N_("Report of the day")), day_report_pdf(desk, entry))


def figures(desk: Desk, first: date, *, whole_year: bool) -> Figures:
    """The figures of the month or the year that holds `first`."""
    with desk.store.read() as db:
        if whole_year:
            return statistics.year_figures(db, first.year)
        return statistics.month_figures(db, first.year, first.month)


def print_report(desk: Desk, told: Figures) -> None:
    """Lay the report of a month or a year into the out-tray."""
    head = heading(desk)
    _put(desk, Sentence(N_("Report")), report_pdf(told, head.letterhead, head.place, desk.words))


def save_report(desk: Desk, told: Figures, folder: Path | None = None) -> tuple[Path, Path]:
    """Save the report as PDF and as CSV into `folder`, else into the desk's own for reports."""
    folder = folder or desk.home.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    is_year = (told.end - told.begin).days > 31
    name = f"report-{told.begin:%Y}" if is_year else f"report-{told.begin:%Y-%m}"
    head = heading(desk)
    pdf, table = folder / f"{name}.pdf", folder / f"{name}.csv"
    pdf.write_bytes(report_pdf(told, head.letterhead, head.place, desk.words))
    # The mark tells spreadsheets that it is UTF-8; without it they show Kazakh letters as noise.
    table.write_text(report_csv(told, desk.words), encoding="utf-8-sig", newline="")
    return pdf, table


def unpaid(desk: Desk) -> int:
    """How many documents wait for money, for the sidebar."""
    with desk.store.read() as db:
        return sum(each.balance.owed > 0 for each in records.owing(db))


def _put(desk: Desk, title: Sentence, pdf: bytes) -> None:
    from akimat_desk.papers.tray import OutTray, Paper

    OutTray(desk.store, desk.clock).put("printing", Paper(title, pdf=pdf))
