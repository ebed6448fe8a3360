"""Where the shell comes in, for documents that wait: the staff's queue and release, and a resident's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.errors import Unavailable
from akimat_desk.people.staff import NotAllowed
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen
from printing import actions, room
from printing.ending import settle, settle_some
from printing.held_job import HeldJob
from printing.holding import Holding, holding, set_holding
from printing.release import Holder
from printing.room import room_of
from printing.screens.holding import HoldingPresenter, HoldingScreen
from printing.screens.own_release import CodeScreen, OwnRelease, OwnReleaseScreen
from printing.screens.progress import ProgressPresenter, ProgressScreen
from printing.screens.queue import QueueScreen
from printing.screens.queue_presenter import Queue, QueuePresenter
from printing.screens.release import ReleasePresenter, ReleaseScreen
from printing.screens.waiting import WaitingPresenter, WaitingScreen
from printing.spool import SpooledJob

MOST_LISTED: Final = 200


def queue(desk: Desk) -> Screen:
    """Documents that wait, print and were printed today, and the room's own papers, for staff."""
    here = room_of(desk)
    tray = room.out_tray(desk)

    def fetch(typed: str) -> Queue:
        here.drop_release_worker(unused_s=room.UNUSED_SECONDS)
        holder, away = here.holder(), False
        try:
            found, offer = holder.find(typed, MOST_LISTED), holder.offer()
            found = here.with_mine(found, typed)
        except Unavailable:
            mine, away = here.here(), True
            found, offer = mine.find(typed, MOST_LISTED), mine.offer()
        jobs = here.spool.jobs(since_ms=room.since_midnight(desk))
        own = tuple(job for job in jobs if not job.held)
        return Queue(
            own,
            room.stuck_papers(desk),
            room.totals_today(desk),
            found,
            offer.printers,
            away,
            room.places(desk, [job.job for job in jobs]),
        )

    def decide(job: SpooledJob | HeldJob, printed: bool) -> None:
        if isinstance(job, HeldJob):
            here.holder_of(job).settle(job.held, printed=printed, by=_staff(desk))
        else:
            settle(desk.journal, here.spool, job, printed=printed, staff=_staff(desk))

    def decide_some(job: SpooledJob | HeldJob, sheets: int) -> None:
        if isinstance(job, HeldJob):
            here.holder_of(job).settle(job.held, printed=True, by=_staff(desk), sheets=sheets)
        else:
            settle_some(desk.journal, here.spool, job, sheets=sheets, staff=_staff(desk))

    def stop(job: SpooledJob | HeldJob) -> None:
        if isinstance(job, HeldJob):
            here.holder_of(job).stop(job.held)
        else:
            here.spool.ask_stop(job.job)
            here.wake()

    def open(job: HeldJob, again: bool) -> Screen:
        return ReleaseScreen(
            ReleasePresenter(
                job,
                offer=lambda: here.holder_of(job).offer(),
                price=lambda options: here.holder_of(job).price(job.held, options),
                picture=lambda side, size, options: here.holder_of(job).picture(job.held, side, size, options),
                release=lambda options, printer: here.holder_of(job).release(
                    job.held, options, printer=printer, again=again, by=_staff(desk)
                ),
                cancel=lambda: here.holder_of(job).cancel(job.held, by=_staff(desk)),
                again=again,
            )
        )

    return QueueScreen(
        QueuePresenter(
            fetch,
            open=open,
            stop=stop,
            settle=decide,
            settle_some=decide_some,
            move=lambda job, printer: here.holder_of(job).move(job.held, printer),
            hand_over=lambda job: here.handing.again(job.held),
            take_back=lambda job, sure: here.handing.take_back(job.held, by=_somebody(desk), sure=sure),
            paper_printed=tray.printed,
            paper_again=tray.at_once,
            paper_dropped=tray.cancel,
            rules=lambda: rules(desk) if _administrates(desk) else None,
        )
    )


def rules(desk: Desk) -> Screen:
    """Whether documents wait in this room, how long, and who prints them."""

    def fetch() -> Holding:
        with desk.store.read() as db:
            return holding(db)

    def set_rules(chosen: Holding) -> Holding:
        person = desk.signed_in()
        if person is None:
            raise NotAllowed
        return set_holding(desk.journal, chosen, by=person)

    return HoldingScreen(HoldingPresenter(fetch, set_rules, desk.journal.device))


def _administrates(desk: Desk) -> bool:
    person = desk.signed_in()
    return person is not None and person.role == "administrator"


def _somebody(desk: Desk) -> str:
    """Whoever is signed in answers for it."""
    person = desk.signed_in()
    if person is None:
        raise NotAllowed
    return person.staff


def _staff(desk: Desk) -> str | None:
    person = desk.signed_in()
    return person.staff if person else None


def waiting(desk: Desk, job: HeldJob, again: Callable[[], Screen]) -> Screen:
    """What a resident sees whose document waits."""
    here = room_of(desk)

    def holder() -> Holder:
        return here.holder_of(job, resident=True)

    return WaitingScreen(
        WaitingPresenter(
            job,
            fetch=lambda: (here.follow(job.held), here.resident_may_release()),
            slip=lambda: here.slip(job.held),
            drop=lambda: here.handing.give_up(job.held) if here.has(job.held) else holder().cancel(job.held).job,
            printing=lambda now: following(desk, now, again),
            again=again,
            own=lambda now: own_release(desk, now, again),
        )
    )


def following(desk: Desk, job: HeldJob, again: Callable[[], Screen]) -> Screen:
    """The paper of a document that was released, for the resident."""
    here = room_of(desk)
    assert job.job is not None

    def fetch() -> SpooledJob:
        now = here.follow(job.held).job
        assert now is not None  # it was released once, and keeps its last paper
        return now

    def stop() -> None:
        here.holder_of(job).stop(job.held)

    return ProgressScreen(
        ProgressPresenter(
            job.job,
            fetch=fetch,
            stop=stop,
            slip=lambda now: room.print_slip(desk, now),
            again=again,
            kept=True,
        )
    )


def own_code(desk: Desk, again: Callable[[], Screen]) -> Screen:
    """A resident has a code."""
    here = room_of(desk)
    return CodeScreen(lambda code: here.holder(resident=True).open(code), lambda job: own_release(desk, job, again))


def own_release(desk: Desk, job: HeldJob, again: Callable[[], Screen]) -> Screen:
    """A resident looks at a document that waits, and prints it."""
    here = room_of(desk)

    def holder() -> Holder:
        return here.holder(resident=True)

    return OwnReleaseScreen(
        OwnRelease(
            job,
            price=lambda: holder().price(job.held, job.options),
            picture=lambda side, size: holder().picture(job.held, side, size, job.options),
            release=lambda printer: holder().release(job.held, job.options, printer=printer),
            offer=lambda: holder().offer(),
            after=lambda now: following(desk, now, again),
            box_is_there=lambda: actions.box_is_there(desk.journal),
        )
    )  # fmt: skip
