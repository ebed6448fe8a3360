"""A receipt printer's network socket that keeps what it is sent."""

from __future__ import annotations

import socket
import threading


class ReceiptSink:
    """Takes connections one after another from `with` to its end; `kept` are the receipts, one a connection.

    One that `stalls` takes a connection and reads nothing.
    """

    def __init__(self, *, stalls: bool = False) -> None:
        self.kept: list[bytes] = []
        self._stalls = stalls
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        if stalls:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> ReceiptSink:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with socket.create_connection(self._listener.getsockname()):  # wakes the thread
            self._thread.join()
        self._listener.close()

    @property
    def uri(self) -> str:
        """Its address."""
        return f"socket://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if self._ended.is_set():
                    return
                if self._stalls:
                    self._ended.wait(60)
                    return
                received = bytearray()
                while piece := connection.recv(65536):
                    received += piece
                self.kept.append(bytes(received))
