"""The month: one stop of the keyboard, arrows from day to day, and over its edges the month is turned."""

from __future__ import annotations

import pytest

from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import TOKENS, contrast
from akimat_desk.ui.widgets.month_grid import _FILLS, DayCell, MonthGrid
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

DAYS = ("Дс", "Сс", "Ср", "Бс", "Жм", "Сб", "Жс")


class Month(Screen):
    """December 2026, which begins on a Tuesday."""

    frame = "staff"

    def __init__(self) -> None:
        self.said: list[object] = []

    def build(self, body: Box, stage: Stage) -> None:
        cells = [DayCell(f"{day:02}", day, "off" if day in (16, 18) else "plain", "мереке") for day in range(1, 32)]
        MonthGrid(
            body, DAYS, 1, cells, chosen="18", on_choose=self.said.append, on_turn=self.said.append,
            on_beyond=lambda index: self.said.append(("beyond", index)),
            on_open=lambda key: self.said.append(f"open {key}"),
        ).pack(fill="both", expand=True)  # fmt: skip


@pytest.fixture
def month(window: Window) -> tuple[Month, MonthGrid]:
    screen = Month()
    window.go(screen)
    settle(window)
    grid = window.topmost.controls["month"]
    assert isinstance(grid, MonthGrid)
    grid.take_focus()
    settle(window)
    return screen, grid


def press(grid: MonthGrid, *keys: str) -> None:
    for key in keys:
        grid.canvas.event_generate(f"<Key-{key}>")
        grid.update()


def test_arrows_go_from_day_to_day(month: tuple[Month, MonthGrid]) -> None:
    screen, grid = month
    press(grid, "Right", "Down", "Left", "Up", "Home", "End")
    assert screen.said == ["19", "26", "25", "18", "01", "31"]
    assert grid.ring_shown
    press(grid, "Return")
    assert screen.said[-1] == "open 31"


def test_over_the_edges_the_day_is_told_and_pages_turn_the_month(month: tuple[Month, MonthGrid]) -> None:
    screen, grid = month
    press(grid, "End", "Right", "Down", "Next", "Home", "Left", "Prior")
    assert screen.said == ["31", ("beyond", 31), ("beyond", 37), 1, "01", ("beyond", -1), -1]


def test_a_click_chooses_the_day_under_it_and_none_beside_the_month(month: tuple[Month, MonthGrid]) -> None:
    screen, grid = month
    x, y = grid.place_of(3)
    grid.canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
    grid.canvas.event_generate("<ButtonRelease-1>", x=2, y=grid.place_of(0)[1])  # the Monday before the first
    grid.update()
    assert (screen.said, grid.chosen) == (["04"], "04")


def test_every_word_can_be_read_on_its_cell() -> None:
    for fill, ink in (*_FILLS.values(), ("sky_tint", "ink")):
        for dark in (False, True):
            assert contrast(TOKENS[fill][dark], TOKENS[ink][dark]) >= 4.5
