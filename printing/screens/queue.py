"""Staff: the documents that wait, print and were printed today, found by code; and the room's own stuck papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.operations import Operation
from akimat_desk.ui.screen import SOON_S, Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table
from printing.ending import due
from printing.handing import MainPcSilent
from printing.held_job import HeldJob
from printing.screens import queue_panels
from printing.screens.queue_presenter import STATES, Queue, QueuePresenter, state_of
from printing.spool import SpooledJob

if TYPE_CHECKING:
    from printing.screens.queue_presenter import Listed

INKS: Final = (N_("black and white"), N_("colour"))

LOOK_MS: Final = 15_000
"""What changes at the main PC is told at once; how long it is silent is seen so."""


class QueueScreen(Screen):
    """See the module."""

    name = "printing.queue"
    frame = "staff"
    topics = frozenset({"printing.queue"})

    def __init__(self, queue: QueuePresenter) -> None:
        self.queue = queue
        self._looks = 0
        self._searching = False
        self._list: Live | None = None
        self._table: Table | None = None
        self._panel: Live | None = None
        self._shown: object = None
        """What the panel shows."""

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Print queue")

    def first_focus(self) -> str:
        """A code can be typed at once."""
        return "find"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Today's money, and the rules."""
        rules = self.queue.rules()
        if rules is not None:
            Button(box, stage.t.button("Rules"), lambda: stage.go(rules), icon="settings", name="rules").pack(
                side="right", padx=(stage.px(10), 0)
            )
        if self.queue.now is not None:
            till = format_money(self.queue.now.totals.tenge, stage.language)
            Text(box, stage.t("To the till today: {sum}", sum=till), "strong", edge=True).pack(side="right")

    def build(self, body: Box, stage: Stage) -> None:
        """The search and the list at the left, the chosen one at the right."""
        t, queue = stage.t, self.queue
        if queue.now is None:
            return
        if not queue.rows() and not queue.typed:
            EmptyState(
                body, t("No document waits, and none was printed today"),
                t("Residents' documents appear here with their codes."),
            ).pack(fill="both", expand=True)  # fmt: skip
            return
        main, side = with_panel(body)
        main.rowconfigure(1, weight=1)
        Field(
            main,
            t("Code from the slip; Enter opens it"),
            queue.typed,
            lambda typed: self._type(stage, typed),
            on_enter=lambda _: self._enter(stage),
            icon="search",
            bare=True,
            digits=True,
            most=16,
            name="find",
        ).grid(row=0, column=0, sticky="ew")
        self._list = Live(main, lambda box: self._build_list(box, stage))
        self._list.grid(row=1, column=0, sticky="nsew")
        self._shown = self._panel_shows() if stage.drawn else None
        self._panel = Live(side, lambda box: self._chosen(box, stage) if self._shown else None)
        self._panel.grid(row=0, column=0, sticky="ew")

    def _build_list(self, box: Box, stage: Stage) -> None:
        t, rows = stage.t, self.queue.rows()
        self._table = None
        if not rows:
            EmptyState(
                box, t("No document has this code"), t("Look at the slip again, or delete what is typed.")
            ).pack(fill="both", expand=True)  # fmt: skip
            return
        self._table = Table(
            box,
            self._columns(stage),
            self._rows(stage, rows),
            chosen=self._chosen_key(rows),
            on_choose=lambda key: self._choose(stage, key),
            on_open=lambda key: self._open(stage, key),
            on_drawn=lambda: stage.after(0, self._refresh_panel),  # it takes as long to draw as all rows
            counts=self._counts(stage),
            name="queue",
        )
        self._table.pack(fill="both", expand=True)

    def _chosen_key(self, rows: Mapping[str, Listed]) -> str:
        chosen = self.queue.choice()
        return next((key for key, row in rows.items() if row is chosen), "")

    def _rows(self, stage: Stage, rows: Mapping[str, Listed]) -> ListedRows:
        say = Sayings(stage)
        return ListedRows([self._row(say, key, row) for key, row in rows.items()])

    def _chosen(self, box: Box, stage: Stage) -> None:
        chosen = self.queue.choice()
        if chosen is None:
            return
        card = Card(box, "chosen")
        card.pack(fill="x")
        does = queue_panels.Does(
            lambda action: stage.run(action, lambda _: self._look(stage)),
            self.queue,
            lambda again: self._go(stage, again=again),
            lambda: self._stop(stage),
            lambda: self._take_back(stage),
            self._every_printer,
        )
        if isinstance(chosen, HeldJob):
            queue_panels.held(card.body, stage, chosen, does)
        elif isinstance(chosen, SpooledJob):
            queue_panels.job(card.body, stage, chosen, does)
        else:
            queue_panels.paper(card.body, stage, chosen, does)

    def _columns(self, stage: Stage) -> list[Column]:
        t = stage.t
        return [
            Column("code", t("Code"), 110),
            Column("pages", t("Pages"), 64, "right", spare=2),
            Column("copies", t("Copies"), 72, "right", spare=4),
            Column("colour", t("Colours"), 120, spare=5, words=[t(ink) for ink in INKS]),
            Column("price", t("Price"), 84, "right"),
            Column("from", t("From"), 70, spare=3),
            Column("time", t("Time"), 64, spare=1),
            Column("state", t("State"), 150, stretch=True),
        ]

    def _row(self, say: Sayings, key: str, row: Listed) -> Row:
        if isinstance(row, SpooledJob | HeldJob):
            icon, colour, words = STATES[state_of(row)]
            inks = say.words(INKS[row.options.colour == "colour"])
            if isinstance(row, HeldJob):
                price, seat = say.money(row.quote.total), f"№ {row.seat}" if row.seat else ""
            else:
                price, seat = say.money(due(row).tenge) if row.paper is None else "", ""
            copies = 1 if row.options.out else row.options.copies  # what is still to come is one document
            pages = row.quote.pages // copies
            detail = (str(pages), str(copies), inks, price, seat, format_time(local(row.created_ms)))
            code = row.code
        else:
            icon, colour, words = STATES["uncertain" if row.asking else "waiting"]
            detail = ("", str(row.copies), "", "", "", format_time(local(row.put_ms)))
            code = f"№ {row.number}"
        return Row(key, (code, *detail, say.words(words)), icon, colour)

    def _counts(self, stage: Stage) -> str:
        now = self.queue.now
        if now is None:
            return ""
        printed = stage.t(
            "Printed today: pages {pages}, sheets {sheets}", pages=now.totals.pages, sheets=now.totals.sheets
        )
        return f"{stage.t('Waiting for release: {n}', n=now.held.waiting)}. {printed}" if now.held.waiting else printed

    def on_enter(self, stage: Stage) -> None:
        """What is listed stands on the page from the beginning, unless the main PC takes its time to tell."""
        self._look(stage).deliver_within(SOON_S)

    def on_show(self, stage: Stage) -> None:
        """Go on looking."""
        self._look_later(stage)

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """See `Screen`."""
        self._look(stage)

    def _look(self, stage: Stage) -> Operation:
        """Fetch what is there now."""

        def show(found: Queue) -> None:
            before = self.queue.now
            if found != before:
                self.queue.now = found
                if before is None or _bones(before) != _bones(found):
                    stage.rebuild()
                elif stage.drawn:  # the field being typed in is left alone
                    self._refresh(stage)
            self._say_away(stage, found)

        self._searching = False
        self._look_later(stage)
        return stage.run(lambda: self.queue.fetch(self.queue.typed), show, kind="read")

    def _look_later(self, stage: Stage) -> None:
        self._looks += 1
        look = self._looks
        stage.after(LOOK_MS, lambda: self._look(stage) if look == self._looks else None)

    def _say_away(self, stage: Stage, found: Queue) -> None:
        if found.away:
            stage.say("warning", lambda t: t("The main PC does not answer. Only the documents of this PC are listed."))
        else:
            stage.clear_banner()

    def _panel_shows(self) -> object:
        """All that the panel is made of."""
        queue, chosen = self.queue, self.queue.choice()
        place = queue.place(chosen) if isinstance(chosen, HeldJob | SpooledJob) else None
        return chosen, place, queue.every_printer, queue.now.printers if queue.now else ()

    def _refresh(self, stage: Stage, *, afresh: bool = False) -> None:
        """Show what is listed now; `afresh`: it is another list, which begins at its top."""
        if self._list is None or not self._list.winfo_exists():
            return
        rows, table = self.queue.rows(), self._table
        if table is None or not rows:
            self._list.refresh()
        else:
            table.replace(
                self._rows(stage, rows), chosen=self._chosen_key(rows), counts=self._counts(stage), afresh=afresh
            )
        self._refresh_panel()

    def _refresh_panel(self) -> None:
        shows = self._panel_shows()
        if self._panel is not None and shows != self._shown:
            self._shown = shows
            self._panel.refresh()

    def _type(self, stage: Stage, typed: str) -> None:
        """Search at once; who types faster than is found is shown what they have typed by then."""
        self.queue.typed, self.queue.chosen = typed, ""
        if not self._searching:
            self._search(stage)

    def _search(self, stage: Stage, then: Callable[[], object] = lambda: None) -> None:
        typed = self.queue.typed

        def show(found: Queue) -> None:
            self._searching = False
            if typed != self.queue.typed:
                self._search(stage)
                return
            self.queue.now = found
            self._refresh(stage, afresh=True)
            then()

        def failed(error: AkimatDeskError) -> None:
            self._searching = False
            stage.error(error)

        self._searching = True
        stage.run(lambda: self.queue.fetch(typed), show, failed, kind="read")
        self._look_later(stage)

    def _enter(self, stage: Stage) -> None:
        """Enter behind a code opens the document that waits under it."""

        def open_it() -> None:
            first = self.queue.first()
            if first is not None:
                self.queue.chosen = first.held
                self._go(stage, again=False)

        self._search(stage, open_it)

    def _open(self, stage: Stage, key: str) -> None:
        self._choose(stage, key)
        row = self.queue.rows().get(key)
        if isinstance(row, HeldJob) and (row.waits or row.can_again):
            self._go(stage, again=row.can_again)

    def _go(self, stage: Stage, *, again: bool) -> None:
        chosen = self.queue.choice()
        if isinstance(chosen, HeldJob):
            self.queue.typed = ""
            stage.go(self.queue.open(chosen, again))

    def _choose(self, stage: Stage, key: str) -> None:
        if key != self.queue.chosen:
            self.queue.chosen, self.queue.every_printer, self.queue.sheets = key, False, 1
            self._refresh_panel()

    def _every_printer(self) -> None:
        self.queue.every_printer = True
        self._refresh_panel()

    def _stop(self, stage: Stage) -> None:
        t, chosen = stage.t, self.queue.choice()
        if not isinstance(chosen, SpooledJob | HeldJob):
            return
        job = chosen
        question = Question(
            t("Stop printing?"),
            t("Sheets already printed are charged."),
            t.button("Go on printing"),
            t.button("Stop printing"),
        )
        stage.ask(
            question,
            lambda yes: stage.run(lambda: self.queue.stop(job), lambda _: self._look(stage)) if yes else None,
        )

    def _take_back(self, stage: Stage) -> None:
        """The main PC is asked; where it does not answer, staff look there and say."""
        t, job = stage.t, self.queue.choice()
        if not isinstance(job, HeldJob):
            return

        def failed(error: AkimatDeskError) -> None:
            if isinstance(error, MainPcSilent):
                stage.ask(question, lambda yes: again() if yes else None)
            else:
                stage.error(error)
                self._look(stage)

        def again() -> None:
            stage.run(lambda: self.queue.take_back(job, True), lambda _: self._look(stage))

        question = Question(
            t("Look at the main PC first"),
            t(
                "It does not answer. If document {code} is in its list, or its sheets lie in the tray, do not take it"
                " back.",
                code=job.code,
            ),
            t.button("Leave it"),
            t.button("Not there: take it back"),
        )
        stage.run(lambda: self.queue.take_back(job, False), lambda _: self._look(stage), failed)


class Sayings:
    """What stands in many rows alike is put into words once."""

    def __init__(self, stage: Stage) -> None:
        self.words: Callable[[str], str] = cache(stage.t)
        self.money: Callable[[int], str] = cache(lambda tenge: format_money(tenge, stage.language))


def _bones(queue: Queue) -> tuple[object, ...]:
    """What decides which parts the page has at all."""
    return bool(queue.held.total or queue.jobs or queue.papers), queue.totals, queue.away
