"""Waiting after wrong PINs, whatever happens to the program, the PC and its clock in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.people import lockout
from akimat_desk.people.lockout import MIGRATIONS, Standing, wait_after
from akimat_desk.store import Store

AIGUL, PIN = "a" * 32, "1" * 32


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = Store.open(home, migrations=MIGRATIONS, create=True)
    yield opened
    opened.close()


class Pc:
    """A PC with its two clocks; `start` is switching it on, from which its monotonic clock counts anew."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.starts = 0
        self.start()

    def start(self) -> None:
        self.starts += 1
        self.clock = FixedClock(datetime(2026, 11, 20, 10, 0, tzinfo=KAZAKHSTAN))

    def boot(self) -> str:
        return f"run {self.starts}"

    def wrong(self, times: int = 1) -> Standing:
        for _ in range(times):
            with self.store.write() as db:
                said = lockout.begin_try(db, AIGUL, PIN, self.clock, self.boot)
        return said

    def look(self) -> Standing:
        with self.store.read() as db:
            return lockout.standing(db, AIGUL, PIN, self.clock, self.boot)


@pytest.fixture
def pc(store: Store) -> Pc:
    return Pc(store)


def test_five_tries_are_free_and_counted_down(pc: Pc) -> None:
    assert pc.look() == Standing(0, 5)
    assert [pc.wrong() for _ in range(5)] == [Standing(0, left) for left in (4, 3, 2, 1, 0)]
    assert pc.look() == Standing(60, 0)


def test_the_wait_grows_and_stays_at_an_hour() -> None:
    assert [wait_after(tries) for tries in range(10)] == [0, 0, 0, 0, 0, 60, 300, 900, 3600, 3600]


def test_each_further_wrong_pin_waits_longer(pc: Pc) -> None:
    pc.wrong(5)
    waits = []
    for _ in range(5):
        seconds = pc.look().seconds
        waits.append(seconds)
        pc.clock.pass_seconds(seconds)
        assert pc.wrong().seconds == 0
    assert waits == [60, 300, 900, 3600, 3600]


def test_a_try_while_waiting_is_not_looked_at_and_does_not_lengthen_the_wait(pc: Pc) -> None:
    pc.wrong(5)
    pc.clock.pass_seconds(20)
    assert pc.wrong(3) == Standing(40, 0)
    pc.clock.pass_seconds(40)
    assert pc.look() == Standing(0, 0)


def test_a_right_pin_forgets_everything(pc: Pc, store: Store) -> None:
    pc.wrong(4)
    with store.write() as db:
        lockout.forget(db, AIGUL)
    assert pc.look() == Standing(0, 5)


def test_a_new_pin_has_fresh_tries(pc: Pc, store: Store) -> None:
    pc.wrong(5)
    with store.read() as db:
        assert lockout.standing(db, AIGUL, "2" * 32, pc.clock, pc.boot) == Standing(0, 5)


def test_one_persons_wait_is_nobody_elses(pc: Pc, store: Store) -> None:
    pc.wrong(5)
    with store.read() as db:
        assert lockout.standing(db, "b" * 32, PIN, pc.clock, pc.boot) == Standing(0, 5)


@pytest.mark.parametrize("year", [2016, 2036])
def test_turning_the_clock_changes_nothing(pc: Pc, year: int) -> None:
    pc.wrong(5)
    pc.clock.pass_seconds(10)
    pc.clock.turn_to(datetime(year, 1, 1, tzinfo=KAZAKHSTAN))
    assert pc.look() == Standing(50, 0)
    pc.clock.pass_seconds(50)
    assert pc.look() == Standing(0, 0)


def test_starting_the_program_again_changes_nothing(pc: Pc, store: Store, home: Home) -> None:
    pc.wrong(5)
    pc.clock.pass_seconds(10)
    store.close()
    pc.store = Store.open(home, migrations=MIGRATIONS)
    try:
        assert pc.look() == Standing(50, 0)
    finally:
        pc.store.close()


@pytest.mark.parametrize("year", [2016, 2026, 2036])
def test_starting_the_pc_again_counts_only_the_time_it_is_on(pc: Pc, year: int) -> None:
    """How long it was off only the wall clock could say, and that one can be turned."""
    pc.clock.pass_seconds(100_000)
    pc.wrong(6)
    pc.start()
    pc.clock.turn_to(datetime(year, 11, 21, 9, 0, tzinfo=KAZAKHSTAN))
    assert pc.look() == Standing(60, 0)
    pc.clock.pass_seconds(25)
    assert pc.look() == Standing(35, 0)


def test_starting_again_and_again_gains_nothing(pc: Pc) -> None:
    pc.wrong(5)
    for seconds_on in (10, 10, 10):
        pc.start()
        pc.clock.pass_seconds(seconds_on)
        left = pc.wrong()
    assert left == Standing(30, 0)


def test_without_a_boot_id_a_smaller_monotonic_time_shows_the_new_start(store: Store) -> None:
    pc = Pc(store)
    pc.boot = lambda: ""  # type: ignore[method-assign]
    pc.clock.pass_seconds(1000)
    pc.wrong(5)
    pc.start()
    pc.clock.pass_seconds(45)
    assert pc.look() == Standing(15, 0)


def test_this_pc_names_its_run() -> None:
    assert lockout.boot_id() == lockout.boot_id()


def test_the_first_wait_may_come_later(store: Store) -> None:
    clock = FixedClock(datetime(2026, 11, 20, 10, 0, tzinfo=KAZAKHSTAN))
    for _ in range(20):
        with store.write() as db:
            assert lockout.begin_try(db, AIGUL, PIN, clock, free=20).seconds == 0
    with store.write() as db:
        assert lockout.begin_try(db, AIGUL, PIN, clock, free=20).seconds == 60
