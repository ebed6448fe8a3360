"""The demo village: made once, made anew when it is not whole, not this program's, or cannot be opened."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.people.sign_in import sign_in
from akimat_desk.people.staff import staff
from akimat_desk.service import find_services
from akimat_desk.shell import demo
from akimat_desk.shell.demo import DONE, demo_home, make_village
from akimat_desk.shell.opening import open_desk

from .conftest import words_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A village, made once for these tests."""
    folder = tmp_path_factory.mktemp("demo")
    return make_village(words_of(find_services()), Home(folder / "data", folder / "keys"))


def _database_is_the_same_after(home: Home, clock: FixedClock) -> bool:
    before = home.database.read_bytes()[:16]  # SQLCipher's salt, random for each database
    make_village(words_of(find_services()), home, clock)
    return home.database.read_bytes()[:16] == before


def test_everybody_signs_in_with_the_pin_of_the_readme(made: Home, clock: FixedClock) -> None:
    from akimat_desk.office.demo import PIN, STAFF

    services = find_services()
    with open_desk(made, clock=clock, words=words_of(services), services=services) as desk:
        people = staff(desk.store)
        assert {one.name for one in people} == {name for name, _ in STAFF}
        for one in people:
            assert sign_in(desk.store, clock, staff=one.id, pin=PIN).name == one.name
    assert PIN in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_second_time_it_is_simply_there(made: Home, clock: FixedClock) -> None:
    assert _database_is_the_same_after(made, clock)


@pytest.fixture
def copied(made: Home, home: Home) -> Home:
    """A village to spoil."""
    for there, here in ((made.data, home.data), (made.keys, home.keys)):
        shutil.copytree(there, here, dirs_exist_ok=True)
    return home


def test_one_that_was_broken_off_is_made_anew(copied: Home, clock: FixedClock) -> None:
    (copied.data / DONE).unlink()
    assert not _database_is_the_same_after(copied, clock)


def test_one_of_another_version_is_made_anew(copied: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "version", lambda _: "9.9.9")
    assert not _database_is_the_same_after(copied, clock)
    assert json.loads((copied.data / DONE).read_text(encoding="utf-8"))[0] == "9.9.9"
    assert _database_is_the_same_after(copied, clock)


def test_one_that_cannot_be_opened_is_made_anew(copied: Home, clock: FixedClock) -> None:
    copied.database.write_bytes(b"nothing")
    assert not _database_is_the_same_after(copied, clock)


def test_it_lies_beside_a_real_desk_unless_a_place_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert demo_home().data != Home.find().data
