"""What `test.py` does once it runs on a suitable Python: set up, check, test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer import system
from installer.environment import ROOT, Environment, clean
from installer.leaving import orderly, run
from installer.progress import Stop, say, spent, stopped

CHECKS = (
    ("style", ("ruff", "check", "--quiet")),
    ("format", ("ruff", "format", "--check", "--quiet")),
    ("types", ("mypy", "--no-error-summary")),
    ("the law of arrows", ("lint-imports", "--no-logo")),
)
"""Named commands of the environment; each says nothing of use while it is content."""

AT_ONCE = ("--numprocesses=auto", "--dist=worksteal")
"""All tests on all cores; a few named ones are sooner done by one process. Ends of files go to whoever is idle."""


def main(arguments: Sequence[str]) -> int:
    """All checks and all tests, or pytest alone with `arguments`; 0 when everything passed."""
    try:
        with orderly():
            environment = Environment()
            system.bring(system.to_test(), environment.log)
            python = environment.ensure("test")
            if not arguments:
                broken = [name for name, call in CHECKS if not passes(name, call, python)]
                if broken:
                    raise Stop(f"{', '.join(broken)} must be put right first; pytest was not started")
            return run([python, "-m", "pytest", *(arguments or AT_ONCE)], folder=ROOT, environment=clean(os.environ))
    except Stop as why:
        return stopped(why)


def passes(name: str, call: Sequence[str], python: Path) -> bool:
    """Run one check and say how it went; its own words only when it found something."""
    begun = time.monotonic()
    ended = subprocess.run(
        [python.parent / call[0], *call[1:]],
        cwd=ROOT,
        env=clean(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if ended.returncode:
        sys.stdout.flush()
        sys.stdout.buffer.write(ended.stdout)
    verdict = "found something" if ended.returncode else "good"
    say(f"{name} ({' '.join(call)}): {verdict}, {spent(time.monotonic() - begun)}")
    return ended.returncode == 0
