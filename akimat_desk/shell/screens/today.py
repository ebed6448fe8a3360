"""The staff's overview of today: a card of figures for each service, and the state of this PC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk, Figure, load
from akimat_desk.shell.doctor import Checked, examine, said
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.surface import Box, Text, picture_label

STATES: Final[dict[str, tuple[str, Token]]] = {
    "works": ("circle-check", "grass"),
    "attention": ("triangle-alert", "gold"),
    "broken": ("circle-alert", "berry"),
    "off": ("circle", "ink2"),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What one service says of today."""

    title: str
    icon: str
    figures: Sequence[Figure]


@dataclass
class TodayPresenter:
    """`fetch` and `examine` block; the second asks printers and may take a while."""

    day: str
    fetch: Callable[[], Sequence[Overview]]
    examine: Callable[[], Sequence[Checked]]
    overviews: Sequence[Overview] = ()
    checked: Sequence[Checked] | None = None


class TodayScreen(Screen):
    """See the module."""

    name = "shell.today"
    frame = "staff"
    topics = frozenset({"printing.queue", "printing.printers", "people.residents"})

    def __init__(self, today: TodayPresenter) -> None:
        self.today = today

    @property
    def complete(self) -> bool:
        """Whether every part of this PC has been looked at."""
        return self.today.checked is not None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Today: {day}", day=self.today.day)

    def build(self, body: Box, stage: Stage) -> None:
        """Services on the left, this PC on the right."""
        t, px = stage.t, stage.px
        body.columnconfigure(0, weight=1, uniform="halves")
        body.columnconfigure(1, weight=1, uniform="halves")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0, column=1, sticky="nsew")
        for overview in self.today.overviews:
            card = Card(left)
            card.pack(fill="x")
            self._head(card.body, stage, overview.icon, t(overview.title))
            for figure in overview.figures:
                ValueRow(card.body, t(figure.label), figure.value, strong=figure.state == "bad").pack(
                    fill="x", pady=px(2)
                )
        card = Card(right)
        card.pack(fill="x")
        self._head(card.body, stage, "monitor", t("This PC"))
        if self.today.checked is None:
            Text(card.body, t("Looking at every part of this PC."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        for checked in self.today.checked or ():
            self._check(card.body, stage, checked)

    def _head(self, box: Box, stage: Stage, icon: str, words: str) -> None:
        row = Box(box)
        row.pack(fill="x", padx=stage.look.halo, pady=(0, stage.px(6)))
        picture_label(row, stage.look.icon(icon, 20, "sky")).pack(side="left", padx=(0, stage.px(8)))
        Text(row, words, "section").pack(side="left")

    def _check(self, box: Box, stage: Stage, checked: Checked) -> None:
        icon, colour = STATES[checked.finding.state]
        text, todo = said(checked.finding, stage.t)
        row = Box(box)
        row.pack(fill="x", padx=stage.look.halo, pady=stage.px(4))
        row.columnconfigure(1, weight=1)
        picture_label(row, stage.look.icon(icon, 20, colour)).grid(row=0, column=0, sticky="n", padx=(0, stage.px(8)))
        Text(row, stage.t(checked.name), "strong", wrap=True).grid(row=0, column=1, sticky="ew")
        Text(row, text, "hint", wrap=True).grid(row=1, column=1, sticky="ew")
        if todo:
            Text(row, todo, "hint", "ink2", wrap=True).grid(row=2, column=1, sticky="ew")

    def on_show(self, stage: Stage) -> None:
        """Figures first, then the checks."""

        def figures(found: Sequence[Overview]) -> None:
            if found != self.today.overviews:
                self.today.overviews = found
                stage.rebuild()

        def checks(found: Sequence[Checked]) -> None:
            if found != self.today.checked:
                self.today.checked = found
                stage.rebuild()

        stage.run(self.today.fetch, figures, kind="read")
        stage.run(self.today.examine, checks, kind="read")


def today_screen(desk: Desk) -> TodayScreen:
    """The overview of an open desk."""

    def fetch() -> Sequence[Overview]:
        return [
            Overview(service.overview.title, service.overview.icon, tuple(load(service.overview.figures)(desk)))
            for service in desk.services
            if service.overview is not None
        ]

    day = format_date(local_date(desk.clock.now_ms()), desk.words.language)
    return TodayScreen(TodayPresenter(day, fetch, lambda: tuple(examine(desk, desk.services))))
