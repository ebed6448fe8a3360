"""The resident's home: what one can do here, and what is on today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.service import Service, Tile, TodayLine
from akimat_desk.shell.room import Room
from akimat_desk.ui.screen import Footer, Note, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import IconFact
from akimat_desk.ui.widgets.surface import Box, Line, Text, picture_label
from akimat_desk.ui.widgets.tile import TileGrid, TileText

LOOK_AGAIN_MS: Final = 60_000
LANGUAGE: Final = "shell.language"
"""The topic of the language itself: ready words must be read anew when it changes."""


@dataclass
class HomePresenter:
    """What the home shows. `room` and `lines` are there once the desk is open; the tiles are there at once."""

    services: Sequence[Service]
    open_tile: Callable[[Tile], object]
    sign_in: Callable[[], object]
    fetch: Callable[[], tuple[Room, tuple[TodayLine, ...]]]
    today: Callable[[], date]
    room: Room = field(default_factory=Room)
    lines: tuple[TodayLine, ...] = ()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All services' tiles, in the services' order."""
        return tuple(tile for service in self.services for tile in service.tiles)


class HomeScreen(Screen):
    """Tiles 2 by 3 and the panel «Today»."""

    name = "shell.home"
    aside_width = 300

    def __init__(self, home: HomePresenter) -> None:
        self.home = home
        self.topics = frozenset({LANGUAGE}).union(*(service.topics for service in home.services))

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Welcome! What would you like to do?")

    def short_title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What would you like to do?")

    def footer(self, stage: Stage) -> Footer:
        """The Wi-Fi's name, where the room has one."""
        name = self.home.room.wifi
        if not name:
            return Footer()
        return Footer(middle=Note(stage.t("Free Wi-Fi: {name}", name=name), bold=name, icon="wifi"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        tiles = [
            TileText(
                title=t(tile.title),
                hint=t(tile.hint),
                icon=tile.icon,
                hue=tile.hue,
                run=lambda tile=tile: self.home.open_tile(tile),  # type: ignore[misc]
                short=t(tile.short),
                name=f"tile-{number}",
            )
            for number, tile in enumerate(self.home.tiles)
        ]
        guide = self._guide() if stage.layout != "large" else ()
        grid = TileGrid(body, tiles, columns=2 if len(tiles) > 1 else 1)
        grid.pack(fill="both" if not guide else "x", expand=not guide)
        if guide:
            self._show_guide(body, stage, guide)

    def _guide(self) -> tuple[tuple[str, str], ...]:
        """How the one thing goes that can be done here; with more tiles there is no room, and no one thing."""
        tiles = self.home.tiles
        return tiles[0].guide if len(tiles) == 1 else ()

    def _show_guide(self, body: Box, stage: Stage, guide: Sequence[tuple[str, str]]) -> None:
        t, px = stage.t, stage.px
        card = Card(body)
        card.pack(fill="both", expand=True)
        Text(card.body, t("How it goes"), "section", edge=True).pack(fill="x", pady=(0, px(6)))
        for number, (icon, words) in enumerate(guide, 1):
            row = Box(card.body)
            row.pack(fill="x", padx=stage.look.halo, pady=px(9))
            row.columnconfigure(2, weight=1)
            Text(row, str(number), "section", "sky").grid(row=0, column=0, padx=(0, px(16)))
            picture_label(row, stage.look.icon(icon, 26, "sky")).grid(row=0, column=1, padx=(0, px(14)))
            Text(row, t(words), "body", wrap=True).grid(row=0, column=2, sticky="ew")

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The day, the hours, what services tell; and the way in for staff."""
        t, px, home = stage.t, stage.px, self.home
        card = Card(box)
        card.pack(fill="both", expand=True)
        body = card.body
        Text(body, t("Today"), "hint", "ink2", edge=True).pack(fill="x")
        Text(body, format_date(home.today(), stage.language), "section", wrap=True, edge=True).pack(fill="x")
        if home.room.hours:
            Text(body, t("The room is open {hours}", hours=home.room.hours), "hint", wrap=True, edge=True).pack(
                fill="x"
            )
        for line in home.lines:
            Line(body).pack(fill="x", pady=px(18), padx=stage.look.halo)
            IconFact(body, line.icon, line.hue, t(line.label), line.value, t(line.detail) if line.detail else "").pack(
                fill="x"
            )
        Box(body).pack(fill="both", expand=True)
        Button(body, t.button("For staff"), home.sign_in, "quiet", icon="lock-keyhole", name="staff", height=48).pack(
            anchor="w"
        )

    def on_show(self, stage: Stage) -> None:
        """Fetch the room's facts, and again every minute: what is on today also changes by itself."""
        self.on_topics(stage, self.topics)
        stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Fetch them; the home is drawn again only when they differ from what is shown."""

        def show(found: tuple[Room, tuple[TodayLine, ...]]) -> None:
            if found != (self.home.room, self.home.lines):
                self.home.room, self.home.lines = found
                stage.rebuild()

        stage.run(self.home.fetch, show, kind="read")
