"""What a file is, told from its bytes. Names lie: pictures come as .pdf, letters as .txt, programs as anything."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from akimat_desk.documents.inspection import Kind

_PICTURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS: Final = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
_PDF_WITHIN: Final = 1024
"""Bytes that may stand before "%PDF-" (ISO 32000-1, annex H, note 13)."""
_MANIFEST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`form` is Pillow's name of a picture format or the usual suffix of an office document.

    `kind` "unknown" with a form is a picture we know by sight only; `locked` an office document with a password.
    """

    kind: Kind
    form: str = ""
    locked: bool = False


def sniff(data: bytes) -> Sniffed:
    """What the bytes are. "text" here means only "nothing else": `encodings.read_text` decides."""
    for magic, form in _PICTURES:
        if data.startswith(magic):
            return Sniffed("image", form)
    if (
        data.startswith(b"BM")
        and len(data) > 26
        and data[14:18] in (b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    ):
        return Sniffed("image", "BMP")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Sniffed("image", "WEBP")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"):
        return Sniffed("unknown", "HEIF")
    if data.startswith(_OLE2):
        return _ole2(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.startswith(b"{\\rtf"):
        return Sniffed("office", "rtf")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Sniffed("pdf")
    start = data[:_PDF_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start and start.startswith((b"<?xml", b"<svg", b"<!doctype svg")):
        return Sniffed("unknown", "SVG")
    if start.startswith((b"<!doctype html", b"<html", b"%!ps")):
        return Sniffed("unknown")
    return Sniffed("text")


def _ole2(data: bytes) -> Sniffed:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Sniffed("office", "docx", locked=True)
    for stream, form in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return Sniffed("office", form)
    return Sniffed("unknown")


def _zip(data: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as stream:
                    form = _OPEN_DOCUMENT.get(stream.read(100).strip(), "")
                return Sniffed("office", form, _is_encrypted(package, names)) if form else Sniffed("unknown")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Sniffed("unknown")
    if "[Content_Types].xml" in names:
        for folder, form in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return Sniffed("office", form)
    return Sniffed("unknown")


def _is_encrypted(package: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with package.open("META-INF/manifest.xml") as stream:
        return b"encryption-data" in stream.read(_MANIFEST_BYTES)
