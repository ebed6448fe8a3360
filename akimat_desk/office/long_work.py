"""One long piece of work of this desk at a time: it goes on while other pages are looked at, and can be stopped.

work.run(N_("The copy is being written."), lambda progress: …)     # blocks; beside the screen
work.now        # how far it is, None when there is none; the page asks a few times a second
work.outcome    # what came of the last one, until somebody has read it
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from akimat_desk.base.errors import AkimatDeskError, Unavailable
from akimat_desk.base.words import N_, Sentence
from akimat_desk.store.copies import Progress

STOPPED: Final = Sentence(N_("Stopped. Nothing was left behind."))


class Stopped(Unavailable):
    """The person stopped it."""

    code = "work-stopped"
    staff_text = STOPPED.msgid
    next_text = ""


class OneAtATime(Unavailable):
    """Another long piece of work is not over yet."""

    code = "work-one-at-a-time"
    staff_text = N_("Something else is still being done.")
    next_text = N_("Wait until it is over, or stop it.")


@dataclass(frozen=True, slots=True)
class Now:
    """How far it is: `share` is between 0 and 1, None while nobody knows."""

    what: str
    share: float | None
    stopping: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, in sentences one after the other."""

    kind: Literal["info", "done", "warning", "error"]
    sentences: tuple[Sentence, ...]


class LongWork:
    """See the module. Any thread may ask."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._now: Now | None = None
        self._stop = threading.Event()
        self.outcome: Outcome | None = None

    @property
    def now(self) -> Now | None:
        """What is being done."""
        return self._now

    def stop(self) -> None:
        """Ask it to stop; it does at its next step."""
        self._stop.set()
        if (now := self._now) is not None:
            self._now = Now(now.what, now.share, True)

    def run(self, what: str, action: Callable[[Progress], Outcome]) -> None:
        """Do `action` (blocks); `what` is a msgid. It ends in `outcome`, refusals and a stop included.

        Raises `OneAtATime`. A bug goes on up.
        """
        if not self._busy.acquire(blocking=False):
            raise OneAtATime
        try:
            self._stop.clear()
            self.outcome, self._now = None, Now(what, None, False)
            self.outcome = action(lambda done, total: self._tell(what, done, total))
        except Stopped:
            self.outcome = Outcome("info", (STOPPED,))
        except AkimatDeskError as why:
            self.outcome = Outcome("error", (why.for_staff, why.next_step))
        finally:
            self._now = None
            self._busy.release()

    def _tell(self, what: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._now = Now(what, done / total if total else None, False)
