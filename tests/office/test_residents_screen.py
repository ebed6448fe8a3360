"""Residents: found as one types, registered, changed, settled and erased; in every language and text size."""

from __future__ import annotations

import time

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.office import actions
from akimat_desk.office.screens.enter import the_residents
from akimat_desk.office.screens.residents import SEARCH_MS
from akimat_desk.people.details import Details
from akimat_desk.people.residents import find, how_many, resident
from akimat_desk.service import Desk
from akimat_desk.ui.inspect import settle

from .conftest import Seen

pytestmark = pytest.mark.screen

PEOPLE = (
    Details("Ізбасаров", "Сәкен", street="Абай көшесі, 5"),
    Details("Қасымова", "Гүлсім", "Нұрдәулетқызы", iin="650101500016", phone="+77012345678"),
    Details("Әбілов", "Дүйсен"),
)
ABILOV, KASYMOVA, IZBASAROV = "Әбілов Дүйсен", "Қасымова Гүлсім Нұрдәулетқызы", "Ізбасаров Сәкен"


@pytest.fixture
def village(office: Desk) -> Desk:
    for details in PEOPLE:
        actions.register(office, details)
    return office


def rest(seen: Seen) -> None:
    """Let a search that waits for the typing to rest begin."""
    until = time.monotonic() + SEARCH_MS / 1000 + 0.05
    while time.monotonic() < until:
        seen.window.root.update()


class TestTheList:
    def test_an_empty_one_says_what_to_do(self, office: Desk, seen: Seen) -> None:
        seen.show(the_residents(office), "en")
        assert "Nobody is registered yet" in seen.texts

    def test_it_stands_in_the_order_of_the_kazakh_alphabet(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        assert seen.rows("residents") == [ABILOV, KASYMOVA, IZBASAROV]

    def test_one_types_at_once_and_the_list_follows(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        assert seen.page.focused() == "find"
        seen.type("find", "касым")
        rest(seen)
        assert seen.rows("residents") == [KASYMOVA]
        assert seen.page.focused() == "find"
        assert seen.field("find").value == "касым"

    def test_enter_goes_to_the_first_of_them(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.type("find", "650101")
        seen.enter("find")
        assert seen.page.focused() == "residents"
        assert KASYMOVA in seen.texts

    def test_nobody_found_is_told_as_that(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village), "en")
        seen.type("find", "Жоқ")
        seen.enter("find")
        assert "Nobody is found" in seen.texts

    def test_more_are_shown_when_they_are_asked_for(
        self, office: Desk, seen: Seen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("akimat_desk.office.screens.residents.PAGE", 2)
        for details in PEOPLE:
            actions.register(office, details)
        screen = the_residents(office)
        screen.residents.limit = 2
        seen.show(screen)
        assert seen.rows("residents") == [ABILOV, KASYMOVA]
        seen.press("more")
        assert seen.rows("residents") == [ABILOV, KASYMOVA, IZBASAROV]
        assert "more" not in seen.page.controls

    def test_it_follows_what_others_write(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        actions.register(village, Details("Ғабитов", "Ерболат"))
        seen.window.publish({"people.residents"})
        assert seen.rows("residents") == [ABILOV, "Ғабитов Ерболат", KASYMOVA, IZBASAROV]


class TestTheCard:
    def test_it_hides_the_iin_but_for_its_end(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.choose("residents", 1)
        assert {"•••••• ••0016", "+7 (701) 234-56-78"} <= set(seen.texts)
        assert not any("650101" in text for text in seen.texts)

    def test_it_is_opened_with_enter_and_left_with_escape(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.choose("residents", 1)
        seen.table("residents").take_focus()
        settle(seen.window)
        seen.table("residents").tree.event_generate("<Key-Return>")
        assert seen.window.screen.name == "office.resident_form"
        seen.window.root.event_generate("<Escape>")
        assert seen.window.screen.name == "office.residents"

    def test_erasing_is_asked_for_and_the_safe_answer_has_the_keyboard(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.choose("residents", 1)
        seen.press("erase")
        assert seen.page.focused() == "safe"
        seen.press("safe")
        assert how_many(village.store) == 3
        seen.press("erase")
        seen.press("danger")
        assert how_many(village.store) == 2
        assert seen.rows("residents") == [ABILOV, IZBASAROV]
        assert "erase" not in seen.page.controls


class TestWhatTwoPcsChanged:
    @pytest.fixture
    def divided(self, village: Desk, clock: FixedClock) -> str:
        (person,) = find(village.store, "касым").residents
        before = resident(village.store, person.id)
        actions.change(village, before, Details("Қасымова", "Гүлсім", phone="11111"))
        clock.pass_seconds(60)
        actions.change(village, before, Details("Қасымова", "Гүлсім", phone="22222"))
        return person.id

    def test_the_card_shows_both_and_the_list_can_be_narrowed(self, village: Desk, divided: str, seen: Seen) -> None:
        seen.show(the_residents(village), "en")
        seen.press("unsettled")
        assert seen.rows("residents") == ["Қасымова Гүлсім"]
        assert {"It says now: 22222", "The other PC says: 11111"} <= set(seen.texts)

    @pytest.mark.parametrize(("answer", "phone"), [("keep", "22222"), ("other", "11111")])
    def test_one_press_settles_it(self, village: Desk, divided: str, seen: Seen, answer: str, phone: str) -> None:
        seen.show(the_residents(village))
        seen.press("unsettled")
        seen.press(answer)
        assert resident(village.store, divided).details.phone == phone
        assert answer not in seen.page.controls
        assert "unsettled" not in seen.page.controls
        assert len(seen.rows("residents")) == 3

    def test_it_looks_right(self, village: Desk, divided: str, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.press("unsettled")
        assert seen.wrong() == {}


class TestTheForm:
    def test_a_person_is_registered_with_the_keyboard_alone(self, office: Desk, seen: Seen) -> None:
        seen.show(the_residents(office))
        seen.press("register")
        assert seen.page.focused() == "surname"
        for name, text in (("surname", "ерғалиева"), ("given", "Бағдат"), ("iin", "650101 500016")):
            seen.type(name, text)
        seen.enter("iin")
        assert seen.window.screen.name == "office.residents"
        assert seen.rows("residents") == ["ерғалиева Бағдат"]
        assert "•••••• ••0016" in seen.texts

    def test_every_wrong_line_is_told_at_once_and_nothing_typed_is_lost(self, office: Desk, seen: Seen) -> None:
        seen.show(the_residents(office), "en")
        seen.press("register")
        seen.type("iin", "650101500017")
        seen.type("phone", "call me")
        seen.press("save")
        assert [name for name in ("surname", "given", "iin", "phone") if seen.field(name).error] == [
            "surname",
            "iin",
            "phone",
        ]
        assert seen.page.focused() == "surname"
        assert (seen.field("iin").value, seen.field("phone").value) == ("650101500017", "call me")
        assert seen.wrong() == {}

    def test_the_iin_on_file_stays_and_is_never_shown(self, village: Desk, seen: Seen) -> None:
        (person,) = find(village.store, "касым").residents
        seen.show(the_residents(village))
        seen.choose("residents", 1)
        seen.press("edit")
        assert seen.field("iin").value == ""
        assert not any("650101" in text for text in seen.texts)
        seen.type("phone", "21345")
        seen.press("save")
        after = resident(village.store, person.id).details
        assert (after.iin, after.phone) == ("650101500016", "21345")

    def test_the_iin_can_be_taken_away(self, village: Desk, seen: Seen) -> None:
        (person,) = find(village.store, "касым").residents
        seen.show(the_residents(village))
        seen.choose("residents", 1)
        seen.press("edit")
        seen.press("toggle-iin")
        seen.press("save")
        assert resident(village.store, person.id).details.iin == ""

    def test_an_odd_iin_is_a_remark_and_no_refusal(self, office: Desk, seen: Seen) -> None:
        seen.show(the_residents(office), "en")
        seen.press("register")
        seen.type("surname", "Өтеген")
        seen.type("iin", f"99323130001{check('99323130001')}")
        assert any("It may still be right" in text for text in seen.texts)
        seen.press("save")
        assert how_many(office.store) == 1

    def test_an_iin_that_is_registered_is_told_in_the_banner_and_at_the_line(self, village: Desk, seen: Seen) -> None:
        seen.show(the_residents(village))
        seen.press("register")
        seen.type("surname", "Басқа")
        seen.type("iin", "650101500016")
        seen.press("save")
        assert seen.page.focused() == "banner"
        assert seen.field("iin").error
        assert how_many(village.store) == 3


def test_the_list_looks_right_in_every_language_and_size(village: Desk, seen: Seen) -> None:
    seen.show(the_residents(village))
    seen.choose("residents", 1)
    assert seen.wrong() == {}


def check(first_eleven: str) -> int:
    from akimat_desk.people.iin import check_digit

    digit = check_digit(first_eleven)
    assert digit is not None
    return digit
