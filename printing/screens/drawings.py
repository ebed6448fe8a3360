"""Which line drawing stands beside the words of a printer's trouble."""

from __future__ import annotations

from typing import Final

from akimat_desk.ui.widgets.drawing import DrawingName

DRAWINGS: Final[dict[str, DrawingName]] = {
    "paper": "paper-out",
    "jam": "paper-jam",
    "power": "power",
    "toner": "toner",
    "cover": "cover-open",
    "tray": "take-paper",
    "staff": "staff",
}
"""By `DeviceError.drawing`; what is not here is told in words alone."""
