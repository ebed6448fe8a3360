"""How an opened desk becomes the day's page and the board: the presenters are put together here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local
from akimat_desk.office.actions import signed_in
from akimat_desk.ui.screen import Screen
from meetings.cases.printing import print_day
from meetings.cases.screens.enter import protocol_of
from meetings.day import actions, board, printing, voice
from meetings.day.actions import Stepped
from meetings.day.queue import Person, Queue, day_after, day_now
from meetings.day.records import last_place
from meetings.day.screens.board import BoardPresenter, BoardScreen
from meetings.day.screens.day import DayScreen
from meetings.day.screens.place import Place, PlaceScreen, SendOn, SendOnScreen
from meetings.day.screens.presenter import Act, DayPresenter, DayView
from meetings.records import all_series_of
from meetings.visits import room
from meetings.visits.flow import Booking
from meetings.visits.room import Given
from meetings.visits.screens.enter import times
from meetings.visits.screens.staff_form import WalkInScreen
from meetings.visits.screens.ticket import TicketScreen

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.records import Series


def the_day(desk: Desk) -> Screen:
    """The staff's page of the day."""
    return DayScreen(
        DayPresenter(
            look=lambda day: look(desk, day, _since(desk)),
            act=partial(_act, desk, _since(desk)),
            clock_ms=desk.clock.now_ms,
            print_list=lambda day: printing.print_list(desk, day.view),
            print_minutes=lambda day: print_day(desk, day),
            place_screen=partial(_place, desk),
            send_on_screen=partial(_send_on, desk),
            ticket=partial(_ticket, desk),
            protocol=partial(protocol_of, desk),
        )
    )


@cache
def _since(desk: Desk) -> int:
    """When this program first opened the page: who was attended before that was left behind by another run of it."""
    return desk.clock.now_ms()


def the_board(desk: Desk, leave: Callable[[], object]) -> Screen:
    """The board on the wall; `leave` is what Escape leads to."""
    caller = voice.caller_at(desk.home)
    return BoardScreen(
        BoardPresenter(
            fetch=lambda: board.board_now(desk),
            time=lambda: local(desk.clock.now_ms()),
            say=caller.call,
            leave=leave,
        )
    )


def look(desk: Desk, shown: DayPresenter, opened_ms: int = 0) -> DayView:
    """A day as this PC's door sees it (blocks)."""
    clock_ms = desk.clock.now_ms()
    with desk.store.read() as db:
        day = shown.day or board.day_of_the_queue(db, clock_ms)
        now, series = day_now(db, day, clock_ms), all_series_of(db)
        was_series, was_room = last_place(db, desk.journal.device)
    language = desk.words.language
    held = _of_the_day(series, now.day, [one.series for one in now.people])
    names = {one.id: one.content.official(language) for one in held}
    chosen = next((id for id in (shown.series, was_series) if id in names), next(iter(names), ""))
    room = shown.room
    if room is None:
        place = next((one.content.place_kk for one in held if one.id == chosen), "")
        room = board.room_of_place(place) if was_room is None else was_room
    days = sorted({*board.days_of(series), day})
    at = days.index(day)
    return DayView(
        now=now,
        series=chosen,
        official=names.get(chosen, ""),
        room=room,
        others=tuple((id, name) for id, name in names.items() if id != chosen),
        before=days[at - 1] if at else None,
        after=days[at + 1] if at + 1 < len(days) else None,
        left_behind=_left_behind(desk, now.queue(chosen), opened_ms),
    )


def _left_behind(desk: Desk, queue: Queue, opened_ms: int) -> bool:
    here = (one.turn for one in queue.attended if one.turn.device == desk.journal.device)
    return any(max(turn.called_ms, turn.started_ms) < opened_ms for turn in here)


def _of_the_day(series: Sequence[Series], day: date, met: Sequence[str]) -> list[Series]:
    """The series of a day: those people were told of, and those somebody has come to."""
    told = {one.id for one in board.held_on(series, day)}
    return [one for one in series if one.id in told or one.id in met]


def _ticket(desk: Desk, view: DayView) -> Screen:
    """A ticket for somebody who came without a booking."""
    booking = Booking(times(desk), lambda asking: room.book(desk, asking, by=signed_in(desk)), way="walk-in")

    def given(ticket: Given) -> Screen:
        return TicketScreen(ticket.ticket, lambda stage: stage.back(), staff=True)

    return WalkInScreen(booking, (view.series, *(series for series, _ in view.others)), given)


def _act(desk: Desk, opened_ms: int, shown: DayPresenter, act: Act, one: Person | None) -> DayView:
    """Do it, and look at whom it was done to."""
    view = shown.view
    assert view is not None
    stepped = _step(desk, shown, view, act, one)
    with desk.store.read() as db:
        now = day_after(db, view.now, stepped.visits, desk.clock.now_ms())
    return replace(view, now=now, left_behind=_left_behind(desk, now.queue(view.series), opened_ms))


def _step(desk: Desk, shown: DayPresenter, view: DayView, act: Act, one: Person | None) -> Stepped:
    journal, by = desk.journal, signed_in(desk)
    if act == "next":
        attended, following = shown.attended(), view.queue.next
        meant = following.id if following else ""
        if attended is not None and attended.turn.state == "talking":
            return actions.end_and_call_next(journal, attended.id, room=view.room, by=by, shown=meant)
        return actions.call_next(journal, view.now.day, view.series, room=view.room, by=by, shown=meant)
    assert one is not None
    if act == "call":
        return actions.call(journal, one.id, room=view.room, by=by)
    plain = {
        "again": actions.call_again,
        "missed": actions.missed,
        "gone": actions.missed,
        "came": actions.came,
        "here": actions.came,
        "hold": actions.hold,
        "start": actions.start,
        "reopen": actions.start,
        "end": actions.end,
    }
    return plain[act](journal, one.id, by=by)


def _place(desk: Desk, shown: DayPresenter) -> Screen:
    view = shown.view
    assert view is not None

    def save(series: str, room: int) -> None:
        shown.series, shown.room, shown.chosen = series, room, ""

    return PlaceScreen(
        Place(
            ((view.series, view.official), *view.others),
            view.series,
            view.room,
            save,
            lambda: printing.print_order(desk),
        )
    )


def _send_on(desk: Desk, shown: DayPresenter, one: Person) -> Screen:
    assert shown.view is not None
    return SendOnScreen(
        SendOn(
            one.visit.number,
            shown.view.others,
            lambda series: actions.pass_on(desk.journal, one.id, series, by=signed_in(desk)),
        )
    )
