"""The structures of winspool.drv and gdi32.dll that we hand over or read, for 64-bit Windows (wingdi.h, winspool.h).

Made of types whose size is the same on every system (ctypes' own DWORD and WCHAR are as large as those of the system it
runs on), so that their layout is tested where the tests run.
"""

from __future__ import annotations

import ctypes
from ctypes import c_int16, c_int32, c_uint16, c_uint32, c_void_p
from typing import Final

# -- bits of DevMode.fields ---------------------------------------------------------------------------------------

PAPER_SIZE: Final = 0x2
COPIES: Final = 0x100
COLOUR: Final = 0x800
DUPLEX: Final = 0x1000
COLLATE: Final = 0x8000

MONOCHROME, IN_COLOUR = 1, 2
ONE_SIDED, LONG_EDGE, SHORT_EDGE = 1, 2, 3


class DevMode(ctypes.Structure):
    """DEVMODEW: how a driver is to print. Drivers keep a private part behind it, `extra` bytes long."""

    _fields_ = (
        ("device_name", c_uint16 * 32),
        ("spec_version", c_uint16),
        ("driver_version", c_uint16),
        ("size", c_uint16),
        ("extra", c_uint16),
        ("fields", c_uint32),
        ("orientation", c_int16),
        ("paper_size", c_int16),
        ("paper_length", c_int16),
        ("paper_width", c_int16),
        ("scale", c_int16),
        ("copies", c_int16),
        ("default_source", c_int16),
        ("print_quality", c_int16),
        ("color", c_int16),
        ("duplex", c_int16),
        ("y_resolution", c_int16),
        ("tt_option", c_int16),
        ("collate", c_int16),
        ("form_name", c_uint16 * 32),
        ("log_pixels", c_uint16),
        ("of_screens", c_uint32 * 4),
        ("nup", c_uint32),
        ("icm", c_uint32 * 8),
    )


class DocInfo(ctypes.Structure):
    """DOCINFOW: a document that StartDoc begins."""

    _fields_ = (
        ("size", c_int32),
        ("name", c_void_p),
        ("output", c_void_p),
        ("datatype", c_void_p),
        ("kind", c_uint32),
    )


class RawDocInfo(ctypes.Structure):
    """DOC_INFO_1W: a document that StartDocPrinter begins."""

    _fields_ = (("name", c_void_p), ("output", c_void_p), ("datatype", c_void_p))


class BitmapHeader(ctypes.Structure):
    """BITMAPINFOHEADER. A negative height tells of rows that run from the top."""

    _fields_ = (
        ("size", c_uint32),
        ("width", c_int32),
        ("height", c_int32),
        ("planes", c_uint16),
        ("bits", c_uint16),
        ("compression", c_uint32),
        ("image_size", c_uint32),
        ("dots_x", c_int32),
        ("dots_y", c_int32),
        ("colours_used", c_uint32),
        ("colours_important", c_uint32),
    )


class BitmapInfo(ctypes.Structure):
    """BITMAPINFO with a palette of 256 greys behind the header; bitmaps in colour do not look at it."""

    _fields_ = (("header", BitmapHeader), ("palette", c_uint32 * 256))


class PrinterInfo2(ctypes.Structure):
    """PRINTER_INFO_2W: a printer of this PC, and how it is."""

    _fields_ = (
        ("server", c_void_p),
        ("name", c_void_p),
        ("share", c_void_p),
        ("port", c_void_p),
        ("driver", c_void_p),
        ("comment", c_void_p),
        ("location", c_void_p),
        ("mode", c_void_p),
        ("separator", c_void_p),
        ("processor", c_void_p),
        ("datatype", c_void_p),
        ("parameters", c_void_p),
        ("security", c_void_p),
        ("attributes", c_uint32),
        ("priority", c_uint32),
        ("default_priority", c_uint32),
        ("start_time", c_uint32),
        ("until_time", c_uint32),
        ("status", c_uint32),
        ("jobs", c_uint32),
        ("pages_a_minute", c_uint32),
    )


class PrinterInfo4(ctypes.Structure):
    """PRINTER_INFO_4W: the name of a printer, told without asking it."""

    _fields_ = (("name", c_void_p), ("server", c_void_p), ("attributes", c_uint32))


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W: a job in a printer's queue."""

    _fields_ = (
        ("number", c_uint32),
        ("printer", c_void_p),
        ("machine", c_void_p),
        ("user", c_void_p),
        ("document", c_void_p),
        ("datatype", c_void_p),
        ("status_text", c_void_p),
        ("status", c_uint32),
        ("priority", c_uint32),
        ("position", c_uint32),
        ("pages_total", c_uint32),
        ("pages_printed", c_uint32),
        ("submitted", c_uint16 * 8),
    )


def bitmap_info(width: int, rows: int, *, grey: bool) -> BitmapInfo:
    """Tells GDI of `rows` rows from the top, 8 bits of grey or 24 of colour a pixel."""
    info = BitmapInfo()
    info.header = BitmapHeader(ctypes.sizeof(BitmapHeader), width, -rows, 1, 8 if grey else 24)
    info.palette = (c_uint32 * 256)(*(level * 0x010101 for level in range(256)))
    return info
