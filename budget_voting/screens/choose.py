"""Staff: which vote shall be counted? Files on sticks and on this PC, and a place that somebody writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.place_field import place_field
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from budget_voting.room import Found, Vote

LOOK_AGAIN_MS: Final = 2_000
"""How often is looked whether a stick was put in."""


@dataclass
class ChoosePresenter:
    """What is there and what was typed. `look`, `named` and `read` block."""

    look: Callable[[Path | None], tuple[Found, ...]]
    named: Callable[[str], Path | tuple[Found, ...]]
    """A file that was written, or what lies in the folder that was."""
    read: Callable[[Path], Vote]
    after: Callable[[Vote], Screen]
    found: tuple[Found, ...] | None = None
    folder: Path | None = None
    typed: str = ""
    missing: bool = False
    reading: str = ""
    """The name of the file that is being read."""

    def look_now(self) -> tuple[Path | None, tuple[Found, ...]]:
        """The files of now, and the folder they were looked for in, besides the usual places (blocks)."""
        return self.folder, self.look(self.folder)


class ChooseVoteScreen(Screen):
    """See the module."""

    name = "budget_voting.choose"
    frame = "staff"

    def __init__(self, choose: ChoosePresenter) -> None:
        self.choose = choose

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which vote shall be counted?")

    def short_title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which vote?")

    def build(self, body: Box, stage: Stage) -> None:
        """Files at the left, another place at the right."""
        t, px, choose = stage.t, stage.px, self.choose
        left, right = two_parts(body, beside=stage.layout != "large", left=3, right=2)
        if choose.reading:
            ProgressBar(left, t("Looking into the file: {name}", name=choose.reading)).pack(fill="x", pady=px(12))
            return
        for number, (place, files) in enumerate(groupby(choose.found or (), key=lambda one: one.place)):
            Text(left, place or t("On this PC"), "label", edge=True, wrap=True).pack(
                fill="x", pady=(px(10) if number else 0, 0)
            )
            for one in files:
                self._file(left, stage, one)
        if choose.found == ():
            words = t("No file of a vote is here. Put in the USB stick with it: it appears here by itself.")
            Remark(left, words, "usb", "sky").pack(fill="x", pady=px(8))
        card = Card(right)
        card.pack(fill="x")
        place_field(
            card.body,
            stage,
            choose.typed,
            lambda value: setattr(choose, "typed", value),
            lambda: self._look_there(stage),
            hint=t("Where the file lies on another disk or on the network"),
            missing=choose.missing,
        )
        words = t("Votes are counted from files in Pabulib format (.pb, .pb.gz). Nothing of a ballot is kept here.")
        Remark(card.body, words, "shield-check").pack(fill="x", pady=(px(10), 0))

    def _file(self, box: Box, stage: Stage, one: Found) -> None:
        number = (self.choose.found or ()).index(one)
        note = format_date(local_date(one.changed_ms), stage.language, "short")
        ChoiceRow(
            box, one.file.name, lambda: self._read(stage, one.file), icon="vote", note=note, name=f"file-{number}"
        ).pack(fill="x")

    def _read(self, stage: Stage, file: Path) -> None:
        choose = self.choose
        choose.reading = file.name
        stage.clear_banner()
        stage.rebuild()

        def read(vote: Vote) -> None:
            choose.reading = ""
            stage.go(choose.after(vote))

        def failed(error: AkimatDeskError) -> None:
            choose.reading = ""
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: choose.read(file), read, failed, kind="long")

    def _look_there(self, stage: Stage) -> None:
        choose = self.choose
        stage.clear_banner()
        choose.missing = not choose.typed.strip()
        if choose.missing:
            stage.rebuild()
            stage.focus("typed")
            return

        def seen(found: Path | tuple[Found, ...]) -> None:
            if isinstance(found, Path):
                self._read(stage, found)
                return
            choose.folder = Path(choose.typed.strip()).expanduser()
            choose.found = found
            stage.rebuild()
            stage.focus(f"file-{next(n for n, one in enumerate(found) if one.place == str(choose.folder))}")

        stage.run(lambda: choose.named(choose.typed), seen, kind="read")

    def on_show(self, stage: Stage) -> None:
        """Look, and go on looking: a stick may be put in or pulled out."""
        choose = self.choose

        def show(seen: tuple[Path | None, tuple[Found, ...]]) -> None:
            folder, found = seen
            if folder == choose.folder and found != choose.found:
                choose.found = found
                if not choose.reading:
                    stage.rebuild()
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(choose.look_now, show, kind="read")
