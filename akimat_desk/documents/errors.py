"""Why a file cannot be opened or printed, as one tree.

    DocumentError
    ├── DocumentRefused (Refused)      the file is not one we print: the person brings another
    └── DocumentUnavailable (Unavailable)   stick, disk or worker is not there now

The class attribute `code` is the stable reason that `Inspection.reason`, the command line and other services name.
Library words never get in: the worker sends a code and numbers, the sentences are here.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from akimat_desk.base.errors import AkimatDeskError, Refused, Unavailable
from akimat_desk.base.words import N_, Sentence


class DocumentError(AkimatDeskError):
    """Root. `detail` names the place in our code where it was noticed, for the administrator's log; never shown."""

    code = "document"
    staff_text = N_("A file was not opened. Code: {code}.")
    next_text = N_("Choose another file, or call a member of staff.")

    def __init__(self, *, detail: str = "", **values: object) -> None:
        super().__init__(**values)
        self.detail = detail


class DocumentRefused(DocumentError, Refused):
    """The file as it is will not print here."""


class DocumentUnavailable(DocumentError, Unavailable):
    """Trying again helps, once something outside has changed."""


# What was chosen


class EmptyFile(DocumentRefused):
    """No bytes at all."""

    code = "empty"
    resident_text = N_("The file is empty. Save it again and bring it back.")


class NotAFile(DocumentRefused):
    """A folder, a device, a pipe."""

    code = "not-a-file"
    resident_text = N_("This is a folder, not a file. Open it and choose a file.")


class FileForbidden(DocumentRefused):
    """The operating system does not let this user read it."""

    code = "file-forbidden"
    resident_text = N_("This computer is not allowed to read the file. Save a new copy and choose that one.")


class FileGone(DocumentUnavailable):
    """It was there when chosen, and is not now, or stopped half-way: a stick was pulled out."""

    code = "file-gone"
    resident_text = N_("The file is no longer there. Put the USB stick back and choose the file again.")


class FileTooLarge(DocumentRefused):
    """Above `Limits.file_mb` (or `text_mb`). Values: size_mb, limit_mb."""

    code = "file-too-large"
    resident_text = N_("The file has {size_mb} MB; up to {limit_mb} MB can be opened here. Save it smaller.")


# What is in it


class UnknownKind(DocumentRefused):
    """Neither PDF, picture, text nor office document, whatever its name says."""

    code = "unknown-kind"
    resident_text = N_("This kind of file cannot be opened here. Save it as PDF and bring it again.")


class UnknownPicture(DocumentRefused):
    """A picture, but in a format no free reader of ours opens (HEIC of telephones)."""

    code = "unknown-picture"
    resident_text = N_("Pictures of this kind cannot be opened here. Save it as JPEG and bring it again.")


class PasswordNeeded(DocumentRefused):
    """Encrypted, and no password was given."""

    code = "password-needed"
    resident_text = N_("This file has a password. Type it, or bring a copy without one.")


class PasswordWrong(DocumentRefused):
    """Encrypted, and the given password opens nothing."""

    code = "password-wrong"
    resident_text = N_("The password does not fit this file. Type it again, or bring a copy without one.")


class OfficeLocked(DocumentRefused):
    """An office document with a password; LibreOffice asks for it in a window, so it is not asked for here."""

    code = "office-locked"
    resident_text = N_("This document has a password. Take the password off and bring it again.")


class PrintingForbidden(DocumentRefused):
    """ISO 32000-1 table 22: bit 3 is clear, and the owner's password was not given. Staff may override."""

    code = "printing-forbidden"
    resident_text = N_("The author of this file has forbidden printing. Ask a member of staff.")
    staff_text = N_("The author of this file has forbidden printing. You may allow it; that is written down.")


class DamagedFile(DocumentRefused):
    """Not even qpdf finds a page, or a picture does not decode."""

    code = "file-damaged"
    resident_text = N_("The file is damaged and does not open. Save it again and bring a new copy.")


class NoPages(DocumentRefused):
    """Well-formed, and without a page."""

    code = "no-pages"
    resident_text = N_("There is no page in this file. Save it again and bring a new copy.")


class TooManyPages(DocumentRefused):
    """Above `Limits.pages`. Values: pages, limit."""

    code = "too-many-pages"
    resident_text = N_("The file has {pages} pages; up to {limit} can be printed here. Save the pages you need.")


class PageTooLarge(DocumentRefused):
    """A side above `Limits.page_points`. Values: page."""

    code = "page-too-large"
    resident_text = N_("A page of this file is larger than any paper. Page: {page}. Save it on A4 pages.")


class PictureTooLarge(DocumentRefused):
    """Above `Limits.picture_megapixels`. Values: size_mp, limit_mp."""

    code = "picture-too-large"
    resident_text = N_("The picture has {size_mp} million dots; up to {limit_mp} can be printed here. Save it smaller.")


class TooHeavy(DocumentRefused):
    """The time or the memory of `Limits` ran out; the worker was stopped and the desk is unharmed."""

    code = "too-heavy"
    resident_text = N_("The file takes too much time or memory to open. Save it as a simpler PDF and bring it again.")


class Crashed(DocumentRefused):
    """A library fell over this file; only the worker died."""

    code = "crashed"
    resident_text = N_("This file could not be opened, nothing else was lost. Save it as PDF and bring it again.")


class NoConverter(DocumentRefused):
    """An office document, and LibreOffice is not installed on this PC."""

    code = "office-needs-converter"
    resident_text = N_("Documents of this kind do not open on this computer. Save it as PDF and bring it again.")
    staff_text = N_("LibreOffice is not installed on this computer, so office documents do not open here.")


class NotConverted(DocumentRefused):
    """LibreOffice gave no PDF."""

    code = "office-not-converted"
    resident_text = N_("This document could not be turned into pages. Save it as PDF and bring it again.")


class NoSuchPage(DocumentRefused):
    """A page was asked for that the file does not have. Values: page, pages."""

    code = "no-such-page"
    resident_text = N_("There is no page {page} in this file. Its last page is {pages}.")


# What is around it


class DiskFull(DocumentUnavailable):
    """The printable copy could not be written."""

    code = "no-room-for-copy"
    resident_text = N_("There is no room on this computer's disk. Call a member of staff.")


class Cancelled(DocumentUnavailable):
    """`Worker.cancel` or `Worker.close` was called; the file is as it was."""

    code = "opening-stopped"
    resident_text = N_("Opening the file was stopped. Choose it again when you want to go on.")


class WorkerMissing(DocumentUnavailable):
    """The worker process does not start."""

    code = "worker-missing"
    resident_text = N_("Files cannot be opened on this computer now. Call a member of staff.")


ERRORS: Final[Mapping[str, type[DocumentError]]] = {
    error.code: error
    for error in (
        EmptyFile,
        NotAFile,
        FileForbidden,
        FileGone,
        FileTooLarge,
        UnknownKind,
        UnknownPicture,
        PasswordNeeded,
        PasswordWrong,
        OfficeLocked,
        PrintingForbidden,
        DamagedFile,
        NoPages,
        TooManyPages,
        PageTooLarge,
        PictureTooLarge,
        TooHeavy,
        Crashed,
        NoConverter,
        NotConverted,
        NoSuchPage,
        DiskFull,
        Cancelled,
        WorkerMissing,
    )
}
"""Every reason why nothing is printed, by its code."""

CAUTIONS: Final[Mapping[str, str]] = {
    "repaired": N_("The file opened only in part. Pages opened: {n}. Look through them before printing."),
    "letters-missing": N_("Some letters of this file cannot be printed here: {n}. Look through it before printing."),
    "converted": N_("Pages this document was turned into here: {n}. Look through them before printing."),
    "picture-cut-short": N_("The picture opened only in part. Look at it before printing."),
}
"""Reasons that do not stop printing: the person looks first. The value `n` is a number of pages or letters."""


def error_of(code: str, values: Mapping[str, object], detail: str = "") -> DocumentError:
    """The error that `code` names; a code we do not know is a `Crashed`."""
    return ERRORS.get(code, Crashed)(detail=detail, **values)


def sentence_of(reason: str, values: Mapping[str, object]) -> Sentence:
    """What people read for a reason; the empty sentence for the empty reason."""
    if not reason:
        return Sentence("")
    if reason in CAUTIONS:
        return Sentence(CAUTIONS[reason], dict(values))
    return error_of(reason, values).for_resident


def place_of(why: BaseException) -> str:
    """Type and place of a library's error, for `DocumentError.detail`: its text may quote the resident's file, so it is
    left out. The place is the last line of ours on its way."""
    ours = [frame for frame in traceback.extract_tb(why.__traceback__) if Path(frame.filename).parent == _HERE]
    return f"{type(why).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else type(why).__name__


_HERE: Final = Path(__file__).parent
