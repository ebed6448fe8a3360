"""Whatever else may answer where a desk is looked for: a sign-in page, a proxy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple

from akimat_desk.sync.http import CONTENT_TYPE


class Page(NamedTuple):
    """An answer; `promised` bytes are announced, if not as many as there are."""

    status: int
    body: bytes
    kind: str = CONTENT_TYPE
    promised: int | None = None


@contextmanager
def answering(answer: Callable[[str, bytes], Page]) -> Iterator[str]:
    """Its address, until the block ends. `answer` gets the path and the body of each call."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            page = answer(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(page.promised or len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
