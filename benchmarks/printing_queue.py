"""A queue of so many held documents, opened and searched by a code: `python benchmarks/printing.py --queue`.

"find" is the question to the encrypted tables alone. "drawn" is the staff's page as the program shows it, with its own
threads: from the key (Enter on the queue's row of the sidebar, a digit in the field) until the rows are painted, and
"all" until the panel beside them and all else is; both when the display has done what it was told. The page before it
is another one, and what brings it up is not counted. On the display at hand, or on a screen in memory; the documents
have rows, and no files.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import catalogues, open_desk
from akimat_desk.ui.frames.staff import StaffFacts, StaffFrame
from akimat_desk.ui.frames.staff_rows import PageRow
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.table import Table
from akimat_desk.ui.window import Window
from installer.virtual_screen import virtual_screen
from printing.layout import Pages
from printing.records import HeldRow
from printing.room import room_of
from printing.rules import Options, Quote
from printing.screens.enter import the_printers
from printing.screens.enter_release import queue
from printing.screens.queue import QueueScreen

LONGEST_S: Final = 30.0
TYPED: Final = {"open": "", "first digit": "4", "third digit": "482"}


def measure(held: int, rounds: int) -> dict[str, Any]:
    """What the module tells, in milliseconds."""
    with tempfile.TemporaryDirectory() as place, a_screen():
        home, services = Home(Path(place) / "desk", Path(place) / "keys"), find_services()
        words = Translator(catalogues(services))
        with open_desk(home, clock=SystemClock(), words=words, services=services, create=True) as desk:
            typed = {**TYPED, "last digit of the code": fill(desk, held)}
            documents = room_of(desk).held
            found = {name: spent(rounds, partial(documents.find, what)) for name, what in typed.items()}
            with a_window(desk, words) as window:
                drawn = {name: drawing(window, what, rounds) for name, what in typed.items()}
    return {"held": held, "rounds": rounds, "find_ms": found, "drawn_ms": drawn}


def fill(desk: Desk, held: int) -> str:
    """So many documents wait; the code of one of them."""
    cost = Quote(3, 3, 3, 0, 20, 80, 60)
    one = room_of(desk).held.hold(
        b"%PDF", device=desk.journal.device, seat=1, pages=Pages(3), options=Options(), quote=cost
    )
    with desk.store.write() as db:
        (row,) = HeldRow.select().dicts().execute(db)
        for number in range(1, held):
            other = {**row, "held": f"{number:032x}", "code": f"{number * 7919 % 1_000_000:06}"}
            HeldRow.insert(**other).execute(db)
    return one.code


@contextmanager
def a_window(desk: Desk, words: Translator) -> Iterator[Window]:
    """The staff's window, full screen, with its page of printers shown."""
    rows = [
        PageRow("printers", "Принтерлер", "printer", lambda: window.go(the_printers(desk))),
        PageRow("queue", "Басып шығару кезегі", "files", lambda: window.go(queue(desk))),
    ]
    facts = StaffFacts("Ақжар ауылдық округі", rows, "", user="А. Сәдуақасова", role="қызметкер")
    staff = StaffFrame(lambda: where(facts, window))
    window = open_window(size=None, operations=None)
    window.frames = {**window.frames, "staff": staff}
    window.speak(words)
    window.go(the_printers(desk))
    yield window
    window.close()
    window.operations.close()


def where(facts: StaffFacts, window: Window) -> StaffFacts:
    """The row of the page that is shown is the current one."""
    return facts._replace(current="queue" if window.screen.name == QueueScreen.name else "printers")


def drawing(window: Window, typed: str, rounds: int) -> dict[str, float]:
    """From the key until the rows are painted, and until all is."""
    if typed:
        open_queue(window)
        return spent(
            rounds,
            partial(press, window, typed[-1]),
            partial(type_in, window, typed[:-1]),
            partial(all_painted, window),
        )
    return spent(rounds, partial(open_queue, window), partial(leave, window), partial(all_painted, window))


def leave(window: Window) -> None:
    """Another page is shown, and the keyboard is in the sidebar."""
    window.page.controls["page-printers"].press()  # type: ignore[attr-defined]
    until(window, lambda: window.screen.name != QueueScreen.name)
    window.page.controls["page-queue"].take_focus()
    calm(window)


def open_queue(window: Window) -> None:
    """Enter on the row of the sidebar, until the page stands."""
    if window.screen.name != QueueScreen.name:
        window.page.controls["page-queue"].canvas.event_generate("<Key-Return>")  # type: ignore[attr-defined]
    until(window, lambda: stands(window))


def type_in(window: Window, typed: str) -> None:
    """This stands in the field and is searched for."""
    field = window.page.controls["find"]
    assert isinstance(field, Field)
    field.entry.delete(0, "end")
    field.entry.insert(0, typed)
    field.take_focus()
    until(window, lambda: stands(window))
    calm(window)


def press(window: Window, digit: str) -> None:
    """One more digit, until what it finds is painted."""
    field = window.page.controls["find"]
    assert isinstance(field, Field)
    field.entry.event_generate(f"<Key-{digit}>")
    until(window, lambda: stands(window))


def stands(window: Window) -> bool:
    """Whether the page of the queue is shown with the rows that were looked for."""
    page = window.screen
    assert isinstance(page, QueueScreen)
    table = window.page.controls.get("queue")
    return isinstance(table, Table) and bool(table.tree.get_children()) and not page._searching


def until(window: Window, holds: Callable[[], bool]) -> None:
    """Go on until it holds, and what is to be drawn then is painted: the display answers after all it was told."""
    end = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        window.root.tk.dooneevent(0)
    window.root.update_idletasks()
    window.root.winfo_pointerxy()


def all_painted(window: Window) -> None:
    """The panel stands beside the rows, and nothing more is due."""
    until(window, lambda: "open" in window.page.controls)
    window.root.update()


def calm(window: Window) -> None:
    """Whatever the last step left to be done later is done."""
    time.sleep(0.05)
    window.root.update()


def spent(
    rounds: int,
    do: Callable[[], object],
    ready: Callable[[], object] = lambda: None,
    rest: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """The median and the ninth of ten by the clock, the median with the rest, and the median of what this process
    worked for both; one run first. `ready` is not counted.
    """
    took, whole, worked = [], [], []
    for number in range(rounds + 1):
        ready()
        began, before = time.perf_counter(), time.process_time()
        do()
        done = time.perf_counter()
        rest()
        if number:
            took.append(1000 * (done - began))
            whole.append(1000 * (time.perf_counter() - began))
            worked.append(1000 * (time.process_time() - before))
    return {
        "took": round(statistics.median(took), 1),
        "p90": round(sorted(took)[max(0, len(took) * 9 // 10 - 1)], 1),
        "all": round(statistics.median(whole), 1),
        "worked": round(statistics.median(worked), 1),
    }


def tell(found: dict[str, Any]) -> str:
    """The result as a table."""
    lines = [f"{found['held']} documents wait; {found['rounds']} rounds, milliseconds"]
    lines.append(f"  {'':23} {'find':>7}   {'drawn':>7} {'p90':>7} {'all':>7} {'worked':>7}")
    for name, asked in found["find_ms"].items():
        drawn = found["drawn_ms"][name]
        shown = " ".join(f"{drawn[what]:7.1f}" for what in ("took", "p90", "all", "worked"))
        lines.append(f"  {name:23} {asked['took']:7.1f}   {shown}")
    return "\n".join(lines)


@contextmanager
def a_screen() -> Iterator[None]:
    """The display at hand, or one in memory."""
    if "DISPLAY" in os.environ:
        yield
        return
    with virtual_screen() as name:
        os.environ["DISPLAY"] = name
        yield
        del os.environ["DISPLAY"]
