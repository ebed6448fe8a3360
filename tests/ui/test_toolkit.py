"""customtkinter as we rely on it: pinned, quiet, smooth, and leaving the user's home alone."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from akimat_desk.ui import toolkit

pytestmark = pytest.mark.screen

START = """
import sys
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.inspect import settle
window = open_window(size=None)
window.home()
settle(window)
"""


def run(script: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", START + script],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_it_is_the_version_we_know() -> None:
    assert version("customtkinter") == toolkit.VERSION


def test_the_attributes_we_use_are_there(display: str) -> None:
    import tkinter

    from customtkinter import CTkEntry, CTkFrame

    root = tkinter.Tk()
    frame = CTkFrame(root, width=20, height=10, bg_color="#000000", fg_color="#FFFFFF")
    entry = CTkEntry(root, width=20, height=10, bg_color="#000000", fg_color="#FFFFFF")
    assert isinstance(frame._canvas, tkinter.Canvas)
    assert isinstance(entry._canvas, tkinter.Canvas)
    assert isinstance(entry._entry, tkinter.Entry)
    assert (frame._current_width, frame._current_height) == (20, 10)
    assert callable(frame._draw)
    assert callable(entry._draw)
    root.destroy()


def test_corners_are_smooth_and_nothing_is_written_to_the_home(display: str, tmp_path: Path) -> None:
    out = run("from akimat_desk.ui.toolkit import smooth; print(smooth())", HOME=str(tmp_path))
    assert out == "True\n"
    assert list(tmp_path.rglob("*.[ot]tf")) == []


def test_a_home_that_cannot_be_written_changes_nothing(display: str, tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("", encoding="utf-8")
    out = run("from akimat_desk.ui.toolkit import smooth; print(smooth(), window._family)", HOME=str(nowhere / "home"))
    assert out == "True Noto Sans\n"


def test_the_first_window_loads_nothing_heavy(display: str) -> None:
    """Measured with `benchmarks/ui.py`; what must not come in is named here."""
    out = run("print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))")
    loaded = set(out.split())
    heavy = {
        "PIL",
        "numpy",
        "reportlab",
        "pikepdf",
        "pypdfium2",
        "cryptography",
        "babel",
        "escpos",
        "darkdetect",
        "subprocess",
    }
    assert loaded & heavy == set()
    assert {"tkinter", "customtkinter", "resvg_py", "gettext"} <= loaded


def test_an_idle_window_has_no_timers_but_ours(display: str) -> None:
    """customtkinter would wake 43 times a second; we collect garbage once a second, and `Operations` listens four
    times.
    """
    out = run(
        "import time\n"
        "call = window.root.tk.call\n"
        "def name(timer): return str(call('after', 'info', timer)[0]).lstrip('0123456789')\n"
        "def names(): return {name(timer) for timer in call('after', 'info')}\n"
        "until = time.monotonic() + 30\n"
        "while names() != {'_look'} and time.monotonic() < until: window.root.update()\n"
        "print(*names())\n"
    )
    assert out == "_look\n"
