"""Step 1: what lies on the scanner, and shall the copy be in colour? The price of a page stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.ui.operations import Report
from akimat_desk.ui.screen import Action, Footer, Stage, Steps
from akimat_desk.ui.screen import Screen as AnyScreen
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from printing.rules import Colour
from printing.scanning.flow import Goal, ScanFlow, What
from printing.scanning.screens.steps import steps
from printing.scanning.screens.waiting import ScanningScreen

_CHOICES: Final[tuple[tuple[What, str, str, str], ...]] = (
    (
        "sheet",
        "file-text",
        N_("A sheet of paper"),
        N_("Lay it face down on the glass, into the corner, and close the lid."),
    ),
    (
        "card",
        "id-card",
        N_("An identity card, both sides"),
        N_("Lay the card face down near the corner of the glass and close the lid."),
    ),
    (
        "feeder",
        "files",
        N_("Several sheets at once"),
        N_("Put the sheets into the feeder on top of the scanner, as its drawing shows."),
    ),
)


class StartScreen(ScanningScreen):
    """See the module. `look` and `pages` give the screens that follow."""

    name = "printing.scan_start"
    topics = frozenset({"printing.prices"})
    aside_width = 320

    def __init__(
        self, flow: ScanFlow, look: Callable[[], AnyScreen], pages: Callable[[], AnyScreen], *, more: bool = False
    ) -> None:
        super().__init__(flow)
        self._look, self._pages, self._more = look, pages, more
        self.ready = flow.abilities is not None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What else shall we copy?") if self._more else t("What shall we copy or scan?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 1)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        if self.working:
            return self.working_footer(stage)
        if self.flow.leaves:  # before a trouble, or before one more: they are not lost
            back = Action(t.button("To the pages"), lambda: stage.replace(self._pages()), icon="arrow-left")
        else:
            back = Action(t.button("Back"), stage.back, icon="arrow-left")
        if not self.ready:
            return Footer(back=back)
        words = t.button("Scan") if self.flow.what == "feeder" else t.button("Continue")
        feeder = self.flow.what == "feeder"
        go_on = Action(
            words,
            lambda: self._go_on(stage),
            icon="scan-line" if feeder else "",
            arrow="" if feeder else "arrow-right",
        )
        return Footer(back=back, primary=go_on)

    def first_focus(self) -> str:
        """The plain case is one press of Enter away."""
        return "continue" if self.ready else ""

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, flow = stage.t, self.flow
        if self.show_work(body, stage):
            return
        if not self.ready:
            Text(body, t("Looking for the scanner."), "body", "ink2", edge=True, wrap=True).pack(
                fill="x", pady=stage.px(24)
            )
            return
        for what, icon, words, _ in _CHOICES:
            if flow.has_feeder if what == "feeder" else flow.has_glass:
                ChoiceRow(
                    body,
                    t(words),
                    lambda what=what: self._set(stage, "what", what),  # type: ignore[misc]
                    icon=icon,
                    chosen=flow.what == what,
                    name=f"what-{what}",
                ).pack(fill="x")
        if flow.scans_colour and not flow.leaves:
            OptionRow(
                body,
                t("Colours"),
                [Option("grey", t("Black and white")), Option("colour", t("Colour"))],
                flow.colour,
                lambda key: self._set(stage, "colour", cast(Colour, key)),
                columns=1 if stage.layout == "large" else 2,
                name="colour",
            ).pack(fill="x", pady=(stage.px(12), 0))
        if flow.what == "feeder":
            self._sheets(body, stage)
        if stage.layout != "wide":
            self._how(body, stage)

    def _sheets(self, body: Box, stage: Stage) -> None:
        """What lies in the feeder; beside each other, for the height of a row is dear."""
        t, flow, large = stage.t, self.flow, stage.layout == "large"
        beside, gap = Box(body), stage.px(12)
        beside.pack(fill="x", pady=(gap, 0))
        sizes = flow.feeds()
        if len(sizes) > 1:
            OptionRow(
                beside,
                t("Sheets in the feeder"),
                [Option(size, size) for size in sizes],
                flow.fed(),
                lambda key: self._set(stage, "feed_size", key),
                columns=len(sizes),
                name="feed",
            ).grid(row=0, column=0, sticky="new")
        if flow.abilities is not None and flow.abilities.both_sides:
            OptionRow(
                beside,
                t("Copy the backs, too?"),
                [Option("one", t("No, one side")), Option("both", t("Yes, both sides"))],
                "both" if flow.both_sides else "one",
                lambda key: self._set(stage, "both_sides", key == "both"),
                columns=1 if large else 2,
                name="sides",
            ).grid(
                row=1 if large else 0, column=0 if large or len(sizes) < 2 else 1, sticky="new",
                padx=(gap if len(sizes) > 1 and not large else 0, 0), pady=(gap if large else 0, 0),
            )  # fmt: skip
        for column in range(beside.grid_size()[0]):
            beside.columnconfigure(column, weight=1, uniform="parts")

    def _how(self, box: Box, stage: Stage) -> None:
        how = next(how for what, _, _, how in _CHOICES if what == self.flow.what)
        Remark(box, stage.t(how), "info", "sky").pack(fill="x", pady=(stage.px(10), 0))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """How to lay the paper in, what a page costs, and the promise."""
        t = stage.t
        card = Card(box)
        card.pack(fill="both", expand=True)
        Text(card.body, t("Price of a page"), "section", edge=True, wrap=True).pack(fill="x")
        if self.flow.has_printer:
            self._price(card.body, stage, t("Copy on paper"), "paper")
        self._price(card.body, stage, t("File on your USB stick"), "stick")
        if stage.layout == "wide" and self.ready:
            self._how(card.body, stage)
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("When you finish, the scan is erased from this computer.")).pack(fill="x")

    def _price(self, box: Box, stage: Stage, words: str, goal: Goal) -> None:
        price = self.flow.page_price(goal, self.flow.colour)
        ValueRow(box, words, "–" if price is None else format_money(price, stage.language)).pack(
            fill="x", pady=stage.px(4)
        )

    def on_show(self, stage: Stage) -> None:
        """Ask the scanner what it can, once."""
        if self.ready:
            return

        def asked(_: object) -> None:
            self.ready = True
            if not self.flow.has_glass:
                self.flow.what = "feeder"
            stage.rebuild()
            stage.focus("continue")

        stage.run(self.flow.open, asked, kind="read")

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """New prices are shown as soon as they hold."""
        if self.ready:
            stage.run(self.flow.fetch_prices, lambda _: stage.rebuild(), kind="read")

    def _set(self, stage: Stage, name: str, value: object) -> None:
        setattr(self.flow, name, value)
        stage.clear_banner()
        stage.rebuild()

    def _go_on(self, stage: Stage) -> None:
        t, flow = stage.t, self.flow
        if flow.what != "feeder":
            flow.look = flow.front = None
            self.work(stage, t("The scanner looks at the paper."), flow.look_at, lambda: stage.go(self._look()))
            return

        def feed(report: Report) -> None:
            flow.feed(lambda pages: report(pages, 0, Sentence(N_("Pages so far: {n}"), {"n": pages})))

        words = t("The scanner draws the sheets in, one after another.")
        self.work(stage, words, feed, lambda: stage.replace(self._pages()), tells=True)
