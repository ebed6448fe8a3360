"""A printer's raw port (TCP, usually 9100): it takes bytes, and says nothing of what becomes of them.

Only printers that take a whole document by themselves can be used so, and staff say which format: `raw://host/pdf`
sends the document as it is, `raw://host/pwg` draws its pages (grey, 300 dpi). What cannot be promised over this port is
not offered: colour, both sides, a look at the tray. Which paper lies in it staff say too: of itself it tells of A4
alone. Copies are the document sent again. A job that left whole is "sent"; one whose connection broke is unknown, and
staff look at the tray.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from akimat_desk.base.errors import AkimatDeskError
from printing.devices.backend import (
    Capabilities,
    Document,
    JobState,
    JobTicket,
    PageSize,
    PrinterJob,
    Submitted,
    Unknown,
)
from printing.devices.errors import AddressRefused, DeviceMisuse, NotReached, OptionsRefused
from printing.devices.lines import PORT, NetworkLine, listens
from printing.devices.media import A4, SHEETS

RawFormat = Literal["pdf", "pwg"]
FORMATS: Final[tuple[RawFormat, ...]] = ("pdf", "pwg")
_MIME: Final[dict[RawFormat, str]] = {"pdf": "application/pdf", "pwg": "image/pwg-raster"}
_LEAVE: Final = b"\x1b%-12345X"
"""Universal exit: ends what came before, where a printer knows PJL; others pass over it."""
_PIECE: Final = 64 * 1024


class RawBackend:
    """See `PrinterBackend`, and the module. `stop` ends the wait for a printer that takes nothing."""

    def __init__(
        self, host: str, port: int, kind: RawFormat, *, stall_s: float = 3600.0, stop: threading.Event | None = None
    ) -> None:
        self._kind = kind
        self._where = (host, port)
        self._line = NetworkLine(host, port, stall_s=stall_s, stop=stop)
        self.name = f"{host}:{port}"

    @classmethod
    def at(cls, uri: str, *, stop: threading.Event | None = None) -> RawBackend:
        """From raw://192.168.1.50/pdf or raw://printer.local:9101/pwg. Raises `AddressRefused`."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError as why:
            raise AddressRefused(typed=uri) from why
        kind = parts.path.strip("/")
        if parts.scheme != "raw" or not host or kind not in FORMATS or parts.username or parts.query:
            raise AddressRefused(typed=uri)
        return cls(host, port or PORT, kind, stop=stop)

    def probe(self) -> Capabilities:
        """See `PrinterBackend`: only whether somebody listens; it cannot be asked anything."""
        listens(*self._where)
        return Capabilities(
            name=self.name,
            formats=(_MIME[self._kind],),
            colour_modes=("monochrome",),
            copies_max=99,
            media=(A4,),
            page_ranges=self._kind == "pwg",
        )

    def validate(self, ticket: JobTicket) -> None:
        """See `PrinterBackend`."""
        refused = [
            name
            for name, wrong in (
                ("print-color-mode", ticket.colour),
                ("sides", ticket.sides != "one-sided"),
                ("media", ticket.media not in SHEETS),
                ("page-ranges", bool(ticket.page_ranges) and self._kind == "pdf"),
            )
            if wrong
        ]
        if refused:
            raise OptionsRefused(refused)

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        """See `PrinterBackend`."""
        self.validate(job)
        stream = self._stream(job, document)
        first = next(stream)  # what cannot be opened or drawn fails before anything leaves

        def pieces() -> Iterator[bytes]:
            yield first
            yield from stream

        if created is not None:
            created(job.uuid)
        try:
            sent = self._line.send(pieces())
        except NotReached:
            raise
        except AkimatDeskError as why:  # our own document, in the middle of it
            return Unknown(may_have_printed=True, why=why)
        return sent if isinstance(sent, Unknown) else Submitted(job.uuid)

    def find(self, job_uuid: str) -> PrinterJob | None:
        """See `PrinterBackend`: it never knows."""
        return None

    def poll(self, handle: str) -> JobState:
        """See `PrinterBackend`: what left whole is all there is to know."""
        return JobState("sent")

    def cancel(self, handle: str) -> None:
        """See `PrinterBackend`: nothing can be called back."""

    def _stream(self, job: JobTicket, document: Document) -> Iterator[bytes]:
        for _ in range(job.copies):
            yield _LEAVE
            yield from self._once(job, document)
        yield _LEAVE

    def _once(self, job: JobTicket, document: Document) -> Iterator[bytes]:
        if self._kind == "pdf":
            if isinstance(document.pdf, bytes):
                yield document.pdf
            else:
                yield from _file_pieces(document.pdf)
            return
        from printing.devices.raster import Sheet, encode

        if document.bitmaps is None:
            raise DeviceMisuse(detail="this printer wants page bitmaps, and nobody draws them")
        sheet = Sheet("sgray_8", 300, job.media)
        width, height = sheet.pixels
        pages = document.bitmaps(PageSize(width, height, sheet.dpi, "grey8"))
        wanted = (
            page
            for number, page in enumerate(pages, start=1)
            if not job.page_ranges or any(low <= number <= high for low, high in job.page_ranges)
        )
        yield from encode(wanted, sheet, grey=True)


def _file_pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
