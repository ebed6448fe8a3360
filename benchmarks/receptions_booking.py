"""How fast booking is on a day that 500 people want: the page of times, the booking itself, one's own ticket.

    python benchmarks/receptions_booking.py [--people 500] [--presses 30] [--json]

"day" and "time" are the resident's page of times in the program's own window: from the press to the end of the drawing.
"fetched" is how long that page's days are read. "book" is everything between the last press and the ticket: the limits
are checked, the code is hashed (slow on purpose), the entry is signed and written, the time is ruled, the ticket laid
into the out-tray. "look up" finds a ticket by number and code; "list" is what staff's page of bookings reads. "cpu" are
the milliseconds this process itself has worked: on a busy PC look at these.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.receptions_day import administrator, opened, summed  # noqa: E402
from installer.virtual_screen import virtual_screen  # noqa: E402

TIMES = 100
"""How many of the people have a time; the others wait for one."""

Times = dict[str, list[float]]


@contextmanager
def timed(times: Times, name: str) -> Iterator[None]:
    """Milliseconds of what is inside."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    times.setdefault(f"{name} cpu", []).append((time.process_time() - worked) * 1000)
    times.setdefault(name, []).append((time.perf_counter() - began) * 1000)


def village(home: Path, people: int) -> None:
    """A village whose next reception so many people want."""
    import msgspec

    from akimat_desk.base.clock import SystemClock
    from akimat_desk.base.paths import Home
    from meetings import actions as plans
    from meetings.demo import RECEPTION
    from meetings.plan import plan_now
    from meetings.visits import actions, room
    from tests.shell.conftest import found_village

    found_village(Home.find(home).ensure(), SystemClock(), "desk")
    long_day = msgspec.structs.replace(RECEPTION, start=8 * 60, end=20 * 60, slot=5)
    with opened(home) as desk:
        plans.begin(desk.journal, long_day, by=administrator(desk))
        for plan in plan_now(desk).series:
            plans.publish(desk.journal, plan.series, plan.occurrences, by=administrator(desk))
        day = room.days(desk)[1]  # still to come, whatever the hour
        for person in range(people):
            start = day.slots[person].start if person < TIMES else None
            actions.ask(desk.journal, wanted(day, person, start))


def wanted(day: Any, person: int, start: int | None) -> Any:
    """Somebody who asks for a time, or for a place on the waiting list."""
    from meetings.visits.actions import Asking
    from meetings.visits.entries import VisitDetails
    from tests.meetings.visits.conftest import iin

    details = VisitDetails(name="Тұрғын Бұл", iin=iin(person), phone="87010000000")
    way: Any = "kiosk" if start is not None else "waiting"
    return Asking(day.series.id, day.day, way, "land", start, details=details)


def actions_of(home: Path, people: int, presses: int) -> Times:
    """Booking, looking up and listing, without a window."""
    from meetings.visits import room
    from meetings.visits.listed import listed

    times: Times = {}
    with opened(home) as desk:
        for number in range(presses):
            with timed(times, "fetched"):
                day = room.days(desk)[1]
            asked = wanted(day, people + number, day.slots[TIMES + number].start)
            with timed(times, "book"):
                ticket = room.book(desk, asked).ticket
            with timed(times, "look up"):
                room.look_up(desk, ticket.visit.number, ticket.secret)
            with timed(times, "list"):
                listed(desk)
    return times


def pages(home: Path, presses: int) -> Times:
    """The page of times, pressed."""
    from akimat_desk.ui.gallery import open_window
    from akimat_desk.ui.inspect import settle
    from meetings.visits.screens import enter
    from tests.office.conftest import Nothing

    times: Times = {}
    with opened(home) as desk:
        window = open_window(Nothing, size=(1366, 768))
        window.home()
        window.go(enter.book(desk))
        settle(window)
        press(window, "subject-land")
        settle(window)
        days = [name for name in window.page.controls if name.startswith("day-")][:2]
        for number in range(presses):
            with timed(times, "day"):
                press(window, days[(number + 1) % 2])
                window.root.update_idletasks()
            settle(window)
            free = [name for name in window.page.controls if name.startswith("slot-")]
            with timed(times, "time"):
                press(window, free[number % len(free)])
                window.root.update_idletasks()
            settle(window)
        window.close()
    return times


def press(window: Any, name: str) -> None:
    """Press a control of the page."""
    call: Callable[[], object] = window.page.controls[name].press
    call()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--presses", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["AKIMAT_DESK_KEYS"] = str(folder / "keys")
        if not os.environ.get("DISPLAY"):
            os.environ["DISPLAY"] = stack.enter_context(virtual_screen())
        village(folder / "main", given.people)
        times = actions_of(folder / "main", given.people, given.presses)
        times |= pages(folder / "main", given.presses)
    found = {name: summed(each) for name, each in times.items()}
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, each in found.items():
        sys.stdout.write(f"{name:12} median {each['median_ms']:7.1f} ms   p90 {each['p90_ms']:7.1f} ms\n")


if __name__ == "__main__":
    main()
