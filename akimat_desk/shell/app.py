"""The window's side of the desk: opening and closing it, and whose screen is shown.

The first picture is drawn before the database is opened: the tiles come from the doors. The desk is then opened beside
the screen, the database checked, what a killed desk left over is wiped, and the keeper begins unless another process
is it. Only then can a tile be opened.
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
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk, Service, TodayLine, load
from akimat_desk.shell.calls import HelpCalls
from akimat_desk.shell.opening import open_desk
from akimat_desk.shell.resident import ResidentSide, wipes
from akimat_desk.shell.room import Room, room_of
from akimat_desk.shell.screens.home import LANGUAGE, HomePresenter, HomeScreen
from akimat_desk.shell.screens.trouble import TroubleScreen
from akimat_desk.shell.staff import StaffSide
from akimat_desk.ui.frames.bare import BareFrame
from akimat_desk.ui.frames.board import BoardFrame
from akimat_desk.ui.frames.resident import ResidentFrame
from akimat_desk.ui.frames.staff import StaffFrame
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window, touches

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.people.zone import PcRole, ThisPc

log = logging.getLogger(__name__)

PRODUCT: Final = "Akimat Desk"


class App:
    """One window on one desk. `size` None fills the screen. `resident_first` shows the residents' home on any PC."""

    def __init__(
        self,
        home: Home,
        words: Translator,
        services: tuple[Service, ...],
        clock: Clock,
        *,
        size: tuple[int, int] | None = None,
        resident_first: bool = False,
    ) -> None:
        self.home, self.words, self.services, self.clock = home, words, services, clock
        self.desk: Desk | None = None
        self.room = Room()
        self.trouble: AkimatDeskError | None = None
        self.pc_role: PcRole = "desk"
        self.calls = HelpCalls(clock)
        self._resident_first = resident_first
        self._for_residents = True
        self._language = words.language
        self._opened = ExitStack()
        self._home = HomePresenter(
            services,
            open_tile=lambda tile: self.resident.open_tile(tile),
            sign_in=self.show_sign_in,
            fetch=self._fetch_home,
            today=lambda: local_date(clock.now_ms()),
        )
        self.window = Window(
            words,
            {
                "resident": ResidentFrame(lambda: self.resident.facts(self._zone())),
                "staff": StaffFrame(lambda: self.staff.facts(self._zone())),
                "bare": BareFrame(),
                "board": BoardFrame(),
            },
            self._first_screen,
            size=size,
            clock=clock,
            on_close=self._asked_to_close,
        )
        self.resident = ResidentSide(self.window, words, clock, self.calls, lambda: self.desk, self._resident_left)
        self.staff = StaffSide(self.window, words, clock, services, self.calls, lambda: self.desk, self._staff_left)
        self.window.on_settings = self._settings_changed
        self.window.on_publish = self._heard

    # ---- opening and closing

    def run(self) -> None:
        """Show the window until it is closed; then wipe what a resident who was cut off has left."""
        self.start()
        try:
            self.window.run()
        finally:
            self._end()

    def start(self) -> None:
        """Show the first picture, and then open the desk; also after a backup was brought back."""
        self.trouble = None
        self.window.home()
        self.window.root.after_idle(self._open)

    def quit(self) -> None:
        """Close the window soon; may be called by a signal's handler."""
        self.window.root.after(0, self.window.close)

    def close(self) -> None:
        """Close the window and the desk, where no `run` does."""
        self.window.close()
        self.window.operations.close()
        self._end()

    def _end(self) -> None:
        try:
            self.resident.wipe_now()
        finally:
            self._opened.close()

    def _open(self) -> None:
        self.trouble = None
        if self.home.database.exists():
            self.window.operations.run(self._open_desk, self._desk_open, self._cannot_open)
        else:
            self._begin_first_run()

    def _open_desk(self) -> Desk | None:
        """The desk, ready for use; None when its first set-up was broken off (blocks)."""
        from akimat_desk.people.staff import has_staff

        with ExitStack() as stack:
            desk = stack.enter_context(open_desk(self.home, clock=self.clock, words=self.words, services=self.services))
            return self.adopt(desk, stack) if has_staff(desk.store) else None

    def adopt(self, desk: Desk, stack: ExitStack) -> Desk:
        """Make the desk ready for people; what `stack` holds of it is closed with the window (blocks)."""
        from akimat_desk.office.room import live_marks
        from akimat_desk.people.session import wipe_left_over
        from akimat_desk.people.zone import follow_admission
        from akimat_desk.shell.keeper import Keeper
        from akimat_desk.sync.live import with_host
        from akimat_desk.sync.watch import Watch

        desk = replace(
            desk,
            signed_in=lambda: self.staff.person,
            session_folder=lambda: self.resident.session.folder if self.resident.session is not None else None,
            leave_for_a_backup=self._leave_for_a_backup,
        )
        desk.store.quick_check()
        wipe_left_over(desk.home, wipes(desk))
        self.pc_role = follow_admission(desk.journal).role
        self.room = room_of(desk)
        stack.enter_context(Keeper(desk, self._changed_elsewhere))
        watch = Watch(desk.store, self._came, marks=with_host(live_marks(desk.services)))
        watch.start()
        stack.callback(watch.stop)
        self._opened.push(stack.pop_all())
        return desk

    def use(self, desk: Desk) -> None:
        """From now on the window shows this desk."""
        self.desk = desk
        self._for_residents = self._resident_first or self.pc_role != "desk"
        self._home.room = self.room
        if not self.resident.open_wanted():
            self.window.home()

    def _desk_open(self, desk: Desk | None) -> None:
        if desk is not None:
            self.use(desk)
        else:
            self._begin_first_run()

    def _cannot_open(self, error: AkimatDeskError) -> None:
        self.trouble = error
        self.window.home()

    def _restore_for(self, error: AkimatDeskError) -> Callable[[], None] | None:
        """The way to a backup, where one helps; it begins where this PC's own nightly ones are found, too."""
        from akimat_desk.shell.restoring import REMEDIED, restore

        return (lambda: self.window.go(restore(self))) if error.code in REMEDIED else None

    def _leave_for_a_backup(self) -> None:
        """An administrator puts a backup in this desk's place: it is closed first. Going back opens it again."""
        from akimat_desk.shell.restoring import restore

        self.staff.leave()
        self.desk = None
        self.window.home()
        asked = restore(self, leave=self.start)
        self.window.operations.run(self._opened.close, lambda _: self.window.go(asked), self._cannot_open)

    def _begin_first_run(self) -> None:
        from akimat_desk.shell.first_run import first_run

        self.window.go(first_run(self))

    def _asked_to_close(self) -> None:
        """A residents' PC is closed by staff only."""
        if self.desk is None or self.pc_role != "kiosk" or self.staff.person is not None:
            self.window.close()

    # ---- which screen

    def _first_screen(self) -> Screen:
        self._language = self.words.language  # whatever is shown first reads its ready words in it
        if self.trouble is not None:
            return TroubleScreen(self.trouble, self._open, self.window.close, self._restore_for(self.trouble))
        leaving = self.resident.screen()
        if leaving is not None:
            return leaving
        if self.desk is not None and self._for_residents and self.pc_role == "board" and not self._resident_first:
            for service in self.services:
                if service.board:
                    board: Screen = load(service.board)(self.desk, self.show_sign_in)
                    return board
        if self.desk is None or self._for_residents:
            return HomeScreen(self._home)
        if self.staff.person is not None:
            return self.staff.screen(self.desk)
        return self._sign_in_screen(self.desk)

    def _zone(self) -> str:
        return self.room.name(self.words.language) or PRODUCT

    def _fetch_home(self) -> tuple[Room, tuple[TodayLine, ...]]:
        desk = self.desk
        if desk is None:
            return self.room, ()
        self.room = room_of(desk)
        return self.room, tuple(line for service in self.services for line in _today_of(service, desk))

    def _settings_changed(self) -> None:
        """A resident set the screen to their liking; after another language, what holds ready words is read anew."""
        if self.staff.person is None:
            self.resident.touched()
        if self._language != self.words.language:
            self._language = self.words.language
            self.window.publish({LANGUAGE})

    def _heard(self, topics: frozenset[str]) -> None:
        """The room's name stands over every screen: it changes there as soon as it is another one. What this PC is for
        may be changed at another one, too.
        """
        from akimat_desk.people.zone import TOPIC, follow_admission

        desk = self.desk
        if desk is None:
            return
        if touches(topics, TOPIC):
            self.window.operations.run(lambda: room_of(desk), self._show_room, self.window.show_error, kind="read")
        if touches(topics, "journal.devices"):
            self.window.operations.run(lambda: follow_admission(desk.journal), self._be, self.window.show_error)

    def _show_room(self, room: Room) -> None:
        if room != self.room:
            self.room = self._home.room = room
            self.window.rebuild()

    def _be(self, pc: ThisPc) -> None:
        """Nobody is interrupted: a person who is at this PC finishes first."""
        if pc.role != self.pc_role:
            self.pc_role = pc.role
            if self.staff.person is None and self.resident.session is None:
                self._staff_left()

    def _came(self, areas: frozenset[str]) -> None:
        """Called from the watch: another process or PC, or this one, has written."""
        topics = (each if each == "*" or "." in each else f"{each}.*" for each in areas)
        self._changed_elsewhere(frozenset({"sync.state", *topics}))

    def _changed_elsewhere(self, topics: frozenset[str]) -> None:
        """Called from the keeper's threads."""
        self.window.operations.post(lambda: self._publish(topics))

    def _publish(self, topics: frozenset[str]) -> None:
        self.window.publish(topics)
        self.staff.count()

    # ---- residents and staff take turns

    def show_sign_in(self) -> None:
        """The PIN page; a resident's session ends first."""
        if self.desk is None:
            return
        if self.resident.session is not None:
            self.resident.ask_finish()
            return
        self.resident.touched()
        self.window.go(self._sign_in_screen(self.desk))

    def show_home(self) -> None:
        """The residents' home, also on a PC of the staff."""
        self._for_residents = True
        self.window.home()

    def _sign_in_screen(self, desk: Desk) -> Screen:
        from akimat_desk.shell.screens.sign_in import sign_in_screen

        return sign_in_screen(desk, self._signed_in, self.show_home)

    def _signed_in(self, person: SignedIn) -> None:
        self.resident.stop_watching()
        self._for_residents = False
        self.staff.sign_in(person)
        self.staff.count()

    def _staff_left(self) -> None:
        self._for_residents = self._resident_first or self.pc_role != "desk"
        self.window.home()

    def _resident_left(self) -> None:
        self._for_residents = True


def _today_of(service: Service, desk: Desk) -> tuple[TodayLine, ...]:
    """What a service tells residents; one that cannot now takes nothing from the others."""
    try:
        return tuple(load(service.today)(desk)) if service.today else ()
    except AkimatDeskError as why:
        log.warning("today of %s: %s", service.name, why.code)
        return ()
