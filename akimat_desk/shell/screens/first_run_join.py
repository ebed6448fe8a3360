"""A new PC joins the room of its village: which main PC, the code from its screen, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.shell.first_run_join import ELSEWHERE
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.shell.first_run_join import Join
    from akimat_desk.ui.operations import Progress

LOOK_AGAIN_MS: Final = 500
CODE_REFUSED: Final = "sync-code"


class JoinScreen(Screen):
    """See the module."""

    name = "shell.first_run.join"

    def __init__(self, join: Join) -> None:
        self.join = join
        self.busy = self._looking = False
        self.errors: dict[str, tuple[Sentence, ...]] = {}
        self._bar: ProgressBar | None = None
        self._said: Sentence | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("This PC joins the room") if self.busy else t("Join the room of this village")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "code"

    def footer(self, stage: Stage) -> Footer:
        """While the PC joins there is nothing to press."""
        if self.busy:
            return Footer()
        t = stage.t
        back = Action(t.button("Back"), stage.back, icon="arrow-left")
        return Footer(back, Action(t.button("Join"), lambda: self._go(stage), arrow="arrow-right"))

    def build(self, body: Box, stage: Stage) -> None:
        """The code on the left, which is what must be typed; the main PC on the right."""
        t, px, join = stage.t, stage.px, self.join
        self._bar = None
        if self.busy:
            self._bar = ProgressBar(body, t.say(self._said) if self._said else "")
            self._bar.pack(fill="x", pady=px(12))
            Remark(body, t("Leave both PCs on. It takes less than a minute."), "info", "sky").pack(fill="x", pady=px(8))
            return
        left, right = two_parts(body, beside=stage.layout != "large")
        Field(
            left,
            t("Code from the main PC"),
            join.code,
            lambda value: setattr(join, "code", value),
            hint=t("Twelve letters and digits; small ones are as good, dashes can be left out."),
            error=self._wrong(t, "code"),
            on_enter=lambda _: self._go(stage),
            name="code",
        ).pack(fill="x")
        words = t(
            "On the main PC an administrator opens the page “PCs of the room”, presses “Add a PC” and makes the code."
        )
        Remark(left, words, "info", "sky").pack(fill="x", pady=px(10))
        self._where(right, stage)

    def _where(self, box: Box, stage: Stage) -> None:
        t, join = stage.t, self.join
        Text(box, t("Main PC"), "label", edge=True, wrap=True).pack(fill="x")
        host = None if join.by_hand else join.host()
        for number, found in enumerate(join.found):
            ChoiceRow(
                box,
                t("The main PC at {address}", address=found.address.rpartition(":")[0]),
                lambda device=found.device: self._choose(stage, device),  # type: ignore[misc]
                icon="check" if found is host else "monitor",
                chosen=found is host,
                name=f"host-{number}",
            ).pack(fill="x")
        if not join.found:
            words = (
                t("No main PC was found yet. It appears here by itself once a code was made there.")
                if join.looked
                else t("Looking for the main PC in this network.")
            )
            Remark(box, words, "search", "gold" if join.looked else "sky").pack(fill="x", pady=stage.px(6))
        ChoiceRow(
            box,
            t("Type the address"),
            lambda: self._choose(stage, ""),
            icon="check" if join.by_hand else "pencil",
            chosen=join.by_hand,
            name="by-hand",
        ).pack(fill="x")
        if join.by_hand:
            Field(
                box,
                t("Address of the main PC"),
                join.typed,
                lambda value: setattr(join, "typed", value),
                hint=t("It stands on the main PC's screen, beside the code."),
                error=self._wrong(t, "typed"),
                on_enter=lambda _: self._go(stage),
                name="typed",
            ).pack(fill="x", pady=(stage.px(6), 0))

    def _wrong(self, t: Translator, name: str) -> str:
        return t.say(*self.errors.get(name, ()))

    # ---- what a person does

    def _choose(self, stage: Stage, device: str) -> None:
        self.join.chosen, self.join.by_hand = device, not device
        self.errors.pop("typed", None)
        stage.rebuild()
        if not device:
            stage.focus("typed")

    def _go(self, stage: Stage) -> None:
        """Join, where there is something to join with."""
        join = self.join
        stage.clear_banner()
        self.errors = {}
        if not join.code.strip():
            self.errors["code"] = (Sentence(N_("Type the code from the main PC.")),)
        if not join.addresses():
            join.by_hand = True
            self.errors["typed"] = (Sentence(N_("No main PC was found. Type its address.")),)
        if self.errors:
            stage.rebuild()
            stage.focus(next(iter(self.errors)))
            return
        self.busy, self._said = True, None
        join.stop_looking()
        stage.rebuild()

        def joined(_: Desk) -> None:
            join.done()

        def moved(now: Progress) -> None:
            self._said = now.sentence
            if self._bar is not None:
                self._bar.show(stage.t.say(now.sentence), None)

        stage.run(join.join, joined, lambda error: self._refused(stage, error), progress=moved)

    def _refused(self, stage: Stage, error: AkimatDeskError) -> None:
        """What was typed stays; the sentence stands at the line it speaks of."""
        self.busy = False
        said = (error.for_staff, error.next_step)
        if error.code == CODE_REFUSED:
            self.errors = {"code": said}
        elif error.code in ELSEWHERE and self.join.by_hand:
            self.errors = {"typed": said}
        stage.rebuild()
        if self.errors:
            stage.focus(next(iter(self.errors)))
        else:
            stage.error(error)
        self.on_show(stage)

    # ---- looking

    def on_show(self, stage: Stage) -> None:
        """Look round the network, and go on looking."""
        join = self.join
        if self.busy or self._looking:
            return
        self._looking = True

        def changed(_: Progress) -> None:
            if not self.busy:
                stage.rebuild()

        def over(found: tuple[Any, ...]) -> None:
            self._looking = False
            before = (join.found, join.looked)
            join.found, join.looked = found, True
            if not self.busy:
                if before != (join.found, join.looked):
                    stage.rebuild()
                stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(lambda report: join.look(lambda: report(0, 0, Sentence(""))), over, progress=changed, kind="long")

    def on_leave(self, stage: Stage) -> None:
        """Nobody is looked for any more."""
        self._looking = False
        self.join.stop_looking()
