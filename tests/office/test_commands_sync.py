"""`akimat-desk sync`: what a person reads of it, and what a program does."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.journal.devices import admit, found, trust
from akimat_desk.journal.keys import read_key
from akimat_desk.office import commands_sync
from akimat_desk.service import Call, Desk
from akimat_desk.store import Store
from akimat_desk.sync.stick import FOLDER
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Counted, Named, Printed

WORDS = Translator((), "en")
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[tuple[Journal, Journal]]:
    """Two staff PCs of one room; the first has printed something."""
    with ExitStack() as stack:
        journals = []
        for name in ("one", "two"):
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            journals.append(Journal.open(store, REGISTRY, clock, machine=name))
        one, two = journals
        with one.commit() as commit:
            found(commit, "desk")
            admit(commit, two.device, _key(two), "desk")
        with two.store.write() as db:
            trust(db, one.device, _key(one))
        one.append(COUNTED, Counted(day=date(2026, 11, 20), visits=3))
        one.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
        yield one, two


def _key(journal: Journal) -> bytes:
    key = read_key(journal.store.home)
    assert key is not None
    return key.public


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(journal: Journal, *arguments: str, as_json: bool = True) -> tuple[int, Any]:
        parser = argparse.ArgumentParser()
        commands_sync.add(parser)
        parsed = parser.parse_args(arguments)
        parsed.json = as_json
        desk = Desk(journal.store.home, journal.clock, journal.store, journal, WORDS, ())
        code = commands_sync.run(Call(parsed, WORDS, journal.store.home, desk))
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json else out.splitlines()

    return call


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_out_here_and_in_there(room: tuple[Journal, Journal], stick: Path, run: Run) -> None:
    one, two = room
    code, written = run(one, "carry-out", str(stick))
    assert (code, written["entries"], written["parts"], written["parts_left"]) == (0, 5, 1, 0)
    assert written["bytes"] == sum(file.stat().st_size for file in (stick / FOLDER).iterdir())
    expected = {
        "device": one.device,
        "new": 5,
        "parts": 1,
        "receipted": False,
        "lacking": [],
        "unknown": [],
        "refused": [],
        "forks": [],
        "trouble": None,
    }
    assert run(two, "carry-in", str(stick)) == (0, [expected])


def test_what_a_person_reads(room: tuple[Journal, Journal], stick: Path, run: Run) -> None:
    one, two = room
    assert run(two, "carry-in", str(stick), as_json=False) == (0, ["There is nothing from other PCs on the stick."])
    assert run(one, "carry-out", str(stick), as_json=False) == (
        0,
        ["On the stick now: entries 5, 2 KB.", "Names go with them, readable on this room's staff PCs only."],
    )
    assert run(two, "carry-in", str(stick), as_json=False) == (0, [f"PC {one.device[:8]}: new entries 5."])
    run(two, "carry-out", str(stick))
    assert run(one, "carry-in", str(stick), as_json=False) == (
        0,
        [
            f"PC {two.device[:8]}: new entries 1.",
            f"PC {two.device[:8]} holds everything this PC has written.",
        ],
    )


def test_what_was_not_taken_in_is_told_and_is_no_success(
    room: tuple[Journal, Journal], stick: Path, run: Run, home: Home, clock: FixedClock
) -> None:
    one, two = room
    run(one, "carry-out", str(stick))
    file = stick / FOLDER / f"{one.device}.entries"
    file.write_bytes(file.read_bytes()[:-1])
    code, lines = run(two, "carry-in", str(stick), as_json=False)
    assert code == 3
    assert lines[1].startswith(f"The file of PC {one.device[:8]} on the stick is damaged.")


def test_a_stranger_brings_nothing(room: tuple[Journal, Journal], stick: Path, run: Run, tmp_path: Path) -> None:
    one, _ = room
    run(one, "carry-out", str(stick))
    home = Home(tmp_path / "far" / "desk", tmp_path / "far" / "keys").ensure()
    store = Store.open(home, migrations=MIGRATIONS, create=True)
    try:
        stranger = Journal.open(store, REGISTRY, machine="far")
        code, lines = run(stranger, "carry-in", str(stick), as_json=False)
    finally:
        store.close()
    assert (code, lines) == (
        3,
        [
            f"PC {one.device[:8]}: new entries 0.",
            f"PC {one.device[:8]} is not of this room. Nothing of it was taken in.",
        ],
    )


def test_histories_are_simulated_without_a_desk_and_all_hold(capsys: pytest.CaptureFixture[str], home: Home) -> None:
    parser = argparse.ArgumentParser()
    commands_sync.add(parser)
    arguments = parser.parse_args(["simulate", "--seed", "the room", "--histories", "2", "--first", "3"])
    assert not arguments.needs_village
    arguments.json = True
    assert commands_sync.run(Call(arguments, WORDS, home, None)) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["histories"], said["first"], said["failed"]) == (2, 3, [])
    assert not home.database.exists()


def test_a_history_that_fails_is_told_with_what_to_type_to_see_it_again(
    capsys: pytest.CaptureFixture[str], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.sync.simulation import history

    failure = history.Failure("every journal is whole", "Asan: []", ("Asan goes off", "Asan goes on"))
    monkeypatch.setattr(history, "simulate", lambda *_, **__: [history.Failed(7, 30, failure)])
    parser = argparse.ArgumentParser()
    commands_sync.add(parser)
    arguments = parser.parse_args(["simulate", "--seed", "two words"])
    assert commands_sync.run(Call(arguments, WORDS, home, None)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "History 7 of seed two words does not hold:",
        "  every journal is whole: Asan: []",
        "    1. Asan goes off",
        "    2. Asan goes on",
        "Once more: akimat-desk sync simulate --seed 'two words' --first 7 --histories 1",
    ]
    assert lines[5].endswith("Failed: 1.")
