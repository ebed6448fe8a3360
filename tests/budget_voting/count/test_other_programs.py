"""What pabutools gives for thousands of invented elections; kept by `benchmarks/budget_check.py --record`.

pabutools is an independent program of the people who study these rules. A project without a single vote, which it may
fund, is left out of the comparison: here it never wins.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budget_voting.count.counting import count
from budget_voting.count.invented import awkward_election
from budget_voting.count.reading import election_of

KEPT = json.loads((Path(__file__).parent.parent / "data" / "pabutools.json").read_text("utf-8"))["winners"]
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_the_winners_are_those_of_pabutools(part: int) -> None:
    differ = []
    for seed in list(KEPT)[part::PARTS]:
        file, rules = awkward_election(int(seed))
        election = election_of(file)
        for place, theirs in KEPT[seed]:
            if sum(1 << project for project in count(election, rules[place]).winners) != theirs:
                differ.append((seed, place))
    assert differ == []


def test_these_are_thousands_and_every_rule_is_among_them() -> None:
    used = {(rules[place].method, rules[place].utility, rules[place].completion)
            for seed, kept in KEPT.items()
            for _, rules in [awkward_election(int(seed))]
            for place, _ in kept}  # fmt: skip
    assert len(KEPT) == 2000
    assert len(used) == 16
