"""Two writers on one desk, killed a thousand times; run as `python -m tests.store.killed_writers DATA KEYS KILLS SEED`.

Each life two processes open the desk, the way a window and a command do, and add numbered notes; a number is told
through a pipe after its commit has returned. A kill comes after a random number of tellings, at a random moment. The
next life looks first: every number that was told is there, and no number is missing between.

The lives are forks of this process, which itself never opens the desk, so a life costs milliseconds. At the end it
prints {"kills": …, "told": …, "kept": …, "lost": …}.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from tests.store.notes import NOTES

FILLING = "x" * 900


def live(home: Home, told: int, pipe: int) -> None:
    """One life: look, then write until killed. What it finds amiss it tells as a negative number."""
    store = Store.open(home, migrations=[NOTES], create=True)
    with store.read() as db:
        rows, highest = db.execute_sql("SELECT count(*), coalesce(max(id), 0) FROM note").fetchone()
    if rows != highest or highest < told:
        os.write(pipe, b"-1\n")
        return
    while True:
        with store.write() as db:
            number = db.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM note").fetchone()[0]
            db.execute_sql("INSERT INTO note VALUES (?, ?)", (number, f"{number} {FILLING}"))
        os.write(pipe, b"%d\n" % number)


def start(home: Home, told: int, pipe: int) -> int:
    """Fork one life; its process id."""
    process = os.fork()
    if process:
        return process
    try:
        live(home, told, pipe)
    finally:
        os._exit(1)


def main() -> None:
    """See the module."""
    home, kills, chance = Home(Path(sys.argv[1]), Path(sys.argv[2])), int(sys.argv[3]), random.Random(sys.argv[4])
    told = tellings = lost = done = 0
    while done < kills:
        reading, writing = os.pipe()
        lives = [start(home, told, writing) for _ in range(2)]
        os.close(writing)
        rest, wanted = b"", chance.randrange(8)
        while wanted > 0 and select.select([reading], [], [], 20)[0]:
            news = os.read(reading, 65536)
            if not news:
                break
            *numbers, rest = (rest + news).split(b"\n")
            wanted -= len(numbers)
            tellings += len(numbers)
            lost += numbers.count(b"-1")
            told = max([told, *map(int, numbers)])
        time.sleep(chance.uniform(0, 0.004))  # the moment of the kill, not a wait for anything
        for process in lives:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            done += 1
        while news := os.read(reading, 65536):
            *numbers, rest = (rest + news).split(b"\n")
            tellings += len(numbers)
            lost += numbers.count(b"-1")
            told = max([told, *map(int, numbers)])
        os.close(reading)
    sys.stdout.write(json.dumps({"kills": done, "told": tellings, "highest": told, "lost": lost}))


if __name__ == "__main__":
    main()
