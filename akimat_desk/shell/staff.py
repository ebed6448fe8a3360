"""The staff at this PC: who has signed in, which of the pages they see, and how many things wait on each.

Whoever goes away without signing out is signed out after a quarter of an hour. Nothing they typed is lost by that: the
screens they left wait in memory, and only for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import Clock, local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.service import Desk, Service, Shelf
from akimat_desk.shell.calls import HelpCalls
from akimat_desk.shell.pages import Page, first_pages, pages_for
from akimat_desk.ui.cover import signed_out_in
from akimat_desk.ui.frames.staff import StaffFacts, SyncLine
from akimat_desk.ui.frames.staff_rows import PageRow
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window

if TYPE_CHECKING:
    from akimat_desk.office.exchange import InShort
    from akimat_desk.people.staff import SignedIn

log = logging.getLogger(__name__)

TODAY: Final = "today"
AWAY_AFTER: Final = 14 * 60
"""Seconds without a key or a movement until staff are asked whether they are here; with the minute to answer that is a
quarter of an hour, the longest that PCI DSS 4.0.1 (8.2.8) and the CIS benchmarks for Windows (2.3.7.3) leave a PC open.
"""
SHELVES: Final[dict[Shelf, tuple[str, str]]] = {
    "reports": (N_("Reports"), "chart-column"),
    "set-up": (N_("Management"), "settings"),
}
ROLE_WORDS: Final = {"trainer": N_("trainer"), "staff": N_("member of staff"), "administrator": N_("administrator")}


@dataclass(frozen=True, slots=True)
class Left:
    """Where somebody was when they were signed out: the page's key, and the screens that led on from it."""

    person: SignedIn
    page: str
    way: tuple[Screen, ...]
    at_ms: int


class StaffSide:
    """What staff do at `window`. `signed_out` is told when they leave."""

    def __init__(
        self,
        window: Window,
        words: Translator,
        clock: Clock,
        services: tuple[Service, ...],
        calls: HelpCalls,
        find_desk: Callable[[], Desk | None],
        signed_out: Callable[[], object],
    ) -> None:
        self._window, self._words, self._services, self._calls = window, words, services, calls
        self._clock, self._find_desk, self._signed_out = clock, find_desk, signed_out
        self.person: SignedIn | None = None
        self._page = TODAY
        self._shelf: Shelf = ""
        self._badges: Mapping[str, int] = {}
        self._exchange: InShort | None = None
        self._left: dict[str, Left] = {}
        self._idle = window.watch_idle(self._away, AWAY_AFTER, ends=signed_out_in)

    def sign_in(self, person: SignedIn) -> None:
        """Somebody begins to work: the overview of today comes first, or what they were signed out from."""
        self.person, self._page, self._shelf, self._badges = person, TODAY, "", {}
        self._idle.start()
        left = self._left.pop(person.staff, None)
        if left is None or left.person != person:  # with another role they may no longer be there
            self._window.home()
            return
        self._page, self._shelf = left.page, self._shelf_of(left.page)
        self._window.go_again(left.way)
        time = format_time(local(left.at_ms))
        self._window.show_banner(
            "info",
            lambda t: t("You were signed out because nobody was here. Time: {time}. Go on where you were.", time=time),
        )

    def sign_out(self) -> None:
        """They leave."""
        self._idle.stop()
        self.person = None
        self._signed_out()

    def leave(self) -> None:
        """The desk itself is left: nobody is signed in any more, and nothing waits for anybody."""
        self._idle.stop()
        self.person = None
        self._left.clear()

    def _away(self) -> None:
        """Nobody has answered: they are signed out, and find everything as it is when they come back."""
        person = self.person
        assert person is not None
        self._left[person.staff] = Left(person, self._page, self._window.way, self._clock.now_ms())
        self.sign_out()

    def pages(self) -> tuple[Page, ...]:
        """The pages they may see, today first."""
        assert self.person is not None
        today = Page(TODAY, N_("Today"), "house", self._today, lambda _: len(self._calls.waiting))
        return pages_for(self._services, self.person.role, today)

    def show_page(self, key: str) -> None:
        """Open a page from its beginning."""
        self._page = key
        self._shelf = self._shelf_of(key)
        self._window.home()
        self.count()

    def screen(self, desk: Desk) -> Screen:
        """The open page."""
        pages = self.pages()
        page = next((page for page in pages if page.key == self._page), pages[0])
        self._page = page.key
        return page.screen(desk)

    def _today(self, desk: Desk) -> Screen:
        from akimat_desk.shell.screens.today import today_screen

        assert self.person is not None
        pages = first_pages(self._services, self.person.role)
        return today_screen(desk, pages, waiting=lambda: self._calls.waiting, went=self._went, show=self.show_page)

    def _went(self, number: int) -> None:
        self._calls.went(number)
        self._window.rebuild()
        self.count()

    def facts(self, zone: str) -> StaffFacts:
        """What the frame shows."""
        person, t = self.person, self._words
        assert person is not None
        return StaffFacts(
            zone=zone,
            rows=self._rows(),
            current=self._page,
            sync=self._sync_line(),
            user=person.name,
            role=t(ROLE_WORDS[person.role]),
            open_user=self.sign_out,
        )

    def _rows(self) -> list[PageRow]:
        """The day's pages, then the shelves that hold something for this person."""
        t, lying = self._words, dict[Shelf, list[PageRow]]()
        for page in self.pages():
            row = PageRow(
                page.key,
                t(page.title),
                page.icon,
                lambda key=page.key: self.show_page(key),  # type: ignore[misc]
                self._badges.get(page.key, 0),
            )
            lying.setdefault(page.shelf, []).append(row)
        shelves = [
            PageRow(
                shelf,
                t(title),
                icon,
                lambda shelf=shelf: self._open_or_close(shelf),  # type: ignore[misc]
                inside=lying[shelf],
                open=self._shelf == shelf,
            )
            for shelf, (title, icon) in SHELVES.items()
            if shelf in lying
        ]
        return lying.get("", []) + shelves

    def _shelf_of(self, key: str) -> Shelf:
        return next((page.shelf for page in self.pages() if page.key == key), "")

    def _open_or_close(self, shelf: Shelf) -> None:
        self._shelf = "" if self._shelf == shelf else shelf
        self._window.rebuild()

    def _sync_line(self) -> SyncLine | None:
        now, t = self._exchange, self._words
        return SyncLine("linked" if now.linked else "unlinked", t.say(now.text), t.say(now.detail)) if now else None

    def count(self) -> None:
        """Count anew what waits on each page, and look how the exchange stands, beside the screen."""
        desk, person = self._find_desk(), self.person
        if desk is None or person is None:
            return
        pages = self.pages()

        def show(found: tuple[Mapping[str, int], InShort | None]) -> None:
            if found != (self._badges, self._exchange) and self.person is person:
                self._badges, self._exchange = found
                self._window.look_round()

        self._window.operations.run(
            lambda: (_counted(pages, desk), _exchanging(desk)), show, self._window.show_error, kind="read"
        )


def _exchanging(desk: Desk) -> InShort | None:
    from akimat_desk.office.exchange import in_short
    from akimat_desk.office.room import room_view

    try:
        return in_short(room_view(desk), desk.clock.now_ms())
    except AkimatDeskError as why:
        log.warning("the exchange: %s", why.code)
        return None


def _counted(pages: tuple[Page, ...], desk: Desk) -> dict[str, int]:
    """How many things wait; a page that cannot count now hinders no other."""
    found = {}
    for page in pages:
        try:
            found[page.key] = page.badge(desk) if page.badge is not None else 0
        except AkimatDeskError as why:
            log.warning("badge of %s: %s", page.key, why.code)
    return found
