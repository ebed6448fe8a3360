"""An administrator's page: copies on a stick, the nightly backups, the recovery key, the check and the export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date
from akimat_desk.base.sticks import Stick
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.backups import Standing
from akimat_desk.office.long_work import LongWork, OneAtATime, Outcome
from akimat_desk.office.rules import OVERDUE_DAYS, days_between
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.office.screens.stick_choice import STICKS_MS, StickChoice
from akimat_desk.office.screens.work_card import WorkCard
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.surface import Box, Text

COPYING: Final = N_("The copy is being written and checked.")
CHECKING: Final = N_("Every page of the data is being looked at.")
EXPORTING: Final = N_("The data are being written as files.")


@dataclass
class BackupPresenter:
    """What is known, and where a copy shall go. All callables but `now_ms`, `new_key` and `restore` block."""

    fetch: Callable[[], Standing]
    sticks: Callable[[], Sequence[Stick]]
    copy: Callable[[Path], None]
    export: Callable[[Path], None]
    check: Callable[[], None]
    work: LongWork
    new_key: Callable[[str], Screen]
    restore: Callable[[], object]
    """Leave the desk for a backup."""
    now_ms: Callable[[], int]
    standing: Standing | None = None
    choice: StickChoice = field(init=False)

    def __post_init__(self) -> None:
        self.choice = StickChoice(lambda: self.sticks())


class BackupScreen(Screen):
    """See the module."""

    name = "office.backup"
    frame = "staff"
    topics = frozenset({"office.backups"})

    def __init__(self, backup: BackupPresenter) -> None:
        self.backup = backup
        self._work = WorkCard(backup.work, self._ended)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Backup")

    def build(self, body: Box, stage: Stage) -> None:
        """What is being done on top; copies and nightly backups on the left, the key and the data on the right."""
        standing = self.backup.standing
        if standing is None:
            return
        body.columnconfigure(0, weight=1)
        self._work.draw(body, stage)
        columns = Box(body)
        columns.grid(row=1, column=0, sticky="nsew")
        left, right = halves(columns, stage)
        self._copy(left, stage, standing)
        self._nightly(left, stage, standing)
        self._key(right, stage, standing)
        self._data(right, stage)
        self._restore(right, stage)

    # ---- the cards

    def _copy(self, box: Box, stage: Stage, standing: Standing) -> None:
        t, px, backup = stage.t, stage.px, self.backup
        card = panel(box, "chosen")
        Text(card, t("A copy away from this PC"), "section", edge=True, wrap=True).pack(fill="x")
        if not standing.sheet:
            words = t("Make the recovery key first: without it nobody could open the copy.")
            Remark(card, words, "triangle-alert", "gold").pack(fill="x", pady=px(6))
            return
        copy = standing.copy
        days = days_between(copy.made_ms, backup.now_ms()) if copy else 0
        if copy is None:
            words, icon, good = t("No copy was saved yet. It helps when this PC breaks."), "triangle-alert", False
        elif days > OVERDUE_DAYS:
            words = t("Days since the last backup: {n}. Plug in the USB stick and press “Save a copy”.", n=days)
            icon, good = "triangle-alert", False
        else:
            date = format_date(local_date(copy.made_ms), stage.language)
            words = t("The last copy was saved on {date}. Sheet {sheet} opens it.", date=date, sheet=copy.sheet)
            icon, good = "circle-check", True
        Remark(card, words, icon, "grass" if good else "gold").pack(fill="x", pady=px(6))
        backup.choice.draw(card, stage, t("Where to"), lambda: self._start_to(stage, backup.copy))
        Button(
            card, t.button("Save a copy"), lambda: self._start_to(stage, self.backup.copy), "primary", icon="save",
            name="save-copy", height=52,
        ).pack(fill="x", pady=(px(6), 0))  # fmt: skip

    def _nightly(self, box: Box, stage: Stage, standing: Standing) -> None:
        t = stage.t
        card = panel(box)
        Text(card, t("Every night on this PC"), "section", edge=True, wrap=True).pack(fill="x")
        made = standing.nightly
        last = format_date(local_date(made[0].made.made_ms), stage.language) if made else t("none yet")
        ValueRow(card, t("Last made"), last).pack(fill="x")
        ValueRow(card, t("Kept"), str(len(made))).pack(fill="x")
        words = t("By itself; where the PC was off, at the next start. Of seven nights and four weeks before them.")
        Text(card, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    def _key(self, box: Box, stage: Stage, standing: Standing) -> None:
        t, px = stage.t, stage.px
        card = panel(box)
        Text(card, t("Recovery key"), "section", edge=True, wrap=True).pack(fill="x")
        if standing.sheet:
            Text(card, standing.sheet, "number", edge=True).pack(fill="x")
            words = t("The number of the sheet that opens the backups. It lies in the akimat's safe.")
            Text(card, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
        else:
            words = t("There is none yet, so there are no backups.")
            Remark(card, words, "triangle-alert", "gold").pack(fill="x", pady=px(6))
        Button(
            card,
            t.button("Make a new recovery key") if standing.sheet else t.button("Make the recovery key"),
            lambda: self._ask_new_key(stage, standing.sheet),
            "plain" if standing.sheet else "primary",
            icon="key-round",
            name="new-key",
        ).pack(fill="x")

    def _data(self, box: Box, stage: Stage) -> None:
        t = stage.t
        card = panel(box)
        Text(card, t("The data"), "section", edge=True, wrap=True).pack(fill="x")
        Button(
            card, t.button("Check the data"), lambda: self._start(stage, self.backup.check), icon="shield-check",
            name="check",
        ).pack(fill="x")  # fmt: skip
        Button(card, t.button("Export everything"), lambda: self._ask_export(stage), icon="upload", name="export").pack(
            fill="x"
        )

    def _restore(self, box: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        card = panel(box)
        Text(card, t("To bring a backup back"), "section", edge=True, wrap=True).pack(fill="x")
        words = t(
            "On a new PC, open Akimat Desk and choose “Restore a backup”. Here a backup takes the place of this"
            " village; what is here now is kept aside."
        )
        Text(card, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        Button(
            card, t("Restore a backup"), lambda: self._ask_restore(stage), icon="database-backup", name="restore"
        ).pack(fill="x")

    def _ask_restore(self, stage: Stage) -> None:
        t = stage.t
        if self._work.busy:
            stage.error(OneAtATime())
            return
        question = Question(
            t("Put a backup in the place of this village?"),
            t(
                "You need the sheet with the recovery key. You are signed out, and nobody can work here until it is"
                " over. What is on this PC now is kept aside."
            ),
            t.button("Cancel"),
            t.button("Choose a backup"),
            harmless=True,
        )
        stage.ask(question, lambda yes: self.backup.restore() if yes else None)

    # ---- long work

    def _start_to(self, stage: Stage, action: Callable[[Path], None]) -> None:
        """Begin what goes to the chosen place."""
        self.backup.choice.with_target(stage, lambda target: self._start(stage, lambda: action(target)))

    def _start(self, stage: Stage, action: Callable[[], None]) -> None:
        self.backup.choice.missing = False
        self._work.start(stage, action)

    def _ended(self, stage: Stage, outcome: Outcome) -> None:
        stage.say(outcome.kind, lambda t: t.say(*outcome.sentences))
        self._fetch(stage, lambda: stage.focus("banner"))

    def _ask_export(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Export everything without encryption?"),
            t(
                "All data of this room, names and IINs too, are written as plain files that anybody can read. They go"
                " where a copy would go."
            ),
            t.button("Cancel"),
            t.button("Export"),
        )
        stage.ask(question, lambda yes: self._start_to(stage, self.backup.export) if yes else None)

    # ---- the rest

    def _ask_new_key(self, stage: Stage, sheet: str) -> None:
        t = stage.t
        if not sheet:
            stage.go(self.backup.new_key(sheet))
            return
        question = Question(
            t("Make a new recovery key?"),
            t("It is needed when the sheet is lost, or was copied. Backups made until now still need the old sheet."),
            t.button("Keep"),
            t.button("Make a new recovery key"),
            harmless=True,
        )
        stage.ask(question, lambda yes: stage.go(self.backup.new_key(sheet)) if yes else None)

    def _fetch(self, stage: Stage, then: Callable[[], object] = lambda: None) -> None:
        backup = self.backup

        def show(found: tuple[Standing, tuple[Stick, ...]]) -> None:
            backup.standing, backup.choice.found = found
            stage.rebuild()
            then()

        stage.run(lambda: (backup.fetch(), tuple(backup.sticks())), show, kind="read")

    def on_show(self, stage: Stage) -> None:
        """Read how backups stand; go on watching what was begun before."""
        self._fetch(stage)
        stage.after(STICKS_MS, lambda: self.backup.choice.look(stage))
        self._work.watch(stage)

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Read anew."""
        self._fetch(stage)
