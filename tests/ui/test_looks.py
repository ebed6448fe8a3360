"""The samples look right in every language, text size and theme; and the checks that say so are not blind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.ui import inspect
from akimat_desk.ui.inspect import PseudoWords, findings, screenshot, settle, walk_through
from akimat_desk.ui.samples import SCREENS, nothing
from akimat_desk.ui.scale import GROWTHS
from akimat_desk.ui.screen import Question
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    """The samples' words are Kazakh in every language; themes change colours only, so half of them are walked."""
    window.go(SCREENS[name]())
    found = {
        f"{name} {shown}": findings(window)
        for shown in walk_through(window, languages=["kk"], growths=GROWTHS, themes=[False])
    }
    found |= {
        f"{name} {shown}": inspect.pale(window.page) for shown in walk_through(window, languages=["kk"], growths=[100])
    }
    assert {shown: wrong for shown, wrong in found.items() if wrong} == {}


def test_a_question_fits_in_every_size(window: Window) -> None:
    window.ask(
        Question("Finish and erase everything?", "Open documents are erased from this PC.", "Keep", "Erase"), nothing
    )
    found = {shown: findings(window) for shown in walk_through(window, languages=["en"], themes=[False])}
    assert {shown: wrong for shown, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("growth", GROWTHS)
def test_the_frames_hold_words_of_a_longer_language(window: Window, growth: int) -> None:
    window.speak(PseudoWords())
    window.show_as("kk", growth, False)
    assert findings(window) == []


def test_the_frames_say_nothing_of_their_own_untranslated(window: Window) -> None:
    window.speak(PseudoWords())
    window.go(SCREENS["queue"]())
    settle(window)
    own = ["Close", "Help", "Finish", "Night", "More", "Up", "Down", "Call staff"]
    assert [words for words in inspect.untranslated(window.page) if words in own] == []
    window.home()
    settle(window)
    assert [words for words in inspect.untranslated(window.page) if words in own] == []


def test_only_our_font_is_used(window: Window) -> None:
    assert {family for family, _ in inspect.fonts_used(window.page)} == {"Noto Sans"}


def test_a_picture_is_the_window_to_the_pixel(window: Window, tmp_path: Path) -> None:
    from PIL import Image

    pictures = []
    for number in (1, 2):
        screenshot(window, tmp_path / f"{number}.png")
        with Image.open(tmp_path / f"{number}.png") as picture:
            pictures.append(picture.convert("RGB"))
    assert pictures[0].size == (1366, 768)
    assert pictures[0].tobytes() == pictures[1].tobytes()
    assert pictures[0].getpixel((2, 700)) == (0xFF, 0xFD, 0xF9)  # the footer's surface
    assert pictures[0].getpixel((2, 400)) == (0xF5, 0xF0, 0xE6)  # the ground


class TestTheChecks:
    """Each of them sees what it is there for."""

    def test_cut_off_words(self, show: Callable[..., object], window: Window) -> None:
        def build(body: Box, _: object) -> None:
            small = Box(body, width=40, height=12)
            small.pack_propagate(False)
            small.pack()
            Text(small, "much too long").pack()

        show(build)
        assert any("too wide" in found and "much too long" in found for found in inspect.clipped(window.page))
        assert any("too high" in found for found in inspect.clipped(window.page))

    def test_a_card_that_is_larger_than_the_window(self, window: Window) -> None:
        window.show_panel("Panel", lambda box: Box(box, width=2000, height=10).pack())
        settle(window)
        assert inspect.clipped(window.topmost) == []  # the area keeps its own width
        window.topmost.card.place_configure(width=1500)  # type: ignore[attr-defined]
        settle(window)
        assert any("hangs out" in found and "surface" in found for found in inspect.clipped(window.topmost))
        window.root.event_generate("<Escape>")

    def test_words_broken_in_the_middle(self, show: Callable[..., object], window: Window) -> None:
        def build(body: Box, _: object) -> None:
            narrow = Box(body, width=110, height=400)
            narrow.pack_propagate(False)
            narrow.pack()
            Button(narrow, "Unpronounceable", nothing).pack(fill="x")

        show(build)
        assert inspect.clipped(window.page) == ["broken inside a word: 'Unpronounceable'"]

    def test_what_the_packer_dropped(self, show: Callable[..., object], window: Window) -> None:
        def build(body: Box, _: object) -> None:
            small = Box(body, width=40, height=12)
            small.pack_propagate(False)
            small.pack()
            Box(small, width=40, height=30).pack(side="left")
            Text(small, "dropped").pack(side="left")

        show(build)
        assert any("dropped" in found for found in inspect.unmapped(window.page))

    def test_what_tab_does_not_reach(self, show: Callable[..., object], window: Window) -> None:
        show(lambda body, _: Button(body, "One", nothing, name="one").pack())
        button = window.page.controls["one"]
        assert isinstance(button, Button)
        button.take_focus = lambda: None  # type: ignore[method-assign]
        assert "not reached by Tab: one" in inspect.unreachable_by_keyboard(window)

    def test_small_text_and_small_targets(self, show: Callable[..., object], window: Window) -> None:
        import tkinter.font

        tiny = tkinter.font.Font(window.root, name="tiny", family="Noto Sans", size=-9)

        def build(body: Box, _: object) -> None:
            tkinter.Label(body, text="tiny", font=tiny).pack()
            Button(body, "", nothing, icon="x", pad=2, name="small").pack()

        show(build)
        assert inspect.small_text(window.page) == ["Noto Sans 9"]
        assert [found.split(":")[0] for found in inspect.small_targets(window.page)] == ["small"]
        window.home()

    def test_pale_words(self, show: Callable[..., object], window: Window) -> None:
        show(lambda body, _: Text(body, "pale", colour="line").pack())
        assert inspect.pale(window.page) == ["'pale': 1.3"]

    def test_untranslated_words(self, show: Callable[..., object], window: Window) -> None:
        window.speak(PseudoWords())

        def build(body: Box, stage: object) -> None:
            Text(body, "forgotten").pack()
            Text(body, "A-17").pack()
            Text(body, window.words("translated {n}", n=3)).pack()

        show(build)
        found = inspect.untranslated(window.page, data=["A-17", "Ақжар ауылдық округі", "Адалдық алаңы", "Plain"])
        assert found == ["forgotten"]
