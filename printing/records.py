"""Printing's tables, and reads that return frozen dataclasses.

`PriceRow` and `PrintedJob` are what the journal says. `PrinterRow` and `SpoolRow` belong to this PC alone: addresses
and jobs on their way never travel. A spooled file is encrypted under a key that lives only in its row; dropping the row
makes the file unreadable even where a disk keeps old bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

import msgspec
import peewee

from akimat_desk.store import Migration
from printing import live
from printing.holding import HoldingRow
from printing.money.prices import PriceTable
from printing.money.records import PROJECTIONS as MONEY_PROJECTIONS
from printing.rules import MOST_COPIES, Size
from printing.scanning.records import LOCAL_TABLES as SCANNING_TABLES
from printing.sizes import from_text

if TYPE_CHECKING:
    from akimat_desk.store import Database

JobState = Literal["waiting", "creating", "sending", "printing", "asking", "uncertain", "done", "stopped", "failed"]
"""A job's way.

    waiting ─► creating ─► sending ─► printing ─► done | stopped | failed
       ▲          └────────────┴──────────┴─► asking ─► printing | uncertain
       └──────────────────────────────────────────┘ only when the document certainly never left

`creating`: the printer is being told of the job and has no page of it. `sending`: the document is on its way and may
print. `asking`: a reply was lost, or this PC went down; the printer is asked what it knows. `uncertain`: it does not
know either; staff look at the tray and say. What may have printed is never sent again by itself.
"""

Purpose = Literal["paper", "receipt"]
Letters = Literal["", "text", "picture"]
"""See `PrinterRow.letters`."""

OPEN: Final[tuple[JobState, ...]] = ("waiting", "creating", "sending", "printing", "asking", "uncertain")
IN_FLIGHT: Final[tuple[JobState, ...]] = ("creating", "sending", "printing", "asking")


class PriceRow(peewee.Model):
    """Projection of `entries.PricesSet`."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    valid_from = peewee.TextField()
    content = peewee.TextField()
    """The table as JSON (`money.prices.PriceTable`)."""

    class Meta:
        table_name = "printing_price"


class PrintedJob(peewee.Model):
    """Projection of `entries.JobEnded`."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    device = peewee.TextField()
    job = peewee.TextField()
    ended_ms = peewee.IntegerField(index=True)
    outcome = peewee.TextField()
    pages = peewee.IntegerField()
    sheets = peewee.IntegerField()
    grey_pages = peewee.IntegerField()
    colour_pages = peewee.IntegerField()
    copies = peewee.IntegerField()
    sides = peewee.TextField()
    colour = peewee.TextField()
    tenge = peewee.IntegerField()
    printer_count = peewee.IntegerField(null=True)
    decided_by = peewee.TextField(null=True)
    size = peewee.TextField(default="A4")

    class Meta:
        table_name = "printing_job"


class PrinterRow(peewee.Model):
    """A printer of this PC. `purpose` is "paper" or "receipt"; the first of each by `rank` is used.

    Printers of one `group` are alike and share the load; "" stands alone. `letters` is how a receipt printer writes, as
    its test receipt has shown: "text" (its own letters have the Kazakh ones), "picture", or "" while nobody has looked.
    `sizes` are its sheets as it last said, `own_sizes` as staff say, "" where they leave it to the printer
    (`sizes.from_text`).
    """

    id = peewee.AutoField()
    name = peewee.TextField()
    uri = peewee.TextField(unique=True)
    purpose = peewee.TextField(default="paper")
    width = peewee.IntegerField(default=576)
    rank = peewee.IntegerField(default=0)
    pin = peewee.TextField(default="")
    document_format = peewee.TextField(default="")
    colour = peewee.BooleanField(default=True)
    both_sides = peewee.BooleanField(default=True)
    most_copies = peewee.IntegerField(default=MOST_COPIES)
    group = peewee.TextField(default="")
    letters = peewee.TextField(default="")
    sizes = peewee.TextField(default="A4")
    own_sizes = peewee.TextField(default="")

    class Meta:
        table_name = "printing_printer"


class SpoolRow(peewee.Model):
    """A job on its way, and the ones that ended today (without their file)."""

    job = peewee.TextField(primary_key=True)
    code = peewee.TextField()
    printer = peewee.IntegerField(index=True)
    state = peewee.TextField(index=True)
    paper = peewee.IntegerField(null=True)
    """Its number in the out-tray, 0 for a test page; NULL is a resident's own document."""
    options = peewee.BlobField()
    quote = peewee.BlobField()
    file = peewee.TextField(default="")
    key = peewee.BlobField(null=True)
    handle = peewee.TextField(null=True)
    may_have_printed = peewee.BooleanField(default=False)
    stop_wanted = peewee.BooleanField(default=False)
    printed = peewee.IntegerField(null=True)
    reason = peewee.TextField(default="")
    told = peewee.BlobField(default=msgspec.msgpack.encode({}))
    """What fills the sentence of `reason`: addresses and names of options, nothing of a person."""
    created_ms = peewee.IntegerField()
    changed_ms = peewee.IntegerField()
    held = peewee.TextField(default="")
    group = peewee.TextField(default="")
    again = peewee.BooleanField(default=False)
    honest = peewee.BooleanField(default=False)
    by = peewee.TextField(null=True)
    work = peewee.TextField(default="print")

    class Meta:
        table_name = "printing_spool"


class HeldRow(peewee.Model):
    """A document that waits under its code until somebody releases it; see `held.Held`.

    `pages` are what is known of the file, `options` what was chosen. It lies on the disk in `pieces`, sealed under
    `key`; NULL is a document that is destroyed. It is due at `due_ms` by the clock on the wall, or when this PC has run
    for another `left_s` seconds: a clock that is turned back keeps no document.
    """

    held = peewee.TextField(primary_key=True)
    code = peewee.TextField(index=True)
    device = peewee.TextField()
    seat = peewee.IntegerField()
    state = peewee.TextField(index=True)
    pages = peewee.BlobField()
    options = peewee.BlobField()
    quote = peewee.BlobField()
    size = peewee.IntegerField()
    digest = peewee.BlobField()
    pieces = peewee.IntegerField(default=0)
    key = peewee.BlobField(null=True)
    job = peewee.TextField(default="")
    released_by = peewee.TextField(null=True)
    created_ms = peewee.IntegerField()
    changed_ms = peewee.IntegerField()
    due_ms = peewee.IntegerField()
    left_s = peewee.FloatField()
    back = peewee.TextField(default="")
    """"untold": taken back from a main PC that did not answer and has still to be told; "told" afterwards."""
    back_by = peewee.TextField(null=True)
    """The staff member who said that the main PC does not have it."""

    class Meta:
        table_name = "printing_held"
        indexes = ((("state", "code"), False),)


class PastRow(peewee.Model):
    """A line of what a printer has been through (`past`). `code` is how a job ended or what the fault is; `pages` are
    ours, `count` is the printer's own.
    """

    id = peewee.AutoField()
    printer = peewee.IntegerField(index=True)
    at_ms = peewee.IntegerField()
    what = peewee.TextField()
    code = peewee.TextField(default="")
    job = peewee.TextField(default="")
    pages = peewee.IntegerField(null=True)
    count = peewee.IntegerField(null=True)

    class Meta:
        table_name = "printing_past"


class FolderRow(peewee.Model):
    """A folder of this PC that staff have opened to residents (where the scanner puts its files, say)."""

    path = peewee.TextField(primary_key=True)

    class Meta:
        table_name = "printing_folder"


PROJECTIONS: Final = (PriceRow, PrintedJob, HoldingRow, *MONEY_PROJECTIONS)


def _remember_printers(db: Database) -> None:
    with PastRow.bind_ctx(db):
        PastRow.create_table(safe=False)


def _make_local_tables(db: Database) -> None:
    for model in (PrinterRow, SpoolRow, FolderRow):
        with model.bind_ctx(db):
            model.create_table(safe=False)


def _group_printers(db: Database) -> None:
    """In a file made by this version the columns are there already: tables are made from their models."""
    have = {column.name for column in db.get_columns("printing_printer")}
    for name in {"group", "letters"} - have:
        db.execute_sql(f"ALTER TABLE printing_printer ADD COLUMN \"{name}\" TEXT NOT NULL DEFAULT ''")


def _hold_documents(db: Database) -> None:
    """As above: a file of this version has the columns of the spool already."""
    with HeldRow.bind_ctx(db):
        HeldRow.create_table(safe=False)
    have = {column.name for column in db.get_columns("printing_spool")}
    for name, of in (("held", _TEXT), ("group", _TEXT), ("again", _FLAG), ("honest", _FLAG), ("by", "TEXT")):
        if name not in have:
            db.execute_sql(f'ALTER TABLE printing_spool ADD COLUMN "{name}" {of}')


def _tell_sizes(db: Database) -> None:
    if "sizes" not in {column.name for column in db.get_columns("printing_printer")}:
        db.execute_sql("ALTER TABLE printing_printer ADD COLUMN sizes TEXT NOT NULL DEFAULT 'A4'")


def _say_sizes(db: Database) -> None:
    if "own_sizes" not in {column.name for column in db.get_columns("printing_printer")}:
        db.execute_sql("ALTER TABLE printing_printer ADD COLUMN own_sizes TEXT NOT NULL DEFAULT ''")


def _take_back(db: Database) -> None:
    have = {column.name for column in db.get_columns("printing_held")}
    for name, of in (("back", _TEXT), ("back_by", "TEXT")):
        if name not in have:
            db.execute_sql(f'ALTER TABLE printing_held ADD COLUMN "{name}" {of}')


_TEXT: Final = "TEXT NOT NULL DEFAULT ''"
_FLAG: Final = "INTEGER NOT NULL DEFAULT 0"
LOCAL_TABLES: Final = (
    Migration("printing.printers_and_spool", _make_local_tables),
    Migration("printing.printer_groups", _group_printers),
    Migration("printing.past_of_printers", _remember_printers),
    Migration("printing.held", _hold_documents),
    live.MIGRATION,
    Migration("printing.taken_back", _take_back),
    Migration("printing.sizes", _tell_sizes),
    Migration("printing.own_sizes", _say_sizes),
    *SCANNING_TABLES,
)


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as the desk knows it.

    `pin` is its certificate as it was when the printer was added, `document_format` and `own_sizes` what staff have
    chosen over what it says of itself. What it can do is what it last said; one that was never asked is believed to do
    everything, on A4.
    """

    id: int
    name: str
    uri: str
    purpose: Purpose
    width: int
    pin: str = ""
    document_format: str = ""
    colour: bool = True
    both_sides: bool = True
    most_copies: int = MOST_COPIES
    group: str = ""
    letters: Letters = ""
    sizes: str = "A4"
    own_sizes: str = ""

    @property
    def paper(self) -> tuple[Size, ...]:
        """The sheets it prints on."""
        return from_text(self.own_sizes or self.sizes)

    @property
    def way(self) -> tuple[str, str, str]:
        """How it is reached; another way is another connection."""
        return self.uri, self.pin, self.document_format


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What printing came to in one day at this village."""

    jobs: int
    pages: int
    sheets: int
    tenge: int


def printers(db: Database, purpose: str | None = None) -> tuple[Printer, ...]:
    """This PC's printers in the order they are used."""
    query = PrinterRow.select().order_by(PrinterRow.rank, PrinterRow.id)
    if purpose is not None:
        query = query.where(PrinterRow.purpose == purpose)
    return tuple(
        Printer(
            row.id,
            row.name,
            row.uri,
            cast(Purpose, row.purpose),
            row.width,
            row.pin,
            row.document_format,
            row.colour,
            row.both_sides,
            row.most_copies,
            row.group,
            cast(Letters, row.letters),
            row.sizes,
            row.own_sizes,
        )
        for row in query.execute(db)
    )


def folders(db: Database) -> tuple[Path, ...]:
    """The folders residents may take files from, besides their sticks."""
    return tuple(Path(row.path) for row in FolderRow.select().order_by(FolderRow.path).execute(db))


def price_tables(db: Database) -> tuple[PriceTable, ...]:
    """All price tables ever set, the later written last."""
    return tuple(
        msgspec.json.decode(row.content, type=PriceTable)
        for row in PriceRow.select().order_by(PriceRow.at, PriceRow.entry).execute(db)
    )


def totals(db: Database, from_ms: int, to_ms: int) -> DayTotals:
    """Sums over the jobs that ended in [from_ms, to_ms), each by the clock of its own PC."""
    row = (
        PrintedJob.select(
            peewee.fn.COUNT(PrintedJob.entry),
            peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.pages), 0),
            peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.sheets), 0),
            peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.tenge), 0),
        )
        .where((PrintedJob.ended_ms >= from_ms) & (PrintedJob.ended_ms < to_ms))
        .tuples()
        .execute(db)
    )
    return DayTotals(*next(iter(row)))
