"""Of one thing there is one: the host says whose it is, and everybody can see what was decided and what waits."""

from __future__ import annotations

from typing import Any

import pytest

from akimat_desk.journal.parked import waiting
from akimat_desk.journal.rulings import HOST_RAISED, RULING, HostRaised, Ruling, current_host, unsettled
from tests.journal.village import BOOKED, NOON_MS, REGISTRY, Author, Booked, rows

SLOT = "20-11/1"


@pytest.fixture
def journal(open_journal: Any) -> Any:
    return open_journal(REGISTRY)


def receive(journal: Any, *authors: Author) -> None:
    journal.receive([author.batch() for author in authors], admit=lambda _: True, keeps_personal=True)


def standing(journal: Any) -> dict[str, str]:
    return dict(rows(journal, "journal_claim", "entry, standing"))


def raise_host(by: Author, host: Author, term: int, at_ms: int = NOON_MS) -> str:
    return by.write(HOST_RAISED, HostRaised(device=host.device, term=term), at_ms=at_ms)


def rule(host: Author, raised: str, holder: str | None, at_ms: int = NOON_MS) -> None:
    host.write(RULING, Ruling(host=raised, space="village.slot", thing=SLOT, holder=holder), at_ms=at_ms)


def test_without_a_ruling_every_claim_is_requested_and_waits_for_the_host(journal: Any) -> None:
    kiosk, staff = Author("kiosk"), Author("staff")
    second = staff.write(BOOKED, Booked(slot=SLOT), at_ms=NOON_MS + 1)
    first = kiosk.write(BOOKED, Booked(slot=SLOT))
    receive(journal, staff, kiosk)
    assert standing(journal) == {first: "requested", second: "requested"}
    with journal.store.read() as db:
        assert unsettled(db) == [("village.slot", SLOT, (first, second))]


def test_the_host_gives_the_thing_to_one_and_a_later_claim_is_refused_in_the_open(journal: Any) -> None:
    kiosk, host, staff = Author("kiosk"), Author("host"), Author("staff")
    first = kiosk.write(BOOKED, Booked(slot=SLOT))
    rule(host, raise_host(host, host, 1), first)
    late = staff.write(BOOKED, Booked(slot=SLOT))
    receive(journal, kiosk, host, staff)
    assert standing(journal) == {first: "granted", late: "refused"}
    with journal.store.read() as db:
        assert unsettled(db) == []
        assert current_host(db).device == host.device  # type: ignore[union-attr]


def test_the_higher_term_wins_even_over_a_later_ruling(journal: Any) -> None:
    kiosk, old, new = Author("kiosk"), Author("old"), Author("new")
    one, two = kiosk.write(BOOKED, Booked(slot=SLOT)), kiosk.write(BOOKED, Booked(slot=SLOT))
    raised = raise_host(old, old, 1)
    rule(new, raise_host(new, new, 2), two)
    rule(old, raised, one, at_ms=NOON_MS + 60_000)
    receive(journal, kiosk, new, old)
    assert standing(journal) == {one: "refused", two: "granted"}


def test_of_two_hosts_with_one_term_the_later_raised_rules(journal: Any) -> None:
    kiosk, here, there = Author("kiosk"), Author("here"), Author("there")
    one, two = kiosk.write(BOOKED, Booked(slot=SLOT)), kiosk.write(BOOKED, Booked(slot=SLOT))
    rule(here, raise_host(here, here, 1, NOON_MS + 5), one)
    rule(there, raise_host(there, there, 1), two, at_ms=NOON_MS + 60_000)
    receive(journal, kiosk, there, here)
    assert standing(journal) == {one: "granted", two: "refused"}


def test_a_host_may_change_its_mind_and_free_the_thing(journal: Any) -> None:
    kiosk, host = Author("kiosk"), Author("host")
    one = kiosk.write(BOOKED, Booked(slot=SLOT))
    raised = raise_host(host, host, 1)
    rule(host, raised, one)
    rule(host, raised, None, at_ms=NOON_MS + 1)
    receive(journal, kiosk, host)
    assert standing(journal) == {one: "refused"}


def test_a_ruling_by_one_who_is_not_that_host_is_parked(journal: Any) -> None:
    kiosk, host, thief = Author("kiosk"), Author("host"), Author("thief")
    one = kiosk.write(BOOKED, Booked(slot=SLOT))
    rule(thief, raise_host(host, host, 1), one)
    receive(journal, kiosk, thief, host)
    assert standing(journal) == {one: "requested"}
    with journal.store.read() as db:
        assert [(entry.device, entry.reason) for entry in waiting(db)] == [(thief.device, "poison")]
