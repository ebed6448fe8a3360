"""Staff write down who comes: the form of a booking, and the two presses of a walk-in's ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import basis_remark, halves, panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.plan import clock_of
from meetings.visits.flow import Booking
from meetings.visits.rules import OUT_OF_TURN
from meetings.visits.screens.form import BookingForm
from meetings.visits.subjects import SUBJECTS

if TYPE_CHECKING:
    from meetings.visits.free import Day
    from meetings.visits.room import Given

WAYS: Final = (("phone", N_("By telephone"), "phone"), ("staff", N_("At the desk"), "user"))
NEEDS: Final = (
    ("wheelchair", N_("Wheelchair")),
    ("interpreter", N_("Interpreter")),
    ("home-visit", N_("Home visit")),
)


class StaffDetailsScreen(BookingForm):
    """The form. `after` gives the screen of the ticket, `back` leads to the choice of the time."""

    name = "visits.staff_details"
    frame = "staff"
    line_height = 40

    def __init__(self, booking: Booking, after: Callable[[Given], Screen], back: Callable[[Stage], object]) -> None:
        super().__init__(booking, after)
        self._back = back

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Who is coming?")

    def build(self, body: Box, stage: Stage) -> None:
        """The person at the left; the matter and what they need at the right."""
        t, px, booking = stage.t, stage.px, self.booking
        left, right = halves(body, stage)
        card = panel(left)
        day, slot = booking.times.day, booking.times.slot
        if day is not None:
            told = format_date(day.day, stage.language)
            time = t("on the waiting list") if booking.waiting or slot is None else format_time(clock_of(slot.start))
            Text(card, f"{told}, {time}", "section", edge=True, wrap=True).pack(fill="x")
        self._choose(card, stage, "way", t("How they asked"), [Option(key, t(text), icon) for key, text, icon in WAYS])
        self.line(card, stage, "name", t("Surname, name, patronymic"))
        self.line(card, stage, "iin", t("IIN, if they say it"), groups=(6, 6))
        self.line(card, stage, "phone", t("Phone"))
        self.line(card, stage, "address", t("Address"))
        self.line(card, stage, "spoken_for", t("Who asks for them, if somebody else"))
        card = panel(right)
        self._choose(card, stage, "subject", t("Subject"), [Option(one.key, t(one.name)) for one in SUBJECTS], across=2)
        if "subject" in booking.errors and not booking.subject:
            why = t.say(booking.errors["subject"])
            Text(card, why, "strong", "berry", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))
        self.line(card, stage, "about", t("What it is about"))
        Text(card, t("What they need"), "label", edge=True).pack(fill="x", pady=(px(6), 0))
        needs = Box(card)
        needs.pack(fill="x")
        for number, (key, words) in enumerate(NEEDS):
            chosen = key if key in booking.needs else ""
            OptionRow(needs, "", [Option(key, t(words))], chosen, lambda key: self._need(stage, key), name="need").grid(
                row=0, column=number, sticky="nsew"
            )
            needs.columnconfigure(number, weight=1, uniform="needs")
        groups = [Option("", t("In turn")), *(Option(one.key, t(one.name)) for one in OUT_OF_TURN)]
        self._choose(card, stage, "group", t("Received out of turn"), groups, across=2)
        for one in OUT_OF_TURN:
            if one.key == booking.group:
                basis_remark(card, one.basis, t)
        words = t.button("Give the ticket")
        Button(left, words, lambda: self.book(stage), "primary", icon="ticket", name="save", height=52).pack(fill="x")
        Button(left, t.button("Back"), lambda: self._back(stage), icon="arrow-left", name="cancel").pack(fill="x")

    def _choose(self, card: Box, stage: Stage, what: str, label: str, options: list[Option], across: int = 0) -> None:
        def choose(key: str) -> None:
            setattr(self.booking, what, key)
            stage.rebuild()

        OptionRow(card, label, options, getattr(self.booking, what), choose, columns=across, name=what).pack(
            fill="x", pady=(stage.px(6), 0)
        )

    def _need(self, stage: Stage, key: str) -> None:
        self.booking.toggle(key)  # type: ignore[arg-type]
        stage.rebuild()

    def place_of(self, wrong: str) -> str:
        """See `BookingForm`."""
        return f"subject-{SUBJECTS[0].key}" if wrong == "subject" else wrong

    def choose_time_again(self, stage: Stage) -> None:
        """See `BookingForm`."""
        self._back(stage)

    def on_escape(self, stage: Stage) -> None:
        """Nothing is booked."""
        self._back(stage)


class WalkInScreen(Screen):
    """Somebody stands at the desk: the subject is pressed, and the ticket is printed."""

    name = "visits.walk_in"
    frame = "staff"

    def __init__(self, booking: Booking, series: tuple[str, ...], after: Callable[[Given], Screen]) -> None:
        self.booking, self.series, self._after = booking, series, after
        booking.times.past = True
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What did they come about?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return f"subject-{SUBJECTS[0].key}"

    def build(self, body: Box, stage: Stage) -> None:
        """Who receives, where there are several; out of turn; the subjects, each of which gives the ticket."""
        t, px, booking = stage.t, stage.px, self.booking
        times = booking.times
        today = [one for one in times.officials if one.series.id in self.series]
        if len(today) > 1:

            def official(key: str) -> None:
                times.choose_official(key)
                stage.rebuild()

            options = [Option(one.series.id, one.content.official(stage.language), "user") for one in today]
            chosen = times.official or options[0].key
            OptionRow(body, t("Who receives"), options, chosen, official, columns=1, name="official").pack(fill="x")

        def group(key: str) -> None:
            booking.group = key
            stage.rebuild()

        groups = [Option("", t("In turn")), *(Option(one.key, t(one.name)) for one in OUT_OF_TURN)]
        OptionRow(body, t("Received out of turn"), groups, booking.group, group, columns=3, name="group").pack(
            fill="x", pady=(0, px(10))
        )
        subjects = [Option(one.key, t(one.name), one.icon) for one in SUBJECTS]
        label = t("Press the subject: the ticket is printed at once")
        OptionRow(body, label, subjects, "", lambda key: self._give(stage, key), columns=2, name="subject").pack(
            fill="x"
        )
        Button(body, t.button("Back"), stage.back, icon="arrow-left", name="cancel").pack(anchor="w", pady=px(8))

    def _give(self, stage: Stage, key: str) -> None:
        if self.busy or self.booking.times.day is None:
            return
        self.busy, self.booking.subject = True, key

        def done(given: Given) -> None:
            self.busy = False
            stage.replace(self._after(given))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        language = stage.language
        stage.run(lambda: self.booking.ask(language), done, failed)

    def on_show(self, stage: Stage) -> None:
        """Today's receptions."""

        def show(days: tuple[Day, ...]) -> None:
            times = self.booking.times
            times.take(tuple(one for one in days if one.series.id in self.series))
            times.day = next(iter(times.of_official), None)
            stage.rebuild()

        stage.run(self.booking.times.fetch, show, kind="read")

    def on_escape(self, stage: Stage) -> None:
        """No ticket is given."""
        stage.back()
