"""Step 1: what is it about? And the way to one's own ticket, for those who have one."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box
from meetings.visits.flow import Booking
from meetings.visits.screens.steps import steps
from meetings.visits.subjects import SUBJECTS


class SubjectScreen(Screen):
    """See the module."""

    name = "visits.subject"
    topics = frozenset({"meetings.visits", "meetings.plan"})

    def __init__(self, booking: Booking, then: Callable[[], Screen], own: Callable[[], Screen]) -> None:
        self.booking, self._then, self._own = booking, then, own

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What do you want to talk about?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 1)

    def first_focus(self) -> str:
        """See `Screen`."""
        return f"subject-{SUBJECTS[0].key}"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        words, short = t.button("My ticket"), t.button("Look up")
        own = Action(words, lambda: stage.go(self._own()), icon="ticket", short=short, name="own")
        back = Action(t.button("Back"), stage.back, icon="arrow-left")
        return Footer(back=back, primary=None, middle=own)

    def build(self, body: Box, stage: Stage) -> None:
        """The subjects; above them who receives, where there are several."""
        t, px, booking = stage.t, stage.px, self.booking
        times = booking.times
        if times.days is not None and not times.days:
            EmptyState(
                body,
                t("No reception day is announced."),
                t("Ask a member of staff when the akim receives."),
            ).pack(fill="both", expand=True)
            return
        if len(times.officials) > 1:

            def choose_official(key: str) -> None:
                times.choose_official(key)
                stage.rebuild()

            officials = [Option(one.series.id, one.content.official(stage.language), "user") for one in times.officials]
            chosen = times.official or officials[0].key
            OptionRow(body, t("Who receives"), officials, chosen, choose_official, columns=1, name="official").pack(
                fill="x", pady=(0, px(8))
            )

        def choose(key: str) -> None:
            booking.subject = key
            stage.go(self._then())

        OptionRow(
            body,
            "",
            [Option(one.key, t(one.name), one.icon) for one in SUBJECTS],
            booking.subject,
            choose,
            columns=1 if stage.layout == "large" else 2,
            name="subject",
        ).pack(fill="x", pady=(px(6), 0))

    def on_show(self, stage: Stage) -> None:
        """Read the days: without any there is nothing to book."""

        def show(days: tuple[object, ...]) -> None:
            before = self.booking.times.days
            self.booking.times.take(days)  # type: ignore[arg-type]
            if before is None or len(before) != len(days):
                stage.rebuild()

        stage.run(self.booking.times.fetch, show, kind="read")
