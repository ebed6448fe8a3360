"""Where warnings and bugs are written down: a small file in the data folder, a file a process.

Whoever logs names places and kinds, never what a person typed (see `ui.operations.unexpected`). What nobody catches in
a thread is written down so, too: Python's own words go to standard error, which many systems keep in a file.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import Final

from akimat_desk.base.paths import Home

LARGEST: Final = 256 * 1024
FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@contextmanager
def logging_to(home: Home, process: str) -> Iterator[None]:
    """While the block runs, warnings go to `<process>.log`; the one before it is kept as `<process>.log.1`."""
    folder = home.data / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / f"{process}.log", maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(FORM))
    before = threading.excepthook, sys.unraisablehook
    logging.getLogger().addHandler(handler)
    threading.excepthook = sys.unraisablehook = _nobody_caught
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before
        logging.getLogger().removeHandler(handler)
        handler.close()


def _nobody_caught(what: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
    """A bug in a thread or in tidying up. SystemExit in a thread is no bug."""
    from akimat_desk.ui.operations import unexpected

    if isinstance(what.exc_value, Exception):
        unexpected(what.exc_value)
