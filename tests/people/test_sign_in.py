"""Signing in: five tries, then waiting; nobody is told that they did wrong, only when to try again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock, SystemClock
from akimat_desk.base.words import Translator
from akimat_desk.journal import Journal
from akimat_desk.people.pin import PinEasy, PinForm
from akimat_desk.people.sign_in import PinTheSame, PinWait, WrongPin, change_own_pin, sign_in, waiting
from akimat_desk.people.staff import SignedIn, StaffUnknown, add_first_administrator, add_staff, change_staff, set_pin
from akimat_desk.store import Store

PIN, OTHER = "582741", "190427"


@pytest.fixture
def aigul(journal: Journal) -> SignedIn:
    return add_first_administrator(journal, name="Айгүл", pin=PIN)


def wrong(store: Store, clock: FixedClock, staff: str, times: int) -> list[str]:
    said = []
    for _ in range(times):
        with pytest.raises((WrongPin, PinWait)) as refused:
            sign_in(store, clock, staff=staff, pin="000000")
        said.append(Translator((), "en").say(refused.value.for_staff))
    return said


def test_the_right_pin_opens(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    assert sign_in(store, clock, staff=aigul.staff, pin=PIN) == aigul


def test_what_is_said_after_wrong_ones(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    assert wrong(store, clock, aigul.staff, 6) == [
        "This is not the PIN. Tries left: 4.",
        "This is not the PIN. Tries left: 3.",
        "This is not the PIN. Tries left: 2.",
        "This is not the PIN. Tries left: 1.",
        "The next try is possible at this time: 10:01.",
        "The next try is possible at this time: 10:01.",
    ]


def test_the_time_told_is_never_too_early(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    clock.pass_seconds(20)
    assert wrong(store, clock, aigul.staff, 5)[-1].endswith(" 10:02.")


def test_while_waiting_even_the_right_pin_is_not_looked_at(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    wrong(store, clock, aigul.staff, 5)
    with pytest.raises(PinWait):
        sign_in(store, clock, staff=aigul.staff, pin=PIN)
    clock.pass_seconds(60)
    assert sign_in(store, clock, staff=aigul.staff, pin=PIN) == aigul


def test_a_right_pin_forgets_the_wrong_ones(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    for _ in range(3):
        wrong(store, clock, aigul.staff, 4)
        sign_in(store, clock, staff=aigul.staff, pin=PIN)


def test_the_page_says_the_wait_before_anything_is_typed(store: Store, clock: FixedClock, aigul: SignedIn) -> None:
    assert waiting(store, clock, staff=aigul.staff) is None
    wrong(store, clock, aigul.staff, 5)
    told = waiting(store, clock, staff=aigul.staff)
    assert told is not None
    assert told.seconds == 60


@pytest.mark.parametrize("year", [2016, 2036])
def test_turning_the_clock_does_not_open(store: Store, clock: FixedClock, aigul: SignedIn, year: int) -> None:
    wrong(store, clock, aigul.staff, 5)
    clock.turn_to(datetime(year, 1, 1, tzinfo=KAZAKHSTAN))
    with pytest.raises(PinWait):
        sign_in(store, clock, staff=aigul.staff, pin=PIN)


def test_a_new_pin_from_an_administrator_ends_the_wait(journal: Journal, clock: FixedClock, aigul: SignedIn) -> None:
    dauren = add_staff(journal, by=aigul, name="Дәурен", role="staff", pin=OTHER)
    wrong(journal.store, clock, dauren.id, 5)
    set_pin(journal, by=aigul, staff=dauren.id, pin="307518")
    assert sign_in(journal.store, clock, staff=dauren.id, pin="307518").staff == dauren.id


def test_who_no_longer_works_here_does_not_sign_in(journal: Journal, clock: FixedClock, aigul: SignedIn) -> None:
    dauren = add_staff(journal, by=aigul, name="Дәурен", role="staff", pin=OTHER)
    change_staff(journal, by=aigul, staff=dauren.id, role="staff", active=False)
    with pytest.raises(StaffUnknown):
        sign_in(journal.store, clock, staff=dauren.id, pin=OTHER)


TRY = """
import sys
from pathlib import Path
from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS
from akimat_desk.people import local, sign_in
from akimat_desk.store import Store

home = Home(Path(sys.argv[1]), Path(sys.argv[2]))
store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS))

def killed_here(pin, verifier):
    print("the PIN is looked at now", flush=True)
    sys.stdin.read()

sign_in.fits = killed_here
try:
    sign_in.sign_in(store, SystemClock(), staff=sys.argv[3], pin="582741")
except sign_in.PinWait:
    print("wait", flush=True)
"""


def test_killing_the_program_while_it_looks_gives_no_other_try(store: Store, aigul: SignedIn) -> None:
    """kill -9, six times over: five tries reach the PIN, the sixth is told to wait."""
    said = []
    for _ in range(6):
        arguments = [sys.executable, "-c", TRY, str(store.home.data), str(store.home.keys), aigul.staff]
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said.append(process.stdout.readline().strip())
            os.kill(process.pid, signal.SIGKILL)
    assert said == ["the PIN is looked at now"] * 5 + ["wait"]
    with pytest.raises(PinWait):
        sign_in(store, SystemClock(), staff=aigul.staff, pin=PIN)


class TestChangingTheOwnPin:
    """The old PIN is proved first, under the same lock-out."""

    def test_the_new_one_opens_and_the_old_one_no_longer(
        self, journal: Journal, store: Store, clock: FixedClock, aigul: SignedIn
    ) -> None:
        change_own_pin(journal, by=aigul, old=PIN, new=OTHER)
        assert sign_in(store, clock, staff=aigul.staff, pin=OTHER) == aigul
        with pytest.raises(WrongPin):
            sign_in(store, clock, staff=aigul.staff, pin=PIN)

    def test_a_trainer_may(self, journal: Journal, store: Store, clock: FixedClock, aigul: SignedIn) -> None:
        trainer = add_staff(journal, by=aigul, name="Шолпан", role="trainer", pin=PIN)
        change_own_pin(journal, by=SignedIn(trainer.id, trainer.name, "trainer"), old=PIN, new=OTHER)
        assert sign_in(store, clock, staff=trainer.id, pin=OTHER).name == "Шолпан"
        assert sign_in(store, clock, staff=aigul.staff, pin=PIN) == aigul

    def test_wrong_old_ones_lead_to_the_same_wait_as_at_the_sign_in(
        self, journal: Journal, store: Store, clock: FixedClock, aigul: SignedIn
    ) -> None:
        wrong(store, clock, aigul.staff, 3)
        with pytest.raises(WrongPin) as refused:
            change_own_pin(journal, by=aigul, old="000000", new=OTHER)
        assert refused.value.values["left"] == 1
        with pytest.raises(PinWait):
            change_own_pin(journal, by=aigul, old="000000", new=OTHER)
        with pytest.raises(PinWait):  # the right one, too, and at the sign-in as well
            change_own_pin(journal, by=aigul, old=PIN, new=OTHER)
        with pytest.raises(PinWait):
            sign_in(store, clock, staff=aigul.staff, pin=PIN)
        clock.pass_seconds(60)
        change_own_pin(journal, by=aigul, old=PIN, new=OTHER)

    @pytest.mark.parametrize(("new", "error"), [("111111", PinEasy), ("12", PinForm), (PIN, PinTheSame)])
    def test_a_new_one_nobody_should_have_costs_no_try(
        self, journal: Journal, store: Store, clock: FixedClock, aigul: SignedIn, new: str, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            change_own_pin(journal, by=aigul, old=PIN, new=new)
        assert wrong(store, clock, aigul.staff, 1) == ["This is not the PIN. Tries left: 4."]

    def test_whoever_no_longer_works_here_changes_nothing(self, journal: Journal, aigul: SignedIn) -> None:
        trainer = add_staff(journal, by=aigul, name="Шолпан", role="trainer", pin=PIN)
        change_staff(journal, by=aigul, staff=trainer.id, role="trainer", active=False)
        with pytest.raises(StaffUnknown):
            change_own_pin(journal, by=SignedIn(trainer.id, trainer.name, "trainer"), old=PIN, new=OTHER)
