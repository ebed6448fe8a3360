"""The one root window: shows screens in their frame, keeps what a person set, and lays dialogs over everything.

A page is built anew for each screen and for each change of language, text size, theme or window size: hidden under the
page that is seen, then swapped. There is no second way to change what is shown, and no widget has to know how to
change its words.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import AkimatDeskError, Misuse
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import Language, Translator
from akimat_desk.ui import fonts
from akimat_desk.ui.collector import Collector
from akimat_desk.ui.fonts import Density
from akimat_desk.ui.frames.base import Frame, Places
from akimat_desk.ui.idle import GRACE, WARN_AFTER, IdleWatch
from akimat_desk.ui.keyboard import clear_clipboard, go_through, understand_all_layouts
from akimat_desk.ui.look import Look
from akimat_desk.ui.operations import Operations, unexpected
from akimat_desk.ui.overlay import Dialog, Overlay, Panel
from akimat_desk.ui.pictures import Pictures
from akimat_desk.ui.scale import Scale, larger, smaller
from akimat_desk.ui.screen import Action, FrameKind, Question, Screen, Stage
from akimat_desk.ui.theme import Theme
from akimat_desk.ui.toolkit import Root, own_every_pixel
from akimat_desk.ui.widgets.banner import Banner, BannerKind
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.scroll_area import control_of, scroll_area_of
from akimat_desk.ui.widgets.surface import Box, Layer
from akimat_desk.ui.widgets.toast import Toast

T = TypeVar("T")

SETTLE_MS: Final = 120
"""A window being dragged larger is drawn again when it has stood still for this long."""

TOAST_MS: Final = 6000
WHEEL: Final = 60


def shown(thing: T | None) -> T:
    """What a window has from its first screen on."""
    if thing is None:
        raise Misuse(what="no screen is shown yet")
    return thing


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
        self.root = Root(fg_color=Theme(dark)["ground"])
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
        light = Theme()
        self.root.iconphoto(True, self.pictures.emblem(64, light["sky"], light["diamond"]))
        self.operations = operations or Operations(self.root.after)
        self._collector = Collector(self.root)
        self._looks: dict[Density, Look] = {}
        self._stack: list[Screen] = []
        self._stage: Stage | None = None
        self._page: Layer | None = None
        self._places: Places | None = None
        self._overlays: list[tuple[Overlay, Callable[[], Overlay]]] = []
        self._banner: tuple[BannerKind, str, Action | None] | None = None
        self._toast: Toast | None = None
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
                scale=Scale.fit(*self._size, self.growth),
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
        return shown(self._page)

    @property
    def topmost(self) -> Layer:
        """The topmost dialog, or the page."""
        return self._overlays[-1][0] if self._overlays else self.page

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
        self._banner = None
        self._close_overlays()
        try:
            self._put_on_stage(screen)
        except Exception:
            # A screen that cannot be drawn must not lock a person in: the one before it comes back.
            self._stack.pop()
            if self._stack:
                self._put_on_stage(self._stack[-1])
            raise
        screen.on_show(self.stage)

    def _put_on_stage(self, screen: Screen) -> None:
        self._stage = Stage(self, screen)
        self._stage.shown = True
        self._draw(screen.first_focus())

    def rebuild(self) -> None:
        """Draw the present screen again; focus and scrolling stay."""
        if self._page is None:
            return
        area = self._places.area if self._places else None
        offset = area.offset if area else 0
        self._draw(self._page.focused(), self._page.memory)
        if offset and self._places and self._places.area:
            self._places.area.scroll_to(offset)
        again = [build for _, build in self._overlays]
        focus = self._overlays[-1][0].focused() if self._overlays else ""
        self._close_overlays()
        for build in again:
            self._cover(build)
        if focus and (control := self.topmost.controls.get(focus)):
            control.take_focus()

    def _draw(self, focus: str, memory: dict[str, object] | None = None) -> None:
        screen, stage = self.screen, self.stage
        look = self.look_for(screen)
        self.root.configure(bg=look.colour("ground"))
        page = Layer(self.root, look)
        page.memory.update(memory or {})
        try:
            places = self.frames[screen.frame].build(page, screen, stage, self)
        except Exception:
            page.destroy()
            raise
        old, self._page = self._page, page
        self._places = places
        if self._banner is not None:
            self._put_banner(*self._banner)
        page.place(x=0, y=0, relwidth=1, relheight=1)
        if old is not None:
            tkinter.Misc.lower(page, old)
        page.update_idletasks()
        if self._places.area is not None:
            self._places.area.settle()
            page.update_idletasks()
        if old is not None:
            old.destroy()
        control = page.controls.get(focus)
        if control is not None:
            control.take_focus()
        else:
            page.focus_set()

    def publish(self, topics: Iterable[str]) -> None:
        """Something was changed: the shown screen is told when it shows one of these topics."""
        changed = frozenset(topics) & self.screen.topics
        if changed and self._stage is not None:
            self.screen.on_topics(self._stage, changed)

    # What is said over a screen

    def show_error(self, error: AkimatDeskError) -> None:
        """The sentence of an error in the banner, which takes the focus."""
        staff = self.look_for(self.screen).staff
        words = [self.words.say(error.for_staff if staff else error.for_resident), self.words.say(error.next_step)]
        self.show_banner("error", " ".join(filter(None, words)))
        self.focus("banner")

    def show_banner(self, kind: BannerKind, sentence: str, action: Action | None = None) -> None:
        """Put a banner on top of the screen."""
        self._banner = (kind, sentence, action)
        self._put_banner(kind, sentence, action)

    def clear_banner(self) -> None:
        """Take the banner away."""
        if self._banner is not None:
            self._banner = None
            self.rebuild()

    def _put_banner(self, kind: BannerKind, sentence: str, action: Action | None) -> None:
        if self._places is None:
            return
        for old in self._places.banner.winfo_children():
            old.destroy()
        self.page.controls.pop("banner", None)
        self.page.controls.pop("banner-button", None)
        banner = Banner(
            self._places.banner,
            kind,
            sentence,
            button=action.text if action else "",
            command=action.run if action else None,
        )
        banner.pack(fill="x")

    def focus(self, name: str) -> None:
        """Give the keyboard to a control of the page."""
        control = self.page.controls.get(name)
        if control is not None:
            control.take_focus()

    def ask(self, question: Question, on_answer: Callable[[bool], object]) -> None:
        """Ask over the screen."""

        def answer(danger: bool) -> None:
            self._uncover()
            on_answer(danger)

        def build() -> Overlay:
            kind = "primary" if question.harmless else "danger"
            return Dialog(
                self.root,
                self.look_for(self.screen),
                question.title,
                question.text,
                [
                    (question.safe, "plain", "safe", lambda: answer(False)),
                    (question.danger, kind, "danger", lambda: answer(True)),  # type: ignore[list-item]
                ],
                lambda: answer(False),
            )

        self._cover(build)

    def show_panel(self, title: str, build: Callable[[Box], None]) -> None:
        """Show a side panel over the screen."""
        self._cover(lambda: Panel(self.root, self.look_for(self.screen), title, build, self._uncover))

    def _cover(self, build: Callable[[], Overlay]) -> None:
        overlay = build()
        self._overlays.append((overlay, build))
        overlay.raise_over()

    def _uncover(self) -> None:
        if self._overlays:
            overlay, _ = self._overlays.pop()
            overlay.destroy()
            self.topmost.focus_set()

    def _close_overlays(self) -> None:
        while self._overlays:
            self._overlays.pop()[0].destroy()

    def toast(self, sentence: str, icon: str = "circle-check") -> None:
        """Say something in passing."""
        if self._toast is not None:
            self._toast.destroy()
        toast = self._toast = Toast(self.page, sentence, icon)
        look = self.page.look
        toast.place(relx=0.5, rely=1, y=-look.px(16 if look.staff else 104), anchor="s")
        tkinter.Misc.lift(toast)
        self.root.after(TOAST_MS, lambda: toast.destroy() if toast.winfo_exists() else None)

    # Sessions

    def watch_idle(
        self, on_expire: Callable[[], object], warn_after: int = WARN_AFTER, grace: int = GRACE
    ) -> IdleWatch:
        """Watch for an absent person; `start` and `stop` it with the session."""

        def expire() -> None:
            self._uncover()
            on_expire()

        self.idle = IdleWatch(
            self.root,
            self._clock,
            on_warn=self._ask_idle,
            on_tick=self._tick_idle,
            on_stay=self._uncover,
            on_expire=expire,
            warn_after=warn_after,
            grace=grace,
        )
        return self.idle

    def _idle_words(self, seconds: int) -> str:
        return self.words.count(
            "In {n} second the session ends and your data are erased.",
            "In {n} seconds the session ends and your data are erased.",
            seconds,
        )

    def _ask_idle(self, seconds: int) -> None:
        t = self.words

        def stay() -> None:
            if self.idle is not None:
                self.idle.stay()

        def build() -> Overlay:
            look = self.look_for(self.screen)
            answers = [(t.button("Yes, I am here"), "primary", "stay", stay)]
            return Dialog(self.root, look, t("Are you still here?"), self._idle_words(seconds), answers, stay)  # type: ignore[arg-type]

        self._cover(build)

    def _tick_idle(self, seconds: int) -> None:
        top = self.topmost
        if isinstance(top, Dialog):
            top.message.say(self._idle_words(seconds))

    def start_over(self, language: Language = "kk", growth: int = 100, dark: bool = False) -> None:
        """Forget the person who was here: fields, their undo, clipboard, selection, text size, theme, language; show
        home.
        """
        for control in self._page.controls.values() if self._page else ():
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
        self.root.destroy()

    def _bind(self) -> None:
        root = self.root
        understand_all_layouts(root)
        go_through(root, lambda: self.topmost)
        root.protocol("WM_DELETE_WINDOW", self._asked_to_close)
        root.bind_all("<Escape>", self._escape)
        root.bind_all("<FocusIn>", self._focused, add=True)
        root.bind("<Configure>", self._resized, add=True)
        for sequence, way in (("<Button-4>", -1), ("<Button-5>", 1)):
            root.bind_all(sequence, lambda event, way=way: self._wheel(event, way), add=True)  # type: ignore[misc]
        root.bind_all("<MouseWheel>", lambda event: self._wheel(event, -1 if event.delta > 0 else 1), add=True)
        for sequence in ("<Key>", "<Button>", "<Motion>"):
            root.bind_all(sequence, self._activity, add=True)
        for key, change in (("plus", self.enlarge), ("equal", self.enlarge), ("minus", self.reduce)):
            root.bind_all(f"<Control-Key-{key}>", lambda _, change=change: change())  # type: ignore[misc]

    def _asked_to_close(self) -> None:
        if self.on_close is not None:
            self.on_close()

    def _escape(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if self._overlays:
            self._overlays[-1][0].escape()
        elif self._stage is not None:
            self.screen.on_escape(self._stage)

    def _focused(self, event: tkinter.Event[tkinter.Misc]) -> None:
        area = scroll_area_of(event.widget) if isinstance(event.widget, tkinter.Misc) else None
        if area is not None:
            area.see(control_of(event.widget, area))

    def _wheel(self, event: tkinter.Event[tkinter.Misc], way: int) -> None:
        area = scroll_area_of(event.widget) if isinstance(event.widget, tkinter.Misc) else None
        if area is not None and area.overflows:
            area.scroll_to(area.offset + way * WHEEL)

    def _activity(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if self.idle is not None and not self.idle.warned:
            self.idle.activity()

    def _resized(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self.root and (event.width, event.height) != self._size:
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
