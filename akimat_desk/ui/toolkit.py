"""customtkinter, tamed: the one file that imports it.

What stands between us and version 6.0.0, which is pinned because of it:

- On import it copies three fonts into the user's home and, where the home is read-only, falls back to jagged corners.
  Its font manager is replaced by ours, which writes nothing (`fonts`).
- On import it loads Pillow for a picture class we do not use (our pictures come at their final size, see `pictures`),
  reads versions of macOS, and starts a process to ask for the system's theme, which we do not follow: all are kept
  out.
- On import it loads sixteen widgets and the dialogs of Tk; the three classes we build on are loaded alone.
- It looks for a changed screen scale ten times a second and for a changed system theme thirty times: both loops are
  left unstarted, since every pixel and colour is computed here.
- Its widgets cannot be reached with Tab and draw a corner from two letters of a font, 3 ms a widget. Ours inherit its
  frame and entry and draw with `corners`: smooth everywhere and five times as fast (`benchmarks/ui.py`).

The classes below name the inherited attributes we rely on; `tests/ui/test_toolkit.py` fails when one of them goes.
"""

from __future__ import annotations

import importlib.util
import sys
import tkinter
from collections.abc import Callable
from pathlib import Path
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
    _names = ("customtkinter", "customtkinter.windows", "customtkinter.windows.widgets")
    _kept_out = ("PIL", "darkdetect", "packaging")
    _present = {name: sys.modules[name] for name in (*_names, *_kept_out) if name in sys.modules}
    _font_manager, _no_system_theme = ModuleType("font_manager"), ModuleType("darkdetect")
    _font_manager.FontManager = fonts.FontManager
    _no_system_theme.theme = lambda: "Light"
    _no_versions = ModuleType("packaging")
    _no_versions.version = None  # asked for on macOS only
    sys.modules["customtkinter.windows.widgets.font.font_manager"] = _font_manager
    sys.modules |= {"PIL": None, "darkdetect": _no_system_theme, "packaging": _no_versions}
    _home = Path(importlib.util.find_spec("customtkinter").origin).parent
    for _name in _names:  # folders without their own lines, which would bring in every widget there is
        _package = ModuleType(_name)
        _package.__path__ = [str(_home.joinpath(*_name.split(".")[1:]))]
        sys.modules.setdefault(_name, _package)
    try:
        from customtkinter.windows.ctk_tk import CTk
        from customtkinter.windows.widgets.appearance_mode import AppearanceModeTracker
        from customtkinter.windows.widgets.ctk_entry import CTkEntry
        from customtkinter.windows.widgets.ctk_frame import CTkFrame
        from customtkinter.windows.widgets.scaling import ScalingTracker
    finally:
        for _name in (*_names, *_kept_out):
            sys.modules.pop(_name, None)
        sys.modules |= _present

    ScalingTracker.deactivate_automatic_dpi_awareness = True
    ScalingTracker.update_loop_running = True
    AppearanceModeTracker.update_loop_running = True
    AppearanceModeTracker.set_appearance_mode("light")


class Root(CTk):
    """The root window; on Windows without customtkinter's icon and its hiding and showing to colour the title bar."""

    _deactivate_windows_window_header_manipulation = True

    def __init__(self, fg_color: str) -> None:
        super().__init__(fg_color=fg_color)
        # What is bound to a window happens for every widget in it: twice a hundred calls for a page that is built.
        self.unbind("<Configure>")
        self.bindtags(("DeskRoot", *self.bindtags()))
        # Tk wants these two for each picture it shows, and asks the display for them unless some widget has them.
        tkinter.Label(self, fg="black", bg="white")

    def on_resize(self, call: Callable[[int, int], object]) -> None:
        """`call(width, height)` when the window itself, and nothing in it, has another size."""
        self.bind_class("DeskRoot", "<Configure>", lambda event: call(event.width, event.height))

    def _windows_set_titlebar_icon(self) -> None:
        """Ours is set by the window."""


def own_every_pixel() -> None:
    """On Windows, ask for true pixels instead of a blurred enlargement; call before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shcore.SetProcessDpiAwareness(1)


def smooth() -> bool:
    """Whether customtkinter, too, draws smooth corners: its shape font was loaded."""
    from customtkinter.windows.widgets.core_rendering import DrawEngine

    return bool(DrawEngine.preferred_drawing_method == "font_shapes")


__all__ = ["VERSION", "CTkEntry", "CTkFrame", "Root", "own_every_pixel", "smooth"]
