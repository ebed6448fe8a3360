"""One resident's way from a file to paper: what was chosen, seen and priced. Plain Python, no widget.

The screens draw from it and call it; whatever blocks says so in its docstring and is run beside the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from akimat_desk.base.errors import AkimatDeskError
from printing import actions, laid_out
from printing.layout import Pages, pages_of, quoted, sides_of
from printing.money.prices import PriceMissing, PriceTable
from printing.rules import MOST_COPIES, Colour, Layout, Options, PagesUnclear, Quote, Sides, Size, parse_pages
from printing.sizes import Fit, by_itself, fit, offered, with_price

if TYPE_CHECKING:
    from akimat_desk.documents.inspection import Inspection
    from akimat_desk.journal import Journal
    from printing.held_job import HeldJob
    from printing.records import Printer
    from printing.spool import Spool, SpooledJob


class Documents(laid_out.Worker, Protocol):
    """What the flow needs of `akimat_desk.documents`; each call blocks."""

    def inspect(self, path: Path, password: str | None = None) -> Inspection: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PrintDone:
    """The document is in the queue: on its way to the printer, or waiting under its code. Screens that show the queue
    refresh.
    """

    job: SpooledJob | HeldJob
    topics: tuple[str, ...] = ("printing.queue",)


@dataclass(frozen=True, slots=True)
class Way:
    """Which way a document goes from this PC: at once to its own printer, or (`waits`) under a code to staff.

    What can be chosen is what the printers there can do, as far as they are known.
    """

    waits: bool = False
    colour: bool = True
    both_sides: bool = True
    most_copies: int = MOST_COPIES
    sizes: tuple[Size, ...] = ("A4",)


class Hold(Protocol):
    """Lets a document wait under a code (blocks)."""

    def __call__(self, document: bytes, *, pages: Pages, options: Options, quote: Quote) -> HeldJob: ...  # noqa: D102


@dataclass
class PrintFlow:
    """What one resident has chosen so far. `find_way` blocks; without `hold` everything is printed at once."""

    journal: Journal
    spool: Spool
    documents: Documents
    folder: Path
    """The session's throw-away folder."""
    finished: Callable[[], None] = lambda: None
    """Called (and may block) once the job is in the queue: whatever still holds the file lets go of it."""
    find_way: Callable[[], Way] | None = None
    hold: Hold | None = None
    waits: bool = False
    box: bool = False
    """Whether the money of what is printed at once goes into the honest till's box."""
    can_colour: bool = True
    can_both_sides: bool = True
    most_copies: int = MOST_COPIES
    file: Path | None = None
    name: str = ""
    password: str = ""
    inspection: Inspection | None = None
    prices: PriceTable | None = None
    side: int = 1
    """The side of paper that is looked at, from 1."""
    copies: int = 1
    sides: Sides = "one"
    colour: Colour = "grey"
    layout: Layout = "single"
    size: Size | None = None
    """What the person chose, None for the sheet it is printed on by itself."""
    can_sizes: tuple[Size, ...] = ("A4",)
    which: Literal["all", "some"] = "all"
    pages_text: str = ""
    shown: Options = field(default_factory=Options)
    """The choices of the sides that are looked at: as they stood when they were last clear."""
    pictures: dict[tuple[int, tuple[int, int], Options], bytes] = field(default_factory=dict)

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
        way = self.find_way() if self.find_way is not None else way_of(actions.paper_printer(self.journal.store))
        self.fetch_prices()
        self.waits = way.waits
        self.can_colour = way.colour and self.page_price("colour") is not None
        self.can_both_sides = way.both_sides
        self.most_copies = way.most_copies
        self.can_sizes = with_price(way.sizes, self.prices) if self.prices else ("A4",)
        self.inspection = self.documents.inspect(self.file, self.password or None)
        return self.inspection

    def fetch_prices(self) -> None:
        """The prices of now, and where the money goes (blocks)."""
        self.prices = actions.prices_today(self.journal)
        self.box = actions.box_is_there(self.journal)

    def forget(self) -> None:
        """Begin anew: nothing of the last file stays."""
        fresh = PrintFlow(
            self.journal, self.spool, self.documents, self.folder, self.finished, self.find_way, self.hold
        )
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
        return Options(self.copies, self.sides, self.colour, pages, self.layout, self._size(pages))

    def sizes(self) -> tuple[Size, ...]:
        """The sheets that there is a reason to choose."""
        return offered(self.pages, self._shown_pages(), self.layout, self.can_sizes)

    def options_size(self) -> Size:
        """The sheet as the choices stand."""
        return self._size(self._shown_pages())

    def _shown_pages(self) -> tuple[int, ...]:
        with suppress(AkimatDeskError):
            return parse_pages(self.pages_text, self.page_count) if self.which == "some" else ()
        return ()

    def _size(self, pages: tuple[int, ...]) -> Size:
        if self.size is not None and self.size in offered(self.pages, pages, self.layout, self.can_sizes):
            return self.size
        return by_itself(self.pages, pages, self.layout, self.can_sizes)

    @property
    def pages(self) -> Pages:
        """What is known of the file."""
        found = self.inspection
        if found is None:
            return Pages(0)
        return pages_of(found)

    def cost(self) -> Quote | None:
        """What it would cost; None while the pages typed so far cannot be read, or the room has no price for it."""
        found = self._cost()
        return None if isinstance(found, AkimatDeskError) else found

    def price_missing(self) -> PriceMissing | None:
        """What is told where the room has no price for what was chosen: then it is not printed either."""
        found = self._cost()
        return found if isinstance(found, PriceMissing) else None

    def _cost(self) -> Quote | AkimatDeskError | None:
        if self.inspection is None or self.prices is None:
            return None
        try:
            return quoted(self.pages, self.options(), self.prices)
        except AkimatDeskError as why:
            return why

    def page_price(self, colour: Colour) -> int | None:
        """Tenge for one page, for the labels of the choices; None where the table has no such price."""
        try:
            size = self._size(self._shown_pages())
            return self.prices.page_price(colour, self.sides, size) if self.prices else None
        except PriceMissing:
            return None

    def fit(self) -> Fit:
        """What becomes of pages that are no sheets of the size they are printed on, as the choices stand."""
        try:
            return fit(self.pages, self.options())
        except AkimatDeskError:
            return Fit()

    def look(self) -> int:
        """The sides of one copy. What is looked at follows the choices where they are clear: it is what is printed."""
        if not self.page_count:
            return 0
        with suppress(AkimatDeskError):
            self.shown = replace(self.options(), copies=1)
        sides = len(sides_of(self.pages, self.shown))
        self.side = min(self.side, sides)
        return sides

    def picture(self, side: int, room: tuple[int, int], options: Options) -> bytes:
        """A side of paper as it comes out with `options`, as PNG that fits into `room` pixels (may block)."""
        assert self.file is not None
        key = (side, room, options)
        if key not in self.pictures:
            self.pictures[key] = laid_out.picture(
                self.documents, self.file, self._file("to-look"), self.pages, options, side, room,
                password=self.password or None,
            )  # fmt: skip
        return self.pictures[key]

    def print(self) -> PrintDone:
        """Make the pages and put them into the queue, or let the whole file wait under a code (blocks)."""
        options = self.options()
        job = self._wait(options) if self.waits else self._print(options)
        self.finished()
        return PrintDone(job)

    def _print(self, options: Options) -> SpooledJob:
        assert self.inspection is not None
        options = replace(options, pages=options.pages or tuple(range(1, self.page_count + 1)))
        return actions.print_document(
            self.journal,
            self.spool,
            document=self._made(options),
            pages=self.page_count,
            colour_pages=self.inspection.colour_pages,
            options=options,
            blank_pages=self.inspection.blank_pages,
        )

    def _wait(self, options: Options) -> HeldJob:
        """The whole file waits, because pages and all else may still be changed when it is released."""
        assert self.hold is not None
        cost = quoted(self.pages, options, actions.prices_today(self.journal))
        return self.hold(self._made(None), pages=self.pages, options=options, quote=cost)

    def _made(self, options: Options | None) -> bytes:
        """The PDF as `options` say; None is the whole file as it is."""
        assert self.file is not None
        made, password = self._file("to-print"), self.password or None
        try:
            if options is None:
                every = tuple(range(1, self.page_count + 1))
                self.documents.to_pdf(self.file, made, pages=every, password=password)
            else:
                laid_out.write(self.documents, self.file, made, self.pages, options, password=password)
            return made.read_bytes()
        finally:
            made.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.pdf"


def way_of(printer: Printer) -> Way:
    """At once to `printer` of this PC."""
    return Way(False, printer.colour, printer.both_sides, printer.most_copies, printer.paper)
