"""Looking at a window from outside: what is cut off, what cannot be reached, what is too small or not translated.

Tests of screens call these on every screen in every language, text size and theme; the tour takes its pictures with `screenshot`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from akimat_desk.ui.window import Window


def settle(window: Window) -> None:
    """Let everything that is due be drawn."""
    for _ in range(3):
        window.root.update_idletasks()
        window.root.update()


def screenshot(window: Window, file: Path) -> None:
    """The window's own area as a PNG; the pointer is put in a corner first, so that nothing is hovered."""
    from PIL import ImageGrab

    root = window.root
    settle(window)
    root.event_generate("<Motion>", warp=True, x=root.winfo_width() - 1, y=root.winfo_height() - 1)
    settle(window)
    left, top = root.winfo_rootx(), root.winfo_rooty()
    area = (left, top, left + root.winfo_width(), top + root.winfo_height())
    display = os.environ.get("DISPLAY")
    picture = ImageGrab.grab(bbox=area, xdisplay=display) if display else ImageGrab.grab(bbox=area)
    picture.save(file)
