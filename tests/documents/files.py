"""The files residents bring, made on the spot: sound ones, odd ones, hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas, int], object]


def pdf(pages: int = 1, draw: Draw | None = None, size: tuple[float, float] = A4) -> bytes:
    """A PDF; `draw` gets the canvas and the page's number from 1, else each page holds a line of black text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for page in range(1, pages + 1):
        if draw is None:
            canvas.drawString(72, size[1] - 72, f"Page {page}")
        else:
            draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def saved(document: pikepdf.Pdf, **how: object) -> bytes:
    """What pikepdf writes."""
    out = io.BytesIO()
    document.save(out, **how)  # type: ignore[arg-type]  # options are passed through
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A PDF after `change`."""
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        return saved(document)


def locked(user: str, owner: str, *, may_print: bool = True, pages: int = 2) -> bytes:
    """An encrypted PDF (AES-256)."""
    allow = pikepdf.Permissions(print_lowres=may_print, print_highres=may_print)
    with pikepdf.open(io.BytesIO(pdf(pages))) as document:
        return saved(document, encryption=pikepdf.Encryption(user=user, owner=owner, allow=allow))


def without_pages() -> bytes:
    """A sound PDF with an empty page tree."""
    return saved(pikepdf.Pdf.new())


def cyclic() -> bytes:
    """A page tree that names itself as its second child."""

    def tie(document: pikepdf.Pdf) -> None:
        root = document.Root.Pages
        root.Kids.append(root)
        root.Count = 2

    return changed(pdf(1), tie)


def bomb(megabytes: int = 512) -> bytes:
    """Some 2 KB that unpack to `megabytes` of spaces in one page's content."""
    packer = zlib.compressobj(6)
    block = b" " * (1 << 20)
    inner = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    content = pikepdf.Stream(document, b"")
    filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    content.write(zlib.compress(inner, 9), filter=filters)
    document.pages[0].Contents = content
    return saved(document, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def picture(image: Image.Image, form: str, **how: object) -> bytes:
    """The bytes of a picture in a format of Pillow."""
    out = io.BytesIO()
    image.save(out, form, **how)  # type: ignore[arg-type]  # options are passed through
    return out.getvalue()


def package(**parts: bytes | str) -> bytes:
    """A zip file; in names "__" stands for "/" and "_" for "."."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def docx(*paragraphs: str, page_each: bool = False) -> bytes:
    """A Word file of A4 pages, in Times New Roman; with `page_each` every paragraph begins a page."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    face = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/></w:rPr>'
    how = "<w:pPr><w:pageBreakBefore/></w:pPr>" if page_each else ""
    body = "".join(f"<w:p>{how}<w:r>{face}<w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    sheet = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    content = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{links}">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}{sheet}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def profile_of_blue_inks() -> bytes:
    """A colour profile (ICC.1:2001-04) of strange inks: no ink is white, black is black, any other mixture is blue."""
    steps = bytes(range(256))
    fixed = struct.Struct(">9i").pack(*(65536 * one for one in (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    white, black, blue = (bytes(lab) for lab in ((255, 128, 128), (0, 128, 128), (76, 196, 16)))
    colours = white + b"".join(black if inks % 2 else blue for inks in range(1, 16))
    look = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + fixed + 4 * steps + colours + 3 * steps
    paper = b"XYZ " + bytes(4) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    name = b"desc" + bytes(4) + struct.pack(">I", 5) + b"blue\0" + bytes(78)
    rights = b"text" + bytes(4) + b"none\0"
    table, body = b"", b""
    tags = {b"A2B0": look, b"wtpt": paper, b"desc": name, b"cprt": rights}
    for tag, content in tags.items():
        table += tag + struct.pack(">2I", 128 + 4 + 12 * len(tags) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = bytes(4) + struct.pack(">I", 0x02400000) + b"prtrCMYKLab " + struct.pack(">6H", 2026, 11, 20, 0, 0, 0)
    head += b"acsp" + bytes(28) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D) + bytes(48)
    whole = bytes(4) + head + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]
