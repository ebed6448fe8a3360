"""Staff: who owes what, and the money for it: taken, given back, written off, or given free.

The list at the left has the documents that wait for money, those that wait to be printed among them: these are paid and
printed in one step. The panel at the right works on the chosen one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text
from akimat_desk.ui.widgets.table import Table
from printing.money.actions import Given, Paid
from printing.money.categories import MONTHLY
from printing.money.ledger import REFUND_REASONS, WRITE_OFF_REASONS, parse_tenge
from printing.money.screens.cash_desk_presenter import CashDeskPresenter, Doing, Due, Item, Person

STATES: Final[dict[str, tuple[str, Token, str]]] = {
    "held": ("hourglass", "gold_text", N_("Waits to be printed")),
    "owed": ("wallet", "berry", N_("Not yet paid")),
    "over": ("undo-2", "gold_text", N_("Money to give back")),
    "settled": ("circle-check", "grass", N_("Paid")),
}
"""Icon, colour and word of how a document stands."""

NOTES: Final = (200, 500, 1_000, 2_000, 5_000)
"""Banknotes of Kazakhstan people pay small sums with."""


class CashDeskScreen(Screen):
    """See the module."""

    name = "printing.cash_desk"
    frame = "staff"
    topics = frozenset({"printing.money", "printing.queue"})

    def __init__(self, desk: CashDeskPresenter) -> None:
        self.desk = desk
        self._change: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Cash desk")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The other things there are to do with money."""
        t, desk = stage.t, self.desk
        Button(box, t.button("Honest till"), lambda: stage.go(desk.box()), icon="hand-heart", name="honest-till").pack(
            side="left"
        )
        Button(
            box, t.button("Close the day"), lambda: stage.go(desk.close_day()), icon="lock-keyhole", name="close-day"
        ).pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, desk = stage.t, self.desk
        if desk.now is None:
            return
        main, side = with_panel(body)
        OptionRow(
            main,
            "",
            [Option("owed", t("Not yet paid")), Option("today", t("All of today"))],
            "today" if desk.today else "owed",
            lambda key: self._list(stage, today=key == "today"),
            name="list",
        ).grid(row=0, column=0, sticky="w")
        main.rowconfigure(1, weight=1)
        chosen = desk.choice()
        if chosen is None and desk.paid is None:
            what = t("Nothing was printed today") if desk.today else t("Nobody owes anything")
            EmptyState(main, what, t("A document appears here as soon as it costs something."), icon="wallet").grid(
                row=1, column=0, sticky="nsew"
            )
            return
        Table(
            main,
            self._columns(t),
            ListedRows([self._row(stage, item) for item in desk.now.items]),
            chosen=chosen.charge if chosen else "",
            on_choose=lambda key: self._choose(stage, key),
            counts=t("Not yet paid: {sum}", sum=format_money(desk.now.owed, stage.language)),
            name="documents",
        ).grid(row=1, column=0, sticky="nsew")
        card = Card(side, "chosen")
        card.grid(row=0, column=0, sticky="ew")
        if desk.paid is not None:
            self._paid(card.body, stage, *desk.paid)
        elif chosen is not None:
            self._document(card.body, stage, chosen)

    def _columns(self, t: Translator) -> list[Column]:
        return [
            Column("code", t("Code"), 110),
            Column("time", t("Time"), 72, spare=1),
            Column("pages", t("Pages"), 72, "right", spare=2),
            Column("sum", t("To pay"), 96, "right"),
            Column("state", t("State"), 160, stretch=True),
        ]

    def _row(self, stage: Stage, item: Item) -> Row:
        icon, colour, words = STATES[item.state]
        cells = (
            item.code or "–",
            format_time(local(item.ms)),
            str(item.pages),
            format_money(item.due, stage.language),
            stage.t(words),
        )
        return Row(item.charge, cells, icon, colour)

    # ---- the panel

    def _document(self, body: Box, stage: Stage, item: Item) -> None:
        t, desk = stage.t, self.desk
        _, colour, words = STATES[item.state]
        Text(body, item.code or "–", "number", edge=True).pack(fill="x")
        Text(body, t(words), "strong", colour, edge=True, wrap=True).pack(fill="x")
        Line(body).pack(fill="x", pady=stage.px(6), padx=stage.look.halo)
        if item.balance.free or item.balance.paid or item.balance.written_off:
            self._history(body, stage, item)
        due = format_money(abs(item.due), stage.language)
        ValueRow(body, t("To give back") if item.due < 0 else t("To pay"), due, strong=True).pack(fill="x")
        build = {"pay": self._pay, "free": self._free, "refund": self._refund, "write_off": self._write_off}
        build[desk.doing](body, stage, item)

    def _history(self, body: Box, stage: Stage, item: Item) -> None:
        t, told = stage.t, item.balance
        for words, tenge in (
            (t("Given free"), told.free),
            (t("Paid"), told.paid),
            (t("Written off"), told.written_off),
        ):
            if tenge:
                ValueRow(body, words, format_money(tenge, stage.language)).pack(fill="x")

    def _pay(self, body: Box, stage: Stage, item: Item) -> None:
        t, desk = stage.t, self.desk
        if item.due > 0:
            Field(
                body,
                t("Cash from the resident"),
                desk.given,
                lambda typed: self._type_given(typed),
                hint=t("Empty: the exact sum"),
                on_enter=lambda _: self._take(stage, item),
                digits=True,
                most=7,
                name="given",
            ).pack(fill="x")
            notes = ButtonRow(body)
            notes.pack(fill="x")
            for note in [note for note in NOTES if note >= item.due][:3]:
                words = format_money(note, stage.language)
                Button(notes, words, lambda note=note: self._note(stage, note), pad=12, name=f"note-{note}")  # type: ignore[misc]
            self._change = Live(body, lambda part: self._tell_change(part, stage, item))
            self._change.pack(fill="x")
            words = t.button("Pay and print") if item.held else t.button("Take the money")
            Button(body, words, lambda: self._take(stage, item), "primary", icon="wallet", name="take", height=52).pack(
                fill="x", pady=(stage.px(6), 0)
            )
            if desk.now is not None and desk.now.rules:
                self._do(body, stage, "free", t.button("Give free pages"), "hand-heart")
        if item.balance.paid > 0:
            self._do(body, stage, "refund", t.button("Give money back"), "undo-2")
        if item.due > 0 and not item.held:
            self._do(body, stage, "write_off", t.button("Write off"), "eraser")

    def _do(self, body: Box, stage: Stage, doing: Doing, words: str, icon: str) -> None:
        Button(body, words, lambda: self._begin(stage, doing), icon=icon, name=doing).pack(fill="x")

    def _tell_change(self, part: Box, stage: Stage, item: Item) -> None:
        change = self.desk.change(item)
        words = "–" if change is None else format_money(change, stage.language)
        ValueRow(part, stage.t("Change"), words, strong=True).pack(fill="x")

    def _paid(self, body: Box, stage: Stage, paid: Paid, code: str) -> None:
        """What goes back into the resident's hand, large; the next document is one press away."""
        t, language = stage.t, stage.language
        told = t("Paid: {sum}", sum=format_money(paid.tenge, language))
        Text(body, told, "strong", "grass", edge=True, wrap=True).pack(fill="x")
        Text(body, t("Change"), "hint", "ink2", edge=True).pack(fill="x")
        Text(body, format_money(paid.change, language), "number", edge=True).pack(fill="x")
        Button(
            body, t.button("Next"), lambda: self._choose(stage, ""), "primary", icon="check", name="next", height=52
        ).pack(fill="x", pady=(stage.px(8), 0))
        Button(
            body, t.button("Print a receipt"), lambda: self._receipt(stage, paid, code), icon="receipt", name="receipt"
        ).pack(fill="x")

    def _free(self, body: Box, stage: Stage, item: Item) -> None:
        t, desk = stage.t, self.desk
        assert desk.now is not None
        OptionRow(
            body,
            t("Which rule gives the free pages?"),
            [Option(rule, t(name), "users" if rule == MONTHLY else "id-card") for rule, name in desk.now.rules],
            desk.rule,
            lambda rule: self._rule(stage, rule),
            columns=1,
            name="rule",
        ).pack(fill="x")
        if desk.rule == MONTHLY:
            self._whose(body, stage)
        elif desk.rule:
            words = t("Look at the document that shows it. What it says of the resident is not written down.")
            Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        if item.grey[0] and item.colour[0]:
            words = t(
                "The cheaper pages go free first, at the prices of this document: black and white {grey}, colour"
                " {colour} a page.",
                grey=format_money(item.grey[1], stage.language),
                colour=format_money(item.colour[1], stage.language),
            )
            Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        self._finish(body, stage, t.button("Give free pages"), lambda: self._give(stage, item))

    def _whose(self, body: Box, stage: Stage) -> None:
        t, desk = stage.t, self.desk
        Field(
            body, t("Whose free pages?"), desk.typed, lambda typed: self._search(stage, typed),
            hint=t("Name or IIN of the resident"), icon="search", name="whose",
        ).pack(fill="x")  # fmt: skip
        if desk.people:
            OptionRow(
                body,
                "",
                [Option(person.id, person.name, "user") for person in desk.people],
                desk.person.id if desk.person else "",
                lambda id: self._person(stage, next(each for each in desk.people if each.id == id)),
                columns=1,
                name="person",
            ).pack(fill="x")

    def _refund(self, body: Box, stage: Stage, item: Item) -> None:
        t = stage.t
        self._sum(body, stage, t("How much goes back?"), item.balance.paid)
        self._reasons(body, stage, REFUND_REASONS)
        self._finish(
            body, stage, t.button("Give money back"),
            lambda: self._with_sum(stage, item, item.balance.paid, self.desk.refund),
        )  # fmt: skip

    def _write_off(self, body: Box, stage: Stage, item: Item) -> None:
        t = stage.t
        self._sum(body, stage, t("How much is written off?"), item.due)
        self._reasons(body, stage, WRITE_OFF_REASONS)
        self._finish(
            body, stage, t.button("Write off"), lambda: self._with_sum(stage, item, item.due, self.desk.write_off)
        )

    def _sum(self, body: Box, stage: Stage, label: str, whole: int) -> None:
        hint = stage.t("Empty: {sum}", sum=format_money(whole, stage.language))
        Field(
            body, label, self.desk.sum, lambda typed: setattr(self.desk, "sum", typed), hint=hint, digits=True, most=7,
            name="sum",
        ).pack(fill="x")  # fmt: skip

    def _reasons(self, body: Box, stage: Stage, reasons: dict[str, str]) -> None:
        t = stage.t
        OptionRow(
            body,
            t("Why?"),
            [Option(reason, t(words)) for reason, words in reasons.items()],
            self.desk.reason,
            lambda reason: self._reason(stage, reason),
            columns=1,
            name="reason",
        ).pack(fill="x")

    def _finish(self, body: Box, stage: Stage, words: str, act: Callable[[], object]) -> None:
        Button(body, words, act, "primary", icon="check", name="do", height=52).pack(fill="x", pady=(stage.px(8), 0))
        Button(body, stage.t.button("Cancel"), lambda: self._begin(stage, "pay"), icon="x", name="cancel").pack(
            fill="x"
        )

    # ---- what is done

    def on_show(self, stage: Stage) -> None:
        """Fetch what waits for money."""
        today = self.desk.today

        def show(found: Due) -> None:
            if today == self.desk.today and found != self.desk.now:
                self.desk.now = found
                stage.rebuild()

        stage.run(lambda: self.desk.fetch(today), show, kind="read")

    def _list(self, stage: Stage, *, today: bool) -> None:
        self.desk.today = today
        self.on_show(stage)

    def _choose(self, stage: Stage, charge: str) -> None:
        if charge != self.desk.chosen or self.desk.paid is not None:
            self.desk.choose(charge)
            stage.rebuild()

    def _begin(self, stage: Stage, doing: Doing) -> None:
        self.desk.begin(doing)
        stage.clear_banner()
        stage.rebuild()

    def _rule(self, stage: Stage, rule: str) -> None:
        self.desk.rule = rule
        stage.rebuild()
        if rule == MONTHLY:
            stage.focus("whose")

    def _reason(self, stage: Stage, reason: str) -> None:
        self.desk.reason = reason
        stage.rebuild()

    def _person(self, stage: Stage, person: Person) -> None:
        self.desk.person = person
        stage.rebuild()

    def _search(self, stage: Stage, typed: str) -> None:
        desk = self.desk
        desk.typed, desk.person = typed, None

        def found(people: Sequence[Person]) -> None:
            if typed == desk.typed and people != desk.people:
                desk.people = people
                stage.rebuild()

        stage.run(lambda: desk.find(typed) if typed.strip() else (), found, kind="read")

    def _type_given(self, typed: str) -> None:
        self.desk.given = typed
        if self._change is not None and self._change.winfo_exists():
            self._change.refresh()

    def _note(self, stage: Stage, note: int) -> None:
        self.desk.given = str(note)
        stage.rebuild()

    def _take(self, stage: Stage, item: Item) -> None:
        desk = self.desk

        def taken(paid: Paid) -> None:
            desk.choose("")
            desk.paid = (paid, item.code)
            stage.clear_banner()
            stage.rebuild()
            stage.focus("next")
            self.on_show(stage)

        try:
            given = desk.given_for(item)
        except AkimatDeskError as why:
            stage.error(why)
            return

        def failed(error: AkimatDeskError) -> None:
            stage.error(error)
            self.on_show(stage)  # the money may be taken, and only the printer refuse

        stage.run(lambda: desk.pay(item, given), taken, failed)

    def _give(self, stage: Stage, item: Item) -> None:
        t, desk = stage.t, self.desk
        if not desk.rule:
            stage.toast(t("Choose a rule."), "info")
        elif desk.rule == MONTHLY and desk.person is None:
            stage.toast(t("Choose the resident."), "info")
        else:
            rule, whose = desk.rule, desk.person.id if desk.person else ""

            def given(free: Given) -> None:
                told, language = free.allowance, stage.language
                self._done(stage)
                stage.toast(t("Free pages: {n}, {sum}", n=told.pages, sum=format_money(told.tenge, language)), "check")

            stage.run(lambda: desk.free(item, rule, whose), given)

    def _with_sum(self, stage: Stage, item: Item, whole: int, act: Callable[[Item, int, str], object]) -> None:
        desk, reason = self.desk, self.desk.reason
        if not reason:
            stage.toast(stage.t("Choose why."), "info")
            return
        try:
            tenge = parse_tenge(desk.sum) if desk.sum.strip() else whole
        except AkimatDeskError as why:
            stage.error(why)
            return
        stage.run(lambda: act(item, tenge, reason), lambda _: self._done(stage))

    def _done(self, stage: Stage) -> None:
        self.desk.begin("pay")
        stage.clear_banner()
        stage.rebuild()
        stage.toast(stage.t("Written into the ledger."), "check")
        self.on_show(stage)

    def _receipt(self, stage: Stage, paid: Paid, code: str) -> None:
        said = stage.t("The receipt is being printed.")
        stage.run(lambda: self.desk.receipt(paid, code), lambda _: stage.toast(said, "receipt"))
