"""`Windows` by ctypes: winspool.drv and gdi32.dll as they are. Seen at work under wine; see docs/windows-printing.md.

Everything is declared with its types, because handles are 64 bits long and ctypes would cut them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import byref, c_char_p, c_int, c_uint16, c_uint32, c_void_p, c_wchar_p, sizeof
from typing import Any, Final

from printing.devices.windows import structures as s
from printing.devices.windows.calls import (
    DeviceSize,
    DriverCan,
    PrinterTold,
    QueuedJob,
    Settings,
    WindowsSays,
)
from printing.devices.windows.pixels import Span

_LOCAL_AND_CONNECTED: Final = 2 | 4
_DC_PAPERS, _DC_DUPLEX, _DC_RESOLUTIONS, _DC_COPIES, _DC_COLOUR = 2, 7, 13, 18, 32
_DM_OUT, _DM_IN = 2, 8
_LOG_PIXELS, _PHYSICAL, _OFFSET = (88, 90), (110, 111), (112, 113)
_SRC_COPY: Final = 0x00CC0020
_DELETE: Final = 5
_MOST_JOBS: Final = 1000
_PIECE: Final = 64 * 1024

Pointer: Final = c_void_p


def _library(name: str, functions: dict[str, tuple[Any, tuple[Any, ...]]]) -> Any:
    loader: Any = ctypes
    library = loader.WinDLL(name, use_last_error=True)
    for function, (result, arguments) in functions.items():
        found = getattr(library, function)
        found.restype, found.argtypes = result, arguments
    return library


def _last_error() -> int:
    system: Any = ctypes
    return int(system.get_last_error())


class NativeWindows:
    """See `calls.Windows`."""

    def __init__(self) -> None:
        number, handle = c_uint32, c_void_p
        self._spool = _library(
            "winspool.drv",
            {
                "EnumPrintersW": (c_int, (number, c_wchar_p, number, Pointer, number, Pointer, Pointer)),
                "OpenPrinterW": (c_int, (c_wchar_p, Pointer, Pointer)),
                "ClosePrinter": (c_int, (handle,)),
                "GetPrinterW": (c_int, (handle, number, Pointer, number, Pointer)),
                "DocumentPropertiesW": (c_int, (handle, handle, c_wchar_p, Pointer, Pointer, number)),
                "DeviceCapabilitiesW": (c_int, (c_wchar_p, c_wchar_p, c_uint16, Pointer, Pointer)),
                "EnumJobsW": (c_int, (handle, number, number, number, Pointer, number, Pointer, Pointer)),
                "GetJobW": (c_int, (handle, number, number, Pointer, number, Pointer)),
                "SetJobW": (c_int, (handle, number, number, Pointer, number)),
                "StartDocPrinterW": (number, (handle, number, Pointer)),
                "StartPagePrinter": (c_int, (handle,)),
                "WritePrinter": (c_int, (handle, c_char_p, number, Pointer)),
                "EndPagePrinter": (c_int, (handle,)),
                "EndDocPrinter": (c_int, (handle,)),
                "AbortPrinter": (c_int, (handle,)),
            },
        )
        self._gdi = _library(
            "gdi32.dll",
            {
                "CreateDCW": (handle, (c_wchar_p, c_wchar_p, c_wchar_p, Pointer)),
                "DeleteDC": (c_int, (handle,)),
                "GetDeviceCaps": (c_int, (handle, c_int)),
                "StartDocW": (c_int, (handle, Pointer)),
                "StartPage": (c_int, (handle,)),
                "EndPage": (c_int, (handle,)),
                "EndDoc": (c_int, (handle,)),
                "AbortDoc": (c_int, (handle,)),
                "StretchDIBits": (c_int, (handle, *(c_int,) * 8, c_char_p, Pointer, number, number)),
            },
        )

    def names(self) -> tuple[str, ...]:
        """See `calls.Windows`."""
        block, count = self._counted(
            "EnumPrintersW",
            lambda *rest: self._spool.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 4, *rest),
        )
        infos = (s.PrinterInfo4 * count).from_buffer(block) if count else ()
        return tuple(_text(info.name) for info in infos)

    def told(self, printer: str) -> PrinterTold:
        """See `calls.Windows`."""
        with self._open(printer) as handle:
            block = self._block("GetPrinterW", lambda *rest: self._spool.GetPrinterW(handle, 2, *rest))
        info = s.PrinterInfo2.from_buffer(block)
        return PrinterTold(
            _text(info.name) or printer,
            _text(info.port),
            _text(info.driver),
            _text(info.location),
            info.status,
            info.attributes,
        )

    def can(self, printer: str) -> DriverCan:
        """See `calls.Windows`."""
        port = self.told(printer).port

        def ask(what: int, into: Any = None) -> int:
            return int(self._spool.DeviceCapabilitiesW(printer, port, what, into, None))

        papers = (c_uint16 * max(0, ask(_DC_PAPERS)))()
        pairs = (c_uint32 * (2 * max(0, ask(_DC_RESOLUTIONS))))()
        if len(papers):
            ask(_DC_PAPERS, papers)
        if len(pairs):
            ask(_DC_RESOLUTIONS, pairs)
        dpi = {pairs[at] for at in range(0, len(pairs), 2) if pairs[at] == pairs[at + 1]}
        return DriverCan(
            tuple(papers), ask(_DC_DUPLEX) == 1, max(1, ask(_DC_COPIES)), ask(_DC_COLOUR) == 1, tuple(sorted(dpi))
        )

    def settle(self, printer: str, wanted: Settings) -> tuple[Settings, bytes]:
        """See `calls.Windows`."""
        with self._open(printer) as handle:

            def properties(out: Any, given: Any, mode: int) -> int:
                done = self._spool.DocumentPropertiesW(None, handle, printer, out, given, mode)
                if done < 0:
                    raise WindowsSays("DocumentPropertiesW", _last_error())
                return int(done)

            size = max(properties(None, None, 0), sizeof(s.DevMode))
            given, got = ctypes.create_string_buffer(size), ctypes.create_string_buffer(size)
            properties(given, None, _DM_OUT)
            mode = s.DevMode.from_buffer(given)
            mode.paper_size, mode.copies, mode.color, mode.duplex = (
                wanted.paper,
                wanted.copies,
                wanted.colour,
                wanted.duplex,
            )
            mode.collate = 1
            mode.fields |= s.PAPER_SIZE | s.COPIES | s.COLOUR | s.DUPLEX | s.COLLATE
            properties(got, given, _DM_IN | _DM_OUT)
        made = s.DevMode.from_buffer(got)
        return Settings(made.paper_size, max(1, made.copies), made.color, made.duplex), got.raw

    def jobs(self, printer: str) -> tuple[QueuedJob, ...]:
        """See `calls.Windows`."""
        with self._open(printer) as handle:
            block, count = self._counted(
                "EnumJobsW", lambda *rest: self._spool.EnumJobsW(handle, 0, _MOST_JOBS, 1, *rest)
            )
        return tuple(_queued(info) for info in (s.JobInfo1 * count).from_buffer(block)) if count else ()

    def job(self, printer: str, number: int) -> QueuedJob | None:
        """See `calls.Windows`. Windows says of a job that has left "wrong parameter", as of any it does not know."""
        with self._open(printer) as handle:
            try:
                block = self._block("GetJobW", lambda *rest: self._spool.GetJobW(handle, number, 1, *rest))
            except WindowsSays:
                return None
        return _queued(s.JobInfo1.from_buffer(block))

    def delete_job(self, printer: str, number: int) -> None:
        """See `calls.Windows`."""
        with self._open(printer) as handle:
            self._spool.SetJobW(handle, number, 0, None, _DELETE)

    @contextmanager
    def device(self, printer: str, settings: bytes) -> Iterator[_Device]:
        """See `calls.Windows`."""
        context = self._gdi.CreateDCW("WINSPOOL", printer, None, ctypes.create_string_buffer(settings, len(settings)))
        if not context:
            raise WindowsSays("CreateDCW", _last_error())
        device = _Device(self._gdi, context)
        try:
            yield device
        finally:
            device.close()

    @contextmanager
    def raw(self, printer: str, name: str) -> Iterator[_Raw]:
        """See `calls.Windows`."""
        title, datatype = ctypes.create_unicode_buffer(name), ctypes.create_unicode_buffer("RAW")
        info = s.RawDocInfo(ctypes.addressof(title), None, ctypes.addressof(datatype))
        with self._open(printer) as handle:
            if not self._spool.StartDocPrinterW(handle, 1, byref(info)):
                raise WindowsSays("StartDocPrinterW", _last_error())
            try:
                self._done("StartPagePrinter", self._spool.StartPagePrinter(handle))
                yield _Raw(self._spool, handle)
                self._done("EndPagePrinter", self._spool.EndPagePrinter(handle))
                self._done("EndDocPrinter", self._spool.EndDocPrinter(handle))
            except BaseException:
                self._spool.AbortPrinter(handle)
                raise

    @contextmanager
    def _open(self, printer: str) -> Iterator[Any]:
        handle = c_void_p()
        self._done("OpenPrinterW", self._spool.OpenPrinterW(printer, byref(handle), None))
        try:
            yield handle
        finally:
            self._spool.ClosePrinter(handle)

    def _done(self, call: str, result: int) -> None:
        if not result:
            raise WindowsSays(call, _last_error())

    def _block(self, call: str, ask: Any) -> Any:
        """Ask how much there is to say, then have it said: a buffer."""
        needed = c_uint32(0)
        ask(None, 0, byref(needed))
        if not needed.value:
            raise WindowsSays(call, _last_error())
        block = ctypes.create_string_buffer(needed.value)
        self._done(call, ask(block, needed.value, byref(needed)))
        return block

    def _counted(self, call: str, ask: Any) -> tuple[Any, int]:
        """The same for a list: the buffer and how many are in it."""
        needed, count = c_uint32(0), c_uint32(0)
        if ask(None, 0, byref(needed), byref(count)) or not needed.value:
            return None, 0  # an empty list is told with nothing needed
        block = ctypes.create_string_buffer(needed.value)
        self._done(call, ask(block, needed.value, byref(needed), byref(count)))
        return block, count.value


class _Device:
    """See `calls.PageDevice`."""

    def __init__(self, gdi: Any, context: Any) -> None:
        self._gdi, self._context, self._open = gdi, context, False

        def pair(which: tuple[int, int]) -> tuple[int, int]:
            return gdi.GetDeviceCaps(context, which[0]), gdi.GetDeviceCaps(context, which[1])

        self.size = DeviceSize(pair(_LOG_PIXELS), pair(_PHYSICAL), pair(_OFFSET))

    def start(self, name: str) -> int:
        title = ctypes.create_unicode_buffer(name)
        info = s.DocInfo(sizeof(s.DocInfo), ctypes.addressof(title), None, None, 0)
        number = int(self._gdi.StartDocW(self._context, byref(info)))
        if number <= 0:
            raise WindowsSays("StartDocW", _last_error())
        self._open = True
        return number

    def start_page(self) -> None:
        self._done("StartPage", self._gdi.StartPage(self._context))

    def draw(self, across: Span, down: Span, width: int, rows: int, pixels: bytes, *, grey: bool) -> None:
        info = s.bitmap_info(width, rows, grey=grey)
        place = (across.at, down.at, across.length, down.length)
        drawn = self._gdi.StretchDIBits(self._context, *place, 0, 0, width, rows, pixels, byref(info), 0, _SRC_COPY)
        self._done("StretchDIBits", drawn)

    def end_page(self) -> None:
        self._done("EndPage", self._gdi.EndPage(self._context))

    def end(self) -> None:
        self._done("EndDoc", self._gdi.EndDoc(self._context))
        self._open = False

    def close(self) -> None:
        if self._open:
            with suppress(OSError):
                self._gdi.AbortDoc(self._context)
        self._gdi.DeleteDC(self._context)

    def _done(self, call: str, result: int) -> None:
        if result <= 0:  # GDI says 0 or -1
            raise WindowsSays(call, _last_error())


class _Raw:
    """See `calls.RawDocument`."""

    def __init__(self, spool: Any, handle: Any) -> None:
        self._spool, self._handle = spool, handle

    def write(self, data: bytes) -> None:
        for at in range(0, len(data), _PIECE):
            piece, written = data[at : at + _PIECE], c_uint32(0)
            if not self._spool.WritePrinter(self._handle, piece, len(piece), byref(written)):
                raise WindowsSays("WritePrinter", _last_error())
            if written.value != len(piece):
                raise WindowsSays("WritePrinter", written.value)


def _text(address: int | None) -> str:
    return ctypes.wstring_at(address) if address else ""


def _queued(info: Any) -> QueuedJob:
    return QueuedJob(info.number, _text(info.document), info.status, info.pages_printed)
