"""Jobs on their way, with their documents encrypted on the disk.

A document is sealed by ChaCha20-Poly1305 under a key of its own, which lies in the job's row inside the encrypted
database. To destroy a document its key is dropped and its file removed; a disk that keeps the old bytes keeps noise.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
import peewee

from akimat_desk.base.errors import AkimatDeskError, Damaged, Refused, Unavailable
from akimat_desk.base.ids import short_code, uuid7
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.people.erasing import erase_folder
from akimat_desk.store.durable import write_file
from printing.records import IN_FLIGHT, OPEN, JobState, SpoolRow
from printing.rules import Options, Quote

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Database, Store

NONCE_BYTES: Final = 12
ARRIVAL: Final = peewee.SQL("rowid")
"""The order in which jobs came. Not their ids or times: two may come in one millisecond, and clocks are turned back."""


class DocumentGone(Damaged):
    """The document of a job is no longer there, or not as it was written."""

    code = "spool-document"
    resident_text = N_("The document is no longer on this computer. Choose the file again.")
    staff_text = N_("The document of this job is no longer in the queue's folder, or was changed there.")
    next_text = N_("Choose the file again.")


class SpoolFull(Unavailable):
    """There is no room on the disk for the document."""

    code = "spool-full"
    resident_text = N_("This computer's disk is full. Your file is safe; call a member of staff.")
    staff_text = N_("The disk is full: the document could not be put into the print queue.")
    next_text = N_("Free some space on the disk, then print again.")


class JobOver(Refused):
    """The job has ended; nothing can be stopped or decided any more."""

    code = "job-over"
    resident_text = N_("This document is already finished.")
    staff_text = N_("This job has already ended.")
    next_text = N_("Look at the list again.")


@dataclass(frozen=True, slots=True)
class SpooledJob:
    """A job as screens and the delivery see it. Times are milliseconds since 1970.

    `paper` is its number in the out-tray, 0 for a test page; None is a resident's own document, the only kind that
    costs anything. `reason` is why it does not come out, a code (see `troubles`), and `told` fills its sentence.
    """

    job: str
    code: str
    printer: int
    state: JobState
    paper: int | None
    options: Options
    quote: Quote
    reason: str
    printed: int | None
    handle: str | None
    may_have_printed: bool
    stop_wanted: bool
    created_ms: int
    changed_ms: int
    told: Mapping[str, str] = field(default_factory=dict)


class Spool:
    """The jobs of this PC. Safe from any thread but the screen's."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._folder = store.home.spool

    def put(
        self, document: bytes, *, printer: int, options: Options, quote: Quote, paper: int | None = None
    ) -> SpooledJob:
        """Take a document in; when this returns, the job survives a power cut. Raises `SpoolFull`.

        `paper` is its number in the out-tray where it comes from there.
        """
        must_not_block("spool.put")
        now = self._clock.now_ms()
        job = uuid7(now)
        key = os.urandom(32)
        sealed = _seal(document, key, job)
        try:
            # The file inside the transaction: a sweep of another process never meets a file without its row.
            with self._store.write() as db:
                SpoolRow.insert(
                    job=job,
                    code=self._free_code(db),
                    printer=printer,
                    state="waiting",
                    paper=paper,
                    options=msgspec.msgpack.encode(options),
                    quote=msgspec.msgpack.encode(quote),
                    file=job,
                    key=key,
                    created_ms=now,
                    changed_ms=now,
                ).execute(db)
                try:
                    write_file(self._folder / job, sealed)
                except OSError as why:
                    raise SpoolFull from why
        except BaseException:
            for left in (self._folder / job, self._folder / f"{job}.part"):
                left.unlink(missing_ok=True)
            raise
        return self.get(job)

    def get(self, job: str) -> SpooledJob:
        """The job named `job`. Raises `DocumentGone` where there is none."""
        with self._store.read() as db:
            for row in SpoolRow.select().where(SpoolRow.job == job).execute(db):
                return _job(row)
        raise DocumentGone

    def jobs(self, *, since_ms: int = 0) -> tuple[SpooledJob, ...]:
        """Open jobs and those changed since `since_ms`, newest first."""
        with self._store.read() as db:
            query = SpoolRow.select().where(SpoolRow.state.in_(OPEN) | (SpoolRow.changed_ms >= since_ms))
            return tuple(_job(row) for row in query.order_by(ARRIVAL.desc()).execute(db))

    def of_paper(self, paper: int) -> SpooledJob | None:
        """The last job of a paper from the out-tray; None before it was put in."""
        with self._store.read() as db:
            query = SpoolRow.select().where(SpoolRow.paper == paper).order_by(ARRIVAL.desc()).limit(1)
            return next((_job(row) for row in query.execute(db)), None)

    def next_for(self, printer: int) -> SpooledJob | None:
        """The job in flight at `printer`, else the one that has waited longest: one at a time."""
        with self._store.read() as db:
            mine = SpoolRow.select().where(SpoolRow.printer == printer).order_by(ARRIVAL)
            for states in (IN_FLIGHT, ("waiting",)):
                for row in mine.where(SpoolRow.state.in_(states)).limit(1).execute(db):
                    return _job(row)
        return None

    def without_printer(self, printers: Collection[int]) -> tuple[SpooledJob, ...]:
        """Jobs that nobody serves, because their printer is none of `printers`; the oldest first."""
        with self._store.read() as db:
            query = SpoolRow.select().where(
                SpoolRow.state.in_((*IN_FLIGHT, "waiting")) & SpoolRow.printer.not_in(list(printers))
            )
            return tuple(_job(row) for row in query.order_by(SpoolRow.job).execute(db))

    def stop_wanted(self, job: str) -> bool:
        """Whether somebody has asked to stop `job`."""
        with self._store.read() as db:
            return SpoolRow.select().where((SpoolRow.job == job) & SpoolRow.stop_wanted).exists(db)

    def document(self, job: str) -> bytes:
        """The document of `job`. Raises `DocumentGone`."""
        must_not_block("spool.document")
        with self._store.read() as db:
            rows = list(SpoolRow.select().where(SpoolRow.job == job).execute(db))
        if not rows or rows[0].key is None:
            raise DocumentGone
        try:
            sealed = (self._folder / rows[0].file).read_bytes()
        except OSError as why:
            raise DocumentGone from why
        return _unseal(sealed, bytes(rows[0].key), job)

    def ask_stop(self, job: str) -> None:
        """Ask for a job to be stopped; the delivery does it. Raises `JobOver`."""
        with self._store.write() as db:
            wanted = SpoolRow.update(stop_wanted=True).where(
                (SpoolRow.job == job) & SpoolRow.state.in_((*IN_FLIGHT, "waiting"))
            )
            if not wanted.execute(db):
                raise JobOver

    def mark(
        self,
        db: Database,
        job: str,
        state: JobState,
        *,
        before: Collection[JobState] = OPEN,
        why: AkimatDeskError | None = None,
        **values: Any,
    ) -> None:
        """Move `job` on, inside the caller's write. Values are columns of `SpoolRow`; `why` is the error that stands in
        the way. A job that is in none of the states `before` stays as it is: raises `JobOver`.
        """
        if why is not None:
            told = {name: str(value) for name, value in why.values.items()}
            values |= {"reason": why.code, "told": msgspec.msgpack.encode(told)}
        moved = (
            SpoolRow.update(state=state, changed_ms=self._clock.now_ms(), **values)
            .where((SpoolRow.job == job) & SpoolRow.state.in_(list(before)))
            .execute(db)
        )
        if not moved:
            raise JobOver

    def forget_document(self, job: str) -> None:
        """Destroy the document; the row with what it cost stays for the day's list."""
        with self._store.write() as db:
            SpoolRow.update(key=None, file="").where(SpoolRow.job == job).execute(db)
        (self._folder / job).unlink(missing_ok=True)

    def sweep(self, *, keep_since_ms: int) -> None:
        """At the keeper's start: remove what a crash left (files without a key, folders of drawn pages), and rows that
        ended before `keep_since_ms`.
        """
        with self._store.write() as db:
            SpoolRow.delete().where(SpoolRow.state.not_in(OPEN) & (SpoolRow.changed_ms < keep_since_ms)).execute(db)
            SpoolRow.update(key=None, file="").where(SpoolRow.state.not_in(OPEN)).execute(db)
            known = {row.file for row in SpoolRow.select(SpoolRow.file).where(SpoolRow.file != "").execute(db)}
            for path in self._folder.iterdir():
                if path.name not in known:
                    erase_folder(path)  # a file too; drawn pages lie there in the clear

    def _free_code(self, db: Database) -> str:
        taken = {row.code for row in SpoolRow.select(SpoolRow.code).execute(db)}
        digits = 4 if len(taken) < 2_000 else 6
        return next(code for code in iter(lambda: short_code(digits), "") if code not in taken)


def _job(row: SpoolRow) -> SpooledJob:
    return SpooledJob(
        job=row.job,
        code=row.code,
        printer=row.printer,
        state=cast(JobState, row.state),
        paper=row.paper,
        options=msgspec.msgpack.decode(row.options, type=Options),
        quote=msgspec.msgpack.decode(row.quote, type=Quote),
        reason=row.reason,
        printed=row.printed,
        handle=row.handle,
        may_have_printed=row.may_have_printed,
        stop_wanted=row.stop_wanted,
        created_ms=row.created_ms,
        changed_ms=row.changed_ms,
        told=msgspec.msgpack.decode(row.told, type=dict[str, str]),
    )


def _seal(document: bytes, key: bytes, job: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, document, job.encode())


def _unseal(sealed: bytes, key: bytes, job: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], job.encode())
    except (InvalidTag, ValueError) as why:
        raise DocumentGone from why
