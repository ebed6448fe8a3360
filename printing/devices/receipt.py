"""Receipt printers, fed with one picture.

Text mode is not used: of the 18 Kazakh letters most code pages of receipt printers have one, and the driver prints "?"
for the rest without an error. A picture prints every letter and the tenge sign on any ESC/POS printer (python-escpos,
`GS v 0`). Paper status is never asked: cheap printers do not answer, and a ticket must not wait for that.

How they are reached, and the three ways of sending's end: `lines`.
"""

from __future__ import annotations

import logging
import shutil
from functools import cache
from importlib import import_module
from typing import Any, Final

from PIL import Image

from printing.devices.errors import DeviceMisuse

WIDTHS: Final = (384, 576)
"""Dots across 58 mm and 80 mm paper."""

_BAND_ROWS: Final = 256
"""Rows in one raster command: small printers hold little."""


def receipt_bytes(picture: Image.Image, *, cut: bool = True) -> bytes:
    """The ESC/POS commands for a black-and-white picture 384 or 576 dots wide, and the cut."""
    if picture.mode != "1" or picture.width not in WIDTHS or not picture.height:
        raise DeviceMisuse(
            detail=f"a receipt is a 1-bit picture, 384 or 576 dots wide, not {picture.mode} {picture.size}"
        )
    printer = _escpos().Dummy(profile=_profile(picture.width))
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=_BAND_ROWS)
    if cut:
        printer.cut()
    return bytes(printer.output)


@cache
def _escpos() -> Any:
    """python-escpos, loaded at the first receipt (0.3 s), its traces removed: it leaves a folder in the temporary files
    at every start, and puts a handler of its own on the root logger.
    """
    handlers = list(logging.root.handlers)
    module = import_module("escpos.printer")
    logging.root.handlers[:] = handlers
    shutil.rmtree(import_module("escpos.capabilities").pickle_dir, ignore_errors=True)
    return module


@cache
def _profile(width: int) -> Any:
    """A printer that can cut and is `width` dots wide; the library's own default does not know its width."""
    _escpos()
    base: Any = import_module("escpos.capabilities").Profile
    data = {**base.profile_data, "media": {"width": {"pixels": width, "mm": 58 if width == 384 else 80}}}
    return type("ReceiptProfile", (base,), {"profile_data": data})(features={"paperFullCut": True})
