"""Which stick, or which folder, files go to: seen as soon as it is put in, chosen where there are several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.sticks import Stick
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text

STICKS_MS: Final = 2000
"""How often is looked whether a stick was put in."""


@dataclass
class StickChoice:
    """The sticks that are in, and what was chosen or typed. `sticks` blocks."""

    sticks: Callable[[], Sequence[Stick]]
    found: tuple[Stick, ...] = ()
    chosen: Path | None = None
    """The stick that was chosen; the first one where none was."""
    elsewhere: bool = False
    typed: str = ""
    missing: bool = False

    @property
    def types(self) -> bool:
        """Whether a folder is typed, and no stick used."""
        return self.elsewhere or not self.found

    def stick(self) -> Stick | None:
        """The stick that is used."""
        first = self.found[0] if self.found else None
        return next((stick for stick in self.found if stick.path == self.chosen), first)

    def target(self) -> Path | None:
        """Where files shall go; None where nobody has said, and `missing` tells so."""
        stick = self.stick()
        if self.types or stick is None:
            typed = self.typed.strip()
            self.missing = not typed
            return Path(typed).expanduser() if typed else None
        return stick.path

    # ---- on the screen

    def draw(self, card: Box, stage: Stage, label: str, on_enter: Callable[[], object]) -> None:
        """The choice, on `card`; `on_enter` is what Enter does in the field."""
        t = stage.t
        Text(card, label, "label", edge=True).pack(fill="x")
        used = None if self.types else self.stick()
        for number, stick in enumerate(self.found):
            ChoiceRow(
                card,
                stick.name,
                lambda stick=stick: self._take(stage, stick),  # type: ignore[misc]
                icon="check" if stick == used else "usb",
                note=t("USB stick"),
                chosen=stick == used,
                name=f"stick-{number}",
            ).pack(fill="x")
        if self.found:
            ChoiceRow(
                card,
                t("Another folder"),
                lambda: self._take(stage, None),
                icon="check" if self.types else "folder",
                chosen=self.types,
                name="folder",
            ).pack(fill="x")
        else:
            words = t("No USB stick is in this PC. Plug one in, and it appears here by itself.")
            Text(card, words, "body", edge=True, wrap=True).pack(fill="x")
        if self.types:
            Field(
                card,
                t("Folder"),
                self.typed,
                lambda value: setattr(self, "typed", value),
                hint=t("On another disk or on the network"),
                error=t("Put in a USB stick, or write the folder.") if self.missing else "",
                on_enter=lambda _: on_enter(),
                name="typed",
            ).pack(fill="x", pady=(stage.px(6), 0))

    def with_target(self, stage: Stage, do: Callable[[Path], object]) -> None:
        """Do something there; where nobody has said where, the field asks."""
        target = self.target()
        if target is None:
            stage.rebuild()
            stage.focus("typed")
        else:
            do(target)

    def look(self, stage: Stage) -> None:
        """Look, and go on looking, for sticks."""

        def show(found: tuple[Stick, ...]) -> None:
            if found != self.found:
                self.found = found
                stage.rebuild()
            stage.after(STICKS_MS, lambda: self.look(stage))

        stage.run(lambda: tuple(self.sticks()), show, kind="read")

    def _take(self, stage: Stage, stick: Stick | None) -> None:
        self.elsewhere, self.chosen = stick is None, stick.path if stick else None
        self.missing = False
        stage.rebuild()
        if stick is None:
            stage.focus("typed")
