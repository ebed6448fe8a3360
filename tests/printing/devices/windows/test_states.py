"""The spooler's bits in our own words."""

from __future__ import annotations

import pytest

from printing.devices.windows import states


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0, "pending"),
        (0x8, "processing"),
        (0x10, "processing"),
        (0x10 | 0x40, "processing"),
        (0x4, "stopping"),
        (0x100, "cancelled"),
        (0x80, "sent"),
        (0x1000 | 0x10, "sent"),
    ],
)
def test_how_a_job_stands(status: int, state: str) -> None:
    assert states.job_state(status) == state


@pytest.mark.parametrize(
    ("status", "reasons"),
    [
        (0x10, ()),
        (0x40, ("media-empty",)),
        (0x20 | 0x1, ("offline", "paused")),
        (0x400 | 0x2, ("fault",)),
    ],
)
def test_why_a_job_does_not_come_out(status: int, reasons: tuple[str, ...]) -> None:
    assert states.job_reasons(status) == reasons


@pytest.mark.parametrize(
    ("status", "attributes", "reasons"),
    [
        (0, 0, ()),
        (0x8 | 0x400000, 0, ("media-jam", "cover-open")),
        (0x20000 | 0x10, 0, ("media-empty", "toner-low")),
        (0, 0x400, ("offline",)),
        (0x1000, 0, ("offline",)),
    ],
)
def test_what_is_the_matter_with_a_printer(status: int, attributes: int, reasons: tuple[str, ...]) -> None:
    assert states.printer_reasons(status, attributes) == reasons


def test_how_a_printer_stands() -> None:
    assert [states.printer_state(status) for status in (0, 0x400, 0x1)] == ["idle", "processing", "stopped"]


@pytest.mark.parametrize(
    ("port", "paper"),
    [("USB001", True), ("IP_192.168.1.50", True), ("WSD-1", True), ("PORTPROMPT:", False), ("SHRFAX:", False)],
)
def test_makers_of_files_are_no_printers(port: str, paper: bool) -> None:
    assert states.puts_on_paper(port) is paper
