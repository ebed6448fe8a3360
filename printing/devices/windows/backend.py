"""A printer of Windows, as a `PrinterBackend`: most rooms have a USB printer that speaks no IPP.

Pages are drawn by us and handed to GDI as pixels, so nothing depends on the fonts or the viewer of this PC, and grey is
grey whatever the driver makes of its colour setting. What is paid for is asked of the driver (paper, sides) and read
back; copies that it does not promise are sent page by page.

The spooler tells what it gave to the port, never what came out, and forgets a job that has left: such a job is "sent".
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.threads import must_not_block
from printing.devices.backend import (
    Bitmap,
    Capabilities,
    Document,
    JobState,
    JobTicket,
    Mode,
    PageSize,
    PrinterJob,
    Sides,
    Submitted,
    Unknown,
)
from printing.devices.errors import AddressRefused, DeviceMisuse, NotReached, OptionsRefused, ReplyLost, Stopped
from printing.devices.media import WINDOWS_PAPERS
from printing.devices.windows import states, structures
from printing.devices.windows.calls import (
    DeviceSize,
    PageDevice,
    QueuedJob,
    Settings,
    Windows,
    WindowsSays,
    open_windows,
)
from printing.devices.windows.pixels import BAND_ROWS, bands, place

SCHEME: Final = "windows"
_NAMES: Final = {number: media for media, number in WINDOWS_PAPERS.items()}
DPI: Final = 300
"""What pages are drawn at, or the device's own where that is less; four times the pixels are not worth it for text."""

_DUPLEX: Final[dict[Sides, int]] = {
    "one-sided": structures.ONE_SIDED,
    "two-sided-long-edge": structures.LONG_EDGE,
    "two-sided-short-edge": structures.SHORT_EDGE,
}


def address_of(name: str) -> str:
    """The address of a printer by the name it has in Windows.

    >>> address_of("Canon G3010")
    'windows:///Canon%20G3010'
    """
    return f"{SCHEME}:///{quote(name, safe='')}"


def name_in(uri: str) -> str:
    """The name in such an address. Raises `AddressRefused`."""
    parts = urlsplit(uri)
    name = unquote(parts.path[1:])
    if parts.scheme != SCHEME or parts.netloc or not name:
        raise AddressRefused(typed=uri)
    return name


class WindowsBackend:
    """See `PrinterBackend`. `stop` ends the handing over between two bands of a page."""

    def __init__(self, name: str, *, windows: Windows | None = None, stop: threading.Event | None = None) -> None:
        self._name = name
        self._windows = windows
        self._stop = stop or threading.Event()

    @property
    def windows(self) -> Windows:
        """Windows; opened when first needed, off the screen's thread."""
        must_not_block("Windows printing")
        if self._windows is None:
            self._windows = open_windows()
        return self._windows

    def probe(self) -> Capabilities:
        """See `PrinterBackend`."""
        try:
            told, can = self.windows.told(self._name), self.windows.can(self._name)
        except WindowsSays as why:
            raise NotReached(address=self._name) from why
        return Capabilities(
            name=told.name,
            model=told.driver,
            location=told.location,
            formats=("image/pwg-raster",),
            colour=can.colour,
            colour_modes=("color", "monochrome") if can.colour else ("monochrome",),
            sides=tuple(_DUPLEX) if can.both_sides else ("one-sided",),
            copies_max=999,  # those the driver does not make are sent one by one
            media=tuple(_NAMES.get(paper, f"windows-{paper}") for paper in can.papers),
            resolutions=can.dpi,
            page_ranges=True,
            state=states.printer_state(told.status),
            reasons=states.printer_reasons(told.status, told.attributes),
        )

    def validate(self, ticket: JobTicket) -> None:
        """See `PrinterBackend`: by what the driver accepts."""
        try:
            self._settle(ticket)
        except WindowsSays as why:
            raise NotReached(address=self._name) from why

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        """See `PrinterBackend`. The spooler may print a document while it is still given pages: once a side has been
        handed over, a trouble leaves it unknown whether that came out.
        """
        if document.bitmaps is None:
            raise DeviceMisuse(detail="this printer wants page bitmaps, and nobody draws them")
        handle, sides = "", 0
        try:
            accepted, block = self._settle(job)
            with self.windows.device(self._name, block) as device:
                size = _page_size(device.size, job)
                draw = document.bitmaps

                def drawn() -> Iterator[Bitmap]:
                    return _chosen(draw(size), job)

                pages = _in_order(drawn, job, accepted.copies)
                first = next(pages, None)  # what cannot be drawn fails before there is a job
                if first is None:
                    raise DeviceMisuse(detail="a document without pages")
                handle = str(device.start(job.uuid))
                if created is not None:
                    created(handle)
                for page in itertools.chain((first,), pages):
                    self._side(device, page)
                    sides += 1
                device.end()
        except AkimatDeskError as why:
            if sides or isinstance(why, WindowsSays | Stopped):
                return self._broke(why, handle, sides)
            raise
        return Submitted(handle)

    def _broke(self, why: AkimatDeskError, handle: str, sides: int) -> Unknown:
        if sides:
            kept: AkimatDeskError = why if isinstance(why, Stopped) else _lost(self._name, why)
            return Unknown(may_have_printed=True, handle=handle, why=kept)
        if isinstance(why, Stopped):
            raise Stopped(sent=False, address=self._name) from why
        if handle:  # a job was begun and given up, without a side on it
            return Unknown(may_have_printed=False, handle=handle, why=why)
        raise NotReached(address=self._name) from why

    def find(self, job_uuid: str) -> PrinterJob | None:
        """See `PrinterBackend`: among those still in the queue; the spooler remembers no others."""
        found = next((each for each in self.windows.jobs(self._name) if each.document == job_uuid), None)
        if found is None:
            return None
        return PrinterJob(str(found.number), states.job_state(found.status), None)

    def poll(self, handle: str) -> JobState:
        """See `PrinterBackend`."""
        if not handle.isascii() or not handle.isdigit():
            raise DeviceMisuse(detail="a handle of another back end")
        try:
            found = self.windows.job(self._name, int(handle))
            told = self.windows.told(self._name) if found is not None else None
        except WindowsSays as why:
            raise NotReached(address=self._name) from why
        if found is None or told is None:
            return JobState("sent")
        reasons = (*states.job_reasons(found.status), *states.printer_reasons(told.status, told.attributes))
        state = states.job_state(found.status)
        return JobState(
            state, reasons if state in ("pending", "processing") else (), _printed(found), name=found.document
        )

    def cancel(self, handle: str) -> None:
        """See `PrinterBackend`."""
        self.windows.delete_job(self._name, int(handle))

    def _settle(self, job: JobTicket) -> tuple[Settings, bytes]:
        """Have the driver take the settings; `OptionsRefused` names what it does not."""
        if job.media not in WINDOWS_PAPERS:
            raise OptionsRefused(["media"])
        colour = structures.IN_COLOUR if job.colour else structures.MONOCHROME
        wanted = Settings(WINDOWS_PAPERS[job.media], job.copies, colour, _DUPLEX[job.sides])
        accepted, block = self.windows.settle(self._name, wanted)
        refused = []
        if accepted.paper != wanted.paper:
            refused.append("media")
        if job.sides != "one-sided" and accepted.duplex != wanted.duplex:
            refused.append("sides")
        if refused:
            raise OptionsRefused(refused)
        if 1 < accepted.copies != job.copies:  # neither what we asked for nor one: ask for one, and repeat
            return self.windows.settle(self._name, Settings(wanted.paper, 1, colour, wanted.duplex))
        return accepted, block

    def _side(self, device: PageDevice, page: Bitmap | None) -> None:
        """One side of a sheet; None leaves it white."""
        device.start_page()
        if page is not None:
            size = device.size
            across = place(0, page.width, page.width, size.sheet[0], size.offset[0])
            for band in bands(page, BAND_ROWS):
                if self._stop.is_set():
                    raise Stopped(sent=True, address=self._name)
                down = place(band.top, band.rows, page.height, size.sheet[1], size.offset[1])
                grey = page.mode == "grey8"
                device.draw(across, down, page.width, band.rows, band.pixels, grey=grey)
        device.end_page()


def _page_size(size: DeviceSize, job: JobTicket) -> PageSize:
    """The bitmap for a whole sheet of this device."""
    dpi = min(DPI, *size.dpi)
    width, height = (round(sheet * dpi / dots) for sheet, dots in zip(size.sheet, size.dpi, strict=True))
    mode: Mode = "rgb24" if job.colour else "grey8"
    return PageSize(width, height, dpi, mode)


def _chosen(pages: Iterable[Bitmap], job: JobTicket) -> Iterator[Bitmap]:
    for number, page in enumerate(pages, start=1):
        if not job.page_ranges or any(low <= number <= high for low, high in job.page_ranges):
            yield page


def _in_order(drawn: Callable[[], Iterator[Bitmap]], job: JobTicket, copies_by_driver: int) -> Iterator[Bitmap | None]:
    """Every side that is to be handed over; None is an empty one. Where the driver makes the copies, the document once;
    else it is drawn as often as was paid for (to keep it would take a gigabyte), and on both sides each copy begins on
    a sheet of its own.
    """
    for left in reversed(range(1 if copies_by_driver >= job.copies else job.copies)):
        sides = 0
        for page in drawn():
            sides += 1
            yield page
        if left and job.sides != "one-sided" and sides % 2:
            yield None


def _printed(job: QueuedJob) -> int | None:
    return job.pages_printed or None


def _lost(name: str, why: AkimatDeskError) -> ReplyLost:
    lost = ReplyLost(address=name)
    lost.__cause__ = why
    return lost
