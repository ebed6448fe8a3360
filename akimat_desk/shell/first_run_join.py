"""A new PC joins the room of its village: the main PC is found or its address typed, and the code is typed from there.

What this PC is for and its number were chosen by staff at the main PC. Nobody is asked for a village, a printer or a
member of staff here: they come with the room's entries.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence

if TYPE_CHECKING:
    from akimat_desk.people.zone import ThisPc
    from akimat_desk.service import Desk
    from akimat_desk.shell.app import App
    from akimat_desk.sync.discovery import FoundHost
    from akimat_desk.ui.operations import Report
    from akimat_desk.ui.screen import Screen

LOOK_S: Final = 4.0
"""How long one look round the network takes; then another begins."""
ASKING: Final = Sentence(N_("The main PC is being asked."))
TAKING: Final = Sentence(N_("This PC is let in and takes in what the room has."))
ELSEWHERE: Final = frozenset({"sync-unreachable", "sync-not-a-desk", "sync-stranger"})
"""Errors that speak of the address, by their codes; another main PC of the network may be the right one then."""


@dataclass
class Join:
    """What was found, chosen and typed; written through at every key, so that an error or going back loses nothing."""

    app: App
    found: tuple[FoundHost, ...] = ()
    looked: bool = False
    """Whether the network was looked round once."""
    chosen: str = ""
    """The device of the main PC that was chosen; the first one where none was."""
    by_hand: bool = False
    """Whether the address is typed, also where main PCs were found."""
    typed: str = ""
    code: str = ""
    pc: ThisPc | None = None
    desk: Desk | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def host(self) -> FoundHost | None:
        """The main PC that is asked first."""
        first = self.found[0] if self.found else None
        return next((host for host in self.found if host.device == self.chosen), first)

    def addresses(self) -> tuple[str, ...]:
        """Where is asked, one after the other: the code tells for whom it is, so that asking another does no harm."""
        if self.by_hand:
            return tuple(filter(None, [self.typed.strip()]))
        first = self.host()
        hosts = [first, *(host for host in self.found if host is not first)] if first else []
        return tuple(address for host in hosts for address in (host.address, *host.others))

    # ---- looking round

    def look(self, told: Callable[[], object]) -> tuple[FoundHost, ...]:
        """Who announces to be a main PC in this network (blocks for `LOOK_S`); `told` when there is more to show."""
        from akimat_desk.sync.discovery import find_hosts

        def progress(found: list[FoundHost]) -> None:
            if len(found) >= len(self.found):  # a look begins with nothing: who was there stays until it is over
                self.found = tuple(found)
                told()

        self._stop.clear()
        return tuple(find_hosts(LOOK_S, stop=self._stop, progress=progress))

    def stop_looking(self) -> None:
        """End a look early."""
        self._stop.set()

    # ---- joining

    def join(self, report: Report) -> Desk:
        """Join, take in what the room has, and begin to use the desk (blocks). Raises what `office.room.join` raises,
        of the main PC that was asked first; tried again, it goes on from there.
        """
        from akimat_desk.office.room import join
        from akimat_desk.shell.opening import open_desk

        app, failed = self.app, list[AkimatDeskError]()
        with ExitStack() as stack:
            desk = stack.enter_context(
                open_desk(app.home, clock=app.clock, words=app.words, services=app.services, create=True)
            )
            for address in self.addresses():
                report(0, 0, ASKING)
                try:
                    self.pc = join(desk.journal, address, self.code, let_in=lambda: report(0, 0, TAKING))
                except AkimatDeskError as why:
                    failed.append(why)
                    if why.code in ELSEWHERE:
                        continue
                    raise
                self.desk = app.adopt(desk, stack)
                return self.desk
        raise failed[0]

    def done(self) -> None:
        """Hand the desk to the window; the code is forgotten here."""
        assert self.desk is not None
        self.code = ""
        self.app.use(self.desk)


def join(app: App) -> Screen:
    """The screen that asks where and for the code."""
    from akimat_desk.shell.screens.first_run_join import JoinScreen

    return JoinScreen(Join(app))
