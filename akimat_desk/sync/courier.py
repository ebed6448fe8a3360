"""Carries this PC's entries to the host and the room's entries here, for ever, whatever the line does.

Two threads. One exchanges: at the start, when an entry was written here, when the host has news, when somebody presses
the button, and again and again after a failure, with pauses that grow and are drawn by lot, so that a room of PCs that
comes up together does not ask together. The other waits at the host for news, and tells how this PC is.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.files import FileStore
from akimat_desk.journal.rulings import current_host
from akimat_desk.sync import live, presence, state, transfer
from akimat_desk.sync.errors import Unreachable, their_trouble
from akimat_desk.sync.exchange import Exchange, Report
from akimat_desk.sync.presence import WAIT_PATH, News, Presence, Wait
from akimat_desk.sync.room_link import RoomLink
from akimat_desk.sync.tls import Peer

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
"""Seconds. A host in the same room comes back in moments; a region would be asked more seldom."""
STILL_SECONDS: Final = 300.0
"""Without any reason an exchange is made as often as this."""
CONNECT_SECONDS: Final = 10.0
SEEN_SECONDS: Final = 30.0
"""How often what the host tells of the PCs is written down when nothing in it has changed."""
STUCK_SECONDS: Final = 10.0
"""The pause when an exchange left the two as different as before: one of them will not take something."""

_log = logging.getLogger(__name__)


class Courier:
    """`addresses` tells where hosts may be now, the likeliest first; `describe` how this PC is. A PC that keeps no
    personal parts drops its own once the host has them. `named` are the files that entries name.
    """

    def __init__(
        self,
        journal: Journal,
        exchange: Exchange,
        *,
        addresses: Callable[[], Sequence[str]],
        describe: Callable[[], Presence],
        keeps_personal: bool,
        lot: Callable[[float], float] = lambda longest: random.uniform(0, longest),
        named: transfer.InEntries = transfer.none,
    ) -> None:
        self._journal = journal
        self._exchange = exchange
        self._addresses = addresses
        self._describe = describe
        self._keeps_personal = keeps_personal
        self._lot = lot
        self._named = named
        self._files = FileStore(journal.store, journal.clock)
        self._pace = transfer.pace_of_files()
        self._carried: object = None
        self._file_failures = 0
        self._stopped = threading.Event()
        self._due = threading.Event()
        self._found = threading.Condition()
        self._link: RoomLink | None = None
        self._good = ""
        self._failures = 0
        self._known = 0
        self._marks: dict[str, str] = {}
        self._seen_at = float("-inf")
        self._threads = (
            threading.Thread(target=self._carry, name="courier", daemon=True),
            threading.Thread(target=self._listen, name="courier-news", daemon=True),
        )

    def start(self) -> None:
        """Begin with an exchange."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 0.5) -> None:
        """End soon. A call in hand is not waited for longer than `seconds`: whatever it brings is taken in whole or not
        at all, and the next start goes on from there.
        """
        self._stopped.set()
        self._due.set()
        with self._found:
            self._found.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds)

    def due(self) -> None:
        """There is a reason to exchange now: pauses are over."""
        self._failures = 0
        self._due.set()

    def once(self) -> Report:
        """One exchange now, in this thread, with whichever host answers; what it did. Raises the last host's error."""
        link, peer = self._reach()
        report = self._exchange.sync(link)
        if not self._keeps_personal and self._journal.let_go():
            self._journal.store.empty_log()  # older pages, with the names in them, lie there
        with self._journal.store.write() as db:
            now = self._journal.clock.now_ms()
            state.went_well(db, now, peer.device, link.address, report.pulled, report.pushed)
        self._good = link.address
        return report

    def carry_files(self) -> transfer.Fetched:
        """Fetch from the host of the last exchange the files that entries name, and give it those it lacks.

        Entries go first: where some are due, or this ends, the rest waits and goes on from there.
        """
        with self._journal.store.read() as db:
            named = list(self._named(db))
        all_of_them = (self._good, frozenset(named))
        if not named or all_of_them == self._carried:
            return transfer.Fetched()
        ask = partial(RoomLink(self._journal, self._good).ask, transfer.PATH)
        fetched = transfer.fetch(ask, self._files, named, pace=self._pace, stop=self._due.is_set)
        transfer.give(ask, self._files, named, pace=self._pace, stop=self._due.is_set)
        if not (fetched.not_there or fetched.wrong or self._due.is_set()):
            self._carried = all_of_them
        return fetched

    def _carry(self) -> None:
        while not self._stopped.is_set():
            self._due.clear()
            try:
                self.once()
            except AkimatDeskError as why:
                pause = self._failed(why)
            else:
                self._failures, pause = 0, STILL_SECONDS
                self._tell(RoomLink(self._journal, self._good))
                pause = self._with_files(pause)
            self._due.wait(pause)

    def _with_files(self, pause: float) -> float:
        """Carry files; the pause until the next exchange, shorter where they did not get through."""
        try:
            self.carry_files()
        except AkimatDeskError as why:
            _log.info("Files wait: %s", why.code)
            self._file_failures += 1
            return self._pause_after(self._file_failures)
        self._file_failures = 0
        return pause

    def _failed(self, why: AkimatDeskError) -> float:
        if not self._stopped.is_set():
            _log.info("No exchange: %s", why.code)
            try:
                with self._journal.store.write() as db:
                    host = current_host(db)
                    if host is None or host.device != self._journal.device:  # a host that finds no other is no trouble
                        state.went_wrong(db, self._journal.clock.now_ms(), why.code)
            except AkimatDeskError as trouble:  # the disk is full, say: exchanging goes on all the same
                _log.warning("%s", trouble.code)
        self._failures += 1
        return self._pause_after(self._failures)

    def _pause_after(self, failures: int) -> float:
        return self._lot(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures, 10)))

    def _reach(self) -> tuple[RoomLink, Peer]:
        """The host of now where it answers, else any staff PC of the room that answers as one."""
        with self._journal.store.read() as db:
            host = current_host(db)
        last: AkimatDeskError = Unreachable()
        other: tuple[RoomLink, Peer] | None = None
        for address in dict.fromkeys([*filter(None, [self._good]), *self._addresses()]):
            try:
                peer = RoomLink(self._journal, address, seconds=CONNECT_SECONDS).peer()
            except AkimatDeskError as why:
                last = why
                continue
            if peer.device == self._journal.device:
                continue
            found = RoomLink(self._journal, address), peer
            if host is None or peer.device == host.device:
                return found
            other = other or found
        if other is None:
            raise last
        return other

    # ---- waiting for news

    def _tell(self, link: RoomLink | None) -> None:
        with self._found:
            self._link = link
            self._found.notify_all()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            with self._found:
                self._found.wait_for(lambda: self._link is not None or self._stopped.is_set())
                link = self._link
            if link is None or self._stopped.is_set():
                continue
            try:
                self._hear(link)
            except AkimatDeskError as why:
                _log.info("No news: %s", why.code)
                self._tell(None)
                self._due.set()  # the exchange finds the host, or another, and then this goes on

    def _hear(self, link: RoomLink) -> None:
        before = self._exchange.digest()
        asked = Wait(before, self._describe(), self._known, self._marks)
        news = presence.read_news(link.ask(WAIT_PATH, presence.pack(asked)))
        if not isinstance(news, News):
            raise their_trouble(news.code)
        clock = self._journal.clock
        if news.known != self._known or clock.monotonic() - self._seen_at > SEEN_SECONDS:
            with self._journal.store.write() as db:
                state.keep_seen(db, news.pcs, clock.now_ms())
            self._seen_at = clock.monotonic()
        self._known = news.known
        if news.live != self._marks:
            with self._journal.store.write() as db:
                live.keep(db, news.live)
            self._marks = news.live
        if news.entries and self._exchange.digest() == before:
            self._tell(None)  # until the exchange has been made
            self._due.set()
            self._settle(before)

    def _settle(self, before: bytes) -> None:
        """Wait for the exchange. One that changes nothing must not make the two ask each other without end."""
        with self._found:
            self._found.wait_for(lambda: self._link is not None or self._stopped.is_set())
        if self._exchange.digest() == before:
            self._stopped.wait(self._lot(STUCK_SECONDS))
