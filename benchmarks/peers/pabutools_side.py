"""The pabutools side of the cross-check and of the benchmark; runs in an environment of its own that has pabutools.

Reads one JSON task a line: {"file", "rule", "utility", "completion", "step"}; answers each with one line
{"winners", "read", "seconds"}. pabutools is under the GPL, so nothing of it comes into the desk's own environment.
"""

import json
import sys
import time
from typing import Any

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.election.satisfaction import AdditiveSatisfaction
from pabutools.rules import exhaustion_by_budget_increase, greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.rules.phragmen import sequential_phragmen


def worth(name: str) -> tuple[Any, Any]:
    """A satisfaction by points of the ballot, times the cost where a plain count is wanted."""

    def points(ballot: Any, project: Any) -> Any:
        if project not in ballot:
            return 0
        if "borda" in name:
            return points.longest - list(ballot).index(project)
        return ballot[project] if hasattr(ballot, "keys") else 1

    class Worth(AdditiveSatisfaction):
        def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
            def value(_instance: Any, _profile: Any, own: Any, project: Any, _known: Any) -> Any:
                return points(own, project) * (project.cost if name.startswith("plain") else 1)

            super().__init__(instance, profile, ballot, value)

    return Worth, points


def utility_of(task: dict[str, Any], instance: Any, profile: Any) -> Any:
    """The satisfaction that goes with a rule and a utility."""
    plain = task["rule"].startswith("votes")
    if not plain and task["utility"] == "cardinality":
        return Cardinality_Sat
    if task["utility"] == "cost" or (plain and task["utility"] == "votes"):
        return Cost_Sat
    found, points = worth(("plain " if plain else "") + task["utility"])
    points.longest = int(instance.meta.get("max_length", 0)) or max(len(ballot) for ballot in profile)
    return found


def winners(task: dict[str, Any], instance: Any, profile: Any) -> Any:
    """What pabutools funds."""
    if task["rule"] == "phragmen":
        return sequential_phragmen(instance, profile)
    satisfaction = utility_of(task, instance, profile)
    if task["rule"] == "votes":
        return greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction)
    step, completion = task.get("step", 1), task.get("completion", "none")
    if completion == "add1":
        return method_of_equal_shares(instance, profile, sat_class=satisfaction, voter_budget_increment=step)
    if completion == "none":
        return method_of_equal_shares(instance, profile, sat_class=satisfaction)
    return exhaustion_by_budget_increase(
        instance,
        profile,
        method_of_equal_shares,
        {"sat_class": satisfaction},
        exhaustive_stop=False,
        budget_step=step * profile.num_ballots(),
        budget_bound=(sum(project.cost for project in instance) + step) * profile.num_ballots(),
    )


def main() -> None:
    """Answer tasks until there are no more."""
    for line in sys.stdin:
        task = json.loads(line)
        began = time.process_time()
        instance, profile = parse_pabulib(task["file"])
        profile = profile.as_multiprofile()
        read = time.process_time() - began
        began = time.process_time()
        won = winners(task, instance, profile)
        seconds = time.process_time() - began
        answer = {"winners": sorted(project.name for project in won), "read": read, "seconds": seconds}
        print(json.dumps(answer), flush=True)


main()
