"""Notices within a moment what other processes and PCs have brought into the journal.

SQLite tells by `PRAGMA data_version` whether another connection has committed; asking costs microseconds, so a thread
of its own asks several times a second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.journal.entry import UnreadableEntry, read_header
from akimat_desk.sync import live

if TYPE_CHECKING:
    from akimat_desk.store import Store

LOOK_SECONDS: Final = 0.1
MOST_READ: Final = 500
EVERYTHING: Final = frozenset({"*"})
"""More came than was looked at one by one."""

_LAST: Final = (
    "SELECT (SELECT coalesce(max(arrival), 0) FROM journal_entry), (SELECT coalesce(max(rowid), 0) FROM journal_fork)"
)
_SINCE: Final = (
    "SELECT bytes FROM journal_entry WHERE arrival > ? UNION ALL SELECT bytes FROM journal_fork WHERE rowid > ? LIMIT ?"
)
"""Entries of second histories, too, are news that have to be told."""

_log = logging.getLogger(__name__)


class Watch:
    """Calls `told` whenever somebody has committed, with the areas (what stands before the dot in a kind's name) of the
    entries that came, from any process or PC, this one included, and with the live topics whose `marks` have moved
    ("printing.queue"; see `live`); with none when only other tables of this PC changed. `told` runs in the watch's
    thread.
    """

    def __init__(
        self,
        store: Store,
        told: Callable[[frozenset[str]], None],
        *,
        seconds: float = LOOK_SECONDS,
        marks: live.Marks = live.none,
    ) -> None:
        self._store = store
        self._marks = marks
        self._marked: Mapping[str, str] | None = None
        self._told = told
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._version = -1
        self._last: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin; what is there now is not told."""
        self._look()
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._stopped.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        self._version = -1  # of this thread's own connection
        while not self._stopped.wait(self._seconds):
            try:
                areas = self._look()
                if areas is not None:
                    self._told(areas)
            except AkimatDeskError as why:  # busy or closing: the next look sees it
                if not self._stopped.is_set():
                    _log.warning("The journal was not looked at: %s", why.code)

    def _look(self) -> frozenset[str] | None:
        with self._store.read() as db:
            connection: Any = db.connection()
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version == self._version:
                return None
            self._version = version
            marks = self._marks(db)
            moved = frozenset() if self._marked is None else live.moved(self._marked, marks)
            self._marked = marks
            last = connection.execute(_LAST).fetchone()
            before, self._last = self._last, last
            if before in (None, last):
                return moved
            rows = connection.execute(_SINCE, (*before, MOST_READ + 1)).fetchall()
        return EVERYTHING if len(rows) > MOST_READ else moved | {_area(data) for (data,) in rows}


def _area(data: bytes) -> str:
    try:
        return read_header(data).kind.partition(".")[0]
    except UnreadableEntry:
        return "*"
