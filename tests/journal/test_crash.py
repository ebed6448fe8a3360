"""Killed at any step of writing: what was said to be written is there, nothing is there by halves, and it goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal.mark import read_mark
from akimat_desk.journal.tables import here
from tests.journal.village import COUNTED, REGISTRY, Counted, rows

ROOT = Path(__file__).parents[2]
STEPS = (
    "akimat_desk.journal.append:insert",
    "akimat_desk.journal.apply:Applier.own",
    "akimat_desk.journal.append:seal",
    "akimat_desk.journal.append:Commit.seal",
    "akimat_desk.journal.journal:write_mark",
    "akimat_desk.store.durable:replace",
    "akimat_desk.store.durable:sync_folder",
)


def run(home: Home, step: str = "", when: str = "before", count: int = 1) -> list[int]:
    """The seqs the child was told are written before it died."""
    words = [sys.executable, "-m", "tests.journal.crash_child", str(home.data), str(home.keys), step, when, str(count)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert done.returncode == (-9 if step else 0), done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_nothing_that_was_acknowledged_is_lost(home: Home, open_journal: Any, step: str, when: str) -> None:
    acknowledged = run(home, step, when, 3)
    journal = open_journal(REGISTRY, machine="m")
    with journal.store.read() as db:
        now = here(db.connection())
    assert now.head is not None
    assert now.head.epoch == 1
    assert now.head.seq >= max(acknowledged, default=1)
    assert now.head.seq % 2 == 1  # the introduction, then two a commit: no commit by halves
    assert rows(journal, "village_day", "visits") == ([(now.head.seq - 1,)] if now.head.seq > 1 else [])
    assert read_mark(home).head == now.head  # type: ignore[union-attr]
    assert journal.verify() == []
    assert journal.append(COUNTED, Counted(day="2026-11-21", visits=1)).seq == now.head.seq + 1  # type: ignore[arg-type]


def test_several_processes_write_one_chain(home: Home, open_journal: Any) -> None:
    open_journal(REGISTRY, machine="m").store.close()
    words = [sys.executable, "-m", "tests.journal.crash_child", str(home.data), str(home.keys), "", "", "0"]
    children = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    told = [[int(line) for line in child.communicate(timeout=60)[0].split()] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert sorted(seq for seqs in told for seq in seqs) == list(range(3, 122, 2))
    journal = open_journal(REGISTRY, machine="m")
    assert rows(journal, "village_day", "visits") == [(120,)]
    assert journal.verify() == []
    assert read_mark(home).head.seq == 121  # type: ignore[union-attr]
