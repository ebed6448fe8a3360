"""Where the shell comes in: a resident books or looks up a ticket; staff keep the list."""

from __future__ import annotations

from akimat_desk.base.clock import local_date
from akimat_desk.office.actions import signed_in
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen, Stage
from meetings.cases.screens.enter import own_minutes
from meetings.day.actions import check_in
from meetings.visits import actions, room
from meetings.visits.flow import Booking, TimeChoice
from meetings.visits.free import Day
from meetings.visits.listed import listed
from meetings.visits.room import Given
from meetings.visits.rules import Slot
from meetings.visits.screens.details import DetailsScreen
from meetings.visits.screens.own import LookUpScreen, OwnTicket
from meetings.visits.screens.staff import VisitsPresenter, VisitsScreen
from meetings.visits.screens.subject import SubjectScreen
from meetings.visits.screens.ticket import TicketScreen
from meetings.visits.screens.times import TimeScreen


def times(desk: Desk, series: str | None = None) -> TimeChoice:
    """The free times, of one official or of all."""
    return TimeChoice(lambda: room.days(desk, series), lambda: actions.now_at(desk.journal))


def book(desk: Desk) -> Screen:
    """A resident books: subject, time, details, ticket."""
    booking = Booking(times(desk), lambda asking: room.book(desk, asking))

    def ticket(given: Given) -> Screen:
        return TicketScreen(given.ticket, lambda stage: stage.home())

    def details(stage: Stage) -> None:
        stage.go(DetailsScreen(booking, ticket, lambda: own(desk)))

    def chosen(stage: Stage, day: Day, slot: Slot) -> None:
        booking.waiting = False
        details(stage)

    def wait(stage: Stage, day: Day) -> None:
        booking.waiting = True
        details(stage)

    return SubjectScreen(booking, lambda: TimeScreen(booking.times, chosen, wait=wait), lambda: own(desk))


def own(desk: Desk) -> Screen:
    """A resident has a ticket."""
    return LookUpScreen(
        OwnTicket(
            look_up=lambda number, code: room.look_up(desk, number, code),
            move=lambda visit, day, start: room.move(desk, visit, day, start),
            cancel=lambda visit: room.cancel(desk, visit),
            print_again=lambda visit: room.print_again(desk, visit),
            times=lambda series: times(desk, series),
            case=lambda number, code: own_minutes(desk, number, code),
            come=lambda visit: check_in(desk.journal, visit),
            today=lambda: local_date(desk.clock.now_ms()),
        )
    )


def visits(desk: Desk) -> Screen:
    """Everybody who is booked or waits for a time, for staff."""
    return VisitsScreen(
        VisitsPresenter(
            fetch=lambda: listed(desk),
            book=lambda asking: room.book(desk, asking, by=signed_in(desk)),
            move=lambda visit, day, start: room.move(desk, visit, day, start, by=signed_in(desk)),
            cancel=lambda visit, reason: actions.cancel(desk.journal, visit, reason, by=signed_in(desk)),
            print_again=lambda visit: room.print_again(desk, visit),
            tell=lambda visit: actions.tell(desk.journal, visit, by=signed_in(desk)),
            new_code=lambda visit: room.new_code(desk, visit, by=signed_in(desk)),
            times=lambda series: times(desk, series),
        )
    )
