"""The form in which somebody is booked: lines that stay in the booking, and one press that books or says what is wrong.
The resident's and the staff's are two looks of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box
from meetings.visits.flow import Booking, lost

if TYPE_CHECKING:
    from meetings.visits.room import Given


class BookingForm(Screen):
    """See the module. `after` gives the screen of the ticket."""

    line_height = 0
    """Of a line, in design pixels; 0 for the usual one."""

    def __init__(self, booking: Booking, after: Callable[[Given], Screen]) -> None:
        self.booking, self._after = booking, after
        self.busy = False

    def first_focus(self) -> str:
        """See `Screen`."""
        return "name"

    def forget_what_was_told(self) -> bool:
        """Whether something was marked as wrong before this press."""
        return bool(self.booking.errors)

    def place_of(self, wrong: str) -> str:
        """The control for what is wrong."""
        return wrong

    def choose_time_again(self, stage: Stage) -> None:
        """The time is no longer to be had."""
        raise NotImplementedError

    def refused(self, stage: Stage, error: AkimatDeskError) -> None:
        """The desk refuses, and not because of the time."""
        stage.error(error)

    def line(self, box: Box, stage: Stage, line: str, label: str, hint: str = "", groups: tuple[int, ...] = ()) -> None:
        """One line of the person's details."""
        booking = self.booking
        Field(
            box,
            label,
            getattr(booking.details, line),
            lambda text: booking.type(line, text),
            hint=hint,
            error=stage.t.say(booking.errors[line]) if line in booking.errors else "",
            groups=groups,
            on_enter=lambda _: self.book(stage),
            height=self.line_height,
            name=line,
        ).pack(fill="x", pady=(stage.px(4), 0))

    def book(self, stage: Stage) -> None:
        """Book as it is typed."""
        if self.busy:
            return
        told = self.forget_what_was_told()
        wrong = self.booking.check()
        if wrong or told:  # what is right by now is red no more
            stage.rebuild()
        if wrong:
            stage.focus(self.place_of(wrong))
            return
        self.busy = True

        def done(given: Given) -> None:
            self.busy = False
            stage.replace(self._after(given))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            if lost(error):
                self.booking.times.slot, self.booking.times.trouble = None, error
                self.choose_time_again(stage)
                return
            self.refused(stage, error)

        language = stage.language
        stage.run(lambda: self.booking.ask(language), done, failed)
