"""What is said on a page besides its own words: the banner on top, the toast above the footer."""

from __future__ import annotations

import tkinter
from typing import Final

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Said
from akimat_desk.ui.widgets.banner import Banner, BannerKind
from akimat_desk.ui.widgets.surface import Box, Layer
from akimat_desk.ui.widgets.toast import Toast

TOAST_MS: Final = 6000


class Notices:
    """One banner and one toast at a time. The banner is put on every page that is built until it is dropped, in the
    language of the page.
    """

    def __init__(self) -> None:
        self._banner: tuple[BannerKind, Said] | None = None
        self._toast: Toast | None = None

    @property
    def has_banner(self) -> bool:
        """Whether there is one."""
        return self._banner is not None

    def drop_banner(self) -> None:
        """Put it on no further page."""
        self._banner = None

    def drop(self) -> None:
        """Another screen comes: what was said on this one is over."""
        self.drop_banner()
        if self._toast is not None:
            self._toast.destroy()
            self._toast = None

    def set_banner(self, kind: BannerKind, said: Said) -> None:
        """Say this from now on."""
        self._banner = (kind, said)

    def put_banner(self, page: Layer, place: Box, words: Translator) -> None:
        """Show the banner, if there is one, in its place on `page`."""
        page.dismiss(place)
        for old in place.winfo_children():
            old.destroy()
        if self._banner is not None:
            kind, said = self._banner
            Banner(place, kind, said(words)).pack(fill="x")

    def toast(self, page: Layer, sentence: str, icon: str) -> None:
        """Say it at the bottom of `page`, for six seconds."""
        if self._toast is not None:
            self._toast.destroy()
        toast = self._toast = Toast(page, sentence, icon)
        toast.place(relx=0.5, rely=1, y=-page.look.px(16 if page.look.staff else 104), anchor="s")
        tkinter.Misc.lift(toast)
        page.look.later(TOAST_MS, lambda: toast.destroy() if toast.winfo_exists() else None)
