"""A link over HTTP with the standard library: POST /v1/exchange, one request, one answer, nothing kept between them.

The server listens on the address it is given, the loopback one unless told otherwise. Encryption and proof of who asks
belong to enrolment; until then nobody is sent personal parts unless the caller of `serving` says so.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from akimat_desk.base.threads import must_not_block
from akimat_desk.journal.batch import Audience
from akimat_desk.sync.errors import NotADesk, TooMuch, Unreachable
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.messages import MAX_PACKED

PATH: Final = "/v1/exchange"
CONTENT_TYPE: Final = "application/vnd.akimat-desk.exchange"
SECONDS: Final = 30.0


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
            connection.request("POST", PATH, request, {"Content-Type": CONTENT_TYPE})
            response = connection.getresponse()
            answer = response.read(MAX_PACKED + 1)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable from error
        finally:
            connection.close()
        if response.status != http.client.OK or response.headers.get_content_type() != CONTENT_TYPE:
            raise NotADesk
        if len(answer) > MAX_PACKED:
            raise TooMuch
        return answer


@contextmanager
def serving(
    exchange: Exchange, *, audience: Audience = "nobody", host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """Answer for `exchange` until the block ends; gives the address. Port 0 is any free one."""
    server = _Server((host, port), exchange, audience)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sync-server")
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.stop_reading()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # a request that was begun is answered before the desk closes

    def __init__(self, address: tuple[str, int], exchange: Exchange, audience: Audience) -> None:
        self.exchange = exchange
        self.audience = audience
        self._open: set[Any] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """One more connection."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """One less."""
        self._open.discard(request)
        super().shutdown_request(request)

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
        if self.path != PATH:
            self._say(http.client.NOT_FOUND)
        elif not length.isdecimal():
            self._say(http.client.LENGTH_REQUIRED)
        elif int(length) > MAX_PACKED:
            self._say(http.client.REQUEST_ENTITY_TOO_LARGE)
        else:
            request = self.rfile.read(int(length))
            if len(request) == int(length):  # else it was cut on its way; nobody waits for an answer
                self._say(http.client.OK, self.server.exchange.answer(request, self.server.audience))

    def _say(self, status: int, answer: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to standard error; what matters is logged by the exchange."""
