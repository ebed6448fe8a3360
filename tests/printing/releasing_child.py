"""A desk that lets a document wait, or releases one, until it is killed:
`python -m tests.printing.releasing_child DATA KEYS hold|release POINT [HELD]`.

POINT is where it kills itself as a power cut does. While it holds: "piece" when one of its pieces is written, "pieces"
when all are and none was told. While it releases: "clear" with the document in the clear, "marked" inside the write
that decides, "spooled" when it is decided and the printer has not heard.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from printing import actions, held
from printing.entries import KINDS
from printing.held import Held
from printing.layout import Pages, quoted
from printing.records import LOCAL_TABLES, PROJECTIONS
from printing.release import Here, Tries
from printing.rules import Options
from printing.spool import Spool
from tests.printing.delivering_child import die

DOCUMENT = b"%PDF a document of several pieces " * 200
PAGES = Pages(3)


class MortalHeld(Held):
    """Dies where it is told to."""

    point = ""

    def take(self, held: str, number: int, piece: bytes) -> int:
        there = super().take(held, number, piece)
        if self.point == "piece" and number == 1:
            die()
        return there

    def finish(self, held: str) -> Any:
        if self.point == "pieces":
            die()
        return super().finish(held)

    def mark(self, db: Any, held: str, state: Any, **values: Any) -> None:
        super().mark(db, held, state, **values)
        if self.point == "marked" and state == "released":
            die()


class MortalRoom:
    """See `release.Desktop`."""

    def __init__(self, journal: Journal, point: str) -> None:
        self.spool, self.tries, self.release_worker, self._point = (
            Spool(journal.store, journal.clock), Tries(), self, point,
        )  # fmt: skip
        self.held = MortalHeld(journal.store, journal.clock, self.spool)
        self.held.point = point

    def to_pdf(self, path: Path, target: Path, **_: Any) -> None:
        target.write_bytes(path.read_bytes())
        if self._point == "clear":
            die()

    def wake(self) -> None:
        if self._point == "spooled":
            die()


def main(data: str, keys: str, what: str, point: str, name: str = "") -> None:
    held.PIECE = 1000  # type: ignore[misc]
    clock = SystemClock()
    store = Store.open(Home(Path(data), Path(keys)), migrations=(*MIGRATIONS, *LOCAL_TABLES), clock=clock)
    journal = Journal.open(store, Registry(KINDS, PROJECTIONS), clock, machine="test")
    room = MortalRoom(journal, point)
    if what == "hold":
        cost = quoted(PAGES, Options(), actions.prices_today(journal))
        room.held.hold(DOCUMENT, device=journal.device, seat=1, pages=PAGES, options=Options(), quote=cost)
    else:
        Here(journal, room).release(name, Options(pages=(1, 2)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])
