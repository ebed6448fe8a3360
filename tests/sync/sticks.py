"""What tests of sticks do: write, carry out, carry in, and look."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.journal.devices import Use, admit, found, trust
from akimat_desk.journal.keys import read_key
from akimat_desk.sync.stick import FOLDER, CarriedFrom, CarriedOut, carry_in, carry_out
from tests.journal.village import COUNTED, PRINTED, Counted, Named, Printed, rows
from tests.sync.conftest import Pc

DAY = date(2026, 11, 20)
NAME = "Айгүл Серікқызы"


def write(pc: Pc, times: int = 1) -> None:
    for _ in range(times):
        with pc.journal.commit() as commit:
            commit.append(COUNTED, Counted(day=DAY, visits=1))
            commit.append(PRINTED, Printed(pages=1, tenge=20), Named(name=NAME))


def out(pc: Pc, stick: Path) -> CarriedOut:
    return carry_out(pc.journal, stick, piece=2000)


def taken_in(pc: Pc, stick: Path, *, admitted: bool = True) -> list[CarriedFrom]:
    return carry_in(pc.journal, stick, admit=lambda _: admitted)


def came(pc: Pc, stick: Path) -> int:
    """How many entries came, with nothing to complain of."""
    carried = taken_in(pc, stick)
    assert [one for one in carried if one.trouble or one.lacking or one.unknown or one.refused or one.forks] == []
    return sum(one.new for one in carried)


def visits(pc: Pc) -> int:
    return sum(row[0] for row in rows(pc.journal, "village_day", "visits"))


def titles(pc: Pc) -> set[Any]:
    return {row[0] for row in rows(pc.journal, "village_printed", "title")}


def same(*pcs: Pc) -> bool:
    return len({str(pc.journal.table_hashes()) for pc in pcs}) == 1


def entries_file(stick: Path, pc: Pc) -> Path:
    return stick / FOLDER / f"{pc.journal.device}.entries"


def receipts_file(stick: Path, pc: Pc) -> Path:
    return stick / FOLDER / f"{pc.journal.device}.receipts"


def make_room(founder: Pc, *others: tuple[Pc, Use]) -> None:
    """One founds the room and lets the others in."""
    with founder.journal.commit() as commit:
        found(commit, "desk")
        for pc, use in others:
            key = read_key(pc.journal.store.home)
            assert key is not None
            admit(commit, pc.journal.device, key.public, use)
    for pc, _ in others:
        key = read_key(founder.journal.store.home)
        assert key is not None
        with pc.journal.store.write() as db:
            trust(db, founder.journal.device, key.public)


def break_stick(
    patch: pytest.MonkeyPatch, stick: Path, number: int, *, after: int = 0, calls_of: str = "open fsync replace unlink"
) -> None:
    """From the `after`-th call on, the system answers what is done on the stick with error `number`."""
    calls = iter(range(1000))

    def breaking(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            first = arguments[0]
            place = os.readlink(f"/proc/self/fd/{first}") if isinstance(first, int) else str(first)
            if place.startswith(str(stick)) and next(calls) >= after:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return call

    for name in calls_of.split():
        patch.setattr(os, name, breaking(getattr(os, name)))
