"""What the set-up says: plain lines, one a step, and one sentence when it has to stop."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The set-up cannot go on. The text is one sentence with what is missing and, last, the command that brings it."""


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def spent(seconds: float) -> str:
    """A duration for people: "0.4 s", "12 s", "2 min 5 s"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


class Steps:
    """Counts the steps that are really to be done; with none to do it says nothing at all."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Say "Step n of m: what", and how long it took when it has ended well."""
        self.done += 1
        say(f"Step {self.done} of {self.total}: {what}")
        begun = time.monotonic()
        yield
        say(f"  done, {spent(time.monotonic() - begun)}")


def stopped(why: Stop) -> int:
    """Say why it stopped; the exit code."""
    sys.stdout.flush()
    print(f"Stopped: {why}", file=sys.stderr, flush=True)
    return 1
