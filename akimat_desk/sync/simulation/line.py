"""A network that loses, cuts, changes, doubles and delays what it carries. It lies under the exchange, as a cable does;
the room's TLS would turn most of this into `Unreachable`, so an exchange that stands this stands that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Final, NamedTuple

from akimat_desk.journal.batch import Audience
from akimat_desk.sync.errors import Unreachable
from akimat_desk.sync.messages import MAX_UNPACKED
from akimat_desk.sync.simulation.faults import PowerCut
from akimat_desk.sync.simulation.pc import Pc

FAULTS: Final = (
    "request lost",
    "answer lost",
    "request cut",
    "answer cut",
    "request changed",
    "answer changed",
    "request twice",
    "request late",
    "old answer",
    "a sign-in page",
    "a bomb",
)


class Late(NamedTuple):
    """A request that is still on its way."""

    to: Pc
    request: bytes
    audience: Audience


@cache
def bomb() -> bytes:
    """A few hundred bytes that want to become more than any message is."""
    import zstandard

    return zstandard.ZstdCompressor(level=1).compress(bytes(MAX_UNPACKED + 1))


class Line:
    """A link from one PC to another. `fault_at` messages in, `fault` happens (None: never)."""

    def __init__(self, asker: Pc, answerer: Pc, *, late: list[Late], lost_power: Callable[[Pc], None]) -> None:
        self.audience: Audience = "room" if answerer.keeps_personal else "nobody"
        self._here: Audience = "room" if asker.keeps_personal else "nobody"
        self._answerer = answerer
        self._late = late
        self._lost_power = lost_power
        self._fault: str | None = None
        self._left = 0
        self._lots = Random(0)
        self._answers: list[bytes] = []

    def with_fault(self, fault: str, at: int, lots: Random) -> Line:
        """The `at`-th message meets `fault`."""
        self._fault, self._left, self._lots = fault, at, lots
        return self

    def call(self, request: bytes) -> bytes:
        """See `Link`."""
        self._left -= 1
        answer = self._faulty(request) if self._left == 0 and self._fault is not None else self._deliver(request)
        self._answers.append(answer)
        return answer

    def _faulty(self, request: bytes) -> bytes:
        match self._fault:
            case "request lost":
                raise Unreachable
            case "answer lost":
                self._deliver(request)
                raise Unreachable
            case "request cut":
                return self._deliver(request[: self._lots.randrange(len(request))])
            case "answer cut":
                answer = self._deliver(request)
                return answer[: self._lots.randrange(len(answer))]
            case "request changed":
                return self._deliver(self._changed(request))
            case "answer changed":
                return self._changed(self._deliver(request))
            case "request twice":
                self._deliver(request)
                return self._deliver(request)
            case "request late":
                self._late.append(Late(self._answerer, request, self._here))
                raise Unreachable
            case "old answer":
                self._deliver(request)
                return self._lots.choice(self._answers) if self._answers else self._deliver(request)
            case "a sign-in page":
                return b"<html>Sign in to the network</html>"
            case _:
                return bomb()

    def _changed(self, message: bytes) -> bytes:
        place = self._lots.randrange(len(message))
        return message[:place] + bytes([message[place] ^ self._lots.randrange(1, 256)]) + message[place + 1 :]

    def _deliver(self, request: bytes) -> bytes:
        return deliver(Late(self._answerer, request, self._here), self._lost_power)


def deliver(late: Late, lost_power: Callable[[Pc], None]) -> bytes:
    """The answer of the PC a request goes to; raises `Unreachable` when it is off, or goes off over it."""
    if not late.to.on:
        raise Unreachable
    try:
        return late.to.exchange.answer(late.request, late.audience)
    except PowerCut:
        lost_power(late.to)
        raise Unreachable from None
