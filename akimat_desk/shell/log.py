"""Where warnings and bugs are written down: a small file in the data folder, a file a process.

Whoever logs names places and kinds, never what a person typed (see `ui.operations.unexpected`).
"""

from __future__ import annotations

import logging
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
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
