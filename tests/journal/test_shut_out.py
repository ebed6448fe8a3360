"""A PC that is shut out can be opened and told so, and what it did afterwards undoes nothing elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.devices import DeviceIsRevoked, found, revoke
from akimat_desk.journal.parts import parts_of, wanted
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Counted, Named, Printed, rows

VISIT = Counted(day=date(2026, 11, 20), visits=1)


def tell(teller: Journal, hearer: Journal, audience: Any = "room") -> None:
    with teller.store.read() as db:
        batches = list(batches_beyond(db.connection(), REGISTRY, [], audience))
    hearer.receive(batches, admit=lambda _: True, keeps_personal=True)


def test_it_can_be_opened_from_a_backup_and_writes_nothing(open_journal: Any) -> None:
    """Its next epoch begins under the withdrawn key, and that it begins says nothing else."""
    desk: Journal = open_journal(REGISTRY)
    desk.append(COUNTED, VISIT)
    with desk.commit() as commit:
        found(commit, "desk")
        revoke(commit, desk.device)
    with desk.store.write() as db:  # as a restore names its copy
        db.execute_sql("UPDATE store_meta SET value = 'restored' WHERE name = 'copy'")
    desk.store.close()
    desk = open_journal(REGISTRY)
    assert rows(desk, "journal_chain", "epoch, seq") == [(1, 4), (2, 1)]
    with pytest.raises(DeviceIsRevoked):
        desk.append(COUNTED, VISIT)
    assert desk.verify() == []


def test_it_takes_in_a_second_history_of_its_own(open_journal: Any, another_home: Callable[[str], Home]) -> None:
    desk: Journal = open_journal(REGISTRY)
    image = another_home("image")
    desk.store.close()
    shutil.copytree(desk.store.home.data, image.data, dirs_exist_ok=True)
    shutil.copytree(desk.store.home.keys, image.keys, dirs_exist_ok=True)
    desk = open_journal(REGISTRY)
    desk.append(COUNTED, VISIT)
    with desk.commit() as commit:
        found(commit, "desk")
        revoke(commit, desk.device)
    twin = open_journal(REGISTRY, at=image)
    twin.append(COUNTED, VISIT)
    tell(desk, twin)
    tell(twin, desk)
    for pc in (desk, twin):
        assert rows(pc, "journal_revocation", "revoked") == [(desk.device,)]
        with pytest.raises(DeviceIsRevoked):
            pc.append(COUNTED, VISIT)


def test_what_it_erased_afterwards_comes_back(open_journal: Any, another_home: Callable[[str], Home]) -> None:
    """A PC that heard of the erasure first ends like one that heard of the withdrawal first."""
    staff: Journal = open_journal(REGISTRY)
    other = open_journal(REGISTRY, at=another_home("other"))
    shut_out = open_journal(REGISTRY, at=another_home("shut out"))
    with staff.commit() as commit:
        found(commit, "desk")
    printed = staff.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(shut_out, staff)
    for pc in (other, shut_out):
        tell(staff, pc)
    shut_out.erase([printed.id])
    tell(shut_out, other)
    assert rows(other, "village_printed", "title") == [(None,)]
    with staff.commit() as commit:
        revoke(commit, shut_out.device)
    tell(shut_out, staff)
    tell(staff, other)
    with other.store.read() as db:
        assert wanted(db.connection()) == [printed.id]
    with staff.store.read() as db:
        parts = parts_of(db.connection(), REGISTRY, [printed.id], "room")
    other.receive(parts=parts, admit=lambda _: True, keeps_personal=True)
    assert staff.table_hashes() == other.table_hashes()
    assert other.verify() == []
