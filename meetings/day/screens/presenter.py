"""What the day's page knows and does, without a display."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import format_time
from akimat_desk.base.words import N_
from meetings.day.queue import ATTENDED, DayNow, Person, Queue
from meetings.visits.number import is_meant

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Screen
    from meetings.visits.scan import Scanned

Act = Literal["next", "again", "missed", "came", "here", "pass", "hold", "start", "end", "call", "gone", "reopen"]

KEYS: Final[Mapping[Act, str]] = {
    "next": "F2",
    "again": "F3",
    "missed": "F4",
    "came": "F5",
    "pass": "F6",
    "hold": "F7",
    "start": "F8",
    "end": "F9",
}
"""One key each, the same in every layout of the keyboard; told on the buttons."""

_OF_CALLED: Final[tuple[Act, ...]] = ("start", "again", "missed", "came", "hold", "pass")
_OF_TALKING: Final[tuple[Act, ...]] = ("end", "hold", "pass")
_OF_CHOSEN: Final[tuple[Act, ...]] = ("call", "here", "gone", "reopen")


class NothingChosen(Refused):
    """A key that needs a ticket."""

    code = "day-nothing-chosen"
    staff_text = N_("No ticket is meant.")
    next_text = N_("Choose one in the list first.")


class NobodyElse(Refused):
    """Somebody is to be sent on, and there is nobody to send them to."""

    code = "day-nobody-else"
    staff_text = N_("Nobody else receives today.")
    next_text = N_("Another reception of this day is planned on the page “Plan of receptions”.")


@dataclass(frozen=True)
class DayView:
    """A day as one official's door sees it. It never changes, so what it makes of the day is worked out once."""

    now: DayNow
    series: str
    official: str
    room: int
    others: tuple[tuple[str, str], ...] = ()
    """The other officials of the day: series, and who they are."""
    before: date | None = None
    after: date | None = None
    """The reception days round this one."""
    left_behind: bool = False
    """This PC went off while somebody was called or received at it."""

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody of this official's queue."""
        return tuple(one for one in self.now.people if one.series == self.series)

    @property
    def queue(self) -> Queue:
        """This official's queue."""
        return self.now.queue(self.series)

    @cached_property
    def page(self) -> tuple[object, ...]:
        """What stands outside the list's rows and the panel."""
        return self.now.day, self.before, self.after, self.series, [one.id for one in self.people]

    def place_of(self, ticket: Scanned) -> int | None:
        """Where in the list the ticket is, None where it is not in it."""
        if ticket.day not in (None, self.now.day):
            return None
        return next((at for at, one in enumerate(self.people) if is_meant(ticket.number, one.visit.number)), None)

    def number_of(self, visit: str) -> str:
        """The number of a ticket."""
        one = self.now.person(visit)
        return one.visit.number if one else ""

    def clock(self, ms: int) -> str:
        """A moment as a time of the day."""
        return format_time(local(ms))

    @cached_property
    def sums(self) -> tuple[tuple[str, int], ...]:
        """The day so far: a msgid and a number each."""
        people = self.people
        found = [
            (N_("Booked"), sum(one.visit.start is not None for one in people)),
            (N_("Were received"), sum(one.turn.state == "ended" for one in people)),
            (N_("Did not come"), sum(one.turn.state == "missed" for one in people)),
        ]
        chosen = sum(one.turn.line == "chosen" for one in people)
        return (*found, (N_("Called out of the order"), chosen)) if chosen else tuple(found)


@dataclass
class DayPresenter:
    """What is shown and chosen. Callables block, except those that make screens."""

    look: Callable[[DayPresenter], DayView]
    act: Callable[[DayPresenter, Act, Person | None], DayView]
    """Does it, and gives back how the day stands for whom it was done to."""
    clock_ms: Callable[[], int]
    print_list: Callable[[DayPresenter], object]
    print_minutes: Callable[[date], object]
    place_screen: Callable[[DayPresenter], Screen]
    send_on_screen: Callable[[DayPresenter, Person], Screen]
    ticket: Callable[[DayView], Screen] | None = None
    protocol: Callable[[str], Screen] | None = None
    day: date | None = None
    """The day somebody went to; None is the day whose queue goes on."""
    series: str = ""
    room: int | None = None
    """Where this PC calls to; before anybody said so, as it was last time."""
    chosen: str = ""
    view: DayView | None = None

    def fetch(self) -> DayView:
        """The day as it is now (blocks)."""
        return self.look(self)

    def go(self, to: object) -> None:
        """Another day; None is today."""
        self.day = to if isinstance(to, date) else None
        self.chosen = ""

    def act_of(self, key: str) -> Act | None:
        """What a function key does now; None where no button bears it. Calling the next one, and sending somebody on,
        are explained where they cannot be done.
        """
        if key == "F2":
            return "next"
        attended = self.attended()
        shown: tuple[Act, ...] = ()
        if attended is not None:
            shown = _OF_CALLED if attended.turn.state == "called" else _OF_TALKING
        elif key == KEYS["pass"] and self.may_be_sent_on():
            shown = ("pass",)
        if key == self.key_of("here") and self.may_arrive():
            return "here"
        return next((act for act in shown if KEYS.get(act) == key), None)

    def key_of(self, act: Act) -> str:
        """The key on an act's button: F5 is that of who is called, and otherwise of who is chosen."""
        if act == "here":
            attended = self.attended()
            return "" if attended is not None and attended.turn.state == "called" else KEYS["came"]
        return KEYS.get(act, "")

    def may_arrive(self) -> bool:
        """Whether who is chosen may be marked as being here."""
        chosen = self.chosen_one()
        return chosen is not None and chosen.turn.state in ("expected", "missed", "held")

    def attended(self) -> Person | None:
        """Who was called to this room or is being received in it."""
        if self.view is None:
            return None
        here = [one for one in self.view.queue.attended if one.turn.room == self.view.room]
        return next(iter(here or self.view.queue.attended), None)

    def chosen_one(self) -> Person | None:
        """Whom staff went to in the list; None where that is who is being received."""
        one = self.view.now.person(self.chosen) if self.view and self.chosen else None
        return one if one is not None and one.turn.state not in ATTENDED else None

    def minutes_of(self, one: Person) -> int:
        """How long they have been called, or received."""
        since = one.turn.started_ms if one.turn.state == "talking" else one.turn.called_ms
        return max(0, self.clock_ms() - since) // 60_000

    def may_be_sent_on(self) -> bool:
        """Whether who is chosen may go on to another official without having been called."""
        chosen = self.chosen_one()
        return chosen is not None and chosen.turn.state in ("waiting", "held") and self.attended() is None

    def meant(self, act: Act) -> Person | None:
        """Whom `act` is done to: who is being received, or who is chosen."""
        attended, chosen = self.attended(), self.chosen_one()
        if act in _OF_CHOSEN:
            return chosen
        return attended or (chosen if act == "pass" else None)

    def do(self, act: Act) -> DayView:
        """Do it (blocks). Raises `NothingChosen`, and what the action raises."""
        one = self.meant(act)
        if one is None and act != "next":
            raise NothingChosen
        return self.act(self, act, one)

    def give_ticket(self) -> Screen | None:
        """The ticket of somebody who walks in; None where that cannot be: on another day, or without a reception."""
        view = self.view
        today = view is not None and view.now.day == local_date(self.clock_ms())
        return self.ticket(view) if self.ticket and view is not None and view.series and today else None

    def send_on(self) -> Screen:
        """The choice of another official. Raises `NothingChosen` and `NobodyElse`."""
        one = self.meant("pass")
        if one is None or self.view is None:
            raise NothingChosen
        if not self.view.others:
            raise NobodyElse
        return self.send_on_screen(self, one)

    def place(self) -> Screen:
        """The choice of the official and the room of this PC."""
        return self.place_screen(self)
