"""The page that will be printed, in a sunken tray, with a pager under it."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.surface import Box, Elided, Text, picture_label

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Stage


def room_for_page(look: Look) -> tuple[int, int]:
    """The pixels a page's picture may take: ask the document worker for a picture of at most this size."""
    return look.px(310), look.px(318 if look.layout == "wide" else 250)


class DrawnPage:
    """The picture of the page that is shown, made once for each page, size and choice. `picture` is the last one made;
    one that comes when another is wanted already is dropped.
    """

    def __init__(self) -> None:
        self.picture: bytes | None = None
        self._wanted: object = None

    def want(
        self, stage: Stage, wanted: object, draw: Callable[[], bytes], redraw: Callable[[], object] | None = None
    ) -> None:
        """Have `draw` (which blocks) make what `wanted` names, and the page, or what `redraw` builds, shown with it."""
        if self._wanted == wanted:
            return
        self._wanted = wanted

        def show(picture: bytes) -> None:
            if wanted == self._wanted:
                self.picture = picture
                (redraw or stage.rebuild)()

        stage.run(draw, show, kind="read")


class PagePreview(Card):
    """`picture` is a PNG at its final size (`room_for_page`), or None while it is being made. `sides`: what is turned
    are sides of paper, which may hold several pages.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        title: str,
        note: str,
        picture: bytes | None,
        now: int,
        total: int,
        on_turn: Callable[[int], object],
        *,
        sides: bool = False,
    ) -> None:
        super().__init__(master, "sunken", pad=16)
        look, t = look_of(master), look_of(master).t
        head = Box(self.body)
        head.pack(fill="x", padx=look.halo)
        picture_label(head, look.icon("file-text", 22, "ink")).pack(side="left", padx=(0, look.px(8)))
        Text(head, note, "hint", "ink2").pack(side="right")
        Elided(head, title, "note").pack(side="left", fill="x", expand=True)
        tray = Box(self.body)
        tray.pack(fill="both", expand=True, pady=(look.px(8), look.px(2)))
        border = tkinter.Frame(tray, bg=look.colour("edge"), padx=look.px(2), pady=look.px(2), takefocus=0)
        border.pack(expand=True)
        _, height = room_for_page(look)
        if picture is None:
            sheet = tkinter.Frame(border, bg="#FFFFFF", width=round(height / 1.414), height=height, takefocus=0)
            sheet.pack()
        else:
            self.picture = look.pictures.png(picture)
            picture_label(border, self.picture).pack()
        if total > 1:
            pager = Box(self.body)
            pager.pack()
            self._turn(pager, "chevron-left", now - 1, total, on_turn, "page-before")
            place = (
                t("Side {now} of {total}", now=now, total=total)
                if sides
                else t("Page {now} of {total}", now=now, total=total)
            )
            Text(pager, place, "hint").pack(side="left", padx=look.px(6))
            self._turn(pager, "chevron-right", now + 1, total, on_turn, "page-after")

    def _turn(self, pager: Box, icon: str, page: int, total: int, on_turn: Callable[[int], object], name: str) -> None:
        def turn() -> None:
            if 1 <= page <= total:
                on_turn(page)

        Button(pager, "", turn, icon=icon, name=name, height=48, pad=13).pack(side="left")
