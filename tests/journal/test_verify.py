"""`verify` names whatever was done to the journal behind its back."""

# ruff: noqa: S608 (the statements are those of somebody who tampers)

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import peewee
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.paths import Home
from akimat_desk.journal.mark import NAME, Mark, read_mark
from akimat_desk.journal.projections import Cancelled
from akimat_desk.journal.verify import Finding, verify
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Author, Counted, Named, Printed, table_rows, undone

DAY = date(2026, 11, 20)


@pytest.fixture
def journal(open_journal: Any) -> Any:
    """Own entries 1 to 7 in commits of 1, 3 and 3; another's 1 to 4 in one batch; each third has a personal part."""
    journal = open_journal(REGISTRY)
    for _ in range(2):
        with journal.commit() as commit:
            for pages in range(2):
                commit.append(COUNTED, Counted(day=DAY, visits=pages))
            commit.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    author = Author()
    for _ in range(3):
        author.write(PRINTED, Printed(pages=1, tenge=20), Named(name="Ербол"))
    journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    return journal


def own(journal: Any, seq: int) -> str:
    """The row of an own entry, for a WHERE."""
    return f"seq = {seq} AND chain = (SELECT chain FROM journal_here)"


def after(journal: Any, *statements: str) -> list[tuple[int, str]]:
    """What is found once somebody has run `statements`, for the own device: (seq, what)."""
    with undone(journal) as db:
        for statement in statements:
            db.execute_sql(statement)
        mark = read_mark(journal.store.home)
        found = verify(db, mark.head if mark else None)
        assert {finding.device for finding in found} <= {journal.device}
        return [(finding.seq, finding.what) for finding in found]


def test_a_journal_as_it_was_written_has_nothing_to_name(journal: Any) -> None:
    assert journal.verify() == []


def test_changed_bytes_are_named(journal: Any) -> None:
    assert after(journal, f"UPDATE journal_entry SET bytes = bytes || x'00' WHERE {own(journal, 3)}") == [
        (3, "changed")
    ]


def test_a_missing_entry_is_named(journal: Any) -> None:
    statements = (
        f"DELETE FROM journal_entry WHERE {own(journal, 3)}",
        "PRAGMA defer_foreign_keys = ON",
    )
    assert after(journal, *reversed(statements)) == [(3, "missing")]


def test_two_entries_that_changed_places_are_named(journal: Any) -> None:
    swapped = after(
        journal,
        f"UPDATE journal_entry SET seq = 99 WHERE {own(journal, 2)}",
        f"UPDATE journal_entry SET seq = 2 WHERE {own(journal, 3)}",
        f"UPDATE journal_entry SET seq = 3 WHERE {own(journal, 99)}",
    )
    assert (2, "misplaced") in swapped
    assert (3, "misplaced") in swapped


def test_a_forged_signature_is_named(journal: Any) -> None:
    thief = Author("thief").key
    statement = f"UPDATE journal_entry SET signature = x'{thief.sign(b'').hex()}' WHERE {own(journal, 4)}"
    assert after(journal, statement) == [(4, "forged")]


def test_a_rewritten_chain_without_the_key_is_named_where_it_was_signed(journal: Any) -> None:
    """Somebody changes an entry and works out all later hashes anew."""
    from akimat_desk.journal.chain import link

    with undone(journal) as db:
        chain, head = db.execute_sql(
            "SELECT id, hash FROM journal_chain WHERE id = (SELECT chain FROM journal_here)"
        ).fetchone()
        rows = db.execute_sql(
            "SELECT seq, bytes, hash FROM journal_entry WHERE chain = ? ORDER BY seq", (chain,)
        ).fetchall()
        previous = rows[0][2]
        for seq, data, _ in rows[1:]:
            data = data.replace(b"tenge\x14", b"tenge\x13") if seq == 4 else data
            previous = link(previous, data)
            db.execute_sql(
                "UPDATE journal_entry SET bytes = ?, hash = ? WHERE chain = ? AND seq = ?", (data, previous, chain, seq)
            )
        assert previous != head
        db.execute_sql("UPDATE journal_chain SET hash = ? WHERE id = ?", (previous, chain))
        assert [(finding.seq, finding.what) for finding in verify(db)] == [(4, "forged"), (7, "forged")]


def test_entries_cut_off_the_end_are_known_to_the_mark(journal: Any) -> None:
    cut = (
        "PRAGMA defer_foreign_keys = ON",
        "DELETE FROM journal_entry WHERE seq > 4 AND chain = (SELECT chain FROM journal_here)",
        "UPDATE journal_chain SET seq = 4, hash = (SELECT hash FROM journal_entry e WHERE e.chain = journal_chain.id"
        " AND e.seq = 4) WHERE id = (SELECT chain FROM journal_here)",
    )
    assert after(journal, *cut) == [(7, "cut")]


def test_what_is_written_while_it_begins_is_not_taken_for_a_cut(
    journal: Any, open_journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark lies outside the database, so it may be newer than what a reader sees."""
    other = open_journal(REGISTRY)

    def written_meanwhile(home: Home) -> Mark | None:
        other.append(COUNTED, Counted(day=DAY, visits=1))
        return read_mark(home)

    monkeypatch.setattr("akimat_desk.journal.journal.read_mark", written_meanwhile)
    assert journal.verify() == []


def test_a_personal_part_that_was_changed_or_taken_away_is_named(journal: Any) -> None:
    arrival = f"(SELECT arrival FROM journal_entry WHERE {own(journal, 4)})"
    assert after(journal, f"UPDATE journal_personal SET bytes = x'80' WHERE arrival = {arrival}") == [(4, "personal")]
    assert after(journal, f"UPDATE journal_personal SET salt = zeroblob(16) WHERE arrival = {arrival}") == [
        (4, "personal")
    ]
    assert after(journal, f"DELETE FROM journal_personal WHERE arrival = {arrival}") == [(4, "personal")]


def test_a_head_that_says_something_else_is_named(journal: Any) -> None:
    mine = "WHERE id = (SELECT chain FROM journal_here)"
    assert after(journal, f"UPDATE journal_chain SET hash = zeroblob(32) {mine}") == [(7, "head")]
    assert after(journal, f"UPDATE journal_chain SET seq = 9 {mine}") == [(8, "missing"), (9, "head")]


def test_another_key_for_the_device_is_named(journal: Any) -> None:
    key = Author("thief").key.public.hex()
    found = after(
        journal, f"UPDATE journal_chain SET public_key = x'{key}' WHERE id = (SELECT chain FROM journal_here)"
    )
    assert found == [(1, "forged"), (1, "introduction"), (4, "forged"), (7, "forged")]


def test_a_mark_that_knows_another_entry_is_named(journal: Any) -> None:
    home = journal.store.home
    (home.keys / NAME).write_bytes((home.keys / NAME).read_bytes().replace(b'"seq":7', b'"seq":6'))
    assert [(finding.seq, finding.what) for finding in journal.verify()] == [(6, "other")]


def test_it_tells_how_far_it_is_and_can_be_stopped(journal: Any) -> None:
    with journal.commit() as commit:
        for _ in range(600):
            commit.append(COUNTED, Counted(day=DAY, visits=1))
    told: list[tuple[int, int]] = []
    assert journal.verify(lambda done, total: told.append((done, total))) == []
    assert told == [(500, 611), (611, 611)]
    with pytest.raises(Cancelled):
        journal.verify(cancel=lambda: True)


# ---- any single mutation

COLUMNS = {
    "journal_entry": ("chain", "seq", "id", "at", "bytes", "hash", "signature", "personal", "stands"),
    "journal_chain": ("device", "epoch", "public_key", "seq", "hash"),
    "journal_personal": ("arrival", "salt", "bytes"),
}


def changed(value: Any, data: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bytes):
        place = data.draw(st.integers(0, len(value) - 1))
        return value[:place] + bytes([value[place] ^ data.draw(st.integers(1, 255))]) + value[place + 1 :]
    if isinstance(value, str):
        place = data.draw(st.integers(0, len(value) - 1))
        return value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]
    return value + data.draw(st.sampled_from([-1, 1, 100]))


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_single_change_of_any_value_is_found(journal: Any, data: Any) -> None:
    table = data.draw(st.sampled_from(sorted(COLUMNS)))
    column = data.draw(st.sampled_from(COLUMNS[table]))
    mark = read_mark(journal.store.home)
    with undone(journal) as db:
        db.execute_sql("PRAGMA defer_foreign_keys = ON")
        rows = db.execute_sql(f"SELECT rowid, {column} FROM {table} ORDER BY rowid").fetchall()
        row, value = data.draw(st.sampled_from([row for row in rows if row[1] is not None]))
        new = changed(value, data)
        db.execute_sql(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?", (new, row))
        (now,) = db.execute_sql(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone() or (new,)
        if now != value:
            assert verify(db, mark.head if mark else None) != []


@pytest.mark.parametrize(
    "new", ["x'c1'", "'text'", "NULL", "-1", "0", "1.5", "9e99", "4611686018427387904", "zeroblob(40)"]
)
@pytest.mark.parametrize(("table", "column"), [(table, name) for table, names in COLUMNS.items() for name in names])
def test_a_value_of_another_kind_is_found_and_does_not_stop_the_search(
    journal: Any, table: str, column: str, new: str
) -> None:
    last = f"rowid = (SELECT max(rowid) FROM {table} WHERE {column} IS NOT NULL)"
    mark = read_mark(journal.store.home)
    with undone(journal) as db:
        db.execute_sql("PRAGMA defer_foreign_keys = ON")
        before = table_rows(db, table, column)
        with contextlib.suppress(peewee.IntegrityError):  # some values the table itself refuses
            db.execute_sql(f"UPDATE OR IGNORE {table} SET {column} = {new} WHERE {last}")
        if table_rows(db, table, column) != before:
            assert verify(db, mark.head if mark else None) != []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_entry_taken_out_is_found_at_its_place(journal: Any, data: Any) -> None:
    with undone(journal) as db:
        db.execute_sql("PRAGMA defer_foreign_keys = ON")
        rows = db.execute_sql(
            "SELECT arrival, device, epoch, e.seq FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
        ).fetchall()
        arrival, *place = data.draw(st.sampled_from(rows))
        db.execute_sql("DELETE FROM journal_entry WHERE arrival = ?", (arrival,))
        assert Finding(*place, "missing") in verify(db)
