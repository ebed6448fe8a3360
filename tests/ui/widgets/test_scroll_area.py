"""How a person gets to what does not fit: with buttons, a bar, the wheel and the keys; and nothing is narrowed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.ui.inspect import find, settle, texts
from akimat_desk.ui.samples import nothing
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button, coat_of
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.scroll_area import STEP, ScrollArea, scroll_area_of
from akimat_desk.ui.widgets.scroll_guide import SPENT, EdgeBar
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


@pytest.fixture
def area(show: Callable[..., object], window: Window) -> ScrollArea:
    def build(body: Box, _: Stage) -> None:
        for number in range(30):
            Button(body, f"Button {number}", nothing, name=f"b{number}").pack(fill="x")

    show(build)
    found = scroll_area_of(find(window.page, "Button 0"))
    assert found is not None
    return found


def test_what_does_not_fit_gets_two_buttons_and_a_sentence(area: ScrollArea, window: Window) -> None:
    down = find(window.page, "Down")
    assert down.face.winfo_height() >= 48
    assert "There is more below." in texts(window.page)
    down.press()
    moved = area.offset
    assert moved > 300
    settle(window)
    assert "There is more above and below." in texts(window.page)
    down.press()
    assert area.offset == 2 * moved
    area.end(1)
    settle(window)
    assert "There is more above." in texts(window.page)
    area.end(-1)
    assert area.offset == 0


def test_what_the_focused_one_lies_in_is_not_scrolled_to(show: Callable[..., object], window: Window) -> None:
    def build(body: Box, _: Stage) -> None:
        high = Box(body)
        high.pack(fill="x", pady=12)
        for number in range(30):
            Button(high, f"Button {number}", nothing, name=f"b{number}").pack(fill="x", pady=(12 * (number == 0), 0))

    show(build)
    window.focus("language-kk")
    settle(window)
    window.focus("b0")
    settle(window)
    area = scroll_area_of(find(window.page, "Button 0"))
    assert area is not None
    assert area.offset == 0


def test_a_button_that_leads_no_further_looks_like_it(area: ScrollArea, window: Window) -> None:
    down, up = find(window.page, "Down"), find(window.page, "Up")
    assert (up.coat, down.coat) == (SPENT, coat_of("plain"))
    area.end(1)
    assert (up.coat, down.coat) == (coat_of("plain"), SPENT)


def test_the_guide_takes_no_width(area: ScrollArea, window: Window) -> None:
    assert area.winfo_width() == 1366 - 2 * (window.page.look.px(24) - window.page.look.halo)


def test_what_fits_gets_none(show: Callable[..., object], window: Window) -> None:
    show(lambda body, _: Text(body, "little").pack())
    with pytest.raises(LookupError, match="no control says 'Down'"):
        find(window.page, "Down")


@pytest.mark.parametrize(("key", "back"), [("Next", "Prior"), ("Down", "Up"), ("End", "Home")])
def test_keys_turn_it_wherever_the_keyboard_is(area: ScrollArea, window: Window, key: str, back: str) -> None:
    for control in ("b0", "language-kk"):
        window.focus(control)
        settle(window)
        window.root.focus_get().event_generate(f"<Key-{key}>")  # type: ignore[union-attr]
        assert area.offset > 0
        window.root.focus_get().event_generate(f"<Key-{back}>")  # type: ignore[union-attr]
        assert area.offset == 0


def test_in_a_field_the_arrows_go_through_what_is_written(show: Callable[..., object], window: Window) -> None:
    def build(body: Box, _: Stage) -> None:
        Field(body, "Name", "Aqjar", nothing, name="name").pack(fill="x")
        Box(body, height=2000).pack()

    show(build)
    field = window.page.controls["name"]
    assert isinstance(field, Field)
    field.take_focus()
    area = scroll_area_of(field)
    assert area is not None
    for key in ("Down", "End"):
        field.entry.event_generate(f"<Key-{key}>")
        assert area.offset == 0
    field.entry.event_generate("<Key-Next>")
    assert area.offset > 0


def test_the_wheel_turns_it_from_anywhere_on_the_page(area: ScrollArea, window: Window) -> None:
    window.page.event_generate("<Button-5>")
    assert area.offset == window.page.look.px(STEP)
    window.page.event_generate("<Button-4>")
    assert area.offset == 0


def test_staff_get_a_bar_in_the_margin(show: Callable[..., object], window: Window) -> None:
    def build(body: Box, _: Stage) -> None:
        for number in range(30):
            Button(body, f"Button {number}", nothing).pack(fill="x")

    show(build, frame="staff")
    area = scroll_area_of(find(window.page, "Button 0"))
    assert area is not None
    bar = area.guide
    assert isinstance(bar, EdgeBar)
    assert bar.winfo_rootx() + bar.winfo_width() == 1366
    assert bar.winfo_rootx() > area.winfo_rootx() + area.winfo_width() - window.page.look.halo
    middle, bottom = bar.winfo_width() // 2, bar.winfo_height()
    bar.event_generate("<ButtonPress-1>", x=middle, y=bottom - 2)  # the arrow
    assert area.offset == window.page.look.px(STEP)
    bar.event_generate("<ButtonPress-1>", x=middle, y=bottom - 40)  # under the grip
    assert area.offset > 300
    area.end(-1)
    bar.event_generate("<ButtonPress-1>", x=middle, y=40)  # the grip
    bar.event_generate("<B1-Motion>", x=middle, y=bottom)
    bar.event_generate("<ButtonRelease-1>", x=middle, y=bottom)
    assert area.offset == area.full_height - area.winfo_height()
    bar.event_generate("<B1-Motion>", x=middle, y=0)  # no longer held
    assert area.offset > 0


def test_the_focus_is_brought_into_sight(area: ScrollArea, window: Window) -> None:
    window.focus("b29")
    settle(window)
    assert area.offset > 1000
    window.focus("b0")
    settle(window)
    assert area.offset == 0


def test_a_rebuild_stays_where_it_was(area: ScrollArea, window: Window) -> None:
    area.scroll_to(500)
    window.stage.rebuild()
    settle(window)
    again = scroll_area_of(find(window.page, "Button 0"))
    assert again is not None
    assert again.offset == 500
