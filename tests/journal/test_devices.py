"""Who belongs to the room, and until when: the same on every PC, in whatever order it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import genesis
from akimat_desk.journal.devices import (
    DEVICE_ADMITTED,
    DEVICE_REVOKED,
    DeviceAdmitted,
    DeviceIsRevoked,
    DeviceRevoked,
    Member,
    Use,
    admit,
    found,
    member,
    members,
    revoke,
    trust,
)
from akimat_desk.journal.parked import Waiting, waiting
from akimat_desk.journal.receive import Receiver, Taken, members_only
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised, current_host
from akimat_desk.store import Store
from tests.journal.village import COUNTED, NOON_MS, REGISTRY, Author, Counted, rows, undone

HYBRID = NOON_MS << 16
DAY = date(2026, 11, 20)


@pytest.fixture
def journal(open_journal: Any) -> Journal:
    """A PC that was enrolled at the founder's."""
    opened: Journal = open_journal(REGISTRY)
    with opened.store.write() as db:
        trust(db, FOUNDER.device, FOUNDER.key.public)
    return opened


FOUNDER = Author("founder")


def founder() -> Author:
    """The founder's PC, which has let itself in."""
    author = Author("founder")
    let_in(author, author, "desk")
    return author


def let_in(by: Author, who: Author, use: Use, seat: int = 0) -> str:
    return by.write(DEVICE_ADMITTED, DeviceAdmitted(device=who.device, public_key=who.key.public, use=use, seat=seat))


def shut_out(by: Author, who: Author, seq: int) -> str:
    facts = DeviceRevoked(device=who.device, public_key=who.key.public, epoch=1, seq=seq)
    return by.write(DEVICE_REVOKED, facts)


def visit(author: Author, visits: int = 1) -> str:
    return author.write(COUNTED, Counted(day=DAY, visits=visits))


def receive(journal: Journal, *authors: Author) -> list[Taken]:
    return journal.receive([each.batch() for each in authors], admit=members_only, keeps_personal=True)


def visits(journal: Journal) -> list[tuple[Any, ...]]:
    return rows(journal, "village_day", "visits")


def parked(journal: Journal) -> list[Waiting]:
    with journal.store.read() as db:
        return waiting(db)


# ---- letting in


def test_whoever_founds_the_room_belongs_to_it(open_journal: Any) -> None:
    journal: Journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        entry = found(commit, "desk", 0)
    with journal.store.read() as db:
        assert members(db) == [Member(journal.device, "desk", 0, journal._key.public, revoked=False, at=entry.at)]


def test_a_pc_nobody_let_in_is_refused_and_taken_once_it_is_let_in(journal: Journal) -> None:
    root, kiosk = founder(), Author("kiosk")
    visit(kiosk)
    assert [(one.verdict, one.why) for one in receive(journal, root, kiosk)] == [
        ("taken", ""),
        ("refused", "not-admitted"),
    ]
    let_in(root, kiosk, "kiosk", seat=2)
    assert [one.verdict for one in receive(journal, root, kiosk)] == ["taken", "taken"]
    assert visits(journal) == [(1,)]
    with journal.store.read() as db:
        assert member(db, kiosk.device) == Member(kiosk.device, "kiosk", 2, kiosk.key.public, False, HYBRID + 2)


def test_a_stranger_with_the_founders_name_is_refused(journal: Journal) -> None:
    """Its key is another; only a staff PC could say that the founder signs with it now."""
    thief = Author("founder")
    thief.key, thief.epoch, thief.last_hash = Author("thief").key, 2, genesis(thief.device, 2)
    thief.entries.clear()
    thief.write(DEVICE_INTRODUCED, DeviceIntroduced(public_key=thief.key.public, reason="moved"))
    assert [one.why for one in receive(journal, thief)] == ["not-admitted"]


def test_a_kiosk_lets_nobody_in_and_makes_nobody_host(journal: Journal) -> None:
    """What it writes so waits until a staff PC says that it is one."""
    root, kiosk, friend = founder(), Author("kiosk"), Author("friend")
    let_in(root, kiosk, "kiosk")
    let_in(kiosk, friend, "desk")
    kiosk.write(HOST_RAISED, HostRaised(device=kiosk.device, term=9))
    receive(journal, root, kiosk)
    with journal.store.read() as db:
        assert [each.device for each in members(db)] == [root.device, kiosk.device]
        assert current_host(db) is None
    assert [(one.seq, one.reason) for one in parked(journal)] == [(2, "not-yet"), (3, "not-yet")]
    let_in(root, kiosk, "desk")
    receive(journal, root)
    with journal.store.read() as db:
        assert {each.device for each in members(db)} == {root.device, kiosk.device, friend.device}
        assert current_host(db).device == kiosk.device  # type: ignore[union-attr]
    assert parked(journal) == []


def test_a_kiosk_is_not_made_host(journal: Journal) -> None:
    root, kiosk = founder(), Author("kiosk")
    let_in(root, kiosk, "kiosk")
    root.write(HOST_RAISED, HostRaised(device=kiosk.device, term=1))
    receive(journal, root)
    with journal.store.read() as db:
        assert current_host(db) is None


# ---- shutting out


def test_what_was_written_after_the_place_counts_nowhere(journal: Journal) -> None:
    root, kiosk = founder(), Author("kiosk")
    let_in(root, kiosk, "kiosk")
    visit(kiosk)
    visit(kiosk, 10)
    receive(journal, root, kiosk)
    assert visits(journal) == [(11,)]
    shut_out(root, kiosk, seq=2)
    receive(journal, root)
    assert visits(journal) == [(1,)]
    assert parked(journal) == [Waiting(kiosk.device, 1, 3, "revoked", "")]
    visit(kiosk, 100)
    assert [one.verdict for one in receive(journal, kiosk)] == ["taken"]  # kept and relayed, applied nowhere
    assert visits(journal) == [(1,)]
    journal.replay()
    assert visits(journal) == [(1,)]
    assert journal.verify() == []


def test_two_staff_pcs_that_shut_each_other_out_are_both_out_everywhere(journal: Journal) -> None:
    root, other = founder(), Author("other")
    let_in(root, other, "desk")
    shut_out(root, other, seq=1)
    shut_out(other, root, seq=3)
    receive(journal, root, other)
    with journal.store.read() as db:
        assert [each.revoked for each in members(db)] == [True, True]


def test_a_pc_that_knows_it_is_shut_out_writes_nothing_more(open_journal: Any) -> None:
    journal: Journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        found(commit, "desk")
    with journal.commit() as commit:
        revoke(commit, journal.device)
    before = rows(journal, "journal_entry", "seq")
    with pytest.raises(DeviceIsRevoked), journal.commit() as commit:
        commit.append(COUNTED, Counted(day=DAY, visits=1))
    assert rows(journal, "journal_entry", "seq") == before


def test_a_key_that_was_never_heard_is_revoked_from_its_beginning(open_journal: Any) -> None:
    journal: Journal = open_journal(REGISTRY)
    stolen = Author("stolen")
    with journal.commit() as commit:
        found(commit, "desk")
        admit(commit, stolen.device, stolen.key.public, "kiosk")
        (entry,) = revoke(commit, stolen.device)
    assert (entry.facts.epoch, entry.facts.seq) == (1, 0)
    visit(stolen)
    assert [one.verdict for one in receive(journal, stolen)] == ["taken"]
    assert visits(journal) == []


def test_of_two_histories_under_a_withdrawn_key_neither_counts_after_they_part(journal: Journal) -> None:
    """Each PC has another one of them first, and the revocation names a number that both have."""
    root, one, other = founder(), Author("kiosk"), Author("kiosk")
    let_in(root, one, "kiosk")
    for author in (one, other):
        visit(author, 1)
    visit(one, 10)
    other.write(COUNTED, Counted(day=DAY, visits=20), at_ms=NOON_MS + 1, id=bytes(16))
    shut_out(root, one, seq=3)
    first, second = one.batch(), other.batch()
    for order in ([root.batch(), first, second], [root.batch(1, 3), second, first, root.batch()]):
        with undone(journal) as db:
            receiver = Receiver(db, REGISTRY, journal.clock, members_only, keeps_personal=True)
            assert "fork" in [each.verdict for each in receiver.take(order)]
            receiver.finish()
            assert db.execute_sql("SELECT visits FROM village_day").fetchall() == [(1,)]


def test_what_the_device_itself_brought_together_counts_as_far_as_that_was_known(journal: Journal) -> None:
    """It wrote both sides again in a new epoch before it was shut out there."""
    root, one, other = founder(), Author("kiosk"), Author("kiosk")
    let_in(root, one, "kiosk")
    visit(one, 10)
    other.write(COUNTED, Counted(day=DAY, visits=20), at_ms=NOON_MS + 1, id=bytes(16))
    both = Author("kiosk")
    both.epoch, both.last_hash = 2, genesis(both.device, 2)
    both.entries.clear()
    both.write(DEVICE_INTRODUCED, DeviceIntroduced(public_key=both.key.public, reason="forked"))
    for author in (one, other):
        header = author.entries[1][0]
        facts = Counted(day=DAY, visits=10 if author is one else 20)
        both.write(COUNTED, facts, id=header.id, at=header.at)
    root.write(DEVICE_REVOKED, DeviceRevoked(device=one.device, public_key=one.key.public, epoch=2, seq=3))
    batches = [root.batch(), one.batch(), other.batch(), both.batch()]
    for order in (batches, [batches[0], batches[2], batches[1], batches[3]]):
        with undone(journal) as db:
            receiver = Receiver(db, REGISTRY, journal.clock, members_only, keeps_personal=True)
            receiver.take(order)
            receiver.finish()
            assert db.execute_sql("SELECT visits FROM village_day").fetchall() == [(30,)]


# ---- in whatever order


@given(st.permutations(range(6)), st.data())
def test_any_order_gives_the_same_room(journal_for_laws: Journal, order: list[int], data: Any) -> None:
    """The founder admits staff and a kiosk, the staff PC admits another and revokes the kiosk; all of them write."""
    root, staff, kiosk, late = founder(), Author("staff"), Author("kiosk"), Author("late")
    let_in(root, staff, "desk", 1)
    let_in(root, kiosk, "kiosk", 2)
    let_in(staff, late, "kiosk", 3)
    for _ in range(3):
        visit(kiosk)
        visit(late)
    shut_out(staff, kiosk, seq=data.draw(st.integers(0, 4)))
    kiosk.write(HOST_RAISED, HostRaised(device=kiosk.device, term=5))
    staff.write(HOST_RAISED, HostRaised(device=staff.device, term=1))
    pieces = [
        root.batch(1, 2),
        root.batch(3),
        staff.batch(1, 2),
        staff.batch(3),
        kiosk.batch(),
        late.batch(),
    ]
    tables = []
    for sequence in (list(range(6)), order):
        with undone(journal_for_laws) as db:
            trust(db, root.device, root.key.public)
            waits = [pieces[index] for index in sequence]
            while waits:
                receiver = Receiver(db, REGISTRY, journal_for_laws.clock, members_only, keeps_personal=True)
                taken = [receiver.take([piece])[0].verdict for piece in waits]
                receiver.finish()
                waits = [piece for piece, verdict in zip(waits, taken, strict=True) if verdict in ("refused", "gap")]
            named = ("journal_admission", "journal_revocation", "journal_host", "village_day")
            tables.append([sorted(db.execute_sql(f"SELECT * FROM {name}").fetchall()) for name in named])  # noqa: S608
    assert tables[0] == tables[1]


@pytest.fixture(scope="module")
def journal_for_laws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """One journal for all histories: each is undone."""
    folder = tmp_path_factory.mktemp("laws")
    store = Store.open(Home(folder / "desk", folder / "keys").ensure(), migrations=MIGRATIONS, create=True)
    yield Journal.open(store, REGISTRY, FixedClock(datetime.fromtimestamp(NOON_MS / 1000, UTC)), machine="laws")
    store.close()
