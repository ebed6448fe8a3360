"""Entries are carried by a USB stick, both ways with one press, where there is no line between two PCs of the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from akimat_desk.base.sticks import Stick
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.long_work import LongWork, Outcome
from akimat_desk.office.screens.side import panel
from akimat_desk.office.screens.stick_choice import StickChoice
from akimat_desk.office.screens.work_card import WorkCard
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.surface import Box, Text

CARRYING: Final = N_("Entries are carried between this PC and the stick.")


@dataclass
class RoomStick:
    """Where to, and what came of it the last time. `sticks` and `carry` block."""

    sticks: Callable[[], Sequence[Stick]]
    carry: Callable[[Path], None]
    work: LongWork
    choice: StickChoice = field(init=False)
    lines: tuple[Sentence, ...] = ()
    """What came of it, PC by PC."""

    def __post_init__(self) -> None:
        self.choice = StickChoice(lambda: self.sticks())


class RoomStickScreen(Screen):
    """See the module."""

    name = "office.room_stick"
    frame = "staff"

    def __init__(self, carrying: RoomStick) -> None:
        self.carrying = carrying
        self._work = WorkCard(carrying.work, self._ended)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Carry entries by stick")

    def first_focus(self) -> str:
        """One press does it."""
        return "carry"

    def build(self, body: Box, stage: Stage) -> None:
        """What is being done on top; what it is for, where to, and what came of it."""
        t, px = stage.t, stage.px
        body.columnconfigure(0, weight=1)
        self._work.draw(body, stage)
        place = Box(body)
        place.grid(row=1, column=0, sticky="nsew")
        place.columnconfigure(0, weight=1, minsize=0 if stage.layout == "large" else px(720))
        place.columnconfigure(1, weight=0 if stage.layout == "large" else 1)
        column = Box(place)
        column.grid(row=0, column=0, sticky="nsew")
        card = panel(column)
        words = t(
            "For a PC that the line does not reach. What it lacks is written on the stick; what it has written is taken"
            " in."
        )
        Text(card, words, "body", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
        self.carrying.choice.draw(card, stage, t("Which stick"), lambda: self._carry(stage))
        self._result(column, stage)
        row = ButtonRow(column)
        row.pack(fill="x")
        Button(row, t.button("Back"), stage.back, icon="arrow-left", name="cancel", height=52)
        Button(
            row,
            t.button("Carry in and out"),
            lambda: self._carry(stage),
            "primary",
            icon="usb",
            name="carry",
            height=52,
        )

    def _result(self, box: Box, stage: Stage) -> None:
        if not self.carrying.lines:
            return
        card = panel(box)
        Text(card, stage.t("What came of it"), "section", edge=True, wrap=True).pack(fill="x")
        for line in self.carrying.lines:
            Text(card, stage.t.say(line), "body", edge=True, wrap=True).pack(fill="x", pady=(stage.px(4), 0))

    # ---- what a person does

    def _carry(self, stage: Stage) -> None:
        carrying = self.carrying

        def begin(target: Path) -> None:
            carrying.choice.missing, carrying.lines = False, ()
            self._work.start(stage, lambda: carrying.carry(target))

        if not self._work.busy:
            carrying.choice.with_target(stage, begin)

    def _ended(self, stage: Stage, outcome: Outcome) -> None:
        first, *rest = outcome.sentences
        if outcome.kind == "error":
            stage.say(outcome.kind, lambda t: t.say(*outcome.sentences))
        else:
            self.carrying.lines = tuple(rest)
            stage.say(outcome.kind, lambda t: t.say(first))
        stage.rebuild()
        stage.focus("banner")

    # ---- looking

    def on_show(self, stage: Stage) -> None:
        """Look for sticks; go on watching what was begun before."""
        self.carrying.choice.look(stage)
        self._work.watch(stage)

    def on_escape(self, stage: Stage) -> None:
        """Back to the room."""
        stage.back()
