"""Staff: the printers of this PC, found on the network or typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text, picture_label
from printing.devices.discovery import FoundPrinter
from printing.naming import paper_name
from printing.printers import PrinterState
from printing.records import Printer
from printing.screens.printer import WIDTHS, levels


@dataclass
class PrintersPresenter:
    """What is known of the printers. Every callable blocks."""

    fetch: Callable[[], tuple[PrinterState, ...]]
    search: Callable[[], Sequence[FoundPrinter]]
    add: Callable[[str, str], object]
    """`add(name, typed)`: asks the printer at that address, then keeps it."""
    add_receipt: Callable[[str, str, int], object]
    """`add_receipt(name, typed, width)`."""
    search_receipts: Callable[[], Sequence[FoundPrinter]]
    """What a receipt printer may hang on at this PC."""
    use_first: Callable[[Printer], object]
    open: Callable[[Printer], Screen]
    """The page of one printer."""
    fault: Callable[[PrinterState], Screen]
    """What to do about its trouble."""
    test_page: Callable[[Printer], object]
    states: tuple[PrinterState, ...] | None = None
    found: Sequence[FoundPrinter] | None = None
    lines: Sequence[FoundPrinter] | None = None
    searching: bool = False
    adding: bool = False
    typed: str = ""
    typed_receipt: str = ""
    width: int = 576

    def unknown(self) -> list[FoundPrinter]:
        """The found printers that are not in the list yet, by either of their addresses."""
        return self._new(self.found)

    def unknown_lines(self) -> list[FoundPrinter]:
        """The same of what a receipt printer may hang on."""
        return self._new(self.lines)

    def _new(self, found: Sequence[FoundPrinter] | None) -> list[FoundPrinter]:
        known = {state.printer.uri for state in self.states or ()}
        return [each for each in found or () if known.isdisjoint({each.uri, each.plain_uri})]


class PrintersScreen(Screen):
    """See the module."""

    name = "printing.printers"
    frame = "staff"
    topics = frozenset({"printing.printers"})

    def __init__(self, printers: PrintersPresenter) -> None:
        self.printers = printers

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Printers")

    def build(self, body: Box, stage: Stage) -> None:
        """Printers on the left, new ones on the right; in large print one under the other."""
        side_by_side = stage.layout != "large"
        body.columnconfigure(0, weight=3, uniform="halves" if side_by_side else "")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        if side_by_side:
            body.columnconfigure(1, weight=2, uniform="halves")
        right.grid(row=0 if side_by_side else 1, column=1 if side_by_side else 0, sticky="nsew")
        if self.printers.states is None:
            Text(left, stage.t("Asking the printers."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        for state in self.printers.states or ():
            self._printer(left, stage, state)
        self._add(right, stage)
        self._add_receipt(right, stage)

    def _printer(self, box: Box, stage: Stage, state: PrinterState) -> None:
        t, printer = stage.t, state.printer
        card = Card(box)
        card.pack(fill="x")
        head = Box(card.body)
        head.pack(fill="x", padx=stage.look.halo)
        icon: tuple[str, Token] = ("circle-check", "grass") if state.trouble is None else ("triangle-alert", "berry")
        picture_label(head, stage.look.icon(icon[0], 20, icon[1])).pack(side="left", padx=(0, stage.px(8)))
        name = printer.name or t("Receipt printer")
        Text(head, name, "section", wrap=True).pack(side="left", fill="x", expand=True)
        if state.trouble is not None:
            Text(card.body, t.say(state.trouble.for_staff), "strong", "berry", wrap=True, edge=True).pack(fill="x")
        elif printer.purpose == "paper":
            Text(card.body, t("Ready"), "strong", "grass", wrap=True, edge=True).pack(fill="x")
        else:
            paper = t(dict(WIDTHS)[printer.width])
            ValueRow(card.body, t("Receipts and slips"), paper).pack(fill="x")
        if printer.group:
            ValueRow(card.body, t("Group"), printer.group).pack(fill="x")
        if state.able is not None:
            if state.able.media_ready:
                papers = ", ".join(dict.fromkeys(paper_name(media) for media in state.able.media_ready))
                ValueRow(card.body, t("Paper in it"), papers).pack(fill="x")
            levels(card.body, stage, state.able)
        self._buttons(card.body, stage, state)

    def _buttons(self, box: Box, stage: Stage, state: PrinterState) -> None:
        t, states, printer = stage.t, self.printers.states or (), state.printer
        first = next(state.printer for state in states if state.printer.purpose == printer.purpose)
        row = ButtonRow(box)
        row.pack(fill="x")
        buttons: list[tuple[str, str, str, Callable[[], object]]] = []
        if state.trouble is not None:
            show = lambda: stage.go(self.printers.fault(state))  # noqa: E731
            buttons.append(("fault", t.button("Show what to do"), "lightbulb", show))
        buttons.append(("open", t.button("More"), "list", lambda: stage.go(self.printers.open(printer))))
        words = t.button("Print a test page") if printer.purpose == "paper" else t.button("Print a test receipt")
        buttons.append(("test", words, "printer", lambda: self._test(stage, printer)))
        if printer.id != first.id:
            use = lambda: self._then_show(stage, lambda: self.printers.use_first(printer))  # noqa: E731
            buttons.append(("first", t.button("Use this one"), "check", use))
        elif sum(each.printer.purpose == printer.purpose for each in states) > 1:
            Text(box, t("This one is used."), "hint", "ink2", edge=True, wrap=True).pack(fill="x", before=row)
        for name, said, icon, press in buttons:
            Button(row, said, press, icon=icon, name=f"{name}-{printer.id}")

    def _add(self, box: Box, stage: Stage) -> None:
        t, printers = stage.t, self.printers
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Add a printer"), "section", edge=True, wrap=True).pack(fill="x")
        unknown = printers.unknown()
        if printers.searching:
            words = t("Looking for printers on the network.")
            Text(card.body, words, "body", edge=True, wrap=True).pack(fill="x")
        elif printers.found is not None and not unknown:
            Text(card.body, t("No printer was found. Type its address."), "body", wrap=True, edge=True).pack(fill="x")
        for number, found in enumerate(unknown):
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
        self._address(
            card.body, stage, printers.typed, self._type, lambda: self._take(stage, "", printers.typed),
            t("For example: 192.168.1.50"), "address", "add-printer",
        )  # fmt: skip
        if printers.adding:
            Text(card.body, t("Asking the printer."), "body", "ink2", edge=True, wrap=True).pack(fill="x")

    def _add_receipt(self, box: Box, stage: Stage) -> None:
        t, printers = stage.t, self.printers
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Add a receipt printer"), "section", edge=True, wrap=True).pack(fill="x")
        OptionRow(
            card.body,
            t("Width of its paper"),
            [Option(str(width), t(words)) for width, words in WIDTHS],
            str(printers.width),
            lambda key: self._choose_width(stage, int(key)),
            name="width",
        ).pack(fill="x")
        for number, found in enumerate(printers.unknown_lines()):
            ChoiceRow(
                card.body,
                f"{found.name}, {found.model}" if found.model else found.name,
                lambda found=found: self._take_receipt(stage, found.uri),  # type: ignore[misc]
                icon="usb",
                note=t("Add"),
                name=f"line-{number}",
            ).pack(fill="x")
        if printers.lines is not None and not printers.unknown_lines():
            words = t("Nothing hangs on this computer. Type an address.")
            Text(card.body, words, "body", wrap=True, edge=True).pack(fill="x")
        Button(
            card.body,
            t.button("Search this computer"),
            lambda: self._search_receipts(stage),
            icon="usb",
            name="search-lines",
        ).pack(anchor="w")
        self._address(
            card.body, stage, printers.typed_receipt, self._type_receipt,
            lambda: self._take_receipt(stage, printers.typed_receipt),
            t("For example: 192.168.1.60 or file:///dev/usb/lp0"), "receipt-address", "add-receipt-printer",
        )  # fmt: skip

    def _address(
        self,
        box: Box,
        stage: Stage,
        value: str,
        type_: Callable[[str], object],
        add: Callable[[], object],
        hint: str,
        name: str,
        button: str,
    ) -> None:
        t = stage.t
        label = t("Address of the printer")
        Field(box, label, value, type_, hint=hint, on_enter=lambda _: add(), name=name).pack(fill="x")
        Button(box, t.button("Add"), add, icon="plus", name=button, height=44).pack(anchor="w")

    def on_show(self, stage: Stage) -> None:
        """Ask every printer how it is."""

        def show(found: tuple[PrinterState, ...]) -> None:
            self.printers.states = found
            stage.rebuild()

        stage.run(self.printers.fetch, show, kind="read")

    def _then_show(self, stage: Stage, action: Callable[[], object]) -> None:
        stage.run(action, lambda _: self.on_show(stage))

    def _type(self, value: str) -> None:
        self.printers.typed = value

    def _type_receipt(self, value: str) -> None:
        self.printers.typed_receipt = value

    def _choose_width(self, stage: Stage, width: int) -> None:
        self.printers.width = width
        stage.rebuild()

    def _search(self, stage: Stage) -> None:
        printers = self.printers
        if printers.searching:
            return
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
        printers = self.printers
        if printers.adding:
            return
        printers.adding = True
        stage.rebuild()

        def added(_: object) -> None:
            printers.adding, printers.typed = False, ""
            stage.clear_banner()
            self.on_show(stage)

        def failed(error: AkimatDeskError) -> None:
            printers.adding = False
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: printers.add(name, typed), added, failed)

    def _search_receipts(self, stage: Stage) -> None:
        def found(them: Sequence[FoundPrinter]) -> None:
            self.printers.lines = them
            stage.rebuild()

        stage.run(self.printers.search_receipts, found, kind="read")

    def _take_receipt(self, stage: Stage, typed: str) -> None:
        printers = self.printers
        width = printers.width

        def added(_: object) -> None:
            printers.typed_receipt = ""
            stage.clear_banner()
            self.on_show(stage)

        stage.run(lambda: printers.add_receipt("", typed, width), added)

    def _test(self, stage: Stage, printer: Printer) -> None:
        t = stage.t
        said = t("The test page is in the queue.") if printer.purpose == "paper" else t("The test receipt is sent.")
        stage.run(lambda: self.printers.test_page(printer), lambda _: stage.toast(said, "printer"))
