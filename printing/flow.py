"""One resident's way from a file to paper: what was chosen, seen and priced. Plain Python, no widget.

The screens draw from it and call it; whatever blocks says so in its docstring and is run beside the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from akimat_desk.base.errors import AkimatDeskError
from printing import actions
from printing.money.prices import PriceMissing, PriceTable
from printing.rules import MOST_COPIES, Colour, Options, PagesUnclear, Quote, Sides, parse_pages, quote

if TYPE_CHECKING:
    from akimat_desk.documents.inspection import Inspection
    from akimat_desk.journal import Journal
    from printing.spool import Spool, SpooledJob


class Documents(Protocol):
    """What the flow needs of `akimat_desk.documents`; each call blocks."""

    def inspect(self, path: Path, password: str | None = None) -> Inspection: ...  # noqa: D102

    def preview(self, path: Path, page: int, width_px: int, *, grey: bool, password: str | None = None) -> bytes: ...  # noqa: D102

    def to_pdf(self, path: Path, target: Path, *, pages: tuple[int, ...], password: str | None = None) -> object: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PrintDone:
    """The job is in the queue. Screens that show the queue refresh."""

    job: SpooledJob
    topics: tuple[str, ...] = ("printing.queue",)


@dataclass
class PrintFlow:
    """What one resident has chosen so far."""

    journal: Journal
    spool: Spool
    documents: Documents
    folder: Path
    """The session's throw-away folder."""
    finished: Callable[[], None] = lambda: None
    """Called (and may block) once the job is in the queue: whatever still holds the file lets go of it."""
    can_colour: bool = True
    can_both_sides: bool = True
    most_copies: int = MOST_COPIES
    file: Path | None = None
    name: str = ""
    password: str = ""
    inspection: Inspection | None = None
    prices: PriceTable | None = None
    page: int = 1
    copies: int = 1
    sides: Sides = "one"
    colour: Colour = "grey"
    which: Literal["all", "some"] = "all"
    pages_text: str = ""
    pictures: dict[tuple[int, int, Colour], bytes] = field(default_factory=dict)

    def open(self, path: Path, name: str) -> Inspection:
        """Look into a file (blocks). What was chosen for the file before is forgotten.

        A bad file is an answer. Raises `NoPrinter` and `PricesMissing`: then no file can be printed here.
        """
        self.forget()
        self.file, self.name = path, name
        return self._inspect()

    def unlock(self, password: str) -> Inspection:
        """Look again, with a password (blocks)."""
        self.password = password
        return self._inspect()

    def _inspect(self) -> Inspection:
        assert self.file is not None
        printer = actions.paper_printer(self.journal.store)
        self.fetch_prices()
        self.can_colour = printer.colour and self.page_price("colour") is not None
        self.can_both_sides = printer.both_sides
        self.most_copies = printer.most_copies
        self.inspection = self.documents.inspect(self.file, self.password or None)
        return self.inspection

    def fetch_prices(self) -> None:
        """The prices of now (blocks)."""
        self.prices = actions.prices_today(self.journal)

    def forget(self) -> None:
        """Begin anew: nothing of the last file stays."""
        fresh = PrintFlow(self.journal, self.spool, self.documents, self.folder, self.finished)
        self.__dict__.update(fresh.__dict__)

    @property
    def page_count(self) -> int:
        """Pages of the file."""
        return self.inspection.pages if self.inspection else 0

    @property
    def has_colour(self) -> bool:
        """Whether any page holds colour: only then is colour offered."""
        return bool(self.inspection and self.inspection.colour_pages)

    def options(self) -> Options:
        """The choices as they stand. Raises `PagesUnclear`, `PagesOutside`."""
        pages: tuple[int, ...] = ()
        if self.which == "some":
            if not self.pages_text.strip():
                raise PagesUnclear
            pages = parse_pages(self.pages_text, self.page_count)
        return Options(self.copies, self.sides, self.colour, pages)

    def cost(self) -> Quote | None:
        """What it would cost; None while the pages typed so far cannot be read."""
        if self.inspection is None or self.prices is None:
            return None
        try:
            return quote(self.page_count, self.inspection.colour_pages, self.options(), self.prices)
        except AkimatDeskError:
            return None

    def page_price(self, colour: Colour) -> int | None:
        """Tenge for one page, for the labels of the choices; None where the table has no such price."""
        try:
            return self.prices.page_price(colour, self.sides) if self.prices else None
        except PriceMissing:
            return None

    def picture(self, room: tuple[int, int]) -> bytes:
        """The present page as PNG, as large as fits into `room` (pixels), grey when grey is chosen (may block)."""
        assert self.file is not None
        assert self.inspection is not None
        wide, high = self.inspection.sizes_mm[self.page - 1]
        width = max(1, min(room[0], round(room[1] * wide / high)))
        key = (self.page, width, self.colour)
        if key not in self.pictures:
            self.pictures[key] = self.documents.preview(
                self.file, self.page, width, grey=self.colour == "grey", password=self.password or None
            )
        return self.pictures[key]

    def print(self) -> PrintDone:
        """Make the pages and put them into the queue (blocks)."""
        assert self.file is not None
        assert self.inspection is not None
        options = self.options()
        pages = options.pages or tuple(range(1, self.page_count + 1))
        made = self.folder / "to-print.pdf"
        try:
            self.documents.to_pdf(self.file, made, pages=pages, password=self.password or None)
            job = actions.print_document(
                self.journal,
                self.spool,
                document=made.read_bytes(),
                pages=self.page_count,
                colour_pages=self.inspection.colour_pages,
                options=replace(options, pages=pages),
            )
        finally:
            made.unlink(missing_ok=True)
        self.finished()
        return PrintDone(job)
