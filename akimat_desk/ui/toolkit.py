"""customtkinter, tamed: the one file that imports it.

What stands between us and version 6.0.0, which is pinned because of it:

- On import it copies three fonts into the user's home and, where the home is read-only, falls back to jagged corners.
  Its font manager is replaced by ours, which writes nothing (`fonts`).
- On import it loads Pillow for a picture class we do not use (our pictures come at their final size, see `icons`) and
  starts a process to ask for the system's theme, which we do not follow: both are kept out.
- It looks for a changed screen scale ten times a second and for a changed system theme thirty times: both loops are
  left unstarted, since every pixel and colour is computed here.
- Its widgets cannot be reached with Tab and draw a corner from two letters of a font, 3 ms a widget. Ours inherit its
  frame and entry and draw with `corners`: smooth everywhere and five times as fast (`benchmarks/ui.py`).

The classes below name the inherited attributes we rely on; `tests/ui/test_toolkit.py` fails when one of them goes.
"""

from __future__ import annotations

import sys
import tkinter
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.ui import fonts

VERSION: Final = "6.0.0"

if TYPE_CHECKING:

    class CTk(tkinter.Tk):
        """The root window: dark title bar on Windows."""

        def __init__(self, fg_color: str = ...) -> None: ...

    class CTkFrame(tkinter.Frame):
        """A frame with a canvas behind its content."""

        _canvas: tkinter.Canvas
        _current_width: float
        _current_height: float

        def __init__(self, master: tkinter.Misc, *, width: int, height: int, bg_color: str, fg_color: str) -> None: ...

        def _draw(self, no_color_updates: bool = False) -> None: ...

    class CTkEntry(tkinter.Frame):
        """An entry with a canvas behind it."""

        _canvas: tkinter.Canvas
        _entry: tkinter.Entry
        _current_width: float
        _current_height: float

        def __init__(self, master: tkinter.Misc, **options: Any) -> None: ...

        def _draw(self, no_color_updates: bool = False) -> None: ...

else:
    _present = {name: sys.modules[name] for name in ("PIL", "darkdetect") if name in sys.modules}
    _font_manager, _no_system_theme = ModuleType("font_manager"), ModuleType("darkdetect")
    _font_manager.FontManager = fonts.FontManager
    _no_system_theme.theme = lambda: "Light"
    sys.modules["customtkinter.windows.widgets.font.font_manager"] = _font_manager
    sys.modules |= {"PIL": None, "darkdetect": _no_system_theme}
    try:
        import customtkinter
        from customtkinter import CTk, CTkEntry, CTkFrame
    finally:
        del sys.modules["PIL"], sys.modules["darkdetect"]
        sys.modules |= _present

    customtkinter.deactivate_automatic_dpi_awareness()
    customtkinter.ScalingTracker.update_loop_running = True
    customtkinter.AppearanceModeTracker.update_loop_running = True
    customtkinter.set_appearance_mode("light")


class Root(CTk):
    """The root window; on Windows without customtkinter's icon and its hiding and showing to colour the title bar."""

    _deactivate_windows_window_header_manipulation = True

    def _windows_set_titlebar_icon(self) -> None:
        """Ours is set by the window."""


def own_every_pixel() -> None:
    """On Windows, ask for true pixels instead of a blurred enlargement; call before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shcore.SetProcessDpiAwareness(1)


def smooth() -> bool:
    """Whether customtkinter, too, draws smooth corners: its shape font was loaded."""
    from customtkinter import DrawEngine

    return bool(DrawEngine.preferred_drawing_method == "font_shapes")


__all__ = ["VERSION", "CTkEntry", "CTkFrame", "Root", "own_every_pixel", "smooth"]
