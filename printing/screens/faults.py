"""A printer that does not print: a drawing, what is so, what to do step by step. It sees by itself when all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.drawing import Drawing
from akimat_desk.ui.widgets.surface import Box, Text, picture_label
from printing.devices.errors import DeviceError, PrinterFault
from printing.printers import PrinterState
from printing.screens.drawings import DRAWINGS

LOOK_MS: Final = 4_000
"""How often the printer is asked again while the page is open."""

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "paper": (
        N_("Pull out the paper tray."),
        N_("Put in paper, not above the mark."),
        N_("Push the tray in until it clicks."),
    ),
    "jam": (
        N_("Open the cover of the printer."),
        N_("Pull the paper out slowly with both hands."),
        N_("Look for torn pieces, then close the cover."),
    ),
    "power": (
        N_("Look whether a lamp of the printer is lit."),
        N_("Look whether its cable is plugged in, or its Wi-Fi is on."),
        N_("Turn the printer off, wait ten seconds, turn it on."),
    ),
    "toner": (
        N_("Open the cover and take the cartridge out."),
        N_("Put in a new cartridge of the same kind."),
        N_("Close the cover."),
    ),
    "cover": (N_("Press every cover shut until it clicks."),),
    "tray": (N_("Take the printed sheets away."), N_("Push the paper tray in until it clicks.")),
    "staff": (N_("Read what the printer's own panel says."), N_("Turn the printer off, wait ten seconds, turn it on.")),
}


@dataclass
class FaultPresenter:
    """The printer with its trouble. `fetch` blocks: it asks the printer again."""

    state: PrinterState
    fetch: Callable[[], PrinterState]

    @property
    def kind(self) -> str:
        """The drawing of the trouble; "" when there is none."""
        if self.state.trouble is None:
            return ""
        return self.state.trouble.drawing if isinstance(self.state.trouble, DeviceError) else "staff"

    def steps(self, t: Translator) -> tuple[str, ...]:
        """What to do, one after the other. What nobody can mend at the printer itself has its own one sentence."""
        trouble = self.state.trouble
        if trouble is None:
            return ()
        if self.kind in STEPS and (self.kind != "staff" or isinstance(trouble, PrinterFault)):
            return tuple(t(step) for step in STEPS[self.kind])
        return (t.say(trouble.next_step),)


class FaultScreen(Screen):
    """See the module."""

    name = "printing.fault"
    frame = "staff"

    def __init__(self, fault: FaultPresenter) -> None:
        self.fault = fault

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return self.fault.state.printer.name or t("Receipt printer")

    def build(self, body: Box, stage: Stage) -> None:
        """Words and steps at the left, the drawing at the right; in large print the drawing comes last."""
        t, trouble = stage.t, self.fault.state.trouble
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        card = Card(left)
        card.pack(fill="x")
        if trouble is None:
            self._line(card.body, stage, "circle-check", t("Ready"))
            Text(card.body, t("The printer prints again. What waits goes on by itself."), wrap=True, edge=True).pack(
                fill="x"
            )
        else:
            Text(card.body, t.say(trouble.for_staff), "title", "berry", wrap=True, edge=True).pack(fill="x")
            steps = self.fault.steps(t)
            if len(steps) == 1:
                Text(card.body, steps[0], "body", wrap=True, edge=True).pack(fill="x")
            else:
                for number, step in enumerate(steps, start=1):
                    self._step(card.body, stage, number, step)
            Text(
                card.body,
                t("This page sees by itself when the printer is ready."),
                "hint",
                "ink2",
                wrap=True,
                edge=True,
            ).pack(fill="x", pady=(stage.px(10), 0))
        row = ButtonRow(card.body)
        row.pack(fill="x", pady=(stage.px(10), 0))
        Button(row, t.button("Ask again"), lambda: self._ask(stage), icon="refresh-cw", name="again")
        Button(row, t.button("Back"), stage.back, icon="arrow-left", name="back")
        drawing = DRAWINGS.get(self.fault.kind)
        if drawing is not None:
            Drawing(right, drawing, 360).pack(pady=stage.px(12))

    def _line(self, box: Box, stage: Stage, icon: str, words: str) -> None:
        head = Box(box)
        head.pack(fill="x", padx=stage.look.halo)
        picture_label(head, stage.look.icon(icon, 26, "grass")).pack(side="left", padx=(0, stage.px(8)))
        Text(head, words, "title", "grass", wrap=True).pack(side="left", fill="x", expand=True)

    def _step(self, box: Box, stage: Stage, number: int, words: str) -> None:
        row = Box(box)
        row.pack(fill="x", padx=stage.look.halo, pady=(stage.px(10), 0))
        Text(row, str(number), "title", "sky").pack(side="left", anchor="n", padx=(0, stage.px(12)))
        Text(row, words, "body", wrap=True).pack(side="left", fill="x", expand=True)

    def on_show(self, stage: Stage) -> None:
        """Ask again every few seconds until the printer is well."""
        if self.fault.state.trouble is not None:
            stage.after(LOOK_MS, lambda: self._ask(stage))

    def on_escape(self, stage: Stage) -> None:
        """See `Screen`."""
        stage.back()

    def _ask(self, stage: Stage) -> None:
        def seen(state: PrinterState) -> None:
            before = self.fault.state
            self.fault.state = state
            if (before.trouble is None) != (state.trouble is None) or (
                before.trouble is not None and state.trouble is not None and before.trouble.code != state.trouble.code
            ):
                stage.rebuild()
            self.on_show(stage)

        stage.run(self.fault.fetch, seen, lambda _: self.on_show(stage), kind="read")
