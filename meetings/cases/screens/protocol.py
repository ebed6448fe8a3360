"""The minutes during a talk: who came, what was asked, explained and promised, and who does what by when.

Whatever is typed is kept at every pause; nobody has to press anything, and a PC that dies loses a second of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.cases.actions import ProtocolForm, Recorded, RecordedAlready
from meetings.cases.drafts import AssignmentForm, Draft, Kept
from meetings.cases.screens.keeping import Keeping
from meetings.cases.screens.lines import Lines
from meetings.cases.words import STATES

if TYPE_CHECKING:
    from meetings.cases.records import Case
    from meetings.cases.scans import Lying
    from meetings.cases.starting import Earlier


@dataclass
class ProtocolPresenter:
    """The draft on the screen. Callables block, except those that make screens."""

    draft: Draft
    keep: Callable[[Draft], Kept]
    record: Callable[[Draft], Recorded]
    throw_away: Callable[[Draft], object]
    scans: Callable[[], Sequence[Lying]]
    """The papers in the in-tray that may belong to it."""
    open_case: Callable[[Case], Screen]
    fetch: Callable[[], Draft | Case] | None = None
    """Brings the draft of a visit, or the minutes that are recorded already: they are opened instead."""
    after: Callable[[Recorded], Screen] | None = None
    """What is shown when it is final; else the screen before."""
    lying: Sequence[Lying] = ()
    find_earlier: Callable[[Draft], Sequence[Earlier]] | None = None
    """What they asked before."""
    earlier: Sequence[Earlier] = ()
    errors: Mapping[str, Sentence] = field(default_factory=dict)
    kept: bytes = b""

    def __post_init__(self) -> None:
        self.take(self.draft)

    def take(self, draft: Draft) -> None:
        """Go on with this draft, which is written down already or empty."""
        self.draft, self.kept = draft, msgspec.json.encode(draft)

    @property
    def dirty(self) -> bool:
        """Whether something was typed since the draft was written down."""
        return msgspec.json.encode(self.draft) != self.kept

    def keep_now(self) -> Kept:
        """Write the draft down (blocks)."""
        written = msgspec.json.encode(self.draft)
        done = self.keep(msgspec.json.decode(written, type=Draft))
        self.kept = written
        return done


class ProtocolScreen(Screen):
    """See the module."""

    name = "meetings.protocol"
    frame = "staff"
    topics = frozenset({"papers.trays"})

    def __init__(self, form: ProtocolPresenter) -> None:
        self.form = form
        self._keeping = Keeping(form)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        ticket = self.form.draft.ticket
        if self.form.draft.after:
            return t("Another appeal, ticket {number}", number=ticket)
        return t("Minutes, ticket {number}", number=ticket) if ticket else t("Minutes of an oral appeal")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "asked" if self.form.draft.name else "name"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Away from here: the draft stays, or goes."""
        t = stage.t
        Button(box, t.button("Throw away"), lambda: self._throw_away(stage), icon="eraser", name="away").pack(
            side="left"
        )
        Button(box, t.button("Later"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """The talk on the left, the person and the law on the right."""
        if self.form.fetch is not None:
            return
        left, right = two_parts(body, beside=stage.layout == "wide", left=19, right=12)
        lines = Lines(
            self.form.draft,
            self.form.errors,
            lambda line, typed: self._write(stage, line, typed),
            lambda line, key: self._set(stage, line, key),
        )
        lines.talk(panel(left), stage)
        self._tasks(left, stage, lines)
        self._earlier(right, stage)
        lines.person(panel(right), stage)
        lines.law(panel(right), stage)
        self._papers(right, stage)

    # ---- parts

    def _tasks(self, box: Box, stage: Stage, lines: Lines) -> None:
        t, px, card = stage.t, stage.px, panel(box)
        Text(card, t("Assignments"), "section", edge=True, wrap=True).pack(fill="x")
        for number, one in enumerate(self.form.draft.assignments):
            self._task(card, stage, lines, number, one)
        Button(card, t.button("One more assignment"), lambda: self._add(stage), icon="plus", name="add").pack(
            anchor="w", pady=(px(4), 0)
        )

    def _task(self, card: Box, stage: Stage, lines: Lines, number: int, one: AssignmentForm) -> None:
        t, px = stage.t, stage.px
        beside = stage.layout != "large"

        def line(master: Box, name: str, label: str, value: str, into: str) -> Field:
            return Field(
                master,
                label,
                value,
                lambda typed: self._write_task(stage, one, into, typed),
                error=lines.wrong(f"{name}-{number}", stage),
                width=120,
                name=f"{name}-{number}",
            )

        what = t("What is to be done ({n})", n=number + 1)
        line(card, "what", what, one.what, "what").pack(fill="x", pady=(px(6), 0))
        row = Box(card)
        row.pack(fill="x")
        parts = [line(row, "who", t("In charge"), one.who, "who")]
        if one.by_date:
            parts.append(line(row, "due", t("By (day.month.year)"), one.on, "on"))
        else:
            parts.append(line(row, "due", t("Working days"), one.days, "days"))
        way = t.button("By a date") if not one.by_date else t.button("In days")
        for place, part in enumerate(parts):
            part.grid(row=0 if beside else place, column=place if beside else 0, sticky="new")
        row.columnconfigure(0, weight=3)
        if beside:
            row.columnconfigure(1, weight=2)
        tail = Box(row if beside else card)
        if beside:
            tail.grid(row=0, column=2, sticky="se")
        else:
            tail.pack(fill="x")
        Button(
            tail, way, lambda: self._turn(stage, one), icon="calendar-days", name=f"way-{number}", height=44
        ).pack(side="left", anchor="s")  # fmt: skip
        Button(
            tail, t.button("Remove"), lambda: self._remove(stage, number), icon="x", name=f"remove-{number}", height=44
        ).pack(side="left", anchor="s")  # fmt: skip

    def _earlier(self, box: Box, stage: Stage) -> None:
        """Whoever has come is told what became of what they asked before."""
        if not self.form.earlier:
            return
        t, px, card = stage.t, stage.px, panel(box, "chosen")
        Text(card, t("Came before"), "section", edge=True, wrap=True).pack(fill="x")
        for one in self.form.earlier:
            day = format_date(one.case.received, stage.language, "short")
            head = t("№ {number} of {date}", number=one.case.number, date=day)
            Text(card, head, "strong", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))
            for given in one.waiting:
                said = given.answer
                due = format_date(given.life.due, stage.language, "short")
                text = t("{answer}, by {date}", answer=t(STATES[given.life.state]), date=due)
                if said is not None:
                    text = f"{t(STATES[given.life.state])}: {said.text}"
                Text(card, f"{given.place}. {given.what}", "body", edge=True, wrap=True).pack(fill="x")
                Text(card, text, "hint", "ink2" if said is None else "gold_text", edge=True, wrap=True).pack(fill="x")
            if not one.waiting:
                Text(card, t("Nothing is open."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
            Button(
                card, t.button("The whole case"), lambda case=one.case: self._open(stage, case),  # type: ignore[misc]
                icon="file-text", name=f"case-{one.case.number}",
            ).pack(fill="x")  # fmt: skip

    def _open(self, stage: Stage, case: Case) -> None:
        stage.go(self.form.open_case(case))

    def _papers(self, box: Box, stage: Stage) -> None:
        t, px, card = stage.t, stage.px, panel(box, "chosen")
        if self.form.lying:
            chosen = set(self.form.draft.scans)
            Text(card, t("Scanned papers"), "strong", edge=True, wrap=True).pack(fill="x")
            for one in self.form.lying:
                Button(
                    card,
                    t.say(one.title),
                    lambda number=one.number: self._toggle(stage, number),  # type: ignore[misc]
                    "chosen" if one.number in chosen else "plain",
                    icon="check" if one.number in chosen else "file-text",
                    name=f"scan-{one.number}",
                ).pack(fill="x")
        Button(
            card, t.button("Record and print"), lambda: self._record(stage), "primary", icon="printer", name="record",
            height=52,
        ).pack(fill="x")  # fmt: skip
        said = t("The minutes get a number. The resident gets a coupon with the number and a code.")
        Remark(card, said, "info", "sky").pack(fill="x", pady=(px(6), 0))
        Text(card, t("What you type is kept as you type."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    # ---- what a person does

    def _write(self, stage: Stage, line: str, typed: str) -> None:
        setattr(self.form.draft, line, typed)
        self._touched(stage)

    def _write_task(self, stage: Stage, one: AssignmentForm, line: str, typed: str) -> None:
        setattr(one, line, typed)
        self._touched(stage)

    def _set(self, stage: Stage, line: str, key: str) -> None:
        self._write(stage, line, key)
        stage.rebuild()

    def _turn(self, stage: Stage, one: AssignmentForm) -> None:
        one.by_date = not one.by_date
        self._touched(stage)
        stage.rebuild()

    def _add(self, stage: Stage) -> None:
        self.form.draft.assignments.append(AssignmentForm())
        self._touched(stage)
        stage.rebuild()
        stage.focus(f"what-{len(self.form.draft.assignments) - 1}")

    def _remove(self, stage: Stage, number: int) -> None:
        del self.form.draft.assignments[number]
        self.form.errors = {}
        self._touched(stage)
        stage.rebuild()

    def _toggle(self, stage: Stage, number: int) -> None:
        chosen = set(self.form.draft.scans)
        self.form.draft.scans = tuple(sorted(chosen ^ {number}))
        self._touched(stage)
        stage.rebuild()

    def _touched(self, stage: Stage) -> None:
        self._keeping.touched(stage)

    def _record(self, stage: Stage) -> None:
        self.form.errors = {}
        draft = msgspec.json.decode(msgspec.json.encode(self.form.draft), type=Draft)

        def recorded(found: Recorded) -> None:
            self._keeping.done = True
            stage.say(
                "done",
                lambda t: t("Recorded. Number: {number}. The papers are in the out-tray.", number=found.case.number),
            )
            stage.toast(stage.t("Recorded. Number: {number}.", number=found.case.number))
            if self.form.after is not None:
                stage.replace(self.form.after(found))
            else:
                stage.back()

        def failed(error: AkimatDeskError) -> None:
            if isinstance(error, RecordedAlready):
                self._ask_whether_another(stage, error)
                return
            if isinstance(error, ProtocolForm):
                self.form.errors = error.fields
            stage.rebuild()
            stage.error(error)
            if self.form.errors:
                stage.focus(next(iter(self.form.errors)))

        stage.run(lambda: self.form.record(draft), recorded, failed)

    def _ask_whether_another(self, stage: Stage, error: RecordedAlready) -> None:
        """Minutes of this visit were recorded while these were written: here twice, or at another PC."""

        def answered(yes: bool) -> None:
            if yes:
                self.form.draft.after = error.cases
                self._record(stage)

        t = stage.t
        question = Question(
            t("Is this another appeal?"),
            t.say(error.for_staff, error.next_step),
            t.button("Keep as a draft"),
            t.button("Record it as another"),
            harmless=True,
        )
        stage.ask(question, answered)

    def _throw_away(self, stage: Stage) -> None:
        def answered(yes: bool) -> None:
            if yes:
                self._keeping.done = True
                stage.run(lambda: self.form.throw_away(self.form.draft), lambda _: stage.back())

        t = stage.t
        stage.ask(
            Question(
                t("Throw these minutes away?"),
                t("What was typed is lost. Nothing was recorded yet."),
                t.button("Keep"),
                t.button("Throw away"),
            ),
            answered,
        )

    def on_show(self, stage: Stage) -> None:
        """Fetch the visit's minutes, and look for scanned papers."""

        def take(found: Draft | Case) -> None:
            self.form.fetch = None
            if not isinstance(found, Draft):
                stage.replace(self.form.open_case(found))
                return
            self.form.take(found)
            stage.rebuild()
            stage.focus(self.first_focus())
            self.on_show(stage)

        if self.form.fetch is not None:
            stage.run(self.form.fetch, take, kind="read")
            return

        def show(found: Sequence[Lying]) -> None:
            if tuple(found) != tuple(self.form.lying):
                self.form.lying = tuple(found)
                stage.rebuild()

        stage.run(self.form.scans, show, kind="read")
        self._look_back(stage)

    def _look_back(self, stage: Stage) -> None:
        def show(found: Sequence[Earlier]) -> None:
            if tuple(found) != tuple(self.form.earlier):
                self.form.earlier = tuple(found)
                stage.rebuild()

        find, draft = self.form.find_earlier, self.form.draft
        if find is not None:
            stage.run(lambda: find(draft), show, kind="read")

    def on_leave(self, stage: Stage) -> None:
        """Whatever was typed last is kept, too."""
        self._keeping.leave(stage)

    def on_escape(self, stage: Stage) -> None:
        """The draft stays."""
        stage.back()
