"""Leaving in order: whoever stops the set-up (Ctrl+C, a closing session) also stops what it had started."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

GRACE = 30.0
"""Seconds a program that was told to stop has for putting its things away."""


@contextmanager
def orderly() -> Iterator[None]:
    """Inside, Ctrl+C, SIGTERM and SIGHUP unwind, and leave a sentence instead of a traceback."""
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, _leave) for number in ending}
    try:
        yield
    except KeyboardInterrupt:
        _leave(signal.SIGINT, None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(call: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str]) -> int:
    """Run a program to its end; its exit code. Must we leave before, it is told so, and may put its things away."""
    process = subprocess.Popen(call, cwd=folder, env=dict(environment))
    try:
        return process.wait()
    except BaseException as why:
        if not isinstance(why, KeyboardInterrupt):  # Ctrl+C has reached it already, through the terminal
            process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def _leave(number: int, frame: FrameType | None) -> None:
    if number != signal.SIGINT:
        signal.signal(number, signal.SIG_IGN)  # told twice (a time limit tells a whole group) is told once
    print("Stopped. The next run heals what was begun.", file=sys.stderr, flush=True)
    sys.exit(128 + number)
