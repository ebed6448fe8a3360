"""Noto Sans, shipped with the program and shown to this process only: nothing is installed and nothing written to the
home.

Linux: `FcConfigAppFontAddFile` of fontconfig. Windows: `AddFontResourceExW` with FR_PRIVATE. Where neither works, the
system's Noto Sans or DejaVu Sans is used; both have every Kazakh letter and the tenge sign, Liberation and Arial
copies do not.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import tkinter
import tkinter.font
from pathlib import Path
from typing import Final, Literal

import akimat_desk.papers

log = logging.getLogger(__name__)

FAMILY: Final = "Noto Sans"
FALLBACK: Final = "DejaVu Sans"
FILES: Final = tuple(
    Path(akimat_desk.papers.__file__).parent / "fonts" / name for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
)

Density = Literal["resident", "staff", "board"]
"""Whose window: residents get large targets, staff get many rows, a board on the wall is read at six metres."""

Role = Literal[
    "number", "title", "flow", "section", "body", "strong", "hint", "note", "label", "small", "head", "zone", "option"
]

ROLES: Final[dict[Role, tuple[tuple[int, bool], tuple[int, bool]]]] = {
    # role: (size, bold) for residents, for staff
    "number": ((44, True), (40, True)),  # a price, a ticket
    "title": ((32, True), (22, True)),
    "flow": ((28, True), (22, True)),  # the title under a step bar
    "section": ((24, True), (17, True)),  # also a tile's title
    "body": ((20, False), (15, False)),
    "strong": ((20, True), (15, True)),  # also every button
    "option": ((18, False), (15, False)),
    "label": ((18, True), (13, True)),
    "hint": ((17, False), (13, False)),
    "note": ((17, True), (13, True)),  # steps, errors, the header's buttons
    "head": ((17, True), (13, True)),  # column heads
    "zone": ((22, True), (17, True)),
    "small": ((15, False), (13, False)),
}

BOARD: Final[dict[Role, tuple[int, bool]]] = {
    "number": (214, True),  # the ticket that is called
    "zone": (54, True),  # its room
    "strong": (48, True),  # the tickets called before
    "body": (40, False),
    "flow": (58, True),  # the time of the day
    "title": (34, True),
    "section": (28, True),
    "label": (26, True),
    "note": (24, True),
    "hint": (24, False),
    "option": (24, False),
    "head": (22, True),
    "small": (22, False),
}
"""Sizes on a board, in design pixels: at 1920x1080 they are 1.4 times that, and nothing is under 30 pixels."""


def face_of(role: Role, density: Density) -> tuple[int, bool]:
    """Height in design pixels, and whether it is bold."""
    return BOARD[role] if density == "board" else ROLES[role][density == "staff"]


class FontManager:
    """What customtkinter calls to load a font; put in the place of its own, which copies files into the home."""

    @classmethod
    def init_font_manager(cls) -> bool:
        """Nothing to prepare."""
        return True

    @classmethod
    def load_font(cls, font_path: str) -> bool:
        """Load the shapes customtkinter draws with; its Roboto is not used and not loaded."""
        return "Roboto" in font_path or show_to_process(Path(font_path))


def show_to_process(file: Path) -> bool:
    """Make one font file usable by this process; False when the system would not."""
    if not file.is_file():
        return False
    if sys.platform == "win32":
        private = 0x10
        return bool(ctypes.windll.gdi32.AddFontResourceExW(str(file), private, 0))
    try:
        return bool(ctypes.CDLL("libfontconfig.so.1").FcConfigAppFontAddFile(None, str(file).encode()))
    except (OSError, AttributeError):
        return False


def keep_open(root: tkinter.Misc, font: tkinter.font.Font | str) -> None:
    """Hold `font`: Tk closes one that no widget shows, and opens it again, for 0.6 ms, at every measure of a word.

    That goes for the fonts a label and an entry take for a moment while they are made, before ours is set.
    """
    tkinter.Label(root, font=font)


def load(root: tkinter.Misc) -> str:
    """Load Noto Sans and say which family is to be used; what was loaded is checked, not assumed."""
    for own in ("TkDefaultFont", "TkTextFont"):
        keep_open(root, own)
    loaded = sum(show_to_process(file) for file in FILES) == len(FILES)
    for family in (FAMILY, FALLBACK):
        if tkinter.font.Font(root, family=family, size=-20).actual("family") == family:
            if family != FAMILY or not loaded:
                log.warning("shipped fonts not loaded, drawing with %s of the system", family)
            return family
    log.error("neither %s nor %s is there: Kazakh letters may look uneven", FAMILY, FALLBACK)
    return FAMILY
