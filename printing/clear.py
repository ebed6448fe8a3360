"""Documents that wait, opened for a moment: one side of paper to look at, and the document as it is to be printed.

What is looked at and what is printed are laid out by the same call, so that they cannot differ. The document lies in
the clear only while the worker reads it or writes its sides; what a killed process leaves is erased later.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.ids import uuid7
from akimat_desk.people.erasing import erase_folder
from printing import laid_out
from printing.rules import Options
from printing.sizes import to_lay_out

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.documents.worker import Worker
    from printing.held import Held
    from printing.held_job import HeldJob

CLEAR: Final = "clear-"
"""Files of the spool's folder that hold a document in the clear, for moments; left over, they are erased."""
CLEAR_SECONDS: Final = 600.0


class Clear:
    """Opens documents of `held` in `folder` for `worker`, which keeps the last one in its memory."""

    def __init__(self, held: Held, worker: Worker, folder: Path, clock: Clock) -> None:
        self._held, self._worker, self._folder, self._clock = held, worker, folder, clock

    def document(self, job: HeldJob, options: Options) -> bytes:
        """The document as it is printed. One whose pages are all printed as they are is not touched."""
        every = options.pages in ((), tuple(range(1, job.pages.count + 1)))
        if every and not options.out and to_lay_out(job.pages, options) is None:
            return self._held.document(job.held)
        with self._open(job.held) as file:
            made = self._between()
            try:
                laid_out.write(self._worker, file, made, job.pages, options)
                return made.read_bytes()
            finally:
                erase_folder(made)

    def picture(self, job: HeldJob, side: int, room: tuple[int, int], options: Options) -> bytes:
        """A side (from 1) of one copy as it comes out, as PNG, as large as fits into `room` (pixels).

        Raises `PagesOutside` where there is no such side.
        """
        with self._open(job.held) as file:
            return laid_out.picture(self._worker, file, self._between(), job.pages, options, side, room)

    def _between(self) -> Path:
        return self._folder / f"{CLEAR}{uuid7(self._clock.now_ms())}"

    @contextmanager
    def _open(self, held: str) -> Iterator[Path]:
        file = self._between()  # two may look at one document
        try:
            file.write_bytes(self._held.document(held))
            yield file
        finally:
            erase_folder(file)


def erase_left_over(folder: Path) -> None:
    """Erase what a killed process left in the clear; what is being made now is younger."""
    for file in folder.glob(f"{CLEAR}*"):
        try:
            age = time.time() - file.stat().st_mtime
        except OSError:  # erased meanwhile
            continue
        if not -CLEAR_SECONDS < age < CLEAR_SECONDS:
            erase_folder(file)
