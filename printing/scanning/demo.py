"""The demo village's scanner: a folder with an invented paper and both sides of an invented card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.words import N_
from printing.scanning import actions
from printing.scanning.folder import SCHEME

if TYPE_CHECKING:
    from akimat_desk.service import DemoVillage, Desk

SCANNER: Final = N_("Room scanner")
_DPI: Final = 150
_PER_MM: Final = _DPI / 25.4
_PAPER: Final = (
    (22, "АНЫҚТАМА", True),
    (12, "Ақжар ауылдық округінің әкімі аппараты", False),
    (0, "", False),
    (12, "Осы анықтама Абай көшесі, 12-үйде тұратын", False),
    (12, "азаматқа берілді. Үй шаруашылығында: 4 адам.", False),
    (12, "Анықтама талап етілген жерге көрсету үшін берілді.", False),
    (0, "", False),
    (12, "Бас маман  ________________", False),
)


def village(desk: Desk, village: DemoVillage) -> None:
    """The scanner, with papers on it."""
    folder = village.files.parent / "scanner"
    folder.mkdir()
    _paper(1).save(folder / "1.png")
    _paper(2).save(folder / "2.png")
    _card().save(folder / "card.png")
    uri = folder.as_uri().replace("file:", f"{SCHEME}:")
    actions.add_scanner(desk.store, name=desk.words(SCANNER), uri=uri)


def _paper(number: int) -> Any:
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (round(210 * _PER_MM), round(297 * _PER_MM)), 252)
    draw = ImageDraw.Draw(sheet)
    top = 40.0
    for size, words, bold in _PAPER:
        words = f"{words} № {number}" if size == 22 else words
        draw.text((30 * _PER_MM, top * _PER_MM), words, fill=25, font=_font(size or 12, bold=bold))
        top += size * 0.7 if size else 8
    centre, radius = (150 * _PER_MM, 190 * _PER_MM), 17 * _PER_MM
    for ring in (radius, radius * 0.8):
        box = (centre[0] - ring, centre[1] - ring, centre[0] + ring, centre[1] + ring)
        draw.ellipse(box, outline=110, width=4)
    draw.text(centre, "ҮЛГІ", fill=110, font=_font(14, bold=True), anchor="mm")
    return sheet


def _card() -> Any:
    """A card nobody has: where a name would stand, it says that it is a sample."""
    from PIL import Image, ImageDraw

    glass = Image.new("RGB", (round(210 * _PER_MM), round(297 * _PER_MM)), "#FCFCFC")
    draw = ImageDraw.Draw(glass)
    left, top, wide, high = (mm * _PER_MM for mm in (24, 18, 85.6, 54))
    draw.rounded_rectangle(
        (left, top, left + wide, top + high), 3 * _PER_MM, fill="#CFE3EA", outline="#4F7D8C", width=3
    )
    draw.rectangle((left + 30, top + 80, left + 150, top + 240), fill="#9DB8C2")
    draw.ellipse((left + 62, top + 102, left + 118, top + 158), fill="#5E7F8C")
    draw.pieslice((left + 45, top + 165, left + 135, top + 290), 180, 360, fill="#5E7F8C")
    draw.text((left + 30, top + 22), "ҮЛГІ КУӘЛІК", fill="#17262D", font=_font(11, bold=True))
    for number, words in enumerate(("Тегі: ҮЛГІ", "Аты: ҮЛГІ", "Туған күні: 01.01.2000", "№ 000000000")):
        draw.text((left + 180, top + 90 + 40 * number), words, fill="#17262D", font=_font(8, bold=False))
    return glass


def _font(points: float, *, bold: bool) -> Any:
    from akimat_desk.papers.typefaces import face

    return face(round(points * _DPI / 72), bold=bold)
