"""Two hundred rooms live under drawn faults, and the simulation itself is no yes-man."""

from __future__ import annotations

from importlib import import_module
from random import Random
from typing import Any

import pytest

from akimat_desk.journal.apply import Applier
from akimat_desk.sync.simulation.faults import CUTS
from akimat_desk.sync.simulation.forgery import WAYS
from akimat_desk.sync.simulation.history import Plan, Step, drawn, live, shortened, simulate
from akimat_desk.sync.simulation.line import FAULTS
from akimat_desk.sync.simulation.steps import WAYS_ON

SEED = "the room"


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_rooms_agree_in_the_end_whatever_happened(first: int) -> None:
    """To see one again: akimat-desk sync simulate --seed "the room" --first NUMBER --histories 1."""
    assert simulate(SEED, 20, first=first) == []


def test_a_seed_draws_the_same_history_and_it_goes_the_same_way() -> None:
    assert drawn(SEED, 7) == drawn(SEED, 7) != drawn(SEED, 8)
    first, again = (_lived(drawn(SEED, 7)) for _ in range(2))
    assert first == again
    assert len(first) > 3


def _lived(plan: Plan) -> tuple[str, ...]:
    """Its story; a step that nobody knows ends it."""
    failure = live(Plan(plan.lots, (*plan.steps, Step("the end of the world", 0))))
    assert failure is not None
    return failure.story


def test_two_hundred_histories_meet_everything_that_may_happen() -> None:
    names = [step.what for number in range(200) for step in drawn(SEED, number).steps]
    assert set(names) == set(WAYS_ON)
    assert min(names.count(name) for name in WAYS_ON) > 20


def test_every_place_where_the_power_may_go_is_a_place_of_the_program() -> None:
    for place in CUTS:
        module, _, path = place.partition(":")
        found: Any = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        assert callable(found)


def test_the_faults_have_names_of_their_own() -> None:
    assert len(set(FAULTS)) == len(FAULTS)
    assert len(set(WAYS)) == len(WAYS)


def test_a_fault_in_the_program_is_found_and_its_story_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that forgets to erase: of twenty-odd steps those remain without which nobody would notice."""
    lots = Random("a fault")
    steps = [
        Step(lots.choice(("somebody_works", "a_pc_syncs", "time_passes")), lots.getrandbits(64)) for _ in range(25)
    ]
    steps += [Step("a_name_is_erased", lots.getrandbits(64)) for _ in range(3)]
    plan = Plan(4, tuple(steps))
    assert live(plan) is None
    monkeypatch.setattr(Applier, "forget", lambda self, ids, state=0: None)
    failure = live(plan)
    assert failure is not None
    assert failure.law == "what is erased is nowhere"
    story = shortened(plan, failure).story
    assert len(story) <= 5
    assert story[-1] == "everything is repaired and connected"
