"""Which day and which time: three days side by side, and the times of the chosen one, the taken ones among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.locale import format_date, format_time, format_weekday, month_forms
from akimat_desk.base.words import Translator
from akimat_desk.ui.look import look_of
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button, coat_of
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import IconFact
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.surface import Box, Live, Paint, Text
from meetings.plan import clock_of
from meetings.visits.flow import TimeChoice
from meetings.visits.free import Day
from meetings.visits.rules import Slot, over
from meetings.visits.screens.slots import Slots, Standing
from meetings.visits.screens.steps import steps

MOST_SEEN: Final = 24
"""Times that are seen on one page; with more the page is turned."""


class DayButton(Pressable):
    """A day: its date in bold, how many times are free, and what is not settled about it."""

    def __init__(
        self, master: Box, text: str, note: str, doubt: str, command: Callable[[], object], *, chosen: bool, name: str
    ) -> None:
        look = look_of(master)
        self.text, self._note, self._doubt, self._chosen = text, note, doubt, chosen
        lines = look.line("section") + look.line("hint") * (2 if doubt else 1)
        height = max(look.px(60 if look.staff else 74), lines + look.px(18))
        super().__init__(
            master, command, coat_of("chosen" if chosen else "plain", staff=look.staff), name=name, height=height
        )

    def choose(self, *, chosen: bool) -> None:
        """Look so from now on."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.dress(coat_of("chosen" if chosen else "plain", staff=self.look.staff))

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look = self.look
        x, room = look.px(18), width - look.px(36)
        if self._chosen:
            picture = look.icon("circle-check", 26, "sky")
            self.draw(width - look.px(18), height // 2, picture, anchor="e")
            room -= picture.width() + look.px(10)
        title = self.write(x, 0, self.text, "section", paint.text, anchor="nw", width=room)
        note = self.write(x, 0, self._note, "hint", "ink2", anchor="nw", width=room)
        items = [title, note]
        if self._doubt:
            items.append(self.write(x, 0, self._doubt, "hint", "gold_text", anchor="nw", width=room))
        boxes = [self.canvas.bbox(item) for item in items]
        heights = [box[3] - box[1] for box in boxes]
        self.ask_height(sum(heights) + look.px(18))
        top = (height - sum(heights)) // 2
        for item, high in zip(items, heights, strict=True):
            self.canvas.coords(item, x, top)
            top += high


class TimeScreen(Screen):
    """Step 2 of booking, and the choice of another time (`moving`): `then` is called with the day and the time."""

    name = "visits.time"
    aside_width = 340
    topics = frozenset({"meetings.visits", "meetings.plan"})

    def __init__(
        self,
        times: TimeChoice,
        then: Callable[[Stage, Day, Slot], object],
        *,
        wait: Callable[[Stage, Day], object] | None = None,
        moving: bool = False,
        staff: bool = False,
    ) -> None:
        self.times, self._then, self._wait, self._moving = times, then, wait, moving
        self.missing = False
        self._slots: Slots | None = None
        self._day_buttons: list[tuple[Day, DayButton]] = []
        self._drawn: tuple[object, ...] = ()
        self._card: Live | None = None
        if staff:
            self.frame = "staff"
            self.aside_width = 0

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which time suits you?") if self.frame == "resident" else t("Which time suits them?")

    def steps(self, t: Translator) -> Steps | None:
        """See `Screen`."""
        return None if self._moving else steps(t, 2)

    def first_focus(self) -> str:
        """See `Screen`."""
        return f"day-{self.times.day.day.isoformat()}" if self.times.day else ""

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t, times = stage.t, self.times
        middle = self._later(stage) if stage.layout != "large" else None
        carry_on = Action(t.button("Continue"), lambda: self._carry_on(stage), arrow="arrow-right", name="continue")
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=carry_on if times.days else None,
            middle=middle,
        )

    def _later(self, stage: Stage) -> Action | None:
        t, times = stage.t, self.times
        if not times.more and not times.page:
            return None
        return Action(t.button("Other days"), lambda: self._turn(stage), icon="calendar-days", name="later")

    def build(self, body: Box, stage: Stage) -> None:
        """Days, then the times of the chosen one."""
        t, px, times = stage.t, stage.px, self.times
        self._slots, self._day_buttons, self._drawn = None, [], ()
        if times.days is None:
            Text(body, t("Looking for free times."), "body", "ink2", edge=True).pack(fill="x", pady=px(24))
            return
        if not times.days or times.day is None:
            EmptyState(
                body, t("No reception day is announced."), t("Ask a member of staff when the akim receives.")
            ).pack(fill="both", expand=True)
            return
        self._days(body, stage)
        free = times.free(times.day)
        if self.missing and times.slot is None:
            Text(body, t("Press one of the free times."), "strong", "berry", edge=True, wrap=True).pack(fill="x")
        if times.day.over(times.now()):
            note = t("The reception of this day is over.")
            Text(body, note, "body", edge=True, wrap=True).pack(fill="x", pady=(px(10), px(4)))
        elif not free:
            note = t("Everything is taken on this day. Choose another day, or wait for a free time.")
            Text(body, note, "body", edge=True, wrap=True).pack(fill="x", pady=(px(10), px(4)))
            if self._wait is not None:
                wait, day = self._wait, times.day
                words = t.button("Wait for a free time")
                Button(body, words, lambda: wait(stage, day), icon="hourglass", name="wait").pack(anchor="w")
        self._slots = Slots(body, stage, times.day.slots, self._standings(stage), lambda at: self._slot(stage, at))
        self._slots.pack(fill="x")
        self._drawn = self._form()
        if self.frame == "staff":
            row = Box(body)
            row.pack(anchor="w", pady=(px(10), 0))
            Button(
                row,
                t.button("Continue"),
                lambda: self._carry_on(stage),
                "primary",
                arrow="arrow-right",
                name="continue",
            ).pack(side="left")
            Button(row, t.button("Back"), stage.back, icon="arrow-left", name="back").pack(side="left")
            if (later := self._later(stage)) is not None:
                Button(row, later.text, later.run, icon=later.icon, name=later.name).pack(side="left")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """What was chosen so far."""
        self._card = Live(box, lambda inside: self._chosen(inside, stage))
        self._card.pack(fill="x")

    def _chosen(self, box: Box, stage: Stage) -> None:
        t, px, times = stage.t, stage.px, self.times
        if times.day is None:
            return
        content, language = times.day.content, stage.language
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("What you chose"), "section", edge=True, wrap=True).pack(fill="x", pady=(0, px(8)))
        day = format_date(times.day.day, language)
        time = t("at {time}", time=format_time(clock_of(times.slot.start))) if times.slot else ""
        facts = [
            ("user", t("Who receives"), content.official(language)),
            ("calendar-check", t("Day and time"), f"{day}, {time}" if time else day),
        ]
        place = content.place(language)
        if place:
            facts.append(("map-pin", t("Where"), place))
        for icon, label, value in facts:
            IconFact(card.body, icon, "gold", label, value).pack(fill="x", pady=px(6))
        if len(times.day.slots) > MOST_SEEN:
            return  # the page is turned by buttons then, which stand where this would
        note = t("The talk takes {n} min. If you cannot come, change the time here.", n=content.slot)
        Text(card.body, note, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(px(10), 0))

    def _days(self, body: Box, stage: Stage) -> None:
        t, times = stage.t, self.times
        row = Box(body)
        row.pack(fill="x")
        across = 1 if stage.layout == "large" else 3
        for number, day in enumerate(times.shown):
            count = len(times.free(day))
            weekday = format_weekday(day.day, stage.language)
            free = t("free times: {n}", n=count) if count else t("everything is taken")
            month = month_forms(day.day.month, stage.language)
            button = DayButton(
                row,
                f"{day.day.day} {month.of if stage.language != 'kk' else month.name}",
                f"{weekday} · {free}",
                t("the day may change") if day.may_change else "",
                lambda day=day: self._day(stage, day),  # type: ignore[misc]
                chosen=day is times.day,
                name=f"day-{day.day.isoformat()}",
            )
            self._day_buttons.append((day, button))
            button.grid(row=number // across, column=number % across, sticky="nsew")
        for column in range(across):
            row.columnconfigure(column, weight=1, uniform="days")
        later = self._later(stage)
        if later is not None and self.frame == "resident" and stage.layout == "large":
            Button(body, later.text, later.run, "quiet", icon=later.icon, name=later.name).pack(anchor="w")

    def _standings(self, stage: Stage) -> dict[int, Standing]:
        """How each time of the chosen day stands."""
        t, times = stage.t, self.times
        if times.day is None:
            return {}
        free, now = set(times.free(times.day)), times.now()
        past, taken = Standing("gone", t("past")), Standing("gone", t("taken"))
        return {
            one.start: Standing("chosen" if one == times.slot else "free")
            if one in free
            else past if over(one, now) else taken
            for one in times.day.slots
        }  # fmt: skip

    def _form(self) -> tuple[object, ...]:
        """What of the page another day may change besides the times: its sentences, and which times there are."""
        times = self.times
        if times.day is None:
            return ()
        told = self.missing and times.slot is None, times.day.over(times.now()), bool(times.free(times.day))
        return (*told, tuple(one.start for one in times.day.slots))

    def _day(self, stage: Stage, day: Day) -> None:
        self.times.choose_day(day)
        if self._slots is None or self._form() != self._drawn:
            stage.rebuild()
            return
        for one, button in self._day_buttons:
            button.choose(chosen=one is day)
        self._tell(stage)

    def _tell(self, stage: Stage) -> None:
        """Show the chosen day's times, and what was chosen, in their place."""
        if self._slots is not None:
            self._slots.show(self._standings(stage))
        if self._card is not None and self._card.winfo_exists():
            self._card.refresh()

    def _turn(self, stage: Stage) -> None:
        self.times.turn()
        stage.rebuild()

    def _slot(self, stage: Stage, start: int) -> None:
        if self.times.day is None:
            return
        self.times.slot = self.times.day.slot(start)
        if self.missing:  # the sentence about it goes
            self.missing = False
            stage.rebuild()
            return
        self._tell(stage)

    def _carry_on(self, stage: Stage) -> None:
        times = self.times
        if times.day is None:
            return
        if times.slot is None:
            self.missing = True
            stage.rebuild()
            free = times.free(times.day)
            stage.focus(f"slot-{free[0].start}" if free else self.first_focus())
            return
        self._then(stage, times.day, times.slot)

    def on_show(self, stage: Stage) -> None:
        """Read what is free now; say why the time that was chosen could not be had."""
        trouble, self.times.trouble = self.times.trouble, None
        if trouble is not None:
            stage.error(trouble)

        def show(days: tuple[Day, ...]) -> None:
            before = self.times.days
            self.times.take(days)
            if self.times.days != before:
                stage.rebuild()

        stage.run(self.times.fetch, show, kind="read")
