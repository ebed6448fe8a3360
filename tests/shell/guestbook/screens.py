"""What a resident and staff see of the guest book."""

import peewee
from guestbook.entries import LINE_LEFT, Line, LineLeft

from akimat_desk.base.words import Translator
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.surface import Box, Text


class GuestBookScreen(Screen):
    """How many lines there are; residents may leave one."""

    topics = frozenset({"guestbook.lines"})

    def __init__(self, desk: Desk, name: str, frame: str) -> None:
        self.desk, self.name, self.frame = desk, name, frame
        self.lines = 0

    def title(self, t: Translator) -> str:
        return t("Guest book")

    def build(self, body: Box, stage: Stage) -> None:
        Text(body, stage.t("Lines: {lines}", lines=self.lines)).pack(anchor="w")

    def footer(self, stage: Stage) -> Footer:
        t = stage.t
        return Footer(
            Action(t.button("Back"), stage.back),
            Action(t.button("Leave a line"), lambda: self.leave(stage), name="leave"),
        )

    def leave(self, stage: Stage) -> None:
        stage.run(lambda: self.desk.journal.append(LINE_LEFT, LineLeft(letters=12)), lambda _: self.on_show(stage))

    def on_show(self, stage: Stage) -> None:
        def show(lines: int) -> None:
            if lines != self.lines:
                self.lines = lines
                stage.rebuild()

        stage.run(self.count, show, kind="read")

    def count(self) -> int:
        with self.desk.store.read() as db:
            return Line.select(peewee.fn.COUNT(Line.entry)).scalar(db)


def home(desk: Desk) -> Screen:
    return GuestBookScreen(desk, "guestbook.home", "resident")


def pages(desk: Desk) -> Screen:
    return GuestBookScreen(desk, "guestbook.pages", "staff")
