"""The staff's overview of today: who asked for help, the figures of each service, and the state of this PC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import Translator
from akimat_desk.service import Alert, Desk, Figure
from akimat_desk.shell.calls import HelpCall
from akimat_desk.shell.doctor import Checked, examine, said
from akimat_desk.shell.overview import Overview, overviews
from akimat_desk.shell.screens.home import LANGUAGE
from akimat_desk.ui.fonts import Role
from akimat_desk.ui.scale import Layout
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card, CardKind
from akimat_desk.ui.widgets.surface import Box, Line, Text, picture_label

STATES: Final[Mapping[str, tuple[str, Token, CardKind]]] = {
    # icon, its colour, and the card a finding lies in when something is to be done
    "broken": ("circle-alert", "berry", "error"),
    "attention": ("triangle-alert", "gold_text", "warning"),
    "off": ("circle", "ink2", "plain"),
    "works": ("circle-check", "grass", "plain"),
}
LONGEST_NUMBER: Final = 10
"""Signs; what is longer (a day in words) is written smaller, and whole."""
FIGURE_COLOURS: Final[Mapping[str, Token]] = {"plain": "ink", "good": "grass", "waiting": "gold_text", "bad": "berry"}
IN_A_ROW: Final[Mapping[Layout, int]] = {"wide": 3, "mid": 2, "large": 3}
"""Figures beside each other; in large print a service has the whole width."""


@dataclass
class TodayPresenter:
    """`fetch` and `examine` block; the second asks printers and may take a while.

    `waiting` are the calls for help nobody went to yet, `went` says that somebody did; `show` opens a page by its key.
    """

    today: Callable[[], date]
    waiting: Callable[[], Sequence[HelpCall]]
    went: Callable[[int], object]
    fetch: Callable[[], Sequence[Overview]]
    examine: Callable[[], Sequence[Checked]]
    show: Callable[[str], object]
    topics: frozenset[str] = frozenset()
    overviews: Sequence[Overview] = ()
    checked: Sequence[Checked] | None = None
    details: bool = False
    """Whether what works is told in full, too."""


class TodayScreen(Screen):
    """See the module."""

    name = "shell.today"
    frame = "staff"

    def __init__(self, today: TodayPresenter) -> None:
        self.today = today
        self.topics = today.topics | {LANGUAGE}

    @property
    def complete(self) -> bool:
        """Whether every part of this PC has been looked at."""
        return self.today.checked is not None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Today: {day}", day=format_date(self.today.today(), t.language))

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Everything can be looked at once more."""
        again = stage.t.button("Look again")
        Button(box, again, lambda: self._look_again(stage), icon="refresh-cw", name="look-again").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """Calls and services on the left, this PC on the right; in large print one under the other."""
        wide = stage.layout != "large"
        body.columnconfigure(0, weight=3, uniform="sides" if wide else "")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        if wide:
            body.columnconfigure(1, weight=2, uniform="sides")
        right.grid(row=0 if wide else 1, column=1 if wide else 0, sticky="nsew")
        for call in self.today.waiting():
            self._call(left, stage, call)
        alerts = [each for overview in self.today.overviews for each in overview.alerts]
        for alert, page in sorted(alerts, key=lambda each: each[0].state != "bad"):  # what is late stands first
            self._alert(left, stage, alert, page)
        for overview in self.today.overviews:
            self._overview(left, stage, overview, IN_A_ROW[stage.layout])
        self._this_pc(right, stage)

    def _call(self, box: Box, stage: Stage, call: HelpCall) -> None:
        card = Card(box, "help")
        card.pack(fill="x")
        card.body.columnconfigure(1, weight=1)
        picture_label(card.body, stage.look.icon("bell-ring", 26, "clay")).grid(row=0, column=0, padx=stage.px(8))
        words = stage.t("Help was asked for at {time}", time=format_time(local(call.at_ms)))
        Text(card.body, words, "strong", wrap=True).grid(row=0, column=1, sticky="ew", padx=stage.px(6))

        Button(
            card.body, stage.t.button("I went there"), lambda: self.today.went(call.number), "help",
            icon="check", name=f"went-{call.number}",
        ).grid(row=0, column=2)  # fmt: skip

    def _alert(self, box: Box, stage: Stage, alert: Alert, page: str) -> None:
        """In the look of a finding that wants something done, with the way to where it is done."""
        icon, colour, kind = STATES["broken" if alert.state == "bad" else "attention"]
        card = Card(box, kind, pad=10)
        card.pack(fill="x")
        row = card.body
        row.columnconfigure(1, weight=1)
        picture_label(row, stage.look.icon(icon, 20, colour)).grid(row=0, column=0, padx=(stage.look.halo, stage.px(9)))
        Text(row, stage.t.say(alert.said), "strong", colour, wrap=True).grid(row=0, column=1, sticky="ew")
        if page:
            Button(
                row, stage.t.button("Open"), lambda: self.today.show(page), arrow="arrow-right",
                name=f"alert-{alert.said.msgid.split()[0].lower()}-{page}", height=40,
            ).grid(row=0, column=2)  # fmt: skip

    def _overview(self, box: Box, stage: Stage, overview: Overview, in_a_row: int) -> None:
        t, px = stage.t, stage.px
        card = Card(box)
        card.pack(fill="x")
        self._head(card.body, stage, overview.icon, t(overview.title), overview.page)
        grid = Box(card.body)
        grid.pack(fill="x")
        rows = -(-len(overview.figures) // in_a_row)
        in_a_row = -(-len(overview.figures) // max(1, rows))  # four are two and two, not three and one
        for number, figure in enumerate(overview.figures):
            column = number % in_a_row
            grid.columnconfigure(column, weight=1, uniform="figures")
            place = Box(grid)
            place.grid(row=number // in_a_row, column=column, sticky="nsew", pady=(px(4), px(10)))
            self._figure(place, stage, figure)

    def _figure(self, box: Box, stage: Stage, figure: Figure) -> None:
        size: Role = "number" if len(figure.value) <= LONGEST_NUMBER else "title"
        Text(box, figure.value, size, FIGURE_COLOURS[figure.state], edge=True, wrap=True).pack(fill="x")
        Text(box, stage.t(figure.label), "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    def _this_pc(self, box: Box, stage: Stage) -> None:
        t, px, checked = stage.t, stage.px, self.today.checked
        card = Card(box)
        card.pack(fill="x")
        self._head(card.body, stage, "monitor", t("This PC"))
        if checked is None:
            words = t("Looking at every part of this PC.")
            Text(card.body, words, "body", "ink2", edge=True, wrap=True).pack(fill="x")
            return
        by_state = {state: [one for one in checked if one.finding.state == state] for state in STATES}
        urgent = by_state["broken"] + by_state["attention"]
        for one in urgent:
            self._check(card.body, stage, one).pack(fill="x", pady=(0, px(4)))
        if not urgent:
            self._all_well(card.body, stage)
        for one in by_state["off"] + (by_state["works"] if self.today.details else []):
            self._check(card.body, stage, one).pack(fill="x", pady=px(3))
            Line(card.body).pack(fill="x", padx=stage.look.halo, pady=px(3))
        if not self.today.details:
            self._names(card.body, stage, by_state["works"])
        words = t.button("Show less") if self.today.details else t.button("Show everything")
        Button(card.body, words, lambda: self._show_details(stage), "quiet", icon="list", name="details").pack(
            anchor="w"
        )

    def _names(self, box: Box, stage: Stage, working: Sequence[Checked]) -> None:
        """What works, by name only: a long list of good news hides the bad."""
        grid = Box(box)
        grid.pack(fill="x", padx=stage.look.halo)
        columns = 2
        for number, one in enumerate(working):
            column = number % columns
            grid.columnconfigure(column, weight=1, uniform="names")
            cell = Box(grid)
            cell.grid(row=number // columns, column=column, sticky="new", pady=stage.px(3), padx=(0, stage.px(8)))
            cell.columnconfigure(1, weight=1)
            icon, colour, _ = STATES["works"]
            picture_label(cell, stage.look.icon(icon, 20, colour)).grid(
                row=0, column=0, sticky="n", padx=(0, stage.px(8))
            )
            Text(cell, stage.t(one.name), "body", wrap=True).grid(row=0, column=1, sticky="ew")

    def _show_details(self, stage: Stage) -> None:
        self.today.details = not self.today.details
        stage.rebuild()

    def _all_well(self, box: Box, stage: Stage) -> None:
        row = Box(box)
        row.pack(fill="x", padx=stage.look.halo, pady=(0, stage.px(6)))
        row.columnconfigure(1, weight=1)
        picture_label(row, stage.look.icon("circle-check", 26, "grass")).grid(row=0, column=0, padx=(0, stage.px(8)))
        Text(row, stage.t("Everything works."), "strong", "grass", wrap=True).grid(row=0, column=1, sticky="ew")

    def _check(self, box: Box, stage: Stage, checked: Checked) -> Box:
        px, halo = stage.px, stage.look.halo
        icon, colour, kind = STATES[checked.finding.state]
        text, todo = said(checked.finding, stage.t)
        outer: Box = Card(box, kind, pad=10) if kind != "plain" else Box(box)
        row = outer.body if isinstance(outer, Card) else outer
        row.columnconfigure(1, weight=1)
        picture_label(row, stage.look.icon(icon, 20, colour)).grid(
            row=0, column=0, rowspan=3, sticky="n", padx=(halo, px(9)), pady=(px(2), 0)
        )
        urgent = kind != "plain"
        Text(row, stage.t(checked.name), "strong", colour if urgent else "ink", wrap=True).grid(
            row=0, column=1, sticky="ew", padx=(0, halo)
        )
        Text(row, text, "hint", "ink" if urgent else "ink2", wrap=True).grid(
            row=1, column=1, sticky="ew", padx=(0, halo)
        )
        if todo:
            Text(row, todo, "note" if urgent else "hint", "ink" if urgent else "ink2", wrap=True).grid(
                row=2, column=1, sticky="ew", padx=(0, halo)
            )
        return outer

    def _head(self, box: Box, stage: Stage, icon: str, words: str, page: str = "") -> None:
        t, px = stage.t, stage.px
        row = Box(box)
        row.pack(fill="x", pady=(0, px(4)))
        row.columnconfigure(1, weight=1)
        picture_label(row, stage.look.icon(icon, 20, "sky")).grid(row=0, column=0, padx=(stage.look.halo, px(8)))
        Text(row, words, "section", wrap=True).grid(row=0, column=1, sticky="ew")
        if page:
            Button(
                row, t.button("Open"), lambda: self.today.show(page), "quiet",
                arrow="arrow-right", name=f"open-{page}", height=36,
            ).grid(row=0, column=2)  # fmt: skip

    def on_show(self, stage: Stage) -> None:
        """Figures first, then the checks."""
        self.on_topics(stage, self.topics)

        def checks(found: Sequence[Checked]) -> None:
            if found != self.today.checked:
                self.today.checked = found
                stage.rebuild()

        stage.run(self.today.examine, checks, kind="read")

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Only the figures: asking every printer at each change would be too much."""

        def figures(found: Sequence[Overview]) -> None:
            if found != self.today.overviews:
                self.today.overviews = found
                stage.rebuild()

        stage.run(self.today.fetch, figures, kind="read")

    def _look_again(self, stage: Stage) -> None:
        self.today.checked = None
        stage.rebuild()
        self.on_show(stage)


def today_screen(
    desk: Desk,
    pages: Mapping[str, str],
    *,
    waiting: Callable[[], Sequence[HelpCall]],
    went: Callable[[int], object],
    show: Callable[[str], object],
) -> TodayScreen:
    """The overview of an open desk. `pages` names each service's first page, where the person may see one."""
    return TodayScreen(
        TodayPresenter(
            today=lambda: local_date(desk.clock.now_ms()),
            waiting=waiting,
            went=went,
            fetch=lambda: overviews(desk, pages),
            examine=lambda: tuple(examine(desk, desk.services)),
            show=show,
            topics=frozenset[str]().union(*(service.topics for service in desk.services)),
        )
    )
