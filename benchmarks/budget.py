"""How fast a budget vote is read and counted; pabutools and the tool of equalshares.net count the same files beside it.

    python benchmarks/budget.py [--invented village town city] [--files FILE ...] [--large 100000] [--runs 3]
                                [--patience 300] [--without-peer] [--peers DIR] [--json]

The files: a village (2,000 voters, 20 projects), a town (20,000 and 40) and a city (100,000 and 160), all invented, and
those that are named. Ours is exact; pabutools runs on gmpy2 fractions and a grouped profile, the tool on floats. Times
are of work on one core: "read" to grouped ballots, "count" to winners with the certificate. The peers' winners must be
the same. pabutools is fetched with pip into DIR, or into a folder that is thrown away, and the tool is cloned there; a
peer that cannot be had is told so. It may take minutes. A count that took more than --patience seconds is not repeated
for other rules of the same file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from peers.equal_shares_peer import EqualSharesTool, NotAvailable, counts
from peers.equal_shares_peer import install as install_tool
from peers.pabutools_peer import Pabutools, install

from budget_voting.count.completion import Stop
from budget_voting.count.counting import count
from budget_voting.count.invented import large_election
from budget_voting.count.pabulib import write_pabulib
from budget_voting.count.reading import read_election
from budget_voting.count.rules import CountRules, Method, TieOrder, Utility

RULES = {
    "votes": CountRules(ties=TieOrder.ID),
    "equal shares, cost": CountRules(Method.EQUAL_SHARES, Utility.COST, ties=TieOrder.ID),
    "equal shares, cost, Add1": CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.EXHAUSTIVE, ties=TieOrder.ID),
    "equal shares, cardinality, Add1": CountRules(
        Method.EQUAL_SHARES, Utility.CARDINALITY, Stop.EXHAUSTIVE, ties=TieOrder.ID
    ),
    "phragmen": CountRules(Method.PHRAGMEN, ties=TieOrder.ID),
}
UNTIL = CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.OVERSPEND, ties=TieOrder.ID)


def files(folder: Path, large: int, wanted: Sequence[str]) -> dict[str, Path]:
    """The invented ones."""
    sizes = {"village": (2_000, 20, 5_000), "town": (20_000, 40, 1_000), "city": (large, 160, 120)}
    found = {}
    for name, (voters, projects, share) in sizes.items():
        if name not in wanted:
            continue
        found[name] = folder / f"{name}.pb"
        found[name].write_text(write_pabulib(large_election(1, voters, projects, share=share)), encoding="utf-8")
    return found


def ours(file: Path, rules: CountRules, runs: int) -> dict[str, Any]:
    """The best of several runs."""
    best: dict[str, Any] = {}
    for _ in range(runs):
        began = time.process_time()
        election = read_election(file)
        read = time.process_time() - began
        began = time.process_time()
        result = count(election, rules)
        counted = time.process_time() - began
        if not best or read + counted < best["read"] + best["count"]:
            names = sorted(election.projects[project].id for project in result.winners)
            best = {
                "read": read,
                "count": counted,
                "winners": names,
                "shares": result.completed.counts if result.completed else 1,
                "steps": result.completed.steps if result.completed else 0,
            }
    return best


def measure(
    file: Path, peer: Pabutools | None, tool: EqualSharesTool | None, runs: int, patience: float
) -> dict[str, dict[str, Any]]:
    """Every rule on one file."""
    found: dict[str, dict[str, Any]] = {}
    tired, tool_tired = peer is None, tool is None
    for name, rules in (RULES | {"equal shares, cost, Add1 until overspend": UNTIL}).items():
        mine = ours(file, rules, runs)
        told = {key: mine[key] for key in ("read", "count", "shares", "steps")}
        if peer is not None and not tired and rules is not UNTIL:
            theirs = peer.task(file, rules)
            told |= beside(mine, theirs, "peer")
            told["same winners"] = theirs["winners"] == mine["winners"]
            tired = theirs["seconds"] > patience
        if tool is not None and not tool_tired and counts(rules):
            theirs = tool.task(file, rules)
            if "error" in theirs:
                told["tool gave up"] = theirs["error"]
            else:
                told |= beside(mine, theirs, "tool")
                by_cost = ours(file, replace(rules, ties=TieOrder.CHEAPEST_VOTES_ID), 1)
                told["tool, same winners"] = theirs["winners"] == by_cost["winners"]
                tool_tired = theirs["seconds"] > patience
        found[name] = told
        print(f"  {name}: {told}", file=sys.stderr, flush=True)
    return found


def beside(mine: dict[str, Any], theirs: dict[str, Any], who: str) -> dict[str, Any]:
    """Their seconds, and how many times ours they are."""
    prefix = "" if who == "peer" else f"{who}, "
    return {
        f"{who} read": theirs["read"],
        f"{who} count": theirs["seconds"],
        f"{prefix}times": (theirs["read"] + theirs["seconds"]) / (mine["read"] + mine["count"]),
        f"{prefix}times, count alone": theirs["seconds"] / mine["count"],
    }


def linear(folder: Path) -> dict[str, float]:
    """Microseconds of counting a distinct ballot, for more and more of them; one plain run of Equal Shares."""
    found = {}
    for voters in (10_000, 20_000, 40_000, 80_000):
        file = folder / "growing.pb"
        file.write_text(write_pabulib(large_election(2, voters, 60, share=500)), encoding="utf-8")
        election = read_election(file)
        best = min(_seconds(election, RULES["equal shares, cost"]) for _ in range(3))
        found[str(len(election.ballots.valid.times))] = round(best / len(election.ballots.valid.times) * 1e6, 3)
    return found


def _seconds(election: Any, rules: CountRules) -> float:
    began = time.process_time()
    count(election, rules)
    return time.process_time() - began


def table(found: dict[str, dict[str, dict[str, Any]]]) -> Sequence[str]:
    """The figures in lines."""
    lines = []
    for file, rules in found.items():
        lines.append(file)
        for name, told in rules.items():
            line = f"  {name:<42} read {told['read'] * 1e3:7.1f} ms  count {told['count'] * 1e3:8.1f} ms"
            if told["steps"]:
                line += f"  {told['shares']} shares counted for {told['steps']} steps"
            if "times" in told:
                line += f"  pabutools {told['peer read'] + told['peer count']:.2f} s, {told['times']:.0f} times"
                line += "" if told["same winners"] else "  OTHER WINNERS"
            if "tool, times" in told:
                line += (
                    f"  equalshares.net {told['tool read'] + told['tool count']:.2f} s, {told['tool, times']:.0f} times"
                )
                line += "" if told["tool, same winners"] else "  OTHER WINNERS"
            lines.append(line)
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("--invented", nargs="*", default=["village", "town", "city"], metavar="NAME")
    parser.add_argument("--large", type=int, default=100_000, metavar="VOTERS")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=300.0, metavar="SECONDS")
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peer = tool = None
        if not given.without_peer:
            peer = stack.enter_context(Pabutools(install(given.peers or folder)))
            try:
                tool = stack.enter_context(EqualSharesTool(install_tool(given.peers or folder)))
            except NotAvailable as why:
                print(f"the tool of equalshares.net is not available: {why}", file=sys.stderr)
        chosen = files(folder, given.large, given.invented) | {file.stem: file for file in given.files}
        memory = 0.0
        found = {}
        for name, file in chosen.items():
            print(name, file=sys.stderr, flush=True)
            found[name] = measure(file, peer, tool, given.runs, given.patience)
            if name == "city":
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = linear(folder)
    if given.json:
        print(json.dumps({"files": found, "peak MB": memory, "microseconds a ballot": growth}, indent=1))
    else:
        print("\n".join(table(found)))
        print(f"peak memory of this process, files made included: {memory:.0f} MB")
        print("microseconds of a plain run of Equal Shares by distinct ballots:", growth)


if __name__ == "__main__":
    main()
