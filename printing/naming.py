"""What a printer calls things, in the words people use: sheets, supplies, and the lines of its past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Language, Translator
from printing.devices.errors import WrongPaper
from printing.troubles import hindrance

if TYPE_CHECKING:
    from printing.devices.backend import Supply
    from printing.past import Past

SHORT: Final[dict[str, str]] = {
    "paper": N_("Out of paper"),
    "jam": N_("Paper jam"),
    "power": N_("No answer"),
    "toner": N_("Out of toner"),
    "cover": N_("Cover open"),
    "tray": N_("Tray"),
    "staff": N_("Needs attention"),
    "wait": N_("Busy"),
}
"""A fault in a word or two, for lists."""

ENDINGS: Final[dict[str, str]] = {
    "done": N_("Printed"),
    "stopped": N_("Stopped"),
    "failed": N_("Not printed"),
}
_SUPPLY_COLOURS: Final[dict[str, str]] = {
    "black": N_("Black"),
    "cyan": N_("Cyan"),
    "magenta": N_("Magenta"),
    "yellow": N_("Yellow"),
    "#000000": N_("Black"),
    "#00ffff": N_("Cyan"),
    "#ff00ff": N_("Magenta"),
    "#ffff00": N_("Yellow"),
}
WASTE: Final = ("waste-toner", "waste-ink", "wasteToner", "wasteInk", "waste-wax")
_SIZE: Final = re.compile(r"(?:iso|na|jis|prc|jpn|om|oe|custom)_([a-z0-9-]+)_([0-9.]+)x([0-9.]+)(mm|in)", re.IGNORECASE)


def paper_name(media: str) -> str:
    """What people call a sheet that IPP names "iso_a4_210x297mm"; a size in millimetres where it has no short name.

    >>> paper_name("iso_a4_210x297mm"), paper_name("na_index-4x6_4x6in")
    ('A4', '102 × 152 mm')
    """
    found = _SIZE.fullmatch(media)
    if found is None:
        return media
    name = found[1]
    if re.fullmatch(r"[abc]\d", name, re.IGNORECASE):
        return name.upper()
    if name.lower() in ("letter", "legal"):
        return name.capitalize()
    sizes = [round(float(side) * (25.4 if found[4].lower() == "in" else 1)) for side in (found[2], found[3])]
    return f"{sizes[0]} × {sizes[1]} mm"


def supply_name(t: Translator, supply: Supply) -> str:
    """What a printer calls "Black Toner Cartridge HP CF230X", by its colour in our words, else by its own name."""
    if supply.kind in WASTE:
        return t("Waste box")
    words = _SUPPLY_COLOURS.get(supply.colour.lower())
    return t(words) if words else supply.name or t("Toner or ink")


def happened(t: Translator, language: Language, line: Past) -> tuple[str, str]:
    """A line of a printer's past: when, and what."""
    moment = local(line.at_ms)
    when = f"{format_date(local_date(line.at_ms), language, 'short')} {format_time(moment)}"
    if line.what == "fault":
        found = hindrance(line.code)
        if line.code == WrongPaper.code:  # its drawing is that of paper that is out
            return when, t("Wrong paper")
        return when, t(SHORT[found.drawing if found else "staff"])
    said = [t(ENDINGS.get(line.code, N_("Printed")))]
    if line.pages is not None:
        said.append(t("Pages: {pages}", pages=line.pages))
    if line.difference:
        said.append(t("Counted by the printer: {count}", count=line.count))
    return when, " · ".join(said)
