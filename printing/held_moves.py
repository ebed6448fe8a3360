"""What staff do on the command line with a document that is on its way already: move, stop, decide, hand over, take
back. A document is meant by its code, one that is printed at once too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.base.words import N_
from printing.ending import decidable, settle, settle_some
from printing.held import CodeUnknown
from printing.held_job import Found, HeldJob
from printing.spool import SpooledJob

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from akimat_desk.journal import Journal
    from printing.release import Holder
    from printing.room import Room


class NotInDoubt(Refused):
    """Staff decide only what nobody else can tell."""

    code = "not-in-doubt"
    staff_text = N_("The printer is still at work with this document: there is nothing to decide.")
    next_text = N_("Wait until it has ended, or stop it.")


NOTHING: Final = Found((), 0, 0)
_NEVER: Final = 2**62
"""No job has changed since then: only open ones are told."""


def add_to_release(parser: argparse.ArgumentParser) -> None:
    """What `print release` does besides releasing; one of these at a time."""
    group = parser.add_mutually_exclusive_group()
    for name, said in (
        ("--again", N_("Print once more what came out badly; nothing more is paid.")),
        ("--move", N_("It is released already: let the printer of --printer take it, while none has begun.")),
        ("--printed", N_("Nobody knows whether it came out, and you have looked: it did, and is charged.")),
        ("--not-printed", N_("You have looked: it did not come out. Nothing is charged; it waits again.")),
        ("--hand-over", N_("It is on its way to the main PC: hand it over now.")),
        ("--take-back", N_("It is on its way to the main PC: let it wait at this PC again.")),
    ):
        group.add_argument(name, action="store_true", help=said)
    group.add_argument(
        "--sheets",
        type=sheets,
        metavar="N",
        help=N_("You have looked: so many sheets came out, and only these are charged. The rest waits again."),
    )


def sheets(text: str) -> int:
    """How many sheets."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def add_to_cancel(parser: argparse.ArgumentParser) -> None:
    """What `print cancel` does besides destroying."""
    parser.add_argument(
        "--stop",
        action="store_true",
        help=N_("It is printing: stop it. What has come out is charged; if nothing has, it waits again."),
    )


def move(here: Room, code: str, printer: Callable[[Holder], int]) -> HeldJob:
    """Let another printer take it. Raises `CodeUnknown`, `JobOver`, `NoneCan`."""
    job = _held(here, code, lambda job: job.state == "released")
    holder = here.holder_of(job)
    return holder.move(job.held, printer(holder)).job


def decide(
    journal: Journal, here: Room, code: str, *, printed: bool, sheets: int | None = None
) -> HeldJob | SpooledJob:
    """Say whether it came out, or how many sheets of it. Raises `CodeUnknown`, `NotInDoubt`, `JobOver`,
    `SheetsOutside`.
    """
    job = _either(here, code, decidable)
    if isinstance(job, HeldJob):
        return here.holder_of(job).settle(job.held, printed=printed, by=None, sheets=sheets).job
    if sheets is None:
        settle(journal, here.spool, job, printed=printed, staff=None)
    else:
        settle_some(journal, here.spool, job, sheets=sheets, staff=None)
    return here.spool.get(job.job)


def stop(here: Room, code: str) -> HeldJob | SpooledJob:
    """Have the printer stop. Raises `CodeUnknown`, `JobOver`."""
    job = _either(here, code, lambda job: True)
    if isinstance(job, HeldJob):
        return here.holder_of(job).stop(job.held).job
    here.spool.ask_stop(job.job)
    here.wake()
    return here.spool.get(job.job)


def hand_over(here: Room, code: str) -> HeldJob:
    """Bring it to the main PC now. Raises `CodeUnknown`, and why it does not go."""
    job = _held(here, code, lambda job: job.state in ("held", "handing") and here.has(job.held))
    here.handing.again(job.held)
    return here.follow(job.held)


def take_back(here: Room, code: str) -> HeldJob:
    """Let it wait at this PC. Raises `CodeUnknown`, `AtTheMainPc`, `MainPcSilent`: who is sure that a silent main PC
    does not have it puts their name to it, on the page of the queue.
    """
    job = _held(here, code, lambda job: job.state == "handing")
    return here.handing.take_back(job.held, by=None)


def _held(here: Room, code: str, fits: Callable[[HeldJob], bool]) -> HeldJob:
    found = [job for job in _listed(here, code) if fits(job)]
    if len(found) != 1:
        raise CodeUnknown
    return found[0]


def _either(here: Room, code: str, fits: Callable[[SpooledJob], bool]) -> HeldJob | SpooledJob:
    """A released document, or one that is printed at once. Raises `NotInDoubt` where the only one does not fit."""
    released = [(job, job.job) for job in _listed(here, code) if job.state == "released" and job.job is not None]
    at_once = [(job, job) for job in here.spool.jobs(since_ms=_NEVER) if not job.held and job.code == code]
    found: list[tuple[HeldJob | SpooledJob, SpooledJob]] = [*released, *at_once]
    if not found:
        raise CodeUnknown
    meant = [job for job, paper in found if fits(paper)]
    if not meant:
        raise NotInDoubt
    if len(meant) > 1:
        raise CodeUnknown
    return meant[0]


def _listed(here: Room, code: str) -> list[HeldJob]:
    try:
        found = here.holder().find(code)
    except Unavailable:  # what lies here can be dealt with all the same
        found = NOTHING
    return [job for job in here.with_mine(found, code).jobs if job.code == code]
