"""Administrator: the whole price table from a day on, free pages, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import basis_remark
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from printing.money.categories import CATEGORIES
from printing.money.prices import PriceTable
from printing.money.report import WORK_NAMES

CHOICES: Final = {"print": ("A4", "A3", "A5"), "copy": ("A4", "A3"), "scan": ("A4",)}
"""The sheets each kind of work has prices for here."""

FIELDS: Final = (
    ("grey", N_("Black and white, one side")),
    ("grey-two", N_("Black and white, both sides")),
    ("colour", N_("Colour, one side")),
    ("colour-two", N_("Colour, both sides")),
)


@dataclass
class PricesPresenter:
    """What was typed. All callables block."""

    fetch: Callable[[], PriceTable | None]
    save: Callable[[dict[str, str], str, dict[str, str], bool], object]
    """`save(prices, free pages, rules, blank pages free)`; see `room.set_typed_table`."""
    now: PriceTable | None = None
    read: bool = False
    work: str = "print"
    size: str = "A4"
    typed: dict[str, str] = field(default_factory=dict)
    """By "print A4 grey-two"."""
    free: str = ""
    rules: dict[str, str] = field(default_factory=dict)
    """Free pages a month by category; "" is every page. A category that is not in it has none."""
    blank_free: bool = False

    def take(self, table: PriceTable | None) -> None:
        """Fill the fields with what holds now; what was typed meanwhile stays."""
        first, self.now, self.read = not self.read, table, True
        if table is None or not first:
            return
        for rate in table.rates:
            key = f"{rate.work} {rate.size} {rate.colour}{'-two' if rate.two_sided else ''}"
            self.typed.setdefault(key, str(rate.tenge))
        self.free = str(table.free_pages) if table.free_pages else ""
        self.rules = {rule.category: "" if rule.pages is None else str(rule.pages) for rule in table.rules}
        self.blank_free = table.blank_free

    def choose_work(self, work: str) -> None:
        """Show another work's prices."""
        self.work = work
        if self.size not in CHOICES[work]:
            self.size = CHOICES[work][0]


class PricesScreen(Screen):
    """See the module."""

    name = "printing.prices"
    frame = "staff"
    topics = frozenset({"printing.prices"})

    def __init__(self, prices: PricesPresenter) -> None:
        self.prices = prices

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Prices")

    def build(self, body: Box, stage: Stage) -> None:
        """What a page costs at the left, what is free at the right."""
        if not self.prices.read:
            return
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        self._rates(left, stage)
        self._free(right, stage)

    def _rates(self, box: Box, stage: Stage) -> None:
        t, prices = stage.t, self.prices
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Price of one page"), "section", edge=True, wrap=True).pack(fill="x")
        if prices.now is None:
            Text(card.body, t("Prices are not set yet."), "body", "berry", edge=True, wrap=True).pack(fill="x")
        else:
            since = format_date(prices.now.valid_from, stage.language, "full")
            Text(
                card.body, t("The prices of now hold from: {date}", date=since), "hint", "ink2", edge=True, wrap=True
            ).pack(fill="x")
        OptionRow(
            card.body,
            t("Work"),
            [Option(work, t(WORK_NAMES[work])) for work in CHOICES],
            prices.work,
            lambda key: self._choose(stage, key),
            columns=2 if stage.layout == "mid" else 0,
            name="work",
        ).pack(fill="x")
        sizes = CHOICES[prices.work]
        if len(sizes) > 1:
            OptionRow(
                card.body,
                t("Paper"),
                [Option(size, size) for size in sizes],
                prices.size,
                lambda key: self._size(stage, key),
                name="size",
            ).pack(fill="x")
        grid = Box(card.body)
        grid.pack(fill="x")
        across = 1 if stage.layout == "large" else 2
        grid.columnconfigure(tuple(range(across)), weight=1, uniform="prices")
        shown = FIELDS if prices.work != "scan" else tuple(each for each in FIELDS if "two" not in each[0])
        for number, (name, words) in enumerate(shown):
            key = f"{prices.work} {prices.size} {name}"
            Field(
                grid,
                t(words) if prices.work != "scan" else t("Colour") if "colour" in name else t("Black and white"),
                prices.typed.get(key, ""),
                lambda typed, key=key: prices.typed.__setitem__(key, typed),  # type: ignore[misc]
                digits=True,
                most=5,
                width=140,
                name=f"price-{name}",
            ).grid(row=number // across, column=number % across, sticky="new")
        words = t("Where a field is empty, this is not done in this room: nothing is printed for a guessed price.")
        Text(card.body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        set_prices = t.button("Set the prices")
        Button(
            card.body, set_prices, lambda: self._save(stage), "primary", icon="check", name="set-prices", height=52
        ).pack(fill="x", pady=(stage.px(8), 0))

    def _free(self, box: Box, stage: Stage) -> None:
        t, prices = stage.t, self.prices
        card = Card(box)
        card.pack(fill="x")
        Text(card.body, t("Free pages"), "section", edge=True, wrap=True).pack(fill="x")
        Field(
            card.body,
            t("For every resident, pages a month"),
            prices.free,
            lambda typed: setattr(prices, "free", typed),
            digits=True,
            most=4,
            width=140,
            name="free-pages",
        ).pack(fill="x")
        OptionRow(
            card.body,
            t("Pages with nothing on them"),
            [Option("free", t("Cost nothing")), Option("paid", t("Cost as others"))],
            "free" if prices.blank_free else "paid",
            lambda key: self._blank(stage, key == "free"),
            columns=1 if stage.layout != "wide" else 2,
            name="blank",
        ).pack(fill="x")
        Text(card.body, t("Who prints free by rule"), "strong", edge=True, wrap=True).pack(fill="x")
        for category in CATEGORIES:
            chosen = category.code in prices.rules
            ChoiceRow(
                card.body,
                t(category.name),
                lambda code=category.code: self._rule(stage, code),  # type: ignore[misc]
                icon="check" if chosen else "circle",
                chosen=chosen,
                name=f"rule-{category.code}",
            ).pack(fill="x")
            if chosen:
                basis_remark(card.body, category.basis, t)
                Field(
                    card.body,
                    t("Pages a month"),
                    prices.rules[category.code],
                    lambda typed, code=category.code: prices.rules.__setitem__(code, typed),  # type: ignore[misc]
                    hint=t("Empty: every page"),
                    digits=True,
                    most=4,
                    width=140,
                    name=f"pages-{category.code}",
                ).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Read the table of now."""

        def show(table: PriceTable | None) -> None:
            if not self.prices.read or table != self.prices.now:
                self.prices.take(table)
                stage.rebuild()

        stage.run(self.prices.fetch, show, kind="read")

    def _choose(self, stage: Stage, work: str) -> None:
        self.prices.choose_work(work)
        stage.rebuild()

    def _size(self, stage: Stage, size: str) -> None:
        self.prices.size = size
        stage.rebuild()

    def _blank(self, stage: Stage, free: bool) -> None:
        self.prices.blank_free = free
        stage.rebuild()

    def _rule(self, stage: Stage, code: str) -> None:
        rules = self.prices.rules
        if rules.pop(code, None) is None:
            rules[code] = ""
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        prices = self.prices
        typed, rules = dict(prices.typed), dict(prices.rules)
        free, blank = prices.free, prices.blank_free

        def done(_: object) -> None:
            stage.say("done", lambda t: t("The new prices hold from today."))
            self.on_show(stage)

        stage.run(lambda: prices.save(typed, free, rules, blank), done)
