"""A printer's keywords become a few stable codes, and the gravest of them an error with a sentence and a drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.devices.errors import (
    CoverOpen,
    DeviceError,
    Jam,
    OutputFull,
    PaperOut,
    PrinterPaused,
    TonerOut,
    WrongPaper,
)
from printing.devices.reasons import REASONS, Reason, stable, trouble


@pytest.mark.parametrize("keyword", ["media-empty", "media-needed", "input-media-supply-empty"])
@pytest.mark.parametrize("severity", ["", "-error", "-warning", "-report"])
def test_the_severity_does_not_change_the_code(keyword: str, severity: str) -> None:
    """A simulated printer without paper said media-empty-warning and kept the state "processing"."""
    assert stable([keyword + severity]) == ("media-empty",)


@pytest.mark.parametrize(
    ("keywords", "codes"),
    [
        (["none"], ()),
        ([], ()),
        (["", " none "], ()),
        (["Media-Jam-Error"], ("media-jam",)),
        (["toner-low-report", "media-empty-error"], ("media-empty", "toner-low")),
        (["marker-supply-empty-error", "toner-empty"], ("toner-empty",)),
        (["door-open", "interlock-open-error"], ("cover-open",)),
        (["moving-to-paused"], ("paused",)),
        (["com.example-odd-thing"], ("other",)),
        (["com.example-odd-thing-error"], ("fault",)),
        (["output-area-full-warning"], ("output-full",)),
        (["input-media-size-change-error", "media-empty"], ("wrong-paper", "media-empty")),
        (["input-media-tray-feed-error"], ("media-jam",)),
    ],
)
def test_keywords_of_printers(keywords: list[str], codes: tuple[Reason, ...]) -> None:
    assert stable(keywords) == codes


@pytest.mark.parametrize(
    ("codes", "error", "drawing"),
    [
        (["media-empty"], PaperOut, "paper"),
        (["media-empty", "wrong-paper"], WrongPaper, "paper"),
        (["media-low", "media-jam", "media-empty"], Jam, "jam"),
        (["toner-empty"], TonerOut, "toner"),
        (["cover-open"], CoverOpen, "cover"),
        (["output-full"], OutputFull, "tray"),
        (["paused"], PrinterPaused, "staff"),
    ],
)
def test_the_gravest_reason_is_told(codes: list[str], error: type[DeviceError], drawing: str) -> None:
    told = trouble(codes)
    assert type(told) is error
    assert told.drawing == drawing


@pytest.mark.parametrize("codes", [[], ["toner-low"], ["media-low"], ["other"], ["waking"]])
def test_what_does_not_stop_the_printer_is_no_trouble(codes: list[str]) -> None:
    assert trouble(codes) is None


@given(st.lists(st.text()))
def test_any_words_of_a_printer_become_codes_in_our_order(keywords: list[str]) -> None:
    codes = stable(keywords)
    assert [code for code in REASONS if code in codes] == list(codes)


def test_cups_tells_only_in_words_that_a_printer_is_away() -> None:
    """Seen at CUPS 2.4.2: the keywords stay "none", the job "processing"."""
    assert stable(["none"], "The printer may not exist or is unavailable at this time.") == ("offline",)
    assert stable(["none"], "Printing.") == ()
