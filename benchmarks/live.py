"""How long until a key pressed at one PC is seen at another: three PCs of a room on loopback, each with its keeper.

    python benchmarks/live.py [--presses 60] [--json]

A key in a window of the residents' PC writes an entry there; its keeper takes it to the main PC over TLS; the staff PC,
which waits at the main PC for news, takes it in; the staff PC's window sees that somebody has committed, reads the
number again and draws it. Timed from the key's event to the end of the drawing, by the system's one monotonic clock, in
seven processes. There is no peer to run beside: the time of each part is what its own waiting allows (a window and a
host look ten times a second), so "bare" is the same drawing without the room, in one process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installer.virtual_screen import virtual_screen  # noqa: E402

PIN = "274093"
PATIENCE = 60.0

WINDOW = """
import sys, time, tkinter
from contextlib import ExitStack
from pathlib import Path
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.people.residents import register
from akimat_desk.people.details import Details
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
from akimat_desk.sync.watch import Watch
root = tkinter.Tk()
label = tkinter.Label(root, font=("", 40)); label.pack()
root.update()
stack = ExitStack()
desk = stack.enter_context(open_desk(Home.find(Path(sys.argv[1])), clock=SystemClock(), words=Translator([]),
                                     services=find_services()))
def say(*words):
    print(*words, flush=True)
def count():
    with desk.store.read() as db:
        return db.execute_sql("SELECT count(*) FROM people_resident").fetchone()[0]
def draw():
    label.configure(text=str(count()))
    root.update()
    say("drawn", label["text"], time.monotonic())
"""

TYPIST = (
    WINDOW
    + """
def pressed(event):
    at = time.monotonic()
    register(desk.journal, Details(surname="Тест", given="Тест"))
    say("pressed", count(), at)
    if sys.argv[2] == "bare":
        draw()
root.bind("<space>", pressed)
root.focus_force(); root.update()
say("ready")
for line in sys.stdin:
    root.event_generate("<space>"); root.update()
"""
)

READER = (
    WINDOW
    + """
watch = Watch(desk.store, lambda areas: root.event_generate("<<Came>>", when="tail") if areas else None)
root.bind("<<Came>>", lambda event: draw())
watch.start()
say("ready")
root.mainloop()
"""
)


def desk(home: Path, *words: str, typed: str = "") -> Any:
    """One command of the desk; its JSON."""
    command = [sys.executable, "-m", "akimat_desk.shell.command_line", *words, "--home", str(home), "--json"]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=True)
    return json.loads(done.stdout) if done.stdout else None


@contextmanager
def running(*words: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of the desk that is ended with the block."""
    command = [sys.executable, "-m", "akimat_desk.shell.command_line", *words, "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def window(script: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process with a window that says what happens in it."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script, *words], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "ready":
            pass
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str], what: str, number: int) -> float:
    """When this process said that `what` has reached `number`."""
    assert process.stdout is not None
    for line in process.stdout:
        word, reached, at = line.split()
        if word == what and int(reached) >= number:
            return float(at)
    raise RuntimeError("the process has ended")


def press(typist: subprocess.Popen[str]) -> None:
    """The space bar."""
    assert typist.stdin is not None
    typist.stdin.write("\n")
    typist.stdin.flush()


def join(main: Path, home: Path, use: str) -> None:
    """Let a PC join the room of `main`."""
    until = time.monotonic() + PATIENCE
    while not (given := desk(main, "room", "enrol", "--use", use, typed=f"{PIN}\n"))["addresses"]:
        if time.monotonic() > until:
            raise RuntimeError("the main PC does not answer")
    desk(home, "room", "join", given["addresses"][0], given["code"])


def measure(folder: Path, presses: int, lots: random.Random) -> dict[str, list[float]]:
    """Milliseconds of each press: through the room, and bare."""
    from akimat_desk.base.clock import SystemClock
    from akimat_desk.base.paths import Home
    from tests.shell.conftest import found_village

    main, kiosk, staff = folder / "main", folder / "kiosk", folder / "staff"
    found_village(Home.find(main).ensure(), SystemClock(), "desk")
    times: dict[str, list[float]] = {"room": [], "bare": []}
    with ExitStack() as stack:
        stack.enter_context(running("host", "--listen", "127.0.0.1:0", home=main))
        join(main, kiosk, "kiosk")
        join(main, staff, "desk")
        stack.enter_context(running("keeper", home=kiosk))
        stack.enter_context(running("keeper", home=staff))
        reader = stack.enter_context(window(READER, str(staff)))
        typist = stack.enter_context(window(TYPIST, str(kiosk), "room"))
        time.sleep(3.0)  # keepers are up and wait for news
        for number in range(1, presses + 1):
            time.sleep(lots.uniform(0.2, 0.6))
            press(typist)
            began = told(typist, "pressed", number)
            times["room"].append((told(reader, "drawn", number) - began) * 1000)
    with window(TYPIST, str(main), "bare") as typist:
        for number in range(1, presses + 1):
            press(typist)
            began = told(typist, "pressed", number)
            times["bare"].append((told(typist, "drawn", number) - began) * 1000)
    return times


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presses", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["AKIMAT_DESK_KEYS"] = str(folder / "keys")
        if not os.environ.get("DISPLAY"):
            os.environ["DISPLAY"] = stack.enter_context(virtual_screen())
        times = measure(folder, given.presses, random.Random(1))
    found = {
        name: {"median_ms": statistics.median(each), "p99_ms": sorted(each)[int(len(each) * 0.99) - 1]}
        for name, each in times.items()
    }
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, each in found.items():
        sys.stdout.write(f"{name:5} median {each['median_ms']:7.0f} ms   p99 {each['p99_ms']:7.0f} ms\n")


if __name__ == "__main__":
    main()
