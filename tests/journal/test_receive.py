"""What others wrote comes in only when it is proved, and as far as it is proved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec import Raw
from msgspec.structs import replace

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Facts
from akimat_desk.journal.batch import BATCH_BYTES, Batch, batches_beyond
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import genesis
from akimat_desk.journal.devices import DEVICE_REVOKED, DeviceRevoked
from akimat_desk.journal.entry import Personal
from akimat_desk.journal.forks import forks
from akimat_desk.journal.hlc import AHEAD_MS
from akimat_desk.journal.parked import waiting
from akimat_desk.journal.receive import Introduction, Taken
from akimat_desk.journal.tables import heads, here
from tests.journal.village import (
    COUNTED,
    NOON_MS,
    PRINTED,
    REGISTERED,
    REGISTRY,
    Author,
    Counted,
    Named,
    Printed,
    Registered,
    rows,
)

DAY = date(2026, 11, 20)


class Strange(Facts, frozen=True):
    """A personal part as no program of ours writes it."""

    name: int


@pytest.fixture
def journal(open_journal: Any) -> Any:
    return open_journal(REGISTRY)


@pytest.fixture
def author() -> Author:
    """Somebody who introduced themselves (1) and printed thrice (2 to 4)."""
    author = Author()
    for pages in (1, 2, 3):
        author.write(PRINTED, Printed(pages=pages, tenge=20), Named(name="Сабақ"))
    return author


def receive(journal: Any, *batches: Batch, keeps_personal: bool = True) -> list[tuple[str, int, str]]:
    taken: list[Taken] = journal.receive(batches, admit=lambda _: True, keeps_personal=keeps_personal)
    return [(one.verdict, one.new, one.why) for one in taken]


def pages(journal: Any) -> list[tuple[Any, ...]]:
    return rows(journal, "village_printed", "pages, title")


def test_a_proved_batch_is_kept_and_applied(journal: Any, author: Author) -> None:
    assert receive(journal, author.batch()) == [("taken", 4, "")]
    assert pages(journal) == [(1, "Сабақ"), (2, "Сабақ"), (3, "Сабақ")]
    assert journal.verify() == []


def test_what_is_known_already_is_passed_over(journal: Any, author: Author) -> None:
    receive(journal, author.batch(last=3))
    assert receive(journal, author.batch(last=2), author.batch(2, 4), author.batch()) == [
        ("known", 0, ""),
        ("taken", 1, ""),
        ("known", 0, ""),
    ]
    assert len(pages(journal)) == 3


def test_a_batch_that_leaves_a_gap_waits_and_other_chains_go_on(journal: Any, author: Author) -> None:
    other = Author("other")
    assert receive(journal, author.batch(last=2), author.batch(4), author.batch(3), other.batch()) == [
        ("taken", 2, ""),
        ("gap", 0, ""),
        ("taken", 1, ""),
    ]


@pytest.mark.parametrize("entry", [0, 1, 3])
def test_a_flipped_bit_is_refused_and_what_came_before_is_kept(journal: Any, author: Author, entry: int) -> None:
    batch = author.batch(1, 4)
    data = bytearray(batch.entries[entry])
    data[-1] ^= 1
    entries = (*batch.entries[:entry], bytes(data), *batch.entries[entry + 1 :])
    other = Author("other")
    results = receive(journal, other.batch(), replace(batch, entries=entries))
    assert [verdict for verdict, _, _ in results] == ["taken", "refused"]
    assert pages(journal) == []


def test_a_batch_of_another_form_is_refused(journal: Any, author: Author) -> None:
    batch = author.batch()
    assert receive(journal, replace(batch, personal=())) == [("refused", 0, "form")]
    assert receive(journal, replace(batch, entries=(b"no entry", *batch.entries[1:]))) == [("refused", 0, "unreadable")]
    assert receive(journal, replace(batch, entries=batch.entries[1:], personal=batch.personal[1:])) == [
        ("refused", 0, "order")
    ]


def test_a_signature_of_somebody_else_is_refused(journal: Any, author: Author) -> None:
    assert receive(journal, author.batch(key=Author("thief").key)) == [("refused", 0, "signature")]
    receive(journal, author.batch(last=2))
    assert receive(journal, author.batch(3, key=Author("thief").key)) == [("refused", 0, "signature")]


def test_entries_in_another_order_are_refused(journal: Any, author: Author) -> None:
    batch = author.batch()
    one, two, three, four = batch.entries
    assert receive(journal, replace(batch, entries=(one, three, two, four))) == [("refused", 0, "order")]


def in_the_name_of(device: str) -> Author:
    """Somebody with a key of their own who speaks as `device` from its first entry on."""
    thief = Author("thief")
    thief.device, thief.entries, thief.last_hash = device, [], genesis(device, 1)
    thief.write(DEVICE_INTRODUCED, DeviceIntroduced(public_key=thief.key.public, reason="first"))
    thief.write(COUNTED, Counted(day=DAY, visits=1000))
    return thief


def test_a_chain_begins_with_the_key_its_device_is_named_by(journal: Any, author: Author) -> None:
    assert receive(journal, in_the_name_of(author.device).batch()) == [("refused", 0, "device")]
    nobody = Author("nobody")
    nobody.entries.clear()
    nobody.last_hash = Author("nobody").entries[0][2]
    nobody.write(PRINTED, Printed(pages=1, tenge=1))
    assert receive(journal, nobody.batch()) == [("refused", 0, "introduction")]


def test_nobody_gives_a_known_device_a_second_history_with_a_key_of_their_own(journal: Any, author: Author) -> None:
    receive(journal, author.batch())
    assert receive(journal, in_the_name_of(author.device).batch()) == [("refused", 0, "key")]
    with journal.store.read() as db:
        assert forks(db) == []


def test_a_desk_repeats_no_history_that_its_own_key_did_not_sign(journal: Any) -> None:
    with journal.store.read() as db:
        before = heads(db.connection())
    assert receive(journal, in_the_name_of(journal.device).batch()) == [("refused", 0, "key")]
    assert rows(journal, "village_day") == []
    with journal.store.read() as db:
        assert heads(db.connection()) == before


def test_enrolment_decides_which_chains_come_in(journal: Any, author: Author) -> None:
    asked: list[Introduction] = []

    def admit(introduction: Introduction) -> bool:
        asked.append(introduction)
        return False

    (taken,) = journal.receive([author.batch()], admit=admit, keeps_personal=True)
    assert (taken.verdict, taken.why) == ("refused", "not-admitted")
    assert asked == [Introduction(author.device, 1, author.key.public, False)]


def test_a_kiosk_keeps_no_personal_part(journal: Any, author: Author) -> None:
    receive(journal, author.batch(), keeps_personal=False)
    assert pages(journal) == [(1, None), (2, None), (3, None)]
    assert rows(journal, "journal_personal") == []
    assert journal.verify() == []


def test_a_part_that_is_not_the_named_one_is_left_out(journal: Any, author: Author) -> None:
    batch = author.batch()
    forged = Personal(bytes(16), b"\x81\xa4name\xa5other")
    receive(journal, replace(batch, personal=(None, forged, *batch.personal[2:])))
    assert pages(journal) == [(1, None), (2, "Сабақ"), (3, "Сабақ")]
    assert journal.verify() == []


def test_a_part_that_is_not_what_its_kind_says_does_not_decide_over_the_facts(journal: Any) -> None:
    author = Author()
    author.write(PRINTED, Printed(pages=1, tenge=20), Strange(name=5))
    receive(journal, author.batch())
    assert pages(journal) == [(1, None)]
    assert journal.verify() == []


def test_a_part_that_comes_later_takes_its_place(journal: Any, author: Author) -> None:
    batch = author.batch()
    receive(journal, replace(batch, personal=(None,) * 4))
    assert pages(journal) == [(1, None), (2, None), (3, None)]
    header, _, _, part = author.entries[1]
    journal.receive(parts=[(header.id.hex(), part)], admit=lambda _: True, keeps_personal=True)
    assert pages(journal) == [(1, "Сабақ"), (2, None), (3, None)]
    assert receive(journal, batch) == [("known", 0, "")]
    assert pages(journal) == [(1, "Сабақ"), (2, "Сабақ"), (3, "Сабақ")]
    assert journal.verify() == []


def test_a_clock_ten_minutes_ahead_is_followed_and_one_further_ahead_is_doubted(
    journal: Any, clock: FixedClock
) -> None:
    now = clock.now_ms()
    near, far = Author("near"), Author("far")
    near.write(COUNTED, Counted(day=DAY, visits=1), at_ms=now + AHEAD_MS - 1)
    far.write(COUNTED, Counted(day=DAY, visits=1), at_ms=now + 365 * 86_400_000)
    receive(journal, near.batch(), far.batch())
    with journal.store.read() as db:
        own = here(db.connection()).at
        doubtful = db.execute_sql("SELECT at >> 16, doubtful FROM journal_entry WHERE seq = 2 ORDER BY at").fetchall()
    assert own >> 16 == now + AHEAD_MS - 1
    assert doubtful == [(now + AHEAD_MS - 1, 0), (now + 365 * 86_400_000, 1)]
    assert rows(journal, "village_day", "visits") == [(2,)]  # a wrong clock takes nothing away
    assert journal.append(COUNTED, Counted(day=DAY, visits=1)).at > own


def test_an_id_that_says_something_else_elsewhere_is_parked(journal: Any, author: Author) -> None:
    thief = Author("thief")
    thief.write(PRINTED, Printed(pages=9, tenge=0), id=author.entries[1][0].id)
    receive(journal, author.batch(), thief.batch())
    assert [page for page, _ in pages(journal)] == [1, 2, 3]
    with journal.store.read() as db:
        assert [(one.device, one.seq, one.reason, one.detail) for one in waiting(db)] == [
            (thief.device, 2, "poison", "id-taken")
        ]
    assert journal.verify() == []
    before = journal.table_hashes()
    journal.replay()
    assert journal.table_hashes() == before
    with journal.store.read() as db:
        assert [one.detail for one in waiting(db)] == ["id-taken"]


@pytest.mark.parametrize("liar", ["thief", "cheat"])
def test_a_lie_that_came_first_gives_way_to_the_device_that_made_the_id(
    journal: Any, author: Author, liar: str
) -> None:
    """Also where it withdrew that very device's key."""
    thief, cheat = Author("thief"), Author("cheat")
    assert thief.device < author.device < cheat.device  # this decides nothing here
    withdrawn = DeviceRevoked(device=author.device, public_key=author.key.public, epoch=1, seq=1)
    thief.write(PRINTED, Printed(pages=9, tenge=0), id=author.entries[1][0].id)
    cheat.write(DEVICE_REVOKED, withdrawn, id=author.entries[2][0].id)
    first = {"thief": thief, "cheat": cheat}[liar]
    receive(journal, first.batch())
    receive(journal, author.batch())
    assert [page for page, _ in pages(journal)] == [1, 2, 3]
    with journal.store.read() as db:
        assert [(one.device, one.seq, one.detail) for one in waiting(db)] == [(first.device, 2, "id-taken")]
    assert rows(journal, "journal_limit") == []
    assert journal.verify() == []


def test_of_two_entries_that_one_device_wrote_under_one_id_the_earlier_stands(journal: Any, author: Author) -> None:
    author.write(PRINTED, Printed(pages=9, tenge=0), id=author.entries[1][0].id)
    receive(journal, author.batch())
    assert [page for page, _ in pages(journal)] == [1, 2, 3]


def test_batches_are_cut_where_a_signature_is_held_and_nowhere_else(journal: Any) -> None:
    for _ in range(3):
        with journal.commit() as commit:
            for pages_printed in range(4):
                commit.append(PRINTED, Printed(pages=pages_printed, tenge=1))

    def cuts(size: int) -> list[tuple[int, int]]:
        with journal.store.read() as db:
            return [
                (batch.first, batch.last) for batch in batches_beyond(db.connection(), REGISTRY, [], "nobody", size)
            ]

    assert cuts(1) == [(1, 1), (2, 5), (6, 9), (10, 13)]
    assert cuts(BATCH_BYTES) == [(1, 13)]


def test_personal_parts_go_to_whom_they_may(journal: Any) -> None:
    journal.append(PRINTED, Printed(pages=1, tenge=1), Named(name="Сабақ"))
    journal.append(REGISTERED, Registered(resident="1" * 32), Named(name="Айгүл"))

    def parts(audience: Any) -> list[bool]:
        with journal.store.read() as db:
            (batch,) = batches_beyond(db.connection(), REGISTRY, [], audience)
            return [part is not None for part in batch.personal]

    assert parts("room") == [False, True, True]
    assert parts("region") == [False, False, True]
    assert parts("nobody") == [False, False, False]


def test_the_author_of_these_tests_writes_as_a_desk_does(journal: Any) -> None:
    journal.append(PRINTED, Printed(pages=1, tenge=1), Named(name="Сабақ"))
    with journal.store.read() as db:
        (batch,) = batches_beyond(db.connection(), REGISTRY, [], "room")
    author = Author()
    author.write(PRINTED, Printed(pages=1, tenge=1), Named(name="Сабақ"), at_ms=NOON_MS)
    assert [len(data) for data in batch.entries] == [len(data) for data in author.batch().entries]


class NotText(Facts, frozen=True):
    """An introduction as no program of ours writes it."""

    public_key: bytes
    reason: str
    fork: Raw


def test_texts_that_are_no_texts_hurt_nobody(journal: Any) -> None:
    """Bytes that are no UTF-8 where a text should be: in an introduction, and in a personal part that fits its hash."""
    author, broken = Author(), Author("broken")
    part = Personal(bytes(16), b"\x81\xa4name\xa2\xff\xfe")
    author.write(PRINTED, Printed(pages=1, tenge=20), personal=part.hash)
    batch = replace(author.batch(), personal=(None, part))
    broken.entries.clear()
    broken.last_hash = genesis(broken.device, 1)
    device = Raw(b"\x81\xa6device\xd9\x20" + b"1" * 31 + b"\xb1")
    broken.write(DEVICE_INTRODUCED, NotText(public_key=broken.key.public, reason="first", fork=device))
    assert receive(journal, batch, broken.batch()) == [("taken", 2, ""), ("refused", 0, "introduction")]
    assert rows(journal, "village_printed", "pages, title") == [(1, None)]
    assert journal.verify() == []
