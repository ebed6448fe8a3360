"""A receipt is another device's signed word; by it a kiosk lets personal parts go, and a cut journal is found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.receipts import MOST_LACKED, held_elsewhere, receipts
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Counted, Named, Printed, rows, undone

DAY = date(2026, 11, 20)


@pytest.fixture
def kiosk(open_journal: Any, another_home: Callable[[str], Home]) -> Journal:
    journal: Journal = open_journal(REGISTRY, at=another_home("kiosk"))
    return journal


@pytest.fixture
def host(open_journal: Any, another_home: Callable[[str], Home]) -> Journal:
    journal: Journal = open_journal(REGISTRY, at=another_home("host"))
    return journal


def tell(teller: Journal, hearer: Journal, audience: Any = "room") -> None:
    with teller.store.read() as db:
        batches = list(batches_beyond(db.connection(), REGISTRY, [], audience))
    hearer.receive(batches, admit=lambda _: True, keeps_personal=True)


def test_a_receipt_is_kept_when_it_is_its_devices_word(kiosk: Journal, host: Journal) -> None:
    receipt = host.receipt(keeps_personal=True)
    assert not kiosk.keep_receipt(receipt)  # nobody here knows the host's key yet
    tell(host, kiosk)
    assert not kiosk.keep_receipt(replace(receipt, at_ms=receipt.at_ms + 1))
    assert kiosk.keep_receipt(receipt)
    with kiosk.store.read() as db:
        assert receipts(db.connection()) == [receipt]


def test_what_exists_only_here_is_known(kiosk: Journal, host: Journal) -> None:
    kiosk.append(COUNTED, Counted(day=DAY, visits=1))
    tell(kiosk, host)
    tell(host, kiosk)
    kiosk.append(COUNTED, Counted(day=DAY, visits=1))
    kiosk.keep_receipt(host.receipt(keeps_personal=True))
    with kiosk.store.read() as db:
        assert held_elsewhere(db, kiosk.device, 1) == 2
        assert held_elsewhere(db, host.device, 1) == 0


def test_a_kiosk_lets_personal_parts_go_once_the_host_has_signed_for_them(kiosk: Journal, host: Journal) -> None:
    kiosk.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(kiosk, host)
    host.append(HOST_RAISED, HostRaised(device=host.device, term=1))
    tell(host, kiosk)
    assert kiosk.let_go() == 0
    kiosk.keep_receipt(host.receipt(keeps_personal=True))
    kiosk.append(PRINTED, Printed(pages=2, tenge=20), Named(name="Ербол"))
    assert kiosk.let_go() == 1
    assert rows(kiosk, "village_printed", "pages, title") == [(1, None), (2, "Ербол")]
    assert rows(host, "village_printed", "title") == [("Айгүл",)]
    assert kiosk.verify() == []


@pytest.mark.parametrize(("audience", "keeps"), [("nobody", True), ("room", False)])
def test_nothing_is_let_go_while_the_host_lacks_a_part_or_does_not_keep_parts(
    kiosk: Journal, host: Journal, audience: str, keeps: bool
) -> None:
    kiosk.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(kiosk, host, audience)
    host.append(HOST_RAISED, HostRaised(device=host.device, term=1))
    tell(host, kiosk)
    kiosk.keep_receipt(host.receipt(keeps_personal=keeps))
    assert kiosk.let_go() == 0


def test_entries_cut_off_the_end_are_known_to_the_receipt(kiosk: Journal, host: Journal) -> None:
    kiosk.append(COUNTED, Counted(day=DAY, visits=1))
    tell(kiosk, host)
    tell(host, kiosk)
    kiosk.keep_receipt(host.receipt(keeps_personal=True))
    from akimat_desk.journal.verify import verify

    with undone(kiosk) as db:
        db.execute_sql("DELETE FROM journal_entry WHERE seq = 2")
        db.execute_sql(
            "UPDATE journal_chain SET seq = 1,"
            " hash = (SELECT hash FROM journal_entry e WHERE e.chain = journal_chain.id) WHERE device = ?",
            (kiosk.device,),
        )
        assert [(finding.seq, finding.what) for finding in verify(db)] == [(2, "cut")]


def test_an_older_receipt_does_not_take_the_place_of_a_newer_one(kiosk: Journal, host: Journal, clock: Any) -> None:
    """They come on sticks too, in any order; what the host's clock says does not matter."""
    tell(host, kiosk)
    old = host.receipt(keeps_personal=True)
    host.append(COUNTED, Counted(day=DAY, visits=1))
    clock.turn_to(datetime(2026, 1, 2, tzinfo=UTC))
    tell(host, kiosk)
    new = host.receipt(keeps_personal=True)
    assert new.at_ms < old.at_ms
    assert kiosk.keep_receipt(new)
    assert kiosk.keep_receipt(old)
    with kiosk.store.read() as db:
        assert receipts(db.connection()) == [new]


@pytest.mark.parametrize("changed", [b"", b"\xc1junk", b"\x90", "text", None])
def test_a_receipt_that_was_changed_is_nobodys_word(kiosk: Journal, host: Journal, changed: bytes | str | None) -> None:
    kiosk.append(COUNTED, Counted(day=DAY, visits=1))
    tell(kiosk, host)
    tell(host, kiosk)
    true = host.receipt(keeps_personal=True)
    assert kiosk.keep_receipt(true)
    forged = replace(true, heads=[replace(head, seq=head.seq + 1) for head in true.heads])
    data = msgspec.msgpack.encode(forged) if changed is None else changed
    with kiosk.store.write() as db:
        db.execute_sql("UPDATE journal_receipt SET bytes = ?", (data,))
    assert kiosk.verify() == []
    with kiosk.store.read() as db:
        assert (receipts(db.connection()), held_elsewhere(db, kiosk.device, 1)) == ([], 0)
    assert kiosk.keep_receipt(true)
    with kiosk.store.read() as db:
        assert receipts(db.connection()) == [true]


def test_that_another_holds_more_of_a_third_is_no_sign_of_a_cut(
    kiosk: Journal, host: Journal, open_journal: Any, another_home: Callable[[str], Home]
) -> None:
    third = open_journal(REGISTRY, at=another_home("third"))
    tell(third, host)
    tell(host, kiosk)
    third.append(COUNTED, Counted(day=DAY, visits=1))
    tell(third, host)
    assert kiosk.keep_receipt(host.receipt(keeps_personal=True))
    assert kiosk.verify() == []


def test_a_part_that_is_nowhere_any_more_does_not_keep_the_others_on_the_kiosk(kiosk: Journal, host: Journal) -> None:
    """One part was lost with a disk. The host says which it lacks, and signs for all others."""
    lost = kiosk.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(kiosk, host, "nobody")
    kiosk.append(PRINTED, Printed(pages=2, tenge=20), Named(name="Ербол"))
    tell(kiosk, host)
    with host.store.write() as db:  # what the disk took
        db.execute_sql(
            "DELETE FROM journal_personal WHERE arrival IN (SELECT arrival FROM journal_entry WHERE seq = 2)"
        )
        db.execute_sql("UPDATE journal_entry SET personal = 2 WHERE id = ?", (lost.id,))
    host.append(HOST_RAISED, HostRaised(device=host.device, term=1))
    tell(host, kiosk)
    receipt = host.receipt(keeps_personal=True)
    assert receipt.lacks == [lost.id]
    assert not kiosk.keep_receipt(replace(receipt, lacks=[]))
    assert kiosk.keep_receipt(receipt)
    assert kiosk.let_go() == 1
    assert rows(kiosk, "village_printed", "pages, title") == [(1, "Айгүл"), (2, None)]


def test_a_host_that_lacks_many_parts_of_a_device_does_not_sign_for_any(kiosk: Journal, host: Journal) -> None:
    for _ in range(MOST_LACKED + 1):
        kiosk.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    tell(kiosk, host, "nobody")
    receipt = host.receipt(keeps_personal=True)
    assert (receipt.whole, receipt.lacks) == ([host.device], [])
