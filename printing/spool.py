"""Jobs on their way to a printer, with their documents encrypted on the disk (`sealing`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
import peewee

from akimat_desk.base.errors import AkimatDeskError, Refused, Unavailable
from akimat_desk.base.ids import short_code, uuid7
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.people.erasing import erase_folder
from akimat_desk.store.durable import write_file
from printing.money.prices import Work
from printing.records import IN_FLIGHT, OPEN, HeldRow, JobState, SpoolRow
from printing.rules import Options, Quote
from printing.sealing import DocumentGone as DocumentGone
from printing.sealing import new_key, seal, unseal

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.store import Database, Store

_WAITING: Final[tuple[JobState, ...]] = ("waiting",)
CROWDED: Final = 5
"""At least so many codes there are for each that is given out."""
ARRIVAL: Final = peewee.SQL("rowid")
"""The order in which jobs came. Not their ids or times: two may come in one millisecond, and clocks are turned back."""


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
    `held` is the held document it was released from, "" for one that was printed at once; `again` that staff have it
    printed once more and nothing is paid for it; `honest` that the resident released it and the money goes into the
    box. While it waits, any printer of `group` may take it.
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
    held: str = ""
    group: str = ""
    again: bool = False
    honest: bool = False
    by: str | None = None
    """The staff member who released it."""
    work: Work = "print"
    """Whether it came from a file or from the scanner."""

    @property
    def charge(self) -> str:
        """What money is told it is for: a held document has one price, however often it goes to a printer."""
        return self.held or self.job


class Spool:
    """The jobs of this PC. Safe from any thread but the screen's."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._folder = store.home.spool

    def put(
        self,
        document: bytes,
        *,
        printer: int,
        options: Options,
        quote: Quote,
        paper: int | None = None,
        code: str = "",
        first: Callable[[Database, str], object] = lambda db, job: None,
        **more: Any,
    ) -> SpooledJob:
        """Take a document in; when this returns, the job survives a power cut. Raises `SpoolFull`.

        `paper` is its number in the out-tray where it comes from there. `first` is called with the job's id inside the
        same transaction, and what it raises keeps the job out. `more` are columns of `SpoolRow`.
        """
        must_not_block("spool.put")
        now = self._clock.now_ms()
        job = uuid7(now)
        key = new_key()
        sealed = seal(document, key, job)
        try:
            # The file inside the transaction: a sweep of another process never meets a file without its row.
            with self._store.write() as db:
                first(db, job)
                SpoolRow.insert(
                    job=job,
                    code=code or self.free_code(db),
                    printer=printer,
                    state="waiting",
                    paper=paper,
                    options=msgspec.msgpack.encode(options),
                    quote=msgspec.msgpack.encode(quote),
                    file=job,
                    key=key,
                    created_ms=now,
                    changed_ms=now,
                    **more,
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
                return job_of(row)
        raise DocumentGone

    def jobs(self, *, since_ms: int = 0) -> tuple[SpooledJob, ...]:
        """Open jobs and those changed since `since_ms`, newest first."""
        with self._store.read() as db:
            query = SpoolRow.select().where(SpoolRow.state.in_(OPEN) | (SpoolRow.changed_ms >= since_ms))
            return tuple(job_of(row) for row in query.order_by(ARRIVAL.desc()).execute(db))

    def of_paper(self, paper: int) -> SpooledJob | None:
        """The last job of a paper from the out-tray; None before it was put in."""
        with self._store.read() as db:
            query = SpoolRow.select().where(SpoolRow.paper == paper).order_by(ARRIVAL.desc()).limit(1)
            return next((job_of(row) for row in query.execute(db)), None)

    def next_for(
        self, printer: int, group: str = "", can: Callable[[Options], bool] = lambda options: True
    ) -> SpooledJob | None:
        """The job in flight at `printer`, else the one that has waited longest for it, or for a printer of its `group`
        and that it `can` print.
        """
        mine = SpoolRow.printer == printer
        may_take = mine | (SpoolRow.group == group) if group else mine
        with self._store.read() as db:
            for which in (mine & SpoolRow.state.in_(IN_FLIGHT), may_take & (SpoolRow.state == "waiting")):
                for row in SpoolRow.select().where(which).order_by(ARRIVAL).execute(db).iterator():
                    job = job_of(row)
                    if job.printer == printer or can(job.options):
                        return job
        return None

    def without_printer(self, printers: Collection[int]) -> tuple[SpooledJob, ...]:
        """Jobs that nobody serves, because their printer is none of `printers`; the oldest first."""
        with self._store.read() as db:
            query = SpoolRow.select().where(
                SpoolRow.state.in_((*IN_FLIGHT, "waiting")) & SpoolRow.printer.not_in(list(printers))
            )
            return tuple(job_of(row) for row in query.order_by(SpoolRow.job).execute(db))

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
        return unseal(sealed, bytes(rows[0].key), job)

    def ask_stop(self, job: str) -> None:
        """Ask for a job to be stopped; the delivery does it. Raises `JobOver`."""
        with self._store.write() as db:
            wanted = SpoolRow.update(stop_wanted=True).where(
                (SpoolRow.job == job) & SpoolRow.state.in_((*IN_FLIGHT, "waiting"))
            )
            if not wanted.execute(db):
                raise JobOver

    def move(self, job: str, printer: int, group: str) -> None:
        """Let another printer take a job that waits. Raises `JobOver` once a printer has begun with it."""
        with self._store.write() as db:
            self.mark(db, job, "waiting", before=_WAITING, printer=printer, group=group, reason="")

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
            for row in HeldRow.select(HeldRow.held, HeldRow.pieces).where(HeldRow.key.is_null(False)).execute(db):
                known |= {piece_name(row.held, number) for number in range(row.pieces)}
            for path in self._folder.iterdir():
                if path.name not in known:
                    erase_folder(path)  # a file too; drawn pages lie there in the clear

    def free_code(self, db: Database, digits: int = 4, prefix: str = "") -> str:
        """A random code that no job and no held document of this PC has: `prefix` and so many digits more.

        With many jobs it is longer: short codes would soon be guessed.
        """
        models = (SpoolRow, HeldRow)
        count = sum(model.select().count(db) for model in models)
        while count * CROWDED >= 10**digits:
            digits += 1
        while True:
            code = prefix + short_code(digits)
            if not any(model.select().where(model.code == code).exists(db) for model in models):
                return code


def piece_name(held: str, number: int) -> str:
    """The file of one piece of a held document."""
    return f"{held}.{number}"


def job_of(row: SpoolRow) -> SpooledJob:
    """A row as others see it."""
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
        held=row.held,
        group=row.group,
        again=row.again,
        honest=row.honest,
        by=row.by,
        work=cast(Work, row.work),
    )
