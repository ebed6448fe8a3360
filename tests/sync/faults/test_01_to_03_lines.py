"""Lines that are cut, that say things twice, and that bring things in another order."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.store import Store
from akimat_desk.sync.errors import Unreachable
from akimat_desk.sync.messages import Push, pack, unpack_answer
from tests.journal.village import REGISTRY
from tests.sync.conftest import OpenPc, Pc
from tests.sync.faults.room import Faulty, batches, entries, line, print_for, receive, same, visit, visits, whole

Send = Callable[[bytes], bytes]

# ---- 1: cut before anything was sent, in the request, after the commit before the answer, and in the answer


def lost(request: bytes, send: Send) -> bytes:
    raise Unreachable


def unanswered(request: bytes, send: Send) -> bytes:
    send(request)
    raise Unreachable


def request_up_to(share: float) -> Callable[[bytes, Send], bytes]:
    return lambda request, send: send(request[: int(len(request) * share)])


def answer_up_to(share: float) -> Callable[[bytes, Send], bytes]:
    def carry(request: bytes, send: Send) -> bytes:
        answer = send(request)
        return answer[: int(len(answer) * share)]

    return carry


CUTS = {
    "before it is sent": lost,
    "after one byte in a hundred": request_up_to(0.01),
    "in the middle of the request": request_up_to(0.5),
    "before its last bytes": request_up_to(0.99),
    "after the commit, before the answer": unanswered,
    "after one byte of the answer in a hundred": answer_up_to(0.01),
    "in the middle of the answer": answer_up_to(0.5),
    "before the last bytes of the answer": answer_up_to(0.99),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
@pytest.mark.parametrize("message", range(1, 6))
def test_01_cut_in_any_message_the_next_exchange_goes_on(
    desk: Pc, host: Pc, cut: Callable[[bytes, Send], bytes], message: int
) -> None:
    visit(desk, 40)
    visit(host, 40)
    left = message

    def carry(request: bytes, send: Send) -> bytes:
        nonlocal left
        left -= 1
        return cut(request, send) if left == 0 else send(request)

    with contextlib.suppress(Unavailable):
        desk.exchange.sync(Faulty(line(host), carry))
    assert left <= 0
    assert desk.exchange.sync(line(host)).receipted
    assert visits(desk) == visits(host) == 80
    assert same(desk, host)
    assert whole(desk, host)


# ---- 2: the same batch twice, in parallel, to two processes of one host


def test_02_the_same_push_twice_is_taken_once(desk: Pc, host: Pc) -> None:
    visit(desk, 5)
    push = pack(Push(batches(desk.journal)))
    said = [unpack_answer(host.exchange.answer(push, "room")) for _ in range(2)]
    assert [{one.verdict for one in answer.taken} for answer in said] == [{"taken"}, {"known"}]  # type: ignore[union-attr]
    assert visits(host) == 5


def test_02_the_same_push_at_once_to_two_programs_of_one_host_is_taken_once(desk: Pc, open_pc: OpenPc) -> None:
    one = open_pc("host")
    other = open_pc("host")  # another store on the same folder, as another process has it
    visit(desk, 60)
    push = pack(Push(batches(desk.journal)))
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda pc=pc: answers.append(pc.exchange.answer(push, "room")))
        for pc in (one, other, one, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdicts = [{taken.verdict for taken in unpack_answer(answer).taken} for answer in answers]  # type: ignore[union-attr]
    assert sorted(map(sorted, verdicts)) == [["known"], ["known"], ["known"], ["taken"]]
    assert visits(one) == visits(other) == 60
    assert whole(one, other)


# ---- 3: overlapping, reordered, with a gap


def test_03_batches_in_any_order_end_the_same_once_the_gap_is_filled(
    desk: Pc, tmp_path: Path, clock: FixedClock
) -> None:
    visit(desk, 3)
    given = batches(desk.journal, size=1)
    assert len(given) == 4
    empty = Home(tmp_path / "empty" / "desk", tmp_path / "empty" / "keys").ensure()
    Store.open(empty, migrations=MIGRATIONS, create=True).close()
    for number, order in enumerate(permutations(given)):
        folder = tmp_path / f"order {number}"
        shutil.copytree(tmp_path / "empty", folder)
        store = Store.open(Home(folder / "desk", folder / "keys"), migrations=MIGRATIONS)
        hearer = Pc(Journal.open(store, REGISTRY, clock, machine="hearer"), keeps_personal=True, piece=2000)
        for batch in order:
            follows = batch.first == entries(hearer)  # its own introduction, and what came of the desk
            (taken,) = receive(hearer, batch)
            assert taken.verdict == ("taken" if follows else "gap")
        for batch in given:
            receive(hearer, batch)
        assert visits(hearer) == 3
        assert whole(hearer)
        store.close()


def test_03_batches_that_overlap_bring_what_is_new(desk: Pc, host: Pc) -> None:
    visit(desk, 2)
    receive(host, *batches(desk.journal, size=10_000))
    visit(desk, 2)
    (longer,) = batches(desk.journal, size=10_000)
    assert [(one.verdict, one.new) for one in receive(host, longer)] == [("taken", 2)]
    assert visits(host) == 4


def test_03_after_a_gap_the_good_beginning_stays_and_the_rest_of_the_chain_waits(desk: Pc, host: Pc) -> None:
    visit(desk, 3)
    first, second, third, fourth = batches(desk.journal, size=1)
    assert [one.verdict for one in receive(host, first, second, fourth)] == ["taken", "taken", "gap"]
    assert visits(host) == 1
    assert [one.verdict for one in receive(host, third, fourth)] == ["taken", "taken"]
    assert visits(host) == 3


def test_03_personal_parts_come_with_overlapping_batches_too(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    kiosk = open_pc("kiosk", keeps_personal=False)
    print_for(desk, "Айгүл")
    kiosk.exchange.sync(line(desk, to_kiosk=True))
    host.exchange.sync(line(kiosk))
    assert not same(desk, host)
    receive(host, *batches(desk.journal))
    assert same(desk, host)
