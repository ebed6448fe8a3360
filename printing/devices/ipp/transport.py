"""One IPP request over HTTP or HTTPS, bounded in time and stoppable at any moment.

What is told apart, because printing twice costs a resident money:

* `NotReached`      not one byte of the request left;
* `ReplyLost`       bytes left, and no whole HTTP answer came;
* `Unreadable`, `NotAPrinter`, `AccessRefused`, `EncryptionWanted`, `PrinterBusy`
                    an HTTP answer came, and it is no IPP.

HTTP 200 means nothing here: only an `application/ipp` body is handed back, and its status is for the caller to judge.

Printers sign their own certificates, so no authority is asked. Encryption keeps listeners of the room's Wi-Fi out; the
`pin` (SHA-256 of the certificate, remembered when the printer was added) keeps an impostor out.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from akimat_desk.base.threads import must_not_block
from printing.devices.errors import (
    AccessRefused,
    AddressRefused,
    DeviceError,
    EncryptionWanted,
    NotAPrinter,
    NotReached,
    OtherPrinter,
    PrinterBusy,
    ReplyLost,
    Stopped,
    Unreadable,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAX_ANSWER: Final = 8 * 1024 * 1024
"""Bytes of one answer; a printer with every attribute says about 12 KB."""

_TICK_S: Final = 0.1
"""How often a waiting call looks whether it should stop."""

_PORTS: Final = {"ipp": 631, "ipps": 631, "http": 80, "https": 443}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds; `stop` ends every wait within about a tenth of a second."""

    connect: float = 5.0
    silence: float = 15.0
    """Between two signs of life while a question is answered."""
    total: float = 45.0
    """For a whole question; a printer that drips bytes does not hold us longer."""
    document: float = 3600.0
    """While a document is sent and the printer takes nothing: out of paper it may stop reading until somebody comes."""
    accept: float = 120.0
    """For the answer once the whole document has left."""
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a printer listens. `text` is the address as it was given."""

    text: str
    host: str
    port: int
    path: str
    encrypted: bool

    @classmethod
    def of(cls, uri: str) -> Address:
        """From ipp://, ipps://, http:// or https://; raises `AddressRefused`."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError as why:
            raise AddressRefused(typed=uri) from why
        if parts.scheme not in _PORTS or not host or parts.username or parts.query or parts.fragment:
            raise AddressRefused(typed=uri)
        encrypted = parts.scheme in {"ipps", "https"}
        return cls(uri, host, port or _PORTS[parts.scheme], parts.path or "/", encrypted)

    @property
    def authority(self) -> str:
        """Host and port as they stand in a URI; an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def printer_uri(self) -> str:
        """What the attribute printer-uri says: always ipp or ipps."""
        return f"{'ipps' if self.encrypted else 'ipp'}://{self.authority}{self.path}"


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent. With `size` None the pieces go out chunked."""

    pieces: Iterable[bytes]
    size: int | None
    document: bool = False
    """A document is behind the message: the patience for documents counts."""


class EarlyAnswer(Exception):
    """The printer answers before we have sent everything: stop sending, read."""


class _DocumentBroke(Exception):
    """Our own document gave an error in the middle; its cause is the error."""


class Wire:
    """A socket as http.client wants one, which heeds a deadline, a limit of silence and the stop."""

    def __init__(self, sock: socket.socket, address: Address, patience: Patience, *, document: bool) -> None:
        self._sock = sock
        self._address = address
        self._patience = patience
        self._silence = patience.document if document else patience.silence
        self._deadline = None if document else time.monotonic() + patience.total
        self.sent = False

    def all_sent(self) -> None:
        """From here on we wait for the answer alone."""
        if self._deadline is None:
            self._silence = self._patience.accept
            self._deadline = time.monotonic() + self._patience.accept

    def sendall(self, data: ReadableBuffer) -> None:
        """Send all of `data`; `EarlyAnswer` where the printer has begun to answer instead of reading."""
        whole, done = memoryview(data).cast("B"), 0

        def send() -> int:
            return self._sock.send(whole[done:])

        while done < len(whole):
            done += self._wait(send, sending=True)
            self.sent = True

    def makefile(self, mode: str) -> io.BufferedReader:
        """The reading half; http.client closes it by itself."""
        assert mode == "rb"
        return io.BufferedReader(_Reading(self))

    def read_into(self, buffer: WriteableBuffer) -> int:
        """Bytes of the answer; 0 at its end."""
        return self._wait(lambda: self._sock.recv_into(buffer))

    def close(self) -> None:
        """http.client lets go as soon as it has seen the head of an answer; the rest is still to be read."""

    def end(self) -> None:
        """Give the socket back."""
        self._sock.close()

    def _check_stop(self) -> None:
        if self._patience.stop.is_set():
            raise Stopped(sent=self.sent, address=self._address.text)

    def _wait(self, step: Callable[[], T], *, sending: bool = False) -> T:
        quiet_until = time.monotonic() + self._silence
        while True:
            self._check_stop()
            limit = quiet_until if self._deadline is None else min(quiet_until, self._deadline)
            left = limit - time.monotonic()
            if left <= 0:
                raise TimeoutError(self._address.text)
            self._sock.settimeout(min(_TICK_S, left))
            try:
                return step()
            except (TimeoutError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                # TLS sends tickets of its own, so there a readable socket is no sign of an answer.
                if sending and not isinstance(self._sock, ssl.SSLSocket) and select.select([self._sock], [], [], 0)[0]:
                    raise EarlyAnswer from None


class _Reading(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._wire.read_into(buffer)


def post(address: Address, body: Body, patience: Patience, *, pin: str = "") -> bytes:
    """Send `body`, return the bytes of the IPP answer. Raises what the module's docstring lists, or `Stopped`."""
    must_not_block("IPP request")
    wire = Wire(connect(address, patience, pin), address, patience, document=body.document)
    connection = HTTPConnection(address.host, address.port)
    connection.sock = wire
    try:
        # A printer that refuses may answer, and close, before it has read everything: look for its answer.
        with contextlib.suppress(EarlyAnswer, BrokenPipeError, ConnectionResetError):
            _send(connection, address, body, wire)
        wire.all_sent()
        return _judge(connection.getresponse(), address)
    except _DocumentBroke as why:
        raise ReplyLost(address=address.text) from why.__cause__
    except (OSError, HTTPException) as why:
        if isinstance(why, BadStatusLine) and not isinstance(why, RemoteDisconnected):
            raise NotAPrinter(address=address.text, detail="no HTTP") from why
        if not wire.sent:
            raise NotReached(address=address.text) from why
        raise ReplyLost(address=address.text) from why
    finally:
        connection.close()
        wire.end()


def _send(connection: HTTPConnection, address: Address, body: Body, wire: Wire) -> None:
    connection.putrequest("POST", address.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", address.authority)
    connection.putheader("Content-Type", "application/ipp")
    connection.putheader("User-Agent", "akimat-desk IPP/2.0")
    connection.putheader("Connection", "close")
    if body.size is None:
        connection.putheader("Transfer-Encoding", "chunked")
    else:
        connection.putheader("Content-Length", str(body.size))
    connection.endheaders(_Whole(body.pieces), encode_chunked=body.size is None)


class _Whole:
    """The pieces of a body, as something http.client only iterates over."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from (piece for piece in self._pieces if piece)
        except Exception as why:
            raise _DocumentBroke from why


def _judge(response: HTTPResponse, address: Address) -> bytes:
    if response.status == 200 and response.headers.get_content_type() == "application/ipp":
        promised = response.length or 0
        answer = response.read(MAX_ANSWER + 1)
        if len(answer) > MAX_ANSWER:
            raise Unreadable(detail="the answer is too long")
        if len(answer) < promised:
            raise ReplyLost(address=address.text)
        return answer
    raise _no_ipp(response, address)


def _no_ipp(response: HTTPResponse, address: Address) -> DeviceError:
    status, kind = response.status, response.headers.get_content_type()
    if status in {401, 403, 407}:
        return AccessRefused(address=address.text)
    if status == 426 or (300 <= status < 400 and response.headers.get("Location", "").startswith("https:")):
        return EncryptionWanted(address=address.text)
    if status == 503:
        return PrinterBusy(detail="HTTP 503")
    if status >= 500:
        return Unreadable(detail=f"HTTP {status}")
    return NotAPrinter(address=address.text, detail=f"HTTP {status}, {kind}")


# -- connecting ---------------------------------------------------------------------------------------------------


def connect(address: Address, patience: Patience, pin: str) -> socket.socket:
    """A connection, encrypted where the address is. Raises `NotReached`, `OtherPrinter`, `Stopped`."""
    if patience.stop.is_set():
        raise Stopped(sent=False, address=address.text)
    sock: socket.socket | None = None
    try:
        sock = socket.create_connection((address.host, address.port), timeout=patience.connect)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _keep_alive(sock)
        return _encrypt(sock, address, pin) if address.encrypted else sock
    except (OSError, UnicodeError) as why:  # a host name that IDNA refuses is a UnicodeError
        if sock is not None:
            sock.close()
        raise NotReached(address=address.text) from why
    except DeviceError:
        if sock is not None:
            sock.close()
        raise


def _keep_alive(sock: socket.socket) -> None:
    """Notice within a minute that a printer's plug was pulled while we wait for it."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):  # not every system names all three
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _encrypt(sock: socket.socket, address: Address, pin: str) -> ssl.SSLSocket:
    secured = _tls().wrap_socket(sock, server_hostname=address.host)
    found = _fingerprint(secured)
    if pin and found != pin:
        secured.close()
        raise OtherPrinter(address=address.text)
    return secured


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # self-signed by the printer; the pin is what we check
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT:@SECLEVEL=1")  # printers of 2012 have 1024 bit keys, and are still better than none
    return context


def _fingerprint(sock: ssl.SSLSocket) -> str:
    certificate = sock.getpeercert(binary_form=True)
    return hashlib.sha256(certificate).hexdigest() if certificate else ""


def fingerprint(address: Address, patience: Patience) -> str:
    """SHA-256 (hexadecimal) of the certificate that `address` shows now; "" where it is not encrypted."""
    if not address.encrypted:
        return ""
    must_not_block("TLS handshake")
    sock = connect(address, patience, "")
    with sock:
        return _fingerprint(sock) if isinstance(sock, ssl.SSLSocket) else ""
