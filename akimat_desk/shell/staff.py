"""The staff at this PC: who has signed in, which of the pages they see, and how many things wait on each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Translator
from akimat_desk.service import Desk, Service
from akimat_desk.shell.calls import HelpCalls
from akimat_desk.shell.pages import Page, first_pages, pages_for
from akimat_desk.ui.frames.staff import PageRow, StaffFacts
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn

log = logging.getLogger(__name__)

TODAY: Final = "today"
ROLE_WORDS: Final = {"trainer": N_("trainer"), "staff": N_("member of staff"), "administrator": N_("administrator")}


class StaffSide:
    """What staff do at `window`. `signed_out` is told when they leave."""

    def __init__(
        self,
        window: Window,
        words: Translator,
        services: tuple[Service, ...],
        calls: HelpCalls,
        find_desk: Callable[[], Desk | None],
        signed_out: Callable[[], object],
    ) -> None:
        self._window, self._words, self._services, self._calls = window, words, services, calls
        self._find_desk, self._signed_out = find_desk, signed_out
        self.person: SignedIn | None = None
        self._page = TODAY
        self._badges: Mapping[str, int] = {}

    def sign_in(self, person: SignedIn) -> None:
        """Somebody begins to work: the overview of today comes first."""
        self.person, self._page, self._badges = person, TODAY, {}

    def sign_out(self) -> None:
        """They leave."""
        self.person = None
        self._signed_out()

    def pages(self) -> tuple[Page, ...]:
        """The pages they may see, today first."""
        assert self.person is not None
        today = Page(TODAY, N_("Today"), "house", self._today, lambda _: len(self._calls.waiting))
        return pages_for(self._services, self.person.role, today)

    def show_page(self, key: str) -> None:
        """Open a page from its beginning."""
        self._page = key
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
        rows = [
            PageRow(
                page.key,
                t(page.title),
                page.icon,
                lambda key=page.key: self.show_page(key),  # type: ignore[misc]
                self._badges.get(page.key, 0),
            )
            for page in self.pages()
        ]
        return StaffFacts(
            zone=zone,
            rows=rows,
            current=self._page,
            user=person.name,
            role=t(ROLE_WORDS[person.role]),
            open_user=self.sign_out,
        )

    def count(self) -> None:
        """Count anew what waits on each page, beside the screen."""
        desk, person = self._find_desk(), self.person
        if desk is None or person is None:
            return
        pages = self.pages()

        def show(badges: Mapping[str, int]) -> None:
            if badges != self._badges and self.person is person:
                self._badges = badges
                self._window.rebuild()

        self._window.operations.run(lambda: _counted(pages, desk), show, self._window.show_error, kind="read")


def _counted(pages: tuple[Page, ...], desk: Desk) -> dict[str, int]:
    """How many things wait; a page that cannot count now hinders no other."""
    found = {}
    for page in pages:
        try:
            found[page.key] = page.badge(desk) if page.badge is not None else 0
        except AkimatDeskError as why:
            log.warning("badge of %s: %s", page.key, why.code)
    return found
