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
from printing.layout import sides_of
from printing.rules import Options, PagesOutside
from printing.sizes import SIZES_MM

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.documents.worker import Worker
    from printing.held import Held, HeldJob

CLEAR: Final = "clear-"
"""Files of the spool's folder that hold a document in the clear, for moments; left over, they are erased."""
CLEAR_SECONDS: Final = 600.0


class Clear:
    """Opens documents of `held` in `folder` for `worker`, which keeps the last one in its memory."""

    def __init__(self, held: Held, worker: Worker, folder: Path, clock: Clock) -> None:
        self._held, self._worker, self._folder, self._clock = held, worker, folder, clock

    def document(self, job: HeldJob, options: Options) -> bytes:
        """The document as it is printed. One whose pages are all printed as they are is not touched."""
        if options.layout == "single" and options.pages in ((), tuple(range(1, job.pages.count + 1))):
            return self._held.document(job.held)
        with self._open(job.held) as file, self._laid_out(file, job, options) as made:
            return made.read_bytes()

    def picture(self, job: HeldJob, side: int, room: tuple[int, int], options: Options) -> bytes:
        """A side (from 1) of one copy as it comes out, as PNG, as large as fits into `room` (pixels).

        Raises `PagesOutside` where there is no such side.
        """
        sides = sides_of(job.pages, options)
        if not 1 <= side <= len(sides):
            raise PagesOutside(pages=len(sides))
        grey = options.colour == "grey"
        with self._open(job.held) as file:
            if options.layout == "single":  # a side is a page of the file, whichever were chosen
                (page,) = sides[side - 1]
                return self._worker.preview(file, page, room[0], grey, height_px=room[1])
            with self._laid_out(file, job, options) as made:  # all of it: the first page decides how the sheets lie
                return self._worker.preview(made, side, room[0], grey, height_px=room[1])

    @contextmanager
    def _laid_out(self, file: Path, job: HeldJob, options: Options) -> Iterator[Path]:
        sides = sides_of(job.pages, options)
        made = self._folder / f"{CLEAR}{uuid7(self._clock.now_ms())}"
        try:
            if options.layout == "single":
                self._worker.to_pdf(file, made, pages=[page for (page,) in sides])
            else:
                self._worker.to_pdf(file, made, sides=sides, sheet_mm=SIZES_MM[options.size])
            yield made
        finally:
            erase_folder(made)

    @contextmanager
    def _open(self, held: str) -> Iterator[Path]:
        file = self._folder / f"{CLEAR}{uuid7(self._clock.now_ms())}"  # two may look at one document
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
