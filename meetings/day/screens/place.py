"""Two small choices of the day's page: for whom and to which room this PC calls, and to whom somebody is sent on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Text

MOST_ROOMS = 999


@dataclass
class Place:
    """What is chosen. `save` takes it over, and is quick."""

    officials: Sequence[tuple[str, str]]
    series: str
    room: int
    save: Callable[[str, int], object]
    print_order: Callable[[], object]
    """Lays the order of calling into the out-tray (blocks)."""


class PlaceScreen(Screen):
    """Whose queue this PC calls, and to which room."""

    name = "meetings.day_place"
    frame = "staff"

    def __init__(self, place: Place) -> None:
        self.place = place

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Who receives, and where")

    def build(self, body: Box, stage: Stage) -> None:
        """The officials of the day, and the room."""
        t, px, place = stage.t, stage.px, self.place
        card = panel(_column(body, stage))
        if len(place.officials) > 1:
            OptionRow(
                card, t("Whose queue this PC calls"), [Option(id, name) for id, name in place.officials], place.series,
                lambda series: self._choose(stage, series), columns=1, name="series",
            ).pack(fill="x", pady=(0, px(10)))  # fmt: skip
        Text(
            card, t("The board shows the room beside the number. 0: no room."), "hint", "ink2", edge=True, wrap=True
        ).pack(fill="x")
        Stepper(
            card, t("Room"), place.room, lambda room: setattr(place, "room", room), least=0, most=MOST_ROOMS,
            name="room",
        ).pack(fill="x", pady=(px(4), 0))  # fmt: skip
        row = ButtonRow(card)
        row.pack(fill="x", pady=(px(10), 0))
        Button(row, t.button("Back"), stage.back, icon="arrow-left", name="cancel", height=52)
        Button(row, t.button("Save"), lambda: self._save(stage), "primary", icon="save", name="save", height=52)
        Text(
            card, t("In which order people are called hangs on the door, in both languages."), "hint", "ink2",
            edge=True, wrap=True,
        ).pack(fill="x", pady=(px(12), 0))  # fmt: skip
        Button(
            card, t.button("Print for the door"), lambda: self._print(stage), icon="printer", name="print-order"
        ).pack(anchor="w")  # fmt: skip

    def _print(self, stage: Stage) -> None:
        done = N_("The sheet lies in the out-tray and is printed when a printer is free.")
        stage.run(self.place.print_order, lambda _: stage.say("done", lambda t: t(done)))

    def _choose(self, stage: Stage, series: str) -> None:
        self.place.series = series
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        self.place.save(self.place.series, self.place.room)
        stage.back()

    def on_escape(self, stage: Stage) -> None:
        """As it was."""
        stage.back()


@dataclass
class SendOn:
    """Who is sent on, to one of `officials`; `send` blocks."""

    number: str
    officials: Sequence[tuple[str, str]]
    send: Callable[[str], object]


class SendOnScreen(Screen):
    """To whom somebody is sent on."""

    name = "meetings.day_send_on"
    frame = "staff"

    def __init__(self, sending: SendOn) -> None:
        self.sending = sending

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("To whom is ticket {number} sent on?", number=self.sending.number)

    def build(self, body: Box, stage: Stage) -> None:
        """A button an official."""
        t, px, sending = stage.t, stage.px, self.sending
        card = panel(_column(body, stage))
        Text(
            card, t("They keep the time they came, and need no other ticket."), "body", edge=True, wrap=True
        ).pack(fill="x", pady=(0, px(8)))  # fmt: skip
        for number, (series, name) in enumerate(sending.officials):
            Button(
                card, name, lambda series=series: self._send(stage, series), icon="arrow-right", name=f"to-{number}",  # type: ignore[misc]
                height=52,
            ).pack(fill="x")  # fmt: skip
        Button(card, t.button("Back"), stage.back, "quiet", icon="arrow-left", name="cancel").pack(
            anchor="w", pady=(px(8), 0)
        )

    def _send(self, stage: Stage, series: str) -> None:
        stage.run(lambda: self.sending.send(series), lambda _: stage.back())

    def on_escape(self, stage: Stage) -> None:
        """Nobody is sent on."""
        stage.back()


def _column(body: Box, stage: Stage) -> Box:
    column = Box(body, width=stage.px(720))
    if stage.layout == "large":
        column.pack(fill="x")
    else:
        column.pack(side="left", fill="y")
        column.pack_propagate(False)
    return column
