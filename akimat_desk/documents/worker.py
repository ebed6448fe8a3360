"""The desk's side of the worker: files go in as paths, facts and pixels come out.

    with Worker(session_folder) as worker:
        inspection = worker.inspect(path)
        if inspection.can_print:
            picture = worker.preview(path, 1, 600, grey=True)
            worker.to_pdf(path, spool / "job.pdf")

The file is opened in another process with limits of time and memory. Whatever happens there is one of our errors here,
and the next call gets a fresh process.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import Sentence
from akimat_desk.documents import protocol
from akimat_desk.documents.confine import Process
from akimat_desk.documents.errors import (
    Cancelled,
    Crashed,
    DocumentError,
    FileTooLarge,
    NoPages,
    PasswordNeeded,
    PasswordWrong,
    TooHeavy,
    WorkerMissing,
    error_of,
    sentence_of,
)
from akimat_desk.documents.inspection import Findings, Inspection, Kind
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.protocol import Strip
from akimat_desk.people.erasing import erase_folder

A4_MM: Final = (210.0, 297.0)
_MODULE: Final = "akimat_desk.documents.inside"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Printable:
    """A PDF that a printer takes: no password, no damage, no forms to fill in."""

    path: Path
    pages: int


class Worker:
    """One worker process, started when first needed. Calls from several threads take turns.

    It keeps the last document in its memory, so that turning pages is quick and a stick may be pulled out: a worker
    belongs to one resident's session, and the wipe closes it.

    Every call raises an error of `documents.errors` when the file is not to be had; `Cancelled` after `cancel` or
    `close`, and `WorkerMissing` when no process can be started. Only `warm` and `cancel` may be called on the screen's
    thread.
    """

    def __init__(self, folder: Path, limits: Limits | None = None, *, converter: str | None = None) -> None:
        """`folder` is the resident's session folder: the worker's own folder is made in it, and goes with `close`.

        `converter` is the LibreOffice to use; None looks for one, "" does without.
        """
        self.limits = limits or Limits()
        self._parent = folder
        self._converter = converter
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._process: Process | None = None
        self._folder: Path | None = None
        self._busy = False
        self._cancelled = False
        self._closed = False
        self._kind: Kind = "unknown"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- calls

    def warm(self) -> None:
        """Start the process and let it import everything, in the background; returns at once."""
        threading.Thread(target=self._warm, name="document worker warms", daemon=True).start()

    def inspect(self, path: Path, password: str | None = None) -> Inspection:
        """What `path` is, how many pages, which in colour. A file that does not print is an answer, not an error."""
        order = protocol.Inspect(path=_name(path), password=password)
        with self._call():
            try:
                found = self._ask(order, protocol.Inspected, self.limits.inspect_seconds)[0].findings
            except (Cancelled, WorkerMissing):
                raise
            except DocumentError as why:
                locked = isinstance(why, PasswordNeeded | PasswordWrong)
                found = Findings(kind=self._kind, reason=why.code, encrypted=locked, needs_password=locked)
                return _inspection(path, found, why.for_resident)
            return _inspection(path, found, sentence_of(found.reason, found.values))

    def preview(
        self,
        path: Path,
        page: int,
        width_px: int,
        grey: bool = False,
        *,
        height_px: int | None = None,
        password: str | None = None,
    ) -> bytes:
        """Page `page` (from 1) as a PNG `width_px` wide, in grey when grey printing is chosen.

        With `height_px` it is the largest picture that fits both.
        """
        order = protocol.Preview(
            path=_name(path), password=password, page=page, width=width_px, height=height_px, grey=grey
        )
        with self._call():
            return self._ask(order, protocol.Previewed, self.limits.preview_seconds)[1]

    def to_pdf(
        self,
        path: Path,
        target: Path,
        *,
        pages: Sequence[int] | None = None,
        sides: Sequence[Sequence[int]] | None = None,
        sheet_mm: tuple[float, float] = A4_MM,
        password: str | None = None,
        staff_override: bool = False,
    ) -> Printable:
        """Write the file, or its `pages` (from 1, in that order), as a printable PDF to `target`; all or nothing.

        With `sides`, several pages lie on each side of a sheet of `sheet_mm` (upright; see `imposing.impose`); these
        are what is counted then.
        `staff_override` prints what its author forbade to print; whoever passes it records that. `target` holds the
        resident's document in the clear: it belongs into the session folder or, encrypted, into the spool.
        """
        if (pages is not None and not pages) or (sides is not None and not any(map(any, sides))):
            raise NoPages
        order = protocol.ToPdf(
            path=_name(path),
            password=password,
            target=_name(target),
            pages=None if pages is None else tuple(pages),
            override=staff_override,
            sides=None if sides is None else tuple(map(tuple, sides)),
            sheet_mm=sheet_mm,
        )
        with self._call():
            try:
                made = self._ask(order, protocol.Made, self.limits.pdf_seconds)[0]
            except DocumentError:
                erase_folder(target.with_name(target.name + ".part"))
                raise
            return Printable(target, made.pages)

    def render_pages(
        self,
        path: Path,
        *,
        dpi: int,
        colour: bool,
        media_mm: tuple[float, float] | None = A4_MM,
        pages: Sequence[int] | None = None,
        blue_first: bool = False,
        password: str | None = None,
    ) -> Iterator[tuple[Strip, bytes]]:
        """The pixels of a printable PDF, strip after strip, page after page, laid on sheets of `media_mm`.

        Pages that fit keep their size, larger ones are made smaller, those that lie across are turned; None takes each
        page as its own sheet. A strip has at most 36 MB: an A4 page at 300 dpi is one strip. See `protocol.Strip`.
        """
        wanted: Iterator[int] | None = iter(pages) if pages is not None else None
        page = 1 if wanted is None else next(wanted, 0)
        while page:
            y, height, count = 0, 1, 0
            while y < height:
                order = protocol.Render(
                    path=_name(path),
                    password=password,
                    page=page,
                    dpi=dpi,
                    colour=colour,
                    blue_first=blue_first,
                    media_mm=media_mm,
                    y=y,
                )
                with self._call():
                    strip, pixels = self._ask(order, Strip, self.limits.render_seconds)
                    if strip.y != y or strip.rows < 1 or len(pixels) != strip.rows * strip.stride:
                        self._drop(Crashed)
                        raise Crashed(detail="strip of another shape")
                y, height, count = y + strip.rows, strip.height, strip.pages
                yield strip, pixels
            page = next(wanted, 0) if wanted is not None else (page + 1 if page < count else 0)

    def develop(self, data: bytes, order: protocol.Develop) -> tuple[protocol.Developed, bytes]:
        """A scanned picture made ready, and what it is now. It goes through memory alone, never through a file."""
        if len(data) > protocol.MOST_BYTES:
            raise FileTooLarge(size_mb=len(data) >> 20, limit_mb=protocol.MOST_BYTES >> 20)
        with self._call():
            return self._ask(order, protocol.Developed, self.limits.preview_seconds, data)

    def cancel(self) -> None:
        """Stop the call that is under way, from any thread; it raises `Cancelled`. Without one nothing happens."""
        with self._state:
            if self._busy:
                self._cancelled = True
                if self._process:
                    self._process.interrupt(Cancelled)

    def close(self) -> None:
        """Stop, and remove the worker's folder with all it holds. Later calls raise `Cancelled`."""
        with self._state:
            self._closed = True
            if self._process:
                self._process.interrupt(Cancelled)
        with self._turn:
            self._drop(Cancelled)
            if self._folder:
                erase_folder(self._folder)
                self._folder = None

    # ---- one call

    def _call(self) -> _Turn:
        must_not_block("document worker")
        return _Turn(self)

    def _warm(self) -> None:
        with suppress(DocumentError), _Turn(self):
            self._ask(protocol.Warm(), protocol.Warmed, self.limits.start_seconds)

    def _begin(self) -> None:
        self._turn.acquire()
        with self._state:
            self._busy, self._cancelled = True, False
            closed = self._closed
        if closed:
            self._finish()
            raise Cancelled

    def _finish(self) -> None:
        with self._state:
            self._busy = False
        self._turn.release()

    def _ask(self, order: protocol.Order, answer: type[_T], seconds: float, data: bytes = b"") -> tuple[_T, bytes]:
        """Send `order` with `data`, wait for its answer of type `answer`, at most `seconds` (more for office files)."""
        self._kind = "unknown"
        process = self._running()
        clock = _Deadline(process, seconds)
        try:
            protocol.write_frame(process.input, protocol.encode(order), data)
            while True:
                message, raw = protocol.read_frame(process.output)
                match protocol.decode_answer(message):
                    case protocol.Seen(kind=kind):
                        self._kind = kind
                        if kind == "office":
                            clock.extend(self.limits.office_seconds)
                    case protocol.Refusal(code=code, values=values, detail=detail):
                        raise error_of(code, values, detail)
                    case said if isinstance(said, answer):
                        return said, raw
                    case _:
                        raise protocol.Broken
        except (protocol.Broken, msgspec.MsgspecError) as why:
            raise self._drop(Crashed)() from why
        finally:
            clock.stop()

    def _running(self) -> Process:
        if self._process and self._process.alive:
            return self._process
        self._drop(Crashed)
        try:
            folder = self._own_folder()
            process = Process(_MODULE, folder, self.limits)
        except OSError as why:
            raise WorkerMissing(detail=type(why).__name__) from why
        with self._state:
            self._process = process
            if self._cancelled or self._closed:
                process.interrupt(Cancelled)
        clock = _Deadline(process, self.limits.start_seconds)
        try:
            hello = protocol.Hello(limits=self.limits, folder=os.fsencode(folder), converter=self._find_converter())
            protocol.write_frame(process.input, protocol.encode(hello))
            if not isinstance(protocol.decode_answer(protocol.read_frame(process.output)[0]), protocol.Ready):
                raise protocol.Broken
        except (protocol.Broken, msgspec.MsgspecError) as why:
            detail = _last_line(process.log)
            if self._drop(Crashed) is Cancelled:
                raise Cancelled from why
            raise WorkerMissing(detail=detail) from why
        finally:
            clock.stop()
        return process

    def _drop(self, unless_known: type[DocumentError]) -> type[DocumentError]:
        """End the process, empty its folder, and tell why it ended."""
        with self._state:
            process, self._process = self._process, None
        if process is None:
            return unless_known
        reason = process.end()
        if self._folder:
            for left in self._folder.iterdir():
                erase_folder(left)
        return reason

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="documents-", dir=self._parent))
        return self._folder

    def _find_converter(self) -> str:
        if self._converter is None:
            from akimat_desk.documents.converter import find_converter

            self._converter = find_converter()
        return self._converter


class _Turn:
    """One call at a time; what `cancel` stops is the call inside."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def __enter__(self) -> None:
        self._worker._begin()

    def __exit__(self, *_: object) -> None:
        self._worker._finish()


class _Deadline:
    """Interrupts the process when its time is up."""

    def __init__(self, process: Process, seconds: float) -> None:
        self._process = process
        self._timer = self._set(seconds)

    def _set(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._process.interrupt, (TooHeavy,))
        timer.daemon = True
        timer.start()
        return timer

    def extend(self, seconds: float) -> None:
        """Begin anew, with `seconds`."""
        self._timer.cancel()
        self._timer = self._set(seconds)

    def stop(self) -> None:
        """The answer came in time."""
        self._timer.cancel()


def _inspection(path: Path, found: Findings, message: Sentence) -> Inspection:
    return Inspection(
        file=os.fsencode(path).decode("utf-8", "replace"),
        kind=found.kind,
        valid=found.valid,
        reason=found.reason,
        message=message,
        pages=found.pages,
        colour_pages=found.colour_pages,
        blank_pages=found.blank_pages,
        encrypted=found.encrypted,
        needs_password=found.needs_password,
        printing_allowed=found.printing_allowed,
        repaired=found.repaired,
        sizes_mm=found.sizes_mm,
        encoding=found.encoding,
    )


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[-1] if lines else ""


def _name(path: Path) -> bytes:
    """The path as the system's bytes; whole, because the worker stands in another folder."""
    return os.fsencode(path.absolute())
