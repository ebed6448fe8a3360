"""PDF files, also those that lie, are torn, locked or hostile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents.errors import (
    DamagedFile,
    DocumentError,
    NoPages,
    PageTooLarge,
    PasswordNeeded,
    PasswordWrong,
    TooManyPages,
)
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pdf import Pdf, open_pdf
from tests.documents import files

LIMITS = Limits()
A4 = (595.2756, 841.8898)


@contextmanager
def opened(data: bytes, password: str | None = None) -> Iterator[Pdf]:
    pdf = open_pdf(data, password, LIMITS)
    try:
        yield pdf
    finally:
        pdf.close()


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def dark_pixels(data: bytes) -> int:
    """Of the first page without any form layer: what a printer draws."""
    document = pypdfium2.PdfDocument(data)
    try:
        pixels = document[0].render(may_draw_forms=False).to_numpy()
        return int((pixels.min(axis=2) < 128).sum())
    finally:
        document.close()


def test_a_sound_file_is_handed_on_byte_for_byte() -> None:
    data = files.pdf(3)
    with opened(data) as pdf:
        assert pdf.write() == data
        assert [(round(w), round(h)) for w, h in pdf.sizes] == [(595, 842)] * 3
        assert (pdf.encrypted, pdf.printing_allowed, pdf.repaired) == (False, True, False)


def test_chosen_pages_in_the_chosen_order() -> None:
    with opened(files.pdf(5)) as pdf:
        assert texts(pdf.write([4, 2])) == ["Page 4", "Page 2"]


def test_a_turned_page_is_measured_as_it_is_seen() -> None:
    def turn(document: pikepdf.Pdf) -> None:
        document.pages[0].Rotate = 90

    with opened(files.changed(files.pdf(1), turn)) as pdf:
        assert [(round(w), round(h)) for w, h in pdf.sizes] == [(842, 595)]


# ---- passwords and permissions


def test_no_password_given() -> None:
    with pytest.raises(PasswordNeeded):
        open_pdf(files.locked("secret", "owner"), None, LIMITS)


def test_the_wrong_password() -> None:
    with pytest.raises(PasswordWrong):
        open_pdf(files.locked("secret", "owner"), "guess", LIMITS)


@pytest.mark.parametrize("password", ["құпиясөз", "owner"])
def test_the_right_password_opens_and_the_printable_copy_has_none(password: str) -> None:
    with opened(files.locked("құпиясөз", "owner"), password) as pdf:
        assert (pdf.encrypted, pdf.printing_allowed) == (True, True)
        assert texts(pdf.write()) == ["Page 1", "Page 2"]


def test_a_password_for_a_file_that_has_none_does_no_harm() -> None:
    with opened(files.pdf(1), "anything") as pdf:
        assert not pdf.encrypted


@pytest.mark.parametrize("may_print", [True, False])
def test_a_wrong_password_for_a_file_that_opens_without_one_does_no_harm(may_print: bool) -> None:
    with opened(files.locked("", "owner", may_print=may_print), "that of another file") as pdf:
        assert (pdf.encrypted, pdf.printing_allowed, pdf.repaired) == (True, may_print, False)
        assert texts(pdf.write()) == ["Page 1", "Page 2"]


def test_printing_forbidden_by_the_author() -> None:
    with opened(files.locked("", "owner", may_print=False)) as pdf:
        assert (pdf.encrypted, pdf.printing_allowed, len(pdf.sizes)) == (True, False, 2)


def test_the_author_himself_may_print() -> None:
    with opened(files.locked("", "owner", may_print=False), "owner") as pdf:
        assert pdf.printing_allowed


# ---- damage


@pytest.mark.parametrize("kept", [0.7, 0.8, 0.95])
def test_a_file_torn_off_is_repaired_as_far_as_it_goes(kept: float) -> None:
    data = files.pdf(20)
    with opened(data[: int(len(data) * kept)]) as pdf:
        assert pdf.repaired
        found = texts(pdf.write())
    assert found == [f"Page {number}" for number in range(1, len(found) + 1)]
    assert 1 <= len(found) <= 20


@pytest.mark.parametrize("kept", [0.01, 0.5])
def test_pages_whose_content_is_lost_are_not_sold_as_blank_ones(kept: float) -> None:
    data = files.pdf(20)
    with pytest.raises(DamagedFile):
        open_pdf(data[: int(len(data) * kept)], None, LIMITS)


def test_no_pages() -> None:
    with pytest.raises(NoPages):
        open_pdf(files.without_pages(), None, LIMITS)


def test_no_pages_after_a_file_that_wanted_a_password() -> None:
    with pytest.raises(PasswordNeeded):
        open_pdf(files.locked("secret", "owner"), None, LIMITS)
    with pytest.raises(NoPages):
        open_pdf(files.without_pages(), None, LIMITS)


def test_a_page_tree_that_bites_its_tail() -> None:
    with opened(files.cyclic()) as pdf:
        assert (len(pdf.sizes), pdf.repaired) == (1, True)
        assert texts(pdf.write()) == ["Page 1"]


@pytest.mark.parametrize("promised", [1, 9, 2_000_000])
def test_pages_that_load_count_whatever_the_file_promises(promised: int) -> None:
    data = files.pdf(3).replace(b"/Count 3", b"/Count %d" % promised)
    with opened(data) as pdf:
        assert len(pdf.sizes) == 3
        assert texts(pdf.write()) == ["Page 1", "Page 2", "Page 3"]


def test_a_page_that_is_missing_in_the_middle_is_left_out() -> None:
    def lose(document: pikepdf.Pdf) -> None:
        document.Root.Pages.Kids[1] = document.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name("/Nothing")}))

    data = files.changed(files.pdf(3), lose)
    with opened(data) as pdf:
        found = texts(pdf.write())
        assert (found[0], found[-1], len(found)) == ("Page 1", "Page 3", len(pdf.sizes))


def test_junk_after_the_word_pdf() -> None:
    with pytest.raises(DocumentError):
        open_pdf(b"%PDF-1.7\n" + bytes(range(256)) * 20, None, LIMITS)


# ---- size


def test_a_page_larger_than_any_paper() -> None:
    with pytest.raises(PageTooLarge) as caught:
        open_pdf(files.pdf(1, size=(400_000, 400_000)), None, LIMITS)
    assert caught.value.values["page"] == 1


def test_a_poster_is_not_too_large() -> None:
    with opened(files.pdf(1, size=(2384, 3370))) as pdf:
        assert len(pdf.sizes) == 1


def test_thousands_of_pages() -> None:
    def copy(document: pikepdf.Pdf) -> None:
        document.pages.extend([document.pages[0]] * 4999)

    with pytest.raises(TooManyPages) as caught:
        open_pdf(files.changed(files.pdf(1), copy), None, LIMITS)
    assert caught.value.values == {"code": "too-many-pages", "pages": 5000, "limit": 2000}


# ---- forms


def form(canvas: Canvas, _page: int) -> None:
    canvas.acroForm.textfield(value="FILLED IN", x=72, y=700, width=300, height=40, fontSize=24)


def test_what_was_typed_into_a_form_is_printed() -> None:
    data = files.pdf(1, form)
    assert dark_pixels(data) == 0
    with opened(data) as pdf:
        assert dark_pixels(pdf.write()) > 500


def test_also_when_the_file_leaves_drawing_to_the_reader() -> None:
    def undrawn(document: pikepdf.Pdf) -> None:
        for field in document.pages[0].Annots:
            del field["/AP"]
        document.Root.AcroForm.NeedAppearances = True

    with opened(files.changed(files.pdf(1, form), undrawn)) as pdf:
        assert dark_pixels(pdf.write([1])) > 500
