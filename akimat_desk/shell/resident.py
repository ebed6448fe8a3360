"""The resident at this PC: they begin with the first thing they press, and end with the wipe.

Whatever they set or open starts the idle check. At the end, asked for or not, everything of theirs is destroyed before
anybody can begin anew: until then the screen says that it is being erased.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from akimat_desk.base.clock import Clock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk, Tile, load
from akimat_desk.shell.calls import HelpCalls
from akimat_desk.shell.screens.farewell import Farewell, FarewellScreen
from akimat_desk.ui.collector import collect_all
from akimat_desk.ui.frames.resident import ResidentFacts
from akimat_desk.ui.screen import Question, Screen
from akimat_desk.ui.window import Window

if TYPE_CHECKING:
    from akimat_desk.people.session import Session, Wiped


class ResidentSide:
    """What a resident does at `window`. `find_desk` gives None until the desk is open; `left` is told of their end."""

    def __init__(
        self,
        window: Window,
        words: Translator,
        clock: Clock,
        calls: HelpCalls,
        find_desk: Callable[[], Desk | None],
        left: Callable[[], object],
    ) -> None:
        self._window, self._words, self._clock, self._calls = window, words, clock, calls
        self._find_desk, self._left = find_desk, left
        self.session: Session | None = None
        self.farewell: Farewell | None = None
        self._wanted: Tile | None = None
        self._beginning = False
        self._idle = window.watch_idle(self.finish)

    # ---- beginning

    def facts(self, zone: str) -> ResidentFacts:
        """What the frame shows and does."""
        line = self._words("Field of integrity")
        if self._find_desk() is None:
            return ResidentFacts(zone, line)
        return ResidentFacts(zone, line, self.call_staff, self.ask_finish)

    def touched(self) -> None:
        """Somebody changed something; when they go away, the next person finds the screen as it was."""
        if not self._idle.running and self.farewell is None:
            self._idle.start()

    def stop_watching(self) -> None:
        """Staff have taken over."""
        self._idle.stop()

    def open_tile(self, tile: Tile) -> None:
        """Begin something. A session, with its folder, begins with the first; a tile pressed too early waits."""
        desk = self._find_desk()
        if desk is None:
            self._wanted = tile
        elif self.session is not None:
            self._window.go(load(tile.screen)(desk))
        elif not self._beginning and self.farewell is None:
            self._begin(desk, tile)

    def open_wanted(self) -> bool:
        """Open what was pressed before the desk was open; whether there was anything."""
        tile, self._wanted = self._wanted, None
        if tile is not None:
            self.open_tile(tile)
        return tile is not None

    def _begin(self, desk: Desk, tile: Tile) -> None:
        from akimat_desk.people.session import Session

        self._beginning = True

        def begun(session: Session) -> None:
            self._beginning, self.session = False, session
            self._idle.start()
            self._window.go(load(tile.screen)(desk))

        def failed(error: AkimatDeskError) -> None:
            self._beginning = False
            self._window.show_error(error)

        self._window.operations.run(lambda: Session.start(desk.home, self._clock), begun, failed)

    # ---- help

    def call_staff(self) -> None:
        """The bell rings, staff find the call when they sign in, and the resident is told that somebody comes."""
        self._calls.ask()
        self._window.root.bell()
        self._window.show_banner("info", lambda t: t("Staff have been called. Stay here, somebody will come."))

    # ---- ending

    def ask_finish(self) -> None:
        """Finish and erase, after a question when there is anything to lose."""
        if self.session is None:
            self.finish()
            return
        t = self._words
        question = Question(
            t("Finish and erase everything?"),
            t("Your open documents and what you typed are erased from this computer."),
            t.button("Stay here"),
            t.button("Yes, erase"),
        )
        self._window.ask(question, lambda yes: self.finish() if yes else None)

    def finish(self) -> None:
        """End: fields, clipboard and settings at once, files and spool beside the screen; the home only after that."""
        self._idle.stop()
        if self.farewell is not None and self.farewell.state == "erasing":
            return
        session, self.session = self.session, None
        self.farewell = Farewell(session) if session is not None else None
        self._left()
        if self.farewell is None:
            self._window.start_over()
        else:  # what they are told now they read in their own language and size; the next person's home is as always
            window = self._window
            window.start_over(window.language, window.growth, window.dark)
        collect_all()  # fields of pages drawn before keep their text in Tk until Python lets go of them
        if self.farewell is not None:
            self._wipe(self.farewell)

    def screen(self) -> Screen | None:
        """What a resident who leaves sees; None when nobody leaves."""
        if self.farewell is None:
            return None
        return FarewellScreen(self.farewell, self._gone, self._again)

    def wipe_now(self) -> None:
        """Wipe on this thread: the window has closed under the resident (blocks)."""
        desk, session = self._find_desk(), self.session
        if desk is not None and session is not None:
            self.session = None
            session.wipe(wipes(desk))

    def _wipe(self, farewell: Farewell) -> None:
        desk = self._find_desk()
        assert desk is not None

        def wiped(result: Wiped) -> None:
            farewell.state = "erased" if result.complete else "left"
            self._window.home()

        def failed(error: AkimatDeskError) -> None:
            farewell.state = "left"
            self._window.home()

        self._window.operations.run(lambda: farewell.session.wipe(wipes(desk)), wiped, failed)

    def _again(self, farewell: Farewell) -> None:
        farewell.state = "erasing"
        self._window.home()
        self._wipe(farewell)

    def _gone(self) -> None:
        self.farewell = None
        self._window.start_over()


def wipes(desk: Desk) -> dict[str, Callable[[], None]]:
    """How each service forgets the resident."""
    return {
        service.name: lambda name=service.wipe: load(name)(desk)  # type: ignore[misc]
        for service in desk.services
        if service.wipe
    }
