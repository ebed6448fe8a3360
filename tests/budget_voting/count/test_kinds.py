"""Texts and sets are put together by numbers that are drawn for them: whatever they are, few draws tell them apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from budget_voting.count.kinds import Words, kinds_of, mixed, surely
from budget_voting.count.pabulib import read_pabulib
from budget_voting.count.reading import election_of

PROJECTS = 192


def words_of(sets: list[tuple[int, ...]]) -> list[Words]:
    """A bit for each project, 64 of them in a word."""
    whole = [sum(1 << member for member in each) for each in sets]
    return [np.array([each >> 64 * n & (2**64 - 1) for each in whole], np.uint64) for n in range(PROJECTS // 64)]


def regular() -> list[tuple[int, ...]]:
    """All ballots of up to two projects, and those of three with the same distance between them, in one word or over
    several: shifts and factors have fallen for such.
    """
    threes = [(n, n + far, n + 2 * far) for far in range(1, PROJECTS // 2) for n in range(PROJECTS - 2 * far)]
    return [(), *((n,) for n in range(PROJECTS)), *combinations(range(PROJECTS), 2), *threes]


def test_ballots_with_few_projects_are_told_apart_by_the_first_numbers_drawn() -> None:
    words = words_of(regular())
    for seed in range(3):
        assert len(np.unique(mixed(words, seed))) == len(words[0])


def test_equal_ones_have_one_kind_in_the_order_in_which_kinds_come_up() -> None:
    sets = [(5, 190), (), (5, 190), (62,), (4, 33, 62), (62,), (126,), (68, 97, 126)]
    words = words_of(sets)
    seen = list(dict.fromkeys(sets))
    kinds, first = surely(lambda seed: mixed(words, seed), lambda kinds, _: len(set(kinds.tolist())) == len(seen))
    assert kinds.tolist() == [seen.index(each) for each in sets]
    assert first.tolist() == [sets.index(each) for each in seen]


def test_numbers_that_fall_together_are_drawn_again() -> None:
    draws = [np.array([7, 7, 7], np.uint64), np.array([7, 9, 9], np.uint64), np.array([3, 9, 3], np.uint64)]
    asked: list[int] = []

    def mix(seed: int) -> Words:
        asked.append(seed)
        return draws[seed]

    kinds, _ = surely(mix, lambda kinds, _: kinds.tolist() == [0, 1, 0])
    assert (kinds.tolist(), asked) == ([0, 1, 0], [0, 1, 2])
    assert kinds_of(np.empty(0, np.uint64))[0].tolist() == []


def test_a_vote_of_many_regular_ballots_is_read() -> None:
    """Each ballot is another one, so none is read with others that are written alike."""
    ballots = [each for each in regular() if each]
    projects = "".join(f"{n};1\n" for n in range(PROJECTS))
    votes = "".join(f"{n};{','.join(map(str, each))}\n" for n, each in enumerate(ballots))
    raw = f"META\nkey;value\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost\n{projects}VOTES\nvoter_id;vote\n"
    group = election_of(read_pabulib((raw + votes).encode())).ballots.valid
    found = [
        tuple(group.members[start:end].tolist()) for start, end in zip(group.starts, group.starts[1:], strict=False)
    ]
    assert found == ballots
    assert group.times.tolist() == [1] * len(ballots)
