"""A month's figures: each document in exactly one month, whatever the clocks said, and no title anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pypdfium2

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.words import Translator
from akimat_desk.journal import Journal
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from printing.money import actions, days, papers, records, report, statistics
from printing.money.actions import Counted
from printing.money.prices import FreeRule, Rate
from printing.money.statistics import Figures, Tally

from .conftest import TABLE, Print  # type: ignore[import-not-found]


def month(journal: Journal, year: int, number: int) -> Figures:
    with journal.store.read() as db:
        return statistics.month_figures(db, year, number)


def turn(clock: FixedClock, *moment: int) -> None:
    clock.turn_to(datetime(*moment, tzinfo=KAZAKHSTAN))  # type: ignore[arg-type]


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_a_month_holds_its_own_days_from_midnight_to_midnight(
    journal: Journal, printed: Print, clock: FixedClock
) -> None:
    for moment in ((2026, 10, 31, 23, 59), (2026, 11, 1, 0, 0), (2026, 11, 30, 23, 59), (2026, 12, 1, 0, 0)):
        turn(clock, *moment)
        printed(2, 40)
    november = month(journal, 2026, 11)
    assert november.total == Tally(2, 4, 4, 0, 80)
    assert [day for day, _ in november.days] == [date(2026, 11, 1), date(2026, 11, 30)]
    assert (november.hours[0], november.hours[23], november.busiest()) == (1, 1, (0, 23))


def test_a_clock_turned_back_over_the_month_end_puts_every_document_into_one_month(
    journal: Journal, printed: Print, clock: FixedClock
) -> None:
    for moment in ((2026, 12, 1, 0, 1), (2026, 11, 30, 23, 59), (2026, 12, 1, 0, 1), (2020, 1, 1, 0, 0)):
        turn(clock, *moment)
        printed(1, 20)
    months = [month(journal, 2026, 11), month(journal, 2026, 12), month(journal, 2020, 1)]
    assert [each.cash.charged for each in months] == [20, 40, 20]


def test_money_free_pages_work_and_the_box_are_told_apart(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    copying = TABLE.with_rates(TABLE.valid_from, [Rate("copy", "A4", "grey", False, 10)])
    table = replace(copying, rules=(FreeRule("veteran"),))
    paid, free = printed(5, 100), printed(3, 60)
    actions.take_payment(journal, charge=paid, given=100, by=aigul)
    actions.give_free(journal, table, charge=free, rule="veteran", grey=(3, 20), by=aigul)
    actions.charge(journal, table, work="copy", pages=4, sheets=2)
    printed(2, 40, honest=True)
    actions.count_box(journal, counted=30, by=aigul)
    told = month(journal, 2026, 11)
    assert dict(told.works) == {"print": Tally(3, 10, 10, 0, 200), "copy": Tally(1, 4, 2, 0, 40)}
    assert told.cash == statistics.Cash(240, 60, 100, 0, 0, 30)
    assert [(each.rule, each.pages, each.tenge) for each in told.free] == [("veteran", 3, 60)]
    assert (told.honesty.expected, told.honesty.missing, told.honesty.by_value) == (40, 10, None)


def test_the_report_is_a_paper_and_a_table_with_the_same_figures(
    journal: Journal, aigul: SignedIn, printed: Print
) -> None:
    for _ in range(3):
        printed(4, 80)
    told = month(journal, 2026, 11)
    words = Translator(catalogues(find_services()), "ru")
    pdf = report.report_pdf(told, None, "Ақжар", words)
    assert pdf == report.report_pdf(told, None, "Ақжар", words)
    assert "ноябрь 2026 года" in words_of(pdf)
    assert "240 ₸" in words_of(pdf)
    assert report.report_csv(told, words).splitlines()[1] == "2026-11-20,3,12,12,0,240"
    assert report.report_json(told)["total"] == {
        "documents": 3, "pages": 12, "sheets": 12, "colour_pages": 0, "tenge": 240
    }  # fmt: skip


def test_the_report_of_a_year_tells_its_months(journal: Journal, printed: Print, clock: FixedClock) -> None:
    for number in (1, 2, 11):
        turn(clock, 2026, number, 15, 10)
        printed(4, 80)
    with journal.store.read() as db:
        year = statistics.year_figures(db, 2026)
    assert [day.month for day, _ in year.months()] == [1, 2, 11]
    assert "2026" in words_of(report.report_pdf(year, None, "Ақжар", Translator(catalogues(find_services()), "en")))


def test_the_report_of_a_day_is_signed_by_the_two_who_counted(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print
) -> None:
    charge = printed(7, 140)
    actions.take_payment(journal, charge=charge, given=200, by=aigul)
    actions.refund(journal, charge=charge, tenge=20, reason="bad-print", by=marat)
    one, two = Counted(aigul.staff, 120), Counted(marat.staff, 110)
    actions.close_day(journal, first=one, second=two)
    with journal.store.read() as db:
        (day,) = days.closed_days(db)
        paper = papers.DayPaper(day, records.postings_in(db, day.span))
    names = {aigul.staff: aigul.name, marat.staff: marat.name}
    words = Translator(catalogues(find_services()), "en")
    text = words_of(papers.day_report(paper, None, "Ақжар", names.__getitem__, words))
    for expected in ("Сәдуақасова Айгүл", "Оспанов Марат", "120 ₸", "110 ₸", "The paper came out badly"):
        assert expected in text


def test_a_receipt_says_what_was_paid_and_what_went_back() -> None:
    words = Translator(catalogues(find_services()), "en")
    paid = actions.Paid("1" * 32, 140, 200, 60)
    lines = papers.receipt(paid, "4821", "Ақжар", words, 1_795_158_000_000).lines
    told = [getattr(line, "value", getattr(line, "text", "")) for line in lines]
    assert {"4821", "140\xa0₸", "200\xa0₸", "60\xa0₸"} <= set(told)


def test_what_was_charged_is_one_sum_wherever_it_stands(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    """Charges that fell away are told apart, so that the months, the kinds of work and the money agree."""
    bad = printed(3, 60)
    printed(1, 20)
    actions.take_payment(journal, charge=bad, given=60, by=aigul)
    actions.refund(journal, charge=bad, tenge=60, reason="bad-print", by=aigul)
    told = month(journal, 2026, 11)
    assert (told.total.tenge, told.taken_back, told.cash.charged) == (80, 60, 20)
    assert sum(tally.tenge for _, tally in told.works) == sum(tally.tenge for _, tally in told.days) == 80
    facts = dict(report.money_facts(told, Translator([], "en")))
    assert (facts["Charged"], facts["Charge taken back"], facts["Given back"]) == (
        "80\u00a0₸",
        "60\u00a0₸",
        "60\u00a0₸",
    )
    plain = report.report_json(told)
    assert plain["money"]["charged"] == plain["total"]["tenge"] == 80  # type: ignore[index]
