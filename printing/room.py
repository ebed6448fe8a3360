"""Printing in one open desk: its spool, its document worker, and the threads that serve its printers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from akimat_desk.base.clock import KAZAKHSTAN, local
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_
from akimat_desk.service import Changed, Desk, Figure, TodayLine
from printing import actions, records
from printing.delivery import Delivery, DeliveryThread
from printing.rules import PricesMissing
from printing.spool import Spool
from printing.tray import TrayDelivery

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from printing.records import DayTotals, Printer

LOOK_SECONDS: Final = 1.0
"""How often the keeper looks for papers in the tray, and whether a printer was added or taken away."""

_open: WeakKeyDictionary[Desk, Room] = WeakKeyDictionary()
_opening: Final = threading.Lock()


class Room:
    """What printing holds while a desk is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._worker: Worker | None = None
        self.spool = Spool(desk.store, desk.clock)
        self.wake: Callable[[], None] = lambda: None
        """Tells the keeper's threads of a new job, where the keeper is this process."""

    @property
    def worker(self) -> Worker:
        """Looks into residents' files; made when first asked for, and anew after `forget_resident`."""
        if self._worker is None:
            from akimat_desk.documents.worker import Worker

            self._worker = Worker(self._desk.session_folder() or self._desk.home.sessions)
        return self._worker

    def forget_resident(self) -> None:
        """The resident leaves: the worker ends with all it holds, what waits is dropped, documents are destroyed."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        actions.forget_resident(self._desk.store, self.spool)
        self.wake()


def room_of(desk: Desk) -> Room:
    """The one room of `desk` in this process."""
    with _opening:
        if desk not in _open:
            _open[desk] = Room(desk)
        return _open[desk]


class Keeping:
    """Serves every printer of this PC until `stop`; a printer added meanwhile is served too."""

    def __init__(self, desk: Desk, changed: Changed) -> None:
        from akimat_desk.documents.worker import Worker
        from printing.rasterise import rasterise

        self._desk = desk
        self._changed = changed
        self._room = room_of(desk)
        self._drawing = Worker(desk.home.spool)
        self._delivery = Delivery(desk.journal, self._room.spool, rasterise=rasterise(self._drawing, desk.home.spool))
        self._tray = TrayDelivery(desk.store, desk.clock, self._room.spool)
        self._threads: dict[Printer, DeliveryThread] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._room.wake = self._wake
        self._thread.start()

    def stop(self) -> None:
        """End after the present steps."""
        self._stopped.set()
        self._thread.join()
        for thread in self._threads.values():
            thread.stop()
        self._drawing.close()

    def _wake(self) -> None:
        for thread in tuple(self._threads.values()):
            thread.wake()

    def _run(self) -> None:
        self._room.spool.sweep(keep_since_ms=since_midnight(self._desk))
        self._tray.recover()
        while not self._stopped.is_set():
            with self._desk.store.read() as db:
                wanted = set(records.printers(db, "paper"))
            for printer in wanted - set(self._threads):
                self._threads[printer] = DeliveryThread(self._delivery, printer, self._tell)
                self._threads[printer].start()
            for printer in set(self._threads) - wanted:
                self._threads.pop(printer).stop()
            if self._tray.step():
                self._wake()
                self._changed(frozenset({"papers.trays", "printing.queue"}))
            else:
                self._stopped.wait(LOOK_SECONDS)

    def _tell(self) -> None:
        self._changed(frozenset({"printing.queue"}))


def keep(desk: Desk, changed: Changed) -> Callable[[], None]:
    """See `Service.keep`."""
    keeping = Keeping(desk, changed)
    keeping.start()
    return keeping.stop


def wipe(desk: Desk) -> None:
    """See `Service.wipe`."""
    room_of(desk).forget_resident()


def waiting(desk: Desk) -> int:
    """How many jobs wait for a person: the printer could not tell what became of them."""
    return sum(job.state == "uncertain" for job in room_of(desk).spool.jobs(since_ms=desk.clock.now_ms()))


def today(desk: Desk) -> Sequence[TodayLine]:
    """What a page costs."""
    try:
        price = actions.prices_today(desk.journal).grey
    except PricesMissing:
        return ()
    return (TodayLine("printer", "sky", N_("One page, black and white"), format_money(price, desk.words.language)),)


def figures(desk: Desk) -> Sequence[Figure]:
    """Today's pages, sheets and money."""
    totals = totals_today(desk)
    uncertain = waiting(desk)
    return (
        Figure(N_("Documents today"), str(totals.jobs)),
        Figure(N_("Pages"), str(totals.pages)),
        Figure(N_("To the till"), format_money(totals.tenge, desk.words.language)),
        *((Figure(N_("Waiting for your decision"), str(uncertain), "bad"),) if uncertain else ()),
    )


def totals_today(desk: Desk) -> DayTotals:
    """The sums since midnight in Kazakhstan."""
    with desk.store.read() as db:
        return records.totals(db, since_midnight(desk), 2**46)


def since_midnight(desk: Desk) -> int:
    """The last midnight in Kazakhstan, in milliseconds since 1970."""
    now = local(desk.clock.now_ms())
    return int(now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=KAZAKHSTAN).timestamp() * 1000)
