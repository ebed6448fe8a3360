"""The layout of what is handed to Windows, as wingdi.h and winspool.h lay it out for 64 bits."""

from __future__ import annotations

import ctypes

import pytest

from printing.devices.windows import structures as s


@pytest.mark.parametrize(
    ("structure", "size"),
    [
        (s.DevMode, 220),
        (s.DocInfo, 40),
        (s.RawDocInfo, 24),
        (s.BitmapHeader, 40),
        (s.BitmapInfo, 40 + 1024),
        (s.PrinterInfo2, 136),
        (s.PrinterInfo4, 24),
        (s.JobInfo1, 96),
    ],
)
def test_each_structure_is_as_long_as_windows_says(structure: type[ctypes.Structure], size: int) -> None:
    assert ctypes.sizeof(structure) == size


@pytest.mark.parametrize(
    ("field", "offset"),
    [("fields", 72), ("paper_size", 78), ("copies", 86), ("color", 92), ("duplex", 94), ("collate", 100)],
)
def test_what_is_paid_for_lies_where_a_driver_looks_for_it(field: str, offset: int) -> None:
    assert getattr(s.DevMode, field).offset == offset


def test_a_bitmap_runs_from_the_top_and_has_its_greys() -> None:
    info = s.bitmap_info(2480, 256, grey=True)
    assert (info.header.size, info.header.width, info.header.height, info.header.bits) == (40, 2480, -256, 8)
    assert (info.palette[0], info.palette[127], info.palette[255]) == (0, 0x7F7F7F, 0xFFFFFF)
    assert s.bitmap_info(1, 1, grey=False).header.bits == 24
