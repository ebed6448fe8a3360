"""A part that changes with every key builds each of its forms once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.ui.inspect import settle, texts
from akimat_desk.ui.keyboard import reachable
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.kept import Kept
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

FREE, CALLED = ("next",), ("start", "again")


class Part:
    """Two forms between a button before and a button after them."""

    def __init__(self, window: Window, show: Callable[..., object]) -> None:
        self.window, self.built, self.pressed = window, list[tuple[str, ...]](), list[str]()
        show(self._build)

    def _build(self, body: Box, _: Stage) -> None:
        self._button(body, "before")
        self.kept = Kept[str](body)
        self.kept.pack()
        self.take(FREE, "А-01")
        self._button(body, "after")

    def _button(self, box: Box, name: str) -> None:
        Button(box, name, lambda: self.pressed.append(name), name=name).pack()

    def _form(self, names: tuple[str, ...], box: Box) -> Callable[[str], object]:
        self.built.append(names)
        words = Text(box, "")
        words.pack()
        for name in names:
            self._button(box, name)
        return words.say

    def take(self, names: tuple[str, ...], words: str) -> None:
        self.kept.show(names, lambda box: self._form(names, box), words)
        settle(self.window)

    @property
    def order(self) -> list[str]:
        """What Tab stops at, of the part and round it."""
        known = {*FREE, *CALLED, "before", "after"}
        return [control.name for control in reachable(self.window.page) if control.name in known]


@pytest.fixture
def part(window: Window, show: Callable[..., object]) -> Part:
    return Part(window, show)


def test_a_form_is_built_once_and_says_what_is_so_now(part: Part, window: Window) -> None:
    part.take(CALLED, "А-01")
    part.take(FREE, "А-02")
    part.take(CALLED, "А-02")
    part.take(CALLED, "А-03")
    assert part.built == [FREE, CALLED]
    assert "А-03" in texts(window.page)
    assert not {"А-01", "А-02", "next"} & set(texts(window.page))


def test_tab_goes_through_what_is_seen_in_its_order(part: Part) -> None:
    assert part.order == ["before", "next", "after"]
    part.take(CALLED, "А-01")
    assert part.order == ["before", "start", "again", "after"]
    part.take(FREE, "А-02")
    assert part.order == ["before", "next", "after"]


def test_a_hidden_button_hears_no_key(part: Part, window: Window) -> None:
    window.focus("next")
    settle(window)
    part.take(CALLED, "А-01")
    window.root.focus_get().event_generate("<Key-space>")  # type: ignore[union-attr]
    settle(window)
    assert (part.pressed, window.page.focused()) == ([], "")


def test_the_keyboard_stays_with_a_button_of_the_same_name(part: Part, window: Window) -> None:
    part.take(CALLED, "А-01")
    window.focus("again")
    settle(window)
    part.take(("again",), "А-01")
    window.root.focus_get().event_generate("<Key-space>")  # type: ignore[union-attr]
    assert (part.pressed, window.page.focused()) == (["again"], "again")


def test_a_form_that_comes_back_looks_as_nobody_has_touched_it(part: Part, window: Window) -> None:
    button = window.page.controls["next"]
    assert isinstance(button, Button)
    button.canvas.event_generate("<Enter>")
    settle(window)
    assert button.face.paint == button.coat.over
    part.take(CALLED, "А-01")
    part.take(FREE, "А-02")
    assert button.face.paint == button.coat.rest
