"""A scanner that is a folder of pictures: what the demo village and the tour copy from, where no machine stands.

`scan-folder:///a/path` has a glass with the folder's first picture on it, and a feeder with all of them. A picture is
taken for a whole sheet of A4. Pictures whose names begin with "card" lie on the glass instead when a card is
expected there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from printing.scanning.device import MM_PER_INCH, Abilities, Area, Order, Scanned, SourceAbilities
from printing.scanning.errors import FeederEmpty, ScannerOffline, ScanUnreadable

SCHEME: Final = "scan-folder"
_A4: Final = (210.0, 297.0)
_SOURCE: Final = SourceAbilities(*_A4, dpis=(75, 100, 150, 200, 300))


class FolderScanner:
    """See the module. The pictures are our own (the demo's), so they are opened in this process."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._folder = Path(unquote(urlsplit(uri).path))

    def probe(self) -> Abilities:
        """See `Scanner`."""
        return Abilities(self._folder.name, _SOURCE, _SOURCE if len(self._papers()) > 1 else None)

    def scan(self, order: Order) -> Iterator[Scanned]:
        """See `Scanner`."""
        papers = self._papers()
        if order.source == "feeder" and len(papers) < 2:
            raise FeederEmpty
        if order.card:
            papers = self._papers(cards=True) or papers
        for paper in papers if order.source == "feeder" else papers[:1]:
            yield _picture(paper, order, _SOURCE.within(order.area))

    def _papers(self, *, cards: bool = False) -> list[Path]:
        try:
            found = sorted(path for path in self._folder.iterdir() if path.suffix.lower() in (".png", ".jpg"))
        except OSError as why:
            raise ScannerOffline(address=self._uri) from why
        if not found:
            raise ScannerOffline(address=self._uri)
        return [path for path in found if path.name.startswith("card") is cards]


def _picture(paper: Path, order: Order, area: Area) -> Scanned:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(paper, formats=("PNG", "JPEG")) as opened:
            across, down = opened.width / _A4[0], opened.height / _A4[1]
            box = (area.left * across, area.top * down, (area.left + area.width) * across, 0.0)
            box = (*box[:3], (area.top + area.height) * down)
            size = tuple(max(1, round(side / MM_PER_INCH * order.dpi)) for side in (area.width, area.height))
            picture = opened.convert("RGB" if order.colour else "L").resize(
                (size[0], size[1]), Image.Resampling.BICUBIC, box
            )
    except (UnidentifiedImageError, OSError, ValueError) as why:
        raise ScanUnreadable(detail=paper.suffix) from why
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return Scanned(out.getvalue(), order.dpi, area)
