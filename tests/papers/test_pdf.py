"""A document: letterhead, body, foot, page numbers; letters embedded; legible in grey."""

from __future__ import annotations

import io

import msgspec
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from akimat_desk.base.words import Language, Translator
from akimat_desk.papers.flow import paragraph, title
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.papers.pdf import Foot, Frame, make_pdf
from akimat_desk.people.entries import ZoneContent

LETTERHEAD = Letterhead(
    ("Алматы облысы", "Бұлақты ауданы", "Ақжар ауылдық округі", "әкімінің аппараты"),
    ("Алматинская область", "Булактинский район", "Аппарат акима", "Акжарского сельского округа"),
)
FOOT = Foot("11-04/58214", "Тапсырманың орындалуын тексеру", "Хаттама нөмірін (11-04) және кодты (58 214) теріңіз.")
MM = 72 / 25.4


def pages(pdf: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().split("\r\n") for page in document]


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=2, grayscale=True).to_pil() for page in document]


def test_what_is_written_can_be_read_out_again(words: Translator) -> None:
    pdf = make_pdf(
        Frame("Хаттама", LETTERHEAD, FOOT), [*title("Жеке қабылдау хаттамасы"), *paragraph("Бағасы: 1 240 ₸")], words
    )
    assert sorted(pages(pdf)[0]) == sorted(
        [
            "АЛМАТЫ ОБЛЫСЫ",
            "БҰЛАҚТЫ АУДАНЫ",
            "АҚЖАР АУЫЛДЫҚ ОКРУГІ",
            "ӘКІМІНІҢ АППАРАТЫ",
            "АЛМАТИНСКАЯ ОБЛАСТЬ",
            "БУЛАКТИНСКИЙ РАЙОН",
            "АППАРАТ АКИМА",
            "АКЖАРСКОГО СЕЛЬСКОГО ОКРУГА",
            "Тапсырманың орындалуын тексеру",
            "Хаттама нөмірін (11-04) және кодты (58 214) теріңіз.",
            "ЖЕКЕ ҚАБЫЛДАУ ХАТТАМАСЫ",
            "Бағасы: 1 240 ₸",
            "Page 1 of 1",
        ]
    )


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_names_its_language_and_title_and_no_person(language: Language) -> None:
    pdf = make_pdf(Frame("Хаттама 11-04"), [*paragraph("Бағдат Ерғалиева")], Translator((), language))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
        assert str(document.docinfo.Title) == "Хаттама 11-04"
        assert b"\xd0\x91\xd0\xb0\xd2\x93" not in document.docinfo.unparse()
        descriptors = [
            font.FontDescriptor for font in document.pages[0].Resources.Font.values() if "/FontDescriptor" in font
        ]
        assert descriptors
        assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_nothing_is_printed_in_the_margins(words: Translator) -> None:
    body = [*title("Есеп"), *paragraph("Ұзақ мәтін. " * 400)]
    for picture in pictures(make_pdf(Frame("Есеп", LETTERHEAD, FOOT), body, words)):
        ink = ImageChops.invert(picture).point(lambda grey: 255 if grey > 16 else 0).getbbox()
        assert ink is not None
        left, top, right, bottom = (side / 2 / MM for side in ink)
        assert left > 24.5
        assert top > 14.5
        assert right < 195.5
        assert bottom < 285.5


def test_following_pages_carry_the_number_and_count_all(words: Translator) -> None:
    body = [*title("Есеп"), *paragraph("Ұзақ мәтін. " * 800)]
    first, *later = pages(make_pdf(Frame("Есеп", LETTERHEAD, FOOT, "Есеп · № 11-04"), body, words))
    assert len(later) == 2
    assert "Есеп · № 11-04" not in first
    assert all("Есеп · № 11-04" in page for page in later)
    assert [page[-1] for page in (first, *later)] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]


def test_the_same_paper_is_the_same_bytes(words: Translator) -> None:
    def made() -> bytes:
        return make_pdf(Frame("Хаттама", LETTERHEAD, FOOT), [*title("Жеке қабылдау хаттамасы")], words)

    assert made() == made()


def test_an_official_blank_replaces_our_head(words: Translator) -> None:
    file = io.BytesIO()
    Image.new("RGB", (850, 150), "#000000").save(file, "PNG")
    pdf = make_pdf(Frame("Хаттама", Letterhead(("Алматы облысы",), ("Область",), file.getvalue())), [], words)
    assert pages(pdf)[0] == ["Page 1 of 1"]
    with pypdfium2.PdfDocument(pdf) as document:
        (x0, y0, x1, y1) = next(iter(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))).get_bounds()
    assert round((x1 - x0) / (y1 - y0), 2) == round(850 / 150, 2)
    assert round(x0 / MM) >= 25
    assert round(x1 / MM) <= 195
    assert round((842 - y1) / MM) >= 15


def test_a_letterhead_from_the_settings_or_from_the_rooms_names() -> None:
    room = ZoneContent(name_kk="Ақжар", name_ru="Акжар", oblast_kk="Алматы облысы", oblast_ru="Алматинская область")
    assert Letterhead.of_zone(room) == Letterhead(("Алматы облысы", "Ақжар"), ("Алматинская область", "Акжар"))
    written = msgspec.structs.replace(room, letterhead_kk=("Ақжар әкімінің аппараты",))
    assert Letterhead.of_zone(written).kk == ("Ақжар әкімінің аппараты",)


def test_a_long_office_name_is_broken_and_stays_in_its_half(words: Translator) -> None:
    long = "Қазақстан Республикасының Ауыл шаруашылығы министрлігінің аумақтық инспекциясы"
    pdf = make_pdf(Frame("Хат", Letterhead((long,), (long,))), [], words)
    lines = pages(pdf)[0]
    assert " ".join(lines).count("ИНСПЕКЦИЯСЫ") == 2
    middle = pictures(pdf)[0].crop((round(96 * 2 * MM), 0, round(98 * 2 * MM), round(40 * 2 * MM)))
    assert ImageChops.invert(middle).getbbox() is None


def test_colour_carries_no_meaning_in_grey_everything_is_dark_enough(words: Translator) -> None:
    """Contrast of grey text on white is at least 4.5 : 1 when all colours are printed as grey."""
    pdf = make_pdf(Frame("Хаттама", LETTERHEAD, FOOT), [*title("Хаттама"), *paragraph("Мәтін", hint=True)], words)
    (picture,) = pictures(pdf)
    text_area = picture.crop((round(25 * 2 * MM), round(50 * 2 * MM), picture.width, round(75 * 2 * MM)))
    darkest = text_area.getextrema()[0]
    assert isinstance(darkest, (int, float))
    assert darkest < 118  # #767676 on white is 4.54 : 1
