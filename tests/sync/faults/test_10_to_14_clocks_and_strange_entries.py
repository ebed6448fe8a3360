"""Clocks that lie, entries nobody of the room wrote, entries of other programs, and entries that come too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Kind, Registry
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.hlc import AHEAD_MS, COUNTER_BITS, following, ms_of
from akimat_desk.journal.parked import Waiting, waiting
from akimat_desk.journal.receive import members_only
from akimat_desk.journal.tables import here
from akimat_desk.sync import Exchange
from akimat_desk.sync.messages import Push, pack, unpack_answer
from akimat_desk.sync.simulation.forgery import WAYS, Forger
from akimat_desk.sync.simulation.pc import Pc as SimulatedPc
from akimat_desk.sync.simulation.pc import PcClock
from akimat_desk.sync.simulation.village import (
    LAST_YEAR,
    MEASURED,
    NEXT_YEAR,
    PAINTED,
    TAMPERED,
    THIS_YEAR,
    LooselyPrinted,
    Measured,
    MeasuredFinely,
    Painted,
)
from tests.journal.village import COUNTED, EDITED, REGISTERED, Author, Counted, Edited, Registered, rows
from tests.sync.conftest import Pc
from tests.sync.faults.conftest import Folders
from tests.sync.faults.room import DAY, batches, line, receive, same, visit, visits, whole

FENCE = "f" * 32
RESIDENT = "1" * 32
YEARS = (1970, 2099, 2036)


def parked(pc: Pc) -> list[Waiting]:
    with pc.journal.store.read() as db:
        return waiting(db)


# ---- 10


@pytest.mark.parametrize(
    "says",
    [timedelta(days=1), timedelta(days=-1), timedelta(hours=1), *(datetime(year, 1, 1, tzinfo=UTC) for year in YEARS)],
    ids=["a day ahead", "a day behind", "an hour ahead", "1970", "2099", "ten years ahead"],
)
def test_10_a_wrong_clock_leads_no_other_and_its_entries_are_kept(
    folders: Folders, clock: FixedClock, says: timedelta | datetime
) -> None:
    desk, host = folders.on("desk"), folders.on("host")
    now = clock.now_ms()
    wrong = FixedClock(says if isinstance(says, datetime) else datetime.fromtimestamp(now / 1000, tz=UTC) + says)
    desk.journal.clock = wrong
    visit(desk, 3)
    desk.exchange.sync(line(host))
    visit(host)
    with host.journal.store.read() as db:
        assert ms_of(here(db.connection()).at) <= now + AHEAD_MS
    desk.exchange.sync(line(host))
    assert visits(host) == visits(desk) == 4
    assert same(desk, host)
    assert whole(desk, host)


def test_10_a_clock_that_jumps_back_during_use_does_not_turn_the_order(desk: Pc, clock: FixedClock) -> None:
    visit(desk)
    clock.turn_to(datetime(2026, 1, 2, tzinfo=UTC))
    visit(desk)
    clock.turn_to(datetime(1970, 1, 1, tzinfo=UTC))
    visit(desk)
    times = [at for (at,) in rows(desk.journal, "journal_entry", "at")]
    assert times == sorted(set(times))


def test_10_a_counter_that_overflows_goes_on_in_the_next_millisecond() -> None:
    full = (1_800_000_000_000 << COUNTER_BITS) | 0xFFFF
    assert following(full, 1_800_000_000_000) == 1_800_000_000_001 << COUNTER_BITS


# ---- 11


@pytest.mark.parametrize("way", WAYS)
def test_11_nothing_forged_leaves_a_trace(desk: Pc, host: Pc, folders: Folders, clock: FixedClock, way: str) -> None:
    """By each way of `simulation.forgery`, ten times over: told from what the desk wrote, and refused."""
    visit(desk, 5)
    desk.exchange.sync(line(host))
    visit(desk, 5)
    host.exchange = Exchange(host.journal, admit=members_only, keeps_personal=True)
    victim = SimulatedPc(folders.home("desk").data, "victim", "staff", THIS_YEAR, PcClock(clock.now_ms))
    victim._journal = desk.journal
    for number in range(10):
        forger = Forger(victim, Random(f"{way} {number}"))
        if request := forger.request(way):
            host.exchange.answer(request, "nobody")
    standing = {data for (data,) in rows(host.journal, "journal_entry", "bytes")}
    assert standing <= {data for (data,) in rows(desk.journal, "journal_entry", "bytes")}
    assert rows(host.journal, "journal_fork", "bytes") == []
    desk.exchange.sync(line(host))
    assert visits(host) == 10
    assert same(desk, host)
    assert whole(host)


# ---- 12


@pytest.mark.parametrize("host_program", [LAST_YEAR, NEXT_YEAR], ids=["an older host", "a newer host"])
@pytest.mark.parametrize("desk_program", [LAST_YEAR, THIS_YEAR, NEXT_YEAR], ids=["oldest", "this year's", "newest"])
def test_12_programs_of_three_years_exchange_and_agree_once_all_are_updated(
    folders: Folders, desk_program: Registry, host_program: Registry
) -> None:
    desk, host, third = (
        folders.on("desk", registry=desk_program),
        folders.on("host", registry=host_program),
        folders.on("third", registry=THIS_YEAR),
    )
    measured = desk_program.kinds["village.measured"]
    rain = Measured(day=DAY, centimetres=2) if measured is MEASURED else MeasuredFinely(day=DAY, millimetres=20)
    desk.journal.append(measured, rain)
    third.journal.append(PAINTED, Painted(fence=FENCE, colour="blue"))
    for pc in (desk, third, desk, third):
        report = pc.exchange.sync(line(host))
        assert report.refused == ()
    assert report.receipted
    for pc in (desk, host, third):
        pc.journal.store.close()
    updated = [folders.on(name, registry=NEXT_YEAR) for name in ("desk", "host", "third")]
    for pc in updated:
        assert rows(pc.journal, "village_rain", "millimetres") == [(20,)]
        assert rows(pc.journal, "village_fence", "colour") == [("blue",)]
        assert parked(pc) == []
    assert same(*updated)


def test_12_an_unknown_kind_is_kept_relayed_and_shown_as_waiting(folders: Folders) -> None:
    desk, old, host = (
        folders.on("desk", registry=THIS_YEAR),
        folders.on("old", registry=LAST_YEAR),
        folders.on("host", registry=THIS_YEAR),
    )
    desk.journal.append(PAINTED, Painted(fence=FENCE, colour="white"))
    desk.exchange.sync(line(old))
    assert parked(old) == [Waiting(desk.journal.device, 1, 2, "unknown-kind", "village.painted")]
    old.exchange.sync(line(host))
    assert rows(host.journal, "village_fence", "colour") == [("white",)]


# ---- 13


def test_13_an_edit_that_comes_before_its_resident_waits_and_is_released(desk: Pc, host: Pc) -> None:
    early, late = Author("early"), Author("late")
    edit = early.write(EDITED, Edited(resident=RESIDENT, street="Abai-1"))
    receive(desk, early.batch())
    desk.exchange.sync(line(host))
    for pc in (desk, host):
        assert parked(pc) == [Waiting(early.device, 1, 2, "not-yet", RESIDENT)]
    late.write(REGISTERED, Registered(resident=RESIDENT))
    receive(host, late.batch())
    desk.exchange.sync(line(host))
    for pc in (desk, host):
        assert rows(pc.journal, "village_resident", "street") == [("Abai-1",)]
        assert parked(pc) == []
    assert edit in {id for (id,) in rows(desk.journal, "journal_entry", "id")}
    assert same(desk, host)


# ---- 14


def test_14_one_entry_nobody_can_read_among_ten_thousand_holds_up_none(folders: Folders) -> None:
    desk, host = folders.on("desk", registry=TAMPERED), folders.on("host", registry=LAST_YEAR)
    for count in (5000, 5000):
        with desk.journal.commit() as commit:
            for _ in range(count):
                commit.append(COUNTED, Counted(day=DAY, visits=1))
        if not rows(desk.journal, "journal_entry", "seq")[5001:5002]:
            loose: Kind = TAMPERED.kinds["village.printed"]
            poison = desk.journal.append(loose, LooselyPrinted(pages="many", tenge=20))
    with desk.journal.store.read() as db:
        given = list(batches_beyond(db.connection(), desk.journal.registry, [], "room"))
    for batch in given:
        answer = unpack_answer(host.exchange.answer(pack(Push([batch])), "room"))
        assert {one.verdict for one in answer.taken} == {"taken"}  # type: ignore[union-attr]
    assert visits(host) == 10_000
    assert parked(host) == [Waiting(desk.journal.device, 1, poison.seq, "unreadable", "village.printed")]
    assert batches(host.journal)
    assert whole(host)
