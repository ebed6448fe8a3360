"""What a screen is, and everything it may do.

A screen is a thin thing between a presenter (plain Python, holds what was typed and chosen, tested without a display)
and widgets. It is built again from its presenter whenever language, text size, theme or window size change, so it
keeps no widgets and registers no texts:

    class CopiesScreen(Screen):
        name = "printing.copies"
        topics = frozenset({"printing.prices"})

        def __init__(self, desk: Desk, job: JobPresenter) -> None:
            self.job = job

        def title(self, t: Translator) -> str:
            return t("How shall we print it?")

        def steps(self, t: Translator) -> Steps:
            return Steps(2, (t("Document"), t("Settings"), t("Check"), t("Ticket")))

        def footer(self, stage: Stage) -> Footer:
            t = stage.t
            return Footer(
                back=Action(t.button("Back"), stage.back, icon="arrow-left"),
                primary=Action(t.button("Continue"), lambda: self.carry_on(stage), arrow="arrow-right"),
            )

        def build(self, body: Box, stage: Stage) -> None:
            Stepper(body, stage.t("Copies"), self.job.copies, self.job.set_copies, least=1, most=20).grid(sticky="w")
            OptionRow(body, stage.t("Colour"), options, self.job.colour, lambda key: self.choose(key, stage))

        def choose(self, key: str, stage: Stage) -> None:
            self.job.set_colour(key)
            stage.rebuild()

        def carry_on(self, stage: Stage) -> None:
            stage.run(self.job.price, lambda price: stage.go(CheckScreen(self.job, price)), kind="read")

`stage.run` without `on_failed` shows an error in the banner. Texts are built in `build`, from `stage.t`, at the time
of drawing. Controls are named (`name="continue"`), or counted; after a rebuild the control of the same name has the
keyboard again.
"""

from __future__ import annotations

import tkinter.font
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Language, Translator
from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import Look
from akimat_desk.ui.operations import Kind, Operation, Progress
from akimat_desk.ui.scale import Layout
from akimat_desk.ui.widgets.surface import Box

if TYPE_CHECKING:
    from akimat_desk.ui.window import Window

FrameKind = Literal["resident", "staff", "bare", "board"]
Said = Callable[[Translator], str]
"""A sentence that can be said again when the language changes: `lambda t: t("It is saved.")`."""
T = TypeVar("T")

SOON_S: Final = 0.03
"""Seconds for which a screen that is about to be drawn waits for what stands on it: nobody sees them."""


class Action(NamedTuple):
    """Something a button does. `short` is shown in large print; texts are translated already."""

    text: str
    run: Callable[[], object]
    icon: str = ""
    arrow: str = ""
    short: str = ""
    name: str = ""


class Note(NamedTuple):
    """Words beside an icon in the footer's middle; `bold` is the part of `text` that stands out."""

    text: str
    bold: str = ""
    icon: str = "clock"


class Footer(NamedTuple):
    """The right side of a resident's footer; staff pages have none."""

    back: Action | None = None
    primary: Action | None = None
    middle: Note | Action | None = None


class Steps(NamedTuple):
    """Where in a flow: step `now` (from 1) of `names`."""

    now: int
    names: Sequence[str]


class Question(NamedTuple):
    """A dialog: `title` is the question, `safe` and `danger` are what the buttons do ("Stay here", "Yes, erase"), never
    a bare yes or no.

    Escape and the first focus are the safe answer. `harmless` makes the second button an ordinary filled one.
    """

    title: str
    text: str
    safe: str
    danger: str
    harmless: bool = False


class Screen:
    """Base of all screens. Only `build` must be written."""

    name: str = ""
    frame: FrameKind = "resident"
    topics: frozenset[str] = frozenset()
    aside_width: int = 0
    """Width in design pixels of a side panel drawn by `build_aside`; 0 for none."""
    aside_in_large: bool = False
    """Whether the panel stays beside the body in large print: then it says little there (a price)."""

    def title(self, t: Translator) -> str:
        """The question or statement on top; "" for none."""
        return ""

    def short_title(self, t: Translator) -> str:
        """The title in large print."""
        return self.title(t)

    def steps(self, t: Translator) -> Steps | None:
        """Where in a flow this is."""
        return None

    def footer(self, stage: Stage) -> Footer:
        """Back, continue and what stands between."""
        return Footer()

    def first_focus(self) -> str:
        """The name of the control that gets the keyboard when the screen is shown; "" leaves it to Tab."""
        return ""

    def build(self, body: Box, stage: Stage) -> None:
        """Put the widgets on `body`, in reading order."""
        raise NotImplementedError

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Staff: what stands at the right of the title."""

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The side panel, where `aside_width` is set. Without room for it, it lies behind a button «More»."""

    def on_enter(self, stage: Stage) -> None:
        """The screen is about to be drawn. What is known soon (`stage.run(…, kind="read").deliver_within(SOON_S)`)
        stands on it from the beginning, instead of an empty page that is drawn anew a moment later.
        """

    def on_show(self, stage: Stage) -> None:
        """The screen came up: the time to fetch what it shows (`stage.run(…, kind="read")`, then `stage.rebuild`)."""

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Something this screen shows has changed; by default it is fetched anew."""
        self.on_show(stage)

    def on_leave(self, stage: Stage) -> None:
        """The screen goes away (also when another is put over it)."""

    def on_key(self, stage: Stage, key: str) -> None:
        """A function key was pressed ("F2"): the same key in every layout of the keyboard. Say it on the screen."""

    def on_code(self, stage: Stage, text: str) -> bool:
        """A code reader typed this, or somebody pasted it: whether the screen knows it and has taken it."""
        return False

    def on_escape(self, stage: Stage) -> None:
        """Escape was pressed: the footer's Back, where there is one."""
        back = self.footer(stage).back
        if back is not None:
            back.run()


class Stage:
    """All a screen may do. One for each time a screen is shown; when it has left, nothing here has an effect."""

    def __init__(self, window: Window, screen: Screen) -> None:
        self._window = window
        self.screen = screen
        self._timers: set[str] = set()
        self.shown = False
        self.drawn = False
        """Whether the screen stands; before that there is nothing to draw again."""

    @property
    def t(self) -> Translator:
        """The words, in the present language."""
        return self._window.words

    @property
    def language(self) -> Language:
        """The language now shown."""
        return self._window.words.language

    @property
    def look(self) -> Look:
        """Theme, scale and fonts of the screen's window."""
        return self._window.look_for(self.screen)

    @property
    def layout(self) -> Layout:
        """wide, mid or large (print)."""
        return self.look.layout

    def px(self, length: float) -> int:
        """Pixels of the screen for a length of the drawing."""
        return self.look.px(length)

    def font(self, role: Role) -> tkinter.font.Font:
        """The font of a role."""
        return self.look.font(role)

    def run(
        self,
        action: Callable[..., T],
        on_done: Callable[[T], object] | None = None,
        on_failed: Callable[[AkimatDeskError], object] | None = None,
        *,
        progress: Callable[[Progress], object] | None = None,
        kind: Kind = "write",
    ) -> Operation:
        """Run `action` beside the screen (see `operations`). What the result's `topics` name is refreshed on open
        screens.
        """

        def done(result: T) -> None:
            if on_done is not None and self.shown:
                on_done(result)
            if kind == "write":
                self._window.publish(getattr(result, "topics", ()))

        def failed(error: AkimatDeskError) -> None:
            if self.shown and not self.drawn:  # an error is told when there is a page to tell it on
                self.after(0, lambda: failed(error))
            elif on_failed is not None and self.shown:
                on_failed(error)
            elif kind == "write" or self.shown:
                self._window.show_error(error)

        def moved(now: Progress) -> None:
            if progress is not None and self.shown:
                progress(now)

        return self._window.operations.run(action, done, failed, progress=moved if progress else None, kind=kind)

    def go(self, screen: Screen) -> None:
        """Show another screen on top of this one."""
        if self.shown:
            self._window.go(screen)

    def replace(self, screen: Screen) -> None:
        """Show another screen in the place of this one: Back does not lead here again."""
        if self.shown:
            self._window.replace(screen)

    def back(self) -> None:
        """Show the screen before this one."""
        if self.shown:
            self._window.back()

    def home(self) -> None:
        """Show the first screen and forget the way here."""
        if self.shown:
            self._window.home()

    def ask(self, question: Question, on_answer: Callable[[bool], object]) -> None:
        """Ask; `on_answer` gets True for the second button. Escape is the safe answer."""
        if self.shown:
            self._window.ask(question, on_answer)

    def toast(self, sentence: str, icon: str = "circle-check") -> None:
        """Say something in passing, for six seconds; never the only place of a message."""
        if self.shown:
            self._window.toast(sentence, icon)

    def error(self, error: AkimatDeskError) -> None:
        """Show an error in the banner on top; the banner takes the focus."""
        if self.shown:
            self._window.show_error(error)

    def say(self, kind: Literal["info", "done", "warning", "error"], said: Said) -> None:
        """Put a banner on top of the screen; a rebuild keeps it, leaving the screen drops it."""
        if self.shown:
            self._window.show_banner(kind, said)

    def clear_banner(self) -> None:
        """Take the banner away."""
        if self.shown:
            self._window.clear_banner()

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, for staff to paste elsewhere."""
        if self.shown:
            self._window.root.clipboard_clear()
            self._window.root.clipboard_append(text)

    def bell(self) -> None:
        """The PC's own short sound."""
        if self.shown:
            self._window.root.bell()

    def after(self, milliseconds: int, call: Callable[[], object]) -> None:
        """Call later, unless the screen has left by then."""

        def ring() -> None:
            self._timers.discard(timer)
            if self.shown:
                call()

        timer = self._window.root.after(milliseconds, ring)
        self._timers.add(timer)

    def rebuild(self) -> None:
        """Draw the screen again from its presenter; focus, banner and scroll stay."""
        if self.shown and self.drawn:
            self._window.rebuild()

    def focus(self, name: str) -> None:
        """Give the keyboard to the control of that name."""
        if self.shown:
            self._window.focus(name)

    def leave(self) -> None:
        """The window's call when the screen goes away."""
        self.shown = False
        for timer in self._timers:
            self._window.root.after_cancel(timer)
        self._timers.clear()
