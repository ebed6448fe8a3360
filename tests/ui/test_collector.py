"""Garbage is collected between presses: what lives from the start is gone through when nobody is there."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.ui import collector
from akimat_desk.ui.collector import ALL_EVERY, AWAY, BOUND, LOOK_MS, MANY, OLD_EVERY, PAUSE, Collector


class Looks:
    """A window's timers, which ring when the test says so."""

    def __init__(self) -> None:
        self.due: dict[str, Callable[[], object]] = {}
        self.made = 0

    def after(self, ms: int, func: Callable[[], object]) -> str:
        assert ms == LOOK_MS
        self.made += 1
        self.due[str(self.made)] = func
        return str(self.made)

    def after_cancel(self, id: str) -> None:
        del self.due[id]

    def pass_by(self, looks: int) -> None:
        for _ in range(looks):
            ((key, func),) = self.due.items()
            del self.due[key]
            func()


class Loop:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def found() -> list[str]:
    """What was gone through, in that order."""
    return []


@pytest.fixture
def collecting(looks: Looks, found: list[str]) -> Iterator[Collector]:
    """A collector at work; what it goes through is written down."""

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found.append({1: "new", 2: "later" if gc.get_freeze_count() else "all"}[info["generation"]])

    on = gc.isenabled()  # it rests where another test has left a window open
    gc.enable()
    gc.unfreeze()
    gc.collect()
    working = Collector(looks)
    gc.callbacks.append(note)
    yield working
    gc.callbacks.remove(note)
    if looks.due:
        working.stop()
    if not on:
        gc.disable()


def press_all_the_while(working: Collector, looks: Looks, for_looks: int) -> None:
    for _ in range(for_looks):
        looks.pass_by(1)
        working.touched()


def test_python_collects_nothing_by_itself_until_the_end(collecting: Collector, looks: Looks) -> None:
    assert not gc.isenabled()
    collecting.stop()
    assert (gc.isenabled(), looks.due, gc.get_freeze_count()) == (True, {}, 0)


def test_what_the_start_has_made_is_set_aside_in_the_first_pause(
    collecting: Collector, looks: Looks, found: list[str]
) -> None:
    press_all_the_while(collecting, looks, 20)
    assert (found, gc.get_freeze_count()) == ([], 0)
    looks.pass_by(PAUSE)
    assert found == ["all"]
    assert gc.get_freeze_count() > 10_000


def test_a_pause_goes_only_through_what_came_later_and_not_too_often(
    collecting: Collector, looks: Looks, found: list[str]
) -> None:
    looks.pass_by(PAUSE)
    looks.pass_by(OLD_EVERY - 1)
    assert found == ["all"]
    looks.pass_by(1)
    assert found == ["all", "later"]


def test_no_press_meets_a_collection_of_more_than_what_is_new(
    collecting: Collector, looks: Looks, found: list[str]
) -> None:
    looks.pass_by(PAUSE)
    kept = []
    for _ in range(5):
        kept.append([[] for _ in range(2 * MANY)])
        press_all_the_while(collecting, looks, OLD_EVERY)
    assert found == ["all", *["new"] * 5]


def test_whoever_never_pauses_stops_it_only_up_to_a_bound(
    collecting: Collector, looks: Looks, found: list[str]
) -> None:
    looks.pass_by(PAUSE)
    kept = [[[] for _ in range(BOUND // 2)]]
    press_all_the_while(collecting, looks, 1)
    assert found == ["all", "new"]
    kept.append([[] for _ in range(BOUND // 2)])
    press_all_the_while(collecting, looks, 1)
    assert found == ["all", "new", "later"]


def test_the_bound_holds_before_the_first_pause_too(collecting: Collector, looks: Looks, found: list[str]) -> None:
    kept = [[] for _ in range(BOUND + 1)]
    press_all_the_while(collecting, looks, 1)
    assert (found, len(kept)) == (["all"], BOUND + 1)


def test_all_is_gone_through_when_nobody_is_there(collecting: Collector, looks: Looks, found: list[str]) -> None:
    looks.pass_by(PAUSE)
    press_all_the_while(collecting, looks, ALL_EVERY)
    found.clear()
    looks.pass_by(AWAY - 1)
    assert found == ["later"] * len(found)
    found.clear()
    looks.pass_by(1)
    assert found == ["all"]


def test_what_was_set_aside_goes_too_when_all_is_collected() -> None:
    loop = Loop()
    gc.collect()
    gc.freeze()
    try:
        del loop
        gc.collect()
        assert gc.get_freeze_count() > 10_000
        collector.collect_all()
        gc.unfreeze()
        assert [thing for thing in gc.get_objects() if isinstance(thing, Loop)] == []
    finally:
        gc.unfreeze()
