"""A personal part is erased anywhere without breaking anything: hash and figures stay, the name is gone."""

from __future__ import annotations

from typing import Any

import pytest

from akimat_desk.journal import Entry, Facts, Id, Kind, Registry, merge
from akimat_desk.journal.builtin import MOST_ERASED, PERSONAL_ERASED, PersonalErased
from akimat_desk.store import Database
from tests.journal.village import (
    EDITED,
    PRINTED,
    REGISTERED,
    REGISTRY,
    Author,
    Edited,
    Named,
    Printed,
    PrintedRow,
    Registered,
    figures,
    rows,
)

RESIDENT = "1" * 32


@pytest.fixture
def journal(open_journal: Any) -> Any:
    return open_journal(REGISTRY)


def in_file(journal: Any, text: str) -> int:
    """How often a text stands anywhere in the tables."""
    with journal.store.read() as db:
        found = 0
        for table in db.get_tables():
            for row in db.execute_sql(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608
                found += sum(text.encode() in (v if isinstance(v, bytes) else str(v).encode()) for v in row)
        return found


def test_an_erased_name_is_nowhere_and_the_figures_and_the_chain_stay(journal: Any) -> None:
    printed = journal.append(PRINTED, Printed(pages=3, tenge=60), Named(name="Құпия"))
    registered = journal.append(REGISTERED, Registered(resident=RESIDENT), Named(name="Құпия"))
    edited = journal.append(EDITED, Edited(resident=RESIDENT, street="Abai-1"), Named(name="Құпия"))
    assert in_file(journal, "Құпия") == 6
    with journal.store.read() as db:
        before = figures(db)
    journal.erase([printed.id, registered.id, edited.id])
    assert in_file(journal, "Құпия") == 0
    with journal.store.read() as db:
        assert {**figures(db), "journal_erased": before["journal_erased"]} == before
    assert rows(journal, "village_resident", "street, name") == [("Abai-1", None)]
    assert journal.verify() == []


def test_an_erased_edit_does_not_bring_the_older_name_back(journal: Any) -> None:
    first = journal.append(REGISTERED, Registered(resident=RESIDENT), Named(name="Айгүл"))
    second = journal.append(EDITED, Edited(resident=RESIDENT, replaces=(first.id,)), Named(name="Айгүл Омарова"))
    journal.erase([second.id])
    assert rows(journal, "village_resident", "name") == [(None,)]


def test_a_part_that_comes_after_its_erasure_is_not_kept(journal: Any) -> None:
    kiosk, staff = Author("kiosk"), Author("staff")
    id = kiosk.write(PRINTED, Printed(pages=1, tenge=20), Named(name="Құпия"))
    staff.write(PERSONAL_ERASED, PersonalErased(entries=(id,)))
    batches = [staff.batch(), kiosk.batch(), kiosk.batch()]
    journal.receive(batches, admit=lambda _: True, keeps_personal=True)
    header, _, _, part = kiosk.entries[1]
    journal.receive(parts=[(header.id.hex(), part)], admit=lambda _: True, keeps_personal=True)
    assert in_file(journal, "Құпия") == 0
    assert rows(journal, "village_printed", "pages, title") == [(1, None)]
    assert journal.verify() == []


def test_erasing_does_not_bring_in_what_falsely_has_the_same_id(journal: Any) -> None:
    true, forger = Author("true"), Author("forger")
    id = true.write(PRINTED, Printed(pages=1, tenge=20), Named(name="Құпия"))
    forger.write(PRINTED, Printed(pages=99, tenge=20), Named(name="Жалған"), id=bytes.fromhex(id))
    journal.receive([true.batch(), forger.batch()], admit=lambda _: True, keeps_personal=True)
    assert rows(journal, "village_printed", "pages, title") == [(1, "Құпия")]
    journal.erase([id])
    assert rows(journal, "village_printed", "pages, title") == [(1, None)]
    assert in_file(journal, "Құпия") == in_file(journal, "Жалған") == 0


def test_many_are_erased_in_one_commit(journal: Any) -> None:
    with journal.commit() as commit:
        ids = [commit.append(PRINTED, Printed(pages=1, tenge=1), Named(name="а")).id for _ in range(MOST_ERASED + 1)]
    journal.erase(ids)
    assert rows(journal, "journal_personal") == []
    assert rows(journal, "village_printed", "count(title)") == [(0,)]


class Careless(Facts, frozen=True):
    resident: Id


def apply_careless(db: Database, entry: Entry) -> None:
    """Forgets that a personal part may be gone."""
    merge.union(db, entry, PrintedRow, pages=1, tenge=1, title=entry.personal.name)


def test_a_kind_that_cannot_do_without_its_part_loses_its_rows_and_is_parked(open_journal: Any, caplog: Any) -> None:
    careless = Kind("village.careless", Careless, apply_careless, personal=Named)
    registry = Registry([careless], [PrintedRow])
    journal = open_journal(registry)
    entry = journal.append(careless, Careless(resident=RESIDENT), Named(name="Құпия"))
    journal.erase([entry.id])
    assert in_file(journal, "Құпия") == 0
    assert rows(journal, "village_printed") == []
    assert journal.append(careless, Careless(resident=RESIDENT), Named(name="Айгүл")).seq == 4
    assert {record.getMessage() for record in caplog.records} == {
        "An entry of kind village.careless asks for a replay: AttributeError",
        "An entry of kind village.careless is parked: AttributeError",
    }
