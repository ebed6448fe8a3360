"""PCs that exchange end with the same tables, however the link breaks, and learn of all that is odd."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.journal.batch import Audience
from akimat_desk.journal.forks import forks
from akimat_desk.journal.receipts import held_elsewhere
from akimat_desk.sync import Exchange, InProcessLink, Report
from akimat_desk.sync.errors import NotADesk, TheirTrouble, Unreachable
from akimat_desk.sync.messages import Push, pack, unpack_answer
from tests.journal.village import COUNTED, PRINTED, REGISTERED, Author, Counted, Named, Printed, Registered, rows
from tests.sync.conftest import OpenPc, Pc

DAY = date(2026, 11, 20)


def room_link(to: Pc) -> InProcessLink:
    """Between two staff PCs of one room."""
    return InProcessLink(to.exchange, audience="room", here="room")


def write(pc: Pc, times: int = 1) -> None:
    for _ in range(times):
        pc.journal.append(COUNTED, Counted(day=DAY, visits=1))
        pc.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))


def visits(pc: Pc) -> list[tuple[Any, ...]]:
    return rows(pc.journal, "village_day", "visits")


def same(*pcs: Pc) -> bool:
    return len({str(pc.journal.table_hashes()) for pc in pcs}) == 1


# ---- the plain way


def test_two_pcs_have_the_same_tables_after_one_exchange(desk: Pc, host: Pc) -> None:
    write(desk, 20)
    write(host, 30)
    report = desk.exchange.sync(room_link(host))
    assert report == Report(pulled=61, pushed=41, receipted=True)
    assert visits(desk) == visits(host) == [(50,)]
    assert same(desk, host)
    assert desk.journal.verify() == host.journal.verify() == []


def test_two_desks_know_of_each_other_through_the_host(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    other = open_pc("other")
    write(desk)
    write(other)
    for pc in (desk, other, desk):
        pc.exchange.sync(room_link(host))
    assert same(desk, other, host)
    assert visits(desk) == [(2,)]


def test_what_is_relayed_is_relayed_as_it_was_written(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    other = open_pc("other")
    write(desk, 5)
    desk.exchange.sync(room_link(host))
    other.exchange.sync(room_link(host))
    sides = [sorted(rows(pc.journal, "journal_entry", "id, bytes, hash")) for pc in (desk, other)]
    assert set(sides[0]) <= set(sides[1])


def test_with_nothing_new_hardly_anything_is_said(desk: Pc, host: Pc) -> None:
    write(desk, 20)
    link = Recorded(room_link(host))
    desk.exchange.sync(link)
    desk.exchange.sync(link)
    link.sizes.clear()
    assert desk.exchange.sync(link) == Report(receipted=True)
    assert len(link.sizes) == 1
    assert sum(link.sizes[0]) < 512


def test_a_receipt_says_what_would_survive_this_pc(desk: Pc, host: Pc) -> None:
    write(desk)
    desk.exchange.sync(room_link(host))
    write(desk)
    with desk.journal.store.read() as db:
        assert held_elsewhere(db, desk.journal.device, 1) == 3
    assert desk.exchange.sync(room_link(host)).receipted
    with desk.journal.store.read() as db:
        assert held_elsewhere(db, desk.journal.device, 1) == 5


# ---- links that break


class Recorded:
    """A link whose messages are measured."""

    def __init__(self, inner: InProcessLink) -> None:
        self.audience: Audience = inner.audience
        self.sizes: list[tuple[int, int]] = []
        self._inner = inner

    def call(self, request: bytes) -> bytes:
        answer = self._inner.call(request)
        self.sizes.append((len(request), len(answer)))
        return answer


class Broken:
    """A link that breaks at its `at`-th message, on the way there or on the way back."""

    def __init__(self, inner: InProcessLink, at: int, *, on_the_way_back: bool) -> None:
        self.audience: Audience = inner.audience
        self._inner, self._left, self._back = inner, at, on_the_way_back

    def call(self, request: bytes) -> bytes:
        self._left -= 1
        if self._left == 0 and not self._back:
            raise Unreachable
        answer = self._inner.call(request)
        if self._left == 0:
            raise Unreachable
        return answer


@pytest.mark.parametrize("on_the_way_back", [False, True], ids=["request lost", "answer lost"])
def test_an_exchange_that_is_cut_anywhere_goes_on_where_it_was(desk: Pc, host: Pc, on_the_way_back: bool) -> None:
    cut = 0
    for at in range(1, 40):
        write(desk, 3)
        write(host, 3)
        try:
            desk.exchange.sync(Broken(room_link(host), at, on_the_way_back=on_the_way_back))
        except Unreachable:
            cut += 1
        else:
            break
    assert cut > 3
    desk.exchange.sync(room_link(host))
    assert same(desk, host)
    assert visits(desk) == [(6 * (cut + 1),)]
    assert host.journal.verify() == []


def test_a_message_that_is_no_message_changes_nothing(desk: Pc, host: Pc) -> None:
    write(desk)
    answer = host.exchange.answer(b"<html>Sign in to the network</html>", "room")
    assert unpack_answer(answer).code == "sync-not-a-desk"  # type: ignore[union-attr]
    assert visits(host) == []


def test_the_other_sides_trouble_is_told(desk: Pc, host: Pc) -> None:
    write(desk)

    class Deaf:
        audience: Audience = "nobody"

        def call(self, request: bytes) -> bytes:
            return host.exchange.answer(b"", "nobody")

    with pytest.raises(TheirTrouble):
        desk.exchange.pull(Deaf())


def test_an_answer_to_another_question_is_no_answer(desk: Pc, host: Pc) -> None:
    class Confused:
        audience: Audience = "nobody"

        def call(self, request: bytes) -> bytes:
            return host.exchange.answer(pack(Push([])), "nobody")

    with pytest.raises(NotADesk):
        desk.exchange.pull(Confused())


# ---- who may see what


def test_a_kiosk_gives_its_parts_to_the_host_and_gets_none(desk: Pc, host: Pc, open_pc: OpenPc) -> None:
    kiosk = open_pc("kiosk", keeps_personal=False)
    write(host)
    write(kiosk)
    kiosk.exchange.sync(InProcessLink(host.exchange, audience="room", here="nobody"))
    assert [title for (title,) in rows(host.journal, "village_printed", "title")] == ["Айгүл", "Айгүл"]
    assert sorted(rows(kiosk.journal, "village_printed", "title"), key=str) == [("Айгүл",), (None,)]


def test_the_region_gets_only_parts_of_kinds_that_allow_it(desk: Pc, host: Pc) -> None:
    write(desk)
    desk.journal.append(REGISTERED, Registered(resident="1" * 32), Named(name="Айгүл"))
    desk.exchange.sync(InProcessLink(host.exchange, audience="region", here="nobody"))
    assert rows(host.journal, "village_printed", "title") == [(None,)]
    assert rows(host.journal, "village_resident", "name") == [("Айгүл",)]


def test_a_part_that_came_without_its_entry_by_a_kiosk_is_asked_for(host: Pc, open_pc: OpenPc) -> None:
    """The host dies; a kiosk brings the new host entries without parts; their author has the parts still."""
    author, kiosk, new_host = open_pc("author"), open_pc("kiosk", keeps_personal=False), open_pc("new host")
    write(author)
    author.exchange.sync(room_link(host))
    kiosk.exchange.sync(InProcessLink(host.exchange, audience="room", here="nobody"))
    kiosk.exchange.sync(InProcessLink(new_host.exchange, audience="room", here="nobody"))
    assert rows(new_host.journal, "village_printed", "title") == [(None,)]
    author.exchange.sync(room_link(new_host))
    assert rows(new_host.journal, "village_printed", "title") == [("Айгүл",)]
    author.exchange.sync(room_link(new_host))
    assert same(author, new_host)


def test_a_part_can_be_pulled_too(host: Pc, open_pc: OpenPc) -> None:
    kiosk, late = open_pc("kiosk", keeps_personal=False), open_pc("late")
    write(host)
    kiosk.exchange.sync(InProcessLink(host.exchange, audience="room", here="nobody"))
    late.exchange.sync(InProcessLink(kiosk.exchange, audience="room", here="room"))
    assert rows(late.journal, "village_printed", "title") == [(None,)]
    late.exchange.sync(room_link(host))
    assert rows(late.journal, "village_printed", "title") == [("Айгүл",)]


# ---- what is odd


def test_a_fork_is_seen_kept_by_both_and_not_told_for_ever(desk: Pc, host: Pc) -> None:
    first, second = Author(), Author()
    first.write(PRINTED, Printed(pages=1, tenge=20))
    second.write(PRINTED, Printed(pages=2, tenge=20))
    for pc, author in ((desk, first), (host, second)):
        pc.journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    report = desk.exchange.sync(room_link(host))
    assert [(fork.at.device, fork.verdict) for fork in report.forks] == [(first.device, "fork")] * 2
    for pc in (desk, host):
        with pc.journal.store.read() as db:
            assert [(fork.device, fork.seq, fork.entries) for fork in forks(db)] == [(first.device, 2, 1)]
    for asker, answerer in ((desk, host), (host, desk)):
        link = Recorded(room_link(answerer))
        assert asker.exchange.sync(link) == Report(receipted=True)
        assert len(link.sizes) == 1  # each has another one first: that is nothing new


def test_the_shorter_side_of_a_fork_is_told_too(desk: Pc, host: Pc) -> None:
    short, long = Author(), Author()
    short.write(PRINTED, Printed(pages=1, tenge=20))
    for pages in (2, 3):
        long.write(PRINTED, Printed(pages=pages, tenge=20))
    for pc, author in ((desk, short), (host, long)):
        pc.journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    desk.exchange.sync(room_link(host))
    with host.journal.store.read() as db:
        assert [(fork.seq, fork.entries) for fork in forks(db)] == [(2, 1)]
    with desk.journal.store.read() as db:
        assert [(fork.seq, fork.entries) for fork in forks(db)] == [(2, 2)]
    report = desk.exchange.sync(room_link(host))
    assert (report.forks, report.receipted) == ((), True)  # both have been told both


def test_a_chain_that_is_not_admitted_does_not_hold_up_the_others(desk: Pc, host: Pc, clock: FixedClock) -> None:
    stranger = Author("a stranger")
    for _ in range(40):
        stranger.write(COUNTED, Counted(day=DAY, visits=1000))
    host.journal.receive([stranger.batch(1, 20), stranger.batch(21)], admit=lambda _: True, keeps_personal=True)
    write(host, 30)
    careful = Exchange(
        desk.journal,
        admit=lambda introduction: introduction.device != stranger.device,
        keeps_personal=True,
        piece=1000,
    )
    report = careful.sync(room_link(host))
    assert {(one.at.device, one.why) for one in report.refused} == {(stranger.device, "not-admitted")}
    assert visits(desk) == [(30,)]


def test_a_pc_that_pushes_what_is_not_admitted_hears_so_and_goes_on(desk: Pc, host: Pc) -> None:
    stranger = Author("a stranger")
    for _ in range(40):
        stranger.write(COUNTED, Counted(day=DAY, visits=1000))
    desk.journal.receive([stranger.batch(1, 20), stranger.batch(21)], admit=lambda _: True, keeps_personal=True)
    write(desk, 30)
    careful = Exchange(host.journal, admit=lambda one: one.device != stranger.device, keeps_personal=True, piece=1000)
    report = desk.exchange.sync(InProcessLink(careful, audience="room", here="room"))
    assert {(one.at.device, one.verdict) for one in report.refused} == {(stranger.device, "refused")}
    assert not report.receipted
    assert visits(host) == [(30,)]


def test_a_desk_set_back_to_an_old_backup_gets_its_entries_back(open_pc: OpenPc, host: Pc, tmp_path: Any) -> None:
    import shutil

    desk = open_pc("desk")
    write(desk)
    desk.journal.store.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "kept")
    desk = open_pc("desk")
    write(desk, 4)
    desk.exchange.sync(room_link(host))
    desk.journal.store.close()
    shutil.rmtree(tmp_path / "desk" / "desk")
    shutil.copytree(tmp_path / "kept" / "desk", tmp_path / "desk" / "desk")
    desk = open_pc("desk")
    assert visits(desk) == [(1,)]
    write(desk)
    desk.exchange.sync(room_link(host))
    assert visits(desk) == visits(host) == [(6,)]
    assert same(desk, host)
    assert desk.journal.verify() == host.journal.verify() == []


def test_an_error_of_the_store_is_the_links_answer_not_its_end(
    desk: Pc, host: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    from akimat_desk.store.errors import DiskFull

    def full(*_: Any, **__: Any) -> None:
        raise DiskFull

    write(desk)
    monkeypatch.setattr(host.journal, "receive", full)
    with pytest.raises(Unavailable) as told:
        desk.exchange.push(room_link(host))
    assert told.value.values["their_code"] == "disk-full"


def test_a_device_hears_of_its_own_second_history_from_whoever_keeps_it_aside(
    host: Pc, open_pc: OpenPc, tmp_path: Any
) -> None:
    """A kiosk got what the desk wrote before it was set back; the desk itself speaks with the host alone."""
    import shutil

    kiosk = open_pc("kiosk", keeps_personal=False)
    open_pc("desk").journal.store.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "image")
    desk = open_pc("desk")
    write(desk)
    kiosk.exchange.sync(room_link(desk))
    desk.journal.store.close()
    shutil.rmtree(tmp_path / "desk")
    shutil.copytree(tmp_path / "image", tmp_path / "desk")
    desk = open_pc("desk")
    write(desk)
    desk.exchange.sync(room_link(host))
    kiosk.exchange.sync(room_link(host))
    assert visits(host) == visits(kiosk) == [(1,)]
    for pc in (desk, kiosk):
        pc.exchange.sync(room_link(host))
    assert visits(desk) == visits(host) == visits(kiosk) == [(2,)]
    again = Recorded(room_link(host))
    assert desk.exchange.sync(again) == Report(receipted=True)
    for pc in (desk, host, kiosk):
        assert pc.journal.verify() == []
        with pc.journal.store.read() as db:
            assert [fork.entries for fork in forks(db)] == [2]
