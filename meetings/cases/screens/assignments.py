"""What was promised and not yet confirmed: the overdue first, and the chosen assignment with its whole story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from akimat_desk.base.locale import fold, format_date
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table
from meetings.cases.papers import story
from meetings.cases.words import state_of

if TYPE_CHECKING:
    from akimat_desk.calendar.days import WorkingDays
    from meetings.cases.drafts import Draft
    from meetings.cases.records import Assignment, Case
    from meetings.cases.screens.step import What

Filter = Literal["all", "overdue", "disputed", "answered", "ended"]
FILTERS: Final[tuple[tuple[Filter, str], ...]] = (
    ("all", N_("All open")),
    ("overdue", N_("Overdue")),
    ("disputed", N_("Not content")),
    ("answered", N_("Wait for the resident")),
    ("ended", N_("Ended")),
)
Print = Literal["answer", "notice"]


class Now(NamedTuple):
    """What was read: what lives, what ended, what is not final, and by which calendar."""

    living: tuple[Assignment, ...]
    ended: tuple[Assignment, ...]
    drafts: tuple[Draft, ...]
    corrections: tuple[Case, ...]
    """Cases whose minutes somebody began to correct."""
    days: WorkingDays
    today: date


@dataclass
class AssignmentsPresenter:
    """The list and the chosen one. Callables block, except those that make screens."""

    fetch: Callable[[], Now]
    begin: Callable[[Assignment], object]
    told: Callable[[Assignment], object]
    confirm: Callable[[Assignment], object]
    print_one: Callable[[Assignment, Print], object]
    print_agenda: Callable[[], object]
    print_reminders: Callable[[], int]
    step: Callable[[What, Assignment], Screen]
    case: Callable[[Case], Screen]
    protocol: Callable[[Draft | None], Screen]
    now: Now | None = None
    filter: Filter = "all"
    typed: str = ""
    chosen: str = ""

    def shown(self) -> list[Assignment]:
        """What the filter and the search leave, in order."""
        if self.now is None:
            return []
        today = self.now.today
        found = list(self.now.ended if self.filter == "ended" else self.now.living)
        if self.filter == "overdue":
            found = [one for one in found if one.life.is_overdue(today)]
        elif self.filter in ("disputed", "answered"):
            found = [one for one in found if one.life.state == self.filter]
        words = fold(self.typed).split()
        return [one for one in found if all(word in _found_by(one) for word in words)]

    def choice(self) -> Assignment | None:
        """The chosen one, else the first."""
        shown = self.shown()
        return next((one for one in shown if one.id == self.chosen), next(iter(shown), None))


def _found_by(one: Assignment) -> str:
    return fold(f"{one.case.number} {one.case.name} {one.who} {one.what}")


class AssignmentsScreen(Screen):
    """See the module."""

    name = "meetings.assignments"
    frame = "staff"
    topics = frozenset({"meetings.cases", "calendar.days"})

    def __init__(self, list: AssignmentsPresenter) -> None:
        self.list = list
        self._table: Table | None = None
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Assignments")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "assignments"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """What goes to others on paper, and an appeal without a reception."""
        if stage.layout == "wide":
            self._prints(box, stage)
        Button(
            box, stage.t.button("An appeal at the desk"), lambda: stage.go(self.list.protocol(None)),
            icon="file-pen-line", name="new",
        ).pack(side="left")  # fmt: skip

    def _prints(self, box: Box, stage: Stage) -> None:
        t = stage.t
        Button(box, t.button("Print the agenda"), lambda: self._agenda(stage), icon="printer", name="agenda").pack(
            side="left"
        )
        Button(
            box, t.button("Print reminders"), lambda: self._reminders(stage), icon="bell-ring", name="reminders"
        ).pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """Filters and the list on the left, the chosen one on the right."""
        t, list = stage.t, self.list
        if list.now is None:
            return
        if not (list.now.living or list.now.ended or list.now.drafts or list.now.corrections):
            EmptyState(
                body,
                t("No open assignments."),
                t("They come from the minutes of receptions and of oral appeals."),
                t.button("An appeal at the desk"),
                lambda: stage.go(list.protocol(None)),
            ).pack(fill="both", expand=True)
            return
        left, right = with_panel(body)
        left.rowconfigure(1, weight=1, minsize=table_height(stage))
        top = Box(left)
        top.grid(row=0, column=0, sticky="ew")
        for draft in list.now.drafts[:3]:
            self._draft(top, stage, draft)
        for case in list.now.corrections[:3]:
            self._correction(top, stage, case)
        if stage.layout != "wide":
            prints = Box(top)
            prints.pack(fill="x")
            self._prints(prints, stage)
        OptionRow(
            top, "", [Option(key, t(name)) for key, name in FILTERS], list.filter,
            lambda key: self._filter(stage, key), columns=5 if stage.layout == "wide" else 2, name="filter",
        ).pack(fill="x")  # fmt: skip
        Field(
            top, t("Number, name, who does it, or a word"), list.typed, lambda typed: self._search(stage, typed),
            icon="search", bare=True, name="find",
        ).pack(fill="x")  # fmt: skip
        shown, choice = list.shown(), list.choice()
        self._table = Table(
            left,
            [
                Column("due", t("By"), 146),
                Column("what", t("What is done"), 264),
                Column("who", t("In charge"), 124, stretch=True, spare=2),
                Column("state", t("State"), 186, spare=1),
            ],
            ListedRows([self._row(stage, one) for one in shown]),
            chosen=choice.id if choice else "",
            on_choose=self._choose,
            on_open=lambda _: self._open(stage),
            counts=t("Assignments: {n}", n=len(shown)),
            note=self._note(t),
            name="assignments",
        )
        self._table.grid(row=1, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._chosen(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _draft(self, box: Box, stage: Stage, draft: Draft) -> None:
        t = stage.t
        who = draft.name or t("a resident")
        Button(
            box,
            t("Minutes not final yet: {name}", name=f"{draft.ticket} {who}".strip()),
            lambda: stage.go(self.list.protocol(draft)),
            icon="file-pen-line",
            name=f"draft-{draft.id}",
        ).pack(fill="x")

    def _correction(self, box: Box, stage: Stage, case: Case) -> None:
        Button(
            box,
            stage.t("Correction not written yet: minutes № {number}", number=case.number),
            lambda: stage.go(self.list.case(case)),
            icon="pencil",
            name=f"correction-{case.number}",
        ).pack(fill="x")

    def _note(self, t: Translator) -> str:
        assert self.list.now is not None
        today, living = self.list.now.today, self.list.now.living
        late, due = sum(one.life.is_overdue(today) for one in living), sum(one.life.is_due(today) for one in living)
        said = [t("Overdue: {n}", n=late)] if late else []
        return " · ".join([*said, t("End today: {n}", n=due)] if due else said)

    def _row(self, stage: Stage, one: Assignment) -> Row:
        assert self.list.now is not None
        icon, colour, words = state_of(one, self.list.now.today)
        due = format_date(one.life.due, stage.language, "short")
        return Row(one.id, (due, one.what or one.case.number, one.who, stage.t(words)), icon, colour)

    def _chosen(self, box: Box, stage: Stage) -> None:
        t, px, one, now = stage.t, stage.px, self.list.choice(), self.list.now
        if one is None or now is None:
            return
        body = panel(box, "chosen")
        _, colour, state = state_of(one, now.today)
        Text(body, f"№ {one.case.number}", "section", edge=True).pack(fill="x")
        Text(body, one.what, "strong", edge=True, wrap=True).pack(fill="x")
        due = format_date(one.life.due, stage.language, "short")
        Text(body, t("{who}, by {date}", who=one.who, date=due), "body", edge=True, wrap=True).pack(fill="x")
        Text(body, t(state), "strong", colour, edge=True, wrap=True).pack(fill="x")
        late = one.life.late(now.today, now.days)
        said = [t("Days late: {n}", n=late)] if late else []
        said.append(t("Weeks old: {n}", n=one.life.weeks(now.today)))
        if one.life.moved:
            said.append(t("Dates moved: {n}", n=one.life.moved))
        Text(body, " · ".join(said), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        if one.life.tell_by is not None:
            day = format_date(one.life.tell_by, stage.language, "short")
            Remark(body, t("The resident must be told of the new date by {date}.", date=day), "bell-ring", "gold").pack(
                fill="x", pady=(px(4), 0)
            )
        self._buttons(body, stage, one)
        lines = story(one, now.days, t)[-6:]
        Text(
            body, "\n".join(f"{day}  {line}" for day, line in lines), "hint", edge=True, wrap=True
        ).pack(fill="x", pady=(px(6), 0))  # fmt: skip

    def _buttons(self, body: Box, stage: Stage, one: Assignment) -> None:
        t, list, fits = stage.t, self.list, one.life.fits

        def button(text: str, run: Callable[[], object], icon: str, name: str, *, first: bool = False) -> None:
            Button(
                body, text, run, "primary" if first else "plain", icon=icon, name=name, height=52 if first else 40
            ).pack(fill="x")  # fmt: skip

        if fits("answered"):
            button(t.button("Write the answer"), lambda: self._go(stage, "answer", one), "pencil", "answer", first=True)
        if fits("confirmed"):
            button(
                t.button("Mark as confirmed"), lambda: self._run(stage, list.confirm, one), "check", "confirm",
                first=True,
            )  # fmt: skip
        if fits("disputed"):
            button(t.button("Mark as disputed"), lambda: self._go(stage, "dispute", one), "x", "dispute")
            button(t.button("Print the answer"), lambda: self._print(stage, one, "answer"), "printer", "print-answer")
        if fits("reopened"):
            button(t.button("Open it again"), lambda: self._go(stage, "reopen", one), "undo-2", "reopen", first=True)
        if fits("begun"):
            button(t.button("Mark as begun"), lambda: self._run(stage, list.begin, one), "circle-dot", "begin")
        if fits("told"):
            button(t.button("Print the notice"), lambda: self._print(stage, one, "notice"), "printer", "print-notice")
            button(t.button("Mark as told"), lambda: self._run(stage, list.told, one), "check", "told")
        if fits("extended"):
            button(t.button("Move the date"), lambda: self._go(stage, "extend", one), "calendar-days", "extend")
        button(t.button("The whole case"), lambda: self._open(stage), "file-text", "case")
        if fits("closed"):
            button(t.button("End it"), lambda: self._go(stage, "close", one), "circle-x", "close")

    # ---- what a person does

    def _choose(self, key: str) -> None:
        self.list.chosen = key
        if self._card is not None:
            self._card.refresh()

    def _filter(self, stage: Stage, key: str) -> None:
        self.list.filter = next(one for one, _ in FILTERS if one == key)
        self.list.chosen = ""
        stage.rebuild()

    def _search(self, stage: Stage, typed: str) -> None:
        self.list.typed, self.list.chosen = typed, ""
        if self._table is not None:
            self._table.replace(ListedRows([self._row(stage, one) for one in self.list.shown()]))
        if self._card is not None:
            self._card.refresh()

    def _open(self, stage: Stage) -> None:
        one = self.list.choice()
        if one is not None:
            self.list.chosen = one.id
            stage.go(self.list.case(one.case))

    def _go(self, stage: Stage, what: What, one: Assignment) -> None:
        self.list.chosen = one.id
        stage.go(self.list.step(what, one))

    def _run(self, stage: Stage, act: Callable[[Assignment], object], one: Assignment) -> None:
        self.list.chosen = one.id
        stage.run(lambda: act(one), lambda _: self.on_show(stage))

    def _print(self, stage: Stage, one: Assignment, what: Print) -> None:
        stage.run(lambda: self.list.print_one(one, what), lambda _: self._printed(stage))

    def _agenda(self, stage: Stage) -> None:
        stage.run(self.list.print_agenda, lambda _: self._printed(stage))

    def _reminders(self, stage: Stage) -> None:
        stage.run(
            self.list.print_reminders,
            lambda n: stage.say("done", lambda t: t("Reminders in the out-tray: {n}.", n=n)),
        )

    def _printed(self, stage: Stage) -> None:
        stage.say("done", lambda t: t("The paper lies in the out-tray and is printed when a printer is free."))

    def on_show(self, stage: Stage) -> None:
        """Read them anew."""

        def show(found: Now) -> None:
            if found != self.list.now:
                self.list.now = found
                stage.rebuild()

        stage.run(self.list.fetch, show, kind="read")
