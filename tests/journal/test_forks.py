"""Two histories under one device and epoch: both are kept, and the device writes both again where all can have them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.devices import admit, found, members, trust
from akimat_desk.journal.forks import Fork, forks
from akimat_desk.journal.parts import wanted
from akimat_desk.journal.receive import Admit, members_only
from akimat_desk.journal.tables import Head, heads
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Author, Counted, Named, Printed, rows

DAY = date(2026, 11, 20)


def tell(teller: Journal, hearer: Journal, admit: Admit = lambda _: True) -> list[str]:
    """All that one has goes to the other."""
    with teller.store.read() as db:
        batches = list(batches_beyond(db.connection(), REGISTRY, [], "room"))
    return [one.verdict for one in hearer.receive(batches, admit=admit, keeps_personal=True)]


def count(journal: Journal, visits: int) -> None:
    journal.append(COUNTED, Counted(day=DAY, visits=visits))


def visits(journal: Journal) -> list[tuple[Any, ...]]:
    return rows(journal, "village_day", "visits")


def seen(journal: Journal) -> list[Fork]:
    with journal.store.read() as db:
        return forks(db)


def copy(journal: Journal, to: Home) -> None:
    """The disk image of a PC: data and keys."""
    journal.store.close()
    shutil.rmtree(to.data)
    shutil.rmtree(to.keys)
    shutil.copytree(journal.store.home.data, to.data)
    shutil.copytree(journal.store.home.keys, to.keys)


@pytest.fixture
def host(open_journal: Any, another_home: Callable[[str], Home]) -> Journal:
    journal: Journal = open_journal(REGISTRY, at=another_home("host"))
    return journal


def test_a_second_history_is_laid_aside_and_the_first_stays(host: Journal) -> None:
    first, second = Author(), Author()
    first.write(PRINTED, Printed(pages=1, tenge=20))
    second.write(PRINTED, Printed(pages=2, tenge=20))
    second.write(PRINTED, Printed(pages=3, tenge=20))
    verdicts = host.receive(
        [first.batch(), second.batch(1, 2), second.batch(3), second.batch()],
        admit=lambda _: True,
        keeps_personal=True,
    )
    assert [(one.verdict, one.new) for one in verdicts] == [("taken", 2), ("fork", 1), ("fork", 1), ("fork", 0)]
    assert seen(host) == [Fork(first.device, 1, 2, 2)]
    assert rows(host, "village_printed", "pages") == [(1,)]
    assert host.verify() == []


def test_a_disk_image_brought_back_gets_its_own_lost_entries_and_goes_on_in_a_new_epoch(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    desk = open_journal(REGISTRY)
    count(desk, 1)
    image = another_home("image")
    copy(desk, image)
    desk = open_journal(REGISTRY)
    count(desk, 10)
    tell(desk, host)
    desk.store.close()
    back = open_journal(REGISTRY, at=image)
    assert visits(back) == [(1,)]
    assert tell(host, back) == ["taken", "taken"]
    assert visits(back) == [(11,)]
    count(back, 100)
    assert "fork" not in tell(back, host)
    assert visits(host) == [(111,)]
    assert back.verify() == host.verify() == []


def test_a_pc_that_is_restored_twice_opens_no_epoch_that_others_told_it_of(
    open_journal: Any, another_home: Callable[[str], Home]
) -> None:
    """Brought back with its keys, it remembers nothing of the epoch it was in when it was restored before."""

    def restored(journal: Journal, at: Home) -> Journal:
        with journal.store.write() as db:  # as a restore names its copy
            db.execute_sql("UPDATE store_meta SET value = 'restored ' || value WHERE name = 'copy'")
        journal.store.close()
        again: Journal = open_journal(REGISTRY, at=at)
        return again

    desk = open_journal(REGISTRY)
    count(desk, 1)
    image = another_home("image")
    copy(desk, image)
    desk = restored(open_journal(REGISTRY), desk.store.home)
    count(desk, 10)
    back = open_journal(REGISTRY, at=image)
    tell(desk, back)
    back = restored(back, image)
    count(back, 100)
    tell(back, desk)
    assert [head.epoch for head in _own_heads(back)] == [1, 2, 3]
    assert visits(desk) == visits(back) == [(111,)]
    assert desk.verify() == back.verify() == []


def _own_heads(journal: Journal) -> list[Head]:
    with journal.store.read() as db:
        return [head for head in heads(db.connection()) if head.device == journal.device]


def test_when_both_sides_have_been_written_everybody_ends_with_both(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    desk = open_journal(REGISTRY)
    count(desk, 1)
    image = another_home("image")
    copy(desk, image)
    desk = open_journal(REGISTRY)
    count(desk, 10)
    tell(desk, host)
    back = open_journal(REGISTRY, at=image)
    with back.commit() as commit:
        commit.append(COUNTED, Counted(day=DAY, visits=100))
        commit.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    assert "fork" in tell(host, back)
    assert visits(back) == [(111,)]
    assert "fork" in tell(back, host)
    assert visits(host) == [(111,)]
    assert rows(host, "village_printed", "title") == [("Айгүл",)]
    assert seen(host) == [Fork(back.device, 1, 3, 2)]
    assert host.table_hashes() == back.table_hashes()
    # A replay, too, takes each entry once.
    assert [journal.replay() > 0 for journal in (host, back)] == [True, True]
    assert visits(host) == visits(back) == [(111,)]
    assert back.verify() == host.verify() == []


def test_what_was_erased_on_one_side_is_not_asked_for_again(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    desk = open_journal(REGISTRY)
    count(desk, 1)
    image = another_home("image")
    copy(desk, image)
    desk = open_journal(REGISTRY)
    there = desk.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(desk, host)
    host.erase([there.id])
    back = open_journal(REGISTRY, at=image)
    with back.commit() as commit:
        commit.append(COUNTED, Counted(day=DAY, visits=10))
        here = commit.append(PRINTED, Printed(pages=2, tenge=20), Named(name="Мұрат"))
    back.erase([here.id])
    for _ in range(2):
        tell(host, back)
        tell(back, host)
    for journal in (host, back):
        with journal.store.read() as db:
            assert wanted(db.connection()) == []
        assert journal.receipt(keeps_personal=True).whole == sorted({host.device, back.device})
        assert rows(journal, "village_printed", "title") == [(None,), (None,)]
        assert journal.verify() == []


def test_two_living_copies_of_one_pc_end_with_the_same_tables(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    desk = open_journal(REGISTRY)
    count(desk, 1)
    copy(desk, another_home("twin"))
    desk, twin = open_journal(REGISTRY), open_journal(REGISTRY, at=another_home("twin"))
    count(desk, 10)
    count(twin, 100)
    for _ in range(3):
        for pc in (desk, twin):
            tell(pc, host)
            tell(host, pc)
    assert visits(desk) == visits(twin) == visits(host) == [(111,)]
    assert desk.table_hashes() == twin.table_hashes() == host.table_hashes()
    count(desk, 1000)
    count(twin, 10000)
    for pc in (desk, twin, desk):
        tell(pc, host)
        tell(host, pc)
    assert visits(desk) == visits(twin) == visits(host) == [(11111,)]
    with host.store.read() as db:
        assert len({head.device for head in heads(db.connection())}) == 2
    assert [journal.verify() for journal in (desk, twin, host)] == [[], [], []]


def test_a_receipt_for_the_other_side_of_a_fork_is_no_damage(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    """The host signs for the history it had first; the device has the other first, and the host's beside."""
    desk = open_journal(REGISTRY)
    image = another_home("image")
    copy(desk, image)
    desk = open_journal(REGISTRY)
    count(desk, 10)
    tell(desk, host)
    back = open_journal(REGISTRY, at=image)
    count(back, 100)
    assert "fork" in tell(host, back)
    assert back.keep_receipt(host.receipt(keeps_personal=True))
    assert back.verify() == []


def test_a_receipt_for_a_longer_other_side_is_no_cut(
    open_journal: Any, another_home: Callable[[str], Home], host: Journal
) -> None:
    desk = open_journal(REGISTRY)
    image = another_home("image")
    copy(desk, image)
    desk = open_journal(REGISTRY)
    count(desk, 10)
    count(desk, 20)
    tell(desk, host)
    back = open_journal(REGISTRY, at=image)
    count(back, 100)
    tell(host, back)
    assert back.keep_receipt(host.receipt(keeps_personal=True))
    assert back.verify() == []


def test_who_is_let_in_on_the_other_side_of_a_fork_may_bring_that_side(
    open_journal: Any, another_home: Callable[[str], Home]
) -> None:
    """A staff PC, set back, lets its own copy in; only that copy repeats both sides, in an epoch of the new key."""
    staff = open_journal(REGISTRY)
    with staff.commit() as commit:
        found(commit, "desk")
        root = (staff.device, commit.public_key)
    image, second = another_home("image"), another_home("second")
    copy(staff, image)
    shutil.copytree(image.data, second.data, dirs_exist_ok=True)
    shutil.copytree(image.keys, second.keys, dirs_exist_ok=True)
    staff = open_journal(REGISTRY)
    count(staff, 1)
    kiosk = open_journal(REGISTRY, at=another_home("kiosk"))
    with kiosk.store.write() as db:
        trust(db, *root)
    assert tell(staff, kiosk, members_only) == ["taken"]
    copied = open_journal(REGISTRY, at=second, machine="another machine")
    back = open_journal(REGISTRY, at=image)
    with copied.commit() as commit:
        key = commit.public_key
    with back.commit() as commit:
        admit(commit, back.device, key, "desk")
    tell(back, copied)
    tell(staff, copied)
    assert set(tell(copied, kiosk, members_only)) == {"fork", "taken"}
    assert visits(kiosk) == [(1,)]
    with kiosk.store.read() as db:
        assert [each.key for each in members(db)] == [key]
