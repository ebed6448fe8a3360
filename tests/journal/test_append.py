"""What is appended stands: in the chain, in the tables, and under one signature a commit."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

import peewee
import pytest

from akimat_desk.journal import Entry, Facts, Id, Kind, Registry, merge
from akimat_desk.journal.append import BadFacts, BadPersonal, CommitBroken, CommitTooLarge, KindNotRegistered
from akimat_desk.journal.chain import commit_statement
from akimat_desk.journal.entry import MAX_HEADER, EntryTooLarge, is_by
from akimat_desk.journal.keys import device_of, read_key, signed
from akimat_desk.journal.tables import chain_of

RESIDENT = "0192f0c0a1b27abc8def001122334455"


class Registered(Facts, frozen=True):
    resident: Id
    visits: int = 0


class Name(Facts, frozen=True):
    name: str


class ResidentRow(peewee.Model):
    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    device = peewee.TextField()
    visits = peewee.IntegerField()
    name = peewee.TextField(null=True)

    class Meta:
        table_name = "append_resident"


def apply(db: Any, entry: Entry) -> None:
    facts: Registered = entry.facts
    if facts.visits < 0:
        raise LookupError
    name = entry.personal.name if entry.personal else None
    merge.union(db, entry, ResidentRow, id=facts.resident, visits=facts.visits, name=name)


REGISTERED = Kind("append.registered", Registered, apply, personal=Name)
REGISTRY = Registry([REGISTERED], [ResidentRow])


def rows(journal: Any) -> list[tuple[Any, ...]]:
    with journal.store.read() as db:
        return list(ResidentRow.select(ResidentRow.id, ResidentRow.visits, ResidentRow.name).tuples().execute(db))


def test_the_first_entry_of_a_new_desk_introduces_its_device(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    key = read_key(journal.store.home)
    assert journal.device == device_of(key.public)
    with journal.store.read() as db:
        _, public_key, head = chain_of(db.connection(), journal.device, 1)
    assert (public_key, head.seq) == (key.public, 1)


def test_an_appended_entry_is_numbered_without_a_gap_and_stands_in_the_tables(open_journal: Any, clock: Any) -> None:
    journal = open_journal(REGISTRY)
    first = journal.append(REGISTERED, Registered(resident=RESIDENT, visits=1), Name(name="Айгүл"))
    second = journal.append(REGISTERED, Registered(resident=RESIDENT[:-1] + "6"))
    assert [(entry.device, entry.epoch, entry.seq) for entry in (first, second)] == [
        (journal.device, 1, 2),
        (journal.device, 1, 3),
    ]
    assert first.at_ms == clock.now_ms()
    assert second.at > first.at
    assert rows(journal) == [(RESIDENT, 1, "Айгүл"), (RESIDENT[:-1] + "6", 0, None)]


def test_an_id_is_of_version_7_and_tells_which_device_made_it(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    entries = [journal.append(REGISTERED, Registered(resident=f"{number:032x}")) for number in range(20)]
    ids = [bytes.fromhex(entry.id) for entry in entries]
    assert [UUID(entry.id).version for entry in entries] == [7] * 20
    assert len(set(ids)) == 20
    device, other = bytes.fromhex(journal.device), bytes.fromhex(device_of(b"another key"))
    assert [is_by(device, id) for id in ids] == [True] * 20
    assert [is_by(other, id) for id in ids] == [False] * 20


def test_no_id_is_given_twice_though_the_lot_falls_twice_alike(
    open_journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of 30,000 entries of one millisecond stood in the journal, and one of them in no table."""
    journal = open_journal(REGISTRY)
    lots = iter(["1" * 32, "1" * 32, "2" * 32])
    monkeypatch.setattr("akimat_desk.journal.entry.uuid7", lambda _: next(lots))
    with journal.commit() as commit:
        for number in range(2):
            commit.append(REGISTERED, Registered(resident=f"{number:032x}"))
    assert len(rows(journal)) == 2
    assert next(lots, None) is None


def test_a_commit_of_several_entries_carries_one_signature_over_the_last(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        for digit in "789":
            last = commit.append(REGISTERED, Registered(resident=RESIDENT[:-1] + digit))
    with journal.store.read() as db:
        signatures = db.execute_sql("SELECT seq, signature FROM journal_entry WHERE seq > 1").fetchall()
    assert [(seq, signature is None) for seq, signature in signatures] == [(2, True), (3, True), (4, False)]
    statement = commit_statement(journal.device, 1, 4, last.hash)
    assert signed(read_key(journal.store.home).public, signatures[-1][1], statement)


def test_what_is_raised_inside_a_commit_leaves_nothing(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)

    def write_and_fail() -> None:
        with journal.commit() as commit:
            commit.append(REGISTERED, Registered(resident=RESIDENT))
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    with pytest.raises(LookupError):
        journal.append(REGISTERED, Registered(resident=RESIDENT, visits=-1))
    assert rows(journal) == []
    assert journal.append(REGISTERED, Registered(resident=RESIDENT)).seq == 2


class HalfApplied(Facts, frozen=True):
    resident: Id


def apply_half(db: Any, entry: Entry) -> None:
    merge.union(db, entry, ResidentRow, id=entry.facts.resident, visits=0)
    raise ZeroDivisionError


HALF_APPLIED = Kind("append.half_applied", HalfApplied, apply_half)


def test_half_an_entry_does_not_stand_where_somebody_catches_what_it_raised(open_journal: Any) -> None:
    journal = open_journal(Registry([REGISTERED, HALF_APPLIED], [ResidentRow]))

    def write_and_go_on() -> None:
        with journal.commit() as commit:
            commit.append(REGISTERED, Registered(resident=RESIDENT))
            with contextlib.suppress(ZeroDivisionError):
                commit.append(HALF_APPLIED, HalfApplied(resident=RESIDENT[:-1] + "6"))

    with pytest.raises(CommitBroken):
        write_and_go_on()
    assert rows(journal) == []
    assert journal.append(REGISTERED, Registered(resident=RESIDENT)).seq == 2


def test_an_empty_commit_writes_nothing(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    mark = (journal.store.home.keys / "journal.mark").read_bytes()
    with journal.commit():
        pass
    assert (journal.store.home.keys / "journal.mark").read_bytes() == mark


def test_facts_that_are_not_what_the_kind_says_are_a_mistake_of_the_program(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with pytest.raises(BadFacts) as refused:
        journal.append(REGISTERED, Registered(resident="Айгүл"))
    assert str(refused.value) == (
        f"The facts of {REGISTERED.name} are not in the form of their kind. Place: $.resident."
    )
    assert rows(journal) == []


def test_a_personal_part_of_another_kind_is_a_mistake_too(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with pytest.raises(BadPersonal):
        journal.append(REGISTERED, Registered(resident=RESIDENT), Registered(resident=RESIDENT))


def test_a_kind_outside_the_registry_cannot_be_written(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with pytest.raises(KindNotRegistered):
        journal.append(Kind("append.other", Registered, apply), Registered(resident=RESIDENT))


def test_an_entry_has_a_largest_size(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with pytest.raises(EntryTooLarge):
        journal.append(REGISTERED, Registered(resident=RESIDENT), Name(name="x" * MAX_HEADER))


def test_a_commit_has_a_largest_size(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)

    def write_much() -> None:
        with journal.commit() as commit:
            for number in range(70):
                commit.append(REGISTERED, Registered(resident=f"{number:032x}"), Name(name="x" * 65000))

    with pytest.raises(CommitTooLarge):
        write_much()
    assert rows(journal) == []
