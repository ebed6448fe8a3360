"""A person copies: what is on the screen at each step, what can be pressed, and what is kept when something fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.widgets.picture_frame import PictureFrame
from printing.places import Place
from printing.rules import Options
from printing.scanning.device import Area
from printing.scanning.errors import FeederJam, ScannerBusy, StickFull
from printing.scanning.screens.look import LookScreen
from printing.scanning.screens.pages import PagesPresenter, PagesScreen
from printing.scanning.screens.saved import SavedScreen
from printing.scanning.screens.start import StartScreen
from tests.printing.scanning.scripted_scanner import paper  # type: ignore[import-not-found]
from tests.printing.screens.conftest import Next, Person  # type: ignore[import-not-found]

from .conftest import STICK, PaperScanFlow, PaperScanner, flow_on  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


class Room:
    """The screens one after another, as `enter` strings them."""

    def __init__(self, *, opened: bool = True) -> None:
        self.scanner = PaperScanner()
        self.flow: PaperScanFlow = flow_on(self.scanner, opened=opened)
        self.sticks: tuple[Place, ...] = (STICK,)

    def start(self, *, more: bool = False) -> Screen:
        return StartScreen(self.flow, lambda: LookScreen(self.flow, self.pages), self.pages, more=more)

    def pages(self) -> Screen:
        return PagesScreen(
            PagesPresenter(
                self.flow,
                lambda: self.sticks,
                lambda folder: self.flow.save(folder, "Scan"),
                again=lambda: self.start(more=True),
                copied=lambda _: Next(),
                saved=lambda done: SavedScreen(done, Next),
            )
        )


@pytest.fixture
def room() -> Room:
    return Room()


def frame(person: Person) -> PictureFrame:
    control = person.window.topmost.controls["frame"]
    assert isinstance(control, PictureFrame)
    return control


def test_the_plain_case_is_four_times_enter(person: Person, room: Room) -> None:
    person.comes_to(room.start())
    assert {"What shall we copy or scan?", "30\u00a0₸", "10\u00a0₸"} <= set(person.sees())
    for screen in ("printing.scan_look", "printing.scan_pages", "next"):
        assert person.window.topmost.focused() == "continue"
        person.presses("continue")
        settle(person.window)
        assert person.screen == screen
    assert room.flow.copied == [Options(pages=(1,))]
    assert [order.dpi for order in room.scanner.orders] == [100, 300]


def test_the_scanner_is_asked_first_and_its_trouble_is_told(person: Person) -> None:
    room = Room(opened=False)
    person.comes_to(room.start())
    assert "continue" in person.controls
    busy = Room(opened=False)
    busy.scanner.probe = _raise  # type: ignore[method-assign]
    person.comes_to(busy.start())
    assert any("The scanner is busy" in words for words in person.sees())
    assert "continue" not in person.controls


def _raise() -> Any:
    raise ScannerBusy


def test_the_frame_is_moved_and_resized_by_keys(person: Person, room: Room) -> None:
    person.comes_to(room.start())
    person.presses("continue")
    person.presses("turn")
    assert "The copy is turned to the right." in person.sees()
    control = frame(person)
    control.take_focus()
    settle(person.window)
    for keys in ("<Shift-Key-Left>", "<Shift-Key-Left>", "<Shift-Key-Up>", "<Key-Right>", "<Key-Down>"):
        control.canvas.event_generate(keys)
        settle(person.window)
    assert room.flow.look is not None
    now = room.flow.look.frame
    assert (now.left, now.top) == pytest.approx((2.97, 2.97), abs=0.1)
    assert (now.width, now.height) == pytest.approx((210 - 5.94, 297 - 2.97), abs=0.1)
    person.presses("whole")
    assert room.flow.look.frame == Area()
    person.presses("continue")
    assert room.flow.leaves[0].pictures[0].turns == 1


def test_both_sides_of_a_card_one_after_the_other(person: Person, room: Room) -> None:
    room.scanner.glass = paper(card=(20, 20))
    person.comes_to(room.start())
    person.presses("what-card")
    person.presses("continue")
    assert "Is the card in the frame?" in person.sees()
    assert "whole" not in person.controls
    person.presses("continue")
    assert "Turn the card over" in person.sees()
    person.presses("continue")
    person.presses("continue")
    assert (person.screen, [len(leaf.pictures) for leaf in room.flow.leaves]) == ("printing.scan_pages", [2])
    assert "turn" not in person.controls
    person.presses("one-more")
    person.presses("continue")
    person.presses("continue")
    person.presses("enough")
    assert [len(leaf.pictures) for leaf in room.flow.leaves] == [2, 1]


def test_sheets_before_a_jam_are_kept_and_gone_on_with(person: Person, room: Room) -> None:
    room.scanner.fails, room.scanner.before = FeederJam(), 1
    person.comes_to(room.start())
    person.presses("what-feeder")
    person.presses("sides-both")
    person.presses("continue")
    assert any("Paper is stuck in the feeder" in words for words in person.sees())
    assert (person.screen, room.flow.pages, room.scanner.orders[0].both_sides) == ("printing.scan_start", 1, True)
    person.presses("To the pages")
    assert person.screen == "printing.scan_pages"
    person.presses("one-more")
    person.presses("continue")
    assert (person.screen, room.flow.pages) == ("printing.scan_pages", 3)


def test_pages_are_shown_turned_and_removed(person: Person, room: Room) -> None:
    room.flow.what = "feeder"
    room.flow.feed()
    person.comes_to(room.pages())
    person.presses("page-before")
    person.presses("turn")
    assert [leaf.pictures[0].turns for leaf in room.flow.leaves] == [1, 0]
    person.presses("copies-more")
    assert "120\u00a0₸" in person.sees()
    person.presses("drop")
    assert (room.flow.pages, "60\u00a0₸" in person.sees()) == (1, True)
    person.presses("drop")
    assert person.screen == "printing.scan_start"


def test_a_full_stick_keeps_the_pages_and_another_one_takes_them(person: Person, room: Room) -> None:
    room.flow.look_at()
    room.flow.take()
    room.flow.refuses = StickFull()
    person.comes_to(room.pages())
    person.presses("goal-stick")
    assert {"ФЛЕШКА", "10\u00a0₸"} <= set(person.sees())
    person.presses("continue")
    assert any("There is no room left on the USB stick." in words for words in person.sees())
    assert room.flow.pages == 1
    person.presses("continue")
    assert person.screen == "printing.scan_saved"
    assert {"Scan.pdf", "4821", "10\u00a0₸"} <= set(person.sees())
    assert room.flow.saved == [(Path("/media/stick"), "Scan")]


def test_without_a_stick_it_is_asked_for(person: Person, room: Room) -> None:
    room.sticks = ()
    room.flow.look_at()
    room.flow.take()
    person.comes_to(room.pages())
    person.presses("goal-stick")
    person.presses("continue")
    assert person.window.topmost.focused() == "banner"
    assert (person.screen, room.flow.pages) == ("printing.scan_pages", 1)


def test_leaving_asks_before_it_throws_pages_away(person: Person, room: Room) -> None:
    room.flow.look_at()
    room.flow.take()
    person.comes_to(room.pages())
    person.presses("leave")
    person.presses("Keep them")
    assert room.flow.pages == 1
    person.presses("leave")
    person.presses("Throw away")
    assert room.flow.pages == 0
