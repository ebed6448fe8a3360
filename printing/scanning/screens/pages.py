"""Step 3: the pages that were scanned, and where they go: on paper, or as one PDF onto the resident's stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Question, Stage, Steps
from akimat_desk.ui.screen import Screen as AnyScreen
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.page_preview import DrawnPage, PagePreview, room_for_page
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.places import Place
from printing.rules import Size
from printing.scanning.actions import Saved
from printing.scanning.flow import CopyDone, Goal, ScanFlow
from printing.scanning.screens.steps import steps
from printing.scanning.screens.waiting import ScanningScreen
from printing.screens.paper import sheets_of_paper

LOOK_AGAIN_MS: Final = 2_000


@dataclass
class PagesPresenter:
    """What lies between the pages and their goal. `find`, `save` block; `again`, `copied` and `saved` give screens."""

    flow: ScanFlow
    find: Callable[[], tuple[Place, ...]]
    """The sticks that are in now."""
    save: Callable[[Path], Saved]
    again: Callable[[], AnyScreen]
    """Where one more page is scanned."""
    copied: Callable[[CopyDone], AnyScreen]
    saved: Callable[[Saved], AnyScreen]
    sticks: tuple[Place, ...] | None = None
    stick: Place | None = None

    def take(self, found: tuple[Place, ...]) -> bool:
        """Keep which sticks are in; whether anything is other than before."""
        before = self.sticks, self.stick
        self.sticks = found
        if self.stick not in found:
            self.stick = found[0] if found else None
        return before != (self.sticks, self.stick)

    @property
    def to_pay(self) -> int | None:
        """Tenge for what is chosen; None where there is no price."""
        if self.flow.goal == "stick":
            return self.flow.scan_cost()
        cost = self.flow.copy_cost()
        return None if cost is None else cost.total


class PagesScreen(ScanningScreen):
    """See the module."""

    name = "printing.scan_pages"
    topics = frozenset({"printing.prices"})
    aside_width = 320
    aside_in_large = True

    def __init__(self, presenter: PagesPresenter) -> None:
        super().__init__(presenter.flow)
        self.presenter = presenter
        self.drawn = DrawnPage()

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Where shall the pages go?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        if self.working:
            return Footer()
        back = Action(
            t.button("One more page"), lambda: self._more(stage), icon="plus", short=t.button("Add"), name="one-more"
        )
        if self.flow.goal == "paper":
            act = Action(t.button("Copy"), lambda: self._copy(stage), icon="printer")
        else:
            act = Action(t.button("Save"), lambda: self._save(stage), icon="save")
        return Footer(back=back, primary=act)

    def first_focus(self) -> str:
        """The plain case is one press of Enter away."""
        return "continue"

    def on_escape(self, stage: Stage) -> None:
        """Leaving loses the pages, so it is asked about."""
        self._leave(stage)

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        if self.show_work(body, stage):
            return
        large = stage.layout == "large"
        if not large:
            self._preview(body, stage)
        choices = Box(body)
        choices.pack(side="left", fill="both", expand=True, padx=(0 if large else stage.px(10), 0))
        if stage.layout == "mid":
            self._total(choices, stage)
        self._choices(choices, stage, large=large)

    def _preview(self, body: Box, stage: Stage) -> None:
        t, flow = stage.t, self.flow
        stage.after(0, lambda: self._draw_page(stage))
        holder = Box(body, width=stage.px(414))
        holder.pack(side="left", fill="y")
        holder.pack_propagate(False)
        pages = t.count("{n} page", "{n} pages", flow.pages)
        PagePreview(
            holder,
            t("Your pages"),
            pages,
            self.drawn.picture,
            flow.leaf + 1,
            flow.pages,
            lambda n: self._show(stage, n),
        ).pack(fill="both", expand=True)

    def _choices(self, box: Box, stage: Stage, *, large: bool) -> None:
        t, flow, gap = stage.t, self.flow, stage.px(12)
        if flow.has_printer:
            OptionRow(
                box,
                t("Paper or USB stick"),
                [Option("paper", t("On paper"), "printer"), Option("stick", t("On my USB stick"), "usb")],
                flow.goal,
                lambda key: self._goal(stage, cast(Goal, key)),
                columns=1 if large else 2,
                name="goal",
            ).pack(fill="x")
        if flow.goal == "paper":
            sizes = flow.sheets()
            beside = Box(box)  # the height of a row is dear: the page must not have to be moved
            beside.pack(fill="x", pady=(gap, 0))
            Stepper(
                beside,
                t("Number of copies"),
                flow.copies,
                lambda n: self._copies(stage, n),
                most=flow.most_copies,
                name="copies",
            ).pack(side="top" if large else "left", fill="x", expand=len(sizes) == 1)
            if len(sizes) > 1:
                OptionRow(
                    beside,
                    t("Sheet of paper"),
                    [Option(size, size) for size in sizes],
                    flow.sheet(),
                    lambda key: self._size(stage, cast(Size, key)),
                    name="size",
                ).pack(
                    side="top" if large else "left", fill="x", expand=True, padx=(0 if large else gap, 0),
                    pady=(gap if large else 0, 0),
                )  # fmt: skip
        else:
            self._sticks(box, stage)
        row = ButtonRow(box)
        row.pack(fill="x", pady=(gap, 0))
        if not flow.leaves[flow.leaf].is_card:
            Button(row, t.button("Turn"), lambda: self._turn(stage), icon="refresh-cw", name="turn")
        Button(row, t.button("Remove this page"), lambda: self._drop(stage), icon="x", name="drop")
        Button(row, t.button("Throw all away"), lambda: self._leave(stage), icon="eraser", name="leave")

    def _sticks(self, box: Box, stage: Stage) -> None:
        t, presenter = stage.t, self.presenter
        if not presenter.sticks:
            Remark(box, t("Put in your USB stick. It appears here by itself."), "usb", "sky").pack(
                fill="x", pady=(stage.px(12), 0)
            )
            return
        for number, place in enumerate(presenter.sticks):
            ChoiceRow(
                box,
                place.name,
                lambda place=place: self._stick(stage, place),  # type: ignore[misc]
                icon="usb" if place.kind == "stick" else "folder",
                chosen=place == presenter.stick,
                name=f"stick-{number}",
            ).pack(fill="x", pady=(stage.px(6) if not number else 0, 0))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The price before anything is printed or saved."""
        t, flow = stage.t, self.flow
        card = Card(box)
        card.pack(fill="both", expand=True)
        to_pay = self.presenter.to_pay
        if stage.layout != "large":
            if flow.goal == "stick" or len(flow.sheets()) == 1:  # the choice of a sheet leaves less room
                Text(card.body, t("Price"), "section", edge=True).pack(fill="x")
                ValueRow(card.body, t("Pages"), str(flow.pages)).pack(fill="x", pady=stage.px(4))
            cost = flow.copy_cost() if flow.goal == "paper" else None
            if cost is not None:
                sheets = sheets_of_paper(cost.sheets, flow.sheet())
                ValueRow(card.body, t("Sheets of paper"), sheets).pack(fill="x", pady=stage.px(4))
            Line(card.body, strong=True).pack(fill="x", pady=stage.px(10), padx=stage.look.halo)
        Text(card.body, t("You pay"), "hint", edge=True).pack(fill="x")
        shown = "–" if to_pay is None else format_money(to_pay, stage.language)
        Text(card.body, shown, "number", edge=True).pack(fill="x")
        if stage.layout == "large":
            return
        if to_pay is None:
            words = t("There is no price for this yet.")
        elif flow.box:
            words = t("Put the money into the box. Thank you!")
        else:
            words = t("You give the money to a member of staff.")
        Text(card.body, words, "hint", "ink2", wrap=True, edge=True).pack(fill="x")
        Box(card.body).pack(fill="both", expand=True)
        smaller = flow.made_smaller()
        if smaller:
            words = t.count(
                "{n} page is larger than A4: it is made smaller.",
                "{n} pages are larger than A4: they are made smaller.",
                smaller,
            )
        else:
            words = t("Do not forget your paper on the scanner.")
        if len(flow.sheets()) > 1:
            Text(card.body, words, "hint", "gold_text", wrap=True, edge=True).pack(fill="x")
        else:
            Remark(card.body, words, "triangle-alert" if smaller else "hand", "gold").pack(fill="x")

    def _total(self, box: Box, stage: Stage) -> None:
        to_pay = self.presenter.to_pay
        words = "–" if to_pay is None else format_money(to_pay, stage.language)
        ValueRow(box, stage.t("To pay"), words, strong=True).pack(fill="x", pady=(0, stage.px(8)))

    # ---- what it follows

    def on_show(self, stage: Stage) -> None:
        """Look which sticks are in, and go on looking."""

        def seen(found: tuple[Place, ...]) -> None:
            if self.presenter.take(found) and self.flow.goal == "stick" and not self.working:
                stage.rebuild()
            again()

        def again(_: object = None) -> None:
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(self.presenter.find, seen, again, kind="read")

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """New prices are shown as soon as they hold."""
        stage.run(self.flow.fetch_prices, lambda _: stage.rebuild(), kind="read")

    def _draw_page(self, stage: Stage) -> None:
        """Have the shown page drawn, once for each page, turn and size."""
        flow = self.flow
        if not flow.leaves:
            return
        size = room_for_page(stage.look)
        self.drawn.want(stage, (flow.leaves[flow.leaf], size, flow.goal, flow.sheet()), lambda: flow.drawn(size))

    # ---- what is pressed

    def _show(self, stage: Stage, page: int) -> None:
        self.flow.leaf = page - 1
        stage.rebuild()

    def _goal(self, stage: Stage, goal: Goal) -> None:
        self.flow.goal = goal
        stage.clear_banner()
        stage.rebuild()

    def _stick(self, stage: Stage, place: Place) -> None:
        self.presenter.stick = place
        stage.rebuild()

    def _copies(self, stage: Stage, copies: int) -> None:
        self.flow.copies = copies
        stage.rebuild()

    def _size(self, stage: Stage, size: Size) -> None:
        self.flow.size = size
        stage.rebuild()

    def _turn(self, stage: Stage) -> None:
        self.flow.turn_leaf()
        stage.rebuild()

    def _drop(self, stage: Stage) -> None:
        self.flow.drop_leaf()
        if self.flow.leaves:
            stage.rebuild()
        else:
            stage.replace(self.presenter.again())

    def _more(self, stage: Stage) -> None:
        stage.replace(self.presenter.again())

    def _leave(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Throw the scanned pages away?"),
            t("Nothing of them stays on this computer."),
            t.button("Keep them"),
            t.button("Throw away"),
        )

        def answered(yes: bool) -> None:
            if yes:
                self.flow.forget()
                stage.home()

        stage.ask(question, answered)

    def _copy(self, stage: Stage) -> None:
        def copied(done: CopyDone) -> None:
            stage.replace(self.presenter.copied(done))

        self._go(stage, stage.t("Your copy is being made ready."), self.flow.copy, copied)

    def _save(self, stage: Stage) -> None:
        place = self.presenter.stick
        if place is None:
            stage.say("warning", lambda t: t("Put in your USB stick. It appears here by itself."))
            stage.focus("banner")
            return

        def saved(done: Saved) -> None:
            stage.replace(self.presenter.saved(done))

        self._go(
            stage,
            stage.t("Your pages are being written to the USB stick. Leave it in."),
            lambda: self.presenter.save(place.path),
            saved,
        )

    def _go(self, stage: Stage, words: str, act: Callable[[], object], done: Callable[..., object]) -> None:
        """As `work`, and open screens that show the queue or the money refresh."""
        if self.working:
            return
        self.working = words
        stage.clear_banner()
        stage.rebuild()

        def failed(error: AkimatDeskError) -> None:
            self.working = ""
            stage.rebuild()
            stage.error(error)

        def gone_on(result: object) -> None:
            self.working = ""
            done(result)

        stage.run(act, gone_on, failed)
