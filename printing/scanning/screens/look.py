"""Step 2: what lies on the glass. The frame says what is copied; a card's sides are looked at one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Stage, Steps
from akimat_desk.ui.screen import Screen as AnyScreen
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.picture_frame import Frame, PictureFrame
from akimat_desk.ui.widgets.surface import Box, Text
from printing.scanning.device import Area
from printing.scanning.flow import Look, ScanFlow
from printing.scanning.screens.steps import steps
from printing.scanning.screens.waiting import ScanningScreen

ROOM: Final = (420, 400)
"""Design pixels for the picture of the glass."""
LOW: Final = 290
"""Its height where the text is large."""


class LookScreen(ScanningScreen):
    """See the module. `pages` gives the screen with what was taken."""

    name = "printing.scan_look"
    aside_width = 320

    def __init__(self, flow: ScanFlow, pages: Callable[[], AnyScreen]) -> None:
        super().__init__(flow)
        self._pages = pages
        self.turn_over = False
        """The front of a card is taken: the card is to be turned over."""

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        if self.turn_over:
            return t("Now the other side of the card")
        if self.flow.what != "card":
            return t("Is all that you need in the frame?")
        return t("Is the card in the frame?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 2)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        if self.working:
            return self.working_footer(stage)
        if self.turn_over:
            return Footer(
                back=Action(
                    t.button("One side is enough"),
                    lambda: self._enough(stage),
                    short=t.button("One side"),
                    name="enough",
                ),
                primary=Action(t.button("Continue"), lambda: self._look_again(stage), arrow="arrow-right"),
            )
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Scan"), lambda: self._take(stage), icon="scan-line"),
        )

    def first_focus(self) -> str:
        """The plain case is one press of Enter away."""
        return "continue"

    def _draw(self, stage: Stage, room: tuple[int, int]) -> None:
        """Have what lies on the glass drawn, and shown."""
        look = self.flow.look
        if look is not None and room not in look.pictures:
            stage.run(lambda: self.flow.look_picture(room), lambda _: stage.rebuild(), kind="read")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, look = stage.t, self.flow.look
        if self.show_work(body, stage):
            return
        if self.turn_over or look is None:
            EmptyState(
                body, t("Turn the card over"), t("Lay it near the corner of the glass again and close the lid.")
            ).pack(fill="both", expand=True)
            return
        room = stage.px(ROOM[0]), stage.px(ROOM[1] if stage.layout == "wide" else LOW)
        if room in look.pictures:
            PictureFrame(
                body,
                look.pictures[room],
                _in_parts(look),
                lambda frame: self._frame(look, frame),
                fixed=self.flow.what == "card",
            ).pack(side="left", anchor="nw")
        else:
            stage.after(0, lambda: self._draw(stage, room))  # once this page stands: the next takes its place
            Box(body, width=room[0], height=room[1]).pack(side="left", anchor="nw")
        tools = Box(body)
        tools.pack(side="left", fill="both", expand=True, padx=(stage.px(8), 0))
        for words, act, icon, name in (
            (t.button("Turn"), lambda: self._turn(stage), "refresh-cw", "turn"),
            (t.button("Whole sheet"), lambda: self._whole(stage, look), "scan", "whole"),
            (t.button("Look again"), lambda: self._look_again(stage), "search", "again"),
        ):
            if name != "whole" or self.flow.what != "card":
                Button(tools, words, act, icon=icon, name=name).pack(fill="x")
        if look.turns:
            turned = {
                1: t("The copy is turned to the right."),
                2: t("The copy is turned upside down."),
                3: t("The copy is turned to the left."),
            }
            Text(tools, turned[look.turns], "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=stage.px(8))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """How the frame is moved."""
        t = stage.t
        card = Card(box)
        card.pack(fill="both", expand=True)
        if not self.turn_over and not self.working:
            Text(card.body, t("The frame"), "section", edge=True, wrap=True).pack(fill="x")
            if self.flow.what == "card":
                words = t("Only what is inside the frame is copied. Take the frame and move it, or use the arrow keys.")
            else:
                words = t(
                    "Only what is inside the frame is copied. Draw it with your finger or the mouse, or move it with"
                    " the arrow keys; with Shift they make it larger or smaller."
                )
            Text(card.body, words, "hint", edge=True, wrap=True).pack(fill="x", pady=stage.px(6))
            if self.flow.what == "card":
                Remark(card.body, t("The card is copied at its true size."), "id-card", "sky").pack(fill="x")
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("When you finish, the scan is erased from this computer.")).pack(fill="x")

    def _frame(self, look: Look, frame: Frame) -> None:
        whole = look.whole
        self.flow.set_frame(
            Area(
                whole.left + frame[0] * whole.width,
                whole.top + frame[1] * whole.height,
                frame[2] * whole.width,
                frame[3] * whole.height,
            )
        )

    def _turn(self, stage: Stage) -> None:
        self.flow.turn_look()
        stage.rebuild()

    def _whole(self, stage: Stage, look: Look) -> None:
        self.flow.set_frame(look.whole)
        stage.rebuild()

    def _look_again(self, stage: Stage) -> None:
        def looked() -> None:
            self.turn_over = False
            stage.rebuild()
            stage.focus("continue")

        self.work(stage, stage.t("The scanner looks at the paper."), self.flow.look_at, looked)

    def _take(self, stage: Stage) -> None:
        flow = self.flow

        def taken() -> None:
            if flow.front is not None:
                self.turn_over = True
                stage.rebuild()
                stage.focus("continue")
            else:
                stage.replace(self._pages())

        self.work(stage, stage.t("The scanner scans the paper sharply. This takes up to a minute."), flow.take, taken)

    def _enough(self, stage: Stage) -> None:
        self.flow.one_side_is_enough()
        stage.replace(self._pages())


def _in_parts(look: Look) -> Frame:
    frame, whole = look.frame, look.whole
    return (
        (frame.left - whole.left) / whole.width,
        (frame.top - whole.top) / whole.height,
        frame.width / whole.width,
        frame.height / whole.height,
    )
