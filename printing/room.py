"""Printing in one open desk: its spool, its document worker, and the threads that serve its printers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from akimat_desk.base.clock import KAZAKHSTAN, local
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_, Sentence
from akimat_desk.journal.places import place_of
from akimat_desk.journal.receipts import Place
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.people.zone import ZoneUnknown, this_pc, zone
from akimat_desk.service import Desk, Figure, TodayLine
from akimat_desk.sync.asking import is_host
from printing import actions, records
from printing.flow import Way, way_of
from printing.handing import Handing
from printing.held import Held, HeldOver
from printing.held_job import Found, HeldJob
from printing.holding import holding
from printing.layout import Pages
from printing.money.prices import PriceMissing, PricesMissing
from printing.records import PrintedJob
from printing.release import Here, Holder, Offer, Tries
from printing.room_calls import There
from printing.rules import Options, Quote
from printing.spool import Spool, SpooledJob

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from printing.records import DayTotals

DAY_MS: Final = 86_400_000
UNUSED_SECONDS: Final = 180.0
"""So long after somebody looked at a waiting document it is in no worker's memory; no call of a worker lasts longer."""

_open: WeakKeyDictionary[Desk, Room] = WeakKeyDictionary()
_opening: Final = threading.Lock()


class Room:
    """What printing holds while a desk is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._worker: Worker | None = None
        self._release_worker: Worker | None = None
        self._release_used = 0.0
        self.spool = Spool(desk.store, desk.clock)
        self.held = Held(desk.store, desk.clock, self.spool)
        self.there = There(desk.journal)
        self.handing = Handing(desk.journal, self.held, self.there)
        self.tries = Tries()
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

    @property
    def release_worker(self) -> Worker:
        """Looks into documents that wait, for whoever releases them; see `drop_release_worker`."""
        from akimat_desk.documents.worker import Worker

        self._release_used = self._desk.clock.monotonic()
        if self._release_worker is None:
            self._release_worker = Worker(self._desk.home.spool)
        return self._release_worker

    def drop_release_worker(self, *, unused_s: float = 0.0) -> None:
        """End it with the document it has in its memory, once nobody has looked for so long (blocks)."""
        worker = self._release_worker
        if worker is not None and self._desk.clock.monotonic() - self._release_used >= unused_s:
            self._release_worker = None
            worker.close()

    def way(self) -> Way:
        """Which way a resident's document goes from this PC (blocks). Raises `NoPrinter` where nobody can print it."""
        with self._desk.store.read() as db:
            rules, own = holding(db), records.printers(db, "paper")
        main = is_host(self._desk.journal)
        if main and not own:
            raise actions.NoPrinter
        if own and not rules.hold:
            return way_of(own[0])
        offer = Offer()
        with suppress(Unavailable):  # what cannot be asked now is seen at the release
            offer = self.holder().offer()
        return Way(True, offer.colour, offer.both_sides, offer.most_copies, offer.sizes)

    def hold(self, document: bytes, *, pages: Pages, options: Options, quote: Quote) -> HeldJob:
        """Let a document wait under a code; where another PC is the room's main one, it is brought there at once, or
        as soon as that PC answers (blocks). The code begins with the PC's number, so that no two PCs give the same.
        """
        seat = this_pc(self._desk.store).seat
        job = self.held.hold(
            document, device=self._desk.journal.device, seat=seat, pages=pages, options=options, quote=quote,
            prefix=str(seat % 10),
        )  # fmt: skip
        self.handing.step(job.held)
        return job

    def follow(self, held: str) -> HeldJob:
        """How a document stands that was held here: at this PC, or at the main PC once it was brought there (blocks).

        While the main PC does not answer, it is as it was when it left.
        """
        job = self.held.get(held)
        if job.state == "handed":
            with suppress(Unavailable):
                return self.there.get(held)
        return job

    def has(self, held: str) -> bool:
        """Whether a document lies at this PC and has not gone to the main PC (blocks)."""
        try:
            return self.held.get(held).state != "handed"
        except HeldOver:
            return False

    def with_mine(self, found: Found, typed: str) -> Found:
        """What the main PC has found, and what still lies at this PC: not handed over, or taken back."""
        if is_host(self._desk.journal):
            return found
        known = {job.held for job in found.jobs}
        mine = [
            job
            for job in self.held.find(typed).jobs
            if job.held not in known and (job.state in ("held", "handing", "released") or job.can_again)
        ]
        jobs = (*mine, *found.jobs)
        return Found(jobs, found.total + len(mine), found.waiting + sum(job.waits for job in mine))

    def slip(self, held: str) -> None:
        """Print a held document's slip, where a printer is: at this PC, else at the main PC (blocks)."""
        with self._desk.store.read() as db:
            own = bool(records.printers(db))
        if own or self.has(held):
            self.print_held_slip(self.follow(held))
        else:
            self.there.slip(held)

    def resident_may_release(self) -> bool:
        """Whether residents print what waits, at this PC (blocks)."""
        with self._desk.store.read() as db:
            return holding(db).resident_may_release(self._desk.journal.device)

    def holder(self, *, resident: bool = False) -> Holder:
        """The PC that holds the room's documents: the main PC, or this one where it is that or has no room."""
        if is_host(self._desk.journal):
            return self.here(resident=resident)
        return self.there

    def holder_of(self, job: HeldJob, *, resident: bool = False) -> Holder:
        """Whoever has `job`: a document that has not gone to the main PC is this PC's."""
        return self.here(resident=resident) if self.has(job.held) else self.holder(resident=resident)

    def here(self, *, resident: bool = False) -> Here:
        """The documents of this PC alone."""
        return Here(self._desk.journal, self, resident=resident, since_ms=since_midnight(self._desk))

    def print_held_slip(self, job: HeldJob) -> None:
        """Lay the slip of a held document into the out-tray: what the resident tells at the desk."""
        from printing.papers import held_slip

        title = Sentence(N_("Slip of document {code}"), {"code": job.code})
        receipt = held_slip(job, _room_name(self._desk), self._desk.words, self._desk.clock.now_ms())
        out_tray(self._desk).put("printing", Paper(title, receipt=receipt))

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


def wipe(desk: Desk) -> None:
    """See `Service.wipe`."""
    from printing.scanning.room import forget

    forget(desk)
    room_of(desk).forget_resident()


def print_slip(desk: Desk, job: SpooledJob) -> None:
    """Lay the slip of a document into the out-tray: what the resident shows when paying."""
    from printing.papers import slip

    title = Sentence(N_("Slip of document {code}"), {"code": job.code})
    receipt = slip(job, _room_name(desk), desk.words, desk.clock.now_ms())
    out_tray(desk).put("printing", Paper(title, receipt=receipt))


def _room_name(desk: Desk) -> str:
    try:
        return zone(desk.store).name(desk.words.language)
    except ZoneUnknown:
        return ""


def out_tray(desk: Desk) -> OutTray:
    """The tray of papers that wait to be printed on this PC."""
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
    uncertain, held = waiting(desk), room_of(desk).held.find(limit=0).waiting
    return (
        *((Figure(N_("Waiting to be released"), str(held), "waiting"),) if held else ()),
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


def places(desk: Desk, jobs: Sequence[str]) -> dict[str, Place]:
    """Where the record of each finished job is safe; nothing in a room of one PC."""
    with desk.store.read() as db:
        rows = PrintedJob.select(PrintedJob.job, PrintedJob.entry).where(PrintedJob.job.in_(jobs)).tuples().execute(db)
        found = {job: place_of(db, [entry]) for job, entry in rows}
    return {job: place for job, place in found.items() if place is not None}


def since_midnight(desk: Desk) -> int:
    """The last midnight in Kazakhstan, in milliseconds since 1970."""
    now = local(desk.clock.now_ms())
    return int(now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=KAZAKHSTAN).timestamp() * 1000)
