"""Lines to printers that take bytes and say nothing: network sockets, device files, serial ports, USB, Windows.

Sending ends in one of three ways, and only the first may be repeated without a person's look:

    raises NotReached      not one byte left
    Unknown                bytes left, then the line broke or stood still: a paper, or half of one, may hang out
    Submitted              every byte was taken
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import url2pathname

from akimat_desk.base.threads import must_not_block
from printing.devices.backend import Submitted, Unknown
from printing.devices.errors import AddressRefused, NotReached, ReplyLost

PORT: Final = 9100
BAUD: Final = 9600
_BAUDS: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_CONNECT_S: Final = 5.0
STALL_S: Final = 20.0
"""A printer that takes nothing for so long has no paper or hangs."""
_GOODBYE_S: Final = 2.0
_TICK_S: Final = 0.1
"""How often a wait looks whether it should stop."""
_PIECE: Final = 4096
_PRINTER_CLASS: Final = 7
"""Of USB interfaces."""

Sent: TypeAlias = bytes | Iterable[bytes]


class Line(Protocol):
    """Where bytes go."""

    def send(self, data: Sent) -> Submitted | Unknown:
        """Hand everything over; see the module for the three endings."""
        ...


def open_line(uri: str, stop: threading.Event | None = None, *, stall_s: float = STALL_S) -> Line:
    """The line at an address. Raises `AddressRefused`.

        socket://192.168.1.60        socket://host:9101
        file:///dev/usb/lp0          file:///dev/ttyS0, a plain file
        serial:///dev/ttyUSB0        serial:///COM3?baud=19200
        usb://04b8:0e15              vendor and product of the device
        windows:///Receipt%20printer a printer of Windows, given the bytes as they are

    `stop` ends the wait for a printer that takes nothing; what then hangs out is as unknown as after a broken line.
    """
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port if parts.scheme == "socket" else None
    except ValueError as why:
        raise AddressRefused(typed=uri) from why
    if parts.scheme == "socket" and host and parts.path in {"", "/"}:
        return NetworkLine(host, port or PORT, stall_s=stall_s, stop=stop)
    if parts.scheme == "file" and not host and parts.path:
        path = Path(unquote(parts.path) if os.name == "posix" else url2pathname(parts.path))
        return FileLine(path, stall_s=stall_s, stop=stop)
    if parts.scheme == "serial" and not host and len(parts.path) > 1:
        return SerialLine(_serial_port(unquote(parts.path)), _baud(parts.query, uri), stall_s=stall_s, stop=stop)
    if parts.scheme == "usb" and re.fullmatch(r"[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}", parts.netloc):
        vendor, product = (int(number, 16) for number in parts.netloc.split(":"))
        return UsbLine(vendor, product, stall_s=stall_s, stop=stop)
    if parts.scheme == "windows":
        from printing.devices.windows.line import WindowsLine

        return WindowsLine.at(uri)
    raise AddressRefused(typed=uri)


def _serial_port(path: str) -> str:
    """COM3 has no folder before it; a device file of Linux has."""
    return path[1:] if re.fullmatch(r"/COM\d+", path, re.IGNORECASE) else path


def _baud(query: str, uri: str) -> int:
    told = parse_qs(query).get("baud", [str(BAUD)])[0]
    if not told.isascii() or not told.isdigit() or int(told) not in _BAUDS:
        raise AddressRefused(typed=uri)
    return int(told)


def listens(host: str, port: int) -> None:
    """Raise `NotReached` where nobody listens."""
    must_not_block("printer line")
    try:
        socket.create_connection((host, port), timeout=_CONNECT_S).close()
    except (OSError, UnicodeError) as why:
        raise NotReached(address=f"{host}:{port}") from why


class NetworkLine:
    """A printer with a network socket (raw TCP, usually port 9100)."""

    def __init__(
        self, host: str, port: int = PORT, *, stall_s: float = STALL_S, stop: threading.Event | None = None
    ) -> None:
        self._where = (host, port)
        self._stall_s = stall_s
        self._stop = stop or threading.Event()

    def send(self, data: Sent) -> Submitted | Unknown:
        """See `Line`."""
        must_not_block("printer line")
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
                _send_pieces(send, data)
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


class FileLine:
    """A device file of the system (/dev/usb/lp0), or a plain file, which is written on at its end."""

    def __init__(self, file: Path, *, stall_s: float = STALL_S, stop: threading.Event | None = None) -> None:
        self._file = file
        self._stall_s = stall_s
        self._stop = stop or threading.Event()

    def send(self, data: Sent) -> Submitted | Unknown:
        """See `Line`."""
        must_not_block("printer line")
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if not self._file.exists() and self._file.parent.is_dir() and not self._file.is_relative_to("/dev"):
            flags |= os.O_CREAT
        try:
            descriptor = os.open(self._file, flags, 0o600)
        except OSError as why:
            raise NotReached(address=str(self._file)) from why

        def write(rest: memoryview) -> int:
            try:
                return os.write(descriptor, rest)
            except BlockingIOError:
                _wait_until_it_takes(descriptor, self._stall_s, self._stop)
                return 0

        try:
            return _carry(str(self._file), write, data)
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)


class SerialLine:
    """A serial port, or a USB cable that shows itself as one. Eight bits, no parity, one stop bit, hardware flow
    control where the cable has it: without, a small printer loses what comes while it prints.
    """

    def __init__(
        self, port: str, baud: int = BAUD, *, stall_s: float = STALL_S, stop: threading.Event | None = None
    ) -> None:
        self._port, self._baud, self._stall_s = port, baud, stall_s
        self._stop = stop or threading.Event()

    def send(self, data: Sent) -> Submitted | Unknown:
        """See `Line`. Returns when the last byte is on the cable."""
        import serial  # type: ignore[import-untyped]  # pyserial, loaded with the first serial printer

        must_not_block("printer line")
        try:
            port = serial.Serial(self._port, self._baud, write_timeout=_TICK_S, rtscts=True)
        except (OSError, ValueError) as why:
            raise NotReached(address=self._port) from why

        def write(rest: memoryview) -> int:
            # A whole piece at this speed may take longer than a tick: only as much as fits is given at a time.
            piece = rest[: max(1, int(self._baud / 10 * _TICK_S / 2))]
            late = serial.SerialTimeoutException
            return _patiently(lambda: int(port.write(piece) or 0), late, self._stall_s, self._stop)

        try:
            return _carry(self._port, write, data, port.flush)  # pyserial's own errors are of OSError
        finally:
            with contextlib.suppress(OSError):
                port.close()


class UsbLine:
    """A printer on USB that the system has no driver for, told by its vendor and product (needs libusb)."""

    def __init__(
        self, vendor: int, product: int, *, stall_s: float = STALL_S, stop: threading.Event | None = None
    ) -> None:
        self._ids, self._stall_s = (vendor, product), stall_s
        self._stop = stop or threading.Event()

    def send(self, data: Sent) -> Submitted | Unknown:
        """See `Line`."""
        must_not_block("printer line")
        import usb.core  # type: ignore[import-untyped]  # pyusb, loaded with the first such printer
        import usb.util  # type: ignore[import-untyped]

        address = f"usb://{self._ids[0]:04x}:{self._ids[1]:04x}"
        try:
            device = usb.core.find(idVendor=self._ids[0], idProduct=self._ids[1])
            endpoint = _way_in(device, usb.util) if device is not None else None
        except (OSError, usb.core.NoBackendError) as why:
            raise NotReached(address=address) from why
        if endpoint is None:
            raise NotReached(address=address)

        def write(rest: memoryview) -> int:
            def once() -> int:
                return int(endpoint.write(bytes(rest), timeout=int(_TICK_S * 1000 * 5)))

            return _patiently(once, usb.core.USBTimeoutError, self._stall_s, self._stop)

        try:
            return _carry(address, write, data)  # libusb's errors are of OSError
        finally:
            usb.util.dispose_resources(device)


def _way_in(device: Any, util: Any) -> Any:
    """The end that takes what is to be printed, of the first interface that is a printer; None where there is none.
    A driver of the system that holds the interface is asked to let go.
    """
    for interface in device.get_active_configuration():
        if interface.bInterfaceClass != _PRINTER_CLASS:
            continue
        with contextlib.suppress(NotImplementedError):  # Windows knows no such drivers
            if device.is_kernel_driver_active(interface.bInterfaceNumber):
                device.detach_kernel_driver(interface.bInterfaceNumber)
        for endpoint in interface:
            if util.endpoint_direction(endpoint.bEndpointAddress) == util.ENDPOINT_OUT:
                return endpoint
    return None


def _wait_until_it_takes(where: socket.socket | int, seconds: float, stop: threading.Event) -> None:
    """Raise `TimeoutError` when it takes nothing for `seconds`, or `stop` is set."""
    until = time.monotonic() + seconds
    while not select.select([], [where], [], _TICK_S)[1]:
        if stop.is_set() or time.monotonic() > until:
            raise TimeoutError


def _carry(
    address: str, write: Callable[[memoryview], int], data: Sent, flush: Callable[[], object] = lambda: None
) -> Submitted | Unknown:
    """All of `data` through `write`, then `flush`. Raises `NotReached` where it fails before a byte has left."""
    written = 0

    def counted(rest: memoryview) -> int:
        nonlocal written
        done = write(rest)
        written += done
        return done

    try:
        _send_pieces(counted, data)
        flush()
    except OSError as why:
        if not written:
            raise NotReached(address=address) from why
        return Unknown(may_have_printed=True, why=_lost(address, why))
    return Submitted(address)


def _patiently(once: Callable[[], int], late: type[Exception], stall_s: float, stop: threading.Event) -> int:
    """What `once` gives, tried again while it is `late`; TimeoutError after `stall_s` seconds, or when told to stop."""
    until = time.monotonic() + stall_s
    while True:
        try:
            return once()
        except late:
            if stop.is_set() or time.monotonic() > until:
                raise TimeoutError from None


def _send_pieces(send: Callable[[memoryview], int], data: Sent) -> None:
    for piece in (data,) if isinstance(data, bytes) else data:
        rest = memoryview(piece)
        while rest:
            rest = rest[send(rest[:_PIECE]) :]


def _lost(address: str, why: OSError) -> ReplyLost:
    lost = ReplyLost(address=address)
    lost.__cause__ = why
    return lost
