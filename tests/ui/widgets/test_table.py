"""A table of any length: only what is seen exists, and keys, wheel and clicks all know the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.rows import BLOCK, KEPT_BLOCKS, Column, FetchedRows, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.widgets.table import Table
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

COLUMNS = (
    Column("code", "Code", 120),
    Column("pages", "Pages", 80, "right", spare=2),
    Column("state", "State", 160, stretch=True),
)


def rows(count: int) -> list[Row]:
    return [Row(f"k{n}", (f"{n:06}", str(n % 7), "waits"), "clock", "gold_text") for n in range(count)]


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def make(show: Callable[..., object], window: Window, chosen: list[str]) -> Callable[..., Table]:
    def make(count: int, **more: object) -> Table:
        source = ListedRows(rows(count))
        show(
            lambda body, _: Table(body, COLUMNS, source, on_choose=chosen.append, **more).pack(
                fill="both", expand=True
            ),  # type: ignore[arg-type]
            frame="staff",
        )
        table = window.page.controls["table"]
        assert isinstance(table, Table)
        window.focus("table")
        settle(window)
        return table

    return make


def shown(table: Table) -> list[str]:
    return [str(table.tree.item(item, "text")) for item in table.tree.get_children()]


def test_a_hundred_thousand_rows_are_a_screenful_of_widgets(make: Callable[..., Table]) -> None:
    table = make(100_000)
    assert 10 < len(table.tree.get_children()) < 40
    assert shown(table)[:3] == ["000000", "000001", "000002"]


def test_home_and_end_page_and_arrow_keys_choose(make: Callable[..., Table], chosen: list[str]) -> None:
    table = make(100_000)
    page = len(table.visible_rows) - 1
    for key in ("End", "Up", "Home", "Down", "Next", "Prior"):
        table.tree.event_generate(f"<Key-{key}>")
    assert chosen == ["k99999", "k99998", "k0", "k1", f"k{1 + page}", "k1"]
    table.tree.event_generate("<Key-End>")
    assert "099999" in shown(table)
    (selected,) = table.tree.selection()
    assert table.tree.item(selected, "text") == "099999"


def test_the_wheel_scrolls_and_the_choice_stays(make: Callable[..., Table], chosen: list[str]) -> None:
    table = make(1000)
    table.choose(2)
    table.tree.event_generate("<Button-5>")
    assert shown(table)[0] == "000003"
    assert table.tree.selection() == ()
    table.tree.event_generate("<Button-4>")
    (selected,) = table.tree.selection()
    assert table.tree.item(selected, "text") == "000002"
    assert chosen == ["k2"]


def test_the_scroll_bar_knows_the_whole(make: Callable[..., Table]) -> None:
    table = make(100_000)
    table._scrolled("moveto", "0.5")  # what ttk's scroll bar calls
    assert shown(table)[0] == "050000"
    assert table._bar.get()[0] == pytest.approx(0.5)


def test_a_short_table_has_no_scroll_bar(make: Callable[..., Table]) -> None:
    assert not make(3)._bar.winfo_ismapped()


def test_the_keyboard_opens_the_chosen_row(make: Callable[..., Table]) -> None:
    opened: list[str] = []
    table = make(10, on_open=opened.append)
    table.choose(4)
    table.tree.event_generate("<Key-Return>")
    assert opened == ["k4"]


def test_a_second_sort_by_the_same_column_turns_it_round(make: Callable[..., Table]) -> None:
    sorts: list[tuple[str, bool]] = []
    table = make(10, on_sort=lambda key, down: sorts.append((key, down)), sorted_by=("code", False))
    table.tree.event_generate("<Control-Key-1>")
    table.tree.event_generate("<Control-Key-3>")
    assert sorts == [("code", True), ("state", False)]


def test_words_that_do_not_fit_end_with_dots(show: Callable[..., object], window: Window) -> None:
    source = ListedRows([Row("a", ("a very long key that cannot fit", "1", "x" * 400))])
    show(lambda body, _: Table(body, COLUMNS, source).pack(fill="both", expand=True), frame="staff")
    table = window.page.controls["table"]
    assert isinstance(table, Table)
    key, state = shown(table)[0], str(table.tree.item(table.tree.get_children()[0], "values")[1])
    assert key.endswith("…")
    assert state.endswith("…")


def test_a_column_is_as_wide_as_the_words_it_is_known_to_hold(show: Callable[..., object], window: Window) -> None:
    ink = "black, white and every grey between"
    columns = [Column("code", "Code", 60), Column("ink", "Ink", 60, words=["colour", ink]), COLUMNS[-1]]
    source = ListedRows([Row("a", ("1", ink, "x"))])
    show(lambda body, _: Table(body, columns, source).pack(fill="both", expand=True), frame="staff")
    table = window.page.controls["table"]
    assert isinstance(table, Table)
    assert table.tree.item(table.tree.get_children()[0], "values")[0] == ink


def test_columns_that_can_be_spared_go_when_there_is_no_room(show: Callable[..., object], window: Window) -> None:
    def build(body: object, _: object) -> None:
        from akimat_desk.ui.widgets.surface import Box

        narrow = Box(body, width=300, height=300)  # type: ignore[arg-type]
        narrow.pack_propagate(False)
        narrow.pack()
        Table(narrow, COLUMNS, ListedRows(rows(3))).pack(fill="both", expand=True)

    show(build, frame="staff")
    table = window.page.controls["table"]
    assert isinstance(table, Table)
    assert table.tree.cget("displaycolumns") == ("state",)


def test_a_rebuilt_table_stands_where_it_was(make: Callable[..., Table], window: Window) -> None:
    make(1000).scroll_to(500)
    window.stage.rebuild()
    settle(window)
    table = window.page.controls["table"]
    assert isinstance(table, Table)
    assert shown(table)[0] == "000500"


class TestFetched:
    def test_only_blocks_that_come_into_sight_are_read(self, show: Callable[..., object], window: Window) -> None:
        asked: list[tuple[int, int]] = []

        def fetch(start: int, stop: int) -> Sequence[Row]:
            asked.append((start, stop))
            return [Row(f"k{n}", (f"{n:06}", "1", "waits")) for n in range(start, stop)]

        show(
            lambda body, stage: Table(body, COLUMNS, FetchedRows(stage, 100_000, fetch)).pack(fill="both", expand=True),
            frame="staff",
        )
        table = window.page.controls["table"]
        assert isinstance(table, Table)
        settle(window)
        assert asked == [(0, BLOCK)]
        assert shown(table)[0] == "000000"
        table.scroll_to(99_999)
        settle(window)
        assert asked == [(0, BLOCK), (100_000 - BLOCK, 100_000)]
        assert "099999" in shown(table)

    def test_old_blocks_are_forgotten(self, window: Window, show: Callable[..., object]) -> None:
        asked: list[int] = []

        def fetch(start: int, stop: int) -> Sequence[Row]:
            asked.append(start // BLOCK)
            return [Row(f"k{n}", ("", "", "")) for n in range(start, stop)]

        show(lambda body, _: None)
        source = FetchedRows(window.stage, 100_000, fetch)
        for block in range(KEPT_BLOCKS + 1):
            source.get(block * BLOCK, block * BLOCK + 1, lambda: None)
        source.get(0, 1, lambda: None)
        assert asked == [*range(KEPT_BLOCKS + 1), 0]


def test_a_column_that_can_be_spared_goes_before_words_of_the_stretching_one_are_cut(
    show: Callable[..., object], window: Window
) -> None:
    columns = [
        Column("code", "Code", 100),
        Column("time", "Time", 300, spare=1),
        Column("state", "State", 150, stretch=True),
    ]
    long = "A state that takes half of a line to be told"

    def build(body: Box, _: Stage) -> None:
        for name, state in (("short", "Done"), ("long", long)):
            box = Box(body, width=640, height=200)
            box.pack_propagate(False)
            box.pack()
            Table(box, columns, ListedRows([Row("1", ("4801", "11:09", state))]), name=name).pack(
                fill="both", expand=True
            )

    show(build, frame="staff")
    shown = {}
    for name in ("short", "long"):
        table = window.page.controls[name]
        assert isinstance(table, Table)
        shown[name] = table.tree.cget("displaycolumns"), table.tree.item(table.tree.get_children()[0], "values")[1]
    assert shown == {"short": (("time", "state"), "Done"), "long": (("state",), long)}


def test_where_the_stretching_column_is_left_out_the_widest_fills_the_row(
    show: Callable[..., object], window: Window
) -> None:
    columns = [
        Column("due", "Due", 100),
        Column("what", "What", 250),
        Column("who", "Who", 300, stretch=True, spare=2),
    ]

    def build(body: Box, _: Stage) -> None:
        box = Box(body, width=500, height=200)
        box.pack_propagate(False)
        box.pack()
        Table(box, columns, ListedRows([Row("1", ("11:09", "Lamps", "Mayor"))])).pack(fill="both", expand=True)

    show(build, frame="staff")
    table = window.page.controls["table"]
    assert isinstance(table, Table)
    assert table.tree.cget("displaycolumns") == ("what",)
    assert table.tree.column("#0", "width") + table.tree.column("what", "width") == table.tree.winfo_width()
