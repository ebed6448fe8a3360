"""Pages for printers that take no PDF: exactly as large as the sheet, and nothing left in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from akimat_desk.documents.protocol import Strip
from akimat_desk.documents.worker import Worker
from printing.devices.backend import Bitmap, PageSize
from printing.rasterise import fit, rasterise

DOCUMENT = b"%PDF of a resident"


class Drawer:
    """In place of the worker: two grey pages of 4 x 3 pixels, each in two strips. It looks into what lies open."""

    def __init__(self) -> None:
        self.lay_open: list[BinaryIO] = []

    def render_pages(self, path: Path, *, dpi: int, colour: bool) -> Iterator[tuple[Strip, bytes]]:
        assert path.read_bytes() == DOCUMENT
        self.lay_open.append(path.open("rb"))
        for page in (1, 2):
            for y, rows in ((0, 2), (2, 1)):
                strip = Strip(page=page, pages=2, width=4, height=3, y=y, rows=rows, stride=4, format="grey8")
                yield strip, bytes([page * 10 + y]) * (4 * rows)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    one = Drawer()
    yield one
    for stream in one.lay_open:
        stream.close()


def drawn(drawer: Drawer, folder: Path) -> Any:
    return rasterise(cast(Worker, drawer), folder)(DOCUMENT)(PageSize(4, 3, 300, "grey8"))


def test_strips_become_pages(drawer: Drawer, tmp_path: Path) -> None:
    assert [bytes(page.pixels) for page in drawn(drawer, tmp_path)] == [
        bytes([10]) * 8 + bytes([12]) * 4,
        bytes([20]) * 8 + bytes([22]) * 4,
    ]


@pytest.mark.parametrize("pages_taken", [1, 2])
def test_the_document_is_overwritten_once_drawn_or_no_longer_wanted(
    drawer: Drawer, tmp_path: Path, pages_taken: int
) -> None:
    pages = drawn(drawer, tmp_path)
    for _ in range(pages_taken):
        next(pages)
    assert [file.stat().st_mode & 0o777 for file in tmp_path.iterdir()] == [0o600]
    pages.close()
    assert list(tmp_path.iterdir()) == []
    assert [stream.read() for stream in drawer.lay_open] == [b""]


def bitmap(width: int, height: int, mode: Any = "grey8", padding: int = 0) -> Bitmap:
    depth = 3 if mode == "rgb24" else 1
    row = bytes(range(width * depth)) + bytes(padding)
    return Bitmap(width, height, width * depth + padding, mode, row * height)


def test_a_page_that_fits_is_handed_on_as_it_is() -> None:
    page = bitmap(4, 3)
    assert fit(page, PageSize(4, 3, 300, "grey8")) is page


def test_a_smaller_page_gets_white_and_a_larger_one_is_cut() -> None:
    assert fit(bitmap(2, 1), PageSize(3, 2, 300, "grey8")) == Bitmap(3, 2, 3, "grey8", b"\0\1\xff\xff\xff\xff")
    assert fit(bitmap(3, 2), PageSize(2, 1, 300, "grey8")) == Bitmap(2, 1, 2, "grey8", b"\0\1")


def test_the_bytes_that_only_fill_up_a_row_are_left_out() -> None:
    page = fit(bitmap(1, 2, "rgb24", padding=1), PageSize(1, 2, 300, "rgb24"))
    assert page == Bitmap(1, 2, 3, "rgb24", b"\0\1\2\0\1\2")
