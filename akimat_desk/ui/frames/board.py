"""A board on the wall: the screen has the whole window, to its edges, in letters that are read at six metres."""

from __future__ import annotations

from akimat_desk.ui.fonts import Density
from akimat_desk.ui.frames.base import Places, Settings
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.surface import Box, Layer


class BoardFrame:
    """Nothing but the screen; errors stand over it."""

    density: Density = "board"

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """See `Frame`."""
        page.columnconfigure(0, weight=1)
        page.rowconfigure(1, weight=1)
        banner = Box(page)
        banner.grid(row=0, column=0, sticky="ew")
        body = Box(page)
        body.grid(row=1, column=0, sticky="nsew")
        screen.build(body, stage)
        return Places(banner, None)
