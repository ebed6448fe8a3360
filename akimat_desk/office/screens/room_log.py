"""The log of exchanges, as a technician reads it, and to be copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from akimat_desk.base.locale import format_number
from akimat_desk.base.words import Translator
from akimat_desk.office.exchange import moment, trouble
from akimat_desk.office.screens import room_words
from akimat_desk.office.screens.side import table_height
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from akimat_desk.office.room import LogRow, RoomPc


@dataclass
class RoomLog:
    """What was exchanged. `fetch` blocks; it gives the rows, the latest first, and the PCs."""

    fetch: Callable[[], tuple[Sequence[LogRow], Sequence[RoomPc]]]
    rows: Sequence[LogRow] | None = None
    pcs: Mapping[str, RoomPc] = field(default_factory=dict)
    chosen: int = 0

    def with_whom(self, t: Translator, row: LogRow) -> str:
        """The other PC, or its number where it is not known here."""
        pc = self.pcs.get(row.host)
        return room_words.called(t, pc.use, pc.seat) if pc else row.host[:8]

    def text(self, t: Translator) -> str:
        """The log as lines with tabs between the cells, for a letter to support; errors by their codes."""
        head = (t("When"), t("With"), t("Taken in"), t("Handed on"), t("Error"))
        lines = [
            (moment(row.at_ms), self.with_whom(t, row), str(row.pulled), str(row.pushed), row.code)
            for row in self.rows or ()
        ]
        return "\n".join("\t".join(line) for line in (head, *lines))


class RoomLogScreen(Screen):
    """See the module."""

    name = "office.room_log"
    frame = "staff"
    topics = frozenset({"sync.state"})

    def __init__(self, log: RoomLog) -> None:
        self.log = log

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Log of exchanges")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The way back."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="cancel").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """A table, and the whole sentence of the chosen row under it."""
        t, log = stage.t, self.log
        if log.rows is None:
            return
        if not log.rows:
            words = t("Exchanges that moved something, and those that were broken off, are listed here.")
            EmptyState(body, t("Nothing was exchanged yet"), words).pack(fill="both", expand=True)
            return
        body.columnconfigure(0, weight=1)
        body.rowconfigure(0, weight=1, minsize=table_height(stage, 8))
        Table(
            body,
            [
                Column("when", t("When"), 190),
                Column("with", t("With"), 180, spare=1),
                Column("pulled", t("Taken in"), 110, align="right", spare=2),
                Column("pushed", t("Handed on"), 110, align="right", spare=2),
                Column("error", t("Error"), 240, stretch=True),
            ],
            ListedRows([self._row(t, number, row) for number, row in enumerate(log.rows)]),
            chosen=str(log.chosen),
            on_choose=lambda key: self._choose(stage, int(key)),
            counts=t("Shown: {n}", n=len(log.rows)),
            name="log",
        ).grid(row=0, column=0, sticky="nsew")
        foot = Box(body)
        foot.grid(row=1, column=0, sticky="ew")
        code = log.rows[min(log.chosen, len(log.rows) - 1)].code
        if code:
            words = t.say(*trouble(code))
            Text(foot, words, "body", edge=True, wrap=True).pack(fill="x", pady=(stage.px(4), 0))
        row = ButtonRow(foot)
        row.pack(fill="x")
        Button(row, t.button("Copy the log"), lambda: self._copy(stage), icon="copy", name="copy")

    def _row(self, t: Translator, number: int, row: LogRow) -> Row:
        cells = (
            moment(row.at_ms),
            self.log.with_whom(t, row),
            format_number(row.pulled, t.language),
            format_number(row.pushed, t.language),
            row.code,
        )
        return Row(str(number), cells, *(("triangle-alert", "gold_text") if row.code else ("circle-check", "grass")))

    def _choose(self, stage: Stage, number: int) -> None:
        log = self.log
        before, log.chosen = log.chosen, number
        if log.rows and log.rows[min(before, len(log.rows) - 1)].code != log.rows[number].code:
            stage.rebuild()

    def _copy(self, stage: Stage) -> None:
        stage.copy(self.log.text(stage.t))
        stage.say("done", lambda t: t("The log is copied: paste it into a letter or a file."))

    def on_show(self, stage: Stage) -> None:
        """Read the log."""

        def show(found: tuple[Sequence[LogRow], Sequence[RoomPc]]) -> None:
            rows, pcs = found
            if rows != self.log.rows:
                self.log.rows, self.log.pcs = rows, {pc.device: pc for pc in pcs}
                stage.rebuild()

        stage.run(self.log.fetch, show, kind="read")

    def on_escape(self, stage: Stage) -> None:
        """Back to the room."""
        stage.back()
