"""A scanned picture made ready: cut, turned, grey, small enough. Runs in the worker, because scanners are strangers."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, JpegImagePlugin, PngImagePlugin, PpmImagePlugin

from akimat_desk.documents.errors import DamagedFile, place_of
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pictures import BROKEN, check_size, plain
from akimat_desk.documents.protocol import Box, Develop, Developed

_FORMATS: Final = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    PpmImagePlugin.PpmImageFile.format,
)
_QUALITY: Final = 88
"""Of a JPEG; a page of text at 300 dpi in grey comes to some 600 KB."""
_LOOK_SIDE: Final = 240
"""Pixels of the small picture on which the paper's content is looked for."""
_INK_BELOW: Final = 225
"""A pixel this dark belongs to what lies on the glass; the lid above it is lighter."""
_LEAST_INK: Final = 2
"""Pixels in a row or column that make it content; one alone is a speck of dust."""
_TURNS: Final = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)


def develop(data: bytes, order: Develop, limits: Limits) -> tuple[Developed, bytes]:
    """The picture as `order` wants it, and where in it there is something. Raises `DamagedFile`, `PictureTooLarge`."""
    try:
        return _develop(data, order, limits)
    except BROKEN as why:
        raise DamagedFile(detail=place_of(why)) from why


def _develop(data: bytes, order: Develop, limits: Limits) -> tuple[Developed, bytes]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        left, top, right, bottom = order.crop
        across, dpi = opened.width, _dpi(opened)
        if order.within is not None and right > left and bottom > top:
            wide, high = order.within if order.turns % 2 == 0 else (order.within[1], order.within[0])
            opened.draft(None, (round(wide / (right - left)), round(high / (bottom - top))))  # only JPEG knows how
        check_size(opened, limits)
        width, height = opened.size
        box = (round(left * width), round(top * height), round(right * width), round(bottom * height))
        picture = plain(opened.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1))))
    if picture.mode == "1" or (order.grey and picture.mode != "L"):
        picture = picture.convert("L")
    turn = _TURNS[order.turns % 4]
    if turn is not None:
        picture = picture.transpose(turn)
    if order.within is not None and (picture.width > order.within[0] or picture.height > order.within[1]):
        picture.thumbnail(order.within, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if order.form == "png":
        picture.save(out, "PNG", compress_level=1)
    else:
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0 if picture.mode == "L" else 2)
    answer = Developed(
        width=picture.width,
        height=picture.height,
        grey=picture.mode == "L",
        content=_content(picture),
        across=across,
        dpi=dpi,
    )
    return answer, out.getvalue()


def _dpi(picture: Image.Image) -> int | None:
    """The sharpness across that the picture tells of itself; None where it tells none."""
    try:
        return round(float(picture.info["dpi"][0]))
    except (KeyError, TypeError, ValueError, IndexError, ArithmeticError):
        return None


def _content(picture: Image.Image) -> Box | None:
    """The box round everything that is darker than the scanner's lid, in parts of the picture; None on a white one."""
    import numpy as np

    small = picture.convert("L")
    small.thumbnail((_LOOK_SIDE, _LOOK_SIDE), Image.Resampling.BOX)
    ink = np.asarray(small) < _INK_BELOW
    columns = np.flatnonzero(ink.sum(axis=0) >= _LEAST_INK)
    rows = np.flatnonzero(ink.sum(axis=1) >= _LEAST_INK)
    if not len(columns) or not len(rows):
        return None
    height, width = ink.shape
    return (
        float(columns[0] / width),
        float(rows[0] / height),
        float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )
