"""The kind comes from the content; the name is not even looked at."""

from __future__ import annotations

import pytest
from PIL import Image

from akimat_desk.documents.kinds import Sniffed, sniff
from tests.documents import files

DOT = Image.new("RGB", (4, 4), "white")
ODT = "application/vnd.oasis.opendocument.text"
SECRET = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_pictures(form: str) -> None:
    assert sniff(files.picture(DOT, form)) == Sniffed("image", form)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (files.pdf(), Sniffed("pdf")),
        (b"\r\n\r\nmail header\r\n" + files.pdf(), Sniffed("pdf")),
        (files.docx("x"), Sniffed("office", "docx")),
        (files.package(mimetype=ODT), Sniffed("office", "odt")),
        (files.package(mimetype=ODT, **{"META-INF__manifest_xml": SECRET}), Sniffed("office", "odt", locked=True)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Sniffed("office", "doc")),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Sniffed("office", "docx", locked=True),
        ),
        (rb"{\rtf1 hello}", Sniffed("office", "rtf")),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Sniffed("unknown", "HEIF")),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", Sniffed("unknown", "SVG")),
        (b"<!DOCTYPE html><p>page", Sniffed("unknown")),
        (b"%!PS-Adobe-3.0", Sniffed("unknown")),
        (files.package(readme_md="a zip of something"), Sniffed("unknown")),
        (b"PK\x03\x04 torn zip", Sniffed("unknown")),
        (b"anything else", Sniffed("text")),
    ],
)
def test_everything_else(data: bytes, expected: Sniffed) -> None:
    assert sniff(data) == expected
