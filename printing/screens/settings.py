"""Step 2: how shall we print it? The page at the left, the choices, and the price before anything is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.page_preview import DrawnPage, PagePreview, room_for_page
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text
from printing.flow import PrintDone, PrintFlow
from printing.rules import Colour
from printing.screens.paper import lying, sheets_of_paper, told
from printing.screens.steps import steps
from printing.sizes import Fit

ROWS: Final = 3
"""So many choices stand beside each other with the copies above them; what is more comes after one press."""
REST_MS: Final = 250
"""The sides are drawn anew when the typing rests for so long."""
SAY_MS: Final = 600
"""A document that is made ready so fast needs no word about it."""


class SettingsScreen(Screen):
    """See the module. `after` gives the screen that follows the printed job."""

    name = "printing.settings"
    topics = frozenset({"printing.prices"})
    aside_width = 320
    aside_in_large = True

    def __init__(self, flow: PrintFlow, after: Callable[[PrintDone], Screen]) -> None:
        self.flow, self._after = flow, after
        self.drawn = DrawnPage()
        self.error: AkimatDeskError | None = None
        self.busy = False
        self.more = False
        """Whether the choices are shown that do not fit beside the plain ones."""
        self._prices: list[Live] = []
        self._paper: Live | None = None
        self._typings = 0

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("How shall we print it?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 2)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Print"), lambda: self._print(stage), icon="printer"),
        )

    def first_focus(self) -> str:
        """The plain case is one press of Enter away."""
        return "continue"

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        self._prices.clear()
        large = stage.layout == "large"
        if not large:
            self._preview(body, stage)
        choices = Box(body)
        choices.pack(side="left", fill="both", expand=True, padx=(0 if large else stage.px(10), 0))
        if stage.layout in ("mid", "large"):
            self._caution(choices, stage)
        if stage.layout == "mid":
            self._price(choices, lambda part: self._total(part, stage)).pack(fill="x", pady=(0, stage.px(8)))
        if stage.layout in ("mid", "large"):
            self._price(choices, lambda part: self._notes(part, stage)).pack(fill="x")
        self._choices(choices, stage)
        if large:
            self._price(choices, lambda part: self._sheets(part, stage)).pack(fill="x", pady=(stage.px(12), 0))

    def _preview(self, body: Box, stage: Stage) -> None:
        t, flow = stage.t, self.flow
        stage.after(0, lambda: self._draw(stage))
        holder = Box(body, width=stage.px(414))
        holder.pack(side="left", fill="y")
        holder.pack_propagate(False)
        pages = t.count("{n} page", "{n} pages", flow.page_count)
        self._paper = Live(holder, lambda box: self._sides(box, stage, pages))
        self._paper.pack(fill="both", expand=True)

    def _sides(self, box: Box, stage: Stage, pages: str) -> None:
        """The sides of paper as they come out."""
        flow, sides = self.flow, self.flow.look()
        PagePreview(
            box,
            flow.name,
            pages,
            self.drawn.picture,
            flow.side,
            sides,
            lambda n: self._turn(stage, n),
            sides=flow.shown.layout != "single",
        ).pack(fill="both", expand=True)

    def _total(self, box: Box, stage: Stage) -> None:
        """Where the side panel lies behind a button, the price is told all the same."""
        t, cost = stage.t, self.flow.cost()
        words = format_money(cost.total, stage.language) if cost else "–"
        ValueRow(box, t("To pay"), words, strong=True).pack(fill="x")

    def _notes(self, box: Box, stage: Stage) -> None:
        """There, too, why there is no price, and how pages lie that are no sheets."""
        missing = self.flow.price_missing()
        if missing is not None:
            Text(box, stage.t.say(missing.for_resident), "strong", "berry", wrap=True, edge=True).pack(fill="x")
        elif self.flow.cost() is not None:
            told(box, stage, lying(stage.t, self.flow.fit(), self.flow.options().size))

    def _sheets(self, box: Box, stage: Stage) -> None:
        cost = self.flow.cost()
        if cost is not None:
            sheets = sheets_of_paper(cost.sheets, self.flow.options().size)
            ValueRow(box, stage.t("Sheets of paper"), sheets).pack(fill="x")

    def _price(self, box: Box, build: Callable[[Box], object]) -> Live:
        """A part that follows the typing, so that the field being typed in is left alone."""
        part = Live(box, build)
        self._prices.append(part)
        return part

    def _choices(self, box: Box, stage: Stage) -> None:
        t, flow = stage.t, self.flow
        rows = self._rows(stage)
        whole = stage.layout == "large" or len(rows) <= ROWS  # there the page is moved up and down
        head = Box(box)
        head.pack(fill="x")
        Stepper(
            head,
            t("Number of copies"),
            flow.copies,
            lambda n: self._set(stage, "copies", n),
            most=flow.most_copies,
            name="copies",
        ).pack(side="left")
        if not whole:
            words = t.button("First choices") if self.more else t.button("More choices")
            icon = "arrow-left" if self.more else "arrow-right"
            Button(head, words, lambda: self._turn_over(stage), icon=icon, name="more").pack(side="right", anchor="s")
        for row in rows if whole else rows[ROWS:] if self.more else rows[:ROWS]:
            row(box)

    def _rows(self, stage: Stage) -> list[Callable[[Box], None]]:
        """What can be chosen besides the copies, the plainest first."""
        t, flow = stage.t, self.flow
        across = 1 if stage.layout == "large" else 2
        rows: list[Callable[[Box], None]] = []

        def row(name: str, label: str, options: list[Option], chosen: str, **more: Any) -> None:
            def build(box: Box) -> None:
                made = OptionRow(
                    box, label, options, chosen, lambda key: self._set(stage, name, key),
                    **{"columns": across, **more}, name=name,
                )  # fmt: skip
                made.pack(fill="x", pady=(stage.px(12), 0))
                if name == "which" and flow.which == "some":
                    self._page_field(box, stage)

            rows.append(build)

        if flow.page_count > 1:
            every = t.count("All, {n} page", "All, {n} pages", flow.page_count)
            row("which", t("Which pages"), [Option("all", every), Option("some", t("I choose myself"))], flow.which)
        if flow.has_colour and flow.can_colour:
            grey, colour = self._colour(stage, "grey", t("Black and white")), self._colour(stage, "colour", t("Colour"))
            row("colour", t("Colours"), [grey, colour], flow.colour)
        if flow.page_count > 1 and flow.can_both_sides and flow.layout != "booklet":
            both = [Option("one", t("No, one side")), Option("long", t("Yes, both sides"))]
            row("sides", t("Both sides of the sheet"), both, flow.sides)
        sizes = flow.sizes()
        if len(sizes) > 1:
            row("size", t("Sheet of paper"), [Option(size, size) for size in sizes], flow.options_size(), columns=0)
        if flow.page_count > 1:
            booklet = [Option("booklet", t("Booklet"))] if flow.can_both_sides else []
            row(
                "layout",
                t("Pages on one side of paper"),
                [Option("single", "1"), Option("two", "2"), Option("four", "4"), *booklet],
                flow.layout,
                columns=2 if across == 1 else 3 + len(booklet),
                weights=() if across == 1 else (2, 2, 2, 3)[: 3 + len(booklet)],
            )
        return rows

    def _page_field(self, box: Box, stage: Stage) -> None:
        t = stage.t
        Field(
            box,
            t("Page numbers"),
            self.flow.pages_text,
            lambda text: self._pages(stage, text),
            hint=t("For example: 1-3, 5"),
            error=t.say(self.error.for_resident) if self.error else "",
            on_enter=lambda _: self._print(stage),
            name="pages",
        ).pack(fill="x")

    def _turn_over(self, stage: Stage) -> None:
        self.more = not self.more
        stage.rebuild()
        stage.focus("more")

    def _colour(self, stage: Stage, colour: Colour, words: str) -> Option:
        price = self.flow.page_price(colour)
        return Option(colour, words if price is None else f"{words}, {format_money(price, stage.language)}")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The price before anything is printed: in its parts where there is room, and whole."""
        card = Card(box)
        card.pack(fill="both", expand=True)
        if stage.layout == "large":
            self._price(card.body, lambda part: self._whole(part, stage)).pack(fill="both", expand=True)
            return
        Text(card.body, stage.t("Price"), "section", edge=True).pack(fill="x")
        self._price(card.body, lambda part: self._parts(part, stage)).pack(fill="x")
        Box(card.body).pack(fill="both", expand=True)
        self._price(card.body, lambda part: self._remark(part, stage)).pack(fill="x")

    def _remark(self, box: Box, stage: Stage) -> None:
        """What to look at; where there is nothing, what becomes of the file."""
        if not self._caution(box, stage) and self.flow.fit() == Fit():
            Remark(box, stage.t("Once it is printed, your file is erased from this computer.")).pack(fill="x")

    def _caution(self, box: Box, stage: Stage) -> bool:
        """What should be looked at in this document, where there is something; whether there is."""
        inspection = self.flow.inspection
        if inspection is None or not inspection.message:
            return False
        Remark(box, stage.t.say(inspection.message), "triangle-alert", "gold").pack(fill="x", pady=(0, stage.px(10)))
        return True

    def _whole(self, body: Box, stage: Stage) -> None:
        t, cost = stage.t, self.flow.cost()
        Text(body, t("You pay"), "hint", edge=True).pack(fill="x")
        Text(body, format_money(cost.total, stage.language) if cost else "–", "number", edge=True).pack(fill="x")
        if cost is not None:
            words = t.count("{n} page", "{n} pages", cost.pages)
            Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    def _parts(self, body: Box, stage: Stage) -> None:
        t, cost, language = stage.t, self.flow.cost(), stage.language
        missing = self.flow.price_missing()
        if missing is not None:
            Text(body, t.say(missing.for_resident), "strong", "berry", wrap=True, edge=True).pack(fill="x")
        elif cost is None:
            Text(body, t("Write which pages to print, then the price is shown."), "hint", wrap=True, edge=True).pack(
                fill="x", pady=stage.px(12)
            )
        else:
            for pages, price, words in (
                (
                    cost.grey_pages,
                    cost.grey_price,
                    t.count("{n} page, black and white", "{n} pages, black and white", cost.grey_pages),
                ),
                (
                    cost.colour_pages,
                    cost.colour_price,
                    t.count("{n} page, colour", "{n} pages, colour", cost.colour_pages),
                ),
            ):
                if pages:
                    ValueRow(body, words, format_money(pages * price, language)).pack(fill="x", pady=stage.px(4))
            size = self.flow.options().size
            sheets = sheets_of_paper(cost.sheets, size)
            ValueRow(body, t("Sheets of paper"), sheets).pack(fill="x", pady=stage.px(4))
            told(body, stage, lying(t, self.flow.fit(), size))
            Line(body, strong=True).pack(fill="x", pady=stage.px(10), padx=stage.look.halo)
            Text(body, t("You pay"), "hint", edge=True).pack(fill="x")
            Text(body, format_money(cost.total, language), "number", edge=True).pack(fill="x")
            box = self.flow.box and not self.flow.waits
            pay = t("Put the money into the box. Thank you!") if box else t("You give the money to a member of staff.")
            Text(body, pay, "hint", "ink2", wrap=True, edge=True).pack(fill="x")

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """New prices are shown as soon as they hold."""
        stage.run(self.flow.fetch_prices, lambda _: stage.rebuild(), kind="read")

    def _draw(self, stage: Stage) -> None:
        """Have the side drawn, once for each place in the document, size, and choice that shows on paper."""
        flow = self.flow
        flow.look()
        wanted = flow.side, room_for_page(stage.look), flow.shown
        self.drawn.want(stage, wanted, lambda: flow.picture(*wanted), self._show_sides)

    def _show_sides(self) -> None:
        if self._paper is not None and self._paper.winfo_exists():
            self._paper.refresh()

    def _turn(self, stage: Stage, side: int) -> None:
        self.flow.side = side
        self._show_sides()
        self._draw(stage)

    def _set(self, stage: Stage, name: str, value: object) -> None:
        setattr(self.flow, name, value)
        self.error = None
        stage.rebuild()
        if value == "some":
            stage.focus("pages")

    def _pages(self, stage: Stage, text: str) -> None:
        """The price follows the typing; a half-typed choice is not yet a mistake."""
        self.flow.pages_text = text
        if self.error is not None:
            self.error = None
            stage.clear_banner()
        for part in self._prices:
            if part.winfo_exists():
                part.refresh()
        self._typings += 1
        typing = self._typings

        def rests() -> None:
            if typing == self._typings and self._paper is not None and self._paper.winfo_exists():
                self._draw(stage)
                self._show_sides()

        stage.after(REST_MS, rests)

    def _print(self, stage: Stage) -> None:
        if self.busy:
            return
        try:
            self.flow.options()
        except AkimatDeskError as why:
            self.error = why
            stage.rebuild()
            stage.error(why)
            return
        self.busy = True

        def done(result: PrintDone) -> None:
            self.flow.forget()
            stage.replace(self._after(result))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        def slow() -> None:
            if self.busy:
                stage.say("info", lambda t: t("Your document is being made ready."))

        stage.run(self.flow.print, done, failed)
        stage.after(SAY_MS, slow)
