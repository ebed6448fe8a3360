"""Which file? What lies where, sticks that come and go, and what is said of a file that does not print."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.documents.errors import DocumentRefused, EmptyFile, NoConverter
from printing.places import Listed, Place, PlaceGone
from printing.screens.choose import AT_ONCE, ChoosePresenter, ChooseScreen

from .conftest import Next, PaperFlow, Person, flow_of, inspection  # type: ignore[import-not-found]

STICK, SCANS = Place("stick", "ФЛЕШКА", Path("/stick")), Place("folder", "Сканер", Path("/scans"))


def file(name: str, kind: str = "pdf", folder: Path = STICK.path) -> Listed:
    return Listed(folder / name, name, kind, 1000, 1_795_158_000.0)  # type: ignore[arg-type]


class Sticks:
    """The places of a test: what is in them can be changed, and a stick pulled out."""

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = (STICK, SCANS)
        self.files: dict[Path, tuple[Listed, ...]] = {
            STICK.path: (Listed(STICK.path / "Құжаттар", "Құжаттар", "folder", 0, 0.0), file("Өтініш.pdf")),
            STICK.path / "Құжаттар": (file("Анықтама.pdf", folder=STICK.path / "Құжаттар"),),
            SCANS.path: (),
        }

    def find(self) -> tuple[Place, ...]:
        return self.places

    def list(self, folder: Path) -> tuple[Listed, ...]:
        if not any(folder.is_relative_to(place.path) for place in self.places):
            raise PlaceGone
        return self.files[folder]


@pytest.fixture
def sticks() -> Sticks:
    return Sticks()


def presenter_of(sticks: Sticks, flow: PaperFlow | None = None) -> ChoosePresenter:
    return ChoosePresenter(flow or flow_of(opened=False), sticks.find, sticks.list, Next)


# -- without a display --------------------------------------------------------------------------------------------


def looked(choose: ChoosePresenter) -> ChoosePresenter:
    choose.take(choose.look())
    return choose


def shown(choose: ChoosePresenter) -> tuple[str, list[str]]:
    return choose.place.name if choose.place else "", [item.name for item in choose.files]


def test_the_first_place_is_open_at_once(sticks: Sticks) -> None:
    assert shown(looked(presenter_of(sticks))) == ("ФЛЕШКА", ["Құжаттар", "Өтініш.pdf"])


def test_nothing_is_told_anew_while_nothing_changes(sticks: Sticks) -> None:
    choose = looked(presenter_of(sticks))
    assert not choose.take(choose.look())
    sticks.files[STICK.path] = ()
    assert choose.take(choose.look())


def test_a_stick_that_is_pulled_out_shows_what_is_left(sticks: Sticks) -> None:
    choose = looked(presenter_of(sticks))
    choose.enter(STICK, STICK.path / "Құжаттар")
    sticks.places = (SCANS,)
    assert shown(looked(choose)) == ("Сканер", [])
    sticks.places = ()
    assert shown(looked(choose)) == ("", [])
    sticks.places = (STICK,)
    assert shown(looked(choose)) == ("ФЛЕШКА", ["Құжаттар", "Өтініш.pdf"])


def test_a_stick_nobody_may_read_does_not_hide_the_others(sticks: Sticks) -> None:
    def list_folder(folder: Path) -> tuple[Listed, ...]:
        if folder == STICK.path:
            raise PlaceGone
        return sticks.list(folder)

    choose = looked(ChoosePresenter(flow_of(opened=False), sticks.find, list_folder, Next))
    assert (shown(choose), choose.places) == (("Сканер", []), (STICK, SCANS))


def test_an_answer_about_the_folder_before_is_passed_over(sticks: Sticks) -> None:
    choose = looked(presenter_of(sticks))
    late = choose.look()
    choose.enter(SCANS, SCANS.path)
    assert not choose.take(late)
    assert shown(choose) == ("Сканер", [])


def test_the_way_up_ends_at_the_place(sticks: Sticks) -> None:
    choose = looked(presenter_of(sticks))
    assert choose.above() is None
    choose.enter(STICK, STICK.path / "Құжаттар")
    assert choose.above() == STICK.path


# -- on the screen ------------------------------------------------------------------------------------------------


@pytest.mark.screen
class TestOnTheScreen:
    def test_a_file_leads_on(self, person: Person, sticks: Sticks) -> None:
        choose = presenter_of(sticks)
        person.comes_to(ChooseScreen(choose))
        person.presses("Өтініш.pdf")
        assert (person.screen, choose.flow.name, choose.looking) == ("next", "Өтініш.pdf", None)

    def test_folders_are_entered_and_left_by_back(self, person: Person, sticks: Sticks) -> None:
        person.comes_to(ChooseScreen(presenter_of(sticks)))
        person.presses("Құжаттар")
        assert "Анықтама.pdf" in person.sees()
        person.presses("back")
        assert "Өтініш.pdf" in person.sees()
        person.presses("back")
        assert person.screen == "home"

    def test_another_place_is_chosen_at_the_side(self, person: Person, sticks: Sticks) -> None:
        person.comes_to(ChooseScreen(presenter_of(sticks)))
        person.presses("Сканер")
        assert "There is no file in this folder." in person.sees()

    def test_without_any_place_it_says_what_to_do(self, person: Person, sticks: Sticks) -> None:
        sticks.places = ()
        person.comes_to(ChooseScreen(presenter_of(sticks)))
        assert "Put in your USB stick" in person.sees()

    def test_a_locked_file_leads_on_to_its_password(self, person: Person, sticks: Sticks) -> None:
        locked = inspection(0, (), valid=False, needs_password=True)
        person.comes_to(ChooseScreen(presenter_of(sticks, flow_of(locked, opened=False))))
        person.presses("Өтініш.pdf")
        assert person.screen == "next"

    @pytest.mark.parametrize("why", [EmptyFile(), NoConverter()])
    def test_a_file_that_does_not_print_says_why_and_the_list_stays(
        self, person: Person, sticks: Sticks, why: DocumentRefused
    ) -> None:
        """A Word file where LibreOffice is not installed is one of them."""
        refused = inspection(0, (), valid=False, message=why.for_resident)
        person.comes_to(ChooseScreen(presenter_of(sticks, flow_of(refused, opened=False))))
        person.presses("Өтініш.pdf")
        assert person.screen == "printing.choose"
        assert {why.resident_text, "Өтініш.pdf"} <= set(person.sees())
        assert person.window.topmost.focused() == "banner"

    def test_a_desk_that_cannot_print_at_all_says_so(self, person: Person, sticks: Sticks) -> None:
        from printing.actions import NoPrinter

        flow = flow_of(opened=False)
        flow._inspect = _raise(NoPrinter())  # type: ignore[method-assign]
        choose = presenter_of(sticks, flow)
        person.comes_to(ChooseScreen(choose))
        person.presses("Өтініш.pdf")
        assert any("This computer has no printer yet." in words for words in person.sees())
        assert choose.looking is None

    def test_a_long_list_comes_in_parts_and_the_keyboard_goes_on(self, person: Person, sticks: Sticks) -> None:
        sticks.files[STICK.path] = tuple(file(f"{number:02}.pdf") for number in range(AT_ONCE + 3))
        person.comes_to(ChooseScreen(presenter_of(sticks)))
        assert f"file-{AT_ONCE}" not in person.controls
        person.presses("more-files")
        assert person.window.topmost.focused() == f"file-{AT_ONCE}"
        assert "more-files" not in person.controls

    def test_a_day_no_calendar_has_is_left_out(self, person: Person, sticks: Sticks) -> None:
        odd = Listed(STICK.path / "odd.pdf", "odd.pdf", "pdf", 1, 1e15)
        sticks.files[STICK.path] = (odd,)
        person.comes_to(ChooseScreen(presenter_of(sticks)))
        assert "odd.pdf" in person.sees()


def _raise(error: Exception):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def call() -> None:
        raise error

    return call
