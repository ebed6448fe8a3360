"""Leaving in order: whoever stops the set-up (Ctrl+C, a closing session) also stops what it had started."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def orderly() -> Iterator[None]:
    """Inside, SIGTERM and SIGHUP unwind like Ctrl+C does, and Ctrl+C leaves a sentence instead of a traceback."""
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, _leave) for number in ending}
    try:
        yield
    except KeyboardInterrupt:
        print("Stopped. The next run goes on from here.", file=sys.stderr)
        sys.exit(130)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
