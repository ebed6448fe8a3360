"""What the controls do, beyond being pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.ui.inspect import clipped, settle, texts
from akimat_desk.ui.pictures import NoSuchIcon
from akimat_desk.ui.samples import nothing
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.drawing import DRAWINGS, Drawing
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.tile import Tile, TileGrid, TileText
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


def test_words_that_are_too_long_for_a_button_break_and_the_button_grows(
    show: Callable[..., object], window: Window
) -> None:
    def build(body: Box, _: Stage) -> None:
        narrow = Box(body, width=220, height=400)
        narrow.pack_propagate(False)
        narrow.pack()
        Button(narrow, "Words that need three lines in this place", nothing, name="long").pack(fill="x")

    show(build)
    button = window.page.controls["long"]
    assert isinstance(button, Button)
    assert button.face.winfo_height() > 80
    assert clipped(window.page) == []


def test_a_button_shrinks_again_when_there_is_room(show: Callable[..., object], window: Window) -> None:
    boxes: list[Box] = []

    def build(body: Box, _: Stage) -> None:
        box = Box(body, width=220, height=400)
        box.pack_propagate(False)
        box.pack()
        boxes.append(box)
        Button(box, "Words that need three lines in this place", nothing, name="long").pack(fill="x")

    show(build)
    boxes[0].configure(width=900)
    settle(window)
    button = window.page.controls["long"]
    assert isinstance(button, Button)
    assert button.face.winfo_height() == 64


def test_buttons_stand_under_each_other_where_there_is_no_room(show: Callable[..., object], window: Window) -> None:
    boxes: list[Box] = []

    def build(body: Box, _: Stage) -> None:
        box = Box(body, width=1000, height=400)
        box.pack_propagate(False)
        box.pack()
        boxes.append(box)
        row = ButtonRow(box)
        row.pack(fill="x")
        for number in range(3):
            Button(row, f"A button with words {number}", nothing, name=f"b{number}")

    show(build)
    buttons = [window.page.controls[f"b{number}"] for number in range(3)]
    assert len({button.winfo_y() for button in buttons}) == 1  # type: ignore[attr-defined]
    boxes[0].configure(width=300)
    settle(window)
    assert len({button.winfo_y() for button in buttons}) == 3  # type: ignore[attr-defined]
    assert clipped(window.page) == []


def test_large_print_shows_the_short_words(show: Callable[..., object], window: Window) -> None:
    tile = TileText(
        "Book a time with the akim", "Choose your time", "calendar-check", "gold", nothing, "Akim's reception"
    )
    show(lambda body, _: Tile(body, tile).pack())
    assert {"Book a time with the akim", "Choose your time"} <= set(texts(window.page))
    window.show_as("en", 200, False)
    settle(window)
    assert "Akim's reception" in texts(window.page)
    assert not {"Book a time with the akim", "Choose your time"} & set(texts(window.page))


def test_the_chosen_option_is_marked_by_more_than_colour(show: Callable[..., object], window: Window) -> None:
    chosen: list[str] = []
    options = [Option("grey", "Grey"), Option("colour", "Colour")]
    show(lambda body, _: OptionRow(body, "Ink", options, "grey", chosen.append, name="ink").pack())
    marked, other = (window.page.controls[name] for name in ("ink-grey", "ink-colour"))
    assert isinstance(marked, Button)
    assert isinstance(other, Button)
    assert [len(button.canvas.find_withtag("content")) for button in (marked, other)] == [2, 1]  # the tick
    assert [button.face.paint.border for button in (marked, other)] == [3, 2]
    other.press()
    assert chosen == ["colour"]


def test_a_stepper_stops_at_its_ends(show: Callable[..., object], window: Window) -> None:
    changes: list[int] = []
    show(lambda body, _: Stepper(body, "Copies", 2, changes.append, least=1, most=3, name="copies").pack())
    less, more = (window.page.controls[f"copies-{end}"] for end in ("less", "more"))
    assert isinstance(less, Button)
    assert isinstance(more, Button)
    for button in (more, more, less, less, less):
        button.press()
    assert changes == [3, 2, 1]


def test_progress_says_it_in_words_and_hides_the_bar_when_nobody_knows(
    show: Callable[..., object], window: Window
) -> None:
    bars: list[ProgressBar] = []

    def build(body: Box, _: Stage) -> None:
        bars.append(ProgressBar(body, "Printing: page 1 of 3", 1 / 3))
        bars[0].pack(fill="x")

    show(build)
    (bar,) = bars
    assert bar._bar.winfo_ismapped()
    bar.show("Waiting for paper", None)
    settle(window)
    assert not bar._bar.winfo_ismapped()
    assert "Waiting for paper" in texts(window.page)


def test_a_live_part_is_built_again_by_itself(show: Callable[..., object], window: Window) -> None:
    state = {"n": 1}
    parts: list[Live] = []

    def build(body: Box, _: Stage) -> None:
        Button(body, "Outside", nothing, name="outside").pack()
        parts.append(Live(body, part))
        parts[0].pack()

    def part(box: Box) -> None:
        Text(box, f"number {state['n']}").pack()
        Button(box, "Inside", nothing, name="inside").pack()

    show(build)
    window.focus("inside")
    settle(window)
    outside = window.page.controls["outside"]
    state["n"] = 2
    parts[0].refresh()
    settle(window)
    assert "number 2" in texts(window.page)
    assert "number 1" not in texts(window.page)
    assert window.page.controls["outside"] is outside
    assert window.page.focused() == "inside"


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_can_be_drawn(show: Callable[..., object], name: str) -> None:
    drawings: list[Drawing] = []
    show(lambda body, _: drawings.append(Drawing(body, name, 160)))  # type: ignore[arg-type]
    assert drawings[0].winfo_reqwidth() == 160


def test_a_wrong_icon_name_is_met_at_once(show: Callable[..., object]) -> None:
    with pytest.raises(NoSuchIcon):
        show(lambda body, _: Button(body, "x", nothing, icon="no-such-thing").pack())


@pytest.mark.parametrize(("number", "widths"), [(1, [2]), (2, [1, 1]), (3, [1, 1, 2]), (4, [1, 1, 1, 1])])
def test_the_last_tile_fills_its_row(
    show: Callable[..., object], window: Window, number: int, widths: list[int]
) -> None:
    tiles = [TileText(title=f"Tile {n}", hint="", icon="printer", hue="sky", run=nothing) for n in range(number)]
    show(lambda body, _: TileGrid(body, tiles).pack(fill="both", expand=True))
    shown = [control for control in window.page.controls.values() if isinstance(control, Tile)]
    whole = max(tile.winfo_x() + tile.winfo_width() for tile in shown)
    assert [round(2 * tile.winfo_width() / whole) for tile in shown] == widths
