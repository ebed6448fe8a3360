"""The picture and the sheet of a receipt, looked at dot by dot."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops

from akimat_desk.papers.qr import qr
from akimat_desk.papers.receipt import (
    MARGIN,
    NARROW,
    WIDE,
    Code,
    Dots,
    Emblem,
    Number,
    Pair,
    PlacedCode,
    Receipt,
    Row,
    Rule,
    Text,
    lay_out,
)
from akimat_desk.papers.receipt_drawing import draw_pdf, draw_picture

BOTH = pytest.mark.parametrize("dots", [NARROW, WIDE])
TICKET = Receipt(
    (
        Emblem(),
        Text("Ақжар ауылдық округі", "title", bold=True),
        Text("Әкімнің қабылдауы"),
        Rule(),
        Text("Талон нөмірі"),
        Number("А-04"),
        Text("20 қараша, жұма", "large", bold=True),
        Rule(),
        Code("58214"),
        Pair("Тексеру коды", "58 214"),
        Row("Төленетін сома", "480 ₸"),
        Text("20.11.2026 09:52", "small"),
    )
)


def dark_box(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


@BOTH
def test_one_black_and_white_picture_as_wide_as_the_print_head(dots: Dots) -> None:
    picture = draw_picture(TICKET, dots)
    assert (picture.mode, picture.size) == ("1", (dots, lay_out(TICKET, dots).height))


@BOTH
def test_margins_stay_white(dots: Dots) -> None:
    left, top, right, bottom = dark_box(draw_picture(TICKET, dots))
    assert left >= MARGIN
    assert right <= dots - MARGIN
    assert top >= MARGIN
    assert bottom <= lay_out(TICKET, dots).height - MARGIN


@BOTH
@pytest.mark.parametrize("letter", "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸№")
def test_each_letter_has_a_shape_of_its_own_on_paper(letter: str, dots: Dots) -> None:
    """Neither the empty box of an unknown letter nor the look-alike it is so often replaced by."""
    plain = dict(zip("ӘәҒғҚқҢңӨөҰұҮүҺһІі₸№", "АаГгКкНнОоУуУуХхИиТН", strict=True))[letter]
    shapes = [draw_picture(Receipt((Text(one),)), dots).tobytes() for one in (letter, plain, "\ufffe", "\u4e00")]
    assert shapes[0] not in shapes[1:]


@BOTH
def test_the_qr_code_stands_module_by_module(dots: Dots) -> None:
    receipt = Receipt((Code("58214"),))
    (block,) = lay_out(receipt, dots).blocks
    (placed,) = block.items
    assert isinstance(placed, PlacedCode)
    picture = draw_picture(receipt, dots)
    read = tuple(
        tuple(
            not picture.getpixel(
                (
                    placed.x + column * placed.module + placed.module // 2,
                    MARGIN + placed.y + row * placed.module + placed.module // 2,
                )
            )
            for column in range(placed.code.modules)
        )
        for row in range(placed.code.modules)
    )
    assert read == qr("58214").rows


def test_the_same_receipt_is_the_same_picture_and_the_same_pdf() -> None:
    assert draw_picture(TICKET, WIDE).tobytes() == draw_picture(TICKET, WIDE).tobytes()
    assert draw_pdf(TICKET, "A4") == draw_pdf(TICKET, "A4")


@pytest.mark.parametrize(("page", "size"), [("A4", (595, 842)), ("A6", (298, 420))])
def test_without_a_receipt_printer_it_is_one_page(page: str, size: tuple[int, int]) -> None:
    with pypdfium2.PdfDocument(draw_pdf(TICKET, page)) as pdf:  # type: ignore[arg-type]
        assert len(pdf) == 1
        assert tuple(round(side) for side in pdf[0].get_size()) == size
        text = pdf[0].get_textpage().get_text_range()
    assert text.split("\r\n") == [
        "Ақжар ауылдық округі",
        "Әкімнің қабылдауы",
        "Талон нөмірі",
        "А-04",
        "20 қараша, жұма",
        "Тексеру коды 58 214",
        "Төленетін сома 480 ₸",
        "20.11.2026 09:52",
    ]


def test_on_a4_it_stands_in_the_left_half_and_the_rest_is_blank_paper() -> None:
    with pypdfium2.PdfDocument(draw_pdf(TICKET, "A4")) as pdf:
        picture = pdf[0].render(scale=1, grayscale=True).to_pil()
    right_of_the_cut = picture.crop((300, 0, 595, 842))
    assert ImageChops.invert(right_of_the_cut).getbbox() is None


def test_a_long_receipt_runs_in_columns_and_loses_nothing() -> None:
    long = Receipt(tuple(Row(f"{number}-жазба", f"{number} ₸") for number in range(1, 151)))
    with pypdfium2.PdfDocument(draw_pdf(long, "A4")) as pdf:
        assert len(pdf) == 2
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert all(f"{number}-жазба" in text for number in range(1, 151))


def test_the_pdf_carries_its_letters_with_it() -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(draw_pdf(TICKET, "A6"))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        embedded = {
            str(font.BaseFont).split("+")[-1]
            for font in fonts.values()
            if "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor
        }
    assert embedded == {"NotoSans-Regular", "NotoSans-Bold"}
