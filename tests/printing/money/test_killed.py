"""kill -9 at the cash desk: what a resident was told to be paid is paid, and nothing is paid by halves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from akimat_desk.people.staff import SignedIn
from printing.money import days, records

ROOT = Path(__file__).resolve().parent.parent.parent.parent


@pytest.mark.parametrize("after", [1, 7, 20])
def test_no_coin_is_lost_when_the_desk_is_killed(journal: Journal, aigul: SignedIn, home: Home, after: int) -> None:
    call = [sys.executable, "-m", "tests.printing.money.paying_child", str(home.data), str(home.keys), aigul.staff]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        told = [desk.stdout.readline().strip() for _ in range(after)]
        desk.kill()
        told += [line.strip() for line in desk.stdout if len(line) == 33]  # whole lines that were still on their way
    with journal.store.read() as db:
        lines = records.postings_in(db, records.Span())
        drawer = days.open_day(db).drawer
    assert set(told) <= {line.charge for line in lines}
    assert len(lines) <= len(told) + 1  # one may be written whose change was not shown yet
    assert {(line.what, line.paid) for line in lines} == {("payment", 80)}
    assert drawer.expected == 80 * len(lines)
