"""Step 3: who comes. Name and IIN, how to reach them, what they need; the matter in a few words if they like."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import IconFact, Remark
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.plan import clock_of
from meetings.visits.flow import Booking
from meetings.visits.rules import BookedThatDay
from meetings.visits.screens.form import BookingForm
from meetings.visits.screens.steps import steps
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from meetings.visits.entries import Need
    from meetings.visits.room import Given

NEEDS: Final[tuple[tuple[Need, str, str], ...]] = (
    ("wheelchair", N_("I come in a wheelchair"), "user"),
    ("interpreter", N_("I need an interpreter"), "languages"),
    ("home-visit", N_("I cannot leave home"), "house"),
)


class DetailsScreen(BookingForm):
    """See the module. `after` gives the screen of the ticket, `own` the look-up for who has one on that day already."""

    name = "visits.details"
    aside_width = 340

    def __init__(
        self, booking: Booking, after: Callable[[Given], Screen], own: Callable[[], Screen] | None = None
    ) -> None:
        super().__init__(booking, after)
        self._own = own
        self.has_one = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Who is coming?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(
                t.button("Take the ticket"),
                lambda: self.book(stage),
                icon="ticket",
                short=t.button("Ticket"),
                name="continue",
            ),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """Two columns of lines, then the needs."""
        t, px = stage.t, stage.px
        own = self._own
        if self.has_one and own is not None:
            Button(body, t.button("My ticket"), lambda: stage.go(own()), icon="ticket", name="own").pack(anchor="w")
        upper = Box(body)
        upper.pack(fill="x")
        left, right = two_parts(upper, beside=stage.layout != "large")
        self.line(left, stage, "name", t("Surname, name, patronymic"), t("As in the identity card"))
        self.line(left, stage, "iin", t("IIN"), t("12 digits on the identity card"), groups=(6, 6))
        self.line(right, stage, "phone", t("Phone"), t("To tell you if the day changes"))
        self.line(right, stage, "about", t("What it is about"), t("In a few words, if you like"))

        def toggle(key: str) -> None:
            self.booking.toggle(key)  # type: ignore[arg-type]
            stage.rebuild()

        Text(body, t("Mark what you need"), "label", edge=True, wrap=True).pack(fill="x", pady=(px(8), 0))
        row = Box(body)
        row.pack(fill="x")
        across = 1 if stage.layout == "large" else 3
        for number, (key, words, icon) in enumerate(NEEDS):
            chosen = key if key in self.booking.needs else ""
            OptionRow(row, "", [Option(key, t(words), icon)], chosen, toggle, name="need").grid(
                row=number // across, column=number % across, sticky="nsew"
            )
        for column in range(across):
            row.columnconfigure(column, weight=1, uniform="needs")
        Remark(
            body, t("Only staff see your name and IIN. The board shows the number of the ticket, never a name.")
        ).pack(fill="x", pady=(px(10), 0))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """What was chosen so far."""
        t, px, booking = stage.t, stage.px, self.booking
        day, language = booking.times.day, stage.language
        if day is None:
            return
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("What you chose"), "section", edge=True, wrap=True).pack(fill="x", pady=(0, px(8)))
        slot = booking.times.slot
        time = t("at {time}", time=format_time(clock_of(slot.start))) if slot and not booking.waiting else ""
        shown = format_date(day.day, language)
        for icon, label, value in (
            ("file-text", t("Subject"), t(subject(booking.subject).name)),
            ("user", t("Who receives"), day.content.official(language)),
            ("calendar-check", t("Day and time"), f"{shown}, {time or t('on the waiting list')}"),
        ):
            IconFact(card.body, icon, "gold", label, value).pack(fill="x", pady=px(6))

    def forget_what_was_told(self) -> bool:
        """See `BookingForm`."""
        told, self.has_one = bool(self.booking.errors) or self.has_one, False
        return told

    def choose_time_again(self, stage: Stage) -> None:
        """See `BookingForm`."""
        stage.back()

    def refused(self, stage: Stage, error: AkimatDeskError) -> None:
        """See `BookingForm`. Who has a time on that day already is led to it."""
        if error.code == BookedThatDay.code and self._own is not None:
            self.has_one = True
            stage.rebuild()
        stage.error(error)
