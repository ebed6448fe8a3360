"""A picture as printable A4 pages: upright, whole, on white, as sharp as the paper can show."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from PIL import (  # the plugins by name: Image.open knows only those that are imported
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from akimat_desk.documents.errors import DamagedFile, PictureTooLarge, TooManyPages, place_of
from akimat_desk.documents.limits import Limits

# Sizes are checked below, against `Limits` and after a JPEG's draft scale, which Pillow's own guard does not know.
Image.MAX_IMAGE_PIXELS = None

_A4: Final = (595.276, 841.890)
_MARGIN: Final = 28.35
"""10 mm, more than any office printer leaves unprinted."""
_SHARP_DPI: Final = 300
_SCAN_DPI: Final = 150
"""From this resolution on a picture as large as the sheet is taken for a scan and printed at its own size."""
_SCAN_COVERS: Final = 0.9
_SCAN_MAY_EXCEED: Final = 1.02
_LEAST_DPI: Final = 72
"""Small pictures are not blown up beyond this."""
_MEGAPIXEL: Final = 1_000_000
_AS_IT_IS: Final = 40 * _MEGAPIXEL
"""A JPEG up to this size goes into the PDF untouched."""
_ORIENTATION: Final = 0x0112
_JPEG_QUALITY: Final = 92
_DRAFTS: Final = frozenset({"JPEG", "MPO"})
_LOSSY: Final = frozenset({"JPEG", "WEBP"})
_FORMATS: Final = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    GifImagePlugin.GifImageFile.format,
    BmpImagePlugin.BmpImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)
BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ArithmeticError,
    zlib.error,
)
"""What Pillow raises on files that are not what they say."""
_TURNED: Final = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class Picture:
    """The PDF, and whether part of the picture was missing."""

    pdf: bytes
    cut_short: bool


def picture_to_pdf(data: bytes, form: str, limits: Limits) -> Picture:
    """Make the pages: one, or one a frame of a TIFF (other formats' frames are animations and thumbnails).

    Raises `PictureTooLarge`, `TooManyPages`, and `DamagedFile` when nothing can be decoded.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd but shows is shown
        try:
            return Picture(_build(data, form, limits), cut_short=False)
        except BROKEN:
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                return Picture(_build(data, form, limits), cut_short=True)
            except BROKEN as why:
                raise DamagedFile(detail=place_of(why)) from why
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = False


def _build(data: bytes, form: str, limits: Limits) -> bytes:
    pdf = pikepdf.Pdf.new()
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        for number in _frames(picture, limits):
            picture.seek(number)
            if form == "JPEG" and _goes_as_it_is(data, picture, limits):
                _add_jpeg(pdf, data, picture)
            else:
                _add_pixels(pdf, picture, limits, lossy=form in _LOSSY)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _frames(picture: Image.Image, limits: Limits) -> Iterator[int]:
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if count > limits.pages:
        raise TooManyPages(pages=count, limit=limits.pages)
    yield from range(count)


# ---- where it lies


def _page_and_box(picture: Image.Image) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """The A4 page, upright or lying as the picture is, and the picture's box on it, in points."""
    width, height = picture.size
    if picture.getexif().get(_ORIENTATION, 1) in _TURNED:
        width, height = height, width
    page = (_A4[1], _A4[0]) if width > height else _A4
    natural = _natural_size(picture, width, height, page)
    if natural is None:
        room = page[0] - 2 * _MARGIN, page[1] - 2 * _MARGIN
        scale = min(room[0] / width, room[1] / height, 72 / _LEAST_DPI)
        natural = width * scale, height * scale
    return page, ((page[0] - natural[0]) / 2, (page[1] - natural[1]) / 2, *natural)


def _natural_size(
    picture: Image.Image, width: int, height: int, page: tuple[float, float]
) -> tuple[float, float] | None:
    """The size in points of a scanned sheet, so that its copy is as large as the original; None for other pictures."""
    try:
        across, down = (float(value) for value in picture.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ArithmeticError):
        return None
    if min(across, down) < _SCAN_DPI:
        return None
    size = width * 72 / across, height * 72 / down
    covers = [side / whole for side, whole in zip(size, page, strict=True)]
    return size if max(covers) >= _SCAN_COVERS and max(covers) <= _SCAN_MAY_EXCEED else None


def _matrix(orientation: int, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The PDF matrix that shows the unit square as the Exif orientation (1-8) asks, in `box`."""
    x, y, w, h = box
    return {
        2: (-w, 0, 0, h, x + w, y),
        3: (-w, 0, 0, -h, x + w, y + h),
        4: (w, 0, 0, -h, x, y + h),
        5: (0, -h, -w, 0, x + w, y + h),
        6: (0, -h, w, 0, x, y + h),
        7: (0, h, w, 0, x, y),
        8: (0, h, -w, 0, x + w, y),
    }.get(orientation, (w, 0, 0, h, x, y))


# ---- what is put there


def _goes_as_it_is(data: bytes, picture: Image.Image, limits: Limits) -> bool:
    """A grey or RGB JPEG of usual size that decodes to its end; decoded on a copy, at an eighth of its size."""
    most = min(_AS_IT_IS, limits.picture_megapixels * _MEGAPIXEL)
    if picture.mode not in ("L", "RGB") or picture.width * picture.height > most or ImageFile.LOAD_TRUNCATED_IMAGES:
        return False
    with Image.open(io.BytesIO(data), formats=_FORMATS) as copy:
        copy.draft(None, (copy.width // 8 or 1, copy.height // 8 or 1))
        copy.load()
    return True


def _add_jpeg(pdf: pikepdf.Pdf, data: bytes, picture: Image.Image) -> None:
    page, box = _page_and_box(picture)
    stream = _image(pdf, data, picture.size, "/DeviceGray" if picture.mode == "L" else "/DeviceRGB", 8, "/DCTDecode")
    _add_page(pdf, page, stream, _matrix(picture.getexif().get(_ORIENTATION, 1), box))


def _add_pixels(pdf: pikepdf.Pdf, picture: Image.Image, limits: Limits, *, lossy: bool) -> None:
    if picture.format not in _DRAFTS or "progressive" in picture.info:
        # Before anything else: asking a PNG for its Exif data unpacks it. libjpeg keeps a progressive picture whole,
        # and when memory ends it says no more than for a torn file.
        check_size(picture, limits)
    page, box = _page_and_box(picture)
    longest = round(max(box[2:]) * _SHARP_DPI / 72)
    picture.draft(None, (longest, longest))  # a JPEG is unpacked no larger than it prints; others do not know how
    check_size(picture, limits)
    upright = plain(ImageOps.exif_transpose(picture))
    if upright.mode != "1" and max(upright.size) > longest:
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    space = "/DeviceRGB" if upright.mode == "RGB" else "/DeviceGray"
    if lossy:
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        stream = _image(pdf, out.getvalue(), upright.size, space, 8, "/DCTDecode")
    else:
        packed = zlib.compress(upright.tobytes(), 4)
        stream = _image(pdf, packed, upright.size, space, 1 if upright.mode == "1" else 8, "/FlateDecode")
    _add_page(pdf, page, stream, _matrix(1, box))


def check_size(picture: Image.Image, limits: Limits) -> None:
    """Raise `PictureTooLarge` before a picture is unpacked that has too many pixels."""
    pixels = picture.width * picture.height
    if pixels > limits.picture_megapixels * _MEGAPIXEL:
        raise PictureTooLarge(size_mp=-(-pixels // _MEGAPIXEL), limit_mp=limits.picture_megapixels)


def _image(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: str, bits: int, coded: str) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(data, filter=pikepdf.Name(coded))
    stream["/Type"] = pikepdf.Name("/XObject")
    stream["/Subtype"] = pikepdf.Name("/Image")
    stream["/Width"], stream["/Height"] = size
    stream["/ColorSpace"] = pikepdf.Name(space)
    stream["/BitsPerComponent"] = bits
    return stream


def _add_page(pdf: pikepdf.Pdf, page: tuple[float, float], image: pikepdf.Stream, matrix: tuple[float, ...]) -> None:
    numbers = " ".join(f"{value:.3f}" for value in matrix)
    content = pdf.make_stream(f"q {numbers} cm /P Do Q".encode())
    pdf.add_blank_page(page_size=page)
    added = pdf.pages[-1].obj
    added["/Resources"] = pikepdf.Dictionary({"/XObject": pikepdf.Dictionary({"/P": pdf.make_indirect(image)})})
    added["/Contents"] = content


def plain(picture: Image.Image) -> Image.Image:
    """The picture in mode 1, L or RGB: what a PDF and a printer take without a doubt."""
    if picture.mode in ("1", "L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.has_transparency_data:
        return _on_white(picture)
    if picture.mode.startswith(("I", "F")):
        return _eight_bits(picture)
    if picture.mode in ("CMYK", "LAB"):
        return _by_profile(picture)
    if picture.mode == "P":
        palette = picture.getpalette("RGB") or []
        grey = palette[0::3] == palette[1::3] == palette[2::3]
        return picture.convert("L" if grey else "RGB")
    return picture.convert("RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    layered = picture.convert("RGBA")
    white = Image.new("RGB", picture.size, "white")
    white.paste(layered, mask=layered.getchannel("A"))
    return white.convert("L") if picture.mode in ("L", "LA", "La", "1") else white


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits, spread over 8: sixteen bits by their upper half, others from darkest to lightest."""
    import numpy as np

    values: Any = np.asarray(picture, dtype=np.float64)
    values = np.nan_to_num(values)
    if picture.mode.startswith("I;16") or (picture.mode == "I" and values.min() >= 0 and 255 < values.max() < 65536):
        return Image.fromarray((values / 257).astype(np.uint8))
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 255:
        return Image.fromarray(values.astype(np.uint8))
    return Image.fromarray(((values - low) * (255 / (high - low or 1))).astype(np.uint8))


def _by_profile(picture: Image.Image) -> Image.Image:
    """CMYK and Lab as sRGB: by the picture's own colour profile where it has a sound one."""
    rgb = ImageCms.createProfile("sRGB")
    try:
        profile = picture.info.get("icc_profile")
        if profile:
            own: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        elif picture.mode == "LAB":
            own = ImageCms.createProfile("LAB")
        else:
            return picture.convert("RGB")
        converted = ImageCms.profileToProfile(picture, own, rgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None
    return converted or picture.convert("RGB")
