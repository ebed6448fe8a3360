"""The steps of Add1 at which not enough can be spent to end, whoever wins: they need no count.

Only projects whose supporters can pay them together are funded. All winners together cost at most what all of these
cost, and at most what the voters have who support one of them. While either leaves the money for another project,
nothing ends: that one still fits, and the budget is not overspent.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from itertools import accumulate

import numpy as np

from budget_voting.count.market import Market, removes_nothing


def first_that_may_end(market: Market, budget: int, start: Fraction, step: Fraction) -> int:
    """The first number of steps after which Add1 may end; those before need no count."""
    if market.removes is not removes_nothing:
        return 0  # what cannot be paid yet may be shut out
    spendable = Spendable(market)
    if not spendable.goes_on(start, budget):
        return 0
    on, ended = 0, 1
    while spendable.goes_on(start + ended * step, budget):
        on, ended = ended, 2 * ended
    while ended - on > 1:
        middle = (on + ended) // 2
        if spendable.goes_on(start + middle * step, budget):
            on = middle
        else:
            ended = middle
    return ended


class Spendable:
    """What can be spent at most. Projects stand in the order of the shares from which their supporters can pay them."""

    def __init__(self, market: Market) -> None:
        support = market.support
        price = {each: Fraction(market.costs[each], support.votes[each]) for each in market.eligible}
        order = sorted(price, key=price.__getitem__)
        self.shares = [price[each] for each in order]
        costs = [market.costs[each] for each in order]
        self.dearness = list(accumulate(costs, initial=0))
        """What the first so many projects cost together."""
        self.cheapest = list(accumulate(reversed(costs), min))[::-1]
        """The cost of the cheapest project from each on."""
        place = np.full(len(market.costs), len(order))
        place[order] = np.arange(len(order))
        first = np.full(len(support.weights), len(order))
        np.minimum.at(first, support.named.rows, place[support.named.projects])
        self.voters = np.cumsum(np.bincount(first, support.weights, len(order) + 1)).tolist()
        """Those who support one of the first so many projects and one more."""

    def goes_on(self, share: Fraction, budget: int) -> bool:
        """Whether Add1 surely does not end with such a share."""
        able = bisect_right(self.shares, share)
        if able == len(self.shares):
            return False
        money = share * int(self.voters[able - 1]) if able else 0
        return min(self.dearness[able], money) + self.cheapest[able] <= budget
