"""The page of the room's PCs: one PC, several, one that knocks, one that is shut out; a PC is added by its code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.office import room
from akimat_desk.office.care import copy_to
from akimat_desk.office.restoring import bring_back
from akimat_desk.office.screens.enter import the_room
from akimat_desk.office.screens.room import RoomScreen
from akimat_desk.office.waits import Waits
from akimat_desk.people.details import Details
from akimat_desk.people.residents import register
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.shell.opening import open_desk
from akimat_desk.store.recovery import RecoveryKey, keep_seal
from akimat_desk.sync import knocks, state
from akimat_desk.sync.errors import NotAdmitted, Unreachable
from akimat_desk.sync.presence import Presence, Seen
from akimat_desk.sync.room import exchange_of
from akimat_desk.sync.room_link import RoomLink

from .conftest import Seen as Hands
from .rooms import joined, switched_on, wait

pytestmark = pytest.mark.screen

NOON_MS = 1_795_158_000_000  # 20 November 2026, 12:00 in Kazakhstan
KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


@pytest.fixture
def kiosk(office: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A residents' PC that has joined."""
    with joined(office, tmp_path / "kiosk") as desk:
        yield desk


@pytest.fixture
def staff_pc(office: Desk, administrator: SignedIn, tmp_path: Path) -> Iterator[Desk]:
    """A second PC of the staff, with the administrator at it."""
    with joined(office, tmp_path / "staff", "desk") as desk:
        yield replace(desk, signed_in=lambda: administrator)


class TestOnePc:
    def test_a_room_with_one_pc_says_so_calmly_and_offers_to_add_one(self, office: Desk, seen: Hands) -> None:
        seen.show(the_room(office), "en")
        assert "This room has one PC" in seen.texts
        assert seen.wrong() == {}
        seen.press("empty-button")
        assert seen.window.screen.name == "office.room_add"

    def test_a_room_without_a_main_pc_offers_to_make_this_one_it(self, desk: Desk, seen: Hands) -> None:
        """As where the first PC was set up for residents, and is for staff now."""
        from akimat_desk.office.demo import PIN, ZONE
        from akimat_desk.people.staff import add_first_administrator
        from akimat_desk.people.zone import ThisPc, open_zone, set_this_pc, this_pc_of

        with desk.store.write() as db:
            set_this_pc(db, ThisPc("", "kiosk", 1))
        person = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN)
        open_zone(desk.journal, ZONE, by=person)
        with desk.store.write() as db:
            set_this_pc(db, replace(this_pc_of(db), role="desk"))
        seen.show(the_room(replace(desk, signed_in=lambda: person)))
        seen.press("empty-button")
        assert seen.page.focused() == "safe"
        seen.press("danger")
        view = room.room_view(desk)
        assert view.main is not None
        assert view.main.this


class TestSeveral:
    def test_every_pc_is_listed_with_how_it_is(self, office: Desk, kiosk: Desk, seen: Hands) -> None:
        seen.show(the_room(office), "en")
        assert seen.rows("pcs") == ["For staff", "2 · For residents"]
        rows = [row.cells for row in seen.table("pcs").visible_rows if row is not None]
        assert [cells[1] for cells in rows] == ["This PC, the main one", ""]
        assert [cells[2:] for cells in rows] == [("Switched on", ""), ("Switched on", "nothing")]
        assert any("Other PCs that are on: 1 of 1." in text for text in seen.texts)
        assert seen.wrong() == {}

    def test_a_pc_that_was_not_heard_of_for_long_is_told_with_the_time(
        self, office: Desk, kiosk: Desk, seen: Hands, clock: FixedClock
    ) -> None:
        clock.pass_seconds(3600)
        seen.show(the_room(office), "en")
        rows = [row.cells for row in seen.table("pcs").visible_rows if row is not None]
        assert rows[1][2] == "Last heard of 20.11.2026 10:00"

    def test_the_panel_tells_of_the_chosen_pc_its_trouble_and_its_clock_in_words(
        self, office: Desk, kiosk: Desk, seen: Hands
    ) -> None:
        how = Presence(
            version="0.1.0", free_mb=52_300, waiting=3, waiting_bytes=1900, trouble=Unreachable.code, printer="hindered"
        )
        with office.store.write() as db:
            state.keep_seen(db, [Seen(kiosk.journal.device, how, 5, 420_000)], office.clock.now_ms())
        seen.show(the_room(office), "en")
        seen.choose("pcs", 1)
        texts = seen.texts
        assert {"52.3 GB", "0.1.0", "3 (2 KB)", "a document waits"} <= set(texts)
        assert any(Unreachable.staff_text in text for text in texts)
        assert "Its clock is ahead of the main PC's. Minutes: 7. Set its date and time." in texts
        assert seen.wrong() == {}

    def test_it_looks_again_by_itself(self, office: Desk, kiosk: Desk, seen: Hands, clock: FixedClock) -> None:
        screen = the_room(office)
        assert isinstance(screen, RoomScreen)
        seen.show(screen, "en")
        clock.pass_seconds(3600)
        screen._look(seen.window.stage)
        assert any("Other PCs that are on: 0 of 1." in text for text in seen.texts)

    def test_a_pc_is_shut_out_after_a_question_and_then_stands_apart(
        self, office: Desk, kiosk: Desk, seen: Hands
    ) -> None:
        seen.show(the_room(office), "en")
        assert "shut-out" not in seen.page.controls  # not of this PC
        seen.choose("pcs", 1)
        seen.press("shut-out")
        assert seen.page.focused() == "safe"
        seen.press("safe")
        assert not any(pc.revoked for pc in room.room_view(office).pcs)
        seen.press("shut-out")
        seen.press("danger")
        assert [pc.revoked for pc in room.room_view(office).pcs] == [False, True]
        assert {"Shut out", "Computer for residents, place 2", "This room has one PC"} <= set(seen.texts)
        assert seen.wrong() == {}

    def test_what_a_pc_is_for_is_changed_and_what_comes_of_it_is_told(
        self, office: Desk, kiosk: Desk, seen: Hands
    ) -> None:
        seen.show(the_room(office), "en")
        seen.choose("pcs", 1)
        seen.press("use")
        assert "Now: Computer for residents, place 2." in seen.texts
        seen.press("use-desk")
        assert any(text.startswith("Names come to the PC with its next exchange") for text in seen.texts)
        assert seen.wrong() == {}
        seen.press("seat-more")
        seen.press("save")
        assert seen.window.screen.name == "office.room"
        assert [(pc.use, pc.seat) for pc in room.room_view(office).pcs] == [("desk", 0), ("desk", 3)]

    def test_the_main_pc_is_not_made_a_residents_pc(self, office: Desk, kiosk: Desk, seen: Hands) -> None:
        seen.show(the_room(office), "en")
        seen.press("use")
        seen.press("use-kiosk")
        seen.press("save")
        assert any(text.startswith("The main PC of the room stays a PC for staff.") for text in seen.texts)
        assert seen.page.focused() == "banner"

    def test_what_has_not_come_to_the_main_pc_is_listed_by_what_it_is(
        self, office: Desk, staff_pc: Desk, seen: Hands
    ) -> None:
        register(staff_pc.journal, Details(surname="Оспанов", given="Дәулет"))
        seen.show(the_room(staff_pc), "en")
        assert "What has not come to the main PC yet" in seen.texts
        assert "1, the oldest: 20.11.2026 10:00" in seen.texts
        assert seen.wrong() == {}
        assert room.room_view(office).waits == ()

    def test_the_last_staff_pc_is_not_shut_out(self, office: Desk, kiosk: Desk) -> None:
        with pytest.raises(room.OnlyStaffPc):
            room.shut_out(office, office.journal.device)


class TestKnocks:
    def test_a_pc_that_came_back_with_another_key_is_let_in_by_one_button(
        self, office: Desk, kiosk: Desk, seen: Hands
    ) -> None:
        knocks.keep(office.journal, kiosk.journal.device, b"k" * 32)
        assert room.knocking(office) == 1
        seen.show(the_room(office), "en")
        assert any(text.startswith("Computer for residents, place 2 asks to be let in again.") for text in seen.texts)
        assert seen.wrong() == {}
        seen.press("let-in-0")
        assert room.knocking(office) == 0
        assert [(pc.use, pc.seat, pc.key) for pc in room.room_view(office).pcs][1] == ("kiosk", 2, b"k" * 32)

    def test_a_pc_nobody_knows_can_only_be_turned_away(self, office: Desk, kiosk: Desk, seen: Hands) -> None:
        knocks.keep(office.journal, "e" * 32, b"e" * 32)
        seen.show(the_room(office))
        assert "let-in-0" not in seen.page.controls
        seen.press("turn-away-0")
        assert room.knocking(office) == 0
        assert "turn-away-0" not in seen.page.controls


class TestAnotherPcOfTheStaff:
    def test_it_can_be_made_the_main_pc(self, staff_pc: Desk, seen: Hands) -> None:
        seen.show(the_room(staff_pc), "en")
        own = [pc.this for pc in room.room_view(staff_pc).pcs].index(True)
        seen.choose("pcs", own)
        assert seen.wrong() == {}
        seen.press("make-main")
        seen.press("danger")
        main = room.room_view(staff_pc).main
        assert main is not None
        assert main.this

    def test_exchange_now_says_how_it_ended(self, staff_pc: Desk, seen: Hands, clock: FixedClock) -> None:
        """Whichever process exchanges does it beside the window; here it has ended by the time the page looks."""
        clock.pass_seconds(60)
        screen = the_room(staff_pc)
        assert isinstance(screen, RoomScreen)

        def exchange() -> object:
            done = room.exchange_now(staff_pc)
            with staff_pc.store.write() as db:
                state.went_well(db, clock.now_ms(), "0" * 32, "127.0.0.1:1", 0, 1)
            return done

        screen.room.exchange = exchange
        seen.show(screen, "en")
        seen.press("exchange")
        assert "Exchanged with the main PC: 20.11.2026 10:01." in seen.texts

    def test_an_exchange_that_was_broken_off_is_told_in_words(
        self, staff_pc: Desk, seen: Hands, clock: FixedClock
    ) -> None:
        clock.pass_seconds(3600)
        screen = the_room(staff_pc)
        assert isinstance(screen, RoomScreen)

        def exchange() -> object:
            with staff_pc.store.write() as db:
                state.went_wrong(db, clock.now_ms(), Unreachable.code)
            return None

        screen.room.exchange = exchange
        seen.show(screen, "en")
        assert any("No exchange since 20.11.2026 10:00" in text for text in seen.texts)
        seen.press("exchange")
        assert any(text.startswith(Unreachable.staff_text) for text in seen.texts)
        assert seen.wrong() == {}

    def test_while_it_goes_on_the_page_says_so(self, staff_pc: Desk, seen: Hands) -> None:
        seen.show(the_room(staff_pc), "en")
        seen.press("exchange")  # nobody exchanges here
        assert "Exchanging with the main PC." in seen.texts

    def test_the_main_pcs_address_is_typed(self, staff_pc: Desk, seen: Hands) -> None:
        seen.show(the_room(staff_pc))
        seen.choose("pcs", [pc.this for pc in room.room_view(staff_pc).pcs].index(True))
        seen.press("address")
        seen.press("save")
        assert seen.field("typed").error
        assert seen.wrong() == {}
        seen.type("typed", " 192.168.1.10 ")
        seen.enter("typed")
        assert seen.window.screen.name == "office.room"
        with staff_pc.store.read() as db:
            assert state.addresses(db)[0] == "192.168.1.10"

    def test_pcs_are_added_at_the_main_pc(self, staff_pc: Desk, seen: Hands) -> None:
        seen.show(the_room(staff_pc), "en")
        seen.press("add")
        assert any("PCs are added at the main PC." in text for text in seen.texts)
        assert "give" not in seen.page.controls
        assert seen.wrong() == {}
        with pytest.raises(room.NotTheHost):
            room.give_code(staff_pc, "kiosk", 3)


class TestAdding:
    def test_the_code_stands_there_with_its_minutes_until_the_pc_has_come(
        self, office: Desk, seen: Hands, clock: FixedClock, tmp_path: Path
    ) -> None:
        seen.show(the_room(office), "en")
        seen.press("empty-button")
        assert seen.wrong() == {}
        seen.press("use-kiosk")
        seen.press("seat-more")
        seen.press("give")
        (code,) = [text for text in seen.texts if len(text) == 14 and text.count("-") == 2]
        assert "Minutes left: 15. For one PC, once." in seen.texts
        assert seen.wrong() == {}
        clock.pass_seconds(61)
        screen = seen.window.screen
        screen.on_topics(seen.window.stage, frozenset())
        assert "Minutes left: 14. For one PC, once." in seen.texts
        _join(office, tmp_path / "new", code)
        screen.on_topics(seen.window.stage, frozenset())
        assert "The PC has joined the room" in seen.texts
        assert any("Computer for residents, place 2" in text for text in seen.texts)
        assert seen.wrong() == {}
        seen.press("finish")
        assert seen.rows("pcs") == ["For staff", "2 · For residents"]

    def test_leaving_the_page_ends_the_code(self, office: Desk, seen: Hands) -> None:
        seen.show(the_room(office))
        seen.press("empty-button")
        seen.press("give")
        assert room.room_view(office).code_out
        seen.press("cancel")
        assert not room.room_view(office).code_out

    def test_a_code_that_is_over_is_told_and_another_one_made(
        self, office: Desk, seen: Hands, clock: FixedClock
    ) -> None:
        seen.show(the_room(office), "en")
        seen.press("empty-button")
        seen.press("give")
        clock.pass_seconds(15 * 60)
        seen.window.screen.on_topics(seen.window.stage, frozenset())
        assert "The code is over: nobody has typed it in time. Make a new one." in seen.texts
        assert seen.wrong() == {}
        seen.press("again")
        assert "Minutes left: 15. For one PC, once." in seen.texts
        seen.press("cancel")


class TestLog:
    def test_it_lists_what_moved_and_what_was_broken_off_and_can_be_copied(
        self, staff_pc: Desk, seen: Hands, clock: FixedClock
    ) -> None:
        with staff_pc.store.write() as db:
            state.went_wrong(db, clock.now_ms(), Unreachable.code)
        seen.show(the_room(staff_pc), "en")
        seen.press("log")
        rows = [row.cells for row in seen.table("log").visible_rows if row is not None]
        assert rows[0] == ("20.11.2026 10:00", "Computer for staff", "0", "0", Unreachable.code)
        assert rows[-1][4] == ""
        assert any(text.startswith(Unreachable.staff_text) for text in seen.texts)
        assert seen.wrong() == {}
        seen.press("copy")
        copied = seen.window.root.clipboard_get().splitlines()
        assert copied[0] == "When\tWith\tTaken in\tHanded on\tError"
        assert copied[1] == f"20.11.2026 10:00\tComputer for staff\t0\t0\t{Unreachable.code}"
        seen.press("cancel")
        assert seen.window.screen.name == "office.room"

    def test_an_empty_one_says_what_will_stand_there(self, office: Desk, kiosk: Desk, seen: Hands) -> None:
        seen.show(the_room(office))
        seen.press("log")
        assert "log" not in seen.page.controls
        assert seen.wrong() == {}


def _join(main: Desk, folder: Path, code: str) -> None:
    home = Home(folder / "desk", folder / "keys").ensure()
    with (
        open_desk(home, clock=main.clock, words=main.words, services=main.services, create=True) as desk,
        switched_on(main, "desk") as part,
    ):
        wait(lambda: part.port != 0)
        room.join(desk.journal, f"127.0.0.1:{part.port}", code)


def test_a_fork_and_entries_that_wait_are_told_in_words(
    office: Desk, kiosk: Desk, seen: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.journal.forks import Fork

    screen = the_room(office)
    assert isinstance(screen, RoomScreen)
    found = screen.room.fetch
    waits = (Waits("Printing", 4, 0, "unknown-kind"), Waits("Residents, staff and settings", 2, NOON_MS, None))
    fork = Fork(device=kiosk.journal.device, epoch=1, seq=3, entries=2)
    screen.room.fetch = lambda: replace(found(), forks=(fork,), waits=waits)
    seen.show(screen, "en")
    assert any(text.startswith("Computer for residents, place 2 was set back to an older copy") for text in seen.texts)
    texts = seen.texts
    first = texts.index("What needs attention")
    assert texts[first + 1 : first + 6] == [
        "Printing",
        "4",
        "A newer version wrote them. Update Akimat Desk on this PC.",
        "Residents, staff and settings",
        "2, the oldest: 20.11.2026 12:00",
    ]
    assert seen.wrong() == {}


def test_a_pc_restored_on_another_machine_knocks_is_let_in_by_the_button_and_exchanges_again(
    office: Desk, kiosk: Desk, seen: Hands, tmp_path: Path
) -> None:
    keep_seal(kiosk.home, KEY.seal)
    copies = tmp_path / "stick"
    copies.mkdir()
    copy_to(kiosk, copies, lambda _done, _total: None)
    (file,) = copies.glob("*.backup")
    home = Home(tmp_path / "again" / "desk", tmp_path / "again" / "keys").ensure()
    bring_back(file, KEY.printed, home, office.services, clock=office.clock)
    with (
        open_desk(home, clock=office.clock, words=office.words, services=office.services) as restored,
        switched_on(office, "desk") as part,
    ):
        wait(lambda: part.port != 0)
        assert restored.journal.device == kiosk.journal.device
        assert restored.journal.public_key != kiosk.journal.public_key
        link = RoomLink(restored.journal, f"127.0.0.1:{part.port}")
        exchange = exchange_of(restored.journal, "kiosk")
        with pytest.raises(NotAdmitted):
            exchange.sync(link)
        seen.show(the_room(office))
        seen.press("let-in-0")
        assert room.knocking(office) == 0
        exchange.sync(link)
        for desk in (office, restored):
            assert [(pc.use, pc.seat, pc.key) for pc in room.room_view(desk).pcs][1] == (
                "kiosk",
                2,
                restored.journal.public_key,
            )
