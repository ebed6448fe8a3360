"""How a ticket is printed on a given printer: format, attributes, and what is refused before anything is sent."""

from __future__ import annotations

import dataclasses

import pytest

from printing.devices.backend import Capabilities, JobTicket, RasterAbility
from printing.devices.errors import DeviceMisuse, FormatRefused, OptionsRefused
from printing.devices.ipp.codec import Collection, Range, Tag, attribute
from printing.devices.ipp.plan import plan
from printing.devices.raster import Sheet

A4 = "iso_a4_210x297mm"
PDF, PWG = "application/pdf", "image/pwg-raster"
RASTER = RasterAbility(("black_1", "sgray_8", "srgb_8"), (300, 600), "rotated")
OFFICE = Capabilities(
    name="office",
    formats=(PDF, PWG),
    colour=True,
    colour_modes=("auto", "color", "monochrome"),
    sides=("one-sided", "two-sided-long-edge"),
    copies_max=99,
    media=("na_letter_8.5x11in", A4),
    page_ranges=True,
    qualities=("draft", "normal", "high"),
    collates=True,
    raster=RASTER,
)
MONO = dataclasses.replace(OFFICE, colour=False, colour_modes=(), raster=RasterAbility(("sgray_8",), (600,), "normal"))
TICKET = JobTicket(uuid="0199c1f2", copies=3, sides="two-sided-long-edge")


def test_everything_that_costs_money_is_sent_by_name() -> None:
    chosen = plan(OFFICE, dataclasses.replace(TICKET, page_ranges=((1, 3), (7, 7)), quality="high"))
    assert chosen.document_format == PDF
    assert chosen.sheet is None
    assert chosen.template == (
        attribute("copies", Tag.INTEGER, 3),
        attribute("multiple-document-handling", Tag.KEYWORD, "separate-documents-collated-copies"),
        attribute("sides", Tag.KEYWORD, "two-sided-long-edge"),
        attribute("print-color-mode", Tag.KEYWORD, "monochrome"),
        attribute("media", Tag.KEYWORD, A4),
        attribute("page-ranges", Tag.RANGE, Range(1, 3), Range(7, 7)),
        attribute("print-quality", Tag.ENUM, 5),
    )


def test_the_paper_is_named_even_for_the_plainest_job() -> None:
    """A simulated printer took US Letter when it was not told."""
    chosen = plan(MONO, JobTicket(uuid="x"))
    assert chosen.template == (
        attribute("copies", Tag.INTEGER, 1),
        attribute("sides", Tag.KEYWORD, "one-sided"),
        attribute("media", Tag.KEYWORD, A4),
        attribute("print-quality", Tag.ENUM, 4),
    )


def test_paper_known_by_its_size_alone_is_asked_for_by_its_size() -> None:
    printer = dataclasses.replace(OFFICE, media=("na_letter_8.5x11in",), media_sizes=((21000, 29700),))
    size = Collection((attribute("x-dimension", Tag.INTEGER, 21000), attribute("y-dimension", Tag.INTEGER, 29700)))
    media = Collection((attribute("media-size", Tag.COLLECTION, size),))
    assert attribute("media-col", Tag.COLLECTION, media) in plan(printer, TICKET).template


def test_paper_may_have_its_old_name() -> None:
    printer = dataclasses.replace(OFFICE, media=("na-letter", "iso-a4"))
    assert attribute("media", Tag.KEYWORD, "iso-a4") in plan(printer, TICKET).template


def test_a_printer_without_choices_is_asked_for_none() -> None:
    """With ipp-attribute-fidelity, a word it does not know would make it refuse the job."""
    assert plan(Capabilities(name="old", formats=(PDF,)), JobTicket(uuid="x")).template == ()


def test_everything_the_printer_cannot_do_is_told_at_once() -> None:
    printer = dataclasses.replace(
        MONO,
        sides=("one-sided",),
        copies_max=2,
        media=("na_letter_8.5x11in",),
        page_ranges=False,
        qualities=("normal",),
    )
    ticket = dataclasses.replace(TICKET, colour=True, page_ranges=((1, 1),), quality="draft")
    with pytest.raises(OptionsRefused) as refused:
        plan(printer, ticket)
    assert refused.value.options == ("copies", "sides", "print-color-mode", "media", "page-ranges", "print-quality")


def test_a_printer_without_pdf_gets_raster() -> None:
    printer = dataclasses.replace(OFFICE, formats=("image/urf", PWG))
    assert plan(printer, TICKET).sheet == Sheet("sgray_8", 300, A4, "two-sided-long-edge", "rotated")
    assert plan(printer, dataclasses.replace(TICKET, colour=True)).sheet == Sheet(
        "srgb_8", 300, A4, "two-sided-long-edge", "rotated"
    )


def test_of_a_raster_only_the_pages_asked_for_are_sent() -> None:
    printer = dataclasses.replace(OFFICE, formats=(PWG,), page_ranges=False)
    chosen = plan(printer, dataclasses.replace(TICKET, page_ranges=((2, 3),)))
    assert "page-ranges" not in [each.name for each in chosen.template]


@pytest.mark.parametrize(
    ("types", "space"),
    [
        (("srgb_8", "sgray_8", "black_1"), "sgray_8"),
        (("black_1", "black_8"), "black_8"),
        (("srgb_8", "black_1"), "srgb_8"),
        (("black_1",), "black_1"),
    ],
)
def test_grey_uses_the_best_of_what_the_printer_reads(types: tuple[str, ...], space: str) -> None:
    printer = dataclasses.replace(MONO, formats=(PWG,), raster=RasterAbility(types, (600,), "normal"))
    sheet = plan(printer, TICKET).sheet
    assert sheet is not None
    assert (sheet.space, sheet.dpi) == (space, 600)


def test_a_colour_printer_that_cannot_be_told_grey_gets_grey_pixels() -> None:
    """Else a paid grey page would come out, and be counted by the printer, in colour."""
    printer = dataclasses.replace(OFFICE, colour_modes=("auto", "color"))
    chosen = plan(printer, TICKET)
    assert chosen.document_format == PWG
    assert "print-color-mode" not in [each.name for each in chosen.template]
    with pytest.raises(OptionsRefused) as refused:
        plan(dataclasses.replace(printer, formats=(PDF,)), TICKET)
    assert refused.value.options == ("print-color-mode",)


@pytest.mark.parametrize("mode", ["monochrome", "process-monochrome", "auto-monochrome"])
def test_grey_is_said_in_the_printers_own_word(mode: str) -> None:
    printer = dataclasses.replace(OFFICE, colour_modes=("color", mode))
    assert attribute("print-color-mode", Tag.KEYWORD, mode) in plan(printer, TICKET).template


def test_staff_may_choose_the_format_for_a_printer() -> None:
    assert plan(OFFICE, TICKET, override=PWG).document_format == PWG
    assert plan(dataclasses.replace(OFFICE, formats=("application/octet-stream",)), TICKET, override=PDF).sheet is None
    with pytest.raises(FormatRefused):
        plan(dataclasses.replace(OFFICE, raster=None), TICKET, override=PWG)
    with pytest.raises(FormatRefused):
        plan(OFFICE, TICKET, override="image/jpeg")


@pytest.mark.parametrize("formats", [(), ("image/jpeg",), ("image/urf", "application/postscript")])
def test_a_printer_of_other_formats_is_refused(formats: tuple[str, ...]) -> None:
    with pytest.raises(FormatRefused):
        plan(dataclasses.replace(OFFICE, formats=formats), TICKET)


def test_raster_the_printer_does_not_describe_is_not_guessed() -> None:
    with pytest.raises(FormatRefused):
        plan(dataclasses.replace(OFFICE, formats=(PWG,), raster=None), TICKET)
    with pytest.raises(FormatRefused):
        plan(dataclasses.replace(MONO, formats=(PWG,), raster=RasterAbility(("sgray_16",), (300,), "normal")), TICKET)
    grey_only = dataclasses.replace(OFFICE, formats=(PWG,), raster=RasterAbility(("sgray_8",), (300,), "normal"))
    with pytest.raises(OptionsRefused):
        plan(grey_only, dataclasses.replace(TICKET, colour=True))


@pytest.mark.parametrize("ranges", [((0, 1),), ((3, 2),), ((1, 4), (4, 5)), ((5, 6), (1, 2))])
def test_ranges_that_make_no_sense_are_our_own_mistake(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(DeviceMisuse):
        plan(OFFICE, dataclasses.replace(TICKET, page_ranges=ranges))


def test_a_copy_is_not_made_smaller_where_the_printer_lets_itself_be_told() -> None:
    copy = dataclasses.replace(TICKET, true_size=True)
    told = attribute("print-scaling", Tag.KEYWORD, "none")
    scaling = dataclasses.replace(OFFICE, scalings=("auto", "fit", "none"))
    assert told in plan(scaling, copy).template
    assert told not in plan(scaling, TICKET).template
    assert told not in plan(OFFICE, copy).template
