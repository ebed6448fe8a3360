"""What may be loaded when: a desk must start light on a weak PC, and rules must work where there is no screen."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from .the_house import SHELL_WITHOUT_WINDOW, TOP, draws, modules

HEAVY = {
    *{"PIL", "cryptography", "customtkinter", "escpos", "lxml", "msgspec", "numpy", "peewee", "pikepdf", "pypdfium2"},
    *{"reportlab", "resvg_py", "schedule", "segno", "sqlcipher3", "sqlite3", "tkinter", "xml"},
}
"""Opening the doors loads none of these; a service's own rooms are loaded when they are first entered."""

LOAD_DOORS = """
import json, sys
from akimat_desk.service import find_services
services = find_services()
print(json.dumps([[s.name for s in services], sorted(sys.modules)]))
"""

LIGHT = {
    *{"customtkinter", "darkdetect", "msgspec", "packaging", "peewee", "platformdirs", "playhouse", "resvg_py"},
    *{"schedule", "sqlcipher3"},
}
"""All that the first picture may have loaded, the standard library aside. Papers, documents and crypto come later."""

SHOW_FIRST_WINDOW = """
import json, sys
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.opening import catalogues
services = find_services()
app = App(Home.find(), Translator(catalogues(services)), services, SystemClock(), size=(1366, 768))
app.window.root.update()
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules} - set(sys.stdlib_module_names))))
app.window.close()
"""

LOAD_WITHOUT_TKINTER = """
import importlib, json, sys, traceback

class NoScreen:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tkinter", "_tkinter", "customtkinter"):
            raise ModuleNotFoundError(f"{name} is blocked in this test", name=name)

sys.meta_path.insert(0, NoScreen())
broken = {}
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception:
        broken[name] = traceback.format_exc(limit=-2)
print(json.dumps(broken))
"""


def _python(program: str, given: str = "") -> Any:
    ended = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_opening_all_doors_loads_nothing_heavy() -> None:
    names, loaded = _python(LOAD_DOORS)
    assert {"office", "printing"} <= set(names)
    assert {name for name in loaded if name.split(".")[0] in HEAVY} == set()


@pytest.mark.screen
def test_the_first_window_loads_only_what_it_draws_with(display: str) -> None:
    loaded = _python(SHOW_FIRST_WINDOW)
    of_the_installation = {
        "__main__",
        "_distutils_hack",
        "sitecustomize",
        *(name for name in loaded if name.startswith("__editable__")),
    }
    assert set(loaded) - LIGHT - set(TOP) - of_the_installation == set()


def test_every_module_but_the_screens_works_without_tkinter() -> None:
    quiet = [name for name in modules() if not draws(name)]
    assert set(quiet) >= SHELL_WITHOUT_WINDOW
    assert _python(LOAD_WITHOUT_TKINTER, json.dumps(quiet)) == {}
