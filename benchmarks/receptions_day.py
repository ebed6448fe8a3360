"""How fast the day of a reception is: a key at the official's door, and the board on the wall of another PC.

    python benchmarks/receptions_day.py [--people 200] [--presses 60] [--json]

"key" is the staff's page with 200 residents in one queue, as the program shows it: from the key to the end of the
drawing, with what lies between: the step is written into the encrypted journal and signed, the day is read anew, the
list's rows and the panel are drawn. F2 calls the next (or ends a talk and calls the next), F3 calls again, F8 begins
the talk, F9 ends it, F4 says that nobody came. "bare" is the same list in a ttk.Treeview and the same words in labels,
without a database, in the same run. "cpu" are the milliseconds the process itself has worked for a press, all its
threads together, the waiting loop of this command too: on a busy PC look at these, and at "bare".

"board" are two PCs of a room on loopback, each with its keeper: a ticket is called at the main PC, and the board's own
screen in another process says when it has drawn the number. Timed by the system's one monotonic clock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.live import join, running, window  # noqa: E402
from installer.virtual_screen import virtual_screen  # noqa: E402

KEYS = ("F2", "F3", "F8", "F9", "F2", "F8", "F2", "F4")
LONGEST = 30.0

BOARD = """
import sys, time
from pathlib import Path
from contextlib import ExitStack
from akimat_desk.base.clock import SystemClock, local
from akimat_desk.base.paths import Home
from akimat_desk.service import find_services
from akimat_desk.base.words import Translator
from akimat_desk.shell.opening import catalogues, open_desk
from akimat_desk.sync.watch import Watch
from akimat_desk.ui.frames.board import BoardFrame
from akimat_desk.ui.window import Window
from meetings.day import board
from meetings.day.screens.board import BoardPresenter, BoardScreen
services = find_services()
stack = ExitStack()
desk = stack.enter_context(open_desk(Home.find(Path(sys.argv[1])), clock=SystemClock(),
                                     words=Translator(catalogues(services)), services=services))
class Told(BoardScreen):
    def _show(self, stage, found):
        super()._show(stage, found)
        window.root.update_idletasks()
        for call in found.calls[:1]:
            print("drawn", call.number, time.monotonic(), flush=True)
made = BoardPresenter(lambda: board.board_now(desk), lambda: local(desk.clock.now_ms()), lambda *_: True, lambda: None)
window = Window(desk.words, {"board": BoardFrame()}, lambda: Told(made), size=(1366, 768))
watch = Watch(desk.store, lambda areas: window.operations.post(lambda: window.publish({"*"})))
watch.start()
window.root.after(1000, lambda: print("ready", flush=True))
window.run()
"""


def opened(home: Path) -> Any:
    """The desk in a folder, to be closed by `with`."""
    from akimat_desk.base.clock import SystemClock
    from akimat_desk.base.paths import Home
    from akimat_desk.base.words import Translator
    from akimat_desk.service import find_services
    from akimat_desk.shell.opening import catalogues, open_desk

    services = find_services()
    words = Translator(catalogues(services))
    return open_desk(Home.find(home), clock=SystemClock(), words=words, services=services)


def village(home: Path, people: int) -> None:
    """A village whose akim receives today, and so many residents who have come without a booking."""
    from akimat_desk.base.clock import SystemClock, local_date
    from akimat_desk.base.ids import uuid7
    from akimat_desk.base.paths import Home
    from akimat_desk.journal import numbers
    from meetings import actions
    from meetings.day.entries import VISIT_STEPPED, VisitStepped
    from meetings.demo import RECEPTION
    from meetings.visits.entries import VISIT_ASKED, VisitAsked, VisitDetails
    from tests.shell.conftest import found_village

    found_village(Home.find(home).ensure(), SystemClock(), "desk")
    with opened(home) as desk:
        series = actions.begin(desk.journal, RECEPTION, by=administrator(desk)).id
        now_ms = desk.clock.now_ms()
        day = local_date(now_ms)
        for number in range(people):
            visit = uuid7(now_ms + number)
            with desk.journal.commit() as commit:
                given = numbers.give(commit, "meetings.ticket", day)
                asked = VisitAsked(visit=visit, series=series, day=day, number=given, way="walk-in", subject="land")
                commit.append(VISIT_ASKED, asked, VisitDetails(name=f"Тұрғын {number}"))
                commit.append(VISIT_STEPPED, VisitStepped(visit=visit, day=day, series=series, did="arrived"))


def administrator(desk: Any) -> Any:
    """Whoever set the village up."""
    from akimat_desk.people.staff import SignedIn

    with desk.store.read() as db:
        staff, name = db.execute_sql("SELECT id, name FROM people_staff WHERE role = 'administrator'").fetchone()
    return SignedIn(staff, name, "administrator")


def keys(home: Path, presses: int) -> dict[str, list[float]]:
    """Milliseconds of each press in the program's own window, by the key."""
    from akimat_desk.base.clock import SystemClock
    from akimat_desk.base.paths import Home
    from akimat_desk.base.words import Translator
    from akimat_desk.service import find_services
    from akimat_desk.shell.app import App
    from akimat_desk.shell.opening import catalogues
    from meetings.day.screens.day import DayScreen

    services = find_services()
    app = App(Home.find(home), Translator(catalogues(services)), services, SystemClock(), size=(1366, 768))
    times: dict[str, list[float]] = {name: [] for key in KEYS for name in (key, f"{key} cpu")}
    try:
        app.start()
        until(app, lambda: app.desk is not None)
        app._signed_in(administrator(app.desk))
        until(app, lambda: app.window.screen.name == "shell.today")
        app.staff.show_page(the_day_of(services))
        until(app, lambda: isinstance(app.window.screen, DayScreen) and app.window.screen.day.view is not None)
        rest(app)
        screen = app.window.screen
        assert isinstance(screen, DayScreen)
        drawn, worked = list[float](), list[float]()

        def then(call: Callable[..., None]) -> Callable[..., None]:
            def after(*given: Any) -> None:
                call(*given)
                app.window.root.update_idletasks()
                drawn.append(time.perf_counter())
                worked.append(time.process_time())

            return after

        screen._take = then(screen._take)  # type: ignore[method-assign]
        screen._failed = then(screen._failed)  # type: ignore[method-assign]
        for number in range(presses):
            key = KEYS[number % len(KEYS)]
            drawn.clear()
            worked.clear()
            began, cpu = time.perf_counter(), time.process_time()
            screen.on_key(app.window.stage, key)
            until(app, lambda: bool(worked))
            times[f"{key} cpu"].append((worked[0] - cpu) * 1000)
            times[key].append((drawn[0] - began) * 1000)
            rest(app)
    finally:
        app.close()
    return times


def the_day_of(services: Any) -> str:
    """The key of the day's page."""
    from akimat_desk.shell.pages import page_key

    return next(
        page_key(service, number)
        for service in services
        for number, page in enumerate(service.staff_pages)
        if page.screen == "meetings.day.screens.enter:the_day"
    )


def until(app: Any, holds: Callable[[], bool]) -> None:
    """Let the window live until it is so."""
    end = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("waited in vain")
        app.window.root.update()
        time.sleep(0.001)


def rest(app: Any) -> None:
    """Let what follows a press (the badges, the watch) come to its end."""
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        app.window.root.update()
        time.sleep(0.005)


def bare(people: int, presses: int) -> list[float]:
    """The same list and words in ttk and tkinter alone."""
    import tkinter
    from tkinter import ttk

    root = tkinter.Tk()
    root.geometry("1366x768")
    tree = ttk.Treeview(root, columns=("b", "c", "d", "e"), height=17)
    tree.pack(side="left", fill="both", expand=True)
    rows = [tree.insert("", "end", text="жазылусыз", values=(n, f"Тұрғын {n}", "Жер", "Келді")) for n in range(people)]
    labels = [tkinter.Label(root, text="–") for _ in range(24)]
    for label in labels:
        label.pack(anchor="w")
    root.update()
    times = []
    for number in range(presses):
        began = time.perf_counter()
        for row in rows[:17]:
            tree.item(row, values=(number, f"Тұрғын {number}", "Жер", "Шақырылды"))
        for label in labels:
            label.configure(text=f"{number}")
        root.update()
        times.append((time.perf_counter() - began) * 1000)
    root.destroy()
    return times


def boards(folder: Path, presses: int, lots: random.Random) -> list[float]:
    """Milliseconds from a call at the main PC to the number drawn at the board's PC."""
    from akimat_desk.base.clock import local_date
    from meetings.day import actions

    main, wall, times = folder / "main", folder / "wall", list[float]()
    with ExitStack() as stack:
        stack.enter_context(running("host", "--listen", "127.0.0.1:0", home=main))
        join(main, wall, "board")
        stack.enter_context(running("keeper", home=wall))
        screen = stack.enter_context(window(BOARD, str(wall)))
        desk = stack.enter_context(opened(main))
        by, day = administrator(desk), local_date(desk.clock.now_ms())
        with desk.store.read() as db:
            (series,) = db.execute_sql("SELECT id FROM meetings_series").fetchone()
        time.sleep(3.0)  # keepers are up and wait for news
        assert screen.stdout is not None
        for room in range(901, 901 + presses):
            time.sleep(lots.uniform(0.2, 0.6))
            began = time.monotonic()
            number = actions.call_next(desk.journal, day, series, room=room, by=by).number
            for line in screen.stdout:
                word, shown, at = line.split()
                if word == "drawn" and shown == number:
                    times.append((float(at) - began) * 1000)
                    break
    return times


def summed(times: list[float]) -> dict[str, float]:
    """The median, and what nine of ten stay under."""
    return {"median_ms": statistics.median(times), "p90_ms": sorted(times)[max(0, int(len(times) * 0.9) - 1)]}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--presses", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["AKIMAT_DESK_KEYS"] = str(folder / "keys")
        if not os.environ.get("DISPLAY"):
            os.environ["DISPLAY"] = stack.enter_context(virtual_screen())
        village(folder / "main", given.people)
        found = {f"key {key}": summed(times) for key, times in keys(folder / "main", given.presses).items()}
        found["bare"] = summed(bare(given.people, given.presses))
        found["board"] = summed(boards(folder, given.presses, random.Random(1)))
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, each in found.items():
        sys.stdout.write(f"{name:10} median {each['median_ms']:7.1f} ms   p90 {each['p90_ms']:7.1f} ms\n")


if __name__ == "__main__":
    main()
