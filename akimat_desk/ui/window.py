"""The one root window: shows screens in their frame, keeps what a person set, and lays dialogs over everything.

A page is built anew for each screen and for each change of language, text size, theme or window size (`pages`): hidden
under the page that is seen, then swapped. There is no second way to change what is shown, and no widget has to know how
to change its words.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Final, TypeVar

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import AkimatDeskError, Misuse, Unavailable
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import N_, Language, Translator
from akimat_desk.ui import fonts
from akimat_desk.ui.code_reader import CodeReader
from akimat_desk.ui.collector import Collector
from akimat_desk.ui.cover import Cover, Ends, erased_in
from akimat_desk.ui.fonts import Density
from akimat_desk.ui.frames.base import Frame
from akimat_desk.ui.idle import GRACE, WARN_AFTER, IdleWatch
from akimat_desk.ui.keyboard import clear_clipboard, go_through, understand_all_layouts
from akimat_desk.ui.look import Look
from akimat_desk.ui.notices import Notices
from akimat_desk.ui.operations import Operations, unexpected
from akimat_desk.ui.pages import Pages
from akimat_desk.ui.pictures import Pictures
from akimat_desk.ui.scale import Scale, larger, smaller
from akimat_desk.ui.screen import FrameKind, Question, Said, Screen, Stage
from akimat_desk.ui.theme import Theme
from akimat_desk.ui.toolkit import Root, own_every_pixel
from akimat_desk.ui.widgets.banner import BannerKind
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.scroll_area import follow_focus_wheel_and_keys
from akimat_desk.ui.widgets.surface import Box, Layer

T = TypeVar("T")

SETTLE_MS: Final = 120
"""A window being dragged larger is drawn again when it has stood still for this long."""

FUNCTION_KEYS: Final = range(1, 13)

ICON_MS: Final = 200
"""The window's icon in the list of windows is drawn when the first page stands."""


def shown(thing: T | None) -> T:
    """What a window has from its first screen on."""
    if thing is None:
        raise Misuse(what="no screen is shown yet")
    return thing


class NoScreen(Unavailable):
    """No window can be opened: nobody is at a screen (a session over the network, a server)."""

    code = "no-screen"
    staff_text = N_("There is no screen here to show a window on.")
    next_text = N_("Start it from the desktop of the PC.")


def touches(changed: frozenset[str], topic: str) -> bool:
    """Whether what has changed holds this topic, by its own name, its area's or "*"."""
    return not changed.isdisjoint((topic, f"{topic.partition('.')[0]}.*", "*"))


class Window:
    """Give it the words, the frames and the first screen; then `run`.

    `size` None is full screen (the shared PCs). `on_close` is asked when the window is to be closed; without it
    nothing happens.
    """

    def __init__(
        self,
        words: Translator,
        frames: Mapping[FrameKind, Frame],
        home: Callable[[], Screen],
        *,
        title: str = "Akimat Desk",
        size: tuple[int, int] | None = None,
        growth: int = 100,
        dark: bool = False,
        clock: Clock | None = None,
        operations: Operations | None = None,
        on_close: Callable[[], object] | None = None,
    ) -> None:
        own_every_pixel()
        self.words = words
        self.frames = frames
        self._home = home
        self.growth, self.dark = growth, dark
        self.on_close = on_close
        self.on_settings: Callable[[], object] | None = None
        """Called after a person changed language, text size or theme, so that they can be kept for this PC."""
        self.on_publish: Callable[[frozenset[str]], object] = lambda _: None
        """Told of every topic that changed, whatever screen is shown: for what stands round all screens."""
        try:
            self.root = Root(fg_color=Theme(dark)["ground"])
        except tkinter.TclError as why:
            raise NoScreen from why
        self.root.title(title)
        self.root.report_callback_exception = self._callback_failed
        if size is None:
            self.root.attributes("-fullscreen", True)
            width, height = self.root.winfo_screenwidth(), self.root.winfo_screenheight()
        else:
            width, height = size
            self.root.geometry(f"{width}x{height}")
            self.root.minsize(min(width, 1024), min(height, 640))
        self._size = (width, height)
        self._family = fonts.load(self.root)
        self.pictures = Pictures(self.root)
        self.root.after(ICON_MS, self._draw_icon)
        self.operations = operations or Operations(self.root.after)
        self._collector = Collector(self.root)
        self._looks: dict[Density, Look] = {}
        self._stack: list[Screen] = []
        self._stage: Stage | None = None
        self._cover = Cover(self.root, lambda: self.look_for(self.screen), lambda: self.page)
        self._notices = Notices()
        self._pages = Pages(self.root, self._notices, self)
        self._settling: str | None = None
        self.idle: IdleWatch | None = None
        self._clock = clock or SystemClock()
        self._bind()

    # What a person sets

    @property
    def language(self) -> Language:
        """The language now shown."""
        return self.words.language

    def switch_language(self, language: Language) -> None:
        """Show everything in another language."""
        if language != self.words.language:
            self.words.switch(language)
            self._set()

    def enlarge(self) -> None:
        """Larger text."""
        self._grow(larger(self.growth))

    def reduce(self) -> None:
        """Smaller text."""
        self._grow(smaller(self.growth))

    def switch_theme(self) -> None:
        """Light to dark and back."""
        self.dark = not self.dark
        self._set()

    def show_as(self, language: Language, growth: int, dark: bool) -> None:
        """Set all three at once (a kept setting, a walk of the tests); nothing is kept."""
        self.growth, self.dark = growth, dark
        self.words.switch(language)
        self._looks.clear()
        self.rebuild()

    def speak(self, words: Translator) -> None:
        """Take the words from other catalogues."""
        self.words = words
        self._looks.clear()
        self.rebuild()

    def _grow(self, growth: int) -> None:
        if growth != self.growth:
            self.growth = growth
            self._set()

    def _set(self) -> None:
        self._looks.clear()
        self.rebuild()
        if self.on_settings is not None:
            self.on_settings()

    def look_for(self, screen: Screen) -> Look:
        """Theme, scale and fonts in which `screen` is drawn."""
        density = self.frames[screen.frame].density
        found = self._looks.get(density)
        if found is None:
            found = Look(
                self.root,
                self.pictures,
                self.words,
                family=self._family,
                theme=Theme(self.dark),
                scale=Scale.fit(*self._size, 100 if density == "board" else self.growth),
                size=self._size,
                density=density,
            )
            self._looks[density] = found
        return found

    # Which screen is shown

    @property
    def screen(self) -> Screen:
        """The screen that is shown."""
        return self._stack[-1]

    @property
    def stage(self) -> Stage:
        """The stage of the screen that is shown."""
        return shown(self._stage)

    @property
    def page(self) -> Layer:
        """The page that is shown."""
        return shown(self._pages.page)

    @property
    def topmost(self) -> Layer:
        """The topmost dialog, or the page."""
        return self._cover.topmost

    def home(self) -> None:
        """Show the first screen and forget everything before it."""
        self._stack.clear()
        self._enter(self._home())

    def go(self, screen: Screen) -> None:
        """Show a screen on top of the present one."""
        self._enter(screen)

    def replace(self, screen: Screen) -> None:
        """Show a screen in the place of the present one."""
        self._stack.pop()
        self._enter(screen)

    @property
    def way(self) -> tuple[Screen, ...]:
        """The screens that lead to the present one, and it; for `go_again`."""
        return tuple(self._stack)

    def go_again(self, way: tuple[Screen, ...]) -> None:
        """Show the last screen of `way`, with the ones before it behind it: somebody comes back to where they were."""
        self._stack[:] = way[:-1]
        self._enter(way[-1])

    def back(self) -> None:
        """Show the screen before this one; from the first one nothing happens."""
        if len(self._stack) > 1:
            self._stack.pop()
            self._enter(self._stack.pop())

    def _enter(self, screen: Screen) -> None:
        if self._stage is not None:
            left, self._stage.shown = self._stage, False
            left.screen.on_leave(left)
            left.leave()
        self._stack.append(screen)
        self._notices.drop()
        self._cover.lift_all()
        try:
            self._put_on_stage(screen)
        except Exception:
            # A screen that cannot be drawn must not lock a person in: the one before it comes back.
            self._stack.pop()
            if self._stack:
                self._put_on_stage(self._stack[-1])
            raise
        if self.idle is not None and self.idle.warned:  # another screen came by itself; the question still stands
            self.idle.ask_again()
        if self.screen is screen:
            screen.on_show(self.stage)

    def _put_on_stage(self, screen: Screen) -> None:
        stage = self._stage = Stage(self, screen)
        stage.shown = True
        screen.on_enter(stage)
        if self._stage is stage:  # it has not gone on to another screen at once
            self._draw(screen.first_focus())
            stage.drawn = True

    def rebuild(self) -> None:
        """Draw the present screen again; focus and scrolling stay.

        A control that is to have the keyboard first and comes only with what was fetched gets it now, unless a person
        has gone elsewhere already.
        """
        page, area = self._pages.page, self._pages.area
        if page is None:
            return
        offset = area.offset if area else 0
        first = self.screen.first_focus()
        focus = page.focused() or (first if first not in page.controls else "")
        self._draw(focus, again=True)
        if offset and self._pages.area:
            self._pages.area.scroll_to(offset)
        self._cover.lay_again()

    def _draw(self, focus: str, *, again: bool = False) -> None:
        screen = self.screen
        self._pages.draw(screen, self.stage, self.frames[screen.frame], focus, again=again)

    def look_round(self) -> None:
        """What stands round all screens has changed (how much waits on a page): show it, and leave the screen alone."""
        if not self._pages.follow():
            self.rebuild()

    def publish(self, topics: Iterable[str]) -> None:
        """Something was changed: the shown screen is told when it shows one of these topics. "people.*" stands for
        every topic of people, "*" for all there are.
        """
        every = frozenset(topics)
        self.on_publish(every)
        if self._stage is None:
            return  # nothing is shown yet
        changed = frozenset(topic for topic in self.screen.topics if touches(every, topic))
        if changed:
            self.screen.on_topics(self._stage, changed)

    # What is said over a screen

    def show_error(self, error: AkimatDeskError) -> None:
        """The sentence of an error in the banner, which takes the focus."""
        staff = self.look_for(self.screen).staff
        what = error.for_staff if staff else error.for_resident
        self.show_banner("error", lambda t: t.say(what, error.next_step))
        self.focus("banner")

    def show_banner(self, kind: BannerKind, said: Said) -> None:
        """Put a banner on top of the screen; `said` is asked again when the language changes."""
        self._notices.set_banner(kind, said)
        if self._pages.banner is not None and self.stage.drawn:
            self._notices.put_banner(self.page, self._pages.banner, self.words)

    def clear_banner(self) -> None:
        """Take the banner away."""
        if self._notices.has_banner:
            self._notices.drop_banner()
            self.rebuild()

    def focus(self, name: str) -> None:
        """Give the keyboard to a control of the page."""
        control = self.page.controls.get(name)
        if control is not None:
            control.take_focus()

    def ask(self, question: Question, on_answer: Callable[[bool], object]) -> None:
        """Ask over the screen."""
        self._cover.ask(question, on_answer)

    def show_panel(self, title: str, build: Callable[[Box], None]) -> None:
        """Show a side panel over the screen."""
        self._cover.show_panel(title, build)

    def toast(self, sentence: str, icon: str = "circle-check") -> None:
        """Say something in passing."""
        self._notices.toast(self.page, sentence, icon)

    # Sessions

    def watch_idle(
        self,
        on_expire: Callable[[], object],
        warn_after: int = WARN_AFTER,
        grace: int = GRACE,
        ends: Ends = erased_in,
    ) -> IdleWatch:
        """Watch for an absent person; `start` and `stop` it with the session. `ends` says what happens to them.

        Of several the one that was started last is `idle`: it hears of every key and movement.
        """

        cover = self._cover

        def expire() -> None:
            cover.lift()
            on_expire()

        def started(watch: IdleWatch) -> None:
            self.idle = watch

        watch = IdleWatch(
            self.root,
            self._clock,
            on_warn=lambda seconds: cover.ask_idle(seconds, watch.stay, ends),
            on_tick=cover.tick_idle,
            on_stay=cover.lift,
            on_expire=expire,
            on_start=started,
            warn_after=warn_after,
            grace=grace,
        )
        self.idle = self.idle or watch
        return watch

    def start_over(self, language: Language = "kk", growth: int = 100, dark: bool = False) -> None:
        """Forget the person who was here: fields, their undo, clipboard, selection, text size, theme, language; show
        home.
        """
        for control in self._pages.page.controls.values() if self._pages.page else ():
            if isinstance(control, Field):
                control.forget()
        clear_clipboard(self.root)
        self.growth, self.dark = growth, dark
        self.words.switch(language)
        self._looks.clear()
        self.home()

    # The window itself

    def run(self) -> None:
        """Show the first screen and stay until `close`."""
        with screen_thread():
            if not self._stack:
                self.home()
            self.root.mainloop()
        self.operations.close()

    def close(self) -> None:
        """End: the work in hand is finished by `run`."""
        if self._stage is not None:
            self._stage.leave()
        if self.idle is not None:
            self.idle.stop()
        self._collector.stop()
        for timer in self.root.tk.splitlist(self.root.tk.call("after", "info")):
            self.root.after_cancel(timer)  # Tk would complain of each that comes after the window
        self.root.quit()  # without it `run` goes on while any other window of this process lives
        self.root.destroy()

    def _draw_icon(self) -> None:
        light = Theme()
        self.root.iconphoto(True, self.pictures.emblem(64, light["sky"], light["diamond"]))

    def _bind(self) -> None:
        root = self.root
        understand_all_layouts(root)
        go_through(root, lambda: self.topmost)
        root.protocol("WM_DELETE_WINDOW", self._asked_to_close)
        root.bind_all("<Escape>", self._escape)
        for number in FUNCTION_KEYS:
            root.bind_all(f"<Key-F{number}>", lambda _, key=f"F{number}": self._function_key(key))  # type: ignore[misc]
        CodeReader(root, self._code, self._code_read)
        root.bind_all("<<Paste>>", self._pasted, add=True)
        root.on_resize(self._resized)
        follow_focus_wheel_and_keys(root)
        for sequence in ("<Key>", "<Button>", "<Motion>"):
            root.bind_all(sequence, self._touched, add=True)
        for key, change in (("plus", self.enlarge), ("equal", self.enlarge), ("minus", self.reduce)):
            root.bind_all(f"<Control-Key-{key}>", lambda _, change=change: change())  # type: ignore[misc]

    def _asked_to_close(self) -> None:
        if self.on_close is not None:
            self.on_close()

    def _escape(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if not self._cover.escape() and self._stage is not None:
            self.screen.on_escape(self._stage)

    def _function_key(self, key: str) -> str:
        """Keys of a screen do nothing while a question lies over it."""
        self._touched()
        if self._stage is not None and self._cover.topmost is self.page:
            self.screen.on_key(self._stage, key)
        return "break"  # Tk's own F10 would look for a menu

    def _code(self, text: str) -> bool:
        """As for keys: a screen hears nothing while a question lies over it."""
        if self._stage is None or self._cover.topmost is not self.page:
            return False
        return self.screen.on_code(self._stage, text)

    def _code_read(self) -> None:
        """The keyboard goes back to the screen, unless it has gone somewhere by itself."""
        if self._stage is not None and not self.topmost.focused():
            self.focus(self.screen.first_focus())

    def _pasted(self, _: tkinter.Event[tkinter.Misc]) -> None:
        with suppress(tkinter.TclError):  # the clipboard is empty
            self._code(self.root.clipboard_get())

    def _touched(self, _: tkinter.Event[tkinter.Misc] | None = None) -> None:
        """Somebody is there."""
        self._collector.touched()
        if self.idle is not None and not self.idle.warned:
            self.idle.activity()

    def _resized(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            if self._settling is not None:
                self.root.after_cancel(self._settling)
            self._settling = self.root.after(SETTLE_MS, self._settle)

    def _settle(self) -> None:
        self._settling = None
        size = (self.root.winfo_width(), self.root.winfo_height())
        if size != self._size:
            self._size = size
            self._looks.clear()
            self.rebuild()

    def _callback_failed(self, _kind: type[BaseException], error: BaseException, _place: object) -> None:
        if isinstance(error, AkimatDeskError):
            self.show_error(error)
        else:
            self.show_error(unexpected(error))
