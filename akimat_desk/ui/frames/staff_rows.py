"""The rows of the staff's sidebar, and the button that takes its place in large print."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.widgets.button import coat_of
from akimat_desk.ui.widgets.pressable import Coat, Pressable
from akimat_desk.ui.widgets.surface import Paint, Rounded


class PageRow(NamedTuple):
    """One row of the sidebar; `badge` counts what waits for a person.

    A row with pages `inside` is a shelf: `show` opens or closes it, and while it is `open` its pages stand under it.
    """

    key: str
    title: str
    icon: str
    show: Callable[[], object]
    badge: int = 0
    inside: Sequence[PageRow] = ()
    open: bool = False

    @property
    def waiting(self) -> int:
        """How much waits on it and on all that lies inside."""
        return self.badge + sum(row.badge for row in self.inside)


_CURRENT = Paint("sky_tint", text="ink")
_OTHER = Coat(Paint(None), Paint("row"), Paint("sunken"))


def _coat(*, current: bool) -> Coat:
    return Coat(_CURRENT, _CURRENT, _CURRENT) if current else _OTHER


class NavRow(Pressable):
    """A row of the sidebar: icon, title, and how many things wait. The open page has a bar, a tint and bold words; a
    shelf shows by an arrow whether it is open, or how much waits in it, and a page `inside` it stands further in.
    """

    def __init__(
        self, master: tkinter.Misc, row: PageRow, *, current: bool = False, inside: bool = False, name: str = ""
    ) -> None:
        look = look_of(master)
        self._row, self._current, self._further_in = row, current, inside
        height = max(look.px(44), look.line("body") + look.px(16))
        super().__init__(master, row.show, _coat(current=current), name=name or f"page-{row.key}", height=height)
        self.configure(padx=0, pady=look.px(2))
        self.text = row.title

    def become(self, row: PageRow, *, current: bool) -> None:
        """Show the same page as it is now: open or not, and how much waits on it."""
        before = self._row.badge, self._row.waiting, self._current
        self._row, self._current, self.command = row, current, row.show
        if before != (row.badge, row.waiting, current):
            self.dress(_coat(current=current))
            self.redraw()
            self.canvas.tag_raise("ring")

    def show_ring(self, on: bool) -> None:
        """The ring lies inside the row, whose neighbours are too near for a halo."""
        self.canvas.delete("ring")
        if on:
            look, width = self.look, self.look.px(2)
            self.canvas.create_rectangle(
                width, width, self.canvas.winfo_width() - width, self.canvas.winfo_height() - width,
                outline=look.colour("focus"), width=width, tags="ring",
            )  # fmt: skip

    @property
    def ring_shown(self) -> bool:
        """See `Control`."""
        return bool(self.canvas.find_withtag("ring"))

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, row, middle = self.look, self._row, height // 2
        if self._current:
            sky, tint, bar = look.colour("sky"), look.colour("sky_tint"), look.px(4)
            Rounded(self.canvas, look, self.ground, look.radius, "content").draw(
                0, 0, 3 * look.radius, height, sky, sky, 0
            )
            self.canvas.create_rectangle(bar, 0, 3 * look.radius, height, fill=tint, width=0, tags="content")
        left = look.px(31 if self._further_in else 15)
        self.draw(left, middle, look.icon(row.icon, 20, "sky" if self._current else "ink2"))
        x = left + look.scale.text(20) + look.px(10)
        right = width - look.px(6)
        badge = row.badge if row.open else row.waiting
        if row.inside and not badge:
            arrow = look.scale.text(16)
            self.draw(right - arrow, middle, look.icon("chevron-up" if row.open else "chevron-down", 16, "ink2"))
            right -= arrow + look.px(3)
        if badge:
            _draw_badge(self, badge, right, middle)
            right -= _badge_width(look, badge)
        room = right - look.px(2) - x
        bold, words = look.font("strong"), row.title.split()
        # A shelf is never the open page; and a word that is too long when it is bold would be cut in two.
        boldest: Role = "body" if row.inside or any(bold.measure(word) > room for word in words) else "strong"
        item = self.write(x, middle, row.title, boldest, "ink", width=max(1, room))
        _, top, _, bottom = self.canvas.bbox(item)
        self.ask_height(bottom - top + look.px(12))  # as high as when it is the open page, so that no row moves
        if not self._current:
            self.canvas.itemconfigure(item, font=look.font("body"))


class MenuButton(Pressable):
    """Opens the pages in large print; counts what waits on all of them."""

    def __init__(self, master: tkinter.Misc, badge: int, command: Callable[[], object]) -> None:
        look = look_of(master)
        self.text, self._badge = look.t("Menu"), badge
        width = 2 * look.px(14) + look.scale.text(20) + look.px(10) + look.font("strong").measure(self.text)
        width += look.px(8) + _badge_width(look, badge) if badge else 0
        height = max(look.px(36), look.line("strong") + look.px(12))
        super().__init__(master, command, coat_of("plain", staff=True), name="menu", width=width, height=height)

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, middle = self.look, height // 2
        self.draw(look.px(14), middle, look.icon("menu", 20, paint.text))
        self.write(look.px(14) + look.scale.text(20) + look.px(10), middle, self.text, "strong", paint.text)
        if self._badge:
            _draw_badge(self, self._badge, width - look.px(14), middle)


def _badge_width(look: Look, count: int) -> int:
    return max(look.px(24), look.font("note").measure(str(count)) + look.px(14))


def _draw_badge(on: Pressable, count: int, right: int, middle: int) -> None:
    """How many things wait, in a pill that ends at `right`."""
    look = on.look
    wide, high = _badge_width(look, count), look.line("note") + look.px(2)
    top, tint = middle - high // 2, look.colour("clay_tint")
    pill = Rounded(on.canvas, look, on.face.ground, look.px(8), "content")
    pill.draw(right - wide, top, right, top + high, tint, tint, 0)
    on.write(right - wide // 2, middle, str(count), "note", "berry", anchor="center")
