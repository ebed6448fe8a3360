"""Jobs on their way, with their documents encrypted on the disk.

A document is sealed by ChaCha20-Poly1305 under a key of its own, which lies in the job's row inside the encrypted
database. To destroy a document its key is dropped and its file removed; a disk that keeps the old bytes keeps noise.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import msgspec

from akimat_desk.base.errors import Damaged, Unavailable
from akimat_desk.base.ids import short_code, uuid7
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.store.durable import write_file
from printing.records import IN_FLIGHT, OPEN, JobState, SpoolRow
from printing.rules import Options, Quote

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Database, Store

NONCE_BYTES: Final = 12


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


@dataclass(frozen=True, slots=True)
class SpooledJob:
    """A job as screens and the delivery see it. Times are milliseconds since 1970.

    `paper` is its number in the out-tray; None is a resident's own document, the only kind that costs anything.
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
        try:
            write_file(self._folder / job, _seal(document, key, job))
        except OSError as why:
            (self._folder / job).unlink(missing_ok=True)
            raise SpoolFull from why
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
            return tuple(_job(row) for row in query.order_by(SpoolRow.job.desc()).execute(db))

    def of_paper(self, paper: int) -> SpooledJob | None:
        """The last job of a paper from the out-tray; None before it was put in."""
        with self._store.read() as db:
            query = SpoolRow.select().where(SpoolRow.paper == paper).order_by(SpoolRow.job.desc()).limit(1)
            return next((_job(row) for row in query.execute(db)), None)

    def next_for(self, printer: int) -> SpooledJob | None:
        """The job in flight at `printer`, else the one that has waited longest: one at a time."""
        with self._store.read() as db:
            mine = SpoolRow.select().where(SpoolRow.printer == printer).order_by(SpoolRow.job)
            for states in (IN_FLIGHT, ("waiting",)):
                for row in mine.where(SpoolRow.state.in_(states)).limit(1).execute(db):
                    return _job(row)
        return None

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

    def mark(self, db: Database, job: str, state: JobState, **values: object) -> None:
        """Move `job` on, inside the caller's write. Values are columns of `SpoolRow`."""
        SpoolRow.update(state=state, changed_ms=self._clock.now_ms(), **values).where(SpoolRow.job == job).execute(db)

    def forget_document(self, job: str) -> None:
        """Destroy the document; the row with what it cost stays for the day's list."""
        with self._store.write() as db:
            SpoolRow.update(key=None, file="").where(SpoolRow.job == job).execute(db)
        _destroy(self._folder / job)

    def sweep(self, *, keep_since_ms: int) -> None:
        """Remove files without a key (a crash between two steps) and rows that ended before `keep_since_ms`."""
        with self._store.write() as db:
            SpoolRow.delete().where(SpoolRow.state.not_in(OPEN) & (SpoolRow.changed_ms < keep_since_ms)).execute(db)
            SpoolRow.update(key=None, file="").where(SpoolRow.state.not_in(OPEN)).execute(db)
            known = {row.file for row in SpoolRow.select(SpoolRow.file).where(SpoolRow.file != "").execute(db)}
        for file in self._folder.iterdir():
            if file.is_file() and file.name not in known:
                _destroy(file)

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


def _destroy(file: Path) -> None:
    file.unlink(missing_ok=True)
