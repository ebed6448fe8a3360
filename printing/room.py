"""Printing in one open desk: its spool, its document worker, and the threads that serve its printers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from akimat_desk.base.clock import KAZAKHSTAN, local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_, Sentence
from akimat_desk.service import Changed, Desk, Figure, TodayLine
from printing import actions, records
from printing.money.prices import PriceMissing, PricesMissing
from printing.serving import DeliveryThread
from printing.spool import Spool, SpooledJob

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from akimat_desk.papers.tray import OutTray
    from printing.records import DayTotals, Printer

log = logging.getLogger(__name__)

DAY_MS: Final = 86_400_000
LOOK_SECONDS: Final = 1.0
"""How often the keeper looks for papers in the tray, and whether a printer was added or taken away."""
END_SECONDS: Final = 10.0
"""How long a thread on its way out is waited for; connecting to a printer takes at most half of it."""

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
        """Looks into residents' files; made when first asked for, and anew after `drop_worker`."""
        if self._worker is None:
            from akimat_desk.documents.worker import Worker

            self._worker = Worker(self._desk.session_folder() or self._desk.home.sessions)
        return self._worker

    def drop_worker(self) -> None:
        """End the worker with the file it has open and all it made of it (blocks)."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def forget_resident(self) -> None:
        """The resident leaves: the worker ends with all it holds, what waits is dropped, documents are destroyed."""
        self.drop_worker()
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
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._room.wake = self._wake
        self._thread.start()

    def stop(self) -> None:
        """End soon: printers that do not answer are not waited for."""
        self._closing.set()
        for thread in tuple(self._threads.values()):
            thread.halt()
        self._thread.join(END_SECONDS)
        for thread in tuple(self._threads.values()):
            thread.halt()
            thread.join(END_SECONDS)

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
            self._room.spool.sweep(keep_since_ms=since_midnight(self._desk))
            self._tray.recover()
            self._begun = True
        with self._desk.store.read() as db:
            printers = records.printers(db, "paper")
        self._serve(printers)
        adopted = self._delivery.adopt(printers)
        moved = self._tray.step()
        if adopted or moved:
            self._wake()
            self._changed(frozenset({"papers.trays", "printing.queue"}))
        return moved

    def _serve(self, printers: Sequence[Printer]) -> None:
        """A thread for every printer; one that is reached in another way now gets another."""
        ways = {printer.id: printer.way for printer in printers}
        for number, thread in tuple(self._threads.items()):
            if ways.get(number) != thread.printer.way:
                thread.halt()
                thread.join(END_SECONDS)
                if not thread.alive:  # two threads at one printer would each take the other's job for abandoned
                    del self._threads[number]
        for printer in printers:
            if printer.id not in self._threads and not self._closing.is_set():
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


def wipe(desk: Desk) -> None:
    """See `Service.wipe`."""
    room_of(desk).forget_resident()


def print_slip(desk: Desk, job: SpooledJob) -> None:
    """Lay the slip of a document into the out-tray: what the resident shows when paying."""
    from akimat_desk.papers.tray import Paper
    from akimat_desk.people.zone import ZoneUnknown, zone
    from printing.papers import slip

    try:
        name = zone(desk.store).name(desk.words.language)
    except ZoneUnknown:
        name = ""
    title = Sentence(N_("Slip of document {code}"), {"code": job.code})
    receipt = slip(job, name, desk.words, desk.clock.now_ms())
    out_tray(desk).put("printing", Paper(title, receipt=receipt))


def out_tray(desk: Desk) -> OutTray:
    """The tray of papers that wait to be printed on this PC."""
    from akimat_desk.papers.tray import OutTray

    return OutTray(desk.store, desk.clock)


@dataclass(frozen=True, slots=True)
class StuckPaper:
    """A paper of the room itself that did not come out, or (`asking`) of which nobody knows whether it did."""

    number: int
    title: Sentence
    asking: bool
    copies: int
    why: str
    put_ms: int


def stuck_papers(desk: Desk) -> tuple[StuckPaper, ...]:
    """What lies in the out-tray and needs a person; papers that are a job of the spool now are shown as that."""
    spool = room_of(desk).spool
    found = []
    for paper in out_tray(desk).papers():
        if paper.state == "asking" or paper.why:
            job = spool.of_paper(paper.number)
            if job is None or job.state not in records.OPEN:
                asking = paper.state == "asking"
                found.append(StuckPaper(paper.number, paper.title, asking, paper.copies, paper.why, paper.put_ms))
    return tuple(found)


def waiting(desk: Desk) -> int:
    """How many jobs and papers wait for a person: the printer could not tell what became of them."""
    jobs = room_of(desk).spool.jobs(since_ms=desk.clock.now_ms())
    papers = sum(paper.asking for paper in stuck_papers(desk))
    return sum(job.state == "uncertain" for job in jobs) + papers


def today(desk: Desk) -> Sequence[TodayLine]:
    """What a page costs."""
    try:
        price = actions.prices_today(desk.journal).page_price("grey", "one")
    except (PricesMissing, PriceMissing):
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
    """The sums of the day that it is in Kazakhstan."""
    midnight = since_midnight(desk)
    with desk.store.read() as db:
        return records.totals(db, midnight, midnight + DAY_MS)


def since_midnight(desk: Desk) -> int:
    """The last midnight in Kazakhstan, in milliseconds since 1970."""
    now = local(desk.clock.now_ms())
    return int(now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=KAZAKHSTAN).timestamp() * 1000)
