"""How a PC begins, and the first three steps of its first set-up: the village, this PC, the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final, cast

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.widgets.tile import TileGrid, TileText

if TYPE_CHECKING:
    from akimat_desk.people.zone import PcRole
    from akimat_desk.service import Desk
    from akimat_desk.shell.first_run import FirstRun

WHERE: Final = {"pin": "pin", "name": "person"}
"""Which field an error's code speaks of, by how the code begins."""


class SetUpStep(Screen):
    """One of the set-up's own steps."""

    number: ClassVar[int]

    def __init__(self, run: FirstRun) -> None:
        self.run = run
        self.errors: Mapping[str, tuple[Sentence, ...]] = {}

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return Steps(self.number, tuple(t(name) for name in self.run.steps))

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        back = Action(t.button("Back"), stage.back, icon="arrow-left")
        return Footer(back, Action(t.button("Continue"), lambda: self.carry_on(stage), arrow="arrow-right"))

    def carry_on(self, stage: Stage) -> None:
        """Check what was typed and go on."""
        raise NotImplementedError

    def field(
        self, box: Box, stage: Stage, label: str, attribute: str, *, hint: str = "", secret: bool = False, most: int = 0
    ) -> Field:
        """A field that writes through to `run`, with what is wrong about it under it."""
        return Field(
            box,
            label,
            getattr(self.run, attribute),
            lambda value: setattr(self.run, attribute, value),
            hint=hint,
            error=self.said(stage, attribute),
            secret=secret,
            digits=secret,
            most=most,
            on_enter=lambda _: self.carry_on(stage),
            width=420,
            name=attribute,
        )

    def said(self, stage: Stage, name: str) -> str:
        """What is to be said under the field `name`, in the language of the screen."""
        return stage.t.say(*self.errors.get(name, ()))

    def refuse(self, stage: Stage, errors: Mapping[str, tuple[Sentence, ...]]) -> None:
        """Show what is wrong, and go to the first field with something wrong."""
        self.errors = errors
        stage.rebuild()
        stage.focus(next(iter(errors)))

    def missing(self, stage: Stage, names: tuple[str, ...], msgid: str) -> bool:
        """Mark the empty ones of `names`; whether there were any."""
        errors = {name: (Sentence(msgid),) for name in names if not getattr(self.run, name).strip()}
        if errors:
            self.refuse(stage, errors)
        else:
            self.errors = {}
        return bool(errors)


class BeginScreen(Screen):
    """A PC without data: a new village, the room of one, or what a backup holds."""

    name = "shell.first_run.begin"

    def __init__(self, run: FirstRun) -> None:
        self.run = run

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What does this PC begin with?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "new"

    def footer(self, stage: Stage) -> Footer:
        """Nothing was made yet: the program can simply be closed."""
        return Footer(Action(stage.t.button("Close"), self.run.app.window.close, icon="log-out"))

    def on_escape(self, stage: Stage) -> None:
        """Escape closes nothing."""

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        tiles = [
            TileText(
                title=t("Set up a new village"),
                hint=t("Its name, the printer, the first administrator: about ten minutes."),
                icon="house",
                hue="sky",
                run=lambda: stage.go(VillageScreen(self.run)),
                name="new",
            ),
            TileText(
                title=t("Join the room of this village"),
                hint=t("The room has PCs already: with a code from its main PC, in a minute."),
                icon="users",
                hue="gold",
                run=lambda: stage.go(self.run.join()),
                name="join",
            ),
            TileText(
                title=t("Restore a backup"),
                hint=t("From a stick or a folder, with the key from the printed sheet."),
                icon="database-backup",
                hue="grass",
                run=lambda: stage.go(self.run.restore()),
                name="restore",
            ),
        ]
        TileGrid(body, tiles, columns=1 if stage.layout == "large" else 2).pack(fill="x")


class VillageScreen(SetUpStep):
    """The village's names, in the two languages of its papers."""

    name = "shell.first_run.village"
    number = 1

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which village is this room in?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "name_kk"

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        for column, language in enumerate(("kk", "ru")):
            body.columnconfigure(column, weight=1, uniform="names")
            side = Box(body)
            side.grid(row=0, column=column, sticky="nsew")
            kazakh = language == "kk"
            name = t("Name of the rural district in Kazakh") if kazakh else t("Name of the rural district in Russian")
            district = t("District in Kazakh") if kazakh else t("District in Russian")
            hint = t("For example: {example}", example="Ақжар ауылдық округі" if kazakh else "Акжарский сельский округ")
            self.field(side, stage, name, f"name_{language}", hint=hint).pack(fill="x")
            self.field(side, stage, district, f"district_{language}").pack(fill="x", pady=stage.px(10))

    def carry_on(self, stage: Stage) -> None:
        """See `SetUpStep`."""
        if self.missing(stage, ("name_kk", "name_ru"), N_("Write the name in full.")):
            return
        try:
            self.run.content()
        except AkimatDeskError as error:
            self.refuse(stage, {"name_kk": (error.for_staff, error.next_step)})
            return
        stage.go(self.run.screen_after(self.number))


class ThisPcScreen(SetUpStep):
    """What this PC is for, and its seat."""

    name = "shell.first_run.this_pc"
    number = 2

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What is this PC for?")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        options = [
            Option("desk", t("For staff"), "user"),
            Option("kiosk", t("For residents"), "users"),
        ]
        OptionRow(
            body, t("Use of this PC"), options, self.run.role, lambda key: self._choose(stage, key), name="role"
        ).pack(fill="x", pady=stage.px(12))
        Stepper(body, t("Number of the place"), self.run.seat, self._seat, least=1, most=20, name="seat").pack(fill="x")

    def carry_on(self, stage: Stage) -> None:
        """See `SetUpStep`."""
        stage.go(self.run.screen_after(self.number))

    def _choose(self, stage: Stage, key: str) -> None:
        self.run.role = cast("PcRole", key)
        stage.rebuild()

    def _seat(self, seat: int) -> None:
        self.run.seat = seat


class AdministratorScreen(SetUpStep):
    """The first member of staff; with them the desk is made."""

    name = "shell.first_run.administrator"
    number = 3

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run)
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Who looks after this room?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "person"

    def footer(self, stage: Stage) -> Footer:
        """While the desk is made there is nothing to press."""
        return Footer() if self.busy else super().footer(stage)

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        if self.busy:
            ProgressBar(body, t("This PC is being set up.")).pack(fill="x", pady=stage.px(12))
            return
        wide = stage.layout != "large"
        body.columnconfigure(0, weight=3)
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0 if wide else 1, column=1 if wide else 0, sticky="new")
        if wide:
            body.columnconfigure(1, weight=2)
        self.field(left, stage, t("Surname and name"), "person").pack(fill="x")
        six = t("Six digits")
        self.field(left, stage, t("New PIN"), "pin", hint=six, secret=True, most=6).pack(fill="x", pady=stage.px(8))
        self.field(left, stage, t("The same PIN again"), "pin_again", secret=True, most=6).pack(fill="x")
        Remark(right, t("The administrator adds other staff, sets prices and keeps the backups."), "info", "sky").pack(
            fill="x"
        )

    def carry_on(self, stage: Stage) -> None:
        """Make the desk."""
        run = self.run
        if self.busy or self.missing(stage, ("person", "pin"), N_("Fill in this line.")):
            return
        if run.pin != run.pin_again:
            run.pin_again = ""
            self.refuse(stage, {"pin_again": (Sentence(N_("The two PINs differ. Type the same one twice.")),)})
            return
        self.busy, self.errors = True, {}
        stage.rebuild()

        def made(_: Desk) -> None:
            stage.replace(run.screen_after(self.number))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            wrong = next((name for start, name in WHERE.items() if error.code.startswith(start)), "")
            if wrong:
                self.refuse(stage, {wrong: (error.for_staff, error.next_step)})
            else:
                stage.rebuild()
                stage.error(error)

        stage.run(run.make, made, failed)
