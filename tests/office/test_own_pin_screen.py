"""The page on which whoever has signed in chooses another PIN."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.office import actions
from akimat_desk.office.demo import PIN
from akimat_desk.office.screens.enter import the_own_pin
from akimat_desk.people.sign_in import sign_in
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk

from .conftest import Seen

pytestmark = pytest.mark.screen

OTHER_PIN = "830416"


def _type(seen: Seen, old: str, new: str, again: str) -> None:
    for line, text in (("old", old), ("new", new), ("again", again)):
        seen.type(line, text)


def test_by_keyboard_the_new_one_holds_and_no_digit_stays(
    office: Desk, administrator: SignedIn, clock: FixedClock, seen: Seen
) -> None:
    seen.show(the_own_pin(office), "en")
    assert seen.page.focused() == "old"
    _type(seen, PIN, OTHER_PIN, OTHER_PIN)
    seen.enter("again")
    assert "Your PIN is changed. Sign in with the new one from now on." in seen.texts
    assert [seen.field(line).value for line in ("old", "new", "again")] == ["", "", ""]
    assert sign_in(office.store, clock, staff=administrator.staff, pin=OTHER_PIN) == administrator
    assert seen.wrong() == {}


def test_a_trainer_changes_their_own(office: Desk, clock: FixedClock, seen: Seen) -> None:
    trainer = actions.add_staff(office, "Өтегенова Шолпан", "trainer", PIN)
    theirs = replace(office, signed_in=lambda: SignedIn(trainer.id, trainer.name, "trainer"))
    seen.show(the_own_pin(theirs))
    _type(seen, PIN, OTHER_PIN, OTHER_PIN)
    seen.press("change")
    assert sign_in(office.store, clock, staff=trainer.id, pin=OTHER_PIN).staff == trainer.id


@pytest.mark.parametrize(
    ("typed", "line", "said"),
    [
        (("", OTHER_PIN, OTHER_PIN), "old", "Fill in this line."),
        ((PIN, "12", "12"), "new", "A PIN has six digits. Type six digits."),
        ((PIN, "111111", "111111"), "new", "This PIN is easy to guess"),
        ((PIN, OTHER_PIN, PIN), "again", "The two PINs differ."),
        ((PIN, PIN, PIN), "new", "The new PIN is the one typed as the old one. Choose another one."),
        (("000001", OTHER_PIN, OTHER_PIN), "old", "This is not the PIN. Tries left: 4. Type it again."),
    ],
    ids=["empty", "short", "easy", "different", "the-same", "wrong"],
)
def test_what_cannot_be_is_told_at_its_line(
    office: Desk,
    administrator: SignedIn,
    clock: FixedClock,
    seen: Seen,
    typed: tuple[str, str, str],
    line: str,
    said: str,
) -> None:
    seen.show(the_own_pin(office), "en")
    _type(seen, *typed)
    seen.press("change")
    assert seen.page.focused() == line
    assert seen.field(line).error.startswith(said)
    assert sign_in(office.store, clock, staff=administrator.staff, pin=PIN) == administrator
    assert seen.wrong() == {}


def test_wrong_ones_lead_to_a_wait(office: Desk, seen: Seen) -> None:
    seen.show(the_own_pin(office), "en")
    for _ in range(5):
        _type(seen, "000001", OTHER_PIN, OTHER_PIN)
        seen.press("change")
    assert seen.field("old").error.startswith("The next try is possible at this time: 10:01.")
    assert [seen.field(line).value for line in ("old", "new", "again")] == ["", OTHER_PIN, OTHER_PIN]


def test_leaving_the_page_forgets_what_was_typed(office: Desk, seen: Seen) -> None:
    screen = the_own_pin(office)
    seen.show(screen)
    _type(seen, PIN, OTHER_PIN, OTHER_PIN)
    seen.show(the_own_pin(office))
    assert set(screen.pin.typed.values()) == {""}  # type: ignore[attr-defined]
