"""Things of which there is one, names that are erased, and networks that are no networks.

Of the groups between, 16 has a file of its own, 17 (files) is in `test_transfer.py` one folder up, and of 22 who stands
between two PCs is in `room/test_22_interception.py` there; 20 and 21 belong to the hub of the region.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import zstandard
from msgspec.structs import replace

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal.parts import wanted
from akimat_desk.journal.rulings import current_host
from akimat_desk.journal.tables import heads
from akimat_desk.sync.courier import FIRST_PAUSE, LONGEST_PAUSE, Courier
from akimat_desk.sync.errors import NotADesk, TheirTrouble, TooMuch, Unreachable
from akimat_desk.sync.host import rule
from akimat_desk.sync.http import CONTENT_TYPE, MAX_BODY, PATH, HttpLink, serving
from akimat_desk.sync.messages import MAX_UNPACKED, Push, pack, unpack_answer
from akimat_desk.sync.presence import Presence
from tests.journal.village import BOOKED, Booked, rows
from tests.sync.conftest import OpenPc, Pc
from tests.sync.faults.conftest import Folders
from tests.sync.faults.room import (
    Faulty,
    batches,
    line,
    print_for,
    raise_host,
    receive,
    same,
    titles,
    visit,
    visits,
    whole,
)
from tests.sync.web import Page, answering

# ---- 15: one slot, two who want it


def book(pc: Pc, slot: str = "20-11/1") -> str:
    return pc.journal.append(BOOKED, Booked(slot=slot)).id


def standing(pc: Pc) -> dict[str, str]:
    return dict(rows(pc.journal, "journal_claim", "entry, standing"))


def test_15_two_pcs_that_gave_one_slot_away_offline_hear_one_ruling(
    desk: Pc, host: Pc, open_pc: OpenPc, clock: FixedClock
) -> None:
    other = open_pc("other")
    raise_host(host, host)
    first = book(desk)
    clock.pass_seconds(1)
    second = book(other)
    assert standing(desk) == {first: "requested"}
    for pc in (desk, other):
        pc.exchange.sync(line(host))
    assert rule(host.journal) == 1
    for pc in (desk, other):
        pc.exchange.sync(line(host))
    assert standing(desk) == standing(other) == standing(host) == {first: "granted", second: "refused"}
    assert rule(desk.journal) == 0  # only the host decides
    late = book(other)
    assert standing(other)[late] == "refused"  # once it is given, it is given


# ---- 18: names that are erased


def test_18_a_name_erased_while_a_pc_was_away_is_erased_there_too_and_every_chain_holds(
    desk: Pc, host: Pc, open_pc: OpenPc
) -> None:
    away = open_pc("away")
    entry = print_for(desk, "Айгүл")
    for pc in (desk, away):
        pc.exchange.sync(line(host))
    host.journal.erase([entry])
    assert titles(host) == [None]
    assert titles(away) == ["Айгүл"]
    for pc in (away, desk, away):
        pc.exchange.sync(line(host))
    assert titles(away) == titles(desk) == titles(host) == [None]
    assert same(desk, host, away)
    assert whole(desk, host, away)
    with host.journal.store.read() as db:
        assert wanted(db.connection()) == []  # nobody asks for it again


# ---- 19: all at once, and in step with nobody


def test_19_the_room_comes_on_in_the_morning_all_at_once(host: Pc, open_pc: OpenPc) -> None:
    pcs = [open_pc(f"pc {number}") for number in range(6)]
    for pc in pcs:
        visit(pc, 10)
    with serving(host.exchange, audience="room") as url:
        for _ in range(2):
            threads = [threading.Thread(target=pc.exchange.sync, args=(HttpLink(url, audience="room"),)) for pc in pcs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert visits(host) == 60
    assert same(host, *pcs)
    assert whole(host)


def courier_of(pc: Pc, longest: list[float]) -> Courier:
    """Whose lots are always the least."""

    def lot(seconds: float) -> float:
        longest.append(seconds)
        return 0.0

    how = Presence(version="1")
    return Courier(pc.journal, pc.exchange, addresses=list, describe=lambda: how, keeps_personal=True, lot=lot)


def test_19_pauses_after_failures_grow_to_a_limit_and_are_drawn_by_lot(folders: Folders) -> None:
    pauses: list[float] = []
    courier = courier_of(folders.on("desk"), pauses)
    for _ in range(12):
        assert courier._failed(Unreachable()) == 0.0
    assert pauses[:4] == [FIRST_PAUSE * 2, FIRST_PAUSE * 4, FIRST_PAUSE * 8, FIRST_PAUSE * 16]
    assert pauses[-1] == LONGEST_PAUSE


# ---- 22: what stands between


@contextmanager
def proxy(target: str, limit: int = 1 << 30, strip: bool = False) -> Iterator[str]:
    """A proxy that refuses bodies over `limit`, or passes none on."""

    def passed_on(path: str, body: bytes) -> Page:
        if len(body) > limit:
            return Page(413, b"")
        connection = http.client.HTTPConnection(urlsplit(target).netloc, timeout=10)
        connection.request("POST", path, b"" if strip else body, {"Content-Type": CONTENT_TYPE})
        answer = connection.getresponse()
        page = Page(answer.status, answer.read())
        connection.close()
        return page

    with answering(passed_on) as url:
        yield url


def test_22_a_proxy_that_limits_bodies_lets_small_pieces_through(desk: Pc, host: Pc) -> None:
    visit(desk, 300)
    with serving(host.exchange, audience="room") as url, proxy(url, limit=4000) as through:
        assert desk.exchange.sync(HttpLink(through, audience="room")).receipted
    assert visits(host) == 300


def test_22_a_proxy_that_strips_bodies_is_no_desk_and_changes_nothing(desk: Pc, host: Pc) -> None:
    visit(desk, 3)
    with (
        serving(host.exchange, audience="room") as url,
        proxy(url, strip=True) as through,
        pytest.raises(TheirTrouble),
    ):
        desk.exchange.sync(HttpLink(through, audience="room"))
    assert visits(host) == 0


@pytest.mark.parametrize("page", [b"<html>Sign in</html>", b"", b"\xff" * 100, pack(Push([]))])
def test_22_a_sign_in_page_in_any_message_ends_the_exchange_and_changes_nothing(
    desk: Pc, host: Pc, page: bytes
) -> None:
    visit(desk, 3)
    with pytest.raises(NotADesk):
        desk.exchange.sync(Faulty(line(host), lambda request, send: page))
    assert visits(host) == 0
    assert desk.exchange.sync(line(host)).receipted


# ---- 23: too much


def test_23_a_bomb_is_refused_by_whoever_it_comes_to(desk: Pc, host: Pc) -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(MAX_UNPACKED + 1))
    assert len(bomb) < 10_000
    assert unpack_answer(host.exchange.answer(bomb, "room")).code == "sync-too-much"  # type: ignore[union-attr]
    with pytest.raises(TooMuch):
        desk.exchange.sync(Faulty(line(host), lambda request, send: bomb))


def test_23_a_body_over_the_limit_is_not_read(host: Pc) -> None:
    with serving(host.exchange) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.putrequest("POST", PATH)
        connection.putheader("Content-Length", str(MAX_BODY + 1))
        connection.endheaders()
        assert connection.getresponse().status == http.client.REQUEST_ENTITY_TOO_LARGE
        connection.close()


def test_23_a_batch_that_says_more_than_it_holds_is_refused(desk: Pc, host: Pc) -> None:
    visit(desk, 3)
    (batch,) = batches(desk.journal, size=10_000)
    (taken,) = receive(host, replace(batch, personal=(*batch.personal, None)))
    assert (taken.verdict, taken.why) == ("refused", "form")
    assert visits(host) == 0


# ---- 24: nothing new


def test_24_nothing_new_is_under_a_kilobyte_and_writes_no_entry(desk: Pc, host: Pc) -> None:
    visit(desk, 50)
    for _ in range(2):
        desk.exchange.sync(line(host))
    sizes = []

    def carry(request: bytes, send: object) -> bytes:
        answer: bytes = line(host).call(request)
        sizes.append(len(request) + len(answer))
        return answer

    with host.journal.store.read() as db:
        before = heads(db.connection())
    assert desk.exchange.sync(Faulty(line(host), carry)).receipted
    assert len(sizes) == 1
    assert sizes[0] < 1024
    with host.journal.store.read() as db:
        assert heads(db.connection()) == before


def test_24_after_a_failure_it_is_tried_again_without_anything_new_being_written(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, enough = [], threading.Event()

    def once(self: Courier) -> None:
        tries.append(1)
        if len(tries) == 5:
            enough.set()
        raise Unreachable

    monkeypatch.setattr(Courier, "once", once)
    courier = courier_of(folders.on("desk"), [])
    courier.start()
    assert enough.wait(60)
    courier.stop()


# ---- 25: a new host while the old one lives


def test_25_of_two_hosts_the_one_of_the_higher_term_counts_wherever_it_is_heard(
    desk: Pc, host: Pc, open_pc: OpenPc, clock: FixedClock
) -> None:
    """The line between them is cut; each rules for its side; then they meet."""
    new = open_pc("new")
    raise_host(host, host)
    for pc in (desk, new):
        pc.exchange.sync(line(host))
    raise_host(new, new)
    mine = book(desk)
    desk.exchange.sync(line(host))
    rule(host.journal)
    desk.exchange.sync(line(host))
    assert standing(desk) == {mine: "granted"}
    clock.turn_to(datetime(2026, 11, 1, tzinfo=UTC))  # a clock that is behind does not decide
    theirs = book(new)
    rule(new.journal)
    assert standing(new) == {theirs: "granted"}
    for pc in (desk, new, desk):
        pc.exchange.sync(line(host))
    for pc in (desk, host, new):
        with pc.journal.store.read() as db:
            assert current_host(db).device == new.journal.device  # type: ignore[union-attr]
        assert standing(pc) == {mine: "refused", theirs: "granted"}
    assert rule(host.journal) == 0
    assert same(desk, host, new)
