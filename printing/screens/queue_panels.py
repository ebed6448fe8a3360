"""What stands beside the print queue: the chosen document or paper, why it does not come out, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.place import PlaceFact
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.ending import decidable, due
from printing.held_job import HeldJob
from printing.screens.paper import sheets_of_paper
from printing.screens.printer_choice import able, few
from printing.screens.queue_presenter import STATES
from printing.spool import SpooledJob
from printing.troubles import hindrance

if TYPE_CHECKING:
    from printing.room import StuckPaper
    from printing.screens.queue_presenter import QueuePresenter

_MOVING: Final = ("waiting", "creating", "sending", "printing", "asking")


@dataclass(frozen=True)
class Does:
    """What the buttons do: `run` carries out a blocking action and looks again, `open` shows the release (or, `True`,
    printing once more), `stop` and `take_back` ask first, `every_printer` shows them all.
    """

    run: Callable[[Callable[[], object]], object]
    queue: QueuePresenter
    open: Callable[[bool], object]
    stop: Callable[[], object]
    take_back: Callable[[], object]
    every_printer: Callable[[], object]


def held(body: Box, stage: Stage, chosen: HeldJob, does: Does) -> None:
    """A document with a code."""
    t, on_its_way = stage.t, chosen.job if chosen.state == "released" else None
    _head(body, stage, chosen.code, on_its_way or chosen)
    if on_its_way is not None:
        _why(body, stage, on_its_way.reason, on_its_way)
    elif chosen.waits and chosen.job is not None:
        _why(body, stage, chosen.job.reason, chosen.job)  # why the last try came to nothing
    Line(body).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
    _facts(body, stage, chosen)
    if chosen.seat:
        ValueRow(body, t("From"), t("PC {seat}", seat=chosen.seat)).pack(fill="x")
    if chosen.waits:
        ValueRow(body, t("Waits until"), format_time(local(chosen.due_ms))).pack(fill="x")
    _saved(body, stage, chosen, does)
    Line(body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
    tenge = chosen.quote.total if chosen.job is None or chosen.job.again else due(chosen.job).tenge
    if chosen.waits:
        tenge = chosen.quote.total
    words = t("To pay for the rest") if chosen.options.out else t("To pay")
    ValueRow(body, words, format_money(tenge, stage.language), strong=True).pack(fill="x")
    if chosen.waits:
        Button(
            body, t.button("Look and print"), lambda: does.open(False), "primary", icon="printer", name="open",
            height=52,
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
    elif chosen.can_again:
        Button(
            body, t.button("Print again after a jam"), lambda: does.open(True), icon="refresh-cw", name="again"
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
        until = format_time(local(chosen.due_ms))
        Text(
            body, t("It is kept until {time} for this, then destroyed.", time=until), "hint", "ink2", edge=True,
            wrap=True,
        ).pack(fill="x")  # fmt: skip
    elif chosen.state == "handing":
        _handing(body, stage, chosen, does)
    elif on_its_way is not None:
        _deciding(body, stage, on_its_way, chosen, does)
        if on_its_way.state == "waiting":
            _printers(body, stage, chosen, on_its_way, does)


def _handing(body: Box, stage: Stage, chosen: HeldJob, does: Does) -> None:
    """The main PC has not said that it has it: neither PC prints it by itself."""
    t = stage.t
    Text(
        body,
        t("The main PC has not said that it has this document. It is asked again by itself."),
        "hint",
        edge=True,
        wrap=True,
    ).pack(fill="x", pady=(stage.px(8), 0))
    Button(
        body, t.button("Hand it over now"), lambda: does.run(lambda: does.queue.hand_over(chosen)),
        icon="refresh-cw", name="hand-over",
    ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
    Button(body, t.button("Take it back"), does.take_back, icon="arrow-left", name="take-back").pack(fill="x")


def job(body: Box, stage: Stage, chosen: SpooledJob, does: Does) -> None:
    """A document that was printed at once, or a paper on its way."""
    t = stage.t
    _head(body, stage, chosen.code, chosen)
    _why(body, stage, chosen.reason, chosen)
    Line(body).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
    _facts(body, stage, chosen)
    _saved(body, stage, chosen, does)
    if chosen.paper is None:
        Line(body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        ValueRow(body, t("To pay"), format_money(due(chosen).tenge, stage.language), strong=True).pack(fill="x")
    else:
        Text(body, t("A paper of the room: nothing to pay."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
    _deciding(body, stage, chosen, chosen, does)


def paper(body: Box, stage: Stage, chosen: StuckPaper, does: Does) -> None:
    """A paper of the room itself that did not come out."""
    t, queue = stage.t, does.queue
    _, colour, words = STATES["uncertain" if chosen.asking else "waiting"]
    Text(body, t.say(chosen.title), "section", edge=True, wrap=True).pack(fill="x")
    Text(body, t(words), "strong", colour, edge=True, wrap=True).pack(fill="x")
    _why(body, stage, chosen.why)
    if chosen.asking:
        _question(
            body,
            stage,
            t.button("It printed"),
            lambda printed: does.run(
                lambda: (queue.paper_printed if printed else queue.paper_again)(chosen.number)
            ),
        )  # fmt: skip
    else:
        Button(
            body, t.button("Print now"), lambda: does.run(lambda: queue.paper_again(chosen.number)), "primary",
            icon="printer", name="again", height=52,
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
    Button(
        body, t.button("Do not print"), lambda: does.run(lambda: queue.paper_dropped(chosen.number)),
        icon="circle-x", name="drop",
    ).pack(fill="x")  # fmt: skip


def _head(body: Box, stage: Stage, code: str, row: SpooledJob | HeldJob) -> None:
    _, colour, words = STATES[row.state]
    Text(body, code, "number", edge=True).pack(fill="x")
    Text(body, stage.t(words), "strong", colour, edge=True, wrap=True).pack(fill="x")


def _facts(body: Box, stage: Stage, row: SpooledJob | HeldJob) -> None:
    t = stage.t
    both = t("both sides") if row.options.sides != "one" else t("one side")
    ValueRow(body, t("Pages"), str(row.quote.pages)).pack(fill="x")
    ValueRow(body, t("Sheets of paper"), sheets_of_paper(row.quote.sheets, row.options.size)).pack(fill="x")
    if row.options.out:
        ValueRow(body, t("Sheets out already"), str(row.options.out)).pack(fill="x")
    ValueRow(body, t("Sides"), both).pack(fill="x")


def _saved(body: Box, stage: Stage, row: SpooledJob | HeldJob, does: Does) -> None:
    place = does.queue.place(row)
    if place is not None:
        PlaceFact(body, stage.t, place).pack(fill="x")


def _deciding(body: Box, stage: Stage, on_its_way: SpooledJob, row: SpooledJob | HeldJob, does: Does) -> None:
    """The question of an uncertain one, with what is known; or the way to stop it."""
    t, queue = stage.t, does.queue
    if decidable(on_its_way):
        if on_its_way.printed is not None:
            Text(
                body, t("The printer counted this many pages: {n}", n=on_its_way.printed), "hint", edge=True, wrap=True
            ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip
        yes = t.button("It printed: charge") if on_its_way.paper is None else t.button("It printed")
        _question(body, stage, yes, lambda printed: does.run(lambda: queue.settle(row, printed)))
        if on_its_way.paper is None and on_its_way.quote.sheets > 1:
            _some(body, stage, on_its_way, row, does)
    elif on_its_way.state in _MOVING and not on_its_way.stop_wanted:
        Button(body, t.button("Stop printing"), does.stop, icon="circle-x", name="stop").pack(
            fill="x", pady=(stage.px(10), 0)
        )
    elif on_its_way.state in _MOVING:
        Text(body, t("Printing is being stopped."), "strong", edge=True, wrap=True).pack(fill="x")


def _some(body: Box, stage: Stage, on_its_way: SpooledJob, row: SpooledJob | HeldJob, does: Does) -> None:
    """Only some sheets are there."""
    t, queue, most = stage.t, does.queue, on_its_way.quote.sheets - 1
    queue.sheets = min(queue.sheets, most)

    def count(number: int) -> None:
        queue.sheets = number

    Stepper(body, t("Or count the good sheets"), queue.sheets, count, most=most, name="sheets").pack(
        fill="x", pady=(stage.px(10), 0)
    )
    Button(
        body, t.button("Charge only these"), lambda: does.run(lambda: queue.settle_some(row, queue.sheets)),
        icon="check", name="some",
    ).pack(fill="x")  # fmt: skip
    if isinstance(row, HeldJob):
        Text(body, t("The rest waits again under the same code."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")


def _printers(body: Box, stage: Stage, row: HeldJob, on_its_way: SpooledJob, does: Does) -> None:
    """Another printer, while none has begun."""
    now = does.queue.now
    others = able([each for each in (now.printers if now else ()) if each.id != on_its_way.printer], on_its_way.options)
    shown = few(others, 0, every=does.queue.every_printer)
    for number, printer in enumerate(shown):
        if not number:
            Text(body, stage.t("Move it to another printer"), "strong", edge=True, wrap=True).pack(
                fill="x", pady=(stage.px(10), 0)
            )
        Button(
            body,
            printer.name,
            lambda id=printer.id: does.run(lambda: does.queue.move(row, id)),  # type: ignore[misc]
            icon="printer",
            name=f"move-{number}",
        ).pack(fill="x")
    if len(others) > len(shown):
        Button(
            body, stage.t.button("{n} more", n=len(others) - len(shown)), does.every_printer, icon="chevron-down",
            name="more-printers",
        ).pack(fill="x")  # fmt: skip


def _why(body: Box, stage: Stage, reason: str, job: SpooledJob | None = None) -> None:
    """What stands in the way, and what to do."""
    found = hindrance(reason, job.told if job else None)
    if found is not None:
        # Of a paper only the code is kept, so a sentence that names an address would have a hole.
        for words in (found.staff, found.todo) if job else (found.todo,):
            Text(body, stage.t.say(words), "hint", wrap=True, edge=True).pack(fill="x")


def _question(body: Box, stage: Stage, yes: str, answer: Callable[[bool], object]) -> None:
    t = stage.t
    Text(body, t("Look in the tray. Are the sheets there?"), "strong", wrap=True, edge=True).pack(
        fill="x", pady=(stage.px(10), 0)
    )
    Button(body, yes, lambda: answer(True), "primary", icon="check", name="printed", height=52).pack(fill="x")
    Button(body, t.button("It did not print"), lambda: answer(False), icon="circle-x", name="not-printed").pack(
        fill="x"
    )
