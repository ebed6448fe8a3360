"""Staff see their scanners, add and remove them, and scan what other services want."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.ui.inspect import settle
from printing.scanning.device import Abilities
from printing.scanning.discovery import FoundScanner
from printing.scanning.errors import ScannerKnown, ScannerOffline
from printing.scanning.known import Found, ScannerState, Wanted
from printing.scanning.records import KnownScanner
from printing.scanning.screens.scanners import ScannersPresenter, ScannersScreen
from tests.printing.screens.conftest import Person  # type: ignore[import-not-found]

from .conftest import SOURCE  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen

HALL = KnownScanner(1, "HP LaserJet MFP", "https://192.168.1.50:443/eSCL")
OLD = KnownScanner(2, "Brother DCP-1510", "sane:///brother4%3Abus1")
ABLE = Abilities("HP", SOURCE, SOURCE, both_sides=True)
FOUND = FoundScanner("Canon MF3010", "http://192.168.1.51:80/eSCL", "Canon")
PROTOCOL = Wanted("meetings", "42", Sentence("Protocol"))


@dataclass
class Page:
    """What the page asks for; calls are kept."""

    states: tuple[ScannerState, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    with_sane: bool = True
    calls: list[object] = field(default_factory=list)

    def presenter(self) -> ScannersPresenter:
        return ScannersPresenter(
            fetch=lambda: (self.states, self.wanted),
            search=lambda: Found((FOUND, FoundScanner("here", HALL.uri)), self.with_sane),
            add=self._add,
            remove=lambda scanner: self.calls.append(("remove", scanner.id)),
            use_first=lambda scanner: self.calls.append(("first", scanner.id)),
            scan=lambda paper: self.calls.append(("scan", paper.key)),
        )

    def _add(self, name: str, typed: str) -> None:
        if typed == "known":
            raise ScannerKnown
        self.calls.append((name, typed))

    def screen(self) -> ScannersScreen:
        return ScannersScreen(self.presenter())


BOTH = (ScannerState(HALL, ABLE, None), ScannerState(OLD, None, ScannerOffline(address=OLD.uri)))


def test_each_scanner_says_how_it_is(person: Person) -> None:
    page = Page(BOTH)
    person.comes_to(page.screen())
    seen = set(person.sees())
    assert {HALL.name, "Ready", "This one is used.", f"The scanner at {OLD.uri} is not answering."} <= seen
    person.presses("first-2")
    person.presses("remove-2")
    person.presses("Remove")
    assert page.calls == [("first", 2), ("remove", 2)]


def test_found_ones_are_added_by_a_press_and_others_by_their_address(person: Person) -> None:
    page = Page(BOTH, with_sane=False)
    person.comes_to(page.screen())
    person.presses("search-scanners")
    assert any("scanimage" in words for words in person.sees())
    person.presses("found-0")
    assert "found-1" not in person.controls  # the other one is in the list
    person.types("address", "10.0.0.9", enter=True)
    assert page.calls == [(FOUND.name, FOUND.uri), ("", "10.0.0.9")]
    person.types("address", "known", enter=True)
    assert any("in the list already" in words for words in person.sees())
    assert person.entry("address").get() == "known"


def test_wanted_papers_are_scanned_into_the_in_tray(person: Person) -> None:
    page = Page(wanted=(PROTOCOL,))
    person.comes_to(page.screen())
    assert "No scanner is set up on this PC. Residents cannot copy here yet." in person.sees()
    person.presses("wanted-0")
    settle(person.window)
    assert page.calls == [("scan", "42")]
