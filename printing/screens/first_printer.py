"""The first set-up's step for printing: the printer, found on the network or typed, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.service import FirstRunStep
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text
from printing.devices.discovery import FoundPrinter

USUAL_PRICES = {"grey": "20", "grey_two_sided": "15", "colour": "80", "colour_two_sided": "70"}


@dataclass
class FirstPrinterPresenter:
    """What was found and typed. `search` and `finish` block; `finish(name, address, prices)` keeps it all."""

    step: FirstRunStep
    search: Callable[[], Sequence[FoundPrinter]]
    finish: Callable[[str, str, dict[str, str]], None]
    found: Sequence[FoundPrinter] | None = None
    name: str = ""
    address: str = ""
    prices: dict[str, str] = field(default_factory=lambda: dict(USUAL_PRICES))


class FirstPrinterScreen(Screen):
    """See the module."""

    name = "printing.first_printer"

    def __init__(self, presenter: FirstPrinterPresenter) -> None:
        self.presenter = presenter
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which printer does this room have?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        step = self.presenter.step
        return Steps(step.now, tuple(t(name) for name in step.names))

    def footer(self, stage: Stage) -> Footer:
        """A printer may come later; the next step does not wait for it."""
        t = stage.t
        words = t.button("Continue") if self.presenter.address.strip() else t.button("Add a printer later")
        return Footer(primary=Action(words, lambda: self._carry_on(stage), arrow="arrow-right"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, presenter = stage.t, self.presenter
        body.columnconfigure(0, weight=3, uniform="halves")
        body.columnconfigure(1, weight=2, uniform="halves")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0, column=1, sticky="nsew")
        if presenter.found is None:
            ProgressBar(left, t("Looking for printers on the network.")).pack(fill="x", pady=stage.px(12))
        elif not presenter.found:
            Text(left, t("No printer was found. Type its address."), "body", wrap=True, edge=True).pack(fill="x")
        for number, found in enumerate(presenter.found or ()):
            ChoiceRow(
                left,
                found.name,
                lambda found=found: self._choose(stage, found),  # type: ignore[misc]
                icon="printer",
                chosen=found.uri == presenter.address,
                name=f"found-{number}",
            ).pack(fill="x")
        Field(
            left,
            t("Address of the printer"),
            presenter.address,
            self._type,
            hint=t("For example: 192.168.1.50"),
            on_enter=lambda _: self._carry_on(stage),
            name="address",
        ).pack(fill="x", pady=stage.px(10))
        Text(right, t("Price of one page, in tenge"), "label", edge=True, wrap=True).pack(
            fill="x", pady=(stage.px(12), 0)
        )
        for key, words in (("grey", t("Black and white")), ("colour", t("Colour"))):
            Field(
                right,
                words,
                presenter.prices[key],
                lambda value, key=key: self._price(key, value),  # type: ignore[misc]
                digits=True,
                most=5,
                width=180,
                name=f"price-{key}",
            ).pack(fill="x", pady=(stage.px(8), 0))

    def on_show(self, stage: Stage) -> None:
        """Look round the network once."""
        if self.presenter.found is None:
            stage.run(self.presenter.search, lambda found: self._found(stage, found), kind="read")

    def _found(self, stage: Stage, found: Sequence[FoundPrinter]) -> None:
        self.presenter.found = found
        if len(found) == 1 and not self.presenter.address:
            self.presenter.name, self.presenter.address = found[0].name, found[0].uri
        stage.rebuild()

    def _choose(self, stage: Stage, found: FoundPrinter) -> None:
        self.presenter.name, self.presenter.address = found.name, found.uri
        stage.rebuild()

    def _type(self, value: str) -> None:
        self.presenter.name, self.presenter.address = "", value

    def _price(self, key: str, value: str) -> None:
        """Both sides of a sheet cost as much a page as one side, until staff say otherwise."""
        self.presenter.prices[key] = self.presenter.prices[f"{key}_two_sided"] = value

    def _carry_on(self, stage: Stage) -> None:
        if self.busy:
            return
        self.busy = True
        presenter = self.presenter

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        stage.run(
            lambda: presenter.finish(presenter.name, presenter.address, dict(presenter.prices)),
            lambda _: presenter.step.done(),
            failed,
        )
