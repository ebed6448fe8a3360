"""Everything works without a mouse, and under any keyboard layout."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.ui.inspect import settle, unreachable_by_keyboard
from akimat_desk.ui.keyboard import reachable
from akimat_desk.ui.samples import SCREENS, nothing
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


def focus_order(window: Window) -> list[str]:
    names = []
    window.topmost.focus_set()
    for _ in reachable(window.topmost):
        window.root.event_generate("<<NextWindow>>")
        settle(window)
        names.append(window.topmost.focused())
    return names


def test_tab_begins_with_the_page_and_goes_in_reading_order(window: Window, show: Callable[..., object]) -> None:
    from akimat_desk.ui.screen import Action, Footer

    def build(body: Box, _: object) -> None:
        Field(body, "Name", "", nothing, name="name").pack()
        Button(body, "One", nothing, name="one").pack()

    show(build, footer=Footer(back=Action("Back", nothing), primary=Action("Continue", nothing)))
    header = ["language-kk", "language-ru", "language-en", "smaller", "larger", "theme"]
    assert focus_order(window) == ["name", "one", "help", "finish", "back", "continue", *header]


@pytest.mark.parametrize("name", SCREENS)
def test_tab_reaches_every_control_of_every_sample(window: Window, name: str) -> None:
    window.go(SCREENS[name]())
    settle(window)
    assert unreachable_by_keyboard(window) == []


def test_tab_goes_round_inside_a_question(window: Window) -> None:
    from akimat_desk.ui.screen import Question

    window.ask(Question("Erase it?", "", "Keep", "Erase"), nothing)
    settle(window)
    assert focus_order(window) == ["safe", "danger"]
    window.root.event_generate("<<PrevWindow>>")
    settle(window)
    assert window.topmost.focused() == "safe"


@pytest.mark.parametrize("key", ["<Key-space>", "<Key-Return>", "<Key-KP_Enter>"])
def test_a_focused_button_is_pressed_with_a_key(window: Window, show: Callable[..., object], key: str) -> None:
    pressed: list[str] = []
    show(lambda body, _: Button(body, "One", lambda: pressed.append("one"), name="one").pack())
    window.focus("one")
    settle(window)
    button = window.page.controls["one"]
    assert isinstance(button, Button)
    button.canvas.event_generate(key)
    assert pressed == ["one"]


def test_the_ring_shows_for_the_keyboard_and_not_for_a_click(window: Window, show: Callable[..., object]) -> None:
    show(lambda body, _: Button(body, "One", nothing, name="one").pack())
    button = window.page.controls["one"]
    assert isinstance(button, Button)
    button.canvas.event_generate("<Enter>")
    button.canvas.event_generate("<ButtonPress-1>", x=5, y=5)
    button.canvas.event_generate("<ButtonRelease-1>", x=5, y=5)
    settle(window)
    assert window.page.focused() == "one"
    assert not button.ring_shown
    window.page.focus_set()
    window.focus("one")
    settle(window)
    assert button.ring_shown


def test_a_click_that_builds_the_page_again_draws_no_ring_either(window: Window) -> None:
    for name, ring in (("language-ru", False), ("language-en", True)):
        button = window.page.controls[name]
        assert isinstance(button, Button)
        if ring:
            window.focus(name)
            settle(window)
            button.canvas.event_generate("<Key-space>")
        else:
            button.canvas.event_generate("<ButtonPress-1>", x=5, y=5)
            button.canvas.event_generate("<ButtonRelease-1>", x=5, y=5)
        settle(window)
        assert window.page.focused() == name
        assert window.page.controls[name].ring_shown is ring


def test_a_sliding_finger_cancels(window: Window, show: Callable[..., object]) -> None:
    pressed: list[str] = []
    show(lambda body, _: Button(body, "One", lambda: pressed.append("one"), name="one").pack())
    button = window.page.controls["one"]
    assert isinstance(button, Button)
    button.canvas.event_generate("<ButtonPress-1>", x=5, y=5)
    button.canvas.event_generate("<ButtonRelease-1>", x=-50, y=5)
    assert pressed == []
    button.canvas.event_generate("<ButtonPress-1>", x=5, y=5)
    button.canvas.event_generate("<ButtonRelease-1>", x=6, y=6)
    assert pressed == ["one"]


def test_text_size_has_keys_too(window: Window) -> None:
    window.root.event_generate("<Control-Key-plus>")
    assert window.growth == 125
    window.root.event_generate("<Control-Key-minus>")
    assert window.growth == 100


class TestLayouts:
    """Real keys from the X server, with the layouts of a Kazakh office."""

    @pytest.fixture
    def layout(self, request: pytest.FixtureRequest) -> Iterator[str]:
        subprocess.run(["setxkbmap", request.param], check=True)
        yield request.param
        subprocess.run(["setxkbmap", "us"], check=True)

    @pytest.mark.parametrize("layout", ["us", "kz", "ru"], indirect=True)
    def test_copying_pasting_and_undoing(
        self,
        window: Window,
        show: Callable[..., object],
        wait_until: Callable[[Callable[[], bool]], None],
        layout: str,
    ) -> None:
        typed: list[str] = []
        show(lambda body, _: Field(body, "Text", "мәтін", typed.append, name="text").pack())
        window.focus("text")
        settle(window)
        field = window.page.controls["text"]
        assert isinstance(field, Field)

        def press(keycode: int) -> None:
            """Control and the key in that place of the board; xdotool maps key codes to themselves."""
            subprocess.run(["xdotool", "keydown", "ctrl", "key", str(keycode), "keyup", "ctrl"], check=True)

        a, c, v, x, z = 38, 54, 55, 53, 52
        press(a)
        wait_until(lambda: bool(field.entry.selection_present()))
        press(c)
        wait_until(lambda: window.root.clipboard_get() == "мәтін")
        press(x)
        wait_until(lambda: field.value == "")
        press(v)
        wait_until(lambda: field.value == "мәтін")
        press(z)
        wait_until(lambda: field.value == "")
        assert typed == ["", "мәтін", ""]

    @pytest.mark.parametrize("layout", ["kz"], indirect=True)
    def test_kazakh_letters_arrive(
        self,
        window: Window,
        show: Callable[..., object],
        wait_until: Callable[[Callable[[], bool]], None],
        layout: str,
    ) -> None:
        show(lambda body, _: Field(body, "Text", "", nothing, name="text").pack())
        window.focus("text")
        settle(window)
        field = window.page.controls["text"]
        assert isinstance(field, Field)
        for keycode in (11, 12, 13, 14, 17, 18, 19, 21):  # the row of digits, where these letters are
            subprocess.run(["xdotool", "key", str(keycode)], check=True)
        wait_until(lambda: len(field.value) == 8)
        assert field.value == "әіңғүұқһ"
