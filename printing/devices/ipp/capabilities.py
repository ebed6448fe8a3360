"""What a printer says of itself, read into `Capabilities`.

Printers leave attributes out and get their types wrong; whatever is missing or odd becomes the most modest ability.
"""

from __future__ import annotations

from typing import Final

from printing.devices.backend import Capabilities, PrinterState, Quality, RasterAbility, Supply
from printing.devices.ipp.codec import Collection, Data, Group, Range, Resolution
from printing.devices.ipp.words import QUALITIES
from printing.devices.reasons import stable

_STATES: Final[dict[int, PrinterState]] = {3: "idle", 4: "processing", 5: "stopped"}
_QUALITY_NAMES: Final[tuple[Quality, ...]] = ("draft", "normal", "high")

QUESTIONS: Final = (
    "printer-description",
    "job-template",
    "media-size-supported",
    "media-ready",
    "pwg-raster-document-type-supported",
    "pwg-raster-document-resolution-supported",
    "pwg-raster-document-sheet-back",
    "printer-supply",
    "printer-supply-description",
    "marker-names",
    "marker-levels",
    "marker-types",
    "marker-colors",
    "printer-impressions-completed",
)


def read_capabilities(printer: Group, fingerprint: str = "") -> Capabilities:
    """From the printer group of Get-Printer-Attributes."""
    modes = printer.texts("print-color-mode-supported")
    return Capabilities(
        name=printer.text("printer-info") or printer.text("printer-name") or printer.text("printer-make-and-model"),
        model=printer.text("printer-make-and-model"),
        uuid=printer.text("printer-uuid").removeprefix("urn:uuid:"),
        location=printer.text("printer-location"),
        formats=tuple(text.lower() for text in printer.texts("document-format-supported")),
        colour=printer.flag("color-supported", default="color" in modes),
        colour_modes=modes,
        sides=printer.texts("sides-supported") or ("one-sided",),
        copies_max=_most(printer.data("copies-supported")),
        media=printer.texts("media-supported"),
        media_ready=printer.texts("media-ready"),
        media_sizes=_sizes(printer.data("media-size-supported")),
        resolutions=_dpi(printer.data("printer-resolution-supported")),
        page_ranges=printer.flag("page-ranges-supported"),
        qualities=tuple(
            name for name in _QUALITY_NAMES if QUALITIES[name] in printer.numbers("print-quality-supported")
        ),
        collates="separate-documents-collated-copies" in printer.texts("multiple-document-handling-supported"),
        scalings=printer.texts("print-scaling-supported"),
        raster=_raster(printer),
        operations=frozenset(printer.numbers("operations-supported")),
        state=_STATES.get(printer.number("printer-state") or 0, "unknown"),
        accepting=printer.flag("printer-is-accepting-jobs", default=True),
        reasons=stable(printer.texts("printer-state-reasons"), printer.text("printer-state-message")),
        supplies=_supplies(printer) or _markers(printer),
        impressions=printer.number("printer-impressions-completed"),
        fingerprint=fingerprint,
    )


def _most(values: tuple[Data, ...]) -> int:
    highs = [value.high if isinstance(value, Range) else value for value in values if isinstance(value, Range | int)]
    return max(highs, default=1)


def _sizes(values: tuple[Data, ...]) -> tuple[tuple[int, int], ...]:
    found = []
    for value in values:
        if isinstance(value, Collection):
            sides = [value.get(name) for name in ("x-dimension", "y-dimension")]
            numbers = [side.numbers for side in sides if side]
            if len(numbers) == 2 and all(numbers):
                found.append((numbers[0][0], numbers[1][0]))
    return tuple(found)


def _dpi(values: tuple[Data, ...]) -> tuple[int, ...]:
    """Square resolutions in dots per inch, smallest first."""
    found = {value.x for value in values if isinstance(value, Resolution) and value.x == value.y and value.units == 3}
    return tuple(sorted(found))


def _raster(printer: Group) -> RasterAbility | None:
    types = printer.texts("pwg-raster-document-type-supported")
    resolutions = _dpi(printer.data("pwg-raster-document-resolution-supported"))
    if not types or not resolutions:
        return None
    return RasterAbility(types, resolutions, printer.text("pwg-raster-document-sheet-back", "normal"))


def _supplies(printer: Group) -> tuple[Supply, ...]:
    """printer-supply (PWG 5100.13): one string of key=value for each supply."""
    names = printer.texts("printer-supply-description")
    found = []
    for index, text in enumerate(printer.texts("printer-supply")):
        keys = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
        found.append(
            Supply(
                name=names[index] if index < len(names) else keys.get("type", ""),
                kind=keys.get("type", ""),
                colour=keys.get("colorantname", ""),
                percent=_percent(keys.get("level", ""), keys.get("maxcapacity", "")),
            )
        )
    return tuple(found)


def _percent(level: str, capacity: str) -> int | None:
    """Negative numbers mean "unknown" or "some left"."""
    try:
        now, most = int(level), int(capacity)
    except ValueError:
        return None
    return min(100, round(100 * now / most)) if now >= 0 and most > 0 else None


def _markers(printer: Group) -> tuple[Supply, ...]:
    """marker-names and its fellows, CUPS's own way of saying the same."""
    names, levels = printer.texts("marker-names"), printer.numbers("marker-levels")
    kinds, colours = printer.texts("marker-types"), printer.texts("marker-colors")
    return tuple(
        Supply(
            name=name,
            kind=kinds[index] if index < len(kinds) else "",
            colour=colours[index] if index < len(colours) else "",
            percent=levels[index] if index < len(levels) and 0 <= levels[index] <= 100 else None,
        )
        for index, name in enumerate(names)
    )
