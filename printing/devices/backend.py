"""One interface to whatever puts documents on paper.

    probe()             what it can do and how it is now
    validate(ticket)    would it take such a job?
    submit(...)         Submitted, or Unknown when nobody can tell; an exception means: nothing was taken
    find(job_uuid)      after Unknown, or after our PC went down: does it have our job?
    poll(handle)        how the job stands
    cancel(handle)      ask it to stop; `poll` tells what came of it

A back end holds no connection and no job; it can be opened anew at any time, from any thread but the screen's. Billing
uses our own count: a printer's counts are often absent or 0, and are stored beside ours only to be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

from akimat_desk.base.errors import AkimatDeskError
from printing.devices.media import A4 as A4
from printing.devices.reasons import Reason

Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
Quality = Literal["draft", "normal", "high"]
Mode = Literal["grey8", "rgb24"]
PrinterState = Literal["idle", "processing", "stopped", "unknown"]
State = Literal["pending", "processing", "stopping", "completed", "cancelled", "aborted", "gone", "sent"]
"""`stopping`: it was told to stop and still feeds. `gone`: it no longer knows the job, printed or not. `sent`: it took
all of it and, by its nature, never tells what came out (a raw port, the spooler of Windows).
"""

ENDED: Final[frozenset[State]] = frozenset({"completed", "cancelled", "aborted", "gone", "sent"})


class Bitmap(NamedTuple):
    """One page as pixels: rows from the top, `stride` bytes apart, white is 255."""

    width: int
    height: int
    stride: int
    mode: Mode
    pixels: bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class PageSize:
    """What a printer wants its page bitmaps to be: the whole sheet at `dpi`, in pixels."""

    width: int
    height: int
    dpi: int
    mode: Mode


Bitmaps: TypeAlias = Callable[[PageSize], Iterable[Bitmap]]
"""Draws every page of the document, in order, each exactly of that size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is to be printed: a PDF (a file, or its bytes), and who draws its pages for printers that take no PDF."""

    pdf: Path | bytes
    bitmaps: Bitmaps | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTicket:
    """What was chosen and paid for. `uuid` names the job at the printer; it holds nobody's name.

    `page_ranges` are (first, last), counted from 1; empty prints the whole document. With `true_size` nothing is made
    smaller to clear the printer's margins: a copy is as large as its original.
    """

    uuid: str
    copies: int = 1
    sides: Sides = "one-sided"
    colour: bool = False
    media: str = A4
    page_ranges: tuple[tuple[int, int], ...] = ()
    quality: Quality = "normal"
    true_size: bool = False


@dataclass(frozen=True, slots=True)
class Supply:
    """Toner, ink, waste box: `percent` is None where the printer does not know; `colour` is its own word."""

    name: str
    kind: str
    colour: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class RasterAbility:
    """How the printer wants PWG raster (PWG 5102.4): colour spaces such as "sgray_8", dpi, and how backs lie."""

    types: tuple[str, ...]
    resolutions: tuple[int, ...]
    sheet_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a printer can do, and how it is at this moment."""

    name: str
    model: str = ""
    uuid: str = ""
    location: str = ""
    formats: tuple[str, ...] = ()
    colour: bool = False
    colour_modes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ("one-sided",)
    copies_max: int = 1
    media: tuple[str, ...] = ()
    media_ready: tuple[str, ...] = ()
    media_sizes: tuple[tuple[int, int], ...] = ()
    """In hundredths of a millimetre."""
    resolutions: tuple[int, ...] = ()
    page_ranges: bool = False
    qualities: tuple[Quality, ...] = ()
    collates: bool = False
    scalings: tuple[str, ...] = ()
    """How it may fit a page to the paper (print-scaling, PWG 5100.13); empty where it offers no choice."""
    raster: RasterAbility | None = None
    operations: frozenset[int] = frozenset()
    state: PrinterState = "unknown"
    accepting: bool = True
    reasons: tuple[Reason, ...] = ()
    supplies: tuple[Supply, ...] = ()
    impressions: int | None = None
    """Sides it has printed in its life, by its own counter; None where it has none."""
    fingerprint: str = ""
    """SHA-256 of the printer's certificate, to be remembered and given to `opening.open_backend` as `pin`."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The printer has the whole job; `handle` is its name for it."""

    handle: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell whether the printer has the job: ask `find` before anything else.

    `may_have_printed` is False when the document certainly never left. `handle` is known when the printer had already
    given the job a number. `why` is what went wrong.
    """

    may_have_printed: bool
    handle: str | None = None
    why: AkimatDeskError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PrinterJob:
    """Our job as found at the printer. `has_document` False: it waits for a document that never came; cancel it, and
    sending again cannot print twice. None: the printer does not say.
    """

    handle: str
    state: State
    has_document: bool | None


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands. `reasons` tell why nothing comes out; `impressions` (sides) and `sheets` are the printer's own
    counts, None where it gives none. `name` is what the printer calls the job, "" where it does not tell: a printer
    that was reset counts its jobs from 1 again, and then another's job may stand under our handle.
    """

    state: State
    reasons: tuple[Reason, ...] = ()
    impressions: int | None = None
    sheets: int | None = None
    name: str = ""

    @property
    def ended(self) -> bool:
        """Nothing more will come."""
        return self.state in ENDED


class PrinterBackend(Protocol):
    """What the spooler knows of a printer. Everything may raise a `DeviceError`."""

    def probe(self) -> Capabilities:
        """Ask what it can do and how it is."""
        ...

    def validate(self, ticket: JobTicket) -> None:
        """Raise `OptionsRefused` or `FormatRefused` when it would not print such a job as paid."""
        ...

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        """Hand the job over; blocks until the printer has all of it.

        `created` is called with the handle as soon as there is one, always before the document leaves, so that it can
        be stored and polled meanwhile; a printer that makes the job only with its document has "" as the handle first.
        An exception means that nothing was taken.
        """
        ...

    def find(self, job_uuid: str) -> PrinterJob | None:
        """Our job among those the printer knows, ended ones too; None where it knows none of that name."""
        ...

    def poll(self, handle: str) -> JobState:
        """How the job stands now."""
        ...

    def cancel(self, handle: str) -> None:
        """Ask to stop the job. A job that has ended or is not known is no error: `poll` tells."""
        ...
