"""How a ticket is printed on one printer: which format, which attributes. Pure; raises what cannot be done as paid.

Everything that costs money or shows on paper is sent by name and must be obeyed (ipp-attribute-fidelity), and a printer
is never left to its own defaults: those of a simulated one were US Letter, and many print colour unless told. What it
has no choice in is not sent, because an old printer would refuse the word itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from printing.devices.backend import Capabilities, JobTicket
from printing.devices.errors import DeviceMisuse, FormatRefused, OptionsRefused
from printing.devices.ipp.codec import Attribute, Collection, Range, Tag, Value, attribute
from printing.devices.ipp.words import PDF, PWG_RASTER, QUALITIES
from printing.devices.media import listed_name, media_size
from printing.devices.raster import Sheet, Space

_GREY_MODES: Final = ("monochrome", "process-monochrome", "auto-monochrome")
_GREY_SPACES: Final[tuple[Space, ...]] = ("sgray_8", "black_8", "srgb_8", "black_1")

_RASTER_DPI: Final = 300
"""Enough for text; 600 costs four times the pixels and is taken only where there is no 300."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`sheet` is set for PWG raster; `template` are the job attributes to send."""

    document_format: str
    sheet: Sheet | None
    template: tuple[Attribute, ...]


def plan(printer: Capabilities, ticket: JobTicket, *, override: str = "") -> Plan:
    """How `ticket` is printed. `override` is a document format that staff chose for this printer.

    Raises `OptionsRefused` with every attribute the printer cannot do, or `FormatRefused`.
    """
    _check(ticket)
    document_format = _format(printer, ticket, override)
    sheet = _sheet(printer, ticket) if document_format == PWG_RASTER else None
    refused: list[str] = []
    template: list[Attribute] = []
    if ticket.copies > printer.copies_max:
        refused.append("copies")
    if printer.copies_max > 1:
        template.append(attribute("copies", Tag.INTEGER, ticket.copies))
    if ticket.copies > 1 and printer.collates:
        template.append(attribute("multiple-document-handling", Tag.KEYWORD, "separate-documents-collated-copies"))
    if ticket.sides not in printer.sides:
        refused.append("sides")
    if len(printer.sides) > 1:
        template.append(attribute("sides", Tag.KEYWORD, ticket.sides))

    mode = _colour_mode(printer, ticket, pixels_are_ours=sheet is not None)
    if mode is None:
        refused.append("print-color-mode")
    elif mode:
        template.append(attribute("print-color-mode", Tag.KEYWORD, mode))

    if printer.media or printer.media_sizes:
        media = _media(printer, ticket)
        if media is None:
            refused.append("media")
        else:
            template.append(media)

    if ticket.page_ranges and sheet is None:  # of a raster we send only the pages asked for
        if not printer.page_ranges:
            refused.append("page-ranges")
        template.append(attribute("page-ranges", Tag.RANGE, *(Range(*pages) for pages in ticket.page_ranges)))
    if ticket.quality in printer.qualities:
        template.append(attribute("print-quality", Tag.ENUM, QUALITIES[ticket.quality]))
    elif ticket.quality != "normal":
        refused.append("print-quality")
    if ticket.true_size and "none" in printer.scalings:
        template.append(attribute("print-scaling", Tag.KEYWORD, "none"))
    if refused:
        raise OptionsRefused(refused)
    return Plan(document_format, sheet, tuple(template))


def _check(ticket: JobTicket) -> None:
    last = 0
    for low, high in ticket.page_ranges:
        if not last < low <= high:
            raise DeviceMisuse(detail="page ranges must rise and not overlap")
        last = high
    if ticket.copies < 1 or not ticket.uuid:
        raise DeviceMisuse(detail="a ticket wants a uuid and at least one copy")


def _format(printer: Capabilities, ticket: JobTicket, override: str) -> str:
    can_raster = PWG_RASTER in printer.formats and printer.raster is not None
    if override:
        # Staff know better than a printer that forgets to name a format, but a raster wants to be described.
        if override == PDF or (override == PWG_RASTER and can_raster):
            return override
        raise FormatRefused(formats=", ".join(printer.formats))
    # A colour printer that cannot be told to print grey gets grey pixels.
    grey_by_pixels = not ticket.colour and printer.colour and _grey_mode(printer) is None
    if PDF in printer.formats and not (grey_by_pixels and can_raster):
        return PDF
    if can_raster:
        return PWG_RASTER
    raise FormatRefused(formats=", ".join(printer.formats))


def _sheet(printer: Capabilities, ticket: JobTicket) -> Sheet:
    ability = printer.raster
    if ability is None:
        raise FormatRefused(formats=", ".join(printer.formats))
    wanted: tuple[Space, ...] = ("srgb_8",) if ticket.colour and printer.colour else _GREY_SPACES
    space = next((each for each in wanted if each in ability.types), None)
    if space is None:
        if ticket.colour and printer.colour:
            raise OptionsRefused(["print-color-mode"])
        raise FormatRefused(formats=", ".join(ability.types))
    dpi = _RASTER_DPI if _RASTER_DPI in ability.resolutions else ability.resolutions[0]
    return Sheet(space, dpi, ticket.media, ticket.sides, ability.sheet_back, ticket.quality)


def _grey_mode(printer: Capabilities) -> str | None:
    return next((mode for mode in _GREY_MODES if mode in printer.colour_modes), None)


def _colour_mode(printer: Capabilities, ticket: JobTicket, *, pixels_are_ours: bool) -> str | None:
    """print-color-mode to send; "" to send none; None when it cannot be done."""
    if ticket.colour:
        if not printer.colour:
            return None
        return "color" if "color" in printer.colour_modes else ""
    mode = _grey_mode(printer)
    if mode is not None:
        return mode
    return "" if pixels_are_ours or not printer.colour else None


def _media(printer: Capabilities, ticket: JobTicket) -> Attribute | None:
    """`media` by name where the printer lists it, else `media-col` by size (the two must not be sent together)."""
    name = listed_name(printer, ticket.media)
    if name is not None:
        return attribute("media", Tag.KEYWORD, name)
    width, height = media_size(ticket.media)
    if (width, height) not in printer.media_sizes:
        return None
    size = Collection(
        (attribute("x-dimension", Tag.INTEGER, width), attribute("y-dimension", Tag.INTEGER, height)),
    )
    return Attribute(
        "media-col", (Value(Tag.COLLECTION, Collection((attribute("media-size", Tag.COLLECTION, size),))),)
    )
