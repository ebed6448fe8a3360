"""What printers say of themselves, with what they leave out and get wrong."""

from __future__ import annotations

from hypothesis import given

from printing.devices.backend import Capabilities, RasterAbility, Supply
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.capabilities import read_capabilities
from printing.devices.ipp.codec import Group, Localized, Resolution, Tag, attribute
from printing.devices.ipp.words import Operation
from tests.printing.devices.test_codec import groups
from tests.printing.scripted_printer import (
    ScriptedPrinter,
)


def test_a_printer_is_read_whole(printer: ScriptedPrinter, backend: IppBackend) -> None:
    printer.reasons = ("toner-low-warning", "media-empty-report")
    assert backend.probe() == Capabilities(
        name="Кеңсе принтері",
        model="Scripted Printer",
        uuid="00000000-0000-4000-8000-000000000001",
        formats=("application/pdf", "image/pwg-raster"),
        colour=True,
        colour_modes=("auto", "color", "monochrome"),
        sides=("one-sided", "two-sided-long-edge", "two-sided-short-edge"),
        copies_max=99,
        media=("na_letter_8.5x11in", "iso_a4_210x297mm"),
        media_ready=("iso_a4_210x297mm",),
        media_sizes=((21000, 29700),),
        resolutions=(600,),
        page_ranges=True,
        qualities=("draft", "normal", "high"),
        raster=RasterAbility(("sgray_8", "srgb_8"), (300,), "rotated"),
        operations=frozenset(Operation) - {Operation.CUPS_GET_PRINTERS},
        state="idle",
        accepting=True,
        reasons=("media-empty", "toner-low"),
    )


def test_a_printer_that_says_nothing_can_do_the_least() -> None:
    assert read_capabilities(Group(Tag.PRINTER)) == Capabilities(name="")


def test_supplies_of_both_kinds() -> None:
    told = attribute(
        "printer-supply",
        Tag.OCTETS,
        b"index=1;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level=25;colorantname=black;",
        b"index=2;type=wasteToner;maxcapacity=-2;level=-3;colorantname=unknown;",
        b"nonsense",
    )
    described = attribute("printer-supply-description", Tag.TEXT, "Black Toner", "Waste Toner")
    assert read_capabilities(Group(Tag.PRINTER, (told, described))).supplies == (
        Supply("Black Toner", "toner", "black", 25),
        Supply("Waste Toner", "wasteToner", "unknown", None),
        Supply("", "", "", None),
    )
    markers = (
        attribute("marker-names", Tag.NAME, "Black", "Cyan"),
        attribute("marker-levels", Tag.INTEGER, 80, -1),
        attribute("marker-types", Tag.KEYWORD, "toner", "toner"),
        attribute("marker-colors", Tag.NAME, "#000000", "#00FFFF"),
    )
    assert read_capabilities(Group(Tag.PRINTER, markers)).supplies == (
        Supply("Black", "toner", "#000000", 80),
        Supply("Cyan", "toner", "#00FFFF", None),
    )


def test_odd_types_become_modest_abilities() -> None:
    printer = Group(
        Tag.PRINTER,
        (
            attribute("printer-info", Tag.TEXT_WITH_LANGUAGE, Localized("kk", "Кітапхана")),
            attribute("copies-supported", Tag.INTEGER, 5),
            attribute("color-supported", Tag.INTEGER, 1),
            attribute("printer-state", Tag.ENUM, 9),
            attribute("pwg-raster-document-type-supported", Tag.KEYWORD, "sgray_8"),
            attribute(
                "pwg-raster-document-resolution-supported",
                Tag.RESOLUTION,
                Resolution(300, 600),
                Resolution(118, 118, 4),
            ),
        ),
    )
    read = read_capabilities(printer)
    assert (read.name, read.copies_max, read.colour, read.state, read.raster) == (
        "Кітапхана",
        5,
        False,
        "unknown",
        None,
    )


@given(groups)
def test_whatever_a_printer_says_can_be_read(group: Group) -> None:
    assert isinstance(read_capabilities(group), Capabilities)
