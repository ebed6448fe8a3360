"""One resident's way from a paper on the glass to its copy. Plain Python, no widget; whatever blocks says so.

Everything that was scanned is in this object's memory and nowhere else until it is printed or saved; `forget` drops it,
and a scan that is still under way is stopped and its picture dropped when it comes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.documents.errors import DamagedFile
from akimat_desk.documents.protocol import Box, Develop, Developed
from printing import actions as print_actions
from printing.rules import MOST_COPIES, Colour, Options, Quote, Size
from printing.scanning import actions
from printing.scanning.device import A4, COPY_DPI, PREVIEW_DPI, Abilities, Area, Order, Scanned, Scanner
from printing.scanning.errors import ScanLost, ScanStopped, TooManyScans
from printing.scanning.laying import Leaf, Picture, drawn, pdf_of
from printing.scanning.rules import (
    A3_GLASS,
    CARD_LOOK,
    MOST_PAGES,
    card_frame,
    copy_quote,
    feedable,
    inside,
    scan_price,
    sheet_frame,
    true_dpi,
    turned,
)
from printing.sizes import SIZES, SIZES_MM

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from printing.money.prices import PriceTable
    from printing.scanning.actions import Saved
    from printing.spool import Spool, SpooledJob

What = Literal["sheet", "card", "feeder"]
Goal = Literal["paper", "stick"]


class Pictures(Protocol):
    """What the flow needs of the document worker; the call blocks."""

    def develop(self, data: bytes, order: Develop) -> tuple[Developed, bytes]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class CopyDone:
    """The copy is in the print queue."""

    job: SpooledJob
    topics: tuple[str, ...] = ("printing.queue",)


@dataclass(slots=True)
class Look:
    """What lies on the glass, in few dots: the `whole` part that was looked at, and the `frame` to be copied."""

    jpeg: bytes = field(repr=False)
    whole: Area
    frame: Area
    turns: int = 0
    pictures: dict[tuple[int, int], bytes] = field(default_factory=dict, repr=False)
    """PNGs by the room they fit into."""


@dataclass
class ScanFlow:
    """What one resident has scanned and chosen so far."""

    journal: Journal
    spool: Spool
    pictures: Pictures
    open_scanner: Callable[[threading.Event], Scanner]
    """The scanner of this PC (blocks); the event ends every wait for it. Raises `NoScanner`."""
    what: What = "sheet"
    colour: Colour = "grey"
    goal: Goal = "paper"
    copies: int = 1
    both_sides: bool = False
    """Of the sheets in the feeder."""
    feed_size: Size = "A4"
    """Which lie in it."""
    abilities: Abilities | None = None
    prices: PriceTable | None = None
    has_printer: bool = True
    can_colour: bool = True
    """Of the printer: to a stick colour can always go."""
    most_copies: int = MOST_COPIES
    can_paper: tuple[Size, ...] = ("A4",)
    """The printer's sheets."""
    size: Size | None = None
    """The sheet that was chosen for copies, None for the one they are printed on by themselves."""
    box: bool = False
    """The money goes into the honest till's box, else to staff."""
    look: Look | None = field(default=None, repr=False)
    front: Picture | None = field(default=None, repr=False)
    """The first side of a card, while its second is still to come."""
    leaves: list[Leaf] = field(default_factory=list, repr=False)
    leaf: int = 0
    """The one shown, from 0."""
    _stop: threading.Event = field(default_factory=threading.Event)

    # ---- what there is

    def open(self) -> None:
        """Ask scanner, printer and prices what can be done (blocks). Raises `NoScanner`, `PricesMissing`, and more.

        Without a printer a paper still goes to a stick.
        """
        self.fetch_abilities()
        self.fetch_prices()
        try:
            printer = print_actions.paper_printer(self.journal.store)
        except print_actions.NoPrinter:
            self.has_printer, self.goal = False, "stick"
        else:
            self.has_printer = True
            self.can_colour, self.most_copies, self.can_paper = printer.colour, printer.most_copies, printer.paper

    def fetch_abilities(self) -> None:
        """Ask the scanner alone (blocks)."""
        self.abilities = self.open_scanner(self._stop).probe()

    def fetch_prices(self) -> None:
        """The prices of now (blocks)."""
        self.prices = print_actions.prices_today(self.journal)
        self.box = print_actions.box_is_there(self.journal)

    @property
    def has_feeder(self) -> bool:
        """Whether several sheets can be laid in at once."""
        return self.abilities is not None and self.abilities.feeder is not None

    @property
    def has_glass(self) -> bool:
        """Whether a paper or a card can be laid on."""
        return self.abilities is not None and self.abilities.glass is not None

    @property
    def scans_colour(self) -> bool:
        """Whether the scanner knows colours."""
        source = self.abilities.of("feeder" if self.what == "feeder" else "glass") if self.abilities else None
        return source is not None and source.colour

    @property
    def pages(self) -> int:
        """Sheets to be: the two sides of a card are one."""
        return len(self.leaves)

    def copy_cost(self) -> Quote | None:
        """What the copies cost; None where there is no price for it."""
        if self.prices is None or not self.leaves:
            return None
        try:
            return copy_quote(self.pages, self.options(), self.prices)
        except AkimatDeskError:
            return None

    def scan_cost(self) -> int | None:
        """Tenge for the file; None where there is no price for it."""
        if self.prices is None:
            return None
        try:
            return scan_price(self.pages, self.colour, self.prices)
        except AkimatDeskError:
            return None

    def page_price(self, goal: Goal, colour: Colour) -> int | None:
        """Tenge for one page, for the labels of the choices; None where there is no price for it."""
        if self.prices is None:
            return None
        try:
            return self.prices.page_price(colour, "one", work="copy" if goal == "paper" else "scan")
        except AkimatDeskError:
            return None

    def options(self) -> Options:
        """How the copy is printed."""
        colour: Colour = self.colour if self.can_colour else "grey"
        return Options(self.copies, "one", colour, tuple(range(1, self.pages + 1)), size=self.sheet())

    def sheets(self) -> tuple[Size, ...]:
        """The sheets there is a reason to choose: A3 for pages larger than A4, A5 where all fit on it; if printer and
        prices know it.
        """
        priced = {rate.size for rate in self.prices.rates if rate.work == "copy"} if self.prices else set[Size]()
        wanted: set[Size] = {"A3"} if any(leaf.is_large for leaf in self.leaves) else set()
        if self.leaves and all(leaf.is_small for leaf in self.leaves):
            wanted.add("A5")
        wanted &= priced.intersection(self.can_paper)
        return tuple(size for size in SIZES if size == "A4" or size in wanted)

    def sheet(self) -> Size:
        """The sheet that copies are printed on, as the choices stand: A5 only where somebody chooses it."""
        there = self.sheets()
        return self.size if self.size in there else "A3" if "A3" in there else "A4"

    def made_smaller(self) -> int:
        """How many pages are larger than the sheet they are copied onto."""
        small = self.goal == "paper" and self.sheet() == "A4"
        return sum(leaf.is_large for leaf in self.leaves) if small else 0

    def _upright(self) -> tuple[float, float]:
        """A file has paper enough for whatever was scanned."""
        large = any(leaf.is_large for leaf in self.leaves)
        return SIZES_MM[self.sheet() if self.goal == "paper" else "A3" if large else "A4"]

    # ---- from the glass

    def look_at(self) -> None:
        """Scan what lies on the glass in few dots, and find the card where one is expected (blocks)."""
        stop = self._stop
        self._room_for(1)
        whole = self._glass(CARD_LOOK if self.what == "card" else A3_GLASS if self._has_large_glass else A4)
        scanned = self._scan(
            Order(colour=self.colour == "colour", dpi=PREVIEW_DPI, area=whole, card=self.what == "card"), stop
        )
        made, jpeg = self._develop(scanned, Develop(grey=self.colour == "grey"), stop)
        frame = sheet_frame(_kept_off_the_rim(made.content), whole)
        turns = self.look.turns if self.look is not None else 0
        if self.what == "card":
            frame, turns = card_frame(_kept_off_the_rim(made.content), whole)
        self.look = Look(jpeg, whole, frame, turns)

    def look_picture(self, room: tuple[int, int]) -> bytes:
        """What lies on the glass as PNG, as large as fits into `room` (pixels; may block)."""
        look = self.look
        assert look is not None
        if room not in look.pictures:
            look.pictures[room] = self.pictures.develop(look.jpeg, Develop(within=room, form="png"))[1]
        return look.pictures[room]

    def take(self) -> None:
        """Scan the frame sharply and keep it (blocks): a page, or a side of the card. The look is over then."""
        assert self.look is not None
        look, stop = self.look, self._stop
        scanned = self._scan(
            Order(colour=self.colour == "colour", dpi=COPY_DPI, area=look.frame, card=self.what == "card"), stop
        )
        picture = replace(self._picture(scanned, stop), turns=look.turns)
        if self.what != "card":
            self._keep(Leaf((picture,)))
        elif self.front is None:
            self.front = picture
        else:
            self._keep(Leaf((self.front, picture), is_card=True))
            self.front = None
        self.look = None

    def take_all(self) -> None:
        """Scan the whole sheet at once, without a look (blocks)."""
        stop = self._stop
        order = Order(colour=self.colour == "colour", dpi=COPY_DPI, area=self._glass(A4))
        self._keep(Leaf((self._picture(self._scan(order, stop), stop),)))

    def one_side_is_enough(self) -> None:
        """The card has nothing on its back, or nobody wants it."""
        assert self.front is not None
        self._keep(Leaf((self.front,), is_card=True))
        self.front = self.look = None

    @property
    def _has_large_glass(self) -> bool:
        glass = self.abilities.glass if self.abilities else None
        return glass is not None and glass.width >= A3_GLASS.width - 2 and glass.height >= A3_GLASS.height - 2

    def _glass(self, wanted: Area) -> Area:
        glass = self.abilities.glass if self.abilities else None
        return glass.within(wanted) if glass is not None else wanted

    def turn_look(self) -> None:
        """The copy a quarter clockwise; the frame of a card stands then where it lay."""
        assert self.look is not None
        self.look.turns = (self.look.turns + 1) % 4
        if self.what == "card":
            self.look.frame = turned(self.look.frame, self.look.whole)

    def set_frame(self, frame: Area) -> None:
        """Another part of the glass; a card's frame keeps its size."""
        assert self.look is not None
        self.look.frame = inside(frame, self.look.whole)

    # ---- from the feeder

    def feeds(self) -> tuple[Size, ...]:
        """The sheets that the feeder can draw in."""
        feeder = self.abilities.feeder if self.abilities else None
        return feedable(feeder) if feeder is not None else ("A4",)

    def fed(self) -> Size:
        """The sheets that lie in it, as far as anybody has said."""
        there = self.feeds()
        return self.feed_size if self.feed_size in there else there[0]

    def feed(self, came: Callable[[int], object] = lambda pages: None) -> None:
        """Draw all sheets in (blocks); `came` is told how many pages there are. What came before a trouble is kept."""
        stop = self._stop
        self._room_for(1)
        area = Area(0, 0, *SIZES_MM[self.fed()])
        order = Order("feeder", self.colour == "colour", COPY_DPI, self.both_sides, area)
        pages = self.open_scanner(stop).scan(order)
        try:
            for scanned in pages:
                self._keep(Leaf((self._picture(scanned, stop),)))
                came(self.pages)
                self._room_for(1)
        finally:
            close = getattr(pages, "close", None)
            if close is not None:
                close()

    # ---- pages that were taken

    def turn_leaf(self) -> None:
        """The shown page a quarter clockwise; a card lies as it lies."""
        leaf = self.leaves[self.leaf]
        if not leaf.is_card:
            (picture,) = leaf.pictures
            self.leaves[self.leaf] = Leaf((replace(picture, turns=(picture.turns + 1) % 4),))

    def drop_leaf(self) -> None:
        """Forget the shown page."""
        del self.leaves[self.leaf]
        self.leaf = max(0, min(self.leaf, self.pages - 1))

    def drawn(self, room: tuple[int, int]) -> bytes:
        """The shown page on its sheet as PNG, as large as fits into `room` (pixels; blocks)."""
        return drawn(self.leaves[self.leaf], room, self._upright())

    # ---- where they go

    def copy(self) -> CopyDone:
        """Print the copies (blocks). The pages are forgotten once they are in the queue."""
        document = pdf_of(self.leaves, SIZES_MM[self.sheet()])
        job = actions.copy(self.journal, self.spool, document=document, pages=self.pages, options=self.options())
        self.forget()
        return CopyDone(job)

    def save(self, folder: Path, stem: str) -> Saved:
        """Put the pages onto a stick as one PDF (blocks). They are forgotten only once they are there."""
        saved = actions.save(
            self.journal, folder=folder, stem=stem, document=self.pdf(), pages=self.pages, colour=self.colour
        )
        self.forget()
        return saved

    def pdf(self) -> bytes:
        """The pages as one PDF (blocks), for the in-tray."""
        return pdf_of(self.leaves, self._upright())

    def stop(self) -> None:
        """End a scan that is under way; pages that were taken stay."""
        self._stop.set()
        self._stop = threading.Event()

    def forget(self) -> None:
        """Stop, and drop everything that was scanned."""
        self.stop()
        self.leaves, self.leaf = [], 0
        self.look = self.front = None
        self.copies, self.size = 1, None

    # ---- inside

    def _scan(self, order: Order, stop: threading.Event) -> Scanned:
        found = next(iter(list(self.open_scanner(stop).scan(order))), None)
        if stop.is_set():
            raise ScanStopped
        if found is None:
            raise ScanLost
        return found

    def _develop(self, scanned: Scanned, order: Develop, stop: threading.Event) -> tuple[Developed, bytes]:
        try:
            made = self.pictures.develop(scanned.data, order)
        except DamagedFile as why:
            raise ScanLost from why
        if stop.is_set():  # the person has left, or wants it no more: nothing of it is kept
            raise ScanStopped
        return made

    def _picture(self, scanned: Scanned, stop: threading.Event) -> Picture:
        made, jpeg = self._develop(scanned, Develop(grey=self.colour == "grey"), stop)
        dpi = true_dpi(made.across, scanned.area.width, scanned.dpi, made.dpi)
        return Picture(jpeg, made.width, made.height, made.grey, dpi)

    def _keep(self, leaf: Leaf) -> None:
        self.leaves.append(leaf)
        self.leaf = self.pages - 1

    def _room_for(self, pages: int) -> None:
        if self.pages + pages > MOST_PAGES:
            raise TooManyScans(most=MOST_PAGES)


def _kept_off_the_rim(content: Box | None) -> Box | None:
    """What was found, unless it is the whole glass: a dark lid or an open one finds no card."""
    if content is None or (content[2] - content[0] > 0.95 and content[3] - content[1] > 0.95):
        return None
    return content
