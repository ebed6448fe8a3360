"""One process keeps, and goes on whatever fails."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.service import Changed, Desk, Service, Tick
from akimat_desk.shell.keeper import LOCK, Keeper, Plan
from akimat_desk.store.lock import DeskLock

TICKS = (Tick("often", 60, "a:b"), Tick("seldom", 3600, "a:c"))


class TestThePlan:
    def test_everything_is_due_at_first_and_then_in_its_turn(self, clock: FixedClock) -> None:
        plan = Plan(TICKS, clock)
        assert [tick.name for tick in plan.due()] == ["often", "seldom"]
        assert plan.due() == []
        clock.pass_seconds(60)
        assert [tick.name for tick in plan.due()] == ["often"]

    def test_a_pc_that_slept_does_each_once(self, clock: FixedClock) -> None:
        plan = Plan(TICKS, clock)
        plan.due()
        clock.pass_seconds(30 * 24 * 3600)
        assert [tick.name for tick in plan.due()] == ["often", "seldom"]
        assert plan.due() == []

    @pytest.mark.parametrize("year", [1970, 2099])
    def test_a_turned_clock_changes_nothing(self, clock: FixedClock, year: int) -> None:
        plan = Plan(TICKS, clock)
        plan.due()
        clock.turn_to(datetime(year, 1, 2, tzinfo=UTC))
        assert plan.due() == []
        clock.pass_seconds(60)
        assert [tick.name for tick in plan.due()] == ["often"]


Served = Callable[..., Desk]


@pytest.fixture
def served(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The desk with one invented service whose rooms are the functions given."""

    def make(**rooms: object) -> Desk:
        module = types.ModuleType("invented_service")
        vars(module).update(rooms)
        monkeypatch.setitem(sys.modules, "invented_service", module)
        service = Service(
            "invented",
            "Invented",
            1,
            keep="invented_service:keep" if "keep" in rooms else "",
            ticks="invented_service:TICKS" if "TICKS" in rooms else "",
        )
        return replace(desk, services=(service,))

    return make


def _nothing(_: frozenset[str]) -> None:
    pass


@pytest.mark.parametrize("why", [Unavailable(), RuntimeError("a name")], ids=["refused", "bug"])
def test_a_tick_that_fails_hinders_no_other(served: Served, why: Exception, caplog: pytest.LogCaptureFixture) -> None:
    done = Event()

    def fails(_: Desk) -> None:
        raise why

    desk = served(
        TICKS=(Tick("fails", 60, "invented_service:fails"), Tick("works", 60, "invented_service:works")),
        fails=fails,
        works=lambda _: done.set(),
    )
    with Keeper(desk, _nothing):
        assert done.wait(10)
    said = [record.getMessage() for record in caplog.records]
    assert said == [f"fails: {'unavailable' if isinstance(why, Unavailable) else 'RuntimeError'}"]


def test_what_a_service_keeps_is_told_of_changes_and_stopped_at_the_end(served: Served) -> None:
    happened: list[object] = []

    def keep(_: Desk, changed: Changed) -> Callable[[], None]:
        changed(frozenset({"bread"}))
        return lambda: happened.append("stopped")

    with Keeper(served(keep=keep), happened.append) as keeper:
        assert keeper.keeps(10)
        assert happened == [frozenset({"bread"})]
    assert happened == [frozenset({"bread"}), "stopped"]


def test_a_service_that_cannot_be_kept_leaves_the_keeper_working(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    def keep(_: Desk, __: Changed) -> Callable[[], None]:
        raise OSError("no such device")

    with Keeper(served(keep=keep), _nothing) as keeper:
        assert keeper.keeps(10)
    assert [record.getMessage() for record in caplog.records] == ["invented: OSError"]


def test_one_of_two_keeps_and_the_other_takes_over(served: Served) -> None:
    desk = served()
    with Keeper(desk, _nothing) as first:
        assert first.keeps(10)
        second = Keeper(desk, _nothing)
        with second:
            assert not second.keeps(0.2)
            first.__exit__(None, None, None)
            assert second.keeps(10)
            lock = DeskLock(desk.home, LOCK)
            assert not lock.acquire()
    assert lock.acquire()
    lock.release()
