"""A bad network between two programs of this PC: a TCP proxy that cuts, delays, doubles and changes what it carries.

Which connection meets what is drawn from a seed, so that a run can be had again; the order in which connections come is
the programs' own.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import Counter
from random import Random
from types import TracebackType
from typing import Self

FAULTS = ("nothing", "refused", "cut", "late", "doubled", "changed")
_CHUNK = 4096
_LATE_SECONDS = 0.2


class FaultProxy:
    """Listens at `port` and carries to `target`, a port of this PC. `calm` ends the faults."""

    def __init__(self, target: int, seed: str) -> None:
        self.met: Counter[str] = Counter()
        self._target = target
        self._lots = Random(seed)
        self._calm = threading.Event()
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def calm(self) -> None:
        """From now on everything is carried as it comes; what is on its way now is cut."""
        self._calm.set()
        self._cut_all()

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut_all()
        for thread in self._threads:
            thread.join()

    def _start(self, run: object, *args: object) -> None:
        thread = threading.Thread(target=run, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                asker, _ = self._listener.accept()
            except OSError:
                return
            fault = "nothing" if self._calm.is_set() else self._lots.choice(FAULTS)
            self.met[fault] += 1
            try:
                if fault == "refused":
                    raise ConnectionRefusedError
                answerer = socket.create_connection(("127.0.0.1", self._target), timeout=10)
                answerer.settimeout(None)
            except OSError:
                asker.close()
                continue
            with self._lock:
                self._open |= {asker, answerer}
            after, back = self._lots.randrange(1, 3 * _CHUNK), self._lots.random() < 0.5
            self._start(self._carry, asker, answerer, "nothing" if back else fault, after)
            self._start(self._carry, answerer, asker, fault if back else "nothing", after)

    def _carry(self, source: socket.socket, target: socket.socket, fault: str, after: int) -> None:
        """Until the source ends; the fault comes with the byte number `after`."""
        done = 0
        with contextlib.suppress(OSError):
            while data := source.recv(_CHUNK):
                here = fault != "nothing" and done <= after < done + len(data)
                done += len(data)
                if here and fault == "cut":
                    target.sendall(data[: after - (done - len(data))])
                    break
                if here and fault == "changed":
                    place = after - (done - len(data))
                    data = data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :]
                if fault == "late":
                    self._stopped.wait(_LATE_SECONDS)
                target.sendall(data + data if here and fault == "doubled" else data)
        self._cut(source, target)

    def _cut_all(self) -> None:
        with self._lock:
            found = tuple(self._open)
        self._cut(*found)

    def _cut(self, *sockets: socket.socket) -> None:
        with self._lock:
            mine = [one for one in sockets if one in self._open]
            self._open -= set(mine)
        for one in mine:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
