"""What the tests of faults say over and over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from akimat_desk.journal import Journal
from akimat_desk.journal.batch import Audience, Batch, batches_beyond
from akimat_desk.journal.receive import Taken
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised, current_host
from akimat_desk.journal.tables import heads
from akimat_desk.sync import InProcessLink
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Counted, Named, Printed, rows
from tests.sync.conftest import Pc

DAY = date(2026, 11, 20)


def line(to: Pc, *, to_kiosk: bool = False) -> InProcessLink:
    """To a staff PC, from another or from a kiosk."""
    return InProcessLink(to.exchange, audience="room", here="nobody" if to_kiosk else "room")


def visit(pc: Pc, times: int = 1) -> None:
    for _ in range(times):
        pc.journal.append(COUNTED, Counted(day=DAY, visits=1))


def print_for(pc: Pc, name: str) -> str:
    return pc.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name=name)).id


def visits(pc: Pc) -> int:
    found = rows(pc.journal, "village_day", "visits")
    return found[0][0] if found else 0


def titles(pc: Pc) -> list[Any]:
    return [title for (title,) in rows(pc.journal, "village_printed", "title")]


def raise_host(by: Pc, host: Pc) -> None:
    with by.journal.commit() as commit:
        now = current_host(commit.db)
        term = 1 if now is None else now.term + 1
        commit.append(HOST_RAISED, HostRaised(device=host.journal.device, term=term))


def same(*pcs: Pc) -> bool:
    return len({str(pc.journal.table_hashes()) for pc in pcs}) == 1


def whole(*pcs: Pc) -> bool:
    return all(pc.journal.verify() == [] for pc in pcs)


def batches(journal: Journal, size: int = 300) -> list[Batch]:
    with journal.store.read() as db:
        return list(batches_beyond(db.connection(), REGISTRY, [], "room", size))


def receive(pc: Pc, *given: Batch) -> list[Taken]:
    return pc.journal.receive(given, admit=lambda _: True, keeps_personal=True)


def entries(pc: Pc) -> int:
    with pc.journal.store.read() as db:
        return sum(head.seq for head in heads(db.connection()))


class Faulty:
    """A link through which each message goes as `carry` says: it gets the request and the way to the other PC."""

    def __init__(self, inner: InProcessLink, carry: Callable[[bytes, Callable[[bytes], bytes]], bytes]) -> None:
        self.audience: Audience = inner.audience
        self._inner = inner
        self._carry = carry

    def call(self, request: bytes) -> bytes:
        return self._carry(request, self._inner.call)
