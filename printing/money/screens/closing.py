"""Staff: two people close the day. Each counts the drawer and types the sum without seeing the other's or the books'.

Three steps on one screen: the first count with a PIN, the second with another person's, then both beside what should
lie in the drawer. Until the third step nobody is told what is expected.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date, format_money
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.money.actions import Counted, Done
from printing.money.ledger import parse_tenge
from printing.money.papers import CORRECTION_REASONS
from printing.money.screens.closing_presenter import MOVING, ClosingPresenter, Drawer

_TITLES: Final = {
    "first": N_("First count"),
    "second": N_("Second count"),
    "compare": N_("Both counts"),
    "closed": N_("The day is closed"),
}


class ClosingScreen(Screen):
    """See the module."""

    name = "printing.closing"
    frame = "staff"
    topics = frozenset({"printing.money"})

    def __init__(self, closing: ClosingPresenter) -> None:
        self.closing = closing

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Close the day")

    def first_focus(self) -> str:
        """The sum can be typed at once."""
        return "counted"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The way back."""
        Button(box, stage.t.button("Cash desk"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def on_escape(self, stage: Stage) -> None:
        """Back to the cash desk."""
        stage.back()

    def build(self, body: Box, stage: Stage) -> None:
        """The step at the left, the days before at the right."""
        t, closing = stage.t, self.closing
        if closing.now is None:
            return
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        card = Card(left, "chosen")
        card.pack(fill="x")
        Text(card.body, t(_TITLES[closing.step]), "section", edge=True, wrap=True).pack(fill="x")
        if closing.step in ("first", "second"):
            self._count(card.body, stage)
        elif closing.step == "compare":
            self._compare(card.body, stage)
        else:
            self._closed(card.body, stage)
        self._move(right, stage)
        self._before(right, stage)

    def _count(self, body: Box, stage: Stage) -> None:
        t, closing = stage.t, self.closing
        Remark(
            body, t("Count the cash in the drawer by yourself. Nobody is shown the other's sum before both are typed.")
        ).pack(fill="x")
        OptionRow(
            body,
            t("Who counts?"),
            [Option(each.id, each.name, "user") for each in closing.others()],
            closing.who(),
            lambda staff: self._person(stage, staff),
            columns=1 if stage.layout == "large" else 2,
            name="counter",
        ).pack(fill="x", pady=(stage.px(8), 0))
        row = Box(body)
        row.pack(fill="x")
        Field(
            row, t("Cash counted"), closing.counted, lambda typed: setattr(closing, "counted", typed), digits=True,
            most=7, secret=True, width=200, name="counted",
        ).pack(side="left")  # fmt: skip
        Field(
            row, t("PIN"), closing.pin, lambda typed: setattr(closing, "pin", typed), digits=True, most=6, secret=True,
            width=160, on_enter=lambda _: self._sign(stage), name="pin",
        ).pack(side="left")  # fmt: skip
        Button(
            body, t.button("Sign the count"), lambda: self._sign(stage), "primary", icon="check", name="sign", height=52
        ).pack(fill="x", pady=(stage.px(8), 0))

    def _compare(self, body: Box, stage: Stage) -> None:
        t, closing = stage.t, self.closing
        assert closing.now is not None
        assert closing.first is not None
        assert closing.second is not None
        first, second, drawer = closing.first, closing.second, closing.now.sums.drawer

        def row(words: str, tenge: int, *, strong: bool = False) -> None:
            ValueRow(body, words, format_money(tenge, stage.language), strong=strong).pack(fill="x")

        row(closing.name(first.staff), first.tenge, strong=True)
        row(closing.name(second.staff), second.tenge, strong=True)
        Line(body).pack(fill="x", pady=stage.px(6), padx=stage.look.halo)
        differ = first.tenge != second.tenge
        if differ:
            # What should lie there is not told yet: whoever counts again must not know it.
            words = t("The two counts differ. Count again, both of you.")
            Remark(body, words, "triangle-alert", "gold").pack(fill="x")
        else:
            row(t("Lay in it before"), drawer.before)
            row(t("Taken"), drawer.taken)
            row(t("Given back"), -drawer.given_back)
            row(t("Put in or taken out"), drawer.moved)
            row(t("Should lie in it"), drawer.expected, strong=True)
            row(t("Difference to the first count"), first.tenge - drawer.expected, strong=True)
            if first.tenge != drawer.expected:
                words = t("The drawer does not hold what it should. The difference stays in the report.")
                Remark(body, words, "triangle-alert", "gold").pack(fill="x")
            else:
                Remark(body, t("The drawer holds what it should."), "circle-check").pack(fill="x")
        Field(
            body, t("How much stays in the drawer for tomorrow?"), closing.left,
            lambda typed: setattr(closing, "left", typed), hint=t("Empty: nothing"), digits=True, most=7, name="left",
        ).pack(fill="x")  # fmt: skip
        row_of = ButtonRow(body)
        row_of.pack(fill="x", pady=(stage.px(8), 0))
        close = t.button("Close the day")
        if differ:
            Button(
                row_of, t.button("Count again"), lambda: self._again(stage), "primary", icon="refresh-cw", name="again"
            )
        Button(
            row_of, close, lambda: self._close(stage), "plain" if differ else "primary", icon="lock-keyhole",
            name="close",
        )  # fmt: skip

    def _closed(self, body: Box, stage: Stage) -> None:
        t, closing = stage.t, self.closing
        words = t("A closed day is not changed; what is found out later is added as a line of its own.")
        Text(body, words, "body", edge=True, wrap=True).pack(fill="x")
        Button(
            body, t.button("Print the report"), lambda: self._paper(stage, closing.entry), "primary", icon="printer",
            name="print-report", height=52,
        ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip
        Button(body, t.button("Done"), stage.back, icon="check", name="done").pack(fill="x")

    def _before(self, box: Box, stage: Stage) -> None:
        t, closing = stage.t, self.closing
        assert closing.now is not None
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Days closed before"), "section", edge=True, wrap=True).pack(fill="x")
        if not closing.now.before:
            Text(card.body, t("No day was closed yet."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        for number, day in enumerate(closing.now.before[:6]):
            ValueRow(
                card.body,
                format_date(day.day, stage.language),
                format_money(day.first_counted, stage.language),
                strong=True,
            ).pack(fill="x")
            ValueRow(card.body, t("Difference"), format_money(day.difference, stage.language)).pack(fill="x")
            row = ButtonRow(card.body)
            row.pack(fill="x")
            paper = lambda day=day: self._paper(stage, day.entry)  # noqa: E731
            correct = lambda day=day: self._correct(stage, day.entry)  # noqa: E731
            Button(row, t.button("Print the report"), paper, icon="printer", name=f"report-{number}")
            Button(row, t.button("Correct"), correct, icon="pencil", name=f"correct-{number}")
            if closing.correcting == day.entry:
                self._correction(card.body, stage, day.entry)

    def _correction(self, body: Box, stage: Stage, entry: str) -> None:
        t, closing = stage.t, self.closing
        self._signed(body, stage, t("What was found out later?"))
        OptionRow(
            body,
            t("Why?"),
            [Option(reason, t(words)) for reason, words in CORRECTION_REASONS.items()],
            closing.reason,
            lambda reason: self._reason(stage, reason),
            columns=1,
            name="reason",
        ).pack(fill="x")
        self._both_ways(
            body, stage, t.button("Was too much"), t.button("Was missing"),
            lambda tenge: closing.correct(entry, tenge, closing.reason),
        )  # fmt: skip

    def _move(self, box: Box, stage: Stage) -> None:
        """Change money into the drawer, and money out of it."""
        t = stage.t
        card = Card(box)
        card.pack(fill="x")
        if self.closing.correcting != MOVING:
            Button(
                card.body, t.button("Put in or take out cash"), lambda: self._correct(stage, MOVING), icon="wallet",
                name="move",
            ).pack(fill="x")  # fmt: skip
            return
        self._signed(card.body, stage, t("Put in or take out cash"))
        self._both_ways(
            card.body, stage, t.button("Put in"), t.button("Take out"), lambda tenge: self.closing.move(tenge)
        )

    def _signed(self, body: Box, stage: Stage, label: str) -> None:
        Field(
            body, label, self.closing.sum, lambda typed: setattr(self.closing, "sum", typed), digits=True, most=7,
            name="sum",
        ).pack(fill="x")  # fmt: skip

    def _both_ways(self, body: Box, stage: Stage, more: str, less: str, act: Callable[[int], object]) -> None:
        row = ButtonRow(body)
        row.pack(fill="x")
        Button(row, more, lambda: self._write(stage, 1, act), icon="plus", name="more")
        Button(row, less, lambda: self._write(stage, -1, act), icon="minus", name="less")

    def on_show(self, stage: Stage) -> None:
        """Fetch who may count and the days before."""

        def show(found: Drawer) -> None:
            if found != self.closing.now:
                self.closing.now = found
                stage.rebuild()

        stage.run(self.closing.fetch, show, kind="read")

    def _person(self, stage: Stage, staff: str) -> None:
        self.closing.person = staff
        stage.rebuild()
        stage.focus("counted")

    def _sign(self, stage: Stage) -> None:
        t, closing = stage.t, self.closing
        who = closing.who()
        if not who:
            stage.toast(t("Choose who counts."), "info")
            return
        try:
            tenge = parse_tenge(closing.counted)
        except AkimatDeskError as why:
            stage.error(why)
            return
        pin = closing.pin

        def signed(count: Counted) -> None:
            closing.keep(count)
            stage.clear_banner()
            stage.rebuild()
            stage.focus("counted" if closing.step == "second" else "left")

        def wrong(error: AkimatDeskError) -> None:
            closing.pin = ""
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: closing.prove(who, pin, tenge), signed, wrong)

    def _correct(self, stage: Stage, what: str) -> None:
        closing = self.closing
        closing.correcting, closing.sum, closing.reason = "" if closing.correcting == what else what, "", ""
        stage.rebuild()
        if closing.correcting:
            stage.focus("sum")

    def _reason(self, stage: Stage, reason: str) -> None:
        self.closing.reason = reason
        stage.rebuild()

    def _write(self, stage: Stage, sign: int, act: Callable[[int], object]) -> None:
        closing, said = self.closing, stage.t("Written into the ledger.")
        if closing.correcting != MOVING and not closing.reason:
            stage.toast(stage.t("Choose why."), "info")
            return
        try:
            tenge = sign * parse_tenge(closing.sum)
        except AkimatDeskError as why:
            stage.error(why)
            return

        def written(_: object) -> None:
            closing.correcting = ""
            stage.clear_banner()
            stage.rebuild()
            stage.toast(said, "check")
            self.on_show(stage)

        stage.run(lambda: act(tenge), written)

    def _again(self, stage: Stage) -> None:
        self.closing.again()
        stage.rebuild()
        stage.focus("counted")

    def _close(self, stage: Stage) -> None:
        closing = self.closing
        first, second = closing.first, closing.second
        assert first is not None
        assert second is not None
        try:
            left = parse_tenge(closing.left) if closing.left.strip() else 0
        except AkimatDeskError as why:
            stage.error(why)
            return

        def closed(done: Done) -> None:
            closing.step, closing.entry = "closed", done.entry
            stage.clear_banner()
            stage.rebuild()
            stage.focus("print-report")
            self.on_show(stage)

        stage.run(lambda: closing.close(first, second, left), closed)

    def _paper(self, stage: Stage, entry: str) -> None:
        said = stage.t("The report is being printed.")
        stage.run(lambda: self.closing.paper(entry), lambda _: stage.toast(said, "printer"))
