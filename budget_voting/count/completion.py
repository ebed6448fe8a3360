"""Completing Equal Shares: handing out more than there is, as long as what is bought still fits.

Plain Equal Shares leaves money over. "Add1" raises every voter's share by a step and counts again. Two stops are in use
and give different winners, so the rules of a vote name one: at the first outcome to which nothing more fits
(`EXHAUSTIVE`), or only when the next step would overspend (`OVERSPEND`).

A step of one tenge would mean a hundred thousand counts. Each run tells how far the share may grow before anything can
change (`Run.safe`); the steps below that are not counted, because their outcome is known, and neither are those at
which not enough can be spent to end (`spendable`). The result is that of the loop that counts every step; `every_step`
is that loop, and tests compare the two.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, inf
from typing import Final

from budget_voting.count.levels import Levels
from budget_voting.count.market import Market, removes_nothing
from budget_voting.count.shares_run import Run, run, run_all
from budget_voting.count.spendable import first_that_may_end

BATCH: Final = 8
"""Shares counted at once: with more, too many are counted in vain; with fewer, each costs more."""
PROBE: Final = 2
"""The same where it is not known whether any holds for more than its own step."""
WIDE: Final = 12
"""The same where it is not asked how far they hold, which makes each cheaper."""
BLIND: Final = 8
"""Batches counted without asking how far they hold, after one where none held for more than its own step."""
ROOM: Final = 2
"""How much greater than the share at hand those are for which levels are made: few votes end with more than twice the
share they began with."""


class Stop(Enum):
    """When Add1 ends."""

    EXHAUSTIVE = "add1"
    OVERSPEND = "add1-until-overspend"


class Ended(Enum):
    """Why it ended."""

    NOTHING_FITS = "nothing-fits"
    WOULD_OVERSPEND = "would-overspend"
    ALL_FUNDED = "all-funded"


@dataclass(frozen=True, slots=True)
class Completed:
    """The run that counts, at the share where it ended, and the one that would overspend."""

    run: Run
    ended: Ended
    steps: int
    """How often the share was raised."""
    counts: int
    """How many of these shares had to be counted."""
    beyond: Run | None
    """What the next step would buy, where that is dearer than the budget."""
    gap: float
    exact_decisions: int


def add_one(market: Market, budget: int, step: Fraction, stop: Stop, *, every_step: bool = False) -> Completed:
    """Raise the share from `budget` by voter in steps of `step`, both in the smallest coin, until `stop`."""
    start = Fraction(budget, market.support.voters)
    if every_step:
        ladder: Ladder = EveryStep(market, start, step)
        raised = 0
    else:
        ladder, raised = Ladder(market, start, step), first_that_may_end(market, budget, start, step)
    before: Run | None = None
    while True:
        found, end = ladder.at(raised)
        cost = sum(market.costs[project] for project in found.bought)
        if cost > budget and raised:
            share = start + (raised - 1) * step
            last = before if before and before.share == share else run_all(ladder.levels, [share])[0]
            return Completed(
                last, Ended.WOULD_OVERSPEND, raised - 1, ladder.counts, found, ladder.gap, ladder.decisions
            )
        ended = _ended(market, found, budget - cost, stop)
        if ended is not None:
            return Completed(found, ended, raised, ladder.counts, None, ladder.gap, ladder.decisions)
        raised, before = end, found


class Ladder:
    """The runs of all steps, counted only where they can differ, several at once.

    A run holds for the steps from its own up to where its share stops being safe. Steps that are not covered are
    counted in batches: the first of them, and others as far ahead as runs have held lately, so that most of what is
    counted ahead is needed.
    """

    def __init__(self, market: Market, start: Fraction, step: Fraction) -> None:
        self.market, self.start, self.step = market, start, step
        self.held: dict[int, tuple[Run, int]] = {}
        """Runs by the step they were counted at, each with the first step it does not hold for."""
        self.starts: list[int] = []
        self.reach = max(1.0, float(start / step) / 256)
        """How many steps a run has held for lately."""
        self.holding = False
        """Whether one of the last shares held for more than its own step."""
        self.blind = 0
        """Batches still to be counted without asking how far they hold, after steps turned out too long for that."""
        self.counts = self.decisions = 0
        self.gap = inf
        self.top = start * ROOM
        self.levels = Levels(market, self.top)

    def at(self, step: int) -> tuple[Run, int]:
        """The run of a step, and the first later step that may differ."""
        place = bisect_right(self.starts, step) - 1
        if place >= 0:
            found, end = self.held[self.starts[place]]
            if step < end:
                return found, end
        self._count(self._next(step))
        return self.at(step)

    def _next(self, step: int) -> list[int]:
        """The steps to count now: `step`, and the next ones that are not covered."""
        steps: list[int] = []
        ahead = max(1, round(self.reach))
        while len(steps) < (WIDE if self.blind else BATCH if self.holding else PROBE):
            place = bisect_right(self.starts, step) - 1
            if place >= 0 and step < (end := self.held[self.starts[place]][1]):
                step = end
                continue
            steps.append(step)
            step += ahead
            after = bisect_right(self.starts, steps[-1])
            if after < len(self.starts):
                step = min(step, self.starts[after])
        return steps

    def _count(self, steps: list[int]) -> None:
        shares = [self.start + step * self.step for step in steps]
        length = float(self.step)
        if max(shares) > self.top:
            self.top = max(shares) * ROOM
            self.levels = Levels(self.market, self.top)
        far = 2 * max(1.0, self.reach) * length
        horizons = None if self.blind else [far] * len(shares)
        found = run_all(self.levels, shares, horizons)
        held = []
        for step, each in zip(steps, found, strict=True):
            holds = 1 if horizons is None else max(1, ceil(each.safe * (1 - 1e-9) / length))
            held.append(holds)
            self.held[step] = each, step + holds
            insort(self.starts, step)
            self.gap = min(self.gap, each.gap)
            self.decisions += each.exact_decisions
        self.counts += len(steps)
        if horizons is None:
            self.blind -= 1
        else:
            self.reach = max(1.0, sum(held) / len(held))
            self.holding = max(held) > 1
            self.blind = 0 if self.holding else BLIND


class EveryStep(Ladder):
    """The plain loop, which counts every step: what `Ladder` is compared with."""

    def at(self, step: int) -> tuple[Run, int]:
        """Count the step."""
        found = run(self.market, self.start + step * self.step)
        self.counts += 1
        return found, step + 1


def _ended(market: Market, found: Run, left: int, stop: Stop) -> Ended | None:
    open_ = still_open(market, found.bought)
    if not open_:
        return Ended.ALL_FUNDED
    if stop is Stop.EXHAUSTIVE and all(market.costs[project] > left for project in open_):
        return Ended.NOTHING_FITS
    return None


def still_open(market: Market, bought: tuple[int, ...]) -> list[int]:
    """The projects that may still be funded beside `bought`, whatever they cost."""
    shut = set(bought)
    if market.removes is not removes_nothing:
        for place, project in enumerate(bought):
            shut.update(market.removes(project, bought[:place]))
    return [project for project in market.eligible if project not in shut]
