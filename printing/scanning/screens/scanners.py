"""Staff: the scanners of this PC, found or typed, and papers that other services want scanned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text, picture_label
from printing.scanning.device import Abilities
from printing.scanning.discovery import FoundScanner
from printing.scanning.known import Found, ScannerState, Wanted
from printing.scanning.records import KnownScanner


@dataclass
class ScannersPresenter:
    """What is known of the scanners. Every callable blocks."""

    fetch: Callable[[], tuple[tuple[ScannerState, ...], tuple[Wanted, ...]]]
    search: Callable[[], Found]
    add: Callable[[str, str], object]
    """`add(name, typed)`: asks the scanner at that address, then keeps it."""
    remove: Callable[[KnownScanner], object]
    use_first: Callable[[KnownScanner], object]
    scan: Callable[[Wanted], object]
    """Scan a wanted paper into the in-tray."""
    states: tuple[ScannerState, ...] | None = None
    wanted: tuple[Wanted, ...] = ()
    found: Found | None = None
    busy: str = ""
    """What is being waited for: "search", "add", "scan"."""
    typed: str = ""

    def unknown(self) -> list[FoundScanner]:
        """The found scanners that are not in the list yet, by either of their addresses."""
        known = {state.scanner.uri for state in self.states or ()}
        found = self.found.scanners if self.found else ()
        return [each for each in found if known.isdisjoint({each.uri, each.plain_uri})]


class ScannersScreen(Screen):
    """See the module."""

    name = "printing.scanners"
    frame = "staff"
    topics = frozenset({"printing.scanners", "papers.trays"})

    def __init__(self, scanners: ScannersPresenter) -> None:
        self.scanners = scanners

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Scanners")

    def build(self, body: Box, stage: Stage) -> None:
        """This PC's scanners on the left; what may be added and what is wanted on the right."""
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        t, scanners = stage.t, self.scanners
        if scanners.states is None:
            Text(left, t("Asking the scanners."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        elif not scanners.states:
            Text(
                left,
                t("No scanner is set up on this PC. Residents cannot copy here yet."),
                "body",
                edge=True,
                wrap=True,
            ).pack(fill="x")
        for number, state in enumerate(scanners.states or ()):
            self._scanner(left, stage, state, first=not number)
        self._add(right, stage)
        self._wanted(right, stage)

    def _scanner(self, box: Box, stage: Stage, state: ScannerState, *, first: bool) -> None:
        t, scanner = stage.t, state.scanner
        card = Card(box)
        card.pack(fill="x")
        head = Box(card.body)
        head.pack(fill="x", padx=stage.look.halo)
        icon: tuple[str, Token] = ("circle-check", "grass") if state.trouble is None else ("triangle-alert", "berry")
        picture_label(head, stage.look.icon(icon[0], 20, icon[1])).pack(side="left", padx=(0, stage.px(8)))
        Text(head, scanner.name, "section", wrap=True).pack(side="left", fill="x", expand=True)
        if state.trouble is not None:
            Text(card.body, t.say(state.trouble.for_staff), "strong", "berry", wrap=True, edge=True).pack(fill="x")
            Text(card.body, t.say(state.trouble.next_step), "hint", wrap=True, edge=True).pack(fill="x")
        else:
            Text(card.body, t("Ready"), "strong", "grass", wrap=True, edge=True).pack(fill="x")
        Text(card.body, scanner.uri, "hint", "ink2", wrap=True, edge=True).pack(fill="x")
        if state.able is not None:
            self._abilities(card.body, stage, state.able)
        if first and len(self.scanners.states or ()) > 1:
            Text(card.body, t("This one is used."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        row = ButtonRow(card.body)
        row.pack(fill="x")
        if not first:
            use = lambda: self._then_show(stage, lambda: self.scanners.use_first(scanner))  # noqa: E731
            Button(row, t.button("Use this one"), use, icon="check", name=f"first-{scanner.id}")
        Button(
            row, t.button("Remove"), lambda: self._remove(stage, scanner), icon="circle-x", name=f"remove-{scanner.id}"
        )

    def _abilities(self, box: Box, stage: Stage, able: Abilities) -> None:
        t = stage.t
        sources = [source for source in (able.glass, able.feeder) if source is not None]
        sharpest = max(source.dpis[-1] for source in sources)
        for words, has in (
            (t("Glass"), able.glass is not None),
            (t("Feeder for several sheets"), able.feeder is not None),
            (t("Both sides"), able.both_sides),
            (t("Colour"), any(source.colour for source in sources)),
        ):
            ValueRow(box, words, t("yes") if has else t("no")).pack(fill="x")
        ValueRow(box, t("Dots an inch, at most"), str(sharpest)).pack(fill="x")

    def _add(self, box: Box, stage: Stage) -> None:
        t, scanners = stage.t, self.scanners
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Add a scanner"), "section", edge=True, wrap=True).pack(fill="x")
        unknown = scanners.unknown()
        if scanners.busy == "search":
            Text(card.body, t("Looking for scanners."), "body", edge=True, wrap=True).pack(fill="x")
        elif scanners.found is not None:
            if not unknown:
                Text(card.body, t("No scanner was found. Type its address."), "body", wrap=True, edge=True).pack(
                    fill="x"
                )
            if not scanners.found.with_sane:
                words = t("Scanners on a cable need the program scanimage, which is not installed on this PC.")
                Remark(card.body, words, "info", "gold").pack(fill="x", pady=stage.px(4))
        for number, found in enumerate(unknown):
            ChoiceRow(
                card.body,
                found.name,
                lambda found=found: self._take(stage, found.name, found.uri),  # type: ignore[misc]
                icon="scan-line",
                note=t("Add"),
                name=f"found-{number}",
            ).pack(fill="x")
        Button(card.body, t.button("Search"), lambda: self._search(stage), icon="search", name="search-scanners").pack(
            anchor="w"
        )
        Field(
            card.body,
            t("Address of the scanner"),
            scanners.typed,
            self._type,
            hint=t("For example: 192.168.1.50"),
            on_enter=lambda _: self._take(stage, "", scanners.typed),
            name="address",
        ).pack(fill="x")
        Button(
            card.body,
            t.button("Add"),
            lambda: self._take(stage, "", scanners.typed),
            icon="plus",
            name="add-scanner",
            height=44,
        ).pack(anchor="w")
        if scanners.busy == "add":
            Text(card.body, t("Asking the scanner."), "body", "ink2", edge=True, wrap=True).pack(fill="x")

    def _wanted(self, box: Box, stage: Stage) -> None:
        t, scanners = stage.t, self.scanners
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Papers to be scanned"), "section", edge=True, wrap=True).pack(fill="x")
        if not scanners.wanted:
            Text(card.body, t("No part of the program waits for a paper."), "hint", "ink2", wrap=True, edge=True).pack(
                fill="x"
            )
            return
        words = t("Put the paper into the feeder or on the glass, then choose what it is.")
        Text(card.body, words, "hint", wrap=True, edge=True).pack(fill="x")
        for number, paper in enumerate(scanners.wanted):
            ChoiceRow(
                card.body,
                t.say(paper.title),
                lambda paper=paper: self._scan(stage, paper),  # type: ignore[misc]
                icon="file-text",
                name=f"wanted-{number}",
            ).pack(fill="x")
        if scanners.busy == "scan":
            Text(card.body, t("The paper is being scanned."), "body", "ink2", edge=True, wrap=True).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Ask every scanner how it is."""

        def show(found: tuple[tuple[ScannerState, ...], tuple[Wanted, ...]]) -> None:
            self.scanners.states, self.scanners.wanted = found
            stage.rebuild()

        stage.run(self.scanners.fetch, show, kind="read")

    def _then_show(self, stage: Stage, action: Callable[[], object]) -> None:
        stage.run(action, lambda _: self.on_show(stage))

    def _type(self, value: str) -> None:
        self.scanners.typed = value

    def _busy(self, stage: Stage, what: str, act: Callable[[], object], done: Callable[[object], object]) -> None:
        scanners = self.scanners
        if scanners.busy:
            return
        scanners.busy = what
        stage.clear_banner()
        stage.rebuild()

        def finished(result: object) -> None:
            scanners.busy = ""
            done(result)

        def failed(error: AkimatDeskError) -> None:
            scanners.busy = ""
            stage.rebuild()
            stage.error(error)

        stage.run(act, finished, failed, kind="long")

    def _search(self, stage: Stage) -> None:
        def found(result: object) -> None:
            assert isinstance(result, Found)
            self.scanners.found = result
            stage.rebuild()

        self._busy(stage, "search", self.scanners.search, found)

    def _take(self, stage: Stage, name: str, typed: str) -> None:
        def added(_: object) -> None:
            self.scanners.typed = ""
            self.on_show(stage)

        self._busy(stage, "add", lambda: self.scanners.add(name, typed), added)

    def _scan(self, stage: Stage, paper: Wanted) -> None:
        def scanned(_: object) -> None:
            self.on_show(stage)
            stage.toast(stage.t("The scan lies in the in-tray."), "file-text")

        self._busy(stage, "scan", lambda: self.scanners.scan(paper), scanned)

    def _remove(self, stage: Stage, scanner: KnownScanner) -> None:
        t = stage.t
        question = Question(
            t("Remove the scanner from this PC?"),
            t("Residents then copy with the next one in the list, or not at all."),
            t.button("Keep"),
            t.button("Remove"),
        )
        stage.ask(question, lambda yes: self._then_show(stage, lambda: self.scanners.remove(scanner)) if yes else None)
