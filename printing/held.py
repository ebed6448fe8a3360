"""Documents that wait under a code until somebody releases them, encrypted on this PC's disk.

    coming ─► held ─► released ─► done
                │ ▲       │
                │ └───────┘ nothing came out: it waits again, and nothing is paid
                ├─► handing ─► handed      the room's main PC has it on its own disk now
                └─► cancelled | expired

`coming`: pieces arrive; a person was told of it when they were all there. `handing`: the main PC may have it, and this
PC must not print it. The document is kept while it may be needed, and destroyed by dropping its key and its files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
import peewee

from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.store.durable import write_file
from printing.held_job import MOST_LISTED, Found, HeldJob, State, find, read
from printing.holding import MINUTE_MS, holding
from printing.layout import Pages
from printing.records import OPEN, HeldRow, SpoolRow
from printing.rules import Options, Quote
from printing.sealing import DocumentGone, new_key, seal, unseal
from printing.spool import ARRIVAL, Spool, SpooledJob, SpoolFull, piece_name

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Database, Store

WAITING: Final[tuple[State, ...]] = ("coming", "held", "handing")
"""Whose time runs while nobody has released them."""
_COMING: Final[tuple[State, ...]] = ("coming",)
_HELD: Final[tuple[State, ...]] = ("held",)
PIECE: Final = 1024 * 1024
"""Bytes of a document in one file, and in one message."""
GRACE_MS: Final = 30 * MINUTE_MS
"""A document of which nothing came out waits at least so long again."""


class HeldOver(Refused):
    """Somebody else was faster, or its time is over."""

    code = "held-over"
    resident_text = N_("This document no longer waits: it was printed, cancelled, or its time is over.")
    staff_text = N_("This document no longer waits: it was printed, cancelled, or its time is over.")
    next_text = N_("Look at the list again.")


class CodeUnknown(Refused):
    """No document waits under this code."""

    code = "held-code"
    resident_text = N_("No document waits under this code. Look at the code again.")
    staff_text = N_("No document waits under this code. Look at the code again.")
    next_text = N_("Type the code from the slip.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that is to be held: what is known of it before its bytes."""

    held: str
    code: str
    device: str
    seat: int
    pages: Pages
    options: Options
    quote: Quote
    size: int
    digest: bytes


class Held:
    """The held documents of this PC. Safe from any thread but the screen's; what is written survives a power cut."""

    def __init__(self, store: Store, clock: Clock, spool: Spool) -> None:
        self._store = store
        self._clock = clock
        self._spool = spool
        self._folder = store.home.spool
        self._passed_at = clock.monotonic()

    # ---- coming in

    def hold(
        self,
        document: bytes,
        *,
        device: str,
        seat: int,
        pages: Pages,
        options: Options,
        quote: Quote,
        prefix: str = "",
    ) -> HeldJob:
        """Take a document in under a new code, which begins with `prefix`. Raises `SpoolFull`."""
        must_not_block("held.hold")
        with self._store.read() as db:
            code = self._spool.free_code(db, holding(db).code_digits - len(prefix), prefix)
        held, digest = uuid7(self._clock.now_ms()), hashlib.sha256(document).digest()
        try:
            self.begin(Arrival(held, code, device, seat, pages, options, quote, len(document), digest))
            for number, piece in enumerate(in_pieces(document)):
                self.take(held, number, piece)
            return self.finish(held)
        except BaseException:
            self.forget(held)
            raise

    def begin(self, new: Arrival) -> int:
        """A document is about to come; how many of its pieces are here already."""
        now = self._clock.now_ms()
        with self._store.write() as db:
            due = holding(db).due_ms(now)
            HeldRow.insert(
                held=new.held,
                code=new.code,
                device=new.device,
                seat=new.seat,
                state="coming",
                pages=msgspec.msgpack.encode(new.pages),
                options=msgspec.msgpack.encode(new.options),
                quote=msgspec.msgpack.encode(new.quote),
                size=new.size,
                digest=new.digest,
                key=new_key(),
                created_ms=now,
                changed_ms=now,
                due_ms=due,
                left_s=(due - now) / 1000,
            ).on_conflict_ignore().execute(db)
        return int(self._row(new.held).pieces)

    def take(self, held: str, number: int, piece: bytes) -> int:
        """One piece; how many are here now. One that is here already, or that is not the next, changes nothing.

        Raises `SpoolFull`, `HeldOver`.
        """
        row = self._row(held)
        if row.state == "coming" and row.key is not None and number == row.pieces:
            name = piece_name(held, number)
            sealed = seal(piece, bytes(row.key), name)
            with self._store.write() as db:
                moved = HeldRow.update(pieces=number + 1).where(
                    (HeldRow.held == held) & (HeldRow.state == "coming") & (HeldRow.pieces == number)
                )
                if moved.execute(db):
                    try:  # inside the transaction: a sweep never meets a file without its row
                        write_file(self._folder / name, sealed)
                    except OSError as why:
                        raise SpoolFull from why
        return int(self._row(held).pieces)

    def finish(self, held: str) -> HeldJob:
        """All pieces are here: it is held from now on. Raises `DocumentGone` when they are not what was to come."""
        row = self._row(held)
        if row.state == "coming":
            document = self.document(held)
            if len(document) != row.size or hashlib.sha256(document).digest() != bytes(row.digest):
                self.forget(held)
                raise DocumentGone
            with self._store.write() as db:
                self.mark(db, held, "held", before=_COMING)
        return self.get(held)

    # ---- reading

    def get(self, held: str) -> HeldJob:
        """The document named `held`. Raises `HeldOver` where there is none."""
        with self._store.read() as db:
            for job in read(db, "held = ?", held):
                return job
        raise HeldOver

    def by_code(self, code: str) -> HeldJob:
        """The one document that waits under `code`. Raises `CodeUnknown`, also where two PCs gave the same code."""
        with self._store.read() as db:
            jobs = read(db, "code = ? AND state = 'held'", code, most=2)
        if len(jobs) != 1:
            raise CodeUnknown
        return jobs[0]

    def find(self, typed: str = "", limit: int = MOST_LISTED, *, since_ms: int = 0) -> Found:
        """See `held_job.find`."""
        with self._store.read() as db:
            return find(db, typed, limit, since_ms=since_ms)

    def document(self, held: str) -> bytes:
        """Its bytes. Raises `DocumentGone`."""
        if self._row(held).key is None:
            raise DocumentGone
        return b"".join(self.pieces(held))

    def pieces(self, held: str) -> Iterator[bytes]:
        """Its bytes, piece by piece. Raises `DocumentGone`."""
        must_not_block("held.pieces")
        row = self._row(held)
        for number in range(row.pieces):
            name = piece_name(held, number)
            if row.key is None:
                raise DocumentGone
            try:
                yield unseal((self._folder / name).read_bytes(), bytes(row.key), name)
            except OSError as why:
                raise DocumentGone from why

    def digest(self, held: str) -> bytes:
        """The SHA-256 of its bytes."""
        return bytes(self._row(held).digest)

    def to_hand_over(self) -> tuple[str, ...]:
        """What waits here and belongs to the room's main PC, the oldest first; not what was taken back from it."""
        with self._store.read() as db:
            rows = HeldRow.select(HeldRow.held).where(HeldRow.state.in_(("held", "handing")) & (HeldRow.back == ""))
            return tuple(row.held for row in rows.order_by(ARRIVAL).execute(db))

    # ---- moving on

    def mark(self, db: Database, held: str, state: State, *, before: Collection[State], **values: Any) -> None:
        """Move on, inside the caller's write: whoever comes second, from another state, gets `HeldOver`."""
        moved = (
            HeldRow.update(state=state, changed_ms=self._clock.now_ms(), **values)
            .where((HeldRow.held == held) & HeldRow.state.in_(list(before)) & HeldRow.key.is_null(False))
            .execute(db)
        )
        if not moved:
            raise HeldOver

    def is_handing(self, db: Database, held: str) -> bool:
        """Whether it is on its way to the main PC, and nobody has begun to take it back."""
        which = (HeldRow.held == held) & (HeldRow.state == "handing") & (HeldRow.back == "")
        return bool(HeldRow.select().where(which).exists(db))

    def to_tell(self) -> tuple[tuple[str, str | None], ...]:
        """What was taken back, and by whom, while the main PC did not answer: it is told before anything else."""
        with self._store.read() as db:
            rows = HeldRow.select(HeldRow.held, HeldRow.back_by).where(HeldRow.back == "untold").order_by(ARRIVAL)
            return tuple((row.held, row.back_by) for row in rows.execute(db))

    def cancel(self, held: str, *, by: str | None = None, before: tuple[State, ...] = _HELD) -> HeldJob:
        """Nobody wants it any more: destroy it. Raises `HeldOver`."""
        with self._store.write() as db:
            self.mark(db, held, "cancelled", before=before, released_by=by)
        self.destroy(held)
        return self.get(held)

    def give_back(self, its: Arrival) -> HeldJob:
        """The PC that brought it has it back: what waits or comes here is destroyed; how it stands here now.

        What never came is written down as destroyed, so that a third PC cannot bring it later. Raises `HeldOver` where
        another PC brought it.
        """
        self.begin(its)
        if self._row(its.held).device != its.device:
            raise HeldOver
        with suppress(HeldOver):  # it is being printed, or over
            return self.cancel(its.held, before=("coming", "held"))
        return self.get(its.held)

    def arrival(self, held: str) -> Arrival:
        """What the main PC is told of a document of this PC."""
        job = self.get(held)
        return Arrival(
            held, job.code, job.device, job.seat, job.pages, job.options, job.quote, job.size, self.digest(held)
        )

    def ended(
        self, db: Database, job: SpooledJob, *, came_out: bool, rest: tuple[Options, Quote] | None = None
    ) -> None:
        """Its job is over, inside the write that says so: the document is kept a while, or waits again; or the `rest`
        of it does, printed how and at what price.
        """
        if not job.held:
            return
        now, rules = self._clock.now_ms(), holding(db)
        mine = (HeldRow.held == job.held) & (HeldRow.job == job.job)
        if came_out and rest is None:
            keep = rules.keep_minutes * MINUTE_MS
            left: dict[str, Any] = {"state": "done", "due_ms": now + keep, "left_s": keep / 1000}
        elif job.again:
            left = {"state": "done"}
        else:
            due = peewee.fn.MAX(HeldRow.due_ms, now + GRACE_MS)
            left = {"state": "held", "due_ms": due, "left_s": peewee.fn.MAX(HeldRow.left_s, GRACE_MS / 1000)}
            if rest is not None:
                options, quote = rest
                left |= {"options": msgspec.msgpack.encode(options), "quote": msgspec.msgpack.encode(quote)}
        HeldRow.update(changed_ms=now, **left).where(mine).execute(db)

    def destroy_if_due(self, held: str) -> None:
        """Where nothing is kept after printing, it goes at once."""
        with self._store.read() as db:
            due = (HeldRow.held == held) & (HeldRow.state == "done") & (HeldRow.left_s <= 0)
            over = HeldRow.select().where(due).exists(db)
        if over:
            self.destroy(held)

    def pass_time(self) -> tuple[str, ...]:
        """Destroy what is due by the wall clock, or by the seconds this PC has run; what became of something now."""
        seen = self._clock.monotonic()
        passed, self._passed_at = seen - self._passed_at, seen
        with self._store.write() as db:
            counted = HeldRow.key.is_null(False) & (HeldRow.state != "released")
            HeldRow.update(left_s=HeldRow.left_s - passed).where(counted).execute(db)
            due = counted & ((HeldRow.due_ms <= self._clock.now_ms()) | (HeldRow.left_s <= 0))
            over = tuple(row.held for row in HeldRow.select(HeldRow.held).where(due).execute(db))
            HeldRow.update(state="expired", changed_ms=self._clock.now_ms()).where(
                due & HeldRow.state.in_(WAITING)
            ).execute(db)
            self._drop_keys(db, due)
        for held in over:
            self._unlink(held)
        return over

    def destroy(self, held: str) -> None:
        """Destroy the document; its row stays for the day's list."""
        with self._store.write() as db:
            self._drop_keys(db, HeldRow.held == held)
        self._unlink(held)

    def forget(self, held: str) -> None:
        """As if it had never come."""
        with self._store.write() as db:
            HeldRow.delete().where(HeldRow.held == held).execute(db)
        self._unlink(held)

    def sweep(self, *, device: str, keep_since_ms: int) -> None:
        """At the keeper's start: documents of this PC that a crash cut short, and rows that were over long ago.

        To be called before `Spool.sweep`, which removes the files that no row names.
        """
        with self._store.write() as db:
            HeldRow.delete().where((HeldRow.state == "coming") & (HeldRow.device == device)).execute(db)
            over = HeldRow.state.not_in([*WAITING, "released"]) & (HeldRow.changed_ms < keep_since_ms)
            HeldRow.delete().where(over & HeldRow.key.is_null() & (HeldRow.back != "untold")).execute(db)
            ended = SpoolRow.select(SpoolRow.job).where(SpoolRow.state.in_(OPEN))
            lost = (HeldRow.state == "released") & HeldRow.job.not_in(ended)
            HeldRow.update(state="done").where(lost).execute(db)

    # ---- how

    def _row(self, held: str) -> HeldRow:
        with self._store.read() as db:
            for row in HeldRow.select().where(HeldRow.held == held).execute(db):
                return cast(HeldRow, row)
        raise HeldOver

    @staticmethod
    def _drop_keys(db: Database, which: peewee.Expression) -> None:
        HeldRow.update(key=None).where(which).execute(db)

    def _unlink(self, held: str) -> None:
        for path in self._folder.glob(piece_name(held, 0)[:-1] + "*"):
            path.unlink(missing_ok=True)


def in_pieces(document: bytes) -> Iterator[bytes]:
    """`document` in the pieces it is kept and sent in."""
    for start in range(0, len(document), PIECE):
        yield document[start : start + PIECE]
