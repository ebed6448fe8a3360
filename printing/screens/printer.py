"""Staff: one printer. How it is, what it can do, what is left in it, what it has been through, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_number, format_percent
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.level import Level
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text, picture_label
from printing.devices.backend import Capabilities
from printing.devices.errors import OtherPrinter
from printing.naming import WASTE, happened, paper_name, supply_name
from printing.printers import LOW, PrinterReport, PrinterState
from printing.records import Letters, Printer
from printing.rules import Size
from printing.sizes import as_text, from_text

FORMATS: Final = (("", N_("As it says")), ("application/pdf", N_("PDF")), ("image/pwg-raster", N_("Pictures")))
"""How documents are sent to a printer."""

WIDTHS: Final = ((576, N_("80 mm")), (384, N_("58 mm")))
"""Dots across the paper of a receipt printer."""

PAPERS: Final[tuple[tuple[Size, ...], ...]] = (("A4",), ("A4", "A3"), ("A4", "A5"), ("A4", "A3", "A5"))
"""What staff say lies in a printer that does not tell, or not the truth."""

LETTERS: Final[tuple[tuple[Letters, str], ...]] = (
    ("text", N_("Letters are right")),
    ("picture", N_("Print as a picture")),
)


def levels(box: Box, stage: Stage, able: Capabilities) -> None:
    """A bar for each of its supplies; of a waste box it is told how full it is."""
    t = stage.t
    for supply in able.supplies:
        name = supply_name(t, supply)
        if supply.percent is None:
            Level(box, name, None, t("not known")).pack(fill="x")
            continue
        shown = format_percent(supply.percent, stage.language)
        waste = supply.kind in WASTE
        low = supply.percent >= 100 - LOW if waste else supply.percent <= LOW
        if low:
            shown = t("{percent}, nearly full", percent=shown) if waste else t("{percent}, little left", percent=shown)
        Level(box, name, supply.percent, shown, low=low).pack(fill="x")


def abilities(t: Translator, able: Capabilities) -> list[tuple[str, str]]:
    """What a printer can do, as labels and values."""
    yes, no = t("yes"), t("no")
    rows = [(t("Colour"), yes if able.colour else no), (t("Both sides"), yes if len(able.sides) > 1 else no)]
    if able.media_ready:
        rows.append((t("Paper in it"), ", ".join(dict.fromkeys(paper_name(media) for media in able.media_ready))))
    if able.copies_max > 1:
        rows.append((t("Copies at once"), str(able.copies_max)))
    if able.resolutions:
        rows.append((t("Dots per inch"), ", ".join(str(dpi) for dpi in able.resolutions)))
    takes = [
        words
        for kind, words in (("application/pdf", t("PDF")), ("image/pwg-raster", t("Pictures")))
        if kind in able.formats
    ]
    if takes:
        rows.append((t("Takes"), ", ".join(takes)))
    if able.model and able.model != able.name:
        rows.append((t("Model"), able.model))
    if able.location:
        rows.append((t("Where it stands"), able.location))
    return rows


@dataclass
class PrinterPresenter:
    """One printer. Every callable but `fault` blocks."""

    printer: Printer
    fetch: Callable[[], PrinterReport]
    test_page: Callable[[], object]
    remove: Callable[[], object]
    choose_format: Callable[[str], object]
    set_group: Callable[[str], object]
    set_letters: Callable[[Letters], object]
    set_paper: Callable[[tuple[Size, ...]], object]
    """The sheets that lie in it; none leaves it to the printer."""
    trust: Callable[[], object]
    """Remember the certificate that it shows now."""
    fault: Callable[[PrinterState], Screen]
    report: PrinterReport | None = None
    group: str | None = None
    """What is typed; None while nothing was."""


class PrinterScreen(Screen):
    """See the module."""

    name = "printing.printer"
    frame = "staff"
    topics = frozenset({"printing.printers"})

    def __init__(self, presenter: PrinterPresenter) -> None:
        self.presenter = presenter

    @property
    def printer(self) -> Printer:
        """The printer as it was last read."""
        report = self.presenter.report
        return report.state.printer if report is not None else self.presenter.printer

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return self.printer.name or t("Receipt printer")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the list."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="back").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """How it is and what it has been through at the left, what it can do and its settings at the right."""
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        report = self.presenter.report
        self._state(left, stage, report.state if report else None)
        if report is not None:
            if self.printer.purpose == "paper":
                self._past(left, stage, report)
                if report.state.able is not None:
                    self._able(right, stage, report.state.able)
            self._settings(right, stage, report)

    def _state(self, box: Box, stage: Stage, state: PrinterState | None) -> None:
        t, printer = stage.t, self.printer
        card = Card(box)
        card.pack(fill="x")
        if state is None:
            Text(card.body, t("Asking the printer."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        elif state.trouble is not None:
            self._said(card.body, stage, "triangle-alert", "berry", t.say(state.trouble.for_staff))
            Text(card.body, t.say(state.trouble.next_step), "body", wrap=True, edge=True).pack(fill="x")
        elif printer.purpose == "paper":
            self._said(card.body, stage, "circle-check", "grass", t("Ready"))
        Text(card.body, printer.uri, "hint", "ink2", wrap=True, edge=True).pack(fill="x")
        if printer.purpose == "receipt":
            ValueRow(card.body, t("Receipts and slips"), t(dict(WIDTHS)[printer.width])).pack(fill="x")
        if state is not None and state.able is not None and state.able.supplies:
            levels(card.body, stage, state.able)
        row = ButtonRow(card.body)
        row.pack(fill="x", pady=(stage.px(8), 0))
        if state is not None and isinstance(state.trouble, OtherPrinter):
            Button(row, t.button("Trust it anew"), lambda: self._trust(stage), icon="key-round", name="trust")
        elif state is not None and state.trouble is not None:
            press = lambda: stage.go(self.presenter.fault(state))  # noqa: E731
            Button(row, t.button("Show what to do"), press, "primary", icon="lightbulb", name="fault")
        words = t.button("Print a test page") if printer.purpose == "paper" else t.button("Print a test receipt")
        Button(row, words, lambda: self._test(stage), icon="printer", name="test")
        Button(row, t.button("Remove"), lambda: self._remove(stage), icon="circle-x", name="remove")

    def _said(self, box: Box, stage: Stage, icon: str, colour: Token, words: str) -> None:
        head = Box(box)
        head.pack(fill="x", padx=stage.look.halo)
        picture_label(head, stage.look.icon(icon, 20, colour)).pack(side="left", padx=(0, stage.px(8)))
        Text(head, words, "strong", colour, wrap=True).pack(side="left", fill="x", expand=True)

    def _past(self, box: Box, stage: Stage, report: PrinterReport) -> None:
        t, compared = stage.t, report.compared
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("What it has been through"), "section", edge=True, wrap=True).pack(fill="x")
        if compared.counter is not None:
            ValueRow(card.body, t("Its own counter"), format_number(compared.counter, stage.language)).pack(fill="x")
        if compared.jobs:
            ours, theirs = (format_number(count, stage.language) for count in (compared.ours, compared.theirs))
            ValueRow(card.body, t("Pages by our count"), ours).pack(fill="x")
            ValueRow(card.body, t("Pages by its count"), theirs).pack(fill="x")
            if compared.difference:
                words = t(
                    "The counts differ by {pages}. A printer counts test and blank pages too.",
                    pages=compared.difference,
                )
                Text(card.body, words, "hint", wrap=True, edge=True).pack(fill="x")
        if not report.past:
            Text(card.body, t("Nothing yet."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        for line in report.past:
            when, what = happened(t, stage.language, line)
            row = Box(card.body)
            row.pack(fill="x", padx=stage.look.halo, pady=(stage.px(4), 0))
            icon: tuple[str, Token] = ("triangle-alert", "berry") if line.what == "fault" else ("file-text", "ink2")
            picture_label(row, stage.look.icon(icon[0], 20, icon[1])).pack(
                side="left", anchor="n", padx=(0, stage.px(8))
            )
            Text(row, when, "body", "ink2").pack(side="left", anchor="n", padx=(0, stage.px(12)))
            Text(row, what, "body", wrap=True).pack(side="left", fill="x", expand=True)

    def _able(self, box: Box, stage: Stage, able: Capabilities) -> None:
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, stage.t("What it can do"), "section", edge=True, wrap=True).pack(fill="x")
        for label, value in abilities(stage.t, able):
            if len(value) > 24:
                Text(card.body, label, "body", "ink2", edge=True, wrap=True).pack(fill="x")
                Text(card.body, value, "body", edge=True, wrap=True).pack(fill="x")
            else:
                ValueRow(card.body, label, value).pack(fill="x")

    def _settings(self, box: Box, stage: Stage, report: PrinterReport) -> None:
        t, printer = stage.t, self.printer
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Settings of this printer"), "section", edge=True, wrap=True).pack(fill="x")
        if printer.purpose == "receipt":
            self._letters(card.body, stage)
            return
        if printer.uri.startswith(("ipp", "http")):
            OptionRow(
                card.body,
                t("How documents are sent"),
                [Option(key, t(words)) for key, words in FORMATS],
                printer.document_format,
                lambda key: self._then_show(stage, lambda: self.presenter.choose_format(key)),
                columns=len(FORMATS) if stage.layout == "large" else 1,
                name="format",
            ).pack(fill="x")
        self._paper(card.body, stage)
        typed = printer.group if self.presenter.group is None else self.presenter.group
        others = ", ".join(group for group in report.groups if group != printer.group)
        hint = t("Printers of one group share the work. Empty: this one stands alone.")
        if others:
            hint += " " + t("Groups there are: {groups}.", groups=others)
        Field(
            card.body, t("Group"), typed, self._type, hint=hint, on_enter=lambda _: self._group(stage), name="group"
        ).pack(fill="x", pady=(stage.px(8), 0))
        Button(card.body, t.button("Save"), lambda: self._group(stage), icon="save", name="save-group").pack(anchor="w")

    def _paper(self, box: Box, stage: Stage) -> None:
        """Which sheets it prints on: what it says, or what staff know better."""
        t, printer = stage.t, self.printer
        OptionRow(
            box,
            t("Sheets in this printer"),
            [Option("", t("As it says")), *(Option(as_text(sizes), ", ".join(sizes)) for sizes in PAPERS)],
            printer.own_sizes,
            lambda key: self._then_show(stage, lambda: self.presenter.set_paper(from_text(key))),
            columns=1 if stage.layout == "mid" else 2,
            name="paper",
        ).pack(fill="x", pady=(stage.px(8), 0))
        if not printer.paper:
            words = t("It tells of no A4, A3 or A5. Say what lies in it: until then nothing is sent to it.")
            Text(box, words, "hint", "berry", wrap=True, edge=True).pack(fill="x")
        elif not printer.own_sizes:
            said = t("It says: {sizes}.", sizes=", ".join(printer.paper))
            Text(box, said, "hint", "ink2", wrap=True, edge=True).pack(fill="x")

    def _letters(self, box: Box, stage: Stage) -> None:
        t, printer = stage.t, self.printer
        said = t("The test receipt shows the letters twice: as a picture above, in the printer's own letters below.")
        Text(box, said, "body", wrap=True, edge=True).pack(fill="x")
        if not printer.letters:
            Text(box, t("Until you say, receipts are printed as pictures."), "hint", wrap=True, edge=True).pack(
                fill="x"
            )
        OptionRow(
            box,
            t("What does the lower line look like?"),
            [Option(key, t(words)) for key, words in LETTERS],
            printer.letters,
            lambda key: self._then_show(
                stage, lambda: self.presenter.set_letters("text" if key == "text" else "picture")
            ),
            columns=1,
            name="letters",
        ).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Ask the printer how it is."""

        def show(report: PrinterReport) -> None:
            self.presenter.report = report
            stage.rebuild()

        stage.run(self.presenter.fetch, show, kind="read")

    def on_escape(self, stage: Stage) -> None:
        """See `Screen`."""
        stage.back()

    def _then_show(self, stage: Stage, action: Callable[[], object]) -> None:
        stage.run(action, lambda _: self.on_show(stage))

    def _type(self, value: str) -> None:
        self.presenter.group = value

    def _group(self, stage: Stage) -> None:
        typed = self.presenter.group
        if typed is None:
            return
        self.presenter.group = None
        said = stage.t("It is saved.")

        def done(_: object) -> None:
            stage.toast(said, "check")
            self.on_show(stage)

        stage.run(lambda: self.presenter.set_group(typed), done)

    def _test(self, stage: Stage) -> None:
        t = stage.t
        said = (
            t("The test page is in the queue.") if self.printer.purpose == "paper" else t("The test receipt is sent.")
        )
        stage.run(self.presenter.test_page, lambda _: stage.toast(said, "printer"))

    def _trust(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Trust the new certificate?"),
            t("Do so only if the printer was replaced or reset. Else another device may stand in its place."),
            t.button("Leave it"),
            t.button("Trust"),
        )
        stage.ask(question, lambda yes: self._then_show(stage, self.presenter.trust) if yes else None)

    def _remove(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Remove the printer from this PC?"),
            t("Documents that wait for it go to the next printer, or stay in the queue."),
            t.button("Keep"),
            t.button("Remove"),
        )

        def failed(error: AkimatDeskError) -> None:
            stage.error(error)

        stage.ask(
            question, lambda yes: stage.run(self.presenter.remove, lambda _: stage.back(), failed) if yes else None
        )
