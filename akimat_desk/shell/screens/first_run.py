"""The steps of a PC's first set-up: the village, this PC, the administrator; and, last, the recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.people.zone import PcRole
    from akimat_desk.service import Desk
    from akimat_desk.shell.first_run import FirstRun


class _Step(Screen):
    """One of the set-up's own steps."""

    number: ClassVar[int]

    def __init__(self, run: FirstRun) -> None:
        self.run = run
        self.errors: dict[str, str] = {}

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return Steps(self.number, tuple(t(name) for name in self.run.steps))

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        back = Action(t.button("Back"), stage.back, icon="arrow-left") if self.number > 1 else None
        return Footer(back, Action(t.button("Continue"), lambda: self.carry_on(stage), arrow="arrow-right"))

    def carry_on(self, stage: Stage) -> None:
        """Check what was typed and go on."""
        raise NotImplementedError

    def _field(
        self, box: Box, stage: Stage, label: str, attribute: str, *, hint: str = "", secret: bool = False, most: int = 0
    ) -> Field:
        return Field(
            box,
            label,
            getattr(self.run, attribute),
            lambda value: setattr(self.run, attribute, value),
            hint=hint,
            error=self.errors.get(attribute, ""),
            secret=secret,
            digits=secret,
            most=most,
            on_enter=lambda _: self.carry_on(stage),
            width=420,
            name=attribute,
        )

    def _missing(self, stage: Stage, names: tuple[str, ...], words: str) -> bool:
        """Mark the empty ones of `names`; whether there were any."""
        self.errors = {name: words for name in names if not getattr(self.run, name).strip()}
        if self.errors:
            stage.rebuild()
            stage.focus(next(iter(self.errors)))
        return bool(self.errors)


class VillageScreen(_Step):
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
            self._field(side, stage, name, f"name_{language}", hint=hint).pack(fill="x")
            self._field(side, stage, district, f"district_{language}").pack(fill="x", pady=stage.px(10))

    def carry_on(self, stage: Stage) -> None:
        """See `_Step`."""
        if not self._missing(stage, ("name_kk", "name_ru"), stage.t("Write the name in full.")):
            stage.go(self.run.screen_after(self.number))


class ThisPcScreen(_Step):
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
            body, t("Who works at it"), options, self.run.role, lambda key: self._choose(stage, key), name="role"
        ).pack(fill="x", pady=stage.px(12))
        Stepper(body, t("Number of the place"), self.run.seat, self._seat, least=1, most=20, name="seat").pack(fill="x")

    def carry_on(self, stage: Stage) -> None:
        """See `_Step`."""
        stage.go(self.run.screen_after(self.number))

    def _choose(self, stage: Stage, key: str) -> None:
        self.run.role = cast("PcRole", key)
        stage.rebuild()

    def _seat(self, seat: int) -> None:
        self.run.seat = seat


class AdministratorScreen(_Step):
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

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        body.columnconfigure(0, weight=3)
        body.columnconfigure(1, weight=2)
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0, column=1, sticky="new")
        self._field(left, stage, t("Surname and name"), "person").pack(fill="x")
        six = t("Six digits")
        self._field(left, stage, t("New PIN"), "pin", hint=six, secret=True, most=6).pack(fill="x", pady=stage.px(8))
        self._field(left, stage, t("The same PIN again"), "pin_again", secret=True, most=6).pack(fill="x")
        Remark(right, t("The administrator adds other staff, sets prices and keeps the backups."), "info", "sky").pack(
            fill="x"
        )

    def carry_on(self, stage: Stage) -> None:
        """Make the desk."""
        t, run = stage.t, self.run
        if self.busy or self._missing(stage, ("person", "pin"), t("Fill in this line.")):
            return
        if run.pin != run.pin_again:
            self.errors = {"pin_again": t("The two PINs differ. Type the same one twice.")}
            run.pin_again = ""
            stage.rebuild()
            stage.focus("pin_again")
            return
        self.busy = True

        def made(_: Desk) -> None:
            stage.replace(run.screen_after(self.number))

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            said = f"{t.say(error.for_staff)} {t.say(error.next_step)}"
            self.errors = {"pin" if error.code.startswith("pin") else "person": said}
            stage.rebuild()
            stage.error(error)

        stage.run(run.make, made, failed)


class RecoveryKeyScreen(_Step):
    """The key that opens the backups: printed, or written down; proved by typing its last group."""

    name = "shell.first_run.recovery_key"

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run)
        self.shown = False
        self.typed = ""

    @property
    def number(self) -> int:  # type: ignore[override]
        """The last step."""
        return len(self.run.steps)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Print the recovery key")

    def footer(self, stage: Stage) -> Footer:
        """There is no way back: the desk is made."""
        return Footer(primary=Action(stage.t.button("Ready"), lambda: self.carry_on(stage), icon="check"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        from akimat_desk.ui.widgets.button import Button

        t = stage.t
        Text(
            body,
            t("If this PC breaks or is stolen, only this key opens the backups. Keep the sheet in the akimat's safe."),
            "body", wrap=True, edge=True,
        ).pack(fill="x", pady=(stage.px(6), stage.px(12)))  # fmt: skip
        row = Box(body)
        row.pack(fill="x")
        Button(
            row, t.button("Print the sheet"), lambda: self._print(stage), icon="printer", name="print-key", height=60
        ).pack(side="left")
        Button(
            row, t.button("Show it to write down"), lambda: self._show(stage), icon="eye", name="show-key", height=60
        ).pack(side="left")
        if self.shown:
            card = Card(body, "chosen")
            card.pack(fill="x", pady=stage.px(8))
            Text(card.body, self.run.key, "section", edge=True, wrap=True).pack(fill="x")
        Field(
            body,
            t("Last group of the sheet"),
            self.typed,
            self._type,
            hint=t("Type the last five signs from the paper: this shows that the sheet is readable."),
            error=self.errors.get("typed", ""),
            on_enter=lambda _: self.carry_on(stage),
            width=260,
            name="typed",
        ).pack(anchor="w", pady=stage.px(8))

    def carry_on(self, stage: Stage) -> None:
        """Keep the key's public half once the paper is proved."""
        if not self.run.is_last_group(self.typed):
            self.errors = {"typed": stage.t("These are not the last five signs. Compare them with the sheet.")}
            stage.rebuild()
            stage.focus("typed")
            return
        stage.run(self.run.keep_key, lambda _: self.run.done())

    def _type(self, value: str) -> None:
        self.typed = value

    def _show(self, stage: Stage) -> None:
        self.shown = not self.shown
        stage.rebuild()

    def _print(self, stage: Stage) -> None:
        said = stage.t("The sheet is on its way to the printer.")
        stage.run(self.run.print_sheet, lambda _: stage.toast(said, "printer"))
