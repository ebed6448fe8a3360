"""Step 1: which file? Sticks and folders on the right, their files on the left, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text
from printing.flow import PrintFlow
from printing.places import Listed, Place
from printing.screens.steps import steps

LOOK_AGAIN_MS: Final = 2_000
AT_ONCE: Final = 12
"""Rows shown before «More files» is pressed; a screenful is six."""

_ICONS: Final = {
    "folder": "folder",
    "pdf": "file-text",
    "image": "image",
    "text": "file-text",
    "office": "file-pen-line",
    "other": "file",
}


@dataclass
class ChoosePresenter:
    """What is shown of the places. `find` and `list_folder` block."""

    flow: PrintFlow
    find: Callable[[], tuple[Place, ...]]
    list_folder: Callable[[Path], tuple[Listed, ...]]
    after: Callable[[], Screen]
    """The screen for the file that was opened: settings, or the password."""
    places: tuple[Place, ...] | None = None
    place: Place | None = None
    folder: Path | None = None
    files: tuple[Listed, ...] = ()
    shown: int = AT_ONCE
    looking: str = ""

    def fetch(self) -> tuple[tuple[Place, ...], tuple[Listed, ...]]:
        """Places, and what lies in the open folder (blocks)."""
        places = self.find()
        place = self.place if self.place in places else places[0] if places else None
        folder = self.folder if place == self.place and self.folder else place.path if place else None
        return places, self.list_folder(folder) if folder else ()

    def take(self, found: tuple[tuple[Place, ...], tuple[Listed, ...]]) -> bool:
        """Keep what was fetched; whether anything is other than before."""
        places, files = found
        changed = (places, files) != (self.places, self.files)
        self.places, self.files = places, files
        if self.place not in places:
            self.place = places[0] if places else None
            self.folder = self.place.path if self.place else None
            self.shown = AT_ONCE
        return changed

    def enter(self, place: Place, folder: Path) -> None:
        """Look into a folder."""
        self.place, self.folder, self.files, self.shown = place, folder, (), AT_ONCE


class ChooseScreen(Screen):
    """See the module."""

    name = "printing.choose"
    aside_width = 320

    def __init__(self, choose: ChoosePresenter) -> None:
        self.choose = choose

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Which file shall we print?")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 1)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(back=Action(stage.t.button("Back"), lambda: self._up(stage), icon="arrow-left"))

    def build(self, body: Box, stage: Stage) -> None:
        """The files, or what to do where there are none."""
        t, choose = stage.t, self.choose
        if choose.looking:
            ProgressBar(body, t("Looking into the file: {name}", name=choose.looking)).pack(fill="x", pady=stage.px(24))
            return
        if choose.places is None:
            Text(body, t("Looking for your USB stick."), "body", "ink2", edge=True).pack(fill="x", pady=stage.px(24))
            return
        if choose.place is None:
            EmptyState(body, t("Put in your USB stick"), t("Your files appear here by themselves."), icon="usb").pack(
                fill="both", expand=True
            )
            return
        if not choose.files:
            Text(body, t("There is no file in this folder."), "body", "ink2", edge=True).pack(
                fill="x", pady=stage.px(24)
            )
        for number, item in enumerate(choose.files[: choose.shown]):
            ChoiceRow(
                body,
                item.name,
                lambda item=item: self._take(stage, item),  # type: ignore[misc]
                icon=_ICONS[item.kind],
                note=self._note(stage, item),
                name=f"file-{number}",
            ).pack(fill="x")
        if len(choose.files) > choose.shown:
            Button(
                body, t.button("More files"), lambda: self._more(stage), icon="chevron-down", name="more-files"
            ).pack(anchor="w")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The places to choose from, and the promise."""
        t, choose = stage.t, self.choose
        card = Card(box)
        card.pack(fill="both", expand=True)
        Text(card.body, t("Where is the file?"), "label", edge=True, wrap=True).pack(fill="x")
        for number, place in enumerate(choose.places or ()):
            ChoiceRow(
                card.body,
                place.name,
                lambda place=place: self._enter(stage, place, place.path),  # type: ignore[misc]
                icon="usb" if place.kind == "stick" else "folder",
                chosen=place == choose.place,
                name=f"place-{number}",
            ).pack(fill="x")
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("Once it is printed, your file is erased from this computer.")).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Look at the places, and go on looking: a stick may be put in or pulled out."""
        choose = self.choose

        def found(what: tuple[tuple[Place, ...], tuple[Listed, ...]]) -> None:
            if choose.take(what):
                stage.rebuild()
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        def gone(_: object) -> None:
            choose.take(((), ()))
            stage.rebuild()
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(choose.fetch, found, gone, kind="read")

    def _note(self, stage: Stage, item: Listed) -> str:
        return (
            "" if item.kind == "folder" else format_date(local_date(int(item.changed * 1000)), stage.language, "short")
        )

    def _take(self, stage: Stage, item: Listed) -> None:
        choose = self.choose
        if item.kind == "folder" and choose.place is not None:
            self._enter(stage, choose.place, item.path)
            return
        choose.looking = item.name
        stage.clear_banner()
        stage.rebuild()

        def seen(_: object) -> None:
            choose.looking = ""
            inspection = choose.flow.inspection
            assert inspection is not None
            if inspection.can_print or inspection.needs_password:
                stage.go(choose.after())
            else:
                stage.rebuild()
                stage.say("error", stage.t.say(inspection.message))
                stage.focus("banner")

        def failed(error: object) -> None:
            choose.looking = ""
            stage.rebuild()
            stage.error(error)  # type: ignore[arg-type]

        stage.run(lambda: choose.flow.open(item.path, item.name), seen, failed, kind="read")

    def _enter(self, stage: Stage, place: Place, folder: Path) -> None:
        self.choose.enter(place, folder)
        stage.clear_banner()
        stage.rebuild()
        stage.run(lambda: self.choose.list_folder(folder), lambda files: self._listed(stage, files), kind="read")

    def _listed(self, stage: Stage, files: tuple[Listed, ...]) -> None:
        self.choose.files = files
        stage.rebuild()

    def _more(self, stage: Stage) -> None:
        self.choose.shown += AT_ONCE
        stage.rebuild()

    def _up(self, stage: Stage) -> None:
        """Back leads out of a folder first, then out of the flow."""
        choose = self.choose
        if choose.place is not None and choose.folder not in (None, choose.place.path):
            assert choose.folder is not None
            self._enter(stage, choose.place, choose.folder.parent)
        else:
            stage.back()
