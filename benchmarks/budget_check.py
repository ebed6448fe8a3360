"""Counts invented elections here and with pabutools, every rule and utility both have, and compares the winners.

    python benchmarks/budget_check.py --elections 3000 [--first 0] [--peers DIR] [--record FILE]

With --record the peer's winners are kept for `tests/budget_voting/count/test_other_programs.py`, two rules an
election. pabutools is fetched with pip into DIR, or into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from peers.pabutools_peer import VERSION, Pabutools, install, masks

from budget_voting.count.counting import count
from budget_voting.count.invented import awkward_election
from budget_voting.count.pabulib import write_pabulib
from budget_voting.count.reading import election_of


def main() -> int:
    """Compare, and tell what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--elections", type=int, default=3000, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--record", type=Path, metavar="FILE")
    given = parser.parse_args()
    began, counts, differ = time.monotonic(), 0, 0
    recorded: dict[str, list[list[int]]] = {}
    with (
        nullcontext(given.peers) if given.peers else tempfile.TemporaryDirectory() as folder,
        Pabutools(install(Path(folder))) as peer,
        tempfile.TemporaryDirectory() as scratch,
    ):
        for seed in range(given.first, given.first + given.elections):
            cells, rules = awkward_election(seed)
            file = Path(scratch) / "election.pb"
            file.write_text(write_pabulib(cells), encoding="utf-8")
            election = election_of(cells)
            ids = [project.id for project in election.projects]
            chosen = range(len(rules)) if not given.record else sorted({seed % len(rules), (seed // 7) % len(rules)})
            for place in chosen:
                found = count(election, rules[place])
                ours = sum(1 << project for project in found.winners)
                supported = [id_ for id_, votes in zip(ids, found.votes, strict=True) if votes]
                theirs = masks([id_ for id_ in peer.task(file, rules[place])["winners"] if id_ in supported], ids)
                counts += 1
                if ours != theirs:
                    differ += 1
                    print(f"seed {seed}, rule {place}: ours {ours:b}, pabutools {theirs:b}: {rules[place]}")
                recorded.setdefault(str(seed), []).append([place, theirs])
    if given.record:
        given.record.write_text(json.dumps({"pabutools": VERSION, "winners": recorded}, separators=(",", ":")) + "\n")
    minutes = (time.monotonic() - began) / 60
    print(f"{given.elections} elections, {counts} counts, {differ} differ from pabutools {VERSION}; {minutes:.1f} min")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
