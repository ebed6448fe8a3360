"""Asks the public Equal Shares tool of equalshares.net, which runs under Node; see `equal_shares_side.mjs`.

The tool (MIT) is on no package registry: it is cloned from where its authors publish it, or taken from a folder that
has it already. It counts approval votes by cost.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from peers.answering import Answering

from budget_voting.count.rules import CountRules, Method, Utility

SOURCE: Final = "https://github.com/equalshares/equalshares-compute-tool"
NAME: Final = "equalshares-compute-tool"
WAIT: Final = 120
"""Seconds that fetching may take."""


class NotAvailable(Exception):
    """The tool or Node cannot be had here."""


def install(folder: Path) -> Path:
    """The tool in `folder`; fetched where it is not there yet."""
    tool = folder / NAME
    if shutil.which("node") is None:
        raise NotAvailable("node is not on this PC")
    if not (tool / "js").is_dir():
        try:
            clone = ["git", "clone", "--quiet", "--depth", "1", SOURCE, str(tool)]
            done = subprocess.run(clone, capture_output=True, text=True, timeout=WAIT)
        except (OSError, subprocess.TimeoutExpired) as why:
            raise NotAvailable(str(why)) from why
        if done.returncode:
            raise NotAvailable((done.stderr.strip() or "git failed").splitlines()[-1])
    return tool


def counts(rules: CountRules) -> bool:
    """Whether the tool has these rules."""
    return rules.method is Method.EQUAL_SHARES and rules.utility is Utility.COST and not rules.then_votes


class EqualSharesTool(Answering):
    """Answers tasks; `task` tells the winners and its seconds."""

    def __init__(self, tool: Path) -> None:
        side = Path(__file__).parent / "equal_shares_side.mjs"
        super().__init__(["node", "--max-old-space-size=8192", str(side), str(tool)])

    def task(self, file: Path, rules: CountRules) -> dict[str, Any]:
        """What the tool funds of a file, and how long it read and counted; "error" where it gave up."""
        completion = rules.completion.value if rules.completion else "none"
        return self.ask({"file": str(file), "completion": completion, "step": int(rules.step)})
