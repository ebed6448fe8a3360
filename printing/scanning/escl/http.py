"""One HTTP question to a scanner, bounded in time and in bytes, and stoppable at any moment.

The connection is the one printers are asked over: the scanner and the printer are mostly one machine, with one
certificate that it has signed itself.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from typing import Final, Literal

from akimat_desk.base.threads import must_not_block
from printing.devices.errors import NotReached, OtherPrinter, Stopped
from printing.devices.ipp.transport import Address, EarlyAnswer, Patience, Wire, connect
from printing.scanning.errors import NotAScanner, ScanLost, ScannerOffline, ScanStopped, ScanTooLarge

_PIECE: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its body has come whole, as far as its own length says."""

    status: int
    kind: str
    location: str = ""
    retry_s: float | None = None
    body: bytes = field(default=b"", repr=False)


def ask(
    method: Literal["GET", "POST", "DELETE"],
    address: Address,
    path: str,
    patience: Patience,
    *,
    body: bytes | None = None,
    pin: str = "",
    most: int,
) -> Reply:
    """Ask for `path` and read at most `most` bytes of answer.

    Raises `ScannerOffline` where nothing was sent, `ScanLost` where the answer did not come whole, `ScanTooLarge`,
    `NotAScanner`, `ScanStopped`.
    """
    must_not_block("scanner request")
    try:
        wire = Wire(connect(address, patience, pin), address, patience, document=False)
    except Stopped as why:
        raise ScanStopped from why
    except NotReached as why:
        raise ScannerOffline(address=address.text) from why
    except OtherPrinter as why:
        raise NotAScanner(address=address.text, detail="another certificate than before") from why
    connection = HTTPConnection(address.host, address.port)
    connection.sock = wire
    try:
        with contextlib.suppress(EarlyAnswer, BrokenPipeError, ConnectionResetError):
            _send(connection, method, address, path, body)
        return _read(connection.getresponse(), most)
    except Stopped as why:
        raise ScanStopped from why
    except BadStatusLine as why:
        if isinstance(why, RemoteDisconnected):
            raise ScanLost from why
        raise NotAScanner(address=address.text, detail="no HTTP") from why
    except TimeoutError as why:
        raise ScannerOffline(address=address.text) from why
    except (OSError, HTTPException, ValueError) as why:  # ValueError: lengths and chunks that are no numbers
        raise ScanLost from why
    finally:
        connection.close()
        wire.end()


def _send(connection: HTTPConnection, method: str, address: Address, path: str, body: bytes | None) -> None:
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", address.authority)
    connection.putheader("User-Agent", "akimat-desk eSCL/2.0")
    connection.putheader("Connection", "close")
    if body is not None:
        connection.putheader("Content-Type", "text/xml")
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)


def _read(response: HTTPResponse, most: int) -> Reply:
    promised = response.length
    if promised is not None and promised > most and response.status == 200:
        raise ScanTooLarge(most=most >> 20)
    pieces, size = [], 0
    while piece := response.read(min(_PIECE, most + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise ScanTooLarge(most=most >> 20)
    if promised is not None and size < promised:
        raise ScanLost
    wait = response.headers.get("Retry-After", "").strip()
    return Reply(
        status=response.status,
        kind=response.headers.get_content_type(),
        location=response.headers.get("Location", ""),
        retry_s=float(wait) if wait.isascii() and wait.isdigit() and len(wait) < 5 else None,
        body=b"".join(pieces),
    )
