"""What the print queue lists, what is chosen of it, and what staff do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.theme import Token
from printing.held_job import Found, HeldJob
from printing.release import PrinterChoice
from printing.spool import SpooledJob

if TYPE_CHECKING:
    from printing.records import DayTotals
    from printing.room import StuckPaper

    Listed = HeldJob | SpooledJob | StuckPaper

STATES: Final[dict[str, tuple[str, Token, str]]] = {
    "held": ("lock-keyhole", "gold_text", N_("Waits to be released")),
    "handing": ("hourglass", "gold_text", N_("On its way to the main PC")),
    "released": ("printer", "sky", N_("Being printed")),
    "cancelled": ("eraser", "ink2", N_("Destroyed, not printed")),
    "expired": ("eraser", "ink2", N_("Its time is over, destroyed")),
    "waiting": ("hourglass", "gold_text", N_("Waiting for the printer")),
    "creating": ("printer", "sky", N_("Being sent")),
    "sending": ("printer", "sky", N_("Being sent")),
    "printing": ("printer", "sky", N_("Being printed")),
    "asking": ("clock", "gold_text", N_("Asking the printer")),
    "uncertain": ("triangle-alert", "berry", N_("Decide: did it print?")),
    "done": ("circle-check", "grass", N_("Printed")),
    "stopped": ("circle-x", "ink2", N_("Stopped")),
    "failed": ("circle-alert", "berry", N_("Not printed")),
}
"""Icon, colour and word of a state."""

_PAPER: Final = "paper-"
NOTHING: Final = Found((), 0, 0)


@dataclass(frozen=True, slots=True)
class Queue:
    """What is listed. `held` are the documents with a code, at the room's main PC; `jobs` those printed at once at this
    PC, today's and all open ones, newest first; the room's stuck papers; the day's sums. `away`: the main PC does not
    answer, so only what lies here is listed.
    """

    jobs: tuple[SpooledJob, ...]
    papers: tuple[StuckPaper, ...]
    totals: DayTotals
    held: Found = NOTHING
    printers: tuple[PrinterChoice, ...] = ()
    away: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    """Where the records of finished jobs are safe (`journal.receipts.Place`), by job."""


@dataclass
class QueuePresenter:
    """What staff do with it. All callables but `open` block; the last three take a paper's number.

    `open` gives the screen on which a document is released, or printed once more (`True`).
    """

    fetch: Callable[[str], Queue]
    open: Callable[[HeldJob, bool], Screen]
    stop: Callable[[SpooledJob | HeldJob], object]
    settle: Callable[[SpooledJob | HeldJob, bool], object]
    settle_some: Callable[[SpooledJob | HeldJob, int], object]
    """So many sheets came out."""
    move: Callable[[HeldJob, int], object]
    hand_over: Callable[[HeldJob], object]
    take_back: Callable[[HeldJob, bool], object]
    """`True`: staff have looked, and the main PC does not have it."""
    paper_printed: Callable[[int], object]
    paper_again: Callable[[int], object]
    paper_dropped: Callable[[int], object]
    rules: Callable[[], Screen | None] = lambda: None
    """The screen of the room's rules, for whoever may change them."""
    now: Queue | None = None
    typed: str = ""
    chosen: str = ""
    every_printer: bool = False
    sheets: int = 1
    """What staff have counted in the tray, while they have not said so."""

    def choice(self) -> Listed | None:
        """The chosen one; else what waits for a decision; else the first."""
        if self.now is None:
            return None
        rows = self.rows()
        if self.chosen in rows:
            return rows[self.chosen]
        undecided = [
            row for row in rows.values() if isinstance(row, SpooledJob | HeldJob) and state_of(row) == "uncertain"
        ]
        asked = [] if self.typed else [paper for paper in self.now.papers if paper.asking]
        return next(iter([*asked, *undecided, *rows.values()]), None)

    def place(self, row: HeldJob | SpooledJob) -> str | None:
        """Where the record of a finished one is safe; None in a room of one PC."""
        job = row.job if isinstance(row, HeldJob) else row
        return self.now.places.get(job.job) if self.now is not None and job is not None else None

    def rows(self) -> dict[str, Listed]:
        """Everything listed by its key: papers that need a person first, then documents that wait."""
        if self.now is None:
            return {}
        papers = {} if self.typed else {f"{_PAPER}{paper.number}": paper for paper in self.now.papers}
        jobs = {job.job: job for job in self.now.jobs if not job.held and job.code.startswith(self.typed)}
        return {**papers, **{job.held: job for job in self.now.held.jobs}, **jobs}

    def first(self) -> HeldJob | None:
        """The document that Enter opens: the only one that waits under what is typed, else the chosen one."""
        waiting = [row for row in self.rows().values() if isinstance(row, HeldJob) and row.waits]
        chosen = self.choice()
        if len(waiting) == 1 and self.typed:
            return waiting[0]
        return chosen if isinstance(chosen, HeldJob) and chosen.waits else None


def state_of(row: SpooledJob | HeldJob) -> str:
    """Its state in the list: of one that was released, that of its paper."""
    if isinstance(row, HeldJob) and row.state == "released" and row.job is not None:
        return row.job.state
    return row.state
