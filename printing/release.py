"""What staff and residents do with documents that wait on this PC: look, change, price, release, print again, move.

The decision is made once, in the write that puts the job into the queue: of two people who release one document, the
second is told that it no longer waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from printing import actions, records
from printing.clear import Clear
from printing.ending import settle, settle_some
from printing.held import CodeUnknown, Held, HeldOver
from printing.held_job import Found, HeldJob
from printing.held_job import State as HeldState
from printing.holding import Holding, holding
from printing.layout import as_printed, quoted
from printing.money.prices import PricesMissing
from printing.rules import MOST_COPIES, Options, Quote, Size
from printing.sizes import SIZES, with_price
from printing.spool import JobOver, Spool

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from akimat_desk.journal import Journal
    from printing.records import Printer
    from printing.spool import SpooledJob

WRONG_CODES: Final = 5
PAUSE_SECONDS: Final = 60.0
_BEFORE: Final[Mapping[bool, tuple[HeldState, ...]]] = {False: ("held",), True: ("done",)}


class NotForResidents(Refused):
    """Residents do not release at this PC."""

    code = "release-by-staff"
    resident_text = N_("In this room staff print your document. Tell them its code.")
    staff_text = N_("Residents do not release documents at this PC.")
    next_text = N_("Tell the code to a member of staff.")


class TooManyCodes(Refused):
    """Somebody tries codes."""

    code = "release-too-many-codes"
    resident_text = N_("The code was wrong several times. Wait a minute, or call a member of staff.")
    staff_text = N_("At this PC wrong codes were typed several times. It waits for a minute.")
    next_text = N_("Look at the code on the slip.")


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer that a document can be released to."""

    id: int
    name: str
    group: str
    colour: bool
    both_sides: bool
    paper: tuple[Size, ...] = ("A4",)
    """Its sheets."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen where documents are printed. Nothing is known of the printers where there is none."""

    colour: bool = True
    both_sides: bool = True
    most_copies: int = MOST_COPIES
    printers: tuple[PrinterChoice, ...] = ()
    sizes: tuple[Size, ...] = ("A4",)
    """Sheets that a printer has and that there is a price for."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A held document as it is now; the queue has changed."""

    job: HeldJob
    topics: tuple[str, ...] = ("printing.queue",)


class Holder(Protocol):
    """The PC that holds the room's documents: this one (`Here`), or the main PC over the room's link.

    Every call blocks. `held` is a document's id; `by` the staff member, None for the resident themselves.
    """

    def offer(self) -> Offer: ...  # noqa: D102
    def find(self, typed: str = "", limit: int = 200) -> Found: ...  # noqa: D102
    def get(self, held: str) -> HeldJob: ...  # noqa: D102
    def open(self, code: str) -> HeldJob: ...  # noqa: D102
    def price(self, held: str, options: Options) -> Quote: ...  # noqa: D102
    def picture(self, held: str, side: int, room: tuple[int, int], options: Options) -> bytes: ...  # noqa: D102
    def release(  # noqa: D102
        self, held: str, options: Options, *, printer: int = 0, again: bool = False, by: str | None = None
    ) -> Moved: ...
    def cancel(self, held: str, *, by: str | None = None) -> Moved: ...  # noqa: D102
    def stop(self, held: str) -> Moved: ...  # noqa: D102
    def settle(self, held: str, *, printed: bool, by: str | None, sheets: int | None = None) -> Moved: ...  # noqa: D102
    def move(self, held: str, printer: int) -> Moved: ...  # noqa: D102
    def slip(self, held: str) -> object: ...  # noqa: D102


class Tries:
    """How often codes were wrong at each PC; in memory, for a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def check(self, device: str) -> None:
        """Raise `TooManyCodes` where the last ones were all wrong."""
        with self._lock:
            count, since = self._wrong.get(device, (0, 0.0))
            if count >= WRONG_CODES and time.monotonic() - since < PAUSE_SECONDS:
                raise TooManyCodes

    def note(self, device: str, *, right: bool) -> None:
        """One more was typed."""
        with self._lock:
            count, _ = self._wrong.pop(device, (0, 0.0))
            if not right:
                self._wrong[device] = (count % WRONG_CODES + 1, time.monotonic())


class Desktop(Protocol):
    """What `Here` needs of printing's room in this desk."""

    spool: Spool
    held: Held
    tries: Tries

    @property
    def release_worker(self) -> Worker: ...  # noqa: D102

    def wake(self) -> None: ...  # noqa: D102

    def print_held_slip(self, job: HeldJob) -> object: ...  # noqa: D102


class Here:
    """The documents this PC holds. `device` is the PC at which people act, `resident` that they are residents."""

    def __init__(
        self, journal: Journal, room: Desktop, *, device: str = "", resident: bool = False, since_ms: int = 0
    ) -> None:
        self._journal = journal
        self._room = room
        self._device = device or journal.device
        self._resident = resident
        self._since_ms = since_ms

    @property
    def held(self) -> Held:
        """Where they lie."""
        return self._room.held

    # ---- looking

    def offer(self) -> Offer:
        """See `Holder`."""
        with self._journal.store.read() as db:
            printers = records.printers(db, "paper")
        if not printers:
            return Offer()
        return Offer(
            any(each.colour for each in printers),
            any(each.both_sides for each in printers),
            max(each.most_copies for each in printers),
            tuple(
                PrinterChoice(each.id, each.name, each.group, each.colour, each.both_sides, each.paper)
                for each in printers
            ),
            self._sizes(printers),
        )

    def _sizes(self, printers: Sequence[Printer]) -> tuple[Size, ...]:
        there = {size for each in printers for size in each.paper}
        try:
            return with_price((size for size in SIZES if size in there), actions.prices_today(self._journal))
        except PricesMissing:
            return ("A4",)

    def find(self, typed: str = "", limit: int = 200) -> Found:
        """See `Holder`."""
        return self._room.held.find(typed, limit, since_ms=self._since_ms)

    def get(self, held: str) -> HeldJob:
        """See `Holder`. Raises `HeldOver`."""
        return self._room.held.get(held)

    def open(self, code: str) -> HeldJob:
        """The document that waits under `code`. Raises `CodeUnknown`, `TooManyCodes`, `NotForResidents`."""
        if self._resident:
            self._may_release()
            self._room.tries.check(self._device)
        try:
            job = self._room.held.by_code(code.strip())
        except CodeUnknown:
            self._room.tries.note(self._device, right=False)
            raise
        self._room.tries.note(self._device, right=True)
        return job

    def price(self, held: str, options: Options) -> Quote:
        """What it costs with `options` today. Raises `PricesMissing`, `PriceMissing`, `PagesOutside`."""
        return quoted(self.get(held).pages, options, actions.prices_today(self._journal))

    def picture(self, held: str, side: int, room: tuple[int, int], options: Options) -> bytes:
        """A side of paper as it comes out with `options`, as PNG that fits into `room` pixels.

        Raises `PagesOutside`, `DocumentGone` and what the worker raises.
        """
        return self._clear.picture(self.get(held), side, room, options)

    # ---- doing

    def release(
        self, held: str, options: Options, *, printer: int = 0, again: bool = False, by: str | None = None
    ) -> Moved:
        """Put it into the queue of `printer` (0: the first that can do it) as `options` say, at today's price.

        With `again` it has come out before, and nothing more is paid. Raises `HeldOver`, `NoPrinter`, `NoneCan`,
        `NotForResidents` and what a price or the worker raises; then it waits as before.
        """
        if self._resident:
            self._may_release()
            again, by = False, None
        job = self.get(held)
        if not (job.can_again if again else job.waits):
            raise HeldOver
        honest = self._honest(job, options)
        chosen = self._printer(printer, options)
        cost = self.price(held, options)
        if again:
            cost = replace(cost, grey_price=0, colour_price=0, total=0)
        document = self._clear.document(job, options)
        kept = {} if again else {"options": msgspec.msgpack.encode(options), "quote": msgspec.msgpack.encode(cost)}
        self._room.spool.put(
            document,
            printer=chosen.id,
            group=chosen.group if not printer else "",
            options=as_printed(options),
            quote=cost,
            code=job.code,
            held=held,
            again=again,
            honest=honest,
            by=by,
            first=lambda db, name: self._room.held.mark(
                db, held, "released", before=_BEFORE[again], job=name, released_by=by, **kept
            ),
        )
        self._room.wake()
        return Moved(self.get(held))

    def cancel(self, held: str, *, by: str | None = None) -> Moved:
        """Nobody wants it any more; it is destroyed. Raises `HeldOver`."""
        return Moved(self._room.held.cancel(held, by=by))

    def stop(self, held: str) -> Moved:
        """Stop its job; of what has not come out nothing is paid, and it waits again. Raises `JobOver`."""
        self._room.spool.ask_stop(self._job(held).job)
        self._room.wake()
        return Moved(self.get(held))

    def settle(self, held: str, *, printed: bool, by: str | None, sheets: int | None = None) -> Moved:
        """Staff looked into the tray: it came out or not, or so many `sheets`. Raises `JobOver`, `SheetsOutside`."""
        journal, spool, job = self._journal, self._room.spool, self._job(held)
        if sheets is None:
            settle(journal, spool, job, printed=printed, staff=by)
        else:
            settle_some(journal, spool, job, sheets=sheets, staff=by)
        return Moved(self.get(held))

    def move(self, held: str, printer: int) -> Moved:
        """Let another printer take it, while none has begun. Raises `JobOver`, `NoPrinter`, `NoneCan`."""
        job = self._job(held)
        self._room.spool.move(job.job, self._printer(printer, job.options).id, "")
        self._room.wake()
        return Moved(self.get(held))

    def slip(self, held: str) -> object:
        """Its code and price on paper, by the out-tray of this PC."""
        return self._room.print_held_slip(self.get(held))

    # ---- how

    def _honest(self, job: HeldJob, options: Options) -> bool:
        """Whether the money goes into the box. All of one document goes one way: the rest as its beginning did; what
        is owed at the desk is finished by staff. Raises `NotForResidents`.
        """
        box = self._resident and actions.box_is_there(self._journal)
        if not options.out or job.job is None:
            return box
        if box and not job.job.honest:
            raise NotForResidents
        return job.job.honest

    def _may_release(self) -> None:
        if not self.rules().resident_may_release(self._device):
            raise NotForResidents

    def rules(self) -> Holding:
        """The room's rules of now."""
        with self._journal.store.read() as db:
            return holding(db)

    def _job(self, held: str) -> SpooledJob:
        job = self.get(held).job
        if job is None:
            raise JobOver
        return job

    def _printer(self, wanted: int, options: Options) -> Printer:
        with self._journal.store.read() as db:
            printers = records.printers(db, "paper")
        meant = [each for each in printers if each.id == wanted or not wanted]
        if not meant:
            raise actions.NoPrinter
        return actions.first_that_can(meant, options)

    @property
    def _clear(self) -> Clear:
        journal = self._journal
        return Clear(self._room.held, self._room.release_worker, journal.store.home.spool, journal.clock)
