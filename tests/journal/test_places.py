"""Where records are safe, and what has not come to the main PC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal, merge
from akimat_desk.journal.batch import BATCH_BYTES, batches_beyond
from akimat_desk.journal.devices import admit, found
from akimat_desk.journal.places import Unreached, place_of_row, unreached
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from tests.journal.village import (
    COUNTED,
    EDITED,
    REGISTERED,
    REGISTRY,
    Author,
    Counted,
    Edited,
    Registered,
    ResidentRow,
)

RESIDENT = "1" * 32
DAY = date(2026, 11, 20)


@pytest.fixture
def host(open_journal: Any, another_home: Callable[[str], Home]) -> Journal:
    """The main PC."""
    journal: Journal = open_journal(REGISTRY, at=another_home("host"))
    return journal


@pytest.fixture
def desk(open_journal: Any, host: Journal) -> Journal:
    """The staff PC that founded the room and gave the host's role away."""
    journal: Journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        found(commit, "desk")
        admit(commit, host.device, host.public_key, "desk")
        commit.append(HOST_RAISED, HostRaised(device=host.device, term=1))
    return journal


def exchanged(desk: Journal, host: Journal) -> None:
    with desk.store.read() as db:
        batches = list(batches_beyond(db.connection(), desk.registry, [], "room", BATCH_BYTES))
    host.receive(batches, admit=lambda _: True, keeps_personal=True)
    with host.store.read() as db:
        batches = list(batches_beyond(db.connection(), host.registry, [], "room", BATCH_BYTES))
    desk.receive(batches, admit=lambda _: True, keeps_personal=True)
    assert desk.keep_receipt(host.receipt(keeps_personal=True), fresh=True)


def place(journal: Journal) -> str | None:
    with journal.store.read() as db:
        return place_of_row(db, ResidentRow, RESIDENT)


def missing(journal: Journal) -> list[Unreached]:
    with journal.store.read() as db:
        return unreached(db)


def test_a_row_is_as_safe_as_the_last_edit_of_it(desk: Journal, host: Journal) -> None:
    desk.append(REGISTERED, Registered(resident=RESIDENT))
    assert place(desk) == "here"
    exchanged(desk, host)
    assert place(desk) == "host"
    with desk.commit() as commit:
        replaces = merge.seen(commit.db, ResidentRow, RESIDENT, ("street",))
        commit.append(EDITED, Edited(resident=RESIDENT, replaces=replaces, street="Abai"))
    assert place(desk) == "here"
    exchanged(desk, host)
    assert place(desk) == "host"


def test_in_a_room_of_one_pc_there_is_no_question(open_journal: Any) -> None:
    journal: Journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        found(commit, "desk")
    journal.append(REGISTERED, Registered(resident=RESIDENT))
    assert place(journal) is None
    assert missing(journal) == []


def test_what_the_main_pc_has_not_signed_for_is_counted_by_area_since_the_first(desk: Journal, host: Journal) -> None:
    exchanged(desk, host)
    assert missing(desk) == []
    first = desk.append(COUNTED, Counted(day=DAY, visits=1))
    desk.append(COUNTED, Counted(day=DAY, visits=1))
    assert missing(desk) == [Unreached("village", 2, first.at_ms)]
    exchanged(desk, host)
    assert missing(desk) == []


def test_what_cannot_be_applied_comes_first_with_its_reason(desk: Journal, host: Journal) -> None:
    exchanged(desk, host)
    desk.append(COUNTED, Counted(day=DAY, visits=1))
    stranger = Author("stranger")
    stranger.write(EDITED, Edited(resident="9" * 32, street="Abai"))
    desk.receive([stranger.batch()], admit=lambda _: True, keeps_personal=True)
    assert [(one.area, one.count, one.reason) for one in missing(desk)] == [
        ("village", 1, "not-yet"),
        ("village", 1, None),
    ]
    assert [one.reason for one in missing(host)] == []
