"""Receipt printers, fed with one picture.

Text mode is not used: of the 18 Kazakh letters most code pages of receipt printers have one, and the driver prints "?"
for the rest without an error. A picture prints every letter and the tenge sign on any ESC/POS printer (python-escpos,
`GS v 0`). Paper status is never asked: cheap printers do not answer, and a ticket must not wait for that.

Sending ends in one of three ways, and only the first may be repeated without a person's look:

    raises NotReached      not one byte left
    Unknown                bytes left, then the connection broke or stood still: a receipt, or half of one, may hang out
    Submitted              every byte was taken
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import shutil
import socket
import threading
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from PIL import Image

from akimat_desk.base.threads import must_not_block
from printing.devices.backend import Submitted, Unknown
from printing.devices.errors import AddressRefused, DeviceMisuse, NotReached, ReplyLost

WIDTHS: Final = (384, 576)
"""Dots across 58 mm and 80 mm paper."""

PORT: Final = 9100
_CONNECT_S: Final = 5.0
_STALL_S: Final = 20.0
"""A printer that takes nothing for so long has no paper or hangs."""
_GOODBYE_S: Final = 2.0
_TICK_S: Final = 0.1
"""How often a wait looks whether it should stop."""
_BAND_ROWS: Final = 256
"""Rows in one raster command: small printers hold little."""


class ReceiptPrinter(Protocol):
    """Where receipts go."""

    def send(self, receipt: bytes) -> Submitted | Unknown:
        """Hand over what `receipt_bytes` made; see the module for the three endings."""
        ...


def open_receipt_printer(uri: str, stop: threading.Event | None = None) -> ReceiptPrinter:
    """From socket://host or socket://host:9100, or file:///dev/usb/lp0. Raises `AddressRefused`.

    `stop` ends the wait for a printer that takes nothing; what then hangs out is as unknown as after a broken line.
    """
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError as why:
        raise AddressRefused(typed=uri) from why
    if parts.scheme == "socket" and host and parts.path in {"", "/"}:
        return NetworkReceiptPrinter(host, port or PORT, stop=stop)
    if parts.scheme == "file" and not host and parts.path:
        path = Path(unquote(parts.path) if os.name == "posix" else url2pathname(parts.path))
        return FileReceiptPrinter(path, stop=stop)
    raise AddressRefused(typed=uri)


def receipt_bytes(picture: Image.Image, *, cut: bool = True) -> bytes:
    """The ESC/POS commands for a black-and-white picture 384 or 576 dots wide, and the cut."""
    if picture.mode != "1" or picture.width not in WIDTHS or not picture.height:
        raise DeviceMisuse(
            detail=f"a receipt is a 1-bit picture, 384 or 576 dots wide, not {picture.mode} {picture.size}"
        )
    printer = _escpos().Dummy(profile=_profile(picture.width))
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=_BAND_ROWS)
    if cut:
        printer.cut()
    return bytes(printer.output)


@cache
def _escpos() -> Any:
    """python-escpos, loaded at the first receipt (0.3 s), its traces removed: it leaves a folder in the temporary files
    at every start, and puts a handler of its own on the root logger.
    """
    handlers = list(logging.root.handlers)
    module = import_module("escpos.printer")
    logging.root.handlers[:] = handlers
    shutil.rmtree(import_module("escpos.capabilities").pickle_dir, ignore_errors=True)
    return module


@cache
def _profile(width: int) -> Any:
    """A printer that can cut and is `width` dots wide; the library's own default does not know its width."""
    _escpos()
    base: Any = import_module("escpos.capabilities").Profile
    data = {**base.profile_data, "media": {"width": {"pixels": width, "mm": 58 if width == 384 else 80}}}
    return type("ReceiptProfile", (base,), {"profile_data": data})(features={"paperFullCut": True})


class NetworkReceiptPrinter:
    """A printer with a network socket (raw TCP, usually port 9100)."""

    def __init__(
        self, host: str, port: int = PORT, *, stall_s: float = _STALL_S, stop: threading.Event | None = None
    ) -> None:
        self._where = (host, port)
        self._stall_s = stall_s
        self._stop = stop or threading.Event()

    def send(self, receipt: bytes) -> Submitted | Unknown:
        """See `ReceiptPrinter`."""
        must_not_block("receipt printer")
        address = f"{self._where[0]}:{self._where[1]}"
        try:
            sock = socket.create_connection(self._where, timeout=_CONNECT_S)
        except (OSError, UnicodeError) as why:
            raise NotReached(address=address) from why
        with sock:
            sock.settimeout(0)

            def send(rest: memoryview) -> int:
                _wait_until_it_takes(sock, self._stall_s, self._stop)
                return sock.send(rest)

            try:
                _send_pieces(send, receipt)
                _say_goodbye(sock)
            except OSError as why:
                return Unknown(may_have_printed=True, why=_lost(address, why))
        return Submitted(address)


def _say_goodbye(sock: socket.socket) -> None:
    """Close our half and read what the printer still says: closing over unread bytes would reset the connection and
    with it what the printer has not printed yet. A printer that says nothing is not waited for.
    """
    sock.shutdown(socket.SHUT_WR)
    until = time.monotonic() + _GOODBYE_S
    while (left := until - time.monotonic()) > 0:
        sock.settimeout(left)
        try:
            if not sock.recv(4096):
                return
        except TimeoutError:
            return


class FileReceiptPrinter:
    """A device file of the system (/dev/usb/lp0), or a plain file, which is written on at its end."""

    def __init__(self, file: Path, *, stall_s: float = _STALL_S, stop: threading.Event | None = None) -> None:
        self._file = file
        self._stall_s = stall_s
        self._stop = stop or threading.Event()

    def send(self, receipt: bytes) -> Submitted | Unknown:
        """See `ReceiptPrinter`."""
        must_not_block("receipt printer")
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if not self._file.exists() and self._file.parent.is_dir() and not self._file.is_relative_to("/dev"):
            flags |= os.O_CREAT
        try:
            descriptor = os.open(self._file, flags, 0o600)
        except OSError as why:
            raise NotReached(address=str(self._file)) from why
        written = 0

        def write(rest: memoryview) -> int:
            nonlocal written
            try:
                done = os.write(descriptor, rest)
            except BlockingIOError:
                _wait_until_it_takes(descriptor, self._stall_s, self._stop)
                done = 0
            written += done
            return done

        try:
            _send_pieces(write, receipt)
        except OSError as why:
            if not written:
                raise NotReached(address=str(self._file)) from why
            return Unknown(may_have_printed=True, why=_lost(str(self._file), why))
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        return Submitted(str(self._file))


def _wait_until_it_takes(where: socket.socket | int, seconds: float, stop: threading.Event) -> None:
    """Raise `TimeoutError` when it takes nothing for `seconds`, or `stop` is set."""
    until = time.monotonic() + seconds
    while not select.select([], [where], [], _TICK_S)[1]:
        if stop.is_set() or time.monotonic() > until:
            raise TimeoutError


def _send_pieces(send: Callable[[memoryview], int], receipt: bytes) -> None:
    rest = memoryview(receipt)
    while rest:
        rest = rest[send(rest[:4096]) :]


def _lost(address: str, why: OSError) -> ReplyLost:
    lost = ReplyLost(address=address)
    lost.__cause__ = why
    return lost
