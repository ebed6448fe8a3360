"""The terms of law: how long each is, where it was read, and where it ends when it begins today."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.calendar.words import full_day, length_of
from akimat_desk.office.screens.side import MARKS, basis_remark, panel, table_height
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from akimat_desk.office.working_days import TermNow


class TermsScreen(Screen):
    """See the module. `fetch` blocks."""

    name = "office.calendar_terms"
    frame = "staff"
    topics = frozenset({"calendar.days"})

    def __init__(self, fetch: Callable[[], tuple[TermNow, ...]]) -> None:
        self.fetch = fetch
        self.now: tuple[TermNow, ...] = ()
        self.chosen = ""
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Terms of law")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "terms"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the month."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="back").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """The terms on the left, the chosen one's law on the right."""
        if not self.now:
            return
        t = stage.t
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        unsourced = sum(one.term.basis.unsourced for one in self.now)
        Table(
            left,
            [
                Column("name", t("Term"), 180, stretch=True),
                Column("length", t("Length"), 150),
                Column("ends", t("From today until"), 140, spare=1),
            ],
            ListedRows([self._row(stage, one) for one in self.now]),
            chosen=self.chosen or self.now[0].term.key,
            on_choose=self._choose,
            counts=t("Terms: {n}", n=len(self.now)),
            note=t("Without a source: {n}", n=unsourced) if unsourced else "",
            name="terms",
        ).grid(row=0, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._term(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _row(self, stage: Stage, one: TermNow) -> Row:
        t = stage.t
        cells = (t(one.term.name), length_of(one.term, t), format_date(one.ends, stage.language, "short"))
        return Row(one.term.key, cells, *MARKS[one.term.basis.mark])

    def _term(self, box: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        one = next((one for one in self.now if one.term.key == self.chosen), self.now[0])
        body = panel(box, "chosen")
        Text(body, t(one.term.name), "section", edge=True, wrap=True).pack(fill="x")
        Text(body, length_of(one.term, t), "strong", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))
        ends = t("If it begins today, its last day is {date}.", date=full_day(one.ends, t))
        Text(body, ends, "body", edge=True, wrap=True).pack(fill="x", pady=(px(4), px(6)))
        basis_remark(body, one.term.basis, t)

    def _choose(self, key: str) -> None:
        self.chosen = key
        if self._card is not None:
            self._card.refresh()

    def on_show(self, stage: Stage) -> None:
        """Count the terms anew."""

        def show(found: tuple[TermNow, ...]) -> None:
            self.now = found
            stage.rebuild()

        stage.run(self.fetch, show, kind="read")

    def on_escape(self, stage: Stage) -> None:
        """Back to the month."""
        stage.back()
