"""Pictures as pages: upright, on white, in their own colours, as large as the paper."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageOps

from akimat_desk.documents.errors import DamagedFile, PictureTooLarge, TooManyPages
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pictures import Picture, picture_to_pdf
from tests.documents import files

LIMITS = Limits()
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def made(image: Image.Image, form: str, limits: Limits = LIMITS, **how: object) -> Picture:
    return picture_to_pdf(files.picture(image, form, **how), form, limits)


def pages(pdf: bytes, scale: float = 1.0) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


@dataclass(frozen=True)
class Placed:
    """A picture as it lies in the PDF."""

    space: str
    bits: int
    size: tuple[int, int]
    raw: bytes
    pixels: bytes


def placed(pdf: bytes) -> list[Placed]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [page.Resources.XObject["/P"] for page in document.pages]
        return [
            Placed(
                str(stream.ColorSpace),
                int(stream.BitsPerComponent),
                (int(stream.Width), int(stream.Height)),
                stream.read_raw_bytes(),
                b"" if stream.Filter == "/DCTDecode" else stream.read_bytes(),
            )
            for stream in found
        ]


def four_corners(width: int = 80, height: int = 40) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image


def near(colour: tuple[int, ...], other: tuple[int, ...], most: int = 12) -> bool:
    return all(abs(one - two) <= most for one, two in zip(colour, other, strict=True))


# ---- upright


def with_orientation(image: Image.Image, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return files.picture(image, "JPEG", quality=98, subsampling=0, exif=exif)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_the_telephone_held_it(orientation: int) -> None:
    data = with_orientation(four_corners(800, 400), orientation)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    (page,) = pages(picture_to_pdf(data, "JPEG", LIMITS).pdf)
    assert (page.width > page.height) == (upright.width > upright.height)
    shown = page.crop((29, 29, page.width - 29, page.height - 29))
    box = ImageOps.contain(upright, shown.size).size
    for x, y in itertools.product((0.25, 0.75), repeat=2):
        place = (
            round(shown.width / 2 + (x - 0.5) * box[0]),
            round(shown.height / 2 + (y - 0.5) * box[1]),
        )
        expected = upright.getpixel((int(x * upright.width), int(y * upright.height)))
        assert near(shown.getpixel(place), expected), (orientation, x, y)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_so_is_a_picture_whose_dots_are_written_anew(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = files.picture(four_corners(80, 40), form, exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    (picture,) = placed(picture_to_pdf(data, form, LIMITS).pdf)
    assert picture.size == upright.size
    (page,) = pages(picture_to_pdf(data, form, LIMITS).pdf)
    middle, (width, height) = (page.width / 2, page.height / 2), upright.size
    for x, y in itertools.product((0.25, 0.75), repeat=2):
        shown = page.getpixel((round(middle[0] + (x - 0.5) * width), round(middle[1] + (y - 0.5) * height)))
        assert near(shown, upright.getpixel((int(x * width), int(y * height))), 30), (x, y)


def test_an_ordinary_photo_goes_in_untouched() -> None:
    data = with_orientation(four_corners(800, 400), 6)
    (picture,) = placed(picture_to_pdf(data, "JPEG", LIMITS).pdf)
    assert picture.raw == data


# ---- colour


def test_a_photo_of_four_inks_is_turned_into_three_colours() -> None:
    inks = Image.merge("CMYK", [Image.new("L", (60, 60), value) for value in (0, 255, 255, 0)])
    result = made(inks, "JPEG", quality=95)
    assert [picture.space for picture in placed(result.pdf)] == ["/DeviceRGB"]
    (page,) = pages(result.pdf)
    assert near(page.getpixel((page.width // 2, page.height // 2)), RED)


def test_four_inks_by_their_own_profile_when_it_is_sound() -> None:
    inks = Image.new("CMYK", (60, 60), (0, 255, 255, 0))
    for form in ("TIFF", "JPEG"):
        (page,) = pages(made(inks, form, icc_profile=files.profile_of_blue_inks()).pdf)
        assert near(page.getpixel((page.width // 2, page.height // 2)), (0, 0, 255))


def test_four_inks_without_their_profile_when_it_is_not_sound_or_not_for_inks() -> None:
    inks = Image.new("CMYK", (60, 60), (0, 255, 255, 0))
    rgb_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (b"no profile at all", rgb_profile, files.profile_of_blue_inks()[:200]):
        (page,) = pages(made(inks, "TIFF", icc_profile=profile).pdf)
        assert near(page.getpixel((page.width // 2, page.height // 2)), RED)


def test_a_picture_in_lab_shows_its_colours() -> None:
    red = Image.new("LAB", (60, 60), (136, 208, 195))
    (page,) = pages(made(red, "TIFF").pdf)
    assert near(page.getpixel((page.width // 2, page.height // 2)), RED)


def test_what_is_transparent_is_white() -> None:
    for mode, colour in (("RGBA", (255, 0, 0, 0)), ("LA", (0, 0))):
        (page,) = pages(made(Image.new(mode, (60, 60), colour), "PNG").pdf)
        assert page.getpixel((page.width // 2, page.height // 2)) == WHITE


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    drawing = Image.new("P", (60, 60), 1)
    drawing.putpalette([0, 0, 0, 255, 0, 0])
    (page,) = pages(made(drawing, "GIF", transparency=1).pdf)
    assert page.getpixel((page.width // 2, page.height // 2)) == WHITE


def test_one_bit_stays_one_bit() -> None:
    scan = Image.new("1", (100, 50), 1)
    scan.paste(0, (0, 0, 50, 50))
    result = made(scan, "TIFF", compression="group4")
    assert [(picture.space, picture.bits) for picture in placed(result.pdf)] == [("/DeviceGray", 1)]
    (page,) = pages(result.pdf)
    middle = page.height // 2
    assert page.getpixel((page.width // 2 - 20, middle)) == (0, 0, 0)
    assert page.getpixel((page.width // 2 + 20, middle)) == WHITE


@pytest.mark.parametrize("mode", ["L", "P"])
def test_grey_stays_grey(mode: str) -> None:
    image = Image.new("L", (60, 60), 128).convert(mode)
    (picture,) = placed(made(image, "PNG").pdf)
    assert (picture.space, picture.bits) == ("/DeviceGray", 8)


def test_grey_of_sixteen_bits_keeps_its_tones() -> None:
    tones = np.repeat(np.array([0, 32768, 65535], np.uint16), 40)[None, :].repeat(40, 0)
    (picture,) = placed(made(Image.fromarray(tones), "PNG").pdf)
    assert picture.pixels[20:120:40] == bytes([0, 127, 255])


# ---- pages and size


def test_every_frame_of_a_tiff_is_a_page() -> None:
    frames = [Image.new("RGB", (50, 70), colour) for colour in (RED, GREEN, BLUE)]
    result = made(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    found = [page.getpixel((page.width // 2, page.height // 2)) for page in pages(result.pdf)]
    assert found == [RED, GREEN, BLUE]


def test_more_frames_than_pages_allowed() -> None:
    frames = [Image.new("L", (8, 8))] * 4
    with pytest.raises(TooManyPages) as caught:
        made(frames[0], "TIFF", Limits(pages=3), save_all=True, append_images=frames[1:])
    assert caught.value.values == {"code": "too-many-pages", "pages": 4, "limit": 3}


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_its_first_frame(form: str) -> None:
    frames = [Image.new("RGB", (50, 70), colour) for colour in (RED, BLUE)]
    (page,) = pages(made(frames[0], form, save_all=True, append_images=frames[1:]).pdf)
    assert near(page.getpixel((page.width // 2, page.height // 2)), RED)


def test_the_second_picture_some_telephones_hide_in_a_jpeg_is_left_out() -> None:
    frames = [Image.new("RGB", (50, 70), colour) for colour in (RED, BLUE)]
    data = files.picture(frames[0], "MPO", save_all=True, append_images=frames[1:])
    (page,) = pages(picture_to_pdf(data, "JPEG", LIMITS).pdf)
    assert near(page.getpixel((page.width // 2, page.height // 2)), RED)


def box_of(pdf: bytes) -> tuple[float, ...]:
    """The placed picture's width and height in points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        matrix = document.pages[0].Contents.read_bytes().split()[1:5]
    return float(matrix[0]), float(matrix[3])


def test_a_wide_picture_lies_across_with_a_margin() -> None:
    result = made(Image.new("L", (3000, 1000)), "PNG")
    (page,) = pages(result.pdf)
    assert page.width > page.height
    assert box_of(result.pdf) == pytest.approx((841.89 - 2 * 28.35, (841.89 - 2 * 28.35) / 3), abs=0.01)


def test_a_small_picture_is_not_blown_up() -> None:
    assert box_of(made(Image.new("L", (90, 60)), "PNG").pdf) == (90.0, 60.0)


def test_the_copy_of_a_scanned_sheet_is_as_large_as_the_sheet() -> None:
    assert box_of(made(Image.new("1", (2480, 3508), 1), "TIFF", dpi=(300, 300)).pdf) == pytest.approx(
        (595.2, 841.92), abs=0.01
    )


def test_more_pixels_than_the_paper_can_show_are_taken_out() -> None:
    (picture,) = placed(made(Image.new("L", (6000, 4000)), "PNG").pdf)
    assert picture.size == (3272, 2181)


def test_a_jpeg_far_beyond_the_limit_prints_because_it_is_never_unpacked_whole() -> None:
    result = made(Image.new("L", (14_000, 14_000), 255), "JPEG", Limits(picture_megapixels=20))
    (picture,) = placed(result.pdf)
    assert (picture.size, result.cut_short) == ((2244, 2244), False)


def test_another_picture_beyond_the_limit_is_refused() -> None:
    with pytest.raises(PictureTooLarge) as caught:
        made(Image.new("1", (14_000, 14_000), 1), "PNG")
    assert caught.value.values == {"code": "picture-too-large", "size_mp": 196, "limit_mp": 100}


def test_a_progressive_jpeg_is_unpacked_whole_so_it_counts_whole() -> None:
    with pytest.raises(PictureTooLarge):
        made(Image.new("L", (5000, 5000)), "JPEG", Limits(picture_megapixels=20), progressive=True)
    assert not made(Image.new("L", (5000, 5000)), "JPEG", Limits(picture_megapixels=20)).cut_short


# ---- damage


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "TIFF"])
def test_a_picture_torn_off_shows_what_is_there(form: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (200, 200, 3), np.uint8)
    data = files.picture(Image.fromarray(noise), form)
    result = picture_to_pdf(data[: len(data) // 2], form, LIMITS)
    assert (result.cut_short, len(pages(result.pdf))) == (True, 1)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_only_the_first_bytes_are_left(form: str) -> None:
    data = files.picture(Image.new("RGB", (50, 50)), form)
    with pytest.raises(DamagedFile):
        picture_to_pdf(data[:14], form, LIMITS)
