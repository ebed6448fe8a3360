"""The window's side of the desk: which screen comes first, who may see what, the resident's session, the keeper.

The first picture is drawn before the database is opened: the tiles come from the doors. The desk is then opened beside
the screen, the database checked, and the keeper begins unless another process is it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import Clock, local_date
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.base.words import N_, Translator
from akimat_desk.service import Desk, Service, Tile, TodayLine, load
from akimat_desk.shell.keeper import Keeper
from akimat_desk.shell.opening import open_desk
from akimat_desk.shell.pages import Page, pages_for
from akimat_desk.shell.presence import Room, room_of
from akimat_desk.shell.screens.farewell import FarewellScreen
from akimat_desk.shell.screens.home import HomePresenter, HomeScreen
from akimat_desk.shell.screens.trouble import TroubleScreen
from akimat_desk.ui.frames.bare import BareFrame
from akimat_desk.ui.frames.resident import ResidentFacts, ResidentFrame
from akimat_desk.ui.frames.staff import PageRow, StaffFacts, StaffFrame
from akimat_desk.ui.screen import Question, Screen
from akimat_desk.ui.window import Window

if TYPE_CHECKING:
    from akimat_desk.people.session import Session, Wiped
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.people.zone import PcRole

log = logging.getLogger(__name__)

ROLE_WORDS: Final = {"trainer": N_("trainer"), "staff": N_("member of staff"), "administrator": N_("administrator")}


class App:
    """One window on one desk. `size` None fills the screen. `closable` false: only staff can close it."""

    def __init__(
        self,
        home: Home,
        words: Translator,
        services: tuple[Service, ...],
        clock: Clock,
        *,
        size: tuple[int, int] | None = None,
        resident_first: bool | None = None,
    ) -> None:
        self.home, self.words, self.services, self.clock = home, words, services, clock
        self.desk: Desk | None = None
        self.room = Room()
        self.signed_in: SignedIn | None = None
        self.trouble: AkimatDeskError | None = None
        self.pc_role: PcRole = "kiosk" if size is None else "desk"
        self.page = ""
        self.badges: dict[str, int] = {}
        self._resident_first = resident_first
        self._with_resident = True
        self._pending: Tile | None = None
        self.session: Session | None = None
        self._wiped: Wiped | None = None
        self._opened = ExitStack()
        self._presenter = HomePresenter(
            services,
            self.open_tile,
            self.show_sign_in,
            self._fetch_home,
            today=lambda: local_date(clock.now_ms()),
        )
        self.window = Window(
            words,
            {
                "resident": ResidentFrame(self._resident_facts),
                "staff": StaffFrame(self._staff_facts),
                "bare": BareFrame(),
            },
            self._first_screen,
            size=size,
            clock=clock,
            on_close=self._asked_to_close,
        )
        self.window.watch_idle(self.finish)

    # ---- opening and closing

    def run(self) -> None:
        """Show the window until it is closed."""
        self.start()
        try:
            self.window.run()
        finally:
            self._opened.close()

    def start(self) -> None:
        """Show the first picture, and then open the desk."""
        self.window.home()
        self.window.root.after_idle(self._open)

    def close(self) -> None:
        """Close the window and the desk, where no `run` does."""
        self.window.close()
        self.window.operations.close()
        self._opened.close()

    def _open(self) -> None:
        if not self.home.database.exists():
            self._begin_first_run()
            return
        self.window.operations.run(self._open_desk, self._desk_open, self._cannot_open)

    def _open_desk(self) -> Desk:
        desk = self._opened.enter_context(
            open_desk(self.home, clock=self.clock, words=self.words, services=self.services)
        )
        return self._adopt(desk)

    def _adopt(self, desk: Desk) -> Desk:
        """Blocks: what must be so before anybody uses the desk."""
        from akimat_desk.people.session import wipe_left_over
        from akimat_desk.people.zone import this_pc

        desk = replace(
            desk,
            signed_in=lambda: self.signed_in,
            session_folder=lambda: self.session.folder if self.session is not None else None,
        )
        desk.store.quick_check()
        wipe_left_over(desk.home, _wipes(desk))
        self.pc_role = this_pc(desk.store).role
        self.room = room_of(desk)
        self._opened.enter_context(Keeper(desk, self._changed_elsewhere))
        return desk

    def _desk_open(self, desk: Desk) -> None:
        self.desk = desk
        if self._resident_first is None:
            self._with_resident = self.pc_role == "kiosk"
        self._presenter.room = self.room
        tile, self._pending = self._pending, None
        if tile is not None:
            self.open_tile(tile)
        else:
            self.window.home()
        self._refresh_badges()

    def _cannot_open(self, error: AkimatDeskError) -> None:
        self.trouble = error
        self.window.home()

    def _begin_first_run(self) -> None:
        from akimat_desk.shell.first_run import first_run

        self.window.go(first_run(self))

    def first_run_done(self, desk: Desk, opened: ExitStack) -> None:
        """The wizard has made a desk; it is used from now on."""
        self._opened.push(opened)
        self.window.operations.run(lambda: self._adopt(desk), self._desk_open, self._cannot_open)

    def _asked_to_close(self) -> None:
        """A kiosk is closed by staff only."""
        if self.pc_role != "kiosk" or self.signed_in is not None:
            self.window.close()

    # ---- which screen

    def _first_screen(self) -> Screen:
        if self.trouble is not None:
            return TroubleScreen(self.trouble, self.window.close)
        if self._wiped is not None:
            wiped, self._wiped = self._wiped, None
            return FarewellScreen(wiped.complete, self.window.home)
        if self.signed_in is not None and not self._with_resident and self.desk is not None:
            return self._page_screen(self.desk)
        if not self._with_resident and self.desk is not None:
            return self._sign_in_screen()
        return HomeScreen(self._presenter)

    def _page_screen(self, desk: Desk) -> Screen:
        pages = self.pages()
        page = next((page for page in pages if page.key == self.page), pages[0])
        self.page = page.key
        return page.screen(desk)

    def pages(self) -> tuple[Page, ...]:
        """The staff pages that the signed-in person may see."""
        assert self.signed_in is not None
        return pages_for(self.services, self.signed_in.role)

    def show_page(self, key: str) -> None:
        """Open a staff page from its beginning."""
        self.page = key
        self.window.home()
        self._refresh_badges()

    # ---- the resident

    def _resident_facts(self) -> ResidentFacts:
        name = self.room.name or self.words("Akimat Desk")
        if self.desk is None:
            return ResidentFacts(name, self.words("Field of integrity"))
        return ResidentFacts(name, self.words("Field of integrity"), self.call_staff, self.ask_finish)

    def _fetch_home(self) -> tuple[Room, tuple[TodayLine, ...]]:
        if self.desk is None:
            return self.room, ()
        lines: list[TodayLine] = []
        for service in self.services:
            if service.today:
                lines.extend(load(service.today)(self.desk))
        self.room = room_of(self.desk)
        return self.room, tuple(lines)

    def open_tile(self, tile: Tile) -> None:
        """A resident begins something: their session, with its folder, begins with it."""
        desk = self.desk
        if desk is None:
            self._pending = tile
        elif self.session is not None:
            self.window.go(load(tile.screen)(desk))
        else:
            from akimat_desk.people.session import Session

            def begun(session: Session) -> None:
                self.session = session
                if self.window.idle is not None:
                    self.window.idle.start()
                self.window.go(load(tile.screen)(desk))

            self.window.operations.run(lambda: Session.start(self.home, self.clock), begun, self.window.show_error)

    def call_staff(self) -> None:
        """Staff see and hear it; the resident is told that somebody comes."""
        self.window.root.bell()
        self.window.show_banner("info", self.words("Staff have been called. Stay here, somebody will come."))

    def ask_finish(self) -> None:
        """Finish and erase, after a question when there is anything to lose."""
        if self.session is None:
            self.finish()
            return
        t = self.words
        question = Question(
            t("Finish and erase everything?"),
            t("Your open documents and what you typed are erased from this computer."),
            t.button("Stay here"),
            t.button("Finish and erase"),
        )
        self.window.ask(question, lambda yes: self.finish() if yes else None)

    def finish(self) -> None:
        """End the session: everything of the resident is destroyed, then the home is shown in Kazakh again."""
        if self.window.idle is not None:
            self.window.idle.stop()
        session, self.session = self.session, None
        self._with_resident = True
        self.window.start_over()
        desk = self.desk
        if desk is None or session is None:
            return

        def wiped(result: Wiped) -> None:
            self._wiped = result
            self.window.home()

        self.window.operations.run(lambda: session.wipe(_wipes(desk)), wiped, self.window.show_error)

    # ---- staff

    def show_sign_in(self) -> None:
        """The PIN page; a resident's session ends first."""
        if self.desk is None:
            return
        if self.session is not None:
            self.ask_finish()
            return
        self.window.go(self._sign_in_screen())

    def _sign_in_screen(self) -> Screen:
        from akimat_desk.shell.screens.sign_in import sign_in_screen

        assert self.desk is not None
        return sign_in_screen(self.desk, self._staff_signed_in, self.show_home)

    def _staff_signed_in(self, person: SignedIn) -> None:
        self.signed_in, self._with_resident, self.page = person, False, ""
        self.window.home()
        self._refresh_badges()

    def show_home(self) -> None:
        """The residents' home, on a PC that staff and residents share."""
        self.signed_in, self._with_resident = None, True
        self.window.home()

    def sign_out(self) -> None:
        """The staff member leaves; what a resident sees comes back, or the PIN page on a staff PC."""
        self.signed_in = None
        self._with_resident = self.pc_role == "kiosk" or bool(self._resident_first)
        self.window.home()

    def _staff_facts(self) -> StaffFacts:
        person, t = self.signed_in, self.words
        assert person is not None
        rows = [
            PageRow(
                page.key,
                t(page.title),
                page.icon,
                lambda key=page.key: self.show_page(key),  # type: ignore[misc]
                self.badges.get(page.key, 0),
            )
            for page in self.pages()
        ]
        return StaffFacts(
            zone=self.room.name,
            rows=rows,
            current=self.page,
            user=person.name,
            role=t(ROLE_WORDS[person.role]),
            open_user=self.sign_out,
        )

    def _refresh_badges(self) -> None:
        desk, person = self.desk, self.signed_in
        if desk is None or person is None:
            return
        pages = self.pages()

        def count() -> dict[str, int]:
            return {page.key: page.badge(desk) for page in pages if page.badge is not None}

        def show(badges: dict[str, int]) -> None:
            if badges != self.badges and self.signed_in is not None:
                self.badges = badges
                self.window.rebuild()

        self.window.operations.run(count, show, self.window.show_error, kind="read")

    def _changed_elsewhere(self, topics: frozenset[str]) -> None:
        """Called from the keeper's threads."""
        self.window.operations.post(lambda: self._publish(topics))

    def _publish(self, topics: frozenset[str]) -> None:
        self.window.publish(topics)
        self._refresh_badges()


def _wipes(desk: Desk) -> dict[str, Callable[[], None]]:
    """How each service forgets the resident."""
    return {
        service.name: lambda name=service.wipe: load(name)(desk)  # type: ignore[misc]
        for service in desk.services
        if service.wipe
    }
