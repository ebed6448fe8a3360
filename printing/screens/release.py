"""Staff: one document that waits. Its pages, what to change, the price; Enter prints it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.page_preview import DrawnPage, PagePreview, room_for_page
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text
from printing.held_job import HeldJob
from printing.layout import sides_of
from printing.release import Moved, Offer
from printing.rules import Colour, Layout, Options, PagesUnclear, Quote, Sides, Size, parse_pages
from printing.screens.paper import lying, sheets_of_paper, told
from printing.screens.printer_choice import able, choices, none_can, on_choice
from printing.sizes import SIZES, by_itself, fit, offered

SEARCH_MS: Final = 200
"""A price is asked for when the typing rests for so long."""


@dataclass
class ReleasePresenter:
    """The document, and what is chosen for it. All callables block; `picture` draws a side of paper as large as fits.
    `again`: it came out before, nothing is paid.
    """

    job: HeldJob
    offer: Callable[[], Offer]
    price: Callable[[Options], Quote]
    picture: Callable[[int, tuple[int, int], Options], bytes]
    release: Callable[[Options, int], Moved]
    cancel: Callable[[], Moved]
    again: bool = False
    can: Offer = field(default_factory=Offer)
    cost: Quote | None = None
    side: int = 1
    printer: int = 0
    every_printer: bool = False
    copies: int = 1
    sides: Sides = "one"
    colour: Colour = "grey"
    layout: Layout = "single"
    size: Size | None = None
    """What was chosen, None for the sheet it is printed on by itself."""
    which: Literal["all", "some"] = "all"
    pages_text: str = ""
    shown: Options = field(default_factory=Options)
    """The choices of the sides that are looked at: as they stood when they were last clear."""

    def __post_init__(self) -> None:
        options = self.job.options
        self.shown = options
        self.copies, self.sides, self.colour = options.copies, options.sides, options.colour
        self.layout, self.cost = options.layout, self.job.quote
        if options.size != by_itself(self.job.pages, options.pages, options.layout, SIZES):
            self.size = options.size
        if options.pages:
            self.which, self.pages_text = "some", ", ".join(map(str, options.pages))

    def options(self) -> Options:
        """The choices as they stand. Raises `PagesUnclear`, `PagesOutside`."""
        pages: tuple[int, ...] = ()
        if self.which == "some":
            if not self.pages_text.strip():
                raise PagesUnclear
            pages = parse_pages(self.pages_text, self.job.pages.count)
        sides: Sides = "long" if self.layout not in ("two", "booklet") and self.sides == "short" else self.sides
        size = self.size if self.size in self.sizes() else by_itself(self.job.pages, pages, self.layout, self.can.sizes)
        return Options(self.copies, sides, self.colour, pages, self.layout, size).after(self.job.options)

    def sizes(self) -> tuple[Size, ...]:
        """The sheets that there is a reason to choose."""
        pages: tuple[int, ...] = ()
        with suppress(AkimatDeskError):
            pages = parse_pages(self.pages_text, self.job.pages.count) if self.which == "some" else ()
        return offered(self.job.pages, pages, self.layout, self.can.sizes)

    def look(self) -> int:
        """The sides of one copy. What is looked at follows the choices where they are clear: it is what is printed."""
        with suppress(AkimatDeskError):
            self.shown = self.options()
        sides = len(sides_of(self.job.pages, self.shown))
        self.side = min(self.side, sides)
        if self.printer not in [each.id for each in able(self.can.printers, self.shown)]:
            self.printer = 0
        return sides


class ReleaseScreen(Screen):
    """See the module."""

    name = "printing.release"
    frame = "staff"
    topics = frozenset({"printing.prices"})

    def __init__(self, release: ReleasePresenter) -> None:
        self.release = release
        self.drawn = DrawnPage()
        self.error: AkimatDeskError | None = None
        self.busy = False
        self._priced: object = None
        self._typings = 0
        self._price: Live | None = None
        self._paper: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Document {code}", code=self.release.job.code)

    def first_focus(self) -> str:
        """Nothing to change is the plain case: one key prints."""
        return "release"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The way back to the queue."""
        Button(box, stage.t.button("Back to the queue"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """The page, the choices, and the price with what to do."""
        main, side = with_panel(body)
        self._price = Live(side, lambda box: self._panel(box, stage))
        self._price.grid(row=0, column=0, sticky="ew")
        stage.after(0, lambda: self._draw(stage))
        main.columnconfigure(0, weight=0)
        main.columnconfigure(1, weight=1)
        large = stage.layout != "wide"
        if not large:
            holder = Box(main, width=stage.px(370), height=stage.px(470))
            holder.grid(row=0, column=0, sticky="nw")
            holder.pack_propagate(False)
            self._preview(holder, stage)
        choices = Box(main)
        choices.grid(row=0, column=1, sticky="new", padx=(0 if large else stage.px(14), stage.px(14)))
        self._choices(choices, stage)
        if large:
            holder = Box(choices)
            holder.pack(fill="x", pady=(stage.px(12), 0))
            self._preview(holder, stage)

    def _preview(self, holder: Box, stage: Stage) -> None:
        self._paper = Live(holder, lambda box: self._sides(box, stage))
        self._paper.pack(fill="both", expand=True)

    def _sides(self, box: Box, stage: Stage) -> None:
        """The sides of paper as they come out."""
        release, sides = self.release, self.release.look()
        PagePreview(
            box,
            release.job.code,
            stage.t.count("{n} page", "{n} pages", release.job.pages.count),
            self.drawn.picture,
            release.side,
            sides,
            lambda n: self._turn(stage, n),
            sides=release.shown.layout != "single",
        ).pack(fill="both", expand=True)

    def _choices(self, box: Box, stage: Stage) -> None:
        t, release, gap = stage.t, self.release, stage.px(8)
        Stepper(
            box,
            t("Number of copies"),
            release.copies,
            lambda n: self._set(stage, "copies", n),
            most=release.can.most_copies,
            name="copies",
        ).pack(fill="x")
        if release.job.pages.count > 1:
            self._row(box, stage, t("Which pages"), "which", release.which, [
                Option("all", t.count("All, {n} page", "All, {n} pages", release.job.pages.count)),
                Option("some", t("Chosen ones")),
            ])  # fmt: skip
            if release.which == "some":
                Field(
                    box,
                    t("Page numbers"),
                    release.pages_text,
                    lambda text: self._pages(stage, text),
                    hint=t("For example: 1-3, 5"),
                    error=t.say(self.error.for_staff) if self.error else "",
                    on_enter=lambda _: self._release(stage),
                    name="pages",
                ).pack(fill="x", pady=(gap, 0))
        if release.job.pages.colour and release.can.colour:
            self._row(box, stage, t("Colours"), "colour", release.colour, [
                Option("grey", t("Black and white")), Option("colour", t("Colour")),
            ])  # fmt: skip
        if release.job.pages.count > 1 and release.can.both_sides and release.layout != "booklet":
            both = "one" if release.sides == "one" else "long"
            self._row(box, stage, t("Sides"), "sides", both, [
                Option("one", t("One side")), Option("long", t("Both sides")),
            ])  # fmt: skip
        if release.job.pages.count > 1:
            booklet = [Option("booklet", t("Booklet"))] if release.can.both_sides else []
            self._row(box, stage, t("Pages on one side of paper"), "layout", release.layout, [
                Option("single", "1"), Option("two", "2"), Option("four", "4"), *booklet,
            ], columns=2)  # fmt: skip
        sizes = release.sizes()
        if len(sizes) > 1:
            self._row(box, stage, t("Sheet of paper"), "size", release.shown.size, [
                Option(size, size) for size in sizes
            ], columns=2)  # fmt: skip
        printers = able(release.can.printers, release.shown)
        if len(release.can.printers) > 1 and printers:
            OptionRow(
                box,
                t("Printer"),
                choices(t, printers, release.printer, every=release.every_printer),
                str(release.printer),
                lambda key: on_choice(
                    key, lambda id: self._set(stage, "printer", id), lambda: self._set(stage, "every_printer", True)
                ),
                columns=2,
                name="printer",
            ).pack(fill="x", pady=(gap, 0))

    def _row(
        self, box: Box, stage: Stage, label: str, name: str, chosen: str, options: list[Option], *, columns: int = 0
    ) -> None:
        across = columns or (1 if stage.layout == "large" else 0)
        OptionRow(
            box, label, options, chosen, lambda key: self._set(stage, name, key), columns=across, name=name
        ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip

    def _panel(self, box: Box, stage: Stage) -> None:
        t, release, language = stage.t, self.release, stage.language
        card = Card(box, "chosen")
        card.pack(fill="x")
        body, cost = card.body, release.cost
        Text(body, release.job.code, "number", edge=True).pack(fill="x")
        came = t("From PC {seat}", seat=release.job.seat) if release.job.seat else t("From this room")
        Text(body, f"{came}, {format_time(local(release.job.created_ms))}", "hint", "ink2", edge=True).pack(fill="x")
        Line(body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        if cost is None:
            Text(body, t("Write which pages to print, then the price is shown."), "hint", wrap=True, edge=True).pack(
                fill="x"
            )
        else:
            for pages, words in (
                (cost.grey_pages, t("Pages, black and white")),
                (cost.colour_pages, t("Pages, colour")),
                (cost.free_pages, t("Pages, free")),
            ):
                if pages:
                    ValueRow(body, words, str(pages)).pack(fill="x")
            ValueRow(body, t("Sheets of paper"), sheets_of_paper(cost.sheets, release.shown.size)).pack(fill="x")
            if release.shown.out:
                ValueRow(body, t("Sheets out already"), str(release.shown.out)).pack(fill="x")
            told(body, stage, lying(t, fit(release.job.pages, release.shown), release.shown.size))
            missing = none_can(release.can.printers, release.shown)
            if missing is not None:
                Text(body, t.say(missing.for_staff), "strong", "berry", wrap=True, edge=True).pack(fill="x")
            total = format_money(0 if release.again else cost.total, language)
            words = t("To pay for the rest") if release.shown.out else t("To pay")
            ValueRow(body, words, total, strong=True).pack(fill="x", pady=(stage.px(6), 0))
            if release.again:
                Text(
                    body, t("It was printed before: nothing more is paid."), "hint", "ink2", edge=True, wrap=True
                ).pack(fill="x")  # fmt: skip
        words = t.button("Print again, free") if release.again else t.button("Print")
        Button(
            body, words, lambda: self._release(stage), "primary", icon="printer", name="release", height=52
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
        if not release.again:
            Button(
                body, t.button("Do not print, destroy it"), lambda: self._ask_cancel(stage), icon="eraser", name="drop"
            ).pack(fill="x")  # fmt: skip
            until = format_time(local(release.job.due_ms))
            Text(body, t("It waits until {time}. After that it is destroyed.", time=until), "hint", "ink2",
                 edge=True, wrap=True).pack(fill="x")  # fmt: skip

    def on_show(self, stage: Stage) -> None:
        """What can be chosen, and the price of now."""

        def offered(can: Offer) -> None:
            if can != self.release.can:
                self.release.can = can
                stage.rebuild()

        stage.run(self.release.offer, offered, kind="read")
        self._ask_price(stage)

    def _ask_price(self, stage: Stage) -> None:
        release = self.release
        try:
            options = release.options()
        except AkimatDeskError:
            self._priced = release.cost = None
            self._show_price()
            return
        self._priced = options

        def priced(cost: Quote) -> None:
            if options == self._priced:
                release.cost = cost
                self._show_price()

        stage.run(lambda: release.price(options), priced, kind="read")

    def _show_price(self) -> None:
        if self._price is not None and self._price.winfo_exists():
            self._price.refresh()

    def _draw(self, stage: Stage) -> None:
        """Have the side drawn, once for each place in the document, size, and choice that shows on paper."""
        release = self.release
        release.look()
        shown = release.shown if release.shown.out else replace(release.shown, copies=1)
        wanted = release.side, room_for_page(stage.look), shown
        self.drawn.want(stage, wanted, lambda: release.picture(*wanted), self._show_sides)

    def _show_sides(self) -> None:
        if self._paper is not None and self._paper.winfo_exists():
            self._paper.refresh()

    def _turn(self, stage: Stage, side: int) -> None:
        self.release.side = side
        self._show_sides()
        self._draw(stage)

    def _set(self, stage: Stage, name: str, value: object) -> None:
        release = self.release
        setattr(release, name, int(cast(str, value)) if name == "printer" else value)
        self.error = None
        stage.rebuild()
        self._ask_price(stage)
        if value == "some":
            stage.focus("pages")
        elif name == "every_printer":
            stage.focus("printer-0")

    def _pages(self, stage: Stage, text: str) -> None:
        self.release.pages_text = text
        self.error = None
        self._typings += 1
        typing = self._typings

        def rests() -> None:
            if typing == self._typings:
                self._ask_price(stage)
                self._draw(stage)
                self._show_sides()

        stage.after(SEARCH_MS, rests)

    def _release(self, stage: Stage) -> None:
        release = self.release
        if self.busy:
            return
        try:
            options = release.options()
        except AkimatDeskError as why:
            self.error = why
            stage.rebuild()
            stage.error(why)
            return
        self.busy = True

        def done(moved: Moved) -> None:
            stage.toast(stage.t("Document {code} goes to the printer.", code=moved.job.code), "printer")
            stage.back()

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        stage.run(lambda: release.release(options, release.printer), done, failed)

    def _ask_cancel(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Destroy this document?"),
            t("It is not printed, and there is nothing to pay."),
            t.button("Let it wait"),
            t.button("Yes, destroy"),
        )
        stage.ask(question, lambda yes: stage.run(self.release.cancel, lambda _: stage.back()) if yes else None)
