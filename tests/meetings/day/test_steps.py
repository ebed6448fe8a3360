"""What becomes of a visit when one PC, or two that do not know of each other, write down what happened."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.day.steps import NEXT, STATES, Did, Step, Turn, settle

VISIT = "v"


def story(*told: str) -> list[Step]:
    """Steps by "pc did" a minute apart; each PC has seen its own steps and, after "*", everything before."""
    steps: list[Step] = []
    known: dict[str, set[str]] = {}
    for minute, words in enumerate(told, 1):
        pc, did = words.strip("*").split()
        known.setdefault(pc, set())
        if words.endswith("*"):
            known[pc] = {step.id for step in steps}
        seen = settle(VISIT, [step for step in steps if step.id in known[pc]]).seen
        step = Step(f"{minute:02}", VISIT, did, (minute * 60_000) << 16, pc, "akim", room=int(pc), seen=seen)  # type: ignore[arg-type]
        steps.append(step)
        known[pc].add(step.id)
    return steps


def test_an_ordinary_visit() -> None:
    turn = settle(VISIT, story("1 arrived", "1 called", "1 again", "1 started", "1 ended"))
    minute = 60_000
    assert (turn.state, turn.room, turn.overtaken) == ("ended", 1, ())
    assert (turn.arrived_ms, turn.first_called_ms, turn.started_ms, turn.ended_ms) == (
        minute,
        2 * minute,
        4 * minute,
        5 * minute,
    )
    assert turn.talked_ms == minute


def test_two_pcs_apart_call_one_person_and_the_first_call_counts() -> None:
    turn = settle(VISIT, story("1 arrived", "1 called", "2 arrived", "2 called"))
    assert (turn.state, turn.room, turn.overtaken) == ("called", 1, ("04",))


def test_whoever_has_read_a_step_speaks_after_it_though_its_clock_is_hours_ahead() -> None:
    came, sent_on = story("1 arrived", "2 missed*")
    ahead = replace(sent_on, at=sent_on.at + ((20 * 3_600_000) << 16))
    back = Step("03", VISIT, "returned", (3 * 60_000) << 16, "1", "akim", seen=ahead.id)
    for steps in permutations((came, ahead, back)):
        turn = settle(VISIT, steps)
        assert (turn.state, turn.seen, turn.overtaken) == ("waiting", "03", ())


def test_a_talk_that_was_held_outweighs_a_call_that_was_missed_elsewhere() -> None:
    steps = story("1 arrived", "2 started*", "1 called", "1 missed", "2 ended")
    assert (settle(VISIT, steps).state, settle(VISIT, steps).room) == ("ended", 2)
    later = story("1 arrived", "1 called", "1 missed", "2 started", "2 ended")
    assert (settle(VISIT, later).state, settle(VISIT, later).talked_ms) == ("ended", 60_000)


def test_who_comes_back_is_not_lost_to_a_pc_that_did_not_know() -> None:
    turn = settle(VISIT, story("1 called", "1 missed", "2 arrived"))
    assert (turn.state, turn.queued_ms, turn.overtaken) == ("waiting", 3 * 60_000, ())


def test_who_missed_the_call_waits_from_the_moment_they_came_back_and_keeps_when_they_came() -> None:
    turn = settle(VISIT, story("1 arrived", "1 called", "1 missed", "1 returned"))
    assert (turn.arrived_ms, turn.queued_ms, turn.slot_lost, turn.times_missed) == (60_000, 240_000, True, 1)


def test_a_call_taken_back_and_a_person_held_keep_their_place() -> None:
    for told in (("1 arrived", "1 called", "1 returned"), ("1 arrived", "1 called", "1 held", "1 returned")):
        turn = settle(VISIT, story(*told))
        assert (turn.state, turn.queued_ms, turn.slot_lost) == ("waiting", 60_000, False)


def test_whoever_is_sent_on_keeps_the_time_they_came() -> None:
    steps = story("1 arrived", "1 called", "1 started", "1 passed")
    turn = settle(VISIT, [*steps[:-1], replace(steps[-1], series="deputy")])
    assert (turn.state, turn.series, turn.queued_ms, turn.talked_ms) == ("waiting", "deputy", 60_000, 60_000)


def test_a_talk_ended_by_a_slip_of_the_hand_goes_on() -> None:
    turn = settle(VISIT, story("1 arrived", "1 called", "1 started", "1 ended", "1 started", "1 ended"))
    assert (turn.state, turn.talked_ms) == ("ended", 2 * 60_000)


@pytest.mark.parametrize(
    "told", [("1 arrived", "2 arrived"), ("1 started", "1 ended", "2 ended"), ("1 missed", "2 missed")]
)
def test_what_both_say_is_no_contradiction(told: tuple[str, ...]) -> None:
    assert settle(VISIT, story(*told)).overtaken == ()


def test_every_order_of_arrival_gives_the_same() -> None:
    steps = story("1 arrived", "1 called", "2 called", "2 started", "1 missed", "2 ended")
    assert len({settle(VISIT, one) for one in permutations(steps)}) == 1


DIDS: tuple[Did, ...] = ("arrived", "called", "again", "missed", "returned", "passed", "held", "started", "ended")


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(DIDS), st.booleans()), max_size=14), st.randoms())
def test_whatever_is_written_the_visit_stands_somewhere_and_every_pc_agrees(
    told: list[tuple[str, str, bool]], lots: st.DataObject
) -> None:
    steps = story(*(f"{pc} {did}{'*' * knew}" for pc, did, knew in told))
    turn = settle(VISIT, steps)
    assert turn.state in STATES
    lots.shuffle(steps)  # type: ignore[attr-defined]
    assert settle(VISIT, [*steps, *steps]) == turn
    if any(did == "arrived" for _, did, _ in told):
        assert turn.state != "expected"
        assert turn.queued_ms >= turn.arrived_ms > 0 or turn.state == "missed"


def test_from_every_state_a_visit_can_be_brought_back_into_the_queue() -> None:
    for state in STATES:
        reached, before = {state}, set[str]()
        while reached != before:
            before = set(reached)
            reached |= {then for one in before for then in NEXT[one].values()}  # type: ignore[index]
        assert "waiting" in reached


def test_nothing_has_happened_yet() -> None:
    assert settle(VISIT, []) == Turn(VISIT)
