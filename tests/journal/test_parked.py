"""An entry that cannot be applied yet waits, and blocks nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from akimat_desk.journal import Entry, Facts, Id, Journal, Kind, NotYet, Registry, merge
from akimat_desk.journal.append import SpeaksOfNothing
from akimat_desk.journal.parked import Waiting, waiting
from akimat_desk.store import Database
from akimat_desk.store.errors import DiskFull
from tests.journal.village import (
    COUNTED,
    EDITED,
    KINDS,
    PROJECTIONS,
    REGISTERED,
    REGISTRY,
    Author,
    Counted,
    DayRow,
    Edited,
    Named,
    Registered,
    rows,
)

RESIDENT = "1" * 32
DAY = date(2026, 11, 20)


def receive(journal: Journal, *authors: Author) -> None:
    journal.receive([author.batch() for author in authors], admit=lambda _: True, keeps_personal=True)


def parked(journal: Journal) -> list[Waiting]:
    with journal.store.read() as db:
        return waiting(db)


def test_an_edit_waits_for_its_row_and_is_applied_when_it_comes(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    staff, kiosk = Author("staff"), Author("kiosk")
    staff.write(EDITED, Edited(resident=RESIDENT, street="Abai-1"))
    staff.write(COUNTED, Counted(day=DAY, visits=1))
    kiosk.write(REGISTERED, Registered(resident=RESIDENT))
    receive(journal, staff)
    assert parked(journal) == [Waiting(staff.device, 1, 2, "not-yet", RESIDENT)]
    assert rows(journal, "village_day", "visits") == [(1,)]
    receive(journal, kiosk)
    assert parked(journal) == []
    assert rows(journal, "village_resident", "street") == [("Abai-1",)]


def test_an_own_entry_can_bring_what_others_wait_for(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    staff = Author("staff")
    staff.write(EDITED, Edited(resident=RESIDENT, street="Abai-1"))
    receive(journal, staff)
    journal.append(REGISTERED, Registered(resident=RESIDENT))
    assert rows(journal, "village_resident", "street") == [("Abai-1",)]


class Later(Facts, frozen=True):
    after: Id
    visits: int


def apply_later(db: Database, entry: Entry) -> None:
    """Writes first and finds out later: nothing of it may stay."""
    merge.count(db, entry, DayRow, DAY, visits=entry.facts.visits)
    if entry.facts.visits > 90:
        raise ZeroDivisionError
    if not db.execute_sql("SELECT 1 FROM journal_entry WHERE id = ?", (entry.facts.after,)).fetchone():
        raise NotYet(entry.facts.after)


LATER = Kind("village.later", Later, apply_later)
NEWER_REGISTRY = Registry([*KINDS, LATER], PROJECTIONS)


def test_what_a_parked_entry_wrote_is_undone_until_it_fits(open_journal: Any) -> None:
    journal = open_journal(NEWER_REGISTRY)
    first, second = Author("first"), Author("second")
    awaited = second.write(COUNTED, Counted(day=DAY, visits=1))
    first.write(LATER, Later(after=awaited, visits=10))
    receive(journal, first)
    assert rows(journal, "village_day", "visits") == []
    receive(journal, second)
    assert rows(journal, "village_day", "visits") == [(11,)]


def test_a_poison_entry_is_parked_with_a_reason_and_nothing_of_what_it_holds(open_journal: Any, caplog: Any) -> None:
    journal = open_journal(NEWER_REGISTRY)
    author = Author()
    author.write(LATER, Later(after=RESIDENT, visits=99))
    author.write(COUNTED, Counted(day=DAY, visits=1))
    receive(journal, author)
    assert parked(journal) == [Waiting(author.device, 1, 2, "poison", "ZeroDivisionError")]
    assert rows(journal, "village_day", "visits") == [(1,)]
    assert [record.getMessage() for record in caplog.records] == [
        "An entry of kind village.later is parked: ZeroDivisionError"
    ]


class Noted(Facts, frozen=True):
    visits: int


def apply_noted(db: Database, entry: Entry) -> None:
    """Cannot live with one name."""
    merge.count(db, entry, DayRow, DAY, visits=entry.facts.visits)
    if entry.personal is not None and entry.personal.name == "Ербол":
        raise ZeroDivisionError


def test_an_entry_that_fails_with_its_part_counts_without_it_as_on_a_kiosk(open_journal: Any, caplog: Any) -> None:
    noted = Kind("village.noted", Noted, apply_noted, personal=Named)
    journal = open_journal(Registry([noted], [DayRow]))
    author = Author()
    author.write(noted, Noted(visits=3), Named(name="Ербол"))
    receive(journal, author)
    assert rows(journal, "village_day", "visits") == [(3,)]
    assert parked(journal) == []
    assert [record.getMessage() for record in caplog.records] == [
        "An entry of kind village.noted is applied without its part: ZeroDivisionError"
    ]


@pytest.mark.parametrize("fault", [DiskFull, MemoryError])
def test_a_fault_of_the_pc_is_nobodys_poison(open_journal: Any, fault: type[Exception]) -> None:
    def apply_on_a_full_disk(db: Database, entry: Entry) -> None:
        raise fault

    noted = Kind("village.noted", Noted, apply_on_a_full_disk)
    journal = open_journal(Registry([noted]))
    author = Author()
    author.write(noted, Noted(visits=3))
    with pytest.raises(fault):
        receive(journal, author)
    assert parked(journal) == []
    assert [device for (device,) in rows(journal, "journal_chain", "device")] == [journal.device]


def test_bytes_that_are_no_entry_any_more_stop_no_replay(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    journal.append(COUNTED, Counted(day=DAY, visits=1))
    journal.append(COUNTED, Counted(day=DAY, visits=2))
    with journal.store.write() as db:
        db.execute_sql("UPDATE journal_entry SET bytes = x'00' WHERE seq = 2")
    journal.replay()
    assert rows(journal, "village_day", "visits") == [(2,)]
    assert parked(journal) == [Waiting(journal.device, 1, 2, "unreadable", "")]


def test_an_own_entry_cannot_come_too_early(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with pytest.raises(SpeaksOfNothing):
        journal.append(EDITED, Edited(resident=RESIDENT, street="Abai-1"))
    assert journal.append(COUNTED, Counted(day=DAY, visits=1)).seq == 2


def test_an_entry_from_a_newer_program_waits_for_the_update(open_journal: Any) -> None:
    old = open_journal(REGISTRY)
    author = Author()
    author.write(LATER, Later(after=RESIDENT, visits=5), id=bytes.fromhex(RESIDENT))
    receive(old, author)
    assert parked(old) == [Waiting(author.device, 1, 2, "unknown-kind", "village.later")]
    new = open_journal(NEWER_REGISTRY)
    assert parked(new) == []
    assert rows(new, "village_day", "visits") == [(5,)]


def test_a_newer_version_of_a_known_kind_waits_too(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    author = Author()
    author.write(COUNTED, Counted(day=DAY, visits=1), version=2)
    receive(journal, author)
    assert [(one.reason, one.detail) for one in parked(journal)] == [("unknown-kind", "village.counted")]


def test_facts_that_are_not_the_kinds_are_parked(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    author = Author()
    author.write(COUNTED, Named(name="Айгүл"))
    receive(journal, author)
    assert [(one.reason, one.detail) for one in parked(journal)] == [("unreadable", "village.counted")]
