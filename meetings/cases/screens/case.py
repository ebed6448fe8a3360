"""One case with its whole story: who came, what was said, every assignment with its steps, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.people.iin import grouped as grouped_iin
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.form_line import FormLine
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.cases import legal
from meetings.cases.actions import ProtocolForm
from meetings.cases.corrections import Texts
from meetings.cases.drafts import AssignmentForm
from meetings.cases.papers import story
from meetings.cases.screens.texts import TextsScreen
from meetings.cases.words import LINE_NAMES, how_answered, state_of, tell_line
from meetings.visits.secret import grouped

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.calendar.days import WorkingDays
    from meetings.cases.drafts import CorrectionDraft
    from meetings.cases.records import Assignment, Case
    from meetings.cases.scans import Lying

Print = Literal["protocol", "coupon", "answer", "scans"]


class CaseNow(NamedTuple):
    """What was read of it."""

    case: Case
    assignments: tuple[Assignment, ...]
    papers: int
    lying: tuple[Lying, ...]
    days: WorkingDays
    today: date
    texts: Texts = Texts()
    begun: CorrectionDraft | None = None
    """A correction that is not written yet."""
    beside: tuple[Case, ...] = ()
    """The other appeals of the same visit."""


@dataclass
class CasePresenter:
    """The case on the screen. Callables block."""

    fetch: Callable[[], CaseNow]
    print_one: Callable[[CaseNow, Print], object]
    give: Callable[[CaseNow, AssignmentForm], object]
    add_scan: Callable[[CaseNow, int], object]
    correct: Callable[[CaseNow], Screen]
    confirm: Callable[[Assignment], object]
    dispute: Callable[[Assignment], Screen]
    another: Callable[[CaseNow], Screen]
    """The minutes of another appeal of the same visit."""
    open_case: Callable[[Case], Screen]
    now: CaseNow | None = None
    typed: dict[str, str] = field(default_factory=lambda: {"what": "", "who": "", "due": ""})
    errors: dict[str, Sentence] = field(default_factory=dict)
    adding: bool = False


class CaseScreen(Screen):
    """See the module."""

    name = "meetings.case"
    frame = "staff"
    topics = frozenset({"meetings.cases", "papers.trays", "calendar.days"})

    def __init__(self, card: CasePresenter) -> None:
        self.card = card

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        now = self.card.now
        return t("Case № {number}", number=now.case.number) if now else ""

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the list."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """What was said on the left, what is done with it on the right."""
        now = self.card.now
        if now is None:
            return
        left, right = two_parts(body, beside=stage.layout == "wide", left=19, right=12)
        self._said(left, stage, now)
        for one in now.assignments:
            self._assignment(left, stage, now, one)
        self._person(right, stage, now)
        self._papers(right, stage, now)
        self._more(right, stage)

    def _said(self, box: Box, stage: Stage, now: CaseNow) -> None:
        t, px, card = stage.t, stage.px, panel(box)
        self._corrections(card, stage, now)
        for label, text in (
            (t("What is asked"), now.case.asked),
            (t("What was explained"), now.case.explained),
            (t("What was promised"), now.case.promised),
        ):
            if text:
                Text(card, label, "strong", edge=True).pack(fill="x", pady=(px(2), 0))
                Text(card, text, "body", edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        if not now.case.asked:
            Text(card, t("What was said is not held at this PC."), "body", edge=True, wrap=True).pack(fill="x")

    def _corrections(self, card: Box, stage: Stage, now: CaseNow) -> None:
        """That another text counted before, and where two people corrected without knowing of each other."""
        if not now.texts.corrections:
            return
        t, px, last = stage.t, stage.px, now.texts.corrections[-1]
        day = format_date(last.on, stage.language, "short")
        said = t("Text corrected on {date}, {name}: {why}", date=day, name=last.author, why=last.why)
        Remark(card, said, "pencil", "sky").pack(fill="x")
        for one in now.texts.apart:
            apart = t(
                "{line}: two people corrected this without knowing of each other. What counts now: {stands}. {name}"
                " wrote: {lost}. Correct it once more to settle it.",
                line=t(LINE_NAMES[one.line]),
                stands=tell_line(one.line, one.stands, t) or t("(empty)"),
                name=one.author,
                lost=tell_line(one.line, one.lost, t) or t("(empty)"),
            )
            Remark(card, apart, "triangle-alert", "gold").pack(fill="x", pady=(px(4), 0))
        Button(
            card, t.button("See all texts"), lambda: stage.go(TextsScreen(now.case, now.texts)), icon="list",
            name="texts",
        ).pack(anchor="w", pady=(0, px(4)))  # fmt: skip

    def _assignment(self, box: Box, stage: Stage, now: CaseNow, one: Assignment) -> None:
        t, px, card = stage.t, stage.px, panel(box)
        _, colour, state = state_of(one, now.today)
        Text(card, f"{one.place}. {one.what}", "strong", edge=True, wrap=True).pack(fill="x")
        due = format_date(one.life.due, stage.language, "short")
        Text(card, t("{who}, by {date}", who=one.who, date=due), "body", edge=True, wrap=True).pack(fill="x")
        Text(card, t(state), "strong", colour, edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        for day, line in story(one, now.days, t):
            row = Box(card)
            row.pack(fill="x")
            row.columnconfigure(1, weight=1)
            Text(row, day, "hint", "ink2", edge=True).grid(row=0, column=0, sticky="nw")
            Text(row, line, "hint", wrap=True).grid(row=0, column=1, sticky="ew", padx=(px(6), px(7)))
        if one.life.fits("confirmed"):
            self._word(card, stage, one)

    def _word(self, card: Box, stage: Stage, one: Assignment) -> None:
        """What the resident, who is here, says of the answer."""
        t, row = stage.t, Box(card)
        row.pack(fill="x", pady=(stage.px(4), 0))
        side: Literal["top", "left"] = "top" if stage.layout == "large" else "left"
        Button(
            row, t.button("Mark as confirmed"), lambda: self._confirm(stage, one), "primary", icon="check",
            name=f"confirm-{one.place}",
        ).pack(side=side, anchor="w")  # fmt: skip
        Button(
            row, t.button("Mark as disputed"), lambda: stage.go(self.card.dispute(one)), icon="x",
            name=f"dispute-{one.place}",
        ).pack(side=side, anchor="w")  # fmt: skip

    def _confirm(self, stage: Stage, one: Assignment) -> None:
        stage.run(lambda: self.card.confirm(one), lambda _: self.on_show(stage))

    def _person(self, box: Box, stage: Stage, now: CaseNow) -> None:
        t, case, card = stage.t, now.case, panel(box, "chosen")
        Text(card, case.name or t("A resident"), "section", edge=True, wrap=True).pack(fill="x")
        lines = [
            case.address,
            f"{t('IIN')} {grouped_iin(case.iin)}" if case.iin else "",
            case.phone,
            t("Received: {date}", date=format_date(case.received, stage.language, "short")),
            t("Received by: {name}", name=case.official) if case.official else "",
            t("Accepted by: {name}", name=case.accepted) if case.accepted else "",
            f"{t(legal.name_of(legal.KINDS, case.kind))}. {how_answered(case, now.days, t)}",
            t("Code: {code}", code=grouped(case.code)) if case.code else "",
        ]
        Text(card, "\n".join(filter(None, lines)), "body", edge=True, wrap=True).pack(fill="x")

    def _papers(self, box: Box, stage: Stage, now: CaseNow) -> None:
        t, px, card = stage.t, stage.px, panel(box)
        if now.case.asked:
            for text, what, icon in (
                (t.button("Print the minutes"), "protocol", "printer"),
                (t.button("Print the coupon"), "coupon", "ticket"),
                (t.button("Print the answer"), "answer", "file-text"),
            ):
                Button(
                    card, text, lambda what=what: self._print(stage, now, what), icon=icon, name=what  # type: ignore[misc]
                ).pack(fill="x")  # fmt: skip
            words = t.button("Go on correcting") if now.begun else t.button("Correct the minutes")
            Button(
                card, words, lambda: stage.go(self.card.correct(now)), icon="pencil", name="correct"
            ).pack(fill="x")  # fmt: skip
        Text(card, t("Scanned papers: {n}", n=now.papers), "body", edge=True).pack(fill="x", pady=(px(4), 0))
        if now.papers:
            words = t.button("Print the scanned papers")
            Button(card, words, lambda: self._print(stage, now, "scans"), icon="printer", name="scans").pack(fill="x")
        for one in now.lying:
            Button(
                card, t("Add: {title}", title=t.say(one.title)),
                lambda number=one.number: self._scan(stage, now, number),  # type: ignore[misc]
                icon="plus", name=f"scan-{one.number}",
            ).pack(fill="x")  # fmt: skip

    def _more(self, box: Box, stage: Stage) -> None:
        t, px, card, form = stage.t, stage.px, panel(box), self.card
        if not form.adding:
            Button(card, t.button("One more assignment"), lambda: self._open(stage), icon="plus", name="add").pack(
                fill="x"
            )
            self._visit(card, stage)
            return
        for line, label, hint in (
            ("what", t("What is to be done"), ""),
            ("who", t("In charge"), ""),
            ("due", t("Working days"), t("Or a date: {example}", example="24.11.2026")),
        ):
            FormLine(
                card, label, line, form.typed, form.errors, lambda: self._give(stage), hint=hint, width=120
            ).pack(fill="x", pady=(px(4), 0))  # fmt: skip
        Button(card, t.button("Write it down"), lambda: self._give(stage), "primary", icon="save", name="give").pack(
            fill="x"
        )

    def _visit(self, card: Box, stage: Stage) -> None:
        """The other appeals of the visit, and, on its day, one more."""
        t, now = stage.t, self.card.now
        assert now is not None
        for one in now.beside:
            Button(
                card, t("Of the same visit: № {number}", number=one.number),
                lambda case=one: stage.replace(self.card.open_case(case)),  # type: ignore[misc]
                icon="file-text", name=f"case-{one.number}",
            ).pack(fill="x")  # fmt: skip
        if now.case.visit and now.case.received == now.today:
            Button(
                card, t.button("Add another appeal"), lambda: stage.go(self.card.another(now)),
                icon="file-pen-line", name="another",
            ).pack(fill="x")  # fmt: skip

    # ---- what a person does

    def _open(self, stage: Stage) -> None:
        self.card.adding = True
        stage.rebuild()
        stage.focus("what")

    def _give(self, stage: Stage) -> None:
        form, now = self.card, self.card.now
        assert now is not None
        due = form.typed["due"].strip()
        one = AssignmentForm(form.typed["what"], form.typed["who"], by_date="." in due)
        one.on, one.days = (due, "") if one.by_date else ("", due)

        def done(_: object) -> None:
            form.adding, form.errors = False, {}
            form.typed = {"what": "", "who": "", "due": ""}
            self.on_show(stage)

        def failed(error: AkimatDeskError) -> None:
            if isinstance(error, ProtocolForm):
                form.errors = dict(error.fields)
                stage.rebuild()
                stage.focus(next(iter(form.errors)))
            else:
                stage.error(error)

        stage.run(lambda: form.give(now, one), done, failed)

    def _print(self, stage: Stage, now: CaseNow, what: Print) -> None:
        def said(t: Translator) -> str:
            return t("The paper lies in the out-tray and is printed when a printer is free.")

        stage.run(lambda: self.card.print_one(now, what), lambda _: stage.say("done", said))

    def _scan(self, stage: Stage, now: CaseNow, number: int) -> None:
        stage.run(lambda: self.card.add_scan(now, number), lambda _: self.on_show(stage))

    def on_show(self, stage: Stage) -> None:
        """Read it anew."""

        def show(found: CaseNow) -> None:
            if found != self.card.now:
                self.card.now = found
                stage.rebuild()

        stage.run(self.card.fetch, show, kind="read")

    def on_escape(self, stage: Stage) -> None:
        """Back to the list."""
        stage.back()
