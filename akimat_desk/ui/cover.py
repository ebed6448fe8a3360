"""What lies over a page: questions, the idle check, a side panel. The topmost has the keyboard; a rebuilt window lays
them again.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from akimat_desk.base.words import Translator
from akimat_desk.ui.look import Look
from akimat_desk.ui.overlay import Answer, Dialog, Overlay, Panel
from akimat_desk.ui.screen import Question
from akimat_desk.ui.widgets.surface import Box, Layer

Ends = Callable[[Translator, int], str]
"""What happens in so many seconds to somebody who does not answer."""

Keyboard = tuple[str, bool]
"""The control that had it, and whether its ring was seen."""


class Cover:
    """The overlays of a window, lowest first. `look` and `page` are asked anew each time: both change."""

    def __init__(self, root: tkinter.Misc, look: Callable[[], Look], page: Callable[[], Layer]) -> None:
        self._root, self._look, self._page = root, look, page
        self._laid: list[tuple[Overlay, Callable[[], Overlay], Keyboard]] = []
        self._ends: Ends = erased_in

    @property
    def topmost(self) -> Layer:
        """The topmost overlay, or the page."""
        return self._laid[-1][0] if self._laid else self._page()

    def escape(self) -> bool:
        """Give the safe answer to the topmost overlay; False when there is none."""
        if self._laid:
            self._laid[-1][0].escape()
            return True
        return False

    def ask(self, question: Question, on_answer: Callable[[bool], object]) -> None:
        """A question with two answers."""

        def answer(danger: bool) -> None:
            self.lift()
            on_answer(danger)

        answers: list[Answer] = [
            (question.safe, "plain", "safe", lambda: answer(False)),
            (question.danger, "primary" if question.harmless else "danger", "danger", lambda: answer(True)),
        ]
        self._lay(
            lambda: Dialog(self._root, self._look(), question.title, question.text, answers, lambda: answer(False))
        )

    def show_panel(self, title: str, build: Callable[[Box], None]) -> None:
        """A side panel for which there is no room beside the page."""
        self._lay(lambda: Panel(self._root, self._look(), title, build, self.lift))

    def ask_idle(self, seconds: int, stay: Callable[[], None], ends: Ends | None = None) -> None:
        """Whether the person is still here: one large answer. `ends` says what happens otherwise."""
        self._ends = ends or erased_in

        def build() -> Overlay:
            look = self._look()
            answers: list[Answer] = [(look.t.button("Yes, I am here"), "primary", "stay", stay)]
            return Dialog(self._root, look, look.t("Are you still here?"), self._ends(look.t, seconds), answers, stay)

        self._lay(build)

    def tick_idle(self, seconds: int) -> None:
        """Fewer seconds are left to answer."""
        top = self.topmost
        if isinstance(top, Dialog):
            top.message.say(self._ends(top.look.t, seconds))

    def lift(self) -> None:
        """Take the topmost overlay away; the keyboard is again where it was before."""
        if self._laid:
            overlay, _, (name, ring) = self._laid.pop()
            overlay.destroy()
            control = self.topmost.controls.get(name)
            if control is not None:
                control.take_focus(quiet=not ring)
            else:
                self.topmost.focus_set()

    def lift_all(self) -> None:
        """Take all of them away."""
        while self._laid:
            self._laid.pop()[0].destroy()

    def lay_again(self) -> None:
        """Build all of them anew, over a page that was built anew."""
        focus = self._laid[-1][0].focused() if self._laid else ""
        laid = [(build, before) for _, build, before in self._laid]
        self.lift_all()
        for build, before in laid:
            self._lay(build, before)
        if focus and (control := self.topmost.controls.get(focus)):
            control.take_focus()

    def _lay(self, build: Callable[[], Overlay], before: Keyboard | None = None) -> None:
        under, overlay = self.topmost, build()
        name = under.focused()
        before = before or (name, bool(name) and under.controls[name].ring_shown)
        self._laid.append((overlay, build, before))
        overlay.raise_over()


def erased_in(t: Translator, seconds: int) -> str:
    """What happens to a resident who is away."""
    return t.count(
        "In {n} second the session ends and your data are erased.",
        "In {n} seconds the session ends and your data are erased.",
        seconds,
    )


def signed_out_in(t: Translator, seconds: int) -> str:
    """What happens to staff who are away."""
    return t.count(
        "In {n} second you are signed out. What you typed waits until you sign in again.",
        "In {n} seconds you are signed out. What you typed waits until you sign in again.",
        seconds,
    )
