"""A reception day lives: three PCs call for two officials, apart and together, with clocks that are turned, a PC that
dies in the middle of a call, and midnight. Nobody is skipped, called twice at once, or lost.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from meetings.day import actions
from meetings.day.actions import NobodyWaits, StandsOtherwise, Stepped, StillAttended
from meetings.day.queue import ATTENDED, DayNow, Person, day_after
from tests.calendar.conftest import give

from .conftest import AKIM, BY, DAY, DEPUTY, Pcs, ask, at, now

ROOMS = {"first": (AKIM, 1), "second": (AKIM, 2), "third": (DEPUTY, 3)}
"""Two PCs share the akim's queue; the deputy has their own."""
PC = st.sampled_from(sorted(ROOMS))
REFUSED = (NobodyWaits, StandsOtherwise, StillAttended)


class Day(RuleBasedStateMachine):
    """The room on its reception day."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = contextlib.ExitStack()
        folder = Path(tempfile.mkdtemp())
        self.stack.callback(shutil.rmtree, folder)
        self.room = Pcs(folder, self.stack)
        self.pcs: dict[str, Journal] = {}
        self.clocks: dict[str, FixedClock] = {}
        self.here: set[str] = set()
        """Who somebody said is here."""
        for name in ROOMS:
            self.pcs[name], self.clocks[name] = self.room.open(name, first=name == "first")
        for name in ("second", "third"):
            self.exchange("first", name)

    def teardown(self) -> None:
        try:
            self.everybody_is_received()
        finally:
            self.stack.close()

    # ---- people and time

    @rule(pc=PC, start=st.sampled_from(["", "", "09:30", "09:45", "23:45"]), group=st.sampled_from([None, "veteran"]))
    def somebody_asks(self, pc: str, start: str, group: str | None) -> None:
        visit = ask(self.pcs[pc], start, series=ROOMS[pc][0], group=group)
        if not start:
            self.here.add(visit)

    @rule(pc=PC, data=st.data())
    def somebody_comes(self, pc: str, data: st.DataObject) -> None:
        one = self.one_of(pc, data, "expected", "missed", "held")
        if one is not None:
            self.here.add(one.id)
            actions.came(self.pcs[pc], one.id, by=BY)

    @rule(pc=PC, minutes=st.sampled_from([1, 15, 600]))
    def time_passes(self, pc: str, minutes: int) -> None:
        self.clocks[pc].pass_seconds(60 * minutes)

    @rule(pc=PC, to=st.sampled_from([at(0, 0) - timedelta(days=300), at(9), at(23, 59)]))
    def a_clock_is_turned(self, pc: str, to: object) -> None:
        self.clocks[pc].turn_to(to)  # type: ignore[arg-type]

    # ---- staff

    @rule(pc=PC)
    def the_next_is_called(self, pc: str) -> None:
        series, room = ROOMS[pc]
        day = now(self.pcs[pc])
        before = day.queue(series)
        try:
            called = actions.call_next(self.pcs[pc], DAY, series, room=room, by=BY)
        except NobodyWaits:
            assert before.waiting == ()
        except StillAttended:
            assert any(one.turn.room == room for one in now(self.pcs[pc]).in_state(*ATTENDED))
        else:
            assert called.visit == before.waiting[0].id
            self.only_they_need_to_be_read(pc, day, called)

    @rule(pc=PC, data=st.data(), what=st.sampled_from([
        actions.call_again, actions.missed, actions.hold, actions.start, actions.end,
    ]))  # fmt: skip
    def it_goes_on(self, pc: str, data: st.DataObject, what: Callable[..., Stepped]) -> None:
        one = self.one_of(pc, data, *ATTENDED)
        if one is not None:
            day = now(self.pcs[pc])
            with contextlib.suppress(StandsOtherwise):
                self.only_they_need_to_be_read(pc, day, what(self.pcs[pc], one.id, by=BY))

    @rule(pc=PC, data=st.data())
    def somebody_is_sent_on(self, pc: str, data: st.DataObject) -> None:
        one = self.one_of(pc, data, *ATTENDED, "waiting")
        if one is not None:
            actions.pass_on(self.pcs[pc], one.id, DEPUTY if one.series == AKIM else AKIM, by=BY)

    @rule(pc=PC, data=st.data())
    def somebody_is_picked_out(self, pc: str, data: st.DataObject) -> None:
        one = self.one_of(pc, data, "waiting", "expected", "missed", "held")
        if one is not None:
            with contextlib.suppress(*REFUSED):
                actions.call(self.pcs[pc], one.id, room=ROOMS[pc][1], by=BY)
                self.here.add(one.id)

    # ---- PCs

    @rule(one=PC, other=PC)
    def exchange(self, one: str, other: str) -> None:
        if one != other:
            give(self.pcs[one], self.pcs[other])
            give(self.pcs[other], self.pcs[one])

    @rule(pc=PC)
    def a_pc_dies_and_comes_back(self, pc: str) -> None:
        before = now(self.pcs[pc])
        self.pcs[pc].store.close()
        self.pcs[pc], clock = self.room.open(pc)
        clock.turn_to(at(9, 30))
        self.clocks[pc] = clock
        assert now(self.pcs[pc]).people == before.people

    # ---- what always holds

    def one_of(self, pc: str, data: st.DataObject, *states: str) -> Person | None:
        found = [one for one in now(self.pcs[pc]).people if one.turn.state in states]
        return data.draw(st.sampled_from(found)) if found else None

    def only_they_need_to_be_read(self, pc: str, before: DayNow, stepped: Stepped) -> None:
        journal = self.pcs[pc]
        with journal.store.read() as db:
            assert day_after(db, before, stepped.visits, journal.clock.now_ms()) == now(journal)

    @invariant()
    def nobody_is_called_twice_at_once_or_lost(self) -> None:
        for name, journal in self.pcs.items():
            day = now(journal)
            room = ROOMS[name][1]
            own = [
                one for one in day.in_state(*ATTENDED) if one.turn.device == journal.device and one.turn.room == room
            ]
            assert len(own) <= 1
            self.check(day)

    def check(self, day: DayNow) -> None:
        queued = [one.id for queue in (day.queues or {}).values() for one in (*queue.waiting, *queue.attended)]
        assert len(queued) == len(set(queued))
        aside = {one.id for one in day.in_state("missed", "held", "ended")}
        known = {one.id for one in day.people}
        expected = {one.id for one in day.in_state("expected")}
        assert set(queued) | aside | expected == known

    def everybody_is_received(self) -> None:
        """All PCs exchange and say the same; then the first receives everybody who is here, each of them once."""
        for _ in range(2):
            for name in ("second", "third"):
                self.exchange("first", name)
        days = [now(journal).people for journal in self.pcs.values()]
        assert days[1:] == days[:-1]
        assert len({tuple(journal.table_hashes().items()) for journal in self.pcs.values()}) == 1
        journal = self.pcs["first"]
        assert self.here <= {one.id for one in now(journal).people if one.turn.state != "expected"}
        for one in now(journal).in_state("missed", "held"):
            actions.came(journal, one.id, by=BY)
        for one in now(journal).in_state(*ATTENDED):
            if one.turn.state == "called":
                actions.start(journal, one.id, by=BY)
            actions.end(journal, one.id, by=BY)
        for series in (AKIM, DEPUTY):
            line = len(now(journal).queue(series).waiting)
            received = [self.receive(journal, series) for _ in range(line)]
            assert len(set(received)) == line
            assert now(journal).queue(series).waiting == ()
        assert self.here <= {one.id for one in now(journal).in_state("ended")}

    def receive(self, journal: Journal, series: str) -> str:
        visit = actions.call_next(journal, DAY, series, room=9, by=BY).visit
        actions.start(journal, visit, by=BY)
        actions.end(journal, visit, by=BY)
        return visit


Day.TestCase.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestDay = Day.TestCase
