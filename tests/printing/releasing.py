"""What a document needs to be released in a test: a room on paper, a worker on paper, a document of four pages."""

from __future__ import annotations

from pathlib import Path

from akimat_desk.journal import Journal
from printing import actions, records
from printing.delivery import Delivery
from printing.held import Held
from printing.held_job import HeldJob
from printing.holding import HOLDING_SET, Holding, HoldingSet
from printing.layout import Pages, quoted
from printing.records import DayTotals, Printer
from printing.release import Tries
from printing.rules import Options
from printing.spool import Spool
from tests.documents import files

STAFF = "5" * 32
DOCUMENT = files.pdf(4)
PAGES = Pages(4, colour=(2,), blank=(4,))


class Paper:
    """A worker that lays out as told and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.sheets: list[tuple[float, float]] = []

    def to_pdf(
        self,
        path: Path,
        target: Path,
        *,
        pages: object = None,
        sides: object = None,
        sheet_mm: tuple[float, float] | None = None,
        password: str | None = None,
    ) -> None:
        assert path.read_bytes() == DOCUMENT
        self.sheets += [sheet_mm] if sheet_mm else []
        self.asked.append(("pages", pages) if sides is None else ("sides", sides))
        target.write_bytes(b"%PDF laid out")

    def preview(
        self, path: Path, page: int, width: int, grey: bool, *, height_px: int, password: str | None = None
    ) -> bytes:
        which = "page" if path.read_bytes() == DOCUMENT else "side"
        return f"{which} {page}, {width}, {grey}, {height_px}".encode()


class Room:
    """See `release.Desktop`."""

    def __init__(self, journal: Journal, spool: Spool) -> None:
        self.spool, self.tries, self.release_worker = spool, Tries(), Paper()
        self.held = Held(journal.store, journal.clock, spool)
        self.woken = 0
        self.slips: list[HeldJob] = []

    def wake(self) -> None:
        self.woken += 1

    def print_held_slip(self, job: HeldJob) -> None:
        self.slips.append(job)


def run(delivery: Delivery, printer: Printer) -> None:
    for _ in range(10):
        if delivery.step(printer) is None:
            return


def day(journal: Journal) -> DayTotals:
    with journal.store.read() as db:
        return records.totals(db, 0, 2**46)


def hold(room: Room, journal: Journal) -> HeldJob:
    cost = quoted(PAGES, Options(), actions.prices_today(journal))
    return room.held.hold(DOCUMENT, device=journal.device, seat=1, pages=PAGES, options=Options(), quote=cost)


def let_residents(journal: Journal, rules: Holding) -> None:
    """The room's rules of who releases."""
    facts = HoldingSet(
        hold=rules.hold, minutes=rules.minutes, keep_minutes=rules.keep_minutes, self_release=rules.self_release,
        pcs=rules.pcs,
    )  # fmt: skip
    journal.append(HOLDING_SET, facts)
