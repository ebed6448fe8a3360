"""A resident prints a document that waits: by its code, after looking at it and at the price. No name is ever shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import OptionRow
from akimat_desk.ui.widgets.page_preview import DrawnPage, PagePreview, room_for_page
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.held_job import HeldJob
from printing.layout import sides_of
from printing.release import Moved, Offer
from printing.rules import Quote
from printing.screens.paper import lying, sheets_of_paper, told
from printing.screens.printer_choice import able, choices, none_can, on_choice
from printing.screens.steps import steps
from printing.sizes import fit


class CodeScreen(Screen):
    """The code is typed. `open` blocks; `after` gives the screen of the document."""

    name = "printing.code"

    def __init__(self, open: Callable[[str], HeldJob], after: Callable[[HeldJob], Screen]) -> None:
        self._open, self._after = open, after
        self.typed = ""
        self.error: Sentence | None = None
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What is the code of your document?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "code"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Continue"), lambda: self._look(stage), arrow="arrow-right"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        Field(
            body,
            t("Code of the document"),
            self.typed,
            self._type,
            hint=t("It stands on your slip."),
            error=t.say(self.error) if self.error else "",
            digits=True,
            most=16,
            on_enter=lambda _: self._look(stage),
            width=420,
            name="code",
        ).pack(anchor="w", pady=stage.px(12))

    def _type(self, value: str) -> None:
        self.typed = value

    def _look(self, stage: Stage) -> None:
        if self.busy:
            return
        self.busy = True

        def found(job: HeldJob) -> None:
            self.busy, self.typed, self.error = False, "", None
            stage.replace(self._after(job))

        def failed(error: AkimatDeskError) -> None:
            self.busy, self.error = False, error.for_resident
            stage.rebuild()
            stage.error(error)
            stage.focus("code")

        typed = self.typed
        stage.run(lambda: self._open(typed), found, failed, kind="read")


@dataclass
class OwnRelease:
    """The document that was opened. All callables but `after`, which follows the paper, block."""

    job: HeldJob
    price: Callable[[], Quote]
    picture: Callable[[int, tuple[int, int]], bytes]
    """Of a side of paper, as large as fits."""
    release: Callable[[int], Moved]
    """At the printer of that id; 0 is the first that can."""
    after: Callable[[HeldJob], Screen]
    box_is_there: Callable[[], bool] = lambda: True
    offer: Callable[[], Offer] = Offer
    can: Offer = field(default_factory=Offer)
    printer: int = 0
    every_printer: bool = False
    cost: Quote | None = None
    box: bool = True
    """Whether the money goes into the honest till's box, else to staff."""
    side: int = 1

    @property
    def sides(self) -> int:
        """Sides of paper that one copy takes."""
        return len(sides_of(self.job.pages, self.job.options))


class OwnReleaseScreen(Screen):
    """See the module."""

    name = "printing.own_release"
    aside_width = 320
    aside_in_large = True

    def __init__(self, own: OwnRelease) -> None:
        self.own = own
        self.drawn = DrawnPage()
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Is this your document?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 2)

    def first_focus(self) -> str:
        """See `Screen`."""
        return "continue"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Print"), lambda: self._release(stage), icon="printer"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        stage.after(0, lambda: self._draw(stage))
        large = stage.layout == "large"
        if not large:
            holder = Box(body, width=stage.px(414))
            holder.pack(side="left", fill="y")
            holder.pack_propagate(False)
            self._preview(holder, stage)
        facts = Box(body)
        facts.pack(side="left", fill="both", expand=True, padx=0 if large else stage.px(20))
        if large:
            self._where_to_pay(facts, stage)
            holder = Box(facts)
            holder.pack(fill="x", pady=stage.px(8))
            self._preview(holder, stage)
        self._facts(facts, stage)

    def _preview(self, holder: Box, stage: Stage) -> None:
        own, pages = self.own, self.own.job.pages.count
        PagePreview(
            holder,
            own.job.code,
            stage.t.count("{n} page", "{n} pages", pages),
            self.drawn.picture,
            own.side,
            own.sides,
            lambda n: self._turn(stage, n),
            sides=own.job.options.layout != "single",
        ).pack(fill="both", expand=True)

    def _facts(self, box: Box, stage: Stage) -> None:
        """How it will come out."""
        t, options, cost = stage.t, self.own.job.options, self.own.cost or self.own.job.quote
        for words, value in (
            (t("Copies"), str(options.copies)),
            (t("Pages"), str(cost.pages)),
            (t("Sheets of paper"), sheets_of_paper(cost.sheets, options.size)),
            (t("Colours"), t("colour") if cost.colour_pages else t("black and white")),
            (t("Sides"), t("one side") if options.sides == "one" else t("both sides")),
        ):
            ValueRow(box, words, value).pack(fill="x", pady=stage.px(5))
            Line(box).pack(fill="x", padx=stage.look.halo)
        told(box, stage, lying(t, fit(self.own.job.pages, options), options.size))
        missing = none_can(self.own.can.printers, options)
        if missing is not None:
            Text(box, t.say(missing.for_resident), "strong", "berry", wrap=True, edge=True).pack(fill="x")
        self._printers(box, stage)
        if stage.layout == "mid":  # the side panel lies behind a button there
            price = format_money(cost.total, stage.language)
            ValueRow(box, t("You pay"), price, strong=True).pack(fill="x", pady=stage.px(5))

    def _printers(self, box: Box, stage: Stage) -> None:
        """Where it comes out, where there is a choice."""
        t, own = stage.t, self.own
        printers = able(own.can.printers, own.job.options)
        if len(own.can.printers) > 1 and printers:
            OptionRow(
                box,
                t("Printer"),
                choices(t, printers, own.printer, every=own.every_printer),
                str(own.printer),
                lambda key: on_choice(key, lambda id: self._choose(stage, int(id)), lambda: self._every(stage)),
                columns=1 if stage.layout == "large" else 2,
                name="printer",
            ).pack(fill="x", pady=(stage.px(8), 0))

    def _choose(self, stage: Stage, printer: int) -> None:
        self.own.printer = printer
        stage.rebuild()

    def _every(self, stage: Stage) -> None:
        self.own.every_printer = True
        stage.rebuild()
        stage.focus("printer-0")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The price, and where the money goes."""
        t, own = stage.t, self.own
        card = Card(box)
        card.pack(fill="both", expand=True)
        cost = own.cost or own.job.quote
        Text(card.body, t("You pay"), "hint", edge=True).pack(fill="x")
        Text(card.body, format_money(cost.total, stage.language), "number", edge=True).pack(fill="x")
        if stage.layout != "large":
            self._where_to_pay(card.body, stage)
        Box(card.body).pack(fill="both", expand=True)
        if stage.layout != "large":
            Remark(card.body, t("To change anything, ask a member of staff."), "info", "sky").pack(fill="x")

    def _where_to_pay(self, box: Box, stage: Stage) -> None:
        t, own = stage.t, self.own
        pay = t("Put the money into the box. Thank you!") if own.box else t("You give the money to a member of staff.")
        Text(box, pay, "hint", "ink2", wrap=True, edge=True).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """The price of now, and where the money goes."""

        own = self.own

        def priced(now: tuple[Quote, bool, Offer]) -> None:
            if now != (own.cost, own.box, own.can):
                own.cost, own.box, own.can = now
                stage.rebuild()

        stage.run(lambda: (own.price(), own.box_is_there(), own.offer()), priced, kind="read")

    def _draw(self, stage: Stage) -> None:
        own = self.own
        wanted = own.side, room_for_page(stage.look)
        self.drawn.want(stage, wanted, lambda: own.picture(*wanted))

    def _turn(self, stage: Stage, side: int) -> None:
        self.own.side = side
        stage.rebuild()

    def _release(self, stage: Stage) -> None:
        if self.busy:
            return
        self.busy = True

        def done(moved: Moved) -> None:
            stage.replace(self.own.after(moved.job))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        stage.run(lambda: self.own.release(self.own.printer), done, failed)
