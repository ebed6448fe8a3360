"""What printing does beside everything else in the one process that keeps this PC: it serves the printers, takes papers
out of the tray, hands documents over to the room's main PC, and destroys those whose time is over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.service import Changed, Desk
from printing import records
from printing.clear import erase_left_over
from printing.room import UNUSED_SECONDS, room_of, since_midnight
from printing.serving import DeliveryThread

if TYPE_CHECKING:
    from printing.records import Printer

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
"""How often the keeper looks for papers in the tray, and whether a printer was added or taken away."""
TIME_SECONDS: Final = 20.0
"""How often it counts the time of documents that wait: a power cut forgets at most so much of it."""
END_SECONDS: Final = 10.0
"""How long a thread on its way out is waited for; connecting to a printer takes at most half of it."""


class Keeping:
    """Serves every printer of this PC until `stop`; a printer added meanwhile is served too."""

    def __init__(self, desk: Desk, changed: Changed) -> None:
        from akimat_desk.documents.worker import Worker
        from printing.delivery import Delivery
        from printing.rasterise import rasterise
        from printing.tray import TrayDelivery

        self._desk = desk
        self._changed = changed
        self._room = room_of(desk)
        self._closing = threading.Event()
        spool, folder = self._room.spool, desk.home.spool
        # A process of its own for each document: none outlives its paper.
        self._delivery = Delivery(desk.journal, spool, rasterise=rasterise(lambda: Worker(folder), folder))
        self._tray = TrayDelivery(desk.store, desk.clock, self._room.spool, closing=self._closing)
        self._threads: dict[int, DeliveryThread] = {}
        self._begun = False
        self._counted = float("-inf")
        self._handing = threading.Thread(target=self._hand_over, name="printing-handing", daemon=True)
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._room.wake = self._wake
        self._thread.start()
        self._handing.start()

    def stop(self) -> None:
        """End soon: printers that do not answer are not waited for."""
        self._closing.set()
        for thread in tuple(self._threads.values()):
            thread.halt()
        self._room.handing.due.set()
        self._thread.join(END_SECONDS)
        self._handing.join(END_SECONDS)
        for thread in tuple(self._threads.values()):
            thread.halt()
            thread.join(END_SECONDS)
        self._room.drop_release_worker()

    def _wake(self) -> None:
        for thread in tuple(self._threads.values()):
            thread.wake()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                busy = self._look()
            except AkimatDeskError as why:  # the store is busy or full: what is due stays due
                busy = False
                if not self._closing.is_set():
                    log.warning("printing: %s", why.code)
            if not busy:
                self._closing.wait(LOOK_SECONDS)

    def _look(self) -> bool:
        """One round; whether there may be more to do at once."""
        if not self._begun:
            midnight = since_midnight(self._desk)
            self._room.held.sweep(device=self._desk.journal.device, keep_since_ms=midnight)
            self._room.spool.sweep(keep_since_ms=midnight)
            self._tray.recover()
            self._begun = True
        with self._desk.store.read() as db:
            printers = records.printers(db, "paper")
        self._serve(printers)
        adopted = self._delivery.adopt(printers)
        moved = self._tray.step()
        self._count_time()
        if adopted or moved:
            self._wake()
            self._changed(frozenset({"papers.trays", "printing.queue"}))
        return moved

    def _count_time(self) -> None:
        now = self._desk.clock.monotonic()
        if now - self._counted < TIME_SECONDS:
            return
        self._counted = now
        if self._room.held.pass_time():
            self._changed(frozenset({"printing.queue"}))
        erase_left_over(self._desk.home.spool)
        self._room.drop_release_worker(unused_s=UNUSED_SECONDS)

    def _hand_over(self) -> None:
        """Beside the printers, which must not wait for a main PC that does not answer."""
        handing = self._room.handing
        while not self._closing.is_set():
            handing.due.clear()
            try:
                if handing.step():
                    self._tell()
            except AkimatDeskError as why:
                log.warning("printing: %s", why.code)
            handing.due.wait(handing.pause)

    def _serve(self, printers: Sequence[Printer]) -> None:
        """A thread for every printer; one that is reached in another way now gets another."""
        ways = {printer.id: (printer.way, printer.group) for printer in printers}
        for number, thread in tuple(self._threads.items()):
            if ways.get(number) != (thread.printer.way, thread.printer.group):
                thread.halt()
                thread.join(END_SECONDS)
                if not thread.alive:  # two threads at one printer would each take the other's job for abandoned
                    del self._threads[number]
        for printer in printers:
            if printer.id in self._threads:
                self._threads[printer.id].printer = printer  # it may have other paper now
            elif not self._closing.is_set():
                thread = DeliveryThread(self._delivery, self._room.spool, printer, self._tell)
                self._threads[printer.id] = thread
                thread.start()

    def _tell(self) -> None:
        self._changed(frozenset({"printing.queue"}))


def keep(desk: Desk, changed: Changed) -> Callable[[], None]:
    """See `Service.keep`."""
    keeping = Keeping(desk, changed)
    keeping.start()
    return keeping.stop
