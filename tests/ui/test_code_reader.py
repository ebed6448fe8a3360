"""What a code reader types goes to the screen, and its Enter presses nothing, however late it comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

CODE = "202612180000065821"


class Found(Screen):
    """Where a code leads: its button has the keyboard first."""

    def __init__(self) -> None:
        self.pressed = 0

    def first_focus(self) -> str:
        return "go"

    def build(self, body: Box, stage: Stage) -> None:
        Button(body, "Go", self._press, name="go").pack()

    def _press(self) -> None:
        self.pressed += 1


class LookUp(Screen):
    """Knows one code."""

    def __init__(self, then: Callable[[Stage], object]) -> None:
        self._then = then

    def first_focus(self) -> str:
        return "number"

    def build(self, body: Box, stage: Stage) -> None:
        Field(body, "Number", "", lambda _: None, name="number").pack()
        Button(body, "Else", lambda: None, name="else").pack()

    def on_code(self, stage: Stage, text: str) -> bool:
        if text == CODE:
            self._then(stage)
        return text == CODE


def types(window: Window, *keys: str) -> None:
    for key in keys:
        (window.root.focus_get() or window.root).event_generate("<Key>", keysym=key, when="tail")
        window.root.update()


def test_an_enter_that_comes_when_the_next_page_stands_presses_nothing_there(window: Window) -> None:
    found = Found()
    window.go(LookUp(lambda stage: stage.replace(found)))
    settle(window)
    types(window, *CODE)
    settle(window)
    assert window.screen is found
    types(window, "Return")
    assert (found.pressed, window.page.focused()) == (0, "go")
    types(window, "Return")
    assert found.pressed == 1


def test_where_the_code_leads_nowhere_the_keyboard_goes_back_to_the_screen(window: Window) -> None:
    window.go(LookUp(lambda _: None))
    settle(window)
    types(window, *CODE)
    assert window.page.focused() == ""
    types(window, "Return")
    assert window.page.focused() == "number"


def test_what_the_screen_gave_the_keyboard_to_meanwhile_has_it_afterwards(window: Window) -> None:
    window.go(LookUp(lambda _: None))
    settle(window)
    types(window, *CODE)
    window.focus("else")
    settle(window)
    types(window, "Return")
    assert window.page.focused() == "else"
