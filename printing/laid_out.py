"""A document as it comes out on paper, by the document worker: what is looked at and what is printed alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from akimat_desk.people.erasing import erase_folder
from printing.layout import sides_of
from printing.rules import PagesOutside
from printing.sizes import SIZES_MM, to_lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.layout import Pages
    from printing.rules import Options


class Worker(Protocol):
    """What is needed of `akimat_desk.documents.worker.Worker`; both calls block."""

    def preview(  # noqa: D102
        self,
        path: Path,
        page: int,
        width_px: int,
        grey: bool = False,
        *,
        height_px: int | None = None,
        password: str | None = None,
    ) -> bytes: ...

    def to_pdf(  # noqa: D102
        self,
        path: Path,
        target: Path,
        *,
        pages: Sequence[int] | None = None,
        sides: Sequence[Sequence[int]] | None = None,
        sheet_mm: tuple[float, float] = ...,
        password: str | None = None,
    ) -> object: ...


def write(
    worker: Worker, source: Path, target: Path, file: Pages, options: Options, *, password: str | None = None
) -> None:
    """Write one copy of `source` to `target` as `options` have it: the chosen pages, on sheets of the chosen size.

    Raises `PagesOutside` and what the worker raises.
    """
    sides = to_lay_out(file, options)
    if sides is None:
        pages = tuple(page for (page,) in sides_of(file, options))
        worker.to_pdf(source, target, pages=pages, password=password)
    else:
        worker.to_pdf(source, target, sides=sides, sheet_mm=SIZES_MM[options.size], password=password)


def picture(
    worker: Worker,
    source: Path,
    between: Path,
    file: Pages,
    options: Options,
    side: int,
    room: tuple[int, int],
    *,
    password: str | None = None,
) -> bytes:
    """A side (from 1) of one copy as it comes out, as PNG, as large as fits into `room` (pixels).

    `between` holds what is laid out, in the clear, for a moment. Raises `PagesOutside` where there is no such side.
    """
    sides, grey = sides_of(file, options), options.colour == "grey"
    if not 1 <= side <= len(sides):
        raise PagesOutside(pages=len(sides))
    if to_lay_out(file, options) is None:  # a side is a page of the file, whichever were chosen
        (page,) = sides[side - 1]
        return worker.preview(source, page, room[0], grey, height_px=room[1], password=password)
    try:  # all of it: the first page decides how sheets of several pages lie
        write(worker, source, between, file, options, password=password)
        return worker.preview(between, side, room[0], grey, height_px=room[1])
    finally:
        erase_folder(between)
