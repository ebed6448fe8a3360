"""How fast a window is there, a page is built and a table is scrolled; the same widgets bare run beside ours.

    python benchmarks/ui.py [--runs 7] [--rows 100000] [--json]

Draws on the display at hand, or on a screen in memory. Every run is a new process whose modules are compiled already,
as on an installed PC; medians of all runs, in milliseconds of this PC, memory in MB. "start" is from the first import
to the window with the resident's home on it. The peers show the same words in six tiles, ten buttons and a panel:
"tkinter" with its own widgets, without pictures, corners or focus rings, and "customtkinter" with its own. "page" is
that page built again, as a change of language does it. "opened" is a table of --rows rows, "scrolled" one jump in it.
"program" is the whole desk on a demo village: "start" until its first page can be seen, "desk" until its encrypted
database has been opened behind that page and the home tells today's prices.

On a busy PC look at "cpu", the milliseconds this process itself has worked: others' work does not count in it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from installer.virtual_screen import virtual_screen

WORDS = (
    "Құжат басып шығару",
    "eGov сабақтары",
    "Әкімнің қабылдауына жазылу",
    "Ортақ бюджетке дауыс беру",
    "Компьютер мен интернет",
    "Менің талондарым",
)

PREAMBLE = """
import json, resource, sys, time
begun, worked = time.perf_counter(), time.process_time()
WORDS = {words!r}
ROWS = {rows}
def tell(**found):
    with open("/proc/self/statm") as memory:
        found["mb"] = int(memory.read().split()[1]) * resource.getpagesize() / 2**20
    print(json.dumps(found))
def since():
    return dict(start=(time.perf_counter() - begun) * 1000, cpu=(time.process_time() - worked) * 1000)
def timed(root, work):
    began = time.perf_counter()
    work()
    root.update()
    return (time.perf_counter() - began) * 1000
"""

OURS = """
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.samples import Home
window = open_window(Home, size=None)
window.home()
window.root.update()
start = since()
pages = [timed(window.root, window.rebuild) for _ in range(9)]
tell(**start, page=sorted(pages)[4])
"""

BARE = """
import tkinter
root = tkinter.Tk()
root.attributes("-fullscreen", True)
def build():
    page = tkinter.Frame(root)
    page.place(relwidth=1, relheight=1)
    for side, count in (("top", 6), ("bottom", 4)):
        row = tkinter.Frame(page)
        row.pack(side=side, fill="x")
        tkinter.Label(row, text="Ақжар ауылдық округі", font=("Noto Sans", -22, "bold")).pack(side="left")
        for number in range(count):
            button = tkinter.Button(row, text=f"Батырма {number}", font=("Noto Sans", -18, "bold"), padx=18, pady=10)
            button.pack(side="right")
    tkinter.Label(page, text="Қош келдіңіз! Не істегіңіз келеді?", font=("Noto Sans", -32, "bold")).pack(anchor="w")
    panel = tkinter.Frame(page)
    panel.pack(side="right", fill="y")
    for number in range(10):
        tkinter.Label(panel, text=f"18 желтоқсан, жұма {number}", font=("Noto Sans", -20, "bold")).pack(anchor="w")
    tiles = tkinter.Frame(page)
    tiles.pack(fill="both", expand=True)
    for number, words in enumerate(WORDS):
        tile = tkinter.Button(tiles, text=words, font=("Noto Sans", -24, "bold"))
        tile.grid(row=number // 2, column=number % 2, sticky="nsew", padx=7, pady=7)
    tiles.columnconfigure((0, 1), weight=1)
    tiles.rowconfigure((0, 1, 2), weight=1)
    return page
page = build()
root.update()
start = since()
def again():
    global page
    old, page = page, build()
    page.update_idletasks()
    old.destroy()
pages = [timed(root, again) for _ in range(9)]
tell(**start, page=sorted(pages)[4])
"""

CUSTOM = (
    BARE.replace("import tkinter\nroot = tkinter.Tk()", "import tkinter, customtkinter\nroot = customtkinter.CTk()")
    .replace("tkinter.Frame(", "customtkinter.CTkFrame(")
    .replace("tkinter.Label(", "customtkinter.CTkLabel(")
    .replace("tkinter.Button(", "customtkinter.CTkButton(")
    .replace(", padx=18, pady=10)", ", height=48)")
    .replace(", -", ", ")
)

OUR_TABLE = """
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.widgets.rows import Column, FetchedRows, ListedRows, Row
from akimat_desk.ui.widgets.table import Table
COLUMNS = (Column("code", "Code", 120), Column("name", "Name", 260), Column("pages", "Pages", 90, "right"),
           Column("state", "State", 160, stretch=True))
ROWS_ALL = [Row(str(n), (f"{n:06}", f"Name {n}", str(n % 17), "waits"), "clock", "gold_text") for n in range(ROWS)]
class Page(Screen):
    frame = "staff"
    def build(self, body, stage):
        self.table = Table(body, COLUMNS, ListedRows(ROWS_ALL))
        self.table.pack(fill="both", expand=True)
window = open_window(size=None)
window.home()
window.root.update()
page = Page()
opened = timed(window.root, lambda: window.go(page))
scrolled = sorted(timed(window.root, lambda n=n: page.table.scroll_to(n * 997 % ROWS)) for n in range(1, 100))[49]
tell(opened=opened, scrolled=scrolled)
"""

BARE_TABLE = """
import tkinter
from tkinter import ttk
root = tkinter.Tk()
root.attributes("-fullscreen", True)
root.update()
ROWS_ALL = [(f"{n:06}", f"Name {n}", str(n % 17), "waits") for n in range(ROWS)]
tree = ttk.Treeview(root, columns=("name", "pages", "state"))
def fill():
    tree.pack(fill="both", expand=True)
    for code, *rest in ROWS_ALL:
        tree.insert("", "end", text=code, values=rest)
opened = timed(root, fill)
scrolled = sorted(timed(root, lambda n=n: tree.yview_moveto(n * 997 % ROWS / ROWS)) for n in range(1, 100))[49]
tell(opened=opened, scrolled=scrolled)
"""

PROGRAM = """
from pathlib import Path
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.opening import catalogues
services = find_services()
app = App(Home(Path({village!r}) / "data", Path({village!r}) / "keys"), Translator(catalogues(services)), services,
          SystemClock(), resident_first=True)
app.start()
app.window.root.update_idletasks()
start = since()
while app.desk is None or not app._home.lines:
    app.window.root.update()
    time.sleep(0.001)
tell(**start, desk=(time.perf_counter() - begun) * 1000)
app.close()
"""

MAKE_VILLAGE = """
from pathlib import Path
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.demo import make_village
from akimat_desk.shell.opening import catalogues
make_village(Translator(catalogues(find_services())), Home(Path({village!r}) / "data", Path({village!r}) / "keys"))
tell()
"""

CASES = {
    "program": {"ours": PROGRAM},
    "window": {"ours": OURS, "tkinter": BARE, "customtkinter": CUSTOM},
    "table": {"ours": OUR_TABLE, "tkinter": BARE_TABLE},
}


def once(script: str, rows: int, compiled: str) -> dict[str, float]:
    """One process; `compiled` is the folder of compiled modules, in which the demo village lies, too."""
    code = PREAMBLE.format(words=WORDS, rows=rows) + script.replace("{village!r}", repr(f"{compiled}/village"))
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables["PYTHONPYCACHEPREFIX"] = compiled
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    report: dict[str, dict[str, dict[str, float]]] = {}
    screen = nullcontext(os.environ["DISPLAY"]) if "DISPLAY" in os.environ else virtual_screen()
    with screen as display, tempfile.TemporaryDirectory() as compiled:
        os.environ["DISPLAY"] = display
        once(MAKE_VILLAGE, given.rows, compiled)
        for case, variants in CASES.items():
            for script in variants.values():
                once(script, given.rows, compiled)  # compiles
            found: dict[str, list[dict[str, float]]] = {name: [] for name in variants}
            for _ in range(given.runs):  # in turn, so that a busy minute falls on all of them
                for name, script in variants.items():
                    found[name].append(once(script, given.rows, compiled))
            report[case] = {
                name: {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
                for name, runs in found.items()
            }
    if given.json:
        print(json.dumps(report))
        return
    for case, variants_found in report.items():
        for name, numbers in variants_found.items():
            print(f"{case:8}{name:15}" + "".join(f"{key} {value:8.1f}   " for key, value in numbers.items()))
    window = report["window"]
    for peer in ("tkinter", "customtkinter"):
        ratios = {key: window["ours"][key] / window[peer][key] for key in ("start", "cpu", "page")}
        print(f"ours to {peer}: " + ", ".join(f"{key} {ratio:.2f}" for key, ratio in ratios.items()))


if __name__ == "__main__":
    main()
