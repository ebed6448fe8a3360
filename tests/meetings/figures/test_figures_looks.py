"""The page of figures in every language and size, with a full year, a month, and nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from akimat_desk.base.locale import month_forms
from akimat_desk.base.months import next_month
from akimat_desk.ui.window import Window
from meetings.figures.counting import Day, Figures, Month, Official, Spread, SubjectLine, Work
from meetings.figures.report import Told
from meetings.figures.screens.report import FiguresPresenter, FiguresScreen
from meetings.visits.subjects import SUBJECTS
from tests.looks import is_translated, looks_right
from tests.printing.screens.test_looks import DATA

pytestmark = pytest.mark.screen

TODAY = date(2026, 11, 20)
YEAR = [date(2026, month, 1) for month in range(1, 13)]
OFFICIALS = {"a": "Ақжар ауылдық округінің әкімі", "b": "Әкімнің орынбасары"}


def day(people: int) -> Day:
    """A day of so many people."""
    return Day(people + 3, people // 2, people, people, 3, Spread(people, 12 + people % 7, 30), Spread(people, 14, 25))


def told(begin: date, end: date) -> Told:
    """A lively year, or its last month."""
    months = [first for first in YEAR if begin <= first < end]
    if not months:
        empty = tuple(Month(first.replace(year=begin.year), Day(), Work()) for first in YEAR)
        return Told(Figures(begin, end, TODAY, Day(), Work(), empty, (), (), ()), OFFICIALS)
    work = Work(214, 261, 180, 21, 9, 51, 162, 30, 11, 4, 17)
    days = [(first + timedelta(days=19), day(14 + first.month % 5)) for first in months]
    return Told(
        Figures(
            begin,
            end,
            TODAY,
            day(186),
            work,
            tuple(Month(first, day(14 + first.month % 5), work) for first in months),
            tuple(days),
            (Official("a", 151), Official("b", 35)),
            tuple(SubjectLine(one.key, 52 - 6 * n, tuple(months[n:])) for n, one in enumerate(SUBJECTS)),
        ),
        OFFICIALS,
    )


def page(month: date = YEAR[10], *, whole_year: bool = True) -> FiguresScreen:
    """The page."""
    paper: Callable[[Told], object] = lambda _: None  # noqa: E731
    presenter = FiguresPresenter(told, paper, lambda _: "reports", month, TODAY, whole_year)
    presenter.now = told(*presenter.span())
    return FiguresScreen(presenter)


SCREENS = {
    "year": page,
    "month": lambda: page(whole_year=False),
    "nothing": lambda: page(date(2024, 1, 1)),
}
SHOWN = DATA | {*OFFICIALS.values(), "2026 жылғы қараша", *(month_forms(n, "kk").name[:3] for n in range(1, 13))}


@pytest.fixture(autouse=True)
def _own_words(window: Window) -> Iterator[None]:
    """The window is every test's: it speaks our languages again afterwards."""
    words = window.words
    yield
    window.speak(words)


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    looks_right(window, SCREENS[name]())


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_translated_and_holds_words_of_a_longer_language(window: Window, name: str) -> None:
    is_translated(window, SCREENS[name](), SHOWN)


def test_one_goes_no_further_than_today_and_back_without_end() -> None:
    presenter = page().report
    presenter.step(1)
    assert presenter.span() == (date(2026, 1, 1), date(2027, 1, 1))
    presenter.step(-1)
    assert presenter.span() == (date(2025, 1, 1), date(2026, 1, 1))
    presenter.whole_year, presenter.month = False, TODAY.replace(day=1)
    presenter.step(1)
    assert presenter.span() == (TODAY.replace(day=1), next_month(TODAY.replace(day=1)))
    presenter.step(-1)
    assert presenter.span() == (date(2026, 10, 1), date(2026, 11, 1))
