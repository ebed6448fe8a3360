"""Opening a PDF: password, permission, repair, forms. Pages that load are the pages there are.

pdfium draws and counts; qpdf (pikepdf) gives a second opinion on the page tree and rebuilds what pdfium cannot. Their
words stay here.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from akimat_desk.documents.errors import (
    DamagedFile,
    NoPages,
    PageTooLarge,
    PasswordNeeded,
    PasswordWrong,
    TooManyPages,
    UnknownKind,
    place_of,
)
from akimat_desk.documents.limits import Limits

if TYPE_CHECKING:
    import pikepdf

MM_PER_POINT: Final = 25.4 / 72
_MAY_PRINT: Final = 1 << 2
"""ISO 32000-1, table 22: bit position 3."""
_NOT_ENCRYPTED: Final = -1
_TAIL: Final = 2048
_END: Final = b"%%EOF"


@dataclass
class Pdf:
    """An opened document; always one that pdfium can draw."""

    document: Any
    """`pypdfium2.PdfDocument`."""
    data: bytes | None
    """The file as it may be handed to a printer; None when it has to be written anew first (encrypted)."""
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page in points, after its rotation."""
    encrypted: bool = False
    printing_allowed: bool = True
    repaired: bool = False

    def write(self, pages: Sequence[int] | None = None) -> bytes:
        """The document, or only `pages` (from 1, in that order), without encryption."""
        if pages is None and self.data is not None:
            return self.data
        chosen = None if pages is None else [page - 1 for page in pages]
        return _copy(self.document, chosen)

    def imposed(self, sides: Sequence[Sequence[int]], sheet_mm: tuple[float, float]) -> bytes:
        """Several pages on each side of a sheet; see `imposing`."""
        from akimat_desk.documents.imposing import impose

        return impose(self.document, self.sizes, sides, sheet_mm)

    def close(self) -> None:
        """Free pdfium's memory."""
        self.document.close()


def open_pdf(data: bytes, password: str | None, limits: Limits) -> Pdf:
    """Open `data`; a password that does not fit matters only where one is needed.

    Raises the errors of `errors` named "what is in it".
    """
    try:
        document = _load(data, password)
    except PasswordWrong as why:
        password, document = None, _load_freely(data, why)
    repaired = document is None
    if document is None:
        data = _rebuild(data, password)
        document = _load(data, None)
        if document is None:
            raise DamagedFile(detail="rebuilt and still not read")
    elif not _is_whole(document, data, password):
        repaired = True
        data, document = _mended(data, document, password)
    if len(document) > limits.pages:
        raise TooManyPages(pages=len(document), limit=limits.pages)
    sizes = _sizes(document)
    if not sizes:
        raise NoPages
    for page, size in enumerate(sizes, start=1):
        if max(size) > limits.page_points:
            raise PageTooLarge(page=page)
    encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document) != _NOT_ENCRYPTED
    allowed = not encrypted or bool(pdfium.FPDF_GetDocPermissions(document) & _MAY_PRINT)
    if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE:
        data = _flattened(document)
        document = _load(data, None)
        return Pdf(document, data, sizes, encrypted, allowed, repaired)
    return Pdf(document, None if encrypted else data, sizes, encrypted, allowed, repaired)


def _load(data: bytes, password: str | None) -> Any | None:
    """A pdfium document, or None when the bytes are no PDF that pdfium understands."""
    # pdfium keeps its last error until the next one, and a document without pages is an error to pypdfium2 alone.
    pdfium.FPDF_LoadMemDocument64(b"", 0, None)
    try:
        return pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as why:
        match getattr(why, "err_code", None):
            case pdfium.FPDF_ERR_PASSWORD:
                raise (PasswordWrong if password else PasswordNeeded) from why
            case pdfium.FPDF_ERR_SECURITY:
                raise UnknownKind(detail="security handler") from why
        return None


def _load_freely(data: bytes, wrong: PasswordWrong) -> Any | None:
    """The document without a password; raises `wrong` where it cannot do without."""
    try:
        return _load(data, None)
    except PasswordNeeded:
        raise wrong from None


def _sizes(document: Any) -> tuple[tuple[float, float], ...]:
    """Sizes of the pages that are there; the rest of what /Count promises is left out."""
    return tuple(size for size in _sizes_or_none(document) if size)


def _sizes_or_none(document: Any) -> Iterator[tuple[float, float] | None]:
    size = pdfium.FS_SIZEF()
    for index in range(len(document)):
        loads = pdfium.FPDF_GetPageSizeByIndexF(document, index, size)
        yield (size.width, size.height) if loads else None


def _is_whole(document: Any, data: bytes, password: str | None) -> bool:
    """Nothing speaks against it: every page is there, qpdf counts as many, and the end was not torn off."""
    count = len(document)
    if not count or len(_sizes(document)) != count:
        return False
    if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document) and _END not in data[-_TAIL:]:
        return False
    return _count_by_qpdf(data, password) == count


def _mended(data: bytes, document: Any, password: str | None) -> tuple[bytes, Any]:
    """Whichever has more pages: what qpdf rebuilds, or what pdfium loads, written without the missing pages."""
    there = [index for index, size in enumerate(_sizes_or_none(document)) if size]
    try:
        rebuilt = _rebuild(data, password)
        second = _load(rebuilt, None)
    except (DamagedFile, NoPages):
        if not there:
            raise
        second = None
    if second is not None and len(_sizes(second)) == len(second) and len(second) >= len(there):
        return rebuilt, second
    copy = _copy(document, there)
    return copy, _load(copy, None)


def _count_by_qpdf(data: bytes, password: str | None) -> int | None:
    import pikepdf

    try:
        with _qpdf(data, password) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, RecursionError):
        return None


@contextmanager
def _qpdf(data: bytes, password: str | None) -> Iterator[pikepdf.Pdf]:
    import pikepdf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a password that was not needed
        pdf = pikepdf.open(io.BytesIO(data), password=password or "", suppress_warnings=True)
    with pdf:
        yield pdf


def _rebuild(data: bytes, password: str | None) -> bytes:
    """The document with a new cross-reference table and page tree.

    Raises `DamagedFile`, `NoPages` or a password error.
    """
    import pikepdf

    try:
        with _qpdf(data, password) as pdf:
            pdf.Root.Pages.Count = len(pdf.pages)  # qpdf insists on it before it makes the tree flat
            pdf.add_blank_page()  # and makes it flat when pages change
            del pdf.pages[-1]
            torn = bool(pdf.get_warnings())
            for index in reversed(range(len(pdf.pages))) if torn else ():
                if pdf.pages[index].get("/Contents") is None:  # its content lay in the part that is lost
                    del pdf.pages[index]
            if not len(pdf.pages):
                raise DamagedFile(detail="no page found") if torn else NoPages()
            out = io.BytesIO()
            pdf.save(out, encryption=False)
            return out.getvalue()
    except pikepdf.PasswordError as why:
        raise (PasswordWrong if password else PasswordNeeded) from why
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as why:
        raise DamagedFile(detail=place_of(why)) from why


def _flattened(document: Any) -> bytes:
    """Filled-in fields and stamps drawn into the pages: printers do not draw forms, and pdfium only when asked."""
    document.init_forms()
    for index in range(len(document)):
        page = document[index]
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
        page.close()
    return _copy(document, None)


def _copy(document: Any, indexes: Sequence[int] | None) -> bytes:
    target = pypdfium2.PdfDocument.new()
    try:
        target.import_pages(document, pages=None if indexes is None else list(indexes))
        out = io.BytesIO()
        target.save(out)
        return out.getvalue()
    finally:
        target.close()
