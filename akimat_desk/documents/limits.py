"""How much of this PC one file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings with defaults for a PC of 2-4 GB. Whatever goes beyond is refused with a sentence, never half done."""

    file_mb: int = 100
    """Largest file that is read, in megabytes (a scanned book of 300 pages)."""
    text_mb: int = 4
    """Largest plain text; 4 MB are some 1,500 pages."""
    pages: int = 2000
    """Most pages of one document."""
    page_points: float = 14_400.0
    """Longest side of a page in points: 5.08 m, the bound of ISO 32000-1, annex C. Up to here a page larger than the
    paper (a poster, a plan) is printed smaller; above it a file is an attack or a mistake."""
    picture_megapixels: int = 100
    """Most pixels of a picture *once unpacked*, in millions. A JPEG is unpacked at 1/2, 1/4 or 1/8 of its size when
    that is still sharper than the paper, so one of 14,000 x 14,000 prints; a PNG or a progressive JPEG of that size
    does not."""
    memory_mb: int = 1024
    """Address space of the worker (RLIMIT_AS on Linux, the job's process memory on Windows)."""
    office_memory_mb: int = 1024
    """Memory LibreOffice may write to (RLIMIT_DATA: it reserves far more address space than it uses, about 215 MB)."""
    output_mb: int = 1024
    """Largest file the worker may write."""
    start_seconds: float = 60.0
    """Until a started worker says it is ready; long, because of virus scanners on old disks."""
    inspect_seconds: float = 60.0
    """Counting pages and colours of one file."""
    preview_seconds: float = 20.0
    """One picture of one page."""
    pdf_seconds: float = 60.0
    """Writing the printable PDF."""
    render_seconds: float = 60.0
    """One strip of one page for the printer."""
    office_seconds: float = 120.0
    """Added to each of the above while LibreOffice has to convert: a first start on an old PC is slow."""
