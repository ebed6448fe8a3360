"""Scanned pictures made ready, and laid on sheets at their true size."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from akimat_desk.documents import protocol
from akimat_desk.documents.developing import develop
from akimat_desk.documents.errors import DamagedFile, PictureTooLarge
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.protocol import Develop
from akimat_desk.documents.sheets import Placed, Sheet, in_the_middle, sheets_pdf
from akimat_desk.documents.worker import Worker


def scan(form: str = "JPEG", size: tuple[int, int] = (400, 600)) -> bytes:
    """White paper with a red square of 100 pixels whose corner is at (50, 100)."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((50, 100, 149, 199), fill="#C00000")
    out = io.BytesIO()
    picture.save(out, form, dpi=(300, 300))
    return out.getvalue()


def made(data: bytes, **order: object) -> tuple[protocol.Developed, Image.Image]:
    answer, picture = develop(data, Develop(**order), Limits())  # type: ignore[arg-type]
    with Image.open(io.BytesIO(picture)) as opened:
        opened.load()
        assert opened.size == (answer.width, answer.height)
        return answer, opened


@pytest.mark.parametrize("form", ["JPEG", "PNG", "PPM"])
def test_cut_then_turned_then_made_smaller(form: str) -> None:
    answer, picture = made(scan(form), crop=(0.125, 1 / 6, 0.375, 0.5), turns=1, within=(100, 100), form="png")
    assert (picture.size, picture.mode, picture.format) == ((100, 50), "RGB", "PNG")
    left, right = picture.getpixel((10, 25)), picture.getpixel((90, 25))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (min(left) > 240, right[0] > 150 > right[1]) == (True, True)  # the square was on top: now at the right
    assert answer.content is not None
    assert (answer.across, answer.dpi) == (400, {"JPEG": 300, "PNG": 300, "PPM": None}[form])


def test_grey_is_made_grey_and_the_content_is_found() -> None:
    answer, picture = made(scan(), grey=True)
    assert (picture.mode, answer.grey, picture.format) == ("L", True, "JPEG")
    assert answer.content is not None
    assert [round(part, 2) for part in answer.content] == pytest.approx([0.125, 1 / 6, 0.375, 1 / 3], abs=0.02)
    white = io.BytesIO()
    Image.new("L", (200, 200), 245).save(white, "JPEG")
    assert made(white.getvalue())[0].content is None


def test_what_is_no_picture_or_not_whole_or_too_large_is_refused() -> None:
    for data in (b"", b"no picture", scan("GIF"), scan()[:500], scan("PPM")[:5000]):
        with pytest.raises(DamagedFile):
            develop(data, Develop(), Limits())
    with pytest.raises(PictureTooLarge):
        develop(scan("PPM", (1100, 1000)), Develop(), Limits(picture_megapixels=1))


def test_the_worker_takes_a_picture_through_memory_and_leaves_no_file(tmp_path: Path) -> None:
    with Worker(tmp_path) as worker:
        answer, picture = worker.develop(scan(), Develop(within=(40, 60)))
        assert (answer.width, answer.height) == (40, 60)
        assert picture.startswith(b"\xff\xd8")
        assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".log"] == []
        with pytest.raises(DamagedFile):
            worker.develop(scan()[:500], Develop())


def test_a_picture_keeps_its_size_on_the_sheet() -> None:
    assert in_the_middle((85.6, 54.0)) == (True, ((297 - 85.6) / 2, (210 - 54) / 2, 85.6, 54.0))
    assert in_the_middle((100.0, 200.0)) == (False, (55.0, 48.5, 100.0, 200.0))
    assert in_the_middle((420.0, 594.0)) == (False, (0.0, 0.0, 210.0, 297.0))


def test_the_sheet_shows_it_there_and_tells_nothing_else() -> None:
    answer, picture = develop(scan(), Develop(), Limits())
    placed = Placed(picture, answer.width, answer.height, answer.grey, (50.0, 20.0, 80.0, 120.0))
    data = sheets_pdf([Sheet((placed,)), Sheet((placed, placed), lying=True)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in pdf.pages] == [
            [210, 297],
            [297, 210],
        ]
        assert "/Info" not in pdf.trailer
    with pypdfium2.PdfDocument(data) as drawn:
        page = drawn[0].render(scale=25.4 / 72 * 4).to_pil().convert("RGB")  # four pixels a millimetre
    # The red square: a quarter of the width, a sixth of the height, from an eighth and a sixth on.
    inside, outside = page.getpixel((4 * 61, 4 * 41)), page.getpixel((4 * 59, 4 * 39))
    assert (inside[0] > 150 > inside[1], min(outside) > 250) == (True, True)


@pytest.mark.parametrize("turns", range(4))
def test_a_turned_picture_lies_in_its_box_as_a_turned_paper_would(turns: int) -> None:
    answer, picture = develop(scan(), Develop(), Limits())
    size = (120.0, 80.0) if turns % 2 else (80.0, 120.0)
    data = sheets_pdf([Sheet((Placed(picture, 400, 600, answer.grey, (0.0, 0.0, *size), turns),))])
    with pypdfium2.PdfDocument(data) as drawn:
        page = (
            drawn[0]
            .render(scale=25.4 / 72 * 2)
            .to_pil()
            .convert("RGB")
            .crop((0, 0, 2 * int(size[0]), 2 * int(size[1])))
        )
    with Image.open(io.BytesIO(picture)) as upright:
        turned = upright.rotate(-90 * turns, expand=True).resize(page.size)
    difference = ImageChops.difference(page, turned).convert("L").point(lambda value: 255 if value > 80 else 0)
    assert difference.histogram()[255] < page.width * page.height / 100
