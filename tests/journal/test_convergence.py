"""Whatever order entries arrive in, however they are cut, however often: every PC ends with the same tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.journal.batch import Batch
from akimat_desk.journal.builtin import PERSONAL_ERASED, PersonalErased
from akimat_desk.journal.parked import waiting
from akimat_desk.journal.projections import replay, table_hashes
from akimat_desk.journal.receive import Receiver
from akimat_desk.journal.rulings import HOST_RAISED, RULING, HostRaised, Ruling
from akimat_desk.store import Database
from tests.journal.village import (
    BOOKED,
    COUNTED,
    EDITED,
    NOON_MS,
    PRINTED,
    REGISTERED,
    REGISTRY,
    Author,
    Booked,
    Counted,
    Edited,
    Named,
    Printed,
    Registered,
    figures,
    undone,
)

RESIDENTS = tuple(f"{number:032x}" for number in range(1, 4))
SLOTS = ("20-11/1", "20-11/1", "20-11/2")
DAYS = (date(2026, 11, 20), date(2026, 11, 21))
NAMES = st.sampled_from([None, Named(name="Айгүл"), Named(name="Ербол")])
TIMES = st.sampled_from([NOON_MS, NOON_MS + 1, NOON_MS + 60_000])


@pytest.fixture
def journal(open_journal: Any) -> Any:
    return open_journal(REGISTRY)


class History:
    """What three devices wrote. An entry may speak of any other, of later ones of other devices too."""

    def __init__(self, draw: Any) -> None:
        self.authors = [Author(name) for name in ("kiosk", "staff", "host")]
        self.ids: list[str] = []
        self.hosts: list[tuple[Author, str]] = []
        self.claims: list[str] = []
        ways = draw(st.sampled_from(self.subjects))
        for _ in range(draw(st.integers(4, 16))):
            author = draw(st.sampled_from(self.authors))
            self.ids.append(draw(st.sampled_from(ways))(self, author, draw, draw(TIMES)))

    def register(self, author: Author, draw: Any, at_ms: int) -> str:
        facts = Registered(resident=draw(st.sampled_from(RESIDENTS)))
        return author.write(REGISTERED, facts, draw(NAMES), at_ms=at_ms)

    def edit(self, author: Author, draw: Any, at_ms: int) -> str:
        replaces = tuple(draw(st.lists(st.sampled_from(self.ids), max_size=2, unique=True))) if self.ids else ()
        street = draw(st.sampled_from([None, "Abai-1", "Abai-2"]))
        facts = Edited(resident=draw(st.sampled_from(RESIDENTS)), replaces=replaces, street=street)
        return author.write(EDITED, facts, draw(NAMES), at_ms=at_ms)

    def print(self, author: Author, draw: Any, at_ms: int) -> str:
        return author.write(PRINTED, Printed(pages=draw(st.integers(1, 9)), tenge=20), draw(NAMES), at_ms=at_ms)

    def count(self, author: Author, draw: Any, at_ms: int) -> str:
        facts = Counted(day=draw(st.sampled_from(DAYS)), visits=draw(st.integers(-2, 5)))
        return author.write(COUNTED, facts, draw(NAMES), at_ms=at_ms)

    def book(self, author: Author, draw: Any, at_ms: int) -> str:
        self.claims.append(author.write(BOOKED, Booked(slot=draw(st.sampled_from(SLOTS))), draw(NAMES), at_ms=at_ms))
        return self.claims[-1]

    def raise_host(self, author: Author, draw: Any, at_ms: int) -> str:
        raised = draw(st.sampled_from(self.authors))
        id = author.write(HOST_RAISED, HostRaised(device=raised.device, term=draw(st.integers(1, 2))), at_ms=at_ms)
        self.hosts.append((raised, id))
        return id

    def rule(self, author: Author, draw: Any, at_ms: int) -> str:
        # Mostly the host rules; now and then somebody who is not.
        author, host = draw(st.sampled_from([*self.hosts, (author, self.hosts[0][1] if self.hosts else "f" * 32)]))
        holder = draw(st.sampled_from([None, *self.claims]))
        facts = Ruling(host=host, space="village.slot", thing=draw(st.sampled_from(SLOTS)), holder=holder)
        return author.write(RULING, facts, at_ms=at_ms)

    def erase(self, author: Author, draw: Any, at_ms: int) -> str:
        ids = draw(st.lists(st.sampled_from(self.ids), max_size=3)) if self.ids else []
        return author.write(PERSONAL_ERASED, PersonalErased(entries=tuple(ids)), at_ms=at_ms)

    def lie(self, author: Author, draw: Any, at_ms: int) -> str:
        """As no program of ours does: under the id of another entry, or under one that no PC made."""
        id = draw(st.sampled_from([*self.ids, "f" * 32]))
        if draw(st.booleans()):
            return author.write(PRINTED, Printed(pages=10, tenge=0), draw(NAMES), at_ms=at_ms, id=bytes.fromhex(id))
        facts = Registered(resident=draw(st.sampled_from(RESIDENTS)))
        return author.write(REGISTERED, facts, draw(NAMES), at_ms=at_ms, id=bytes.fromhex(id))

    subjects = (
        (register, edit),
        (register, edit, erase),
        (print, count, erase),
        (book, raise_host, rule, rule),
        (register, edit, print, count, book, raise_host, rule, erase),
        (print, register, edit, lie, lie, erase),
        (register, edit, print, book, raise_host, rule, erase, lie),
    )
    """Most histories are about few things, so that entries meet."""

    def delivery(self, draw: Any) -> list[Batch]:
        """The entries cut into batches anywhere, some twice, in any order across devices and within one."""
        batches = []
        for author in self.authors:
            last = len(author.entries)
            cuts = sorted({*draw(st.lists(st.integers(1, last), max_size=4)), last})
            batches += [author.batch(after + 1, cut) for after, cut in zip([0, *cuts], cuts, strict=False)]
        again = draw(st.lists(st.sampled_from(batches), max_size=3))
        return list(draw(st.permutations([*batches, *again])))


@st.composite
def histories(draw: Any, deliveries: int = 2) -> tuple[History, list[list[Batch]]]:
    history = History(draw)
    return history, [history.delivery(draw) for _ in range(deliveries)]


def deliver(journal: Any, db: Database, batches: list[Batch]) -> None:
    """Each batch comes by itself; one that came too early comes again, as it does after every exchange."""
    left = batches
    while left:
        early = []
        for batch in left:
            receiver = Receiver(db, REGISTRY, journal.clock, lambda _: True, keeps_personal=True)
            (taken,) = receiver.take([batch])
            receiver.finish()
            assert taken.verdict in ("taken", "known", "gap"), taken
            if taken.verdict == "gap":
                early.append(batch)
        left = early


def examples(count: int) -> settings:
    """One database serves all examples: each is undone."""
    return settings(max_examples=count, suppress_health_check=[HealthCheck.function_scoped_fixture])


@examples(250)
@given(histories())
def test_any_order_of_delivery_gives_the_same_tables(journal: Any, told: Any) -> None:
    _, deliveries = told
    outcomes = []
    for batches in deliveries:
        with undone(journal) as db:
            deliver(journal, db, batches)
            outcomes.append((table_hashes(db, REGISTRY), waiting(db)))
    assert outcomes[0] == outcomes[1]


@examples(60)
@given(histories(deliveries=1))
def test_a_replay_gives_the_same_tables(journal: Any, told: Any) -> None:
    _, (batches,) = told
    with undone(journal) as db:
        deliver(journal, db, batches)
        before = table_hashes(db, REGISTRY), waiting(db)
        replay(db, REGISTRY)
        assert (table_hashes(db, REGISTRY), waiting(db)) == before


@examples(60)
@given(histories(deliveries=1))
def test_without_any_personal_part_the_figures_are_the_same(journal: Any, told: Any) -> None:
    _, (batches,) = told
    with undone(journal) as db:
        deliver(journal, db, batches)
        before = figures(db)
        db.execute_sql("DELETE FROM journal_personal")
        replay(db, REGISTRY)
        assert figures(db) == before
        assert db.execute_sql("SELECT count(name) FROM village_resident").fetchone() == (0,)
        assert db.execute_sql("SELECT count(title) FROM village_printed").fetchone() == (0,)


@examples(60)
@given(histories(deliveries=1), st.data())
def test_a_part_that_comes_later_or_is_erased_leaves_what_a_replay_would(journal: Any, told: Any, data: Any) -> None:
    history, (batches,) = told
    written = [(header, part) for author in history.authors for header, _, _, part in author.entries if part]
    late = data.draw(st.lists(st.sampled_from(written), unique_by=lambda one: one[0].id)) if written else []
    erased = data.draw(st.lists(st.sampled_from(written))) if written else []
    held_back = {header.id for header, _ in late}
    with undone(journal) as db:
        deliver(journal, db, [_without(batch, held_back) for batch in batches])
        receiver = Receiver(db, REGISTRY, journal.clock, lambda _: True, keeps_personal=True)
        receiver.supply([(header.id.hex(), part) for header, part in late])
        receiver._applier.forget([header.id.hex() for header, _ in erased])
        receiver.finish()
        before = table_hashes(db, REGISTRY)
        replay(db, REGISTRY)
        assert table_hashes(db, REGISTRY) == before


def _without(batch: Batch, ids: set[bytes]) -> Batch:
    from msgspec.structs import replace

    from akimat_desk.journal.entry import read_header

    kept = [None if read_header(d).id in ids else p for d, p in zip(batch.entries, batch.personal, strict=True)]
    return replace(batch, personal=tuple(kept))
