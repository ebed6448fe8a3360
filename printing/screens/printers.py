"""Staff: the printers of this PC, found on the network or typed, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Line, Text, picture_label
from printing.devices.discovery import FoundPrinter
from printing.printers import PrinterState
from printing.records import Printer
from printing.rules import PriceTable

PRICE_FIELDS: Final = (
    ("grey", N_("Black and white, one side")),
    ("grey_two_sided", N_("Black and white, both sides")),
    ("colour", N_("Colour, one side")),
    ("colour_two_sided", N_("Colour, both sides")),
)


@dataclass
class PrintersPresenter:
    """What is known of the printers. Every callable blocks."""

    fetch: Callable[[], tuple[tuple[PrinterState, ...], PriceTable | None]]
    search: Callable[[], Sequence[FoundPrinter]]
    add: Callable[[str, str], object]
    """`add(name, typed)`: asks the printer at that address, then keeps it."""
    remove: Callable[[Printer], object]
    test_page: Callable[[Printer], object]
    set_prices: Callable[[dict[str, str]], object]
    states: tuple[PrinterState, ...] | None = None
    prices: PriceTable | None = None
    found: Sequence[FoundPrinter] | None = None
    searching: bool = False
    typed: str = ""
    typed_prices: dict[str, str] = field(default_factory=dict)


class PrintersScreen(Screen):
    """See the module."""

    name = "printing.printers"
    frame = "staff"
    topics = frozenset({"printing.printers", "printing.prices"})

    def __init__(self, printers: PrintersPresenter) -> None:
        self.printers = printers

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Printers and prices")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        body.columnconfigure(0, weight=3, uniform="halves")
        body.columnconfigure(1, weight=2, uniform="halves")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0, column=1, sticky="nsew")
        for state in self.printers.states or ():
            self._printer(left, stage, state)
        self._add(left, stage)
        self._prices(right, stage)

    def _printer(self, box: Box, stage: Stage, state: PrinterState) -> None:
        t = stage.t
        card = Card(box)
        card.pack(fill="x")
        head = Box(card.body)
        head.pack(fill="x", padx=stage.look.halo)
        icon: tuple[str, Token] = ("circle-check", "grass") if state.trouble is None else ("triangle-alert", "berry")
        picture_label(head, stage.look.icon(icon[0], 20, icon[1])).pack(side="left", padx=(0, stage.px(8)))
        Text(head, state.printer.name, "section").pack(side="left")
        words = t.say(state.trouble.for_staff) if state.trouble else t("Ready")
        Text(card.body, words, "strong", icon[1], wrap=True, edge=True).pack(fill="x")
        if state.trouble is not None:
            Text(card.body, t.say(state.trouble.next_step), "hint", wrap=True, edge=True).pack(fill="x")
        Text(card.body, state.printer.uri, "hint", "ink2", wrap=True, edge=True).pack(fill="x")
        if state.able is not None:
            able = state.able
            ValueRow(card.body, t("Colour"), t("yes") if able.colour else t("no")).pack(fill="x")
            ValueRow(card.body, t("Both sides"), t("yes") if len(able.sides) > 1 else t("no")).pack(fill="x")
            for supply in able.supplies:
                if supply.percent is not None:
                    ValueRow(card.body, supply.name, f"{supply.percent} %").pack(fill="x")
        row = Box(card.body)
        row.pack(fill="x")
        number = state.printer.id
        Button(
            row, t.button("Print a test page"), lambda: self._test(stage, state.printer), icon="printer",
            name=f"test-{number}",
        ).pack(side="left")  # fmt: skip
        Button(
            row,
            t.button("Remove"),
            lambda: self._remove(stage, state.printer),
            icon="circle-x",
            name=f"remove-{number}",
        ).pack(side="left")

    def _add(self, box: Box, stage: Stage) -> None:
        t, printers = stage.t, self.printers
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Add a printer"), "section", edge=True).pack(fill="x")
        if printers.searching:
            Text(card.body, t("Looking for printers on the network."), "body", edge=True).pack(fill="x")
        elif printers.found is not None and not printers.found:
            Text(card.body, t("No printer was found. Type its address."), "body", wrap=True, edge=True).pack(fill="x")
        known = {state.printer.uri for state in printers.states or ()}
        for number, found in enumerate(printers.found or ()):
            if found.uri not in known:
                ChoiceRow(
                    card.body,
                    found.name,
                    lambda found=found: self._take(stage, found.name, found.uri),  # type: ignore[misc]
                    icon="printer",
                    note=t("Add"),
                    name=f"found-{number}",
                ).pack(fill="x")
        Button(
            card.body,
            t.button("Search the network"),
            lambda: self._search(stage),
            icon="search",
            name="search-printers",
        ).pack(anchor="w")
        row = Box(card.body)
        row.pack(fill="x")
        Field(
            row, t("Address of the printer"), printers.typed, self._type, hint=t("For example: 192.168.1.50"),
            on_enter=lambda _: self._take(stage, "", printers.typed), name="address",
        ).pack(side="left", fill="x", expand=True)  # fmt: skip
        Button(
            row,
            t.button("Add"),
            lambda: self._take(stage, "", printers.typed),
            icon="plus",
            name="add-printer",
            height=44,
        ).pack(side="left", anchor="s")

    def _prices(self, box: Box, stage: Stage) -> None:
        t, printers = stage.t, self.printers
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Price of one page"), "section", edge=True).pack(fill="x")
        if printers.prices is not None:
            for key, words in PRICE_FIELDS:
                now = format_money(getattr(printers.prices, key), stage.language)
                ValueRow(card.body, t(words), now).pack(fill="x")
        else:
            Text(card.body, t("Prices are not set yet."), "body", "berry", edge=True).pack(fill="x")
        Line(card.body).pack(fill="x", pady=stage.px(10), padx=stage.look.halo)
        Text(card.body, t("New prices, from today, in tenge"), "strong", edge=True, wrap=True).pack(fill="x")
        for key, words in PRICE_FIELDS:
            Field(
                card.body,
                t(words),
                printers.typed_prices.get(key, ""),
                lambda value, key=key: printers.typed_prices.__setitem__(key, value),  # type: ignore[misc]
                digits=True,
                most=5,
                width=140,
                name=f"price-{key}",
            ).pack(fill="x")
        Button(
            card.body,
            t.button("Set the prices"),
            lambda: self._set_prices(stage),
            "primary",
            name="set-prices",
            height=52,
        ).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Ask every printer how it is."""

        def show(found: tuple[tuple[PrinterState, ...], PriceTable | None]) -> None:
            self.printers.states, self.printers.prices = found
            for key, _ in PRICE_FIELDS:
                if found[1] is not None:
                    self.printers.typed_prices.setdefault(key, str(getattr(found[1], key)))
            stage.rebuild()

        stage.run(self.printers.fetch, show, kind="read")

    def _type(self, value: str) -> None:
        self.printers.typed = value

    def _search(self, stage: Stage) -> None:
        printers = self.printers
        printers.searching = True
        stage.rebuild()

        def found(them: Sequence[FoundPrinter]) -> None:
            printers.searching, printers.found = False, them
            stage.rebuild()

        def failed(error: AkimatDeskError) -> None:
            printers.searching = False
            stage.rebuild()
            stage.error(error)

        stage.run(printers.search, found, failed, kind="read")

    def _take(self, stage: Stage, name: str, typed: str) -> None:
        def added(_: object) -> None:
            self.printers.typed = ""
            stage.clear_banner()
            self.on_show(stage)

        stage.run(lambda: self.printers.add(name, typed), added)

    def _remove(self, stage: Stage, printer: Printer) -> None:
        t = stage.t
        question = Question(
            t("Remove the printer from this PC?"),
            t("Documents that wait for it stay in the queue."),
            t.button("Keep"),
            t.button("Remove"),
        )
        stage.ask(
            question,
            lambda yes: (
                stage.run(lambda: self.printers.remove(printer), lambda _: self.on_show(stage)) if yes else None
            ),
        )

    def _test(self, stage: Stage, printer: Printer) -> None:
        said = stage.t("The test page is on its way.")
        stage.run(lambda: self.printers.test_page(printer), lambda _: stage.toast(said, "printer"))

    def _set_prices(self, stage: Stage) -> None:
        typed = dict(self.printers.typed_prices)
        said = stage.t("The new prices hold from today.")

        def done(_: object) -> None:
            stage.clear_banner()
            stage.toast(said)
            self.on_show(stage)

        stage.run(lambda: self.printers.set_prices(typed), done)
