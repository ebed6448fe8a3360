"""Leaving in order: whoever stops the set-up (Ctrl+C, a closing session) also stops what it had started."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


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


def _leave(number: int, frame: FrameType | None) -> None:
    print("Stopped. The next run heals what was begun.", file=sys.stderr, flush=True)
    sys.exit(128 + number)
