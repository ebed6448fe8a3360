"""One count, from ballots and rules to the result."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from budget_voting.count.ballots import Group, both, places, support, totals
from budget_voting.count.certificate import CertifiedRun, certify
from budget_voting.count.completion import Completed, add_one
from budget_voting.count.election import Election
from budget_voting.count.limits import Together, together
from budget_voting.count.market import Market, removes_nothing
from budget_voting.count.phragmen import Phragmen, phragmen
from budget_voting.count.result import Certificate, Fate, Result, TieReport, Why
from budget_voting.count.rules import CountRules, Method, Utility
from budget_voting.count.shares_run import Run, run
from budget_voting.count.support import Ints, Support
from budget_voting.count.ties import settled_by, tie_order
from budget_voting.count.vote_count import Considered, count_votes, tied_turns, votes_short


def count(election: Election, rules: CountRules) -> Result:
    """The winners of `election` by `rules`; raises `RuleRefused` where they do not fit the ballots."""
    return _Count(election, rules.checked(election.kind)).result()


@dataclass
class _Count:
    election: Election
    rules: CountRules

    def __post_init__(self) -> None:
        began = time.process_time()
        election, rules = self.election, self.rules
        ballots = election.ballots
        self.group: Group = both(ballots.valid, ballots.invalid) if rules.count_invalid else ballots.valid
        self.costs = tuple(project.cost for project in election.projects)
        many = len(self.costs)
        self.votes = tuple(totals(self.group, None, many))
        self.points = self._points()
        self.scores = self.votes if self.points is None else tuple(totals(self.group, self.points, many))
        self.order = tie_order(election, rules, self.votes)
        self.limits: Together = together(election, rules)
        named = int(self.group.times.sum()) + ballots.blank
        self.voters = ballots.cast if rules.share_with_all else named
        self.fates: dict[int, Fate] = {}
        self.eligible = self._eligible()
        self.seconds = {"group": time.process_time() - began}

    def _points(self) -> Ints | None:
        """What each ballot gives each project it names, where that is not simply one."""
        if self.rules.utility is Utility.POINTS and self.group.points is not None:
            return self.group.points
        if self.rules.utility in (Utility.BORDA, Utility.POINTS):
            return places(self.group, self.election.ballots.longest)
        return None

    def _eligible(self) -> tuple[int, ...]:
        """The projects that may win at all; of the others it is told why not."""
        election, rules = self.election, self.rules
        never = self.limits.never()
        least = election.min_score * (election.ballots.scale if self.points is self.group.points else 1)
        found = []
        for project, votes in enumerate(self.votes):
            if not votes:
                fate = Fate(project, Why.NO_VOTES)
            elif votes < rules.min_votes:
                fate = Fate(project, Why.TOO_FEW_VOTES, short=rules.min_votes - votes)
            elif self.scores[project] < least:
                fate = Fate(project, Why.TOO_FEW_POINTS, short=least - self.scores[project])
            elif self.costs[project] > election.budget:
                fate = Fate(project, Why.DEARER_THAN_ALL, short=self.costs[project] - election.budget)
            elif project in never:
                fate = Fate(project, Why.CEILING, short=never[project].short, ceiling=never[project].ceiling)
            else:
                found.append(project)
                continue
            self.fates[project] = fate
        return tuple(found)

    def result(self) -> Result:
        began = time.process_time()
        method = self.rules.method
        if method is Method.EQUAL_SHARES:
            found = self._equal_shares()
        elif method is Method.PHRAGMEN:
            found = self._phragmen()
        else:
            found = self._by_votes()
        self.seconds["count"] = time.process_time() - began
        return replace(found, seconds=self.seconds)

    # plain counts

    def _by_votes(self) -> Result:
        turns = self._turns(self.eligible, self.election.budget, self.rules.method)
        won = self._tell_turns(turns, 0, by_votes=False)
        ties = self._tied_turns(turns, self.election.budget, self.rules.method)
        return self._done(won, ties, Certificate(True, None, 0, 0), turns=turns)

    def _turns(
        self,
        eligible: Sequence[int],
        budget: int,
        method: Method,
        funded: Sequence[int] = (),
        order: Sequence[int] | None = None,
    ) -> tuple[Considered, ...]:
        order = self.order if order is None else order
        return count_votes(
            self.scores, self.costs, eligible, order, budget, method, self.rules.covered, self.limits, funded
        )

    def _tied_turns(
        self, turns: Sequence[Considered], budget: int, method: Method, funded: Sequence[int] = ()
    ) -> tuple[TieReport, ...]:
        """The ties that decided, each at the step where the first of the tied had its turn."""
        eligible = [turn.project for turn in turns]
        found = tied_turns(
            self.scores,
            self.costs,
            self.order,
            turns,
            lambda order: self._turns(eligible, budget, method, funded, order),
        )
        won = [self.fates[project].why.won for project in eligible]
        return tuple(
            self._tie(len(funded) + sum(won[: min(eligible.index(one) for one in tied)]), tied) for tied in found
        )

    def _tell_turns(self, turns: Sequence[Considered], steps: int, *, by_votes: bool) -> list[int]:
        """Tell the fate of everybody who had a turn; returns the winners."""
        won: list[int] = []
        for turn in turns:
            project, cost = turn.project, self.costs[turn.project]
            if turn.got or (cost == 0 and not turn.after_end and turn.shut is None):
                won.append(project)
                why = Why.FUNDED if cost <= turn.left else Why.PART_FUNDED if turn.got < cost else Why.COVERED
                short = max(0, cost - turn.left)
                self.fates[project] = Fate(project, why, steps + len(won), turn.got, by_votes, short)
                continue
            if project in self.fates and by_votes:
                continue
            if turn.shut is not None:
                rival, ceiling = turn.shut.rival, turn.shut.ceiling
                why = Why.CEILING if rival is None else Why.RIVAL
                self.fates[project] = Fate(project, why, short=turn.shut.short, rival=rival, ceiling=ceiling)
                continue
            why = Why.AFTER_END if turn.after_end else Why.NO_ROOM
            more = votes_short(self.scores, self.costs, self._order_of_equals(), turns, project)
            short = max(0, cost - turn.left)
            self.fates[project] = Fate(project, why, by_votes=by_votes, short=short, votes_short=more)
        return won

    def _order_of_equals(self) -> Sequence[int]:
        """The order that settles ties between projects with as many votes. How many voters would bring missing points
        nobody knows; there it is the order of now.
        """
        if self.rules.utility is not Utility.VOTES:
            return self.order
        return tie_order(self.election, self.rules, (0,) * len(self.costs))

    # Equal Shares

    def _equal_shares(self) -> Result:
        election, rules = self.election, self.rules
        free, paid = self._free()
        if not self.voters or not paid:
            return self._completed_by_votes(free, (), Certificate(True, None, 0, 0))
        market = Market(
            self._support(),
            self.costs,
            self.costs if rules.utility is Utility.COST else (1,) * len(self.costs),
            tuple(paid),
            self.order,
            self.limits.removes if self.limits.any else removes_nothing,
        )
        start = Fraction(election.budget, self.voters)
        completed: Completed | None = None
        if rules.completion is None:
            final = run(market, start)
            gap, decisions = final.gap, final.exact_decisions
        else:
            completed = add_one(market, election.budget, rules.step * election.coin, rules.completion)
            final, gap, decisions = completed.run, completed.gap, completed.exact_decisions
        proof = certify(market, final.share, final.bought, gap, decisions)
        self._tell_shares(market, final, proof, len(free))
        ties = tuple(self._tie(tie.step + len(free), tie.projects) for tie in final.ties)
        found = self._completed_by_votes([*free, *final.bought], ties, proof.certificate)
        return replace(
            found,
            start_share=start,
            share=final.share,
            steps=proof.steps,
            completed=completed,
            ended=completed.ended if completed else None,
            market=market,
        )

    def _free(self) -> tuple[list[int], list[int]]:
        """With Equal Shares: projects that cost nothing and are funded at once, and those that are for sale."""
        free = [project for project in self.eligible if not self.costs[project]]
        paid = [project for project in self.eligible if self.costs[project]]
        if self.rules.utility is Utility.COST:
            for project in free:
                self.fates[project] = Fate(project, Why.FREE)
            free = []
        for place, project in enumerate(free):
            self.fates[project] = Fate(project, Why.FUNDED, place + 1)
        return free, paid

    def _support(self) -> Support:
        return support(self.group, self.points, len(self.costs), self.voters, twice=self.rules.count_invalid)

    def _tell_shares(self, market: Market, final: Run, proof: CertifiedRun, before: int) -> None:
        for place, project in enumerate(final.bought):
            self.fates[project] = Fate(project, Why.FUNDED, before + place + 1, self.costs[project])
        self._tell_shut(final.bought)
        for project in market.eligible:
            if project not in self.fates:
                self.fates[project] = Fate(project, Why.MONEY_SPENT, short=proof.exact.short_of(project))

    def _tell_shut(self, bought: Sequence[int]) -> None:
        """Tell the fate of whoever a limit shut out, after `bought` were funded."""
        for place, project in enumerate(bought):
            for other, shut in self.limits.shuts(project, tuple(bought[:place])).items():
                if other in self.eligible and other not in self.fates:
                    why = Why.CEILING if shut.rival is None else Why.RIVAL
                    self.fates[other] = Fate(other, why, short=shut.short, rival=shut.rival, ceiling=shut.ceiling)

    # Phragmén

    def _phragmen(self) -> Result:
        eligible = self.eligible
        found: Phragmen = phragmen(self._support(), self.costs, eligible, self.order, self.election.budget, self.limits)
        bought = [each.project for each in found.bought]
        for place, project in enumerate(bought):
            self.fates[project] = Fate(project, Why.FUNDED, place + 1, self.costs[project])
        self._tell_shut(bought)
        left = self.election.budget - sum(self.costs[project] for project in bought)
        for project in found.times:
            why = Why.NO_ROOM if project in found.next and self.costs[project] > left else Why.TOO_LATE
            self.fates[project] = Fate(project, why, short=max(0, self.costs[project] - left))
        ties = tuple(self._tie(place, each.tied) for place, each in enumerate(found.bought) if each.tied)
        result = self._completed_by_votes(bought, ties, Certificate(True, None, 0, 0))
        return replace(result, purchases=found)

    # the end

    def _completed_by_votes(self, won: Sequence[int], ties: Sequence[TieReport], certificate: Certificate) -> Result:
        """Spend what is left by votes, where the rules say so."""
        winners = list(won)
        turns: tuple[Considered, ...] = ()
        if self.rules.then_votes:
            rest = [project for project in self.eligible if project not in set(won)]
            left = self.election.budget - sum(self.costs[project] for project in won)
            turns = self._turns(rest, left, Method.VOTES, won)
            winners += self._tell_turns(turns, len(won), by_votes=True)
            ties = (*ties, *self._tied_turns(turns, left, Method.VOTES, won))
        return self._done(winners, tuple(ties), certificate, turns=turns)

    def _tie(self, step: int, tied: Sequence[int]) -> TieReport:
        """A tie at a step, counted from zero here and from one in the report."""
        return TieReport(step + 1, tuple(tied), settled_by(self.election, self.rules, self.votes, tied))

    def _done(
        self,
        winners: Sequence[int],
        ties: tuple[TieReport, ...],
        certificate: Certificate,
        turns: tuple[Considered, ...] = (),
    ) -> Result:
        fates = tuple(self.fates[project] for project in range(len(self.costs)))
        total = sum(fate.got for fate in fates)
        return Result(
            self.election,
            self.rules,
            fates,
            tuple(winners),
            total,
            self.voters,
            self.votes,
            self.scores,
            ties,
            certificate,
            turns=turns,
            seconds={},
        )
