"""What Windows' spooler says of jobs and printers, as our own states and reasons (winspool.h: JOB_STATUS_…, …)."""

from __future__ import annotations

from typing import Final

from printing.devices.backend import PrinterState, State
from printing.devices.reasons import REASONS, Reason

DELETING, SPOOLING, PRINTING, PRINTED, DELETED, COMPLETE = 0x4, 0x8, 0x10, 0x80, 0x100, 0x1000

_JOB_REASONS: Final[dict[int, Reason]] = {
    0x1: "paused",
    0x2: "fault",
    0x20: "offline",
    0x40: "media-empty",
    0x200: "fault",  # the driver cannot print it
    0x400: "fault",  # somebody must look at the printer
}
_PRINTER_REASONS: Final[dict[int, Reason]] = {
    0x1: "paused",
    0x2: "fault",
    0x8: "media-jam",
    0x10: "media-empty",
    0x20: "media-empty",  # waits for a sheet fed by hand
    0x40: "media-empty",
    0x80: "offline",
    0x800: "output-full",
    0x1000: "offline",
    0x8000: "waking",
    0x10000: "waking",
    0x20000: "toner-low",
    0x40000: "toner-empty",
    0x80000: "fault",
    0x100000: "fault",
    0x200000: "fault",
    0x400000: "cover-open",
    0x800000: "offline",
    0x1000000: "waking",
}
_WORK_OFFLINE: Final = 0x400
"""PRINTER_ATTRIBUTE_WORK_OFFLINE: what Windows sets for a USB printer that was unplugged."""
_BUSY: Final = 0x100 | 0x200 | 0x400 | 0x4000
_NOT_PAPER: Final = ("PORTPROMPT:", "SHRFAX:", "NUL:", "XPSPORT:", "FILE:", "ONENOTE", "MICROSOFT.OFFICE", "MSFAX")
"""Ports of "printers" that make a file or send a fax."""


def job_state(status: int) -> State:
    """How a job stands that is in the queue. The spooler tells what it gave to the port, never what came out: PRINTED
    and COMPLETE mean "sent".
    """
    if status & DELETED:
        return "cancelled"
    if status & DELETING:
        return "stopping"
    if status & (PRINTED | COMPLETE):
        return "sent"
    return "processing" if status & (PRINTING | SPOOLING) else "pending"


def job_reasons(status: int) -> tuple[Reason, ...]:
    """Why nothing comes out, gravest first."""
    return _told(status, _JOB_REASONS)


def printer_reasons(status: int, attributes: int = 0) -> tuple[Reason, ...]:
    """What is the matter with a printer, gravest first."""
    return _told(status | (0x80 if attributes & _WORK_OFFLINE else 0), _PRINTER_REASONS)


def printer_state(status: int) -> PrinterState:
    """Most drivers say 0 whatever happens."""
    if status & 0x3:
        return "stopped"
    return "processing" if status & _BUSY else "idle"


def puts_on_paper(port: str) -> bool:
    """Whether a printer at `port` is one at all, and not a maker of files or a fax."""
    return not port.upper().startswith(_NOT_PAPER)


def _told(status: int, reasons: dict[int, Reason]) -> tuple[Reason, ...]:
    found = {reason for bit, reason in reasons.items() if status & bit}
    return tuple(reason for reason in REASONS if reason in found)
