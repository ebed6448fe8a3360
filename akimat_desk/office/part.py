"""This PC's part in the room, run by the keeper: as what the journal says it is, and anew when that changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.people.zone import follow_admission
from akimat_desk.sync.watch import Watch

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.journal.devices import Use
    from akimat_desk.sync.room import Room

LOOK_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)


class Part:
    """From `start` to `stop`. `begin` makes the part of a PC that is for this."""

    def __init__(self, journal: Journal, begin: Callable[[Use], Room]) -> None:
        self._journal = journal
        self._begin = begin
        self._stopped = threading.Event()
        self._look = threading.Event()
        self._thread = threading.Thread(target=self._run, name="part", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._stopped.set()
        self._look.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._take_part()
            except (AkimatDeskError, OSError) as why:
                said = why.code if isinstance(why, AkimatDeskError) else type(why).__name__
                _log.warning("This PC's part in the room broke off: %s", said)
                self._stopped.wait(LOOK_SECONDS)

    def _take_part(self) -> None:
        """Until it is for something else."""
        use = follow_admission(self._journal).role
        room, watch = self._begin(use), Watch(self._journal.store, self._came, seconds=LOOK_SECONDS)
        watch.start()
        room.start()
        try:
            while not self._stopped.is_set() and follow_admission(self._journal).role == use:
                self._look.wait()
                self._look.clear()
        finally:
            watch.stop()
            room.stop()

    def _came(self, areas: frozenset[str]) -> None:
        if not areas.isdisjoint(("journal", "*")):
            self._look.set()
