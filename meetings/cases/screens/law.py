"""What the law says of appeals, line by line: the article, where and when it was read, or that it was not."""

from __future__ import annotations

from akimat_desk.base.words import Translator
from akimat_desk.office.screens.side import MARKS, basis_remark, panel, table_height
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table
from meetings.cases import legal


class LawScreen(Screen):
    """See the module. Nothing is read: it is the program's own table."""

    name = "meetings.law"
    frame = "staff"

    def __init__(self) -> None:
        self.lines = {f"{heading}/{one.key}": (heading, one) for heading, table in legal.EVERYTHING for one in table}
        self.chosen = next(iter(self.lines))
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What the law says of appeals")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "law"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the assignments."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="back").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """The lines on the left, the chosen one's basis on the right."""
        t = stage.t
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        unsourced = sum(one.basis.unsourced for _, one in self.lines.values())
        Table(
            left,
            [
                Column("name", t("What it is called"), 360),
                Column("about", t("What it is about"), 260, stretch=True, spare=1),
            ],
            ListedRows([self._row(key, stage) for key in self.lines]),
            chosen=self.chosen,
            on_choose=self._choose,
            counts=t("Lines: {n}", n=len(self.lines)),
            note=t("Without a source: {n}", n=unsourced) if unsourced else "",
            name="law",
        ).grid(row=0, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._line(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _row(self, key: str, stage: Stage) -> Row:
        heading, one = self.lines[key]
        cells = (stage.t(one.name), stage.t(heading))
        return Row(key, cells, *MARKS[one.basis.mark])

    def _line(self, box: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        heading, one = self.lines[self.chosen]
        body = panel(box, "chosen")
        Text(body, t(one.name), "section", edge=True, wrap=True).pack(fill="x")
        Text(body, t(heading), "body", edge=True, wrap=True).pack(fill="x", pady=(px(4), px(6)))
        basis_remark(body, one.basis, t)

    def _choose(self, key: str) -> None:
        self.chosen = key
        if self._card is not None:
            self._card.refresh()

    def on_escape(self, stage: Stage) -> None:
        """Back to the assignments."""
        stage.back()
