"""Any file as a PDF that can be drawn: the one place where the kinds come together. Runs in the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from akimat_desk.documents.encodings import read_text
from akimat_desk.documents.errors import (
    FileTooLarge,
    NoSuchPage,
    OfficeLocked,
    PrintingForbidden,
    UnknownKind,
    UnknownPicture,
)
from akimat_desk.documents.inspection import Findings, Kind
from akimat_desk.documents.kinds import sniff
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pdf import MM_PER_POINT, Pdf, open_pdf
from akimat_desk.documents.raster import scan
from akimat_desk.documents.source import MEGABYTE


@dataclass
class Opened:
    """A document ready to be counted, shown and printed, and what people should know of it."""

    kind: Kind
    pdf: Pdf
    reason: str = ""
    values: Mapping[str, int | float | str] = field(default_factory=dict)
    repaired: bool = False
    encoding: str = ""
    _findings: Findings | None = None

    def findings(self) -> Findings:
        """Everything but the words; the colour scan is done once."""
        if self._findings is None:
            pdf = self.pdf
            seen = scan(pdf)
            reason = self.reason if pdf.printing_allowed else PrintingForbidden.code
            self._findings = Findings(
                kind=self.kind,
                valid=True,
                reason=reason,
                values=self.values,
                pages=len(pdf.sizes),
                colour_pages=seen.colour,
                blank_pages=seen.blank,
                encrypted=pdf.encrypted,
                printing_allowed=pdf.printing_allowed,
                repaired=self.repaired,
                sizes_mm=tuple((round(w * MM_PER_POINT, 1), round(h * MM_PER_POINT, 1)) for w, h in pdf.sizes),
                encoding=self.encoding,
            )
        return self._findings

    def need_page(self, page: int) -> None:
        """Raise `NoSuchPage` for a page the document does not have."""
        if not 1 <= page <= len(self.pdf.sizes):
            raise NoSuchPage(page=page, pages=len(self.pdf.sizes))

    def close(self) -> None:
        """Free its memory."""
        self.pdf.close()


def open_document(
    data: bytes, password: str | None, limits: Limits, folder: Path, converter: str, tell: Callable[[Kind], None]
) -> Opened:
    """Open the bytes of a file of any kind. `tell` hears the kind before the heavy part begins.

    Raises the errors of `errors`.
    """
    sniffed = sniff(data)
    if sniffed.kind == "text":
        return _open_text(data, limits, tell)
    tell("image" if sniffed.form in ("HEIF", "SVG") else sniffed.kind)
    match sniffed.kind:
        case "pdf":
            pdf = open_pdf(data, password, limits)
            reason = "repaired" if pdf.repaired else ""
            return Opened("pdf", pdf, reason, {"n": len(pdf.sizes)}, repaired=pdf.repaired)
        case "image":
            from akimat_desk.documents.pictures import picture_to_pdf

            picture = picture_to_pdf(data, sniffed.form, limits)
            reason = "picture-cut-short" if picture.cut_short else ""
            return Opened("image", open_pdf(picture.pdf, None, limits), reason, repaired=picture.cut_short)
        case "office":
            from akimat_desk.documents.office import office_to_pdf

            if sniffed.locked:
                raise OfficeLocked
            pdf = open_pdf(office_to_pdf(data, sniffed.form, folder, converter), None, limits)
            return Opened("office", pdf, "converted", {"n": len(pdf.sizes)})
    raise UnknownPicture if sniffed.form else UnknownKind


def _open_text(data: bytes, limits: Limits, tell: Callable[[Kind], None]) -> Opened:
    if len(data) > limits.text_mb * MEGABYTE:
        head = data[: limits.text_mb * MEGABYTE]
        if read_text(head) is None:
            raise UnknownKind
        tell("text")
        raise FileTooLarge(size_mb=-(-len(data) // MEGABYTE), limit_mb=limits.text_mb)
    read = read_text(data)
    if read is None:
        raise UnknownKind
    tell("text")
    from akimat_desk.documents.typeset import typeset

    text, encoding = read
    made = typeset(text, limits.pages)
    reason = "letters-missing" if made.missing else ""
    return Opened("text", open_pdf(made.pdf, None, limits), reason, {"n": made.missing}, encoding=encoding)
