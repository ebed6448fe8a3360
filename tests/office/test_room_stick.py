"""Entries are carried by stick from the room page: one press does both ways, and says of every PC what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from akimat_desk.base.sticks import Stick
from akimat_desk.base.words import Translator
from akimat_desk.office.carrying import ByItself, carry
from akimat_desk.office.long_work import STOPPED, LongWork, Outcome
from akimat_desk.office.screens.enter import the_room
from akimat_desk.office.screens.room_stick import CARRYING, RoomStickScreen
from akimat_desk.people.details import Details
from akimat_desk.people.residents import find, register
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.store.copies import Progress

from .conftest import Seen
from .rooms import joined

EN = Translator([], "en")


@pytest.fixture
def staff_pc(office: Desk, administrator: SignedIn, tmp_path: Path) -> Iterator[Desk]:
    """A second PC of the staff, with the administrator at it; no line leads to it any more."""
    with joined(office, tmp_path / "staff", "desk") as desk:
        yield replace(desk, signed_in=lambda: administrator)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "AIGUL"
    folder.mkdir()
    return folder


def carried(desk: Desk, stick: Path) -> list[str]:
    outcome = carry(desk, stick, lambda done, total: None)
    return [outcome.kind, *(EN.say(sentence) for sentence in outcome.sentences)]


def test_there_and_back_both_have_everything_and_know_it(office: Desk, staff_pc: Desk, stick: Path) -> None:
    register(office.journal, Details(surname="Сыздықова", given="Зәуре"))
    register(staff_pc.journal, Details(surname="Оспанов", given="Дәулет"))
    assert carried(office, stick)[2:] == [
        "Names go with them, readable on this room's staff PCs only.",
        "Bring the stick to the other PCs. At those that are not for staff it goes by itself.",
    ]
    there = carried(staff_pc, stick)
    assert there[0] == "done"
    assert "Computer for staff: new entries 1." in there
    back = carried(office, stick)
    assert {
        "Computer for staff, place 2: new entries 1.",
        "Computer for staff, place 2 holds everything this PC has written.",
    } <= set(back)
    for desk in (office, staff_pc):
        assert {one.details.surname for one in find(desk.store, "").residents} == {"Сыздықова", "Оспанов"}
    assert "Computer for staff: nothing new." in carried(staff_pc, stick)


def test_what_is_wrong_with_the_stick_is_told_in_words(office: Desk, staff_pc: Desk, stick: Path) -> None:
    carried(staff_pc, stick)
    file = next((stick / "akimat-desk").glob("*.entries"))
    file.write_bytes(file.read_bytes()[:-40])
    kind, *lines = carried(office, stick)
    assert kind == "warning"
    assert any("is damaged" in line or "cut" in line for line in lines), lines


def test_a_stop_leaves_the_stick_as_it_was(office: Desk, staff_pc: Desk, stick: Path) -> None:
    carried(office, stick)
    before = {file.name: file.read_bytes() for file in (stick / "akimat-desk").iterdir()}
    register(staff_pc.journal, Details(surname="Оспанов", given="Дәулет"))
    work = LongWork()

    def stopped(progress: Progress) -> Outcome:
        work.stop()
        return carry(staff_pc, stick, progress)

    work.run(CARRYING, stopped)
    assert work.outcome == Outcome("info", (STOPPED,))
    assert {file.name: file.read_bytes() for file in (stick / "akimat-desk").iterdir()} == before


class TestByItself:
    def test_at_a_residents_pc_a_stick_of_the_room_is_carried_once(
        self, office: Desk, stick: Path, tmp_path: Path
    ) -> None:
        strange = tmp_path / "strange"
        (strange / "akimat-desk").mkdir(parents=True)
        with joined(office, tmp_path / "kiosk") as kiosk:
            by_itself = ByItself(lambda: (Stick("AIGUL", stick), Stick("STRANGE", strange)))
            register(office.journal, Details(surname="Сыздықова", given="Зәуре"))
            by_itself.look(kiosk)
            assert list(stick.iterdir()) == []  # nobody has left anything there
            carried(office, stick)
            by_itself.look(kiosk)
            written = stick / "akimat-desk" / f"{kiosk.journal.device}.receipts"
            before = written.stat().st_mtime_ns
            by_itself.look(kiosk)
            assert written.stat().st_mtime_ns == before
            assert "Computer for residents, place 2: nothing new." in carried(office, stick)
            by_itself.look(kiosk)
            assert written.stat().st_mtime_ns != before
            assert list((strange / "akimat-desk").iterdir()) == []

    def test_at_a_staff_pc_nothing_is_written_unasked(self, office: Desk, staff_pc: Desk, stick: Path) -> None:
        carried(office, stick)
        ByItself(lambda: (Stick("AIGUL", stick),)).look(staff_pc)
        assert {file.name[:32] for file in (stick / "akimat-desk").iterdir()} == {office.journal.device}


@pytest.mark.screen
class TestPage:
    def test_a_stick_that_is_put_in_is_seen_and_one_press_carries(
        self, office: Desk, staff_pc: Desk, stick: Path, seen: Seen
    ) -> None:
        register(staff_pc.journal, Details(surname="Оспанов", given="Дәулет"))
        carried(staff_pc, stick)
        seen.show(the_room(office), "en")
        seen.press("stick")
        screen = seen.window.screen
        assert isinstance(screen, RoomStickScreen)
        screen.carrying.sticks = tuple
        screen.carrying.choice.look(seen.window.stage)
        assert any(text.startswith("No USB stick is in this PC.") for text in seen.texts)
        seen.press("carry")
        assert seen.page.focused() == "typed"
        assert seen.wrong() == {}
        screen.carrying.sticks = lambda: (Stick("AIGUL", stick),)
        screen.carrying.choice.look(seen.window.stage)
        assert "stick-0" in seen.page.controls
        seen.press("carry")
        assert seen.page.focused() == "banner"
        assert any(text.startswith("Entries taken in: ") for text in seen.texts)
        assert any(text.startswith("Computer for staff, place 2: new entries") for text in seen.texts)
        assert seen.wrong() == {}
        seen.press("cancel")
        assert seen.window.screen.name == "office.room"

    def test_a_stick_that_was_pulled_out_is_told(
        self, office: Desk, staff_pc: Desk, tmp_path: Path, seen: Seen
    ) -> None:
        seen.show(the_room(office), "en")
        seen.press("stick")
        screen = seen.window.screen
        assert isinstance(screen, RoomStickScreen)
        screen.carrying.sticks = lambda: (Stick("GONE", tmp_path / "gone"),)
        screen.carrying.choice.look(seen.window.stage)
        seen.press("carry")
        assert any(text.startswith("There is no file or folder") for text in seen.texts)
        assert seen.page.focused() == "banner"
