"""Staff: the honest till. What should lie in the box, the count, and what the counts say together, as charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money, format_percent, month_forms
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Line, Text
from akimat_desk.ui.widgets.time_chart import Pillar, TimeChart
from printing.money.ledger import parse_tenge
from printing.money.report import HOW_TOLD, day_label, honesty_facts
from printing.money.till import TOO_FEW, BoxCount, Honesty, honesty

MONTHS: Final = 12
DAYS: Final = 31
"""In the charts."""


@dataclass(frozen=True, slots=True)
class BoxNow:
    """How the box stands: what was printed for it since the last count, and all counts, oldest first."""

    waiting: BoxCount
    counts: tuple[BoxCount, ...]
    open: bool
    may_open: bool


@dataclass
class HonestTillPresenter:
    """What was typed. All callables block."""

    fetch: Callable[[], BoxNow]
    count: Callable[[int], object]
    open: Callable[[bool], object]
    now: BoxNow | None = None
    counted: str = ""

    def months(self, t: Translator) -> list[Pillar]:
        """The unpaid share of the money with its interval, by month."""
        pillars = []
        for month, told in self._together(lambda day: day.replace(day=1))[-MONTHS:]:
            share, name = told.by_value, month_forms(month.month, t.language).name
            if share is None:
                pillars.append(Pillar(t("{month}: too few", month=name), 0))
            else:
                words = format_percent(100 * share.value, t.language, 0)
                pillars.append(Pillar(name, share.value, words, share.low, share.high))
        return pillars

    def days(self, t: Translator) -> list[Pillar]:
        """The missing money by the day it was counted; where documents are enough to tell, its share and interval."""
        pillars = []
        for day, told in self._together(lambda day: day)[-DAYS:]:
            share, words = told.by_value, format_money(told.missing, t.language)
            if share is None:
                pillars.append(Pillar(day_label(day), told.missing, words))
            else:
                low, high = (round(bound * told.expected) for bound in (share.low, share.high))
                words = f"{words} ({format_percent(100 * share.value, t.language, 0)})"
                pillars.append(Pillar(day_label(day), told.missing, words, low, high))
        return pillars

    def _together(self, period: Callable[[date], date]) -> list[tuple[date, Honesty]]:
        """What the counts of each period say."""
        found: dict[date, list[BoxCount]] = {}
        for count in self.now.counts if self.now else ():
            found.setdefault(period(local_date(count.ms)), []).append(count)
        return [(begin, honesty(counts)) for begin, counts in sorted(found.items())]


class HonestTillScreen(Screen):
    """See the module."""

    name = "printing.honest_till"
    frame = "staff"
    topics = frozenset({"printing.money"})

    def __init__(self, till: HonestTillPresenter) -> None:
        self.till = till

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Honest till")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The way back."""
        Button(box, stage.t.button("Cash desk"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def on_escape(self, stage: Stage) -> None:
        """Back to the cash desk."""
        stage.back()

    def build(self, body: Box, stage: Stage) -> None:
        """The count at the left, what the counts say at the right."""
        if self.till.now is None:
            return
        left, right = two_parts(body, beside=stage.layout != "large", left=2, right=3)
        self._count(left, stage, self.till.now)
        self._switch(left, stage, self.till.now)
        self._told(right, stage, self.till.now)

    def _count(self, box: Box, stage: Stage, now: BoxNow) -> None:
        t, till = stage.t, self.till
        card = Card(box, "chosen")
        card.pack(fill="x")
        Text(card.body, t("Count the box"), "section", edge=True, wrap=True).pack(fill="x")
        ValueRow(card.body, t("Documents since the last count"), str(len(now.waiting.prices))).pack(fill="x")
        Field(
            card.body, t("Cash counted"), till.counted, lambda typed: setattr(till, "counted", typed), digits=True,
            most=7, on_enter=lambda _: self._write(stage), name="counted",
        ).pack(fill="x")  # fmt: skip
        Button(
            card.body, t.button("Write down the count"), lambda: self._write(stage), "primary", icon="check",
            name="write", height=52,
        ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip

    def _switch(self, box: Box, stage: Stage, now: BoxNow) -> None:
        t = stage.t
        card = Card(box)
        card.pack(fill="x")
        Text(
            card.body,
            t("Residents print their documents by themselves and put the money into the box. Nobody is named."),
            "body", edge=True, wrap=True,
        ).pack(fill="x")  # fmt: skip
        if now.may_open:
            OptionRow(
                card.body,
                "",
                [Option("on", t("The box is there")), Option("off", t("No box"))],
                "on" if now.open else "off",
                lambda key: self._open(stage, key == "on"),
                columns=1 if stage.layout == "large" else 2,
                name="till",
            ).pack(fill="x")

    def _told(self, box: Box, stage: Stage, now: BoxNow) -> None:
        t = stage.t
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("What the counts say"), "section", edge=True, wrap=True).pack(fill="x")
        if not now.counts:
            Text(card.body, t("The box was not counted yet."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
            return
        told = honesty(now.counts)
        for words, value in honesty_facts(told, t):
            ValueRow(card.body, words, value).pack(fill="x")
        if told.by_value is None:
            few = t("Too few documents to tell: fewer than {n}.", n=TOO_FEW)
            Remark(card.body, few, "info", "gold").pack(fill="x")
        else:
            Text(card.body, t(HOW_TOLD), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Line(card.body).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        Text(card.body, t("Unpaid money by month"), "strong", edge=True, wrap=True).pack(fill="x")
        TimeChart(card.body, self.till.months(t), "grass", height=110).pack(fill="x")
        Text(card.body, t("Missing money by day"), "strong", edge=True, wrap=True).pack(fill="x")
        TimeChart(card.body, self.till.days(t), "grass", height=110).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Fetch the box."""

        def show(found: BoxNow) -> None:
            if found != self.till.now:
                self.till.now = found
                stage.rebuild()

        stage.run(self.till.fetch, show, kind="read")

    def _write(self, stage: Stage) -> None:
        till = self.till
        try:
            tenge = parse_tenge(till.counted)
        except AkimatDeskError as why:
            stage.error(why)
            return

        def written(_: object) -> None:
            till.counted = ""
            stage.clear_banner()
            stage.toast(stage.t("The count is written down."), "check")
            self.on_show(stage)

        stage.run(lambda: till.count(tenge), written)

    def _open(self, stage: Stage, open: bool) -> None:
        stage.run(lambda: self.till.open(open), lambda _: self.on_show(stage))
