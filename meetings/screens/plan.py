"""The plan of the next twelve months: every date with what people were told of it, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from akimat_desk.base.locale import format_date, format_range
from akimat_desk.base.words import N_, Translator
from akimat_desk.calendar.words import full_day
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table
from meetings.plan import clock_of
from meetings.words import SHIFTS, tell, tell_rule

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.ui.theme import Token
    from meetings.actions import Planned
    from meetings.plan import PlanNow, SeriesPlan
    from meetings.records import Series
    from meetings.rules import Occurrence, Order

CONFIRM: Final = N_("to confirm")
SET: Final = N_("to set a day")
CANCELLED: Final = N_("cancelled")
UNTOLD: Final = N_("not announced")
TOLD: Final = N_("announced")
OTHER_DAY: Final = N_("announced, another day")


class Entry(NamedTuple):
    """One date of one series, as the list shows it."""

    plan: SeriesPlan
    now: Occurrence
    told: date | None
    """The day people know; the day it would be, where nobody was told."""

    @property
    def key(self) -> str:
        """Names it in the list."""
        return f"{self.plan.series.id}/{self.now.of.isoformat()}"

    @property
    def proposed(self) -> bool:
        """Whether it would now be held on another day than people were told."""
        return any(each.of == self.now.of for each in self.plan.proposals)

    @property
    def announced(self) -> bool:
        """Whether people were told of it."""
        return self.now.of in self.plan.series.promised

    def state(self) -> tuple[str, Token, str]:
        """Icon, colour and words of how it stands."""
        if self.proposed:
            return "triangle-alert", "gold_text", CONFIRM
        if self.now.because == "open" and not self.announced:
            return "hourglass", "gold_text", SET
        if self.told is None:
            return "circle-x", "ink2", CANCELLED
        if not self.announced:
            return "circle", "ink2", UNTOLD
        return "circle-check", "grass", TOLD if self.told == self.now.of else OTHER_DAY


@dataclass
class PlanPresenter:
    """The plan and the chosen date. Callables block, except the two that make screens."""

    fetch: Callable[[], PlanNow]
    publish: Callable[[SeriesPlan, tuple[Occurrence, ...]], Planned]
    take_back: Callable[[Series, Order], object]
    poster: Callable[[], object]
    save_file: Callable[[], str]
    """Writes the calendar file onto a stick; the stick's name."""
    another_day: Callable[[Series, Occurrence, date | None], Screen]
    series: Callable[[Series | None], Screen]
    now: PlanNow | None = None
    chosen: str = ""

    def entries(self) -> list[Entry]:
        """Every date of every series, in the order of the days."""
        found = []
        for plan in self.now.series if self.now else ():
            promised = plan.series.promised
            found += [Entry(plan, one, promised.get(one.of, one.held_on)) for one in plan.occurrences]
        return sorted(found, key=lambda entry: (entry.told or entry.now.of, entry.plan.series.content.start, entry.key))

    def choice(self) -> Entry | None:
        """The chosen date; where none was chosen the first that waits for somebody, else the first."""
        entries = self.entries()
        waiting = [one for one in entries if one.proposed or one.state()[2] == SET]
        return next((one for one in entries if one.key == self.chosen), next(iter(waiting or entries), None))

    def booked(self, one: Entry) -> int:
        """How many are booked on the day people were told of."""
        return self.now.booked.get(one.plan.series.id, {}).get(one.told, 0) if self.now and one.told else 0

    def untold(self) -> list[SeriesPlan]:
        """The series of which some dates were not announced."""
        return [plan for plan in self.now.series if plan.untold] if self.now else []


class PlanScreen(Screen):
    """See the module."""

    name = "meetings.plan"
    frame = "staff"
    topics = frozenset({"meetings.plan", "calendar.days"})

    def __init__(self, plan: PlanPresenter) -> None:
        self.plan = plan
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Plan of receptions")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "dates"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """What is taken away: on paper, and on a stick."""
        if self.plan.now is None or not self.plan.now.series:
            return
        t = stage.t
        Button(box, t.button("Print the poster"), lambda: self._poster(stage), icon="printer", name="poster").pack(
            side="left"
        )
        Button(box, t.button("Save for phones"), lambda: self._file(stage), icon="smartphone", name="file").pack(
            side="left"
        )

    def build(self, body: Box, stage: Stage) -> None:
        """The dates on the left, the chosen one on the right."""
        t, plan = stage.t, self.plan
        if plan.now is None:
            return
        if not plan.now.series:
            EmptyState(
                body,
                t("No receptions are planned yet"),
                t("The akim receives residents on the third Friday of every month. Other days can be set, too."),
                t.button("Plan receptions"),
                lambda: stage.go(plan.series(None)),
            ).pack(fill="both", expand=True)
            return
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        entries, choice = plan.entries(), plan.choice()
        waits = plan.now.waiting
        Table(
            left,
            [
                Column("day", t("Day"), 236),
                Column("who", t("Who receives"), 150, stretch=True),
                Column("state", t("State"), 206, spare=1),
            ],
            ListedRows([self._row(stage, one) for one in entries]),
            chosen=choice.key if choice else "",
            on_choose=self._choose,
            counts=t("Dates: {n}", n=len(entries)),
            note=t("Waiting for you: {n}", n=waits) if waits else "",
            name="dates",
        ).grid(row=0, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._date(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _row(self, stage: Stage, one: Entry) -> Row:
        icon, colour, words = one.state()
        day = format_date(one.told or one.now.of, stage.language)
        return Row(one.key, (day, one.plan.series.content.official(stage.language), stage.t(words)), icon, colour)

    def _date(self, box: Box, stage: Stage) -> None:
        t, px, one = stage.t, stage.px, self.plan.choice()
        if one is None:
            return
        content, language = one.plan.series.content, stage.language
        body = panel(box, "chosen")
        Text(body, full_day(one.told or one.now.of, t), "section", edge=True, wrap=True).pack(fill="x")
        _, colour, state = one.state()
        Text(body, t(state), "strong", colour, edge=True, wrap=True).pack(fill="x")
        times = format_range(clock_of(content.start), clock_of(content.end))
        lines = (f"{content.title(t)}, {times}", content.official(language), content.place(language))
        Text(body, "\n".join(filter(None, lines)), "body", edge=True, wrap=True).pack(fill="x", pady=(px(4), px(4)))
        if said := tell(one.now, t):
            Remark(body, said, "info", "gold" if one.proposed else "sky").pack(fill="x", pady=(0, px(4)))
        if one.now.of in one.plan.series.unsettled:
            apart = t("Two PCs decided differently about this date. The later one counts.")
            Remark(body, apart, "triangle-alert", "gold").pack(fill="x", pady=(0, px(4)))
        self._buttons(body, stage, one)
        rule = tell_rule(content.rule, t)
        Text(
            body, f"{rule[:1].upper()}{rule[1:]}. {t(SHIFTS[content.shift])}", "hint", "ink2", edge=True, wrap=True
        ).pack(fill="x", pady=(px(6), 0))
        Button(
            body, t.button("Change the rule"), lambda: stage.go(self.plan.series(one.plan.series)), icon="pencil",
            name="change",
        ).pack(fill="x")  # fmt: skip
        Button(
            body, t.button("Add a series"), lambda: stage.go(self.plan.series(None)), icon="plus", name="add"
        ).pack(fill="x")  # fmt: skip

    def _buttons(self, body: Box, stage: Stage, one: Entry) -> None:
        t, plan = stage.t, self.plan
        if one.proposed:
            new = full_day(one.now.held_on, t) if one.now.held_on else t("cancelled")
            Text(body, t("It would now be: {date}", date=new), "strong", edge=True, wrap=True).pack(fill="x")
            if booked := plan.booked(one):
                words = t("People booked on this day: {n}. They move with it, and you call them.", n=booked)
                Remark(body, words, "users", "gold").pack(fill="x", pady=(stage.px(4), stage.px(4)))
            Button(
                body, t.button("Announce the new day"), lambda: self._publish(stage, one.plan, (one.now,)), "primary",
                icon="check", name="confirm", height=52,
            ).pack(fill="x")  # fmt: skip
        elif untold := plan.untold():
            Button(
                body, t.button("Announce the dates"), lambda: self._publish_all(stage, untold), "primary", icon="check",
                name="publish", height=52,
            ).pack(fill="x")  # fmt: skip
        Button(
            body, t.button("Set another day"),
            lambda: stage.go(plan.another_day(one.plan.series, one.now, one.told)),
            icon="calendar-days", name="another",
        ).pack(fill="x")  # fmt: skip
        order = one.now.order
        if order is not None and one.now.because in ("ordered", "cancelled"):
            Button(
                body, t.button("Take the order back"), lambda: self._take_back(stage, one.plan.series, order),
                icon="undo-2", name="take-back",
            ).pack(fill="x")  # fmt: skip

    def _choose(self, key: str) -> None:
        self.plan.chosen = key
        if self._card is not None:
            self._card.refresh()

    def _publish(self, stage: Stage, plan: SeriesPlan, some: tuple[Occurrence, ...]) -> None:
        stage.run(lambda: self.plan.publish(plan, some), lambda done: self._done(stage, len(done.carried)))

    def _publish_all(self, stage: Stage, plans: list[SeriesPlan]) -> None:
        plan, *more = plans

        def next_one(_: object) -> None:
            if more:
                self._publish_all(stage, more)
            else:
                self._done(stage)

        stage.run(lambda: self.plan.publish(plan, plan.untold), next_one)

    def _done(self, stage: Stage, carried: int = 0) -> None:
        if carried:
            text = N_("The day is announced. Bookings moved: {n}. On the page “Bookings” you see whom to call.")
            stage.say("warning", lambda t: t(text, n=carried))
        else:
            stage.say("done", lambda t: t("The dates are announced. Print the poster anew and hang it on the door."))
        self.on_show(stage)

    def _take_back(self, stage: Stage, series: Series, order: Order) -> None:
        stage.run(lambda: self.plan.take_back(series, order), lambda _: self.on_show(stage))

    def _poster(self, stage: Stage) -> None:
        done = N_("The poster lies in the out-tray and is printed when a printer is free.")
        stage.run(self.plan.poster, lambda _: stage.say("done", lambda t: t(done)))

    def _file(self, stage: Stage) -> None:
        def saved(stick: str) -> None:
            stage.say("done", lambda t: t("The calendar file is on the USB stick: {stick}.", stick=stick))

        stage.run(self.plan.save_file, saved)

    def on_show(self, stage: Stage) -> None:
        """Work the plan out anew."""

        def show(found: PlanNow) -> None:
            if found != self.plan.now:
                self.plan.now = found
                stage.rebuild()

        stage.run(self.plan.fetch, show, kind="read")
