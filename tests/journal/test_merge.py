"""The rules of merging, told by examples; that order does not matter is in test_convergence."""

from __future__ import annotations

from datetime import date
from typing import Any

import peewee
import pytest

from akimat_desk.journal import Code, Entry, Facts, Id, Kind, Registry, merge
from akimat_desk.journal.merge import Conflict, Edit, KeyForm, NoEntryColumn, settle
from akimat_desk.store import Database
from tests.journal.village import (
    COUNTED,
    EDITED,
    NOON_MS,
    REGISTERED,
    REGISTRY,
    Author,
    Counted,
    DayRow,
    Edited,
    Named,
    Registered,
    ResidentRow,
    rows,
    undone,
)

RESIDENT = "1" * 32
DAY = date(2026, 11, 20)


@pytest.fixture
def journal(open_journal: Any) -> Any:
    return open_journal(REGISTRY)


def receive(journal: Any, *authors: Author) -> None:
    journal.receive([author.batch() for author in authors], admit=lambda _: True, keeps_personal=True)


def lost(journal: Any) -> list[tuple[str, str, str]]:
    with journal.store.read() as db:
        return [(one.field, one.winner, one.loser) for one in merge.conflicts(db)]


# ---- edits


def edit(entry: str, at: int, replaces: tuple[str, ...] = (), **fields: Any) -> Edit:
    return Edit(entry, at, replaces, fields)


def test_an_edit_that_replaces_another_counts_whatever_the_clocks_say() -> None:
    assert settle([edit("a", 99, street="x"), edit("b", 1, ("a",), street="y")]) == ({"street": "y"}, set())


def test_of_two_that_had_not_seen_each_other_the_later_counts_and_the_other_is_shown() -> None:
    assert settle([edit("a", 1, street="x"), edit("b", 2, street="y")]) == ({"street": "y"}, {("street", "b", "a")})


def test_with_one_time_the_id_decides() -> None:
    assert settle([edit("b", 1, street="y"), edit("a", 1, street="x")]) == ({"street": "y"}, {("street", "b", "a")})


def test_different_fields_do_not_meet() -> None:
    assert settle([edit("a", 1, street="x"), edit("b", 2, name="y")]) == ({"street": "x", "name": "y"}, set())


def test_an_edit_that_replaces_both_ends_the_conflict() -> None:
    both = [edit("a", 9, street="x"), edit("b", 2, street="y")]
    assert settle([*both, edit("c", 3, ("a", "b"), street="z")]) == ({"street": "z"}, set())


def test_an_edit_may_come_before_the_one_it_replaces() -> None:
    late = [edit("c", 1, ("b",), street="z"), edit("b", 2, ("a",), street="y"), edit("a", 3, street="x")]
    assert settle(late)[0] == {"street": "z"}


def test_a_ring_that_only_a_forger_can_make_is_decided_by_time() -> None:
    ring = [edit("a", 1, ("b",), street="x"), edit("b", 2, ("a",), street="y")]
    assert settle(ring) == ({"street": "y"}, {("street", "b", "a")})


def test_the_one_that_lost_is_kept_and_shown_until_somebody_settles_it(journal: Any) -> None:
    staff, kiosk = Author("staff"), Author("kiosk")
    registered = staff.write(REGISTERED, Registered(resident=RESIDENT))
    early = staff.write(EDITED, Edited(resident=RESIDENT, replaces=(registered,), street="Abai-1"))
    late = kiosk.write(
        EDITED, Edited(resident=RESIDENT, replaces=(registered,), street="Abai-2"), at_ms=NOON_MS + 60_000
    )
    receive(journal, staff, kiosk)
    assert rows(journal, "village_resident", "street") == [("Abai-2",)]
    assert lost(journal) == [("name", late, early), ("street", late, early)]
    with journal.store.read() as db:
        seen = merge.seen(db, ResidentRow, RESIDENT, ["street"])
    assert seen == tuple(sorted((early, late)))
    journal.append(EDITED, Edited(resident=RESIDENT, replaces=seen, street="Abai-1"), Named(name="Айгүл"))
    assert rows(journal, "village_resident", "street, name") == [("Abai-1", "Айгүл")]
    assert lost(journal) == []


def test_a_key_is_as_wide_as_the_tables(journal: Any) -> None:
    entry = Entry(device="d", epoch=1, seq=1, at=1, id="e", kind="k.k", version=1, facts=None, hash=b"")
    with undone(journal) as db, pytest.raises(KeyForm):
        merge.edit(db, entry, ResidentRow, (RESIDENT, 2), None, street="Abai-1")


# ---- whole rows


def test_of_two_rows_with_one_key_the_earlier_stays_and_the_other_is_shown(journal: Any) -> None:
    late, early = Author("late"), Author("early")
    second = late.write(REGISTERED, Registered(resident=RESIDENT), Named(name="Ербол"), at_ms=NOON_MS + 1)
    first = early.write(REGISTERED, Registered(resident=RESIDENT), Named(name="Айгүл"))
    receive(journal, late, early)
    assert rows(journal, "village_resident", "entry, name") == [(first, "Айгүл")]
    with journal.store.read() as db:
        assert merge.conflicts(db, ResidentRow) == [Conflict("village_resident", RESIDENT, "*", first, second)]
        assert merge.conflicts(db, DayRow) == []


class MovedIn(Facts, frozen=True):
    resident: Id
    street: Code | None = None


def apply_moved_in(db: Database, entry: Entry) -> None:
    """Gives the street only where it is known."""
    street = {} if entry.facts.street is None else {"street": entry.facts.street}
    merge.union(db, entry, ResidentRow, id=entry.facts.resident, **street)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_row_that_stays_keeps_nothing_of_the_other(open_journal: Any, order: tuple[int, int]) -> None:
    moved_in = Kind("village.moved_in", MovedIn, apply_moved_in)
    journal = open_journal(Registry([moved_in], [ResidentRow]))
    early, late = Author("early"), Author("late")
    first = early.write(moved_in, MovedIn(resident=RESIDENT))
    late.write(moved_in, MovedIn(resident=RESIDENT, street="Abai-2"), at_ms=NOON_MS + 1)
    for one in order:
        receive(journal, (early, late)[one])
    assert rows(journal, "village_resident", "entry, street") == [(first, None)]


def test_a_table_of_whole_rows_names_their_entry(journal: Any) -> None:
    class Nameless(peewee.Model):
        key = peewee.TextField(primary_key=True)

    entry = Entry(device="d", epoch=1, seq=1, at=1, id="e", kind="k.k", version=1, facts=None, hash=b"")
    with undone(journal) as db, pytest.raises(NoEntryColumn):
        merge.union(db, entry, Nameless, key="1")


# ---- numbers


def test_numbers_add_up_over_all_devices(journal: Any) -> None:
    for name in ("first", "second"):
        author = Author(name)
        author.write(COUNTED, Counted(day=DAY, visits=2, tenge=30))
        author.write(COUNTED, Counted(day=DAY, visits=-1))
        receive(journal, author)
        receive(journal, author)
    assert rows(journal, "village_day") == [("2026-11-20", 2, 60)]
