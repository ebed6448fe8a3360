"""Requests over HTTP with the standard library: POST, one request, one answer, nothing kept between them.

The server listens on the address it is given, the loopback one unless told otherwise. Between PCs of a room it speaks
TLS (`tls`), and each call proves who asks (`calls`); `HttpLink` and `serving` without them are for one PC alone.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from akimat_desk.base.threads import must_not_block
from akimat_desk.journal.batch import Audience
from akimat_desk.sync.errors import NotADesk, TooMuch, Unreachable
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.packing import MAX_PACKED

PATH: Final = "/v1/exchange"
CONTENT_TYPE: Final = "application/vnd.akimat-desk.exchange"
SECONDS: Final = 30.0
MAX_BODY: Final = MAX_PACKED + 1024
"""A packed message, and who sends it."""

MOST_OPEN: Final = 64
"""Connections at once: a room has seven PCs, and each asks one thing at a time and waits for another."""

Answers = Mapping[str, Callable[[bytes], bytes]]
"""What is answered at each path."""


class HttpLink:
    """A link to the desk that serves at `url` (http://host:port)."""

    def __init__(self, url: str, *, audience: Audience = "nobody", seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._seconds = seconds
        self.audience: Audience = audience

    def call(self, request: bytes) -> bytes:
        """See `Link`."""
        must_not_block("sync.http")
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        try:
            return post(connection, PATH, request)
        finally:
            connection.close()


def post(connection: http.client.HTTPConnection, path: str, body: bytes) -> bytes:
    """One request and its answer. Raises `Unreachable`, `NotADesk` or `TooMuch`; the caller closes the connection."""
    try:
        connection.request("POST", path, body, {"Content-Type": CONTENT_TYPE})
        with connection.getresponse() as response:
            answer = response.read(MAX_BODY + 1)
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable from error
    if response.status != http.client.OK or response.headers.get_content_type() != CONTENT_TYPE:
        raise NotADesk
    if len(answer) > MAX_BODY:
        raise TooMuch
    return answer


@contextmanager
def serving(
    exchange: Exchange, *, audience: Audience = "nobody", host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """Answer for `exchange` until the block ends; gives the address. Port 0 is any free one."""
    with serve({PATH: lambda request: exchange.answer(request, audience)}, host=host, port=port) as chosen:
        yield f"http://{host}:{chosen}"


@contextmanager
def serve(
    answers: Answers, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Answer until the block ends; gives the port. Port 0 is any free one."""
    server = _Server((host, port), answers, tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sync-server")
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.stop_reading()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # a request that was begun is answered before the desk closes

    def __init__(self, address: tuple[str, int], answers: Answers, tls: ssl.SSLContext | None) -> None:
        self.answers = answers
        self._tls = tls
        self._open: set[Any] = set()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[Any, Any]:
        """One more caller. The handshake is left to the caller's own thread: a slow one keeps nobody else waiting."""
        request, address = super().get_request()
        if self._tls is not None:
            request = self._tls.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
        return request, address

    def process_request(self, request: Any, client_address: Any) -> None:
        """One more connection, unless somebody floods this PC with them."""
        if len(self._open) >= MOST_OPEN:
            self.shutdown_request(request)
            return
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """One less."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that breaks off, or speaks no TLS, is no news."""

    def stop_reading(self) -> None:
        """What has come is answered; a sender who drips byte after byte does not keep the desk from closing."""
        for connection in self._open.copy():
            with suppress(OSError):  # it has ended by itself
                connection.shutdown(socket.SHUT_RD)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = SECONDS

    def do_POST(self) -> None:
        self.close_connection = True
        length = self.headers.get("Content-Length", "")
        answer = self.server.answers.get(self.path)
        if answer is None:
            self._say(http.client.NOT_FOUND)
        elif not length.isdecimal():
            self._say(http.client.LENGTH_REQUIRED)
        elif int(length) > MAX_BODY:
            self._say(http.client.REQUEST_ENTITY_TOO_LARGE)
        else:
            request = self.rfile.read(int(length))
            if len(request) == int(length):  # else it was cut on its way; nobody waits for an answer
                self._say(http.client.OK, answer(request))

    def _say(self, status: int, answer: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to standard error; what matters is logged by the exchange."""
