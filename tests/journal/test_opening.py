"""A database that is not the one this PC left off with goes on in a new epoch; one that is goes on."""

from __future__ import annotations

import shutil
from typing import Any

import msgspec
import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS
from akimat_desk.journal.builtin import DeviceIntroduced
from akimat_desk.journal.entry import read_header
from akimat_desk.journal.keys import device_of, read_key
from akimat_desk.journal.mark import NAME, Mark, read_mark, this_machine, write_mark
from akimat_desk.journal.opening import decide
from akimat_desk.journal.tables import Head, heads
from akimat_desk.store import Store
from tests.journal.village import COUNTED, REGISTRY, Author, Counted

HERE, ELSEWHERE = "this machine", "another machine"
FACTS = Counted(day="2026-11-20", visits=1)  # type: ignore[arg-type] # a date is written as text anyway


def head(device: str = "d", epoch: int = 1, seq: int = 5, hash: bytes = b"five") -> Head:
    return Head(device, epoch, seq, hash)


STANDING = {("d", 1, 5): b"five", ("d", 1, 3): b"three"}


@pytest.mark.parametrize(
    ("in_database", "mark", "machine", "key_fits", "reason", "epoch", "new_key"),
    [
        pytest.param(None, None, HERE, False, "first", 1, True, id="a new desk"),
        pytest.param(head(), Mark(head(), HERE, "c"), HERE, True, None, 0, False, id="as it was left"),
        pytest.param(
            head(), Mark(head(seq=3, hash=b"three"), HERE, "c"), HERE, True, None, 0, False, id="crash before the mark"
        ),
        pytest.param(
            head(seq=3, hash=b"three"), Mark(head(seq=6), HERE, "c"), HERE, True, "restored", 2, False, id="old backup"
        ),
        pytest.param(
            head(), Mark(head(epoch=4, seq=1), HERE, "c"), HERE, True, "restored", 5, False, id="backup of epochs ago"
        ),
        pytest.param(
            head(), Mark(head(seq=3, hash=b"other"), HERE, "c"), HERE, True, "restored", 2, False, id="other history"
        ),
        pytest.param(
            head(), Mark(head(), HERE, "other copy"), HERE, True, "restored", 2, False, id="backup of this very state"
        ),
        pytest.param(head(), Mark(head(), ELSEWHERE, "c"), HERE, True, "moved", 2, True, id="copied disk"),
        pytest.param(
            head(),
            Mark(head(epoch=4, seq=1), ELSEWHERE, "c"),
            HERE,
            True,
            "moved",
            5,
            True,
            id="old backup, moved disk",
        ),
        pytest.param(head(), None, HERE, False, "moved", 2, True, id="restored on a new machine"),
        pytest.param(head(), Mark(head(), HERE, "c"), HERE, False, "moved", 2, True, id="key lost"),
        pytest.param(head(), None, HERE, True, "moved", 2, True, id="mark lost"),
        pytest.param(
            head(), Mark(head(device="e"), HERE, "c"), HERE, False, "moved", 2, True, id="another desk's backup"
        ),
        pytest.param(None, Mark(head(), HERE, "c"), HERE, True, "lost", 2, False, id="data folder thrown away"),
        pytest.param(None, Mark(head(), ELSEWHERE, "c"), HERE, True, "first", 1, True, id="only the keys copied"),
    ],
)
def test_what_is_done_at_start(
    in_database: Any, mark: Any, machine: str, key_fits: bool, reason: str | None, epoch: int, new_key: bool
) -> None:
    decision = decide(
        in_database, mark, machine=machine, copy="c", key_fits=key_fits, hash_at=lambda *place: STANDING.get(place)
    )
    assert decision is None if reason is None else decision is not None
    if decision is not None:
        assert (decision.reason, decision.epoch, decision.new_key) == (reason, epoch, new_key)
        assert decision.fork == in_database


def own_chains(journal: Any) -> list[tuple[int, int]]:
    with journal.store.read() as db:
        return [(head.epoch, head.seq) for head in heads(db.connection()) if head.device == journal.device]


def introduction(journal: Any, epoch: int) -> DeviceIntroduced:
    with journal.store.read() as db:
        (data,) = db.execute_sql(
            "SELECT bytes FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
            " WHERE c.device = ? AND c.epoch = ? AND e.seq = 1",
            (journal.device, epoch),
        ).fetchone()
    return msgspec.msgpack.decode(read_header(data).facts, type=DeviceIntroduced)


def test_a_desk_opened_again_goes_on_where_it_was(open_journal: Any) -> None:
    first = open_journal(REGISTRY)
    first.append(COUNTED, FACTS)
    second = open_journal(REGISTRY)
    assert second.device == first.device
    assert second.append(COUNTED, FACTS).seq == 3
    assert own_chains(second) == [(1, 3)]


def test_the_mark_is_the_last_commit(open_journal: Any, home: Home) -> None:
    journal = open_journal(REGISTRY)
    last = journal.append(COUNTED, FACTS)
    mark = read_mark(home)
    assert mark == Mark(Head(journal.device, 1, 2, last.hash), HERE, journal.store.copy)
    assert (home.keys / NAME).stat().st_mode & 0o777 == 0o600
    assert (home.keys / "device.key").stat().st_mode & 0o777 == 0o600


def test_a_mark_left_behind_by_a_crash_catches_up(open_journal: Any, home: Home) -> None:
    journal = open_journal(REGISTRY)
    before = (home.keys / NAME).read_bytes()
    last = journal.append(COUNTED, FACTS)
    (home.keys / NAME).write_bytes(before)
    assert own_chains(open_journal(REGISTRY)) == [(1, 2)]
    mark = read_mark(home)
    assert mark is not None
    assert mark.head.hash == last.hash


def test_a_database_set_back_goes_on_in_a_new_epoch_from_where_it_is(open_journal: Any, home: Home) -> None:
    store = Store.open(home, migrations=MIGRATIONS, create=True)
    store.close()
    first = open_journal(REGISTRY)
    kept = first.append(COUNTED, FACTS)
    first.store.close()
    shutil.copy(home.database, home.data / "kept")
    again = open_journal(REGISTRY)
    again.append(COUNTED, FACTS)
    again.store.close()
    shutil.move(home.data / "kept", home.database)
    (home.data / "desk.db-wal").unlink(missing_ok=True)
    restored = open_journal(REGISTRY)
    assert own_chains(restored) == [(1, 2), (2, 1)]
    said = introduction(restored, 2)
    assert said.reason == "restored"
    assert said.fork is not None
    assert (said.fork.device, said.fork.epoch, said.fork.seq, said.fork.hash) == (restored.device, 1, 2, kept.hash)
    assert restored.append(COUNTED, FACTS).seq == 2
    assert restored.verify() == []


def test_data_that_came_to_another_machine_get_a_new_key(open_journal: Any, home: Home) -> None:
    first = open_journal(REGISTRY)
    key = read_key(home)
    moved = open_journal(REGISTRY, machine=ELSEWHERE)
    (_, later) = own_chains(moved)
    assert moved.device == first.device
    assert later[0] > 1
    assert introduction(moved, later[0]).reason == "moved"
    assert introduction(moved, later[0]).public_key == read_key(home).public != key.public  # type: ignore[union-attr]
    assert moved.verify() == []


@pytest.mark.parametrize("left", [b"", b"cut short"])
def test_a_key_that_was_cut_short_is_no_key(open_journal: Any, home: Home, left: bytes) -> None:
    journal = open_journal(REGISTRY, machine=HERE)
    (home.keys / "device.key").write_bytes(left)
    again = open_journal(REGISTRY, machine=HERE)
    assert introduction(again, again.append(COUNTED, FACTS).epoch).reason == "moved"
    assert again.device == journal.device
    assert again.verify() == []


def test_a_new_desk_that_died_between_its_key_and_its_first_entry_begins_again(
    open_journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("akimat_desk.journal.opening.introduce", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_journal(REGISTRY)
    journal = open_journal(REGISTRY)
    assert own_chains(journal) == [(1, 1)]
    assert journal.verify() == []


def test_another_process_follows_into_the_new_epoch(open_journal: Any) -> None:
    first = open_journal(REGISTRY)
    moved = open_journal(REGISTRY, machine=ELSEWHERE)
    first.append(COUNTED, FACTS)
    assert [seq for _, seq in own_chains(moved)] == [1, 2]
    assert moved.verify() == []


def test_a_mark_that_cannot_be_written_does_not_undo_what_is_committed(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("akimat_desk.journal.mark.write_file", full)
    write_mark(home, Mark(head(), HERE, "c"))
    assert [record.message for record in caplog.records] == ["The journal's mark could not be written: disk-full"]


def test_a_mark_that_cannot_be_read_is_no_mark(home: Home) -> None:
    (home.keys / NAME).write_bytes(b"{}")
    assert read_mark(home) is None


def test_this_machine_is_told_by_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert this_machine() == this_machine()
    assert len(this_machine()) in (0, 64)


def test_a_device_is_named_by_its_first_key() -> None:
    author = Author()
    assert author.device == device_of(author.key.public)
