"""How the page of a screen comes into the place of the one before it: built unseen, under it, then swapped.

Where what stands round the screen (`Surround`) can stay, only the screen's own part is built and swapped.
"""

from __future__ import annotations

import tkinter

from akimat_desk.ui.frames.base import Frame, Places, Settings
from akimat_desk.ui.notices import Notices
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.surface import Box, Layer


class Pages:
    """The page of a window, and how the next one comes. `settings` is the window itself."""

    def __init__(self, root: tkinter.Tk, notices: Notices, settings: Settings) -> None:
        self._root, self._notices, self._settings = root, notices, settings
        self.page: Layer | None = None
        self._places: Places | None = None
        self._frame: Frame | None = None

    @property
    def area(self) -> ScrollArea | None:
        """What is scrolled of the page."""
        return self._places.area if self._places else None

    @property
    def banner(self) -> Box | None:
        """Where a banner stands on the page."""
        return self._places.banner if self._places else None

    def draw(self, screen: Screen, stage: Stage, frame: Frame, focus: str, *, again: bool) -> None:
        """Show `screen`, its control `focus` having the keyboard; `again`: it is the one that was shown."""
        had = self.page.controls.get(focus) if self.page is not None and again else None
        quiet = had is not None and not had.ring_shown
        old = self._exchange(screen, stage, again=again) if self._stands(frame, stage) else None
        if old is None:
            old = self._build(screen, stage, frame, again=again)
        page, places = self.page, self._places
        assert page is not None
        assert places is not None
        page.update_idletasks()
        if places.area is not None:
            places.area.settle()
            page.update_idletasks()
        if old is not None:
            old.destroy()
        control = page.controls.get(focus)
        if control is not None:
            control.take_focus(quiet=quiet)
        else:
            page.focus_set()

    def follow(self) -> bool:
        """Show how things stand round the screen; False where that takes another page."""
        surround = self._places.surround if self._places else None
        return surround is not None and surround.follow()

    def _stands(self, frame: Frame, stage: Stage) -> bool:
        page = self.page
        return page is not None and frame is self._frame and page.look is stage.look and self.follow()

    def _exchange(self, screen: Screen, stage: Stage, *, again: bool) -> tkinter.Misc | None:
        """Put another part on the page, under the present one, which is given back."""
        page, surround = self.page, self._places.surround if self._places else None
        assert page is not None
        assert surround is not None
        old, controls, area, memory = surround.part, page.controls, page.area, page.memory
        page.dismiss(old)  # their names are free for the new ones
        if not again:
            page.memory = {}
        try:
            self._places = surround.fill(screen, stage)
        except Exception:
            page.controls, page.area, page.memory = controls, area, memory
            raise
        self._notices.put_banner(page, self._places.banner, stage.t)
        tkinter.Misc.lower(surround.part, old)
        return old

    def _build(self, screen: Screen, stage: Stage, frame: Frame, *, again: bool) -> Layer | None:
        """Put a whole page under the present one, which is given back."""
        old, look = self.page, stage.look
        self._root.configure(bg=look.colour("ground"))
        page = Layer(self._root, look)
        if old is not None and again:
            page.memory.update(old.memory)
        try:
            places = frame.build(page, screen, stage, self._settings)
        except Exception:
            page.destroy()
            raise
        self.page, self._places, self._frame = page, places, frame
        self._notices.put_banner(page, places.banner, stage.t)
        page.place(x=0, y=0, relwidth=1, relheight=1)
        if old is not None:
            tkinter.Misc.lower(page, old)
        return old
