"""Step 1: which file? Sticks and folders on the right, their files on the left, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import AkimatDeskError
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


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the places gave: `wanted` is the folder that was open then, `folder` the one that was read."""

    wanted: Path | None
    places: tuple[Place, ...]
    place: Place | None
    folder: Path | None
    files: tuple[Listed, ...]
    code: bool = False
    """Whether a resident's code is of use here."""


@dataclass
class ChoosePresenter:
    """What is shown of the places. `find` and `list_folder` block."""

    flow: PrintFlow
    find: Callable[[], tuple[Place, ...]]
    list_folder: Callable[[Path], tuple[Listed, ...]]
    after: Callable[[], Screen]
    """The screen for the file that was opened: settings, or the password."""
    code: Callable[[], Screen] | None = None
    """The screen for a code, where residents print what waits themselves: where `may_release` (blocks) says so."""
    may_release: Callable[[], bool] = lambda: False
    codes: bool = False
    places: tuple[Place, ...] | None = None
    place: Place | None = None
    folder: Path | None = None
    files: tuple[Listed, ...] = ()
    shown: int = AT_ONCE
    looking: Listed | None = None

    def look(self) -> Look:
        """Places, and what lies in the open folder (blocks). Where that is gone, the first place that can be read."""
        wanted, places, code = self.folder, self.find(), self.may_release()
        tries = [(place, place.path) for place in places]
        if self.place in places and self.place is not None and wanted is not None:
            tries.insert(0, (self.place, wanted))
        for place, folder in tries:
            try:
                return Look(wanted, places, place, folder, self.list_folder(folder), code)
            except AkimatDeskError:  # a stick that is being pulled out, or that nobody may read
                continue
        return Look(wanted, places, None, None, (), code)

    def take(self, seen: Look) -> bool:
        """Keep what was seen, unless another folder was entered meanwhile; whether anything is other than before."""
        if seen.wanted != self.folder:
            return False
        before = self.places, self.place, self.folder, self.files, self.codes
        if seen.folder != self.folder:
            self.shown = AT_ONCE
        self.places, self.place, self.folder, self.files = seen.places, seen.place, seen.folder, seen.files
        self.codes = seen.code
        return before != (self.places, self.place, self.folder, self.files, self.codes)

    def enter(self, place: Place, folder: Path) -> None:
        """Look into a folder; a file that is being looked into is no longer waited for."""
        self.place, self.folder, self.files, self.shown, self.looking = place, folder, (), AT_ONCE, None

    def above(self) -> Path | None:
        """The folder round the open one; None at the top of a place."""
        if self.place is None or self.folder is None or self.folder == self.place.path:
            return None
        return self.folder.parent


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
        if choose.looking is not None:
            words = t("Looking into the file: {name}", name=choose.looking.name)
            ProgressBar(body, words).pack(fill="x", pady=stage.px(24))
            return
        if choose.places is None:
            Text(body, t("Looking for your USB stick."), "body", "ink2", edge=True, wrap=True).pack(
                fill="x", pady=stage.px(24)
            )
            return
        if stage.layout != "wide" and len(choose.places) > 1:
            self._places(body, stage)
        if choose.place is None:
            EmptyState(body, t("Put in your USB stick"), t("Your files appear here by themselves."), icon="usb").pack(
                fill="both", expand=True
            )
            return
        if not choose.files:
            Text(body, t("There is no file in this folder."), "body", "ink2", edge=True, wrap=True).pack(
                fill="x", pady=stage.px(24)
            )
        for number, item in enumerate(choose.files[: choose.shown]):
            ChoiceRow(
                body,
                item.name,
                lambda item=item: self._take(stage, item),  # type: ignore[misc]
                icon=_ICONS[item.kind],
                note=_date(stage, item),
                name=f"file-{number}",
            ).pack(fill="x")
        if len(choose.files) > choose.shown:
            Button(
                body, t.button("More files"), lambda: self._more(stage), icon="chevron-down", name="more-files"
            ).pack(anchor="w")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The places to choose from, and the promise."""
        t = stage.t
        card = Card(box)
        card.pack(fill="both", expand=True)
        if stage.layout == "wide" and self.choose.places:
            Text(card.body, t("Where is the file?"), "label", edge=True, wrap=True).pack(fill="x")
            self._places(card.body, stage)
        if self.choose.code is not None and self.choose.codes:
            code = self.choose.code
            Button(
                card.body, t.button("I have a code"), lambda: stage.go(code()), icon="lock-keyhole", name="code"
            ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("Once it is printed, your file is erased from this computer.")).pack(fill="x")

    def _places(self, box: Box, stage: Stage) -> None:
        for number, place in enumerate(self.choose.places or ()):
            ChoiceRow(
                box,
                place.name,
                lambda place=place: self._enter(stage, place, place.path),  # type: ignore[misc]
                icon="usb" if place.kind == "stick" else "folder",
                chosen=place == self.choose.place,
                name=f"place-{number}",
            ).pack(fill="x")

    def on_show(self, stage: Stage) -> None:
        """Look at the places, and go on looking: a stick may be put in or pulled out."""
        choose = self.choose

        def seen(look: Look) -> None:
            if choose.take(look) and choose.looking is None:
                stage.rebuild()
            again()

        def again(_: object = None) -> None:
            stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

        stage.run(choose.look, seen, again, kind="read")

    def _take(self, stage: Stage, item: Listed) -> None:
        choose = self.choose
        if item.kind == "folder" and choose.place is not None:
            self._enter(stage, choose.place, item.path)
            return
        choose.looking = item
        stage.clear_banner()
        stage.rebuild()

        def seen(_: object) -> None:
            if choose.looking is not item:
                return
            choose.looking = None
            inspection = choose.flow.inspection
            assert inspection is not None
            if inspection.can_print or inspection.needs_password:
                stage.go(choose.after())
            else:
                stage.rebuild()
                message = inspection.message
                stage.say("error", lambda t: t.say(message))
                stage.focus("banner")

        def failed(error: AkimatDeskError) -> None:
            if choose.looking is item:
                choose.looking = None
                stage.rebuild()
                stage.error(error)

        stage.run(lambda: choose.flow.open(item.path, item.name), seen, failed, kind="read")

    def _enter(self, stage: Stage, place: Place, folder: Path) -> None:
        choose = self.choose
        choose.enter(place, folder)
        stage.clear_banner()
        stage.rebuild()

        def listed(files: tuple[Listed, ...]) -> None:
            if choose.folder == folder:
                choose.files = files
                stage.rebuild()

        stage.run(lambda: choose.list_folder(folder), listed, kind="read")

    def _more(self, stage: Stage) -> None:
        """The first of the new rows gets the keyboard, where the button was."""
        first = self.choose.shown
        self.choose.shown += AT_ONCE
        stage.rebuild()
        stage.focus(f"file-{first}")

    def _up(self, stage: Stage) -> None:
        """Back leads out of the file that is looked into, out of a folder, then out of the flow."""
        choose = self.choose
        above = choose.above()
        if choose.looking is not None and choose.place is not None and choose.folder is not None:
            self._enter(stage, choose.place, choose.folder)
        elif choose.place is not None and above is not None:
            self._enter(stage, choose.place, above)
        else:
            stage.back()


def _date(stage: Stage, item: Listed) -> str:
    """The day it was changed; nothing where the stick tells a day no calendar has."""
    if item.kind == "folder":
        return ""
    try:
        return format_date(local_date(int(item.changed * 1000)), stage.language, "short")
    except (ValueError, OverflowError, OSError):
        return ""
