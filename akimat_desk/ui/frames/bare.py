"""No frame: the screen has the whole window (a board on the wall, a locked PC)."""

from __future__ import annotations

from akimat_desk.ui.fonts import Density
from akimat_desk.ui.frames.base import Places, Settings
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.scroll_guide import ScrollButtons, stand
from akimat_desk.ui.widgets.surface import Box, Layer


class BareFrame:
    """Margins and nothing else."""

    density: Density = "resident"

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """See `Frame`."""
        page.columnconfigure(0, weight=1)
        page.rowconfigure(1, weight=1)
        banner = Box(page)
        banner.grid(row=0, column=0, sticky="ew")
        area = page.area = ScrollArea(page)
        margin = page.look.px(24) - page.look.halo
        area.grid(row=1, column=0, sticky="nsew", padx=margin, pady=(margin, margin))
        stand(ScrollButtons(page, area), row=2, column=0, sticky="ew", padx=margin, pady=(0, margin))
        screen.build(area.body, stage)
        return Places(banner, area)
