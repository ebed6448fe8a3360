"""Why a printer does not print: its many keywords as a few stable codes.

`printer-state-reasons` (RFC 8011, section 5.4.12; PWG 5100.9) come with the endings -error, -warning and -report, which
printers use freely: one that was out of paper said `media-empty-warning` and stayed in the state "processing". So the
endings are dropped, and the codes, not the printer's state, say what a person must do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from printing.devices.errors import (
    CoverOpen,
    DeviceError,
    Jam,
    OutputFull,
    PaperOut,
    PrinterFault,
    PrinterOffline,
    PrinterPaused,
    TonerOut,
    TrayMissing,
    WrongPaper,
)

Reason = Literal[
    "offline",
    "media-jam",
    "cover-open",
    "tray-missing",
    "wrong-paper",
    "media-empty",
    "toner-empty",
    "output-full",
    "paused",
    "fault",
    "media-low",
    "toner-low",
    "service-soon",
    "waking",
    "other",
]
"""Gravest first; from "media-low" on, the printer still prints."""

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

_CODES: Final[dict[str, Reason]] = {
    "offline": "offline",
    "shutdown": "offline",
    "timed-out": "offline",
    "deactivated": "offline",
    "power-down": "offline",
    "media-jam": "media-jam",
    "cover-open": "cover-open",
    "door-open": "cover-open",
    "interlock-open": "cover-open",
    "input-tray-missing": "tray-missing",
    "output-tray-missing": "tray-missing",
    "input-media-tray-missing": "tray-missing",
    "marker-supply-missing": "toner-empty",
    "input-media-size-change": "wrong-paper",
    "input-media-type-change": "wrong-paper",
    "input-media-weight-change": "wrong-paper",
    "input-media-color-change": "wrong-paper",
    "input-media-form-parts-change": "wrong-paper",
    "input-media-tray-jam": "media-jam",
    "input-media-tray-feed": "media-jam",  # in full input-media-tray-feed-error
    "input-media-tray-failure": "fault",
    "media-empty": "media-empty",
    "media-needed": "media-empty",
    "input-media-supply-empty": "media-empty",
    "input-manual-input-request": "media-empty",
    "toner-empty": "toner-empty",
    "marker-supply-empty": "toner-empty",
    "marker-toner-empty": "toner-empty",
    "marker-ink-empty": "toner-empty",
    "marker-waste-full": "fault",
    "developer-empty": "fault",
    "opc-life-over": "fault",
    "fuser-over-temp": "fault",
    "spool-area-full": "fault",
    "output-area-full": "output-full",
    "output-tray-full": "output-full",
    "paused": "paused",
    "moving-to-paused": "paused",
    "stopping": "paused",
    "stopped-partly": "paused",
    "hold-new-jobs": "paused",
    "media-low": "media-low",
    "input-media-supply-low": "media-low",
    "toner-low": "toner-low",
    "marker-supply-low": "toner-low",
    "marker-toner-low": "toner-low",
    "marker-ink-low": "toner-low",
    "developer-low": "service-soon",
    "opc-near-eol": "service-soon",
    "marker-waste-almost-full": "service-soon",
    "output-area-almost-full": "service-soon",
    "fuser-under-temp": "waking",
    "connecting-to-device": "waking",
    "standby": "waking",
    "hibernate": "waking",
}

_ERRORS: Final[dict[Reason, type[DeviceError]]] = {
    "offline": PrinterOffline,
    "media-jam": Jam,
    "cover-open": CoverOpen,
    "tray-missing": TrayMissing,
    "wrong-paper": WrongPaper,
    "media-empty": PaperOut,
    "toner-empty": TonerOut,
    "output-full": OutputFull,
    "paused": PrinterPaused,
    "fault": PrinterFault,
}


_AWAY: Final = ("may not exist or is unavailable", "is not responding", "unable to locate printer", "is unreachable")
"""What CUPS says of a printer it cannot reach, in printer-state-message alone: its keywords stay "none"."""


def stable(keywords: Iterable[str], message: str = "") -> tuple[Reason, ...]:
    """Our codes for a printer's keywords, gravest first, each once; "none" and empty words are passed over. `message`
    is its printer-state-message.

    >>> stable(["toner-low-report", "media-empty-warning"])
    ('media-empty', 'toner-low')
    """
    found: set[Reason] = {"offline"} if any(words in message.lower() for words in _AWAY) else set()
    for keyword in keywords:
        plain, _, severity = keyword.strip().lower().rpartition("-")
        if severity not in {"error", "warning", "report"}:
            plain, severity = keyword.strip().lower(), ""
        if plain in {"", "none"}:
            continue
        code = _CODES.get(plain)
        found.add(code or ("fault" if severity == "error" else "other"))
    return tuple(code for code in REASONS if code in found)


def trouble(reasons: Iterable[str], *, address: str = "") -> DeviceError | None:
    """The gravest reason that keeps the printer from printing, as the error whose sentence and drawing are shown.

    None while nothing stands in the way (toner that is low does not).
    """
    given = set(reasons)
    for code, kind in _ERRORS.items():
        if code in given:
            return kind(address=address, detail=code)
    return None
