"""A backup is brought back: which copy, the key from the sheet, how far it is, and that the data are there again."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.place_field import place_field
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from akimat_desk.office.restoring import Found
    from akimat_desk.shell.restoring import Restore
    from akimat_desk.ui.operations import Operation, Progress

LOOK_AGAIN_MS: Final = 2_000
"""How often is looked whether a stick was put in."""
GROUP: Final = 5
IN_A_ROW: Final = 4
"""Groups side by side, as on the sheet."""


class RestoreStep(Screen):
    """One of the steps."""

    number: int

    def __init__(self, restore: Restore) -> None:
        self.restore = restore

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return Steps(self.number, (t("The copy"), t("Recovery key"), t("The data")))


class ChooseCopyScreen(RestoreStep):
    """The copies on sticks and on this PC, and a place somebody writes."""

    name = "shell.restore.copy"
    number = 1

    def __init__(self, restore: Restore) -> None:
        super().__init__(restore)
        self.missing = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which copy do we bring back?")

    def footer(self, stage: Stage) -> Footer:
        """A copy that is pressed leads on."""
        return Footer(Action(stage.t.button("Back"), self.restore.leave or stage.back, icon="arrow-left"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, px, restore = stage.t, stage.px, self.restore
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        for number, (place, copies) in enumerate(groupby(restore.found or (), key=lambda one: (one.kind, one.place))):
            label = t("On this PC") if place[0] == "here" else place[1]
            Text(left, label, "label", edge=True, wrap=True).pack(fill="x", pady=(px(10) if number else 0, 0))
            for one in copies:
                self._copy(left, stage, one)
        if restore.found == ():
            words = t("No copy is here yet. Put in the USB stick with the copy: it appears here by itself.")
            Remark(left, words, "usb", "sky").pack(fill="x", pady=px(8))
        card = Card(right)
        card.pack(fill="x")
        place_field(
            card.body,
            stage,
            restore.typed,
            lambda value: setattr(restore, "typed", value),
            lambda: self._name(stage),
            hint=t("Where the copy lies on another disk or on the network"),
            missing=self.missing,
            height=60,
        )

    def _copy(self, box: Box, stage: Stage, one: Found) -> None:
        t, header = stage.t, one.header
        number = (self.restore.found or ()).index(one)
        words = _when(stage, header.made_ms) if header is not None else one.file.name
        note = t("Sheet {sheet}", sheet=header.sheet) if header is not None else t("cannot be read")
        icon = "database-backup" if header is not None else "circle-alert"
        ChoiceRow(box, words, lambda: self._choose(stage, one.file), icon=icon, note=note, name=f"copy-{number}").pack(
            fill="x"
        )

    def _choose(self, stage: Stage, file: Path) -> None:
        stage.clear_banner()
        stage.run(lambda: self.restore.choose(file), lambda _: self._go_on(stage), _refuse(stage), kind="read")

    def _name(self, stage: Stage) -> None:
        """Look where somebody has written."""
        stage.clear_banner()
        self.missing = not self.restore.typed.strip()
        if self.missing:
            stage.rebuild()
            stage.focus("typed")
            return

        def named(kind: str) -> None:
            if kind == "file":
                self._go_on(stage)
                return
            stage.rebuild()
            found = [number for number, one in enumerate(self.restore.found or ()) if one.kind == "folder"]
            if found:
                stage.focus(f"copy-{found[0]}")
            else:
                stage.say("warning", lambda t: t("There is no backup in this folder."))
                stage.focus("banner")

        stage.run(self.restore.name, named, _refuse(stage), kind="read")

    def _go_on(self, stage: Stage) -> None:
        self.restore.error = None
        stage.go(RecoveryKeyTypedScreen(self.restore))

    def on_show(self, stage: Stage) -> None:
        """Look, and go on looking: a stick may be put in or pulled out."""
        restore = self.restore

        def show(found: tuple[Found, ...]) -> None:
            if found != restore.found:
                restore.found = found
                stage.rebuild()
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(restore.look, show, kind="read")


class RecoveryKeyTypedScreen(RestoreStep):
    """Seven groups as they stand on the sheet; then the copy is proved and brought back, with how far it is."""

    name = "shell.restore.key"

    def __init__(self, restore: Restore) -> None:
        super().__init__(restore)
        self.operation: Operation | None = None
        self.progress: Progress | None = None
        self._bar: ProgressBar | None = None

    @property
    def number(self) -> int:  # type: ignore[override]
        """The key, and then the data."""
        return 2 if self.operation is None else 3

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Type the key from the sheet") if self.operation is None else t("The data are coming back")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "group-0"

    def footer(self, stage: Stage) -> Footer:
        """While it is done, it can only be stopped."""
        t = stage.t
        if self.operation is not None:
            return Footer(Action(t.button("Stop"), self._stop, icon="circle-stop", name="stop"))
        return Footer(
            Action(t.button("Back"), stage.back, icon="arrow-left"),
            Action(t.button("Bring it back"), lambda: self._bring(stage), icon="database-backup"),
        )

    def on_escape(self, stage: Stage) -> None:
        """Escape stops nothing that has begun."""
        if self.operation is None:
            stage.back()

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, px, restore = stage.t, stage.px, self.restore
        self._bar = None
        if self.operation is not None:
            self._bar = ProgressBar(body, "")
            self._bar.pack(fill="x", pady=px(12))
            self._move(stage)
            words = t("Nothing of this PC changes before the copy is whole. Leave the stick in.")
            Remark(body, words, "usb", "sky").pack(fill="x", pady=px(8))
            return
        wide = stage.layout != "large"
        left, right = two_parts(body, beside=wide, left=3, right=2)
        columns = IN_A_ROW if stage.layout == "wide" else 2
        for column in range(columns):
            left.columnconfigure(column, weight=1, uniform="groups")
        for number in range(len(restore.groups)):
            self._group(left, stage, number).grid(
                row=number // columns, column=number % columns, sticky="new", pady=(0, px(8))
            )
        header = restore.header
        assert header is not None
        card = Card(right)
        card.pack(fill="x")
        Text(card.body, t("This copy is opened by sheet"), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Text(card.body, header.sheet, "number", edge=True).pack(fill="x")
        made = t("Made: {when}", when=_when(stage, header.made_ms))
        Text(card.body, made, "hint", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))
        if wide:
            words = t("Small letters are as good as large ones. The letters O, I, L and U are not used.")
            Remark(right, words, "info", "sky").pack(fill="x", pady=px(8))

    def _group(self, box: Box, stage: Stage, number: int) -> Field:
        wrong = number in self.restore.wrong_groups()
        return Field(
            box,
            stage.t("Group {n}", n=number + 1),
            self.restore.groups[number],
            lambda value: self._type(stage, number, value),
            error=stage.t("Compare it.") if wrong else "",
            on_enter=lambda _: self._bring(stage),
            width=120,
            name=f"group-{number}",
        )

    def _type(self, stage: Stage, number: int, value: str) -> None:
        """Behind the fifth sign the keyboard goes on to the next group by itself."""
        groups = self.restore.groups
        full = len(value) == GROUP and len(groups[number]) == GROUP - 1
        groups[number] = value
        if full and number + 1 < len(groups) and not groups[number + 1]:
            stage.after(1, lambda: stage.focus(f"group-{number + 1}"))

    def _bring(self, stage: Stage) -> None:
        restore = self.restore
        empty = restore.first_empty()
        if empty is not None:
            stage.say("error", lambda t: t("Type all seven groups."))
            stage.focus(f"group-{empty}")
            return
        restore.error = None
        stage.clear_banner()

        def moved(now: Progress) -> None:
            self.progress = now
            self._move(stage)

        def done(_: object) -> None:
            stage.replace(BroughtBackScreen(restore))

        def failed(error: AkimatDeskError) -> None:
            self.operation = self.progress = None
            restore.error = error
            stage.rebuild()
            _refuse(stage)(error)
            wrong = restore.wrong_groups()
            if wrong:
                stage.focus(f"group-{min(wrong)}")

        self.operation = stage.run(restore.bring, done, failed, progress=moved, kind="long")
        stage.rebuild()

    def _move(self, stage: Stage) -> None:
        now = self.progress
        if self._bar is not None:
            words = stage.t.say(now.sentence) if now is not None else stage.t("The copy is being opened and checked.")
            self._bar.show(words, now.done / now.total if now is not None and now.total else 0)

    def _stop(self) -> None:
        if self.operation is not None:
            self.operation.cancel()


class BroughtBackScreen(RestoreStep):
    """It is done: as of when the data are, and that nothing was lost."""

    name = "shell.restore.done"
    number = 3

    def first_focus(self) -> str:
        """See `Screen`."""
        return "continue"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(primary=Action(stage.t.button("Open the desk"), self.restore.done, arrow="arrow-right"))

    def on_escape(self, stage: Stage) -> None:
        """There is no way back: the data are here."""

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, restored = stage.t, self.restore.restored
        assert restored is not None
        title = t("The desk is as it was in the backup of {date}.", date=_when(stage, restored.header.made_ms))
        aside = t("What was on this PC before is kept in the folder {folder}.", folder=_folder(restored.kept_aside))
        back = t("Go on using the sheet: it opens the new copies, too.")
        Done(body, title, aside if restored.kept_aside is not None else back).pack(fill="both", expand=True)


def _folder(kept_aside: Path | None) -> str:
    return f"{kept_aside.parent.name}/{kept_aside.name}" if kept_aside is not None else ""


def _when(stage: Stage, ms: int) -> str:
    return f"{format_date(local_date(ms), stage.language, 'full')}, {format_time(local(ms))}"


def _refuse(stage: Stage) -> Callable[[AkimatDeskError], None]:
    """Say in full what is so: whoever restores looks after the room."""

    def say(error: AkimatDeskError) -> None:
        stage.say("error", lambda t: t.say(error.for_staff, error.next_step))
        stage.focus("banner")

    return say
