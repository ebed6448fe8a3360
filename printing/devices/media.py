"""Sheets of paper by their names: as IPP calls them, as old printers do, and as Windows counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from printing.devices.errors import DeviceMisuse

if TYPE_CHECKING:
    from printing.devices.backend import Capabilities

A3: Final = "iso_a3_297x420mm"
A4: Final = "iso_a4_210x297mm"
"""Media by its self-describing name (PWG 5101.1); always sent, because a printer's own default may be US Letter."""
A5: Final = "iso_a5_148x210mm"
SHEETS: Final = (A4, A3, A5)
"""What documents are printed on."""

OLD_NAMES: Final[Mapping[str, str]] = {A3: "iso-a3", A4: "iso-a4", A5: "iso-a5"}
"""As RFC 2911 called them; printers of IPP/1.1 and Windows' Internet printing list them so."""
WINDOWS_PAPERS: Final[Mapping[str, int]] = {A3: 8, A4: 9, A5: 11}
"""DMPAPER_A3 and its fellows (wingdi.h)."""

_NAME: Final = re.compile(r"\w+?_.*_([0-9.]+)x([0-9.]+)(mm|in)")


def media_size(media: str) -> tuple[int, int]:
    """Width and height, in hundredths of a millimetre, of a self-describing media name (PWG 5101.1).

    >>> media_size("iso_a4_210x297mm")
    (21000, 29700)
    """
    found = _NAME.fullmatch(media)
    if found is None:
        raise DeviceMisuse(detail=f"media {media!r} does not tell its size")
    unit = 100 if found[3] == "mm" else 2540
    return round(float(found[1]) * unit), round(float(found[2]) * unit)


def listed_name(printer: Capabilities, media: str) -> str | None:
    """What `printer` calls the sheet `media` in its list; None where it does not list it by a name."""
    return next((name for name in (media, OLD_NAMES.get(media)) if name and name in printer.media), None)


def takes(printer: Capabilities, media: str) -> bool:
    """Whether `printer` says it can print on `media`; one that says nothing of paper is not doubted."""
    if not printer.media and not printer.media_sizes:
        return True
    return listed_name(printer, media) is not None or media_size(media) in printer.media_sizes
