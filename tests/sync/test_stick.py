"""What a stick carries arrives as over a line: whole or not at all, in any order, and nobody's name in the clear."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal.devices import admit, revoke
from akimat_desk.journal.keys import DeviceKey
from akimat_desk.journal.receipts import held_elsewhere, receipts
from akimat_desk.sync.columns import in_columns
from akimat_desk.sync.stick import FOLDER
from akimat_desk.sync.stick_file import (
    Cover,
    Piece,
    reading,
    writing,
)
from tests.journal.village import COUNTED, Author, Counted, rows
from tests.sync.conftest import OpenPc, Pc
from tests.sync.sticks import (
    DAY,
    NAME,
    came,
    entries_file,
    make_room,
    out,
    same,
    taken_in,
    titles,
    visits,
    write,
)

# ---- there and back


def test_after_there_and_back_both_know_what_the_other_holds(desk: Pc, other: Pc, stick: Path) -> None:
    write(desk, 30)
    write(other, 20)
    out(desk, stick)
    assert came(other, stick) == 61
    out(other, stick)
    assert came(desk, stick) == 41
    assert visits(desk) == visits(other) == 50
    with desk.journal.store.read() as db:
        assert held_elsewhere(db, desk.journal.device, 1) == 61
        assert held_elsewhere(db, other.journal.device, 1) == 0
    came(other, stick)
    with other.journal.store.read() as db:
        assert held_elsewhere(db, other.journal.device, 1) == 41
    assert desk.journal.verify() == other.journal.verify() == []


def test_the_second_time_only_what_is_new_is_carried(desk: Pc, other: Pc, stick: Path) -> None:
    write(desk, 30)
    for sender, taker in ((desk, other), (other, desk), (desk, other)):
        out(sender, stick)
        came(taker, stick)
    write(desk, 2)
    written = out(desk, stick)
    assert written.entries == 4
    assert written.size < 3000
    assert came(other, stick) == 4
    assert [one.receipted for one in taken_in(desk, stick)] == [True]


def test_what_a_third_pc_lacks_is_carried_too(desk: Pc, other: Pc, open_pc: OpenPc, stick: Path) -> None:
    third = open_pc("third")
    write(desk, 3)
    write(third, 1)
    out(third, stick)
    out(desk, stick)
    came(other, stick)
    out(other, stick)
    came(desk, stick)
    write(desk, 1)
    assert out(desk, stick).entries == 10  # the third has signed for its own alone
    assert came(third, stick) == 10
    assert came(desk, stick) == 0
    assert out(desk, stick).entries == 2  # the other lacks these


def test_a_receipt_reaches_a_pc_over_another_ones_stick(desk: Pc, other: Pc, open_pc: OpenPc, tmp_path: Path) -> None:
    third = open_pc("third")
    first, second = tmp_path / "first", tmp_path / "second"
    for one in (first, second):
        one.mkdir()
    write(desk)
    out(desk, first)
    came(third, first)
    out(third, first)
    came(other, first)
    out(other, second)
    came(desk, second)
    with desk.journal.store.read() as db:
        assert {one.device for one in receipts(db.connection())} == {third.journal.device, other.journal.device}
        assert held_elsewhere(db, desk.journal.device, 1) == 3
    assert desk.journal.verify() == []


def test_pcs_that_take_in_leave_a_receipt_and_keep_what_they_carry_for_others(
    desk: Pc, other: Pc, open_pc: OpenPc, stick: Path
) -> None:
    third = open_pc("third")
    write(other)
    out(other, stick)
    out(desk, stick)
    came(other, stick)
    assert came(third, stick) == 4


# ---- sticks that cross, come twice, come late


def test_two_sticks_may_cross(desk: Pc, other: Pc, tmp_path: Path) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    for one in (there, back):
        one.mkdir()
    write(desk, 5)
    write(other, 7)
    out(desk, there)
    out(other, back)
    assert (came(other, there), came(desk, back)) == (11, 15)
    assert visits(desk) == visits(other) == 12


def test_one_stick_may_come_twice(desk: Pc, other: Pc, stick: Path) -> None:
    write(desk, 5)
    out(desk, stick)
    assert [came(other, stick), came(other, stick)] == [11, 0]
    assert visits(other) == 5


def test_an_old_stick_after_a_newer_one_changes_nothing(desk: Pc, other: Pc, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    write(desk)
    out(desk, old)
    write(desk, 3)
    shutil.copytree(old, new)
    out(desk, new)
    assert [came(other, new), came(other, old)] == [9, 0]
    with other.journal.store.read() as db:
        (kept,) = receipts(db.connection())
    assert sum(head.seq for head in kept.heads) == 9
    assert other.journal.verify() == []


def test_entries_whose_forerunners_never_came_wait_for_the_next_stick(
    desk: Pc, other: Pc, open_pc: OpenPc, stick: Path
) -> None:
    write(desk, 2)
    out(desk, stick)
    came(other, stick)
    out(other, stick)
    came(desk, stick)
    write(desk, 2)
    entries_file(stick, other).unlink()
    out(desk, stick)  # for the other one: of a third nobody has heard yet
    third = open_pc("third")
    (carried,) = [one for one in taken_in(third, stick) if one.sender == desk.journal.device]
    assert [one.verdict for one in carried.lacking] == ["gap"]
    assert visits(third) == 0
    out(third, stick)
    came(desk, stick)
    out(desk, stick)
    came(third, stick)
    assert visits(third) == 4


def test_two_files_that_follow_each_other_are_taken_in_whichever_is_read_first(desk: Pc, stick: Path) -> None:
    author = Author()
    for _ in range(5):
        author.write(COUNTED, Counted(day=DAY, visits=1))
    (stick / FOLDER).mkdir()
    for sender, batch in (("1" * 32, author.batch(4, 6)), ("2" * 32, author.batch(1, 3))):
        with writing(stick / FOLDER / f"{sender}.entries") as writer:
            writer.add(Cover(sender))
            writer.add(Piece([in_columns(batch)]))
    assert [(one.new, one.lacking) for one in taken_in(desk, stick)] == [(3, ()), (3, ())]
    assert visits(desk) == 5


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("wwoiicx"), st.integers(0, 2), st.integers(0, 1)), max_size=25))
def test_whatever_way_sticks_take_nothing_is_lost_or_doubled(
    steps: list[tuple[str, int, int]], open_pc: OpenPc, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sticks")
    pcs = [open_pc(f"{folder.name}-{number}") for number in range(3)]
    sticks = [folder / str(number) for number in range(2)]
    for stick in sticks:
        stick.mkdir()
    make_room(pcs[0], (pcs[1], "desk"), (pcs[2], "desk"))
    written = 0
    for what, pc, stick_number in steps:
        stick = sticks[stick_number]
        if what == "w":
            write(pcs[pc])
            written += 1
        elif what == "o":
            out(pcs[pc], stick)
        elif what == "i":
            taken_in(pcs[pc], stick)
        elif what == "c":  # an older copy of a stick turns up
            shutil.copytree(stick, sticks[1 - stick_number], dirs_exist_ok=True)
        else:  # a stick is lost
            shutil.rmtree(stick)
            stick.mkdir()
    for _ in range(3):
        for pc in pcs:
            taken_in(pc, sticks[0])
            out(pc, sticks[0])
    assert [visits(pc) for pc in pcs] == [written] * 3
    assert same(*pcs)
    assert written == 0 or titles(pcs[2]) == {NAME}
    assert all(pc.journal.verify() == [] for pc in pcs)


# ---- nobody's name in the clear


def test_before_there_is_a_room_personal_parts_stay_here(desk: Pc, other: Pc, stick: Path) -> None:
    write(desk, 3)
    written = out(desk, stick)
    assert (written.entries, written.parts, written.parts_left) == (7, 0, 3)
    came(other, stick)
    assert titles(other) == {None}


def test_staff_pcs_get_the_parts_and_nobody_else_can_read_them(
    desk: Pc, other: Pc, open_pc: OpenPc, stick: Path
) -> None:
    kiosk = open_pc("kiosk", keeps_personal=False)
    make_room(desk, (other, "desk"), (kiosk, "kiosk"))
    write(desk, 3)
    written = out(desk, stick)
    assert (written.parts, written.parts_left) == (3, 0)
    on_the_stick = b"".join(path.read_bytes() for path in (stick / FOLDER).iterdir())
    opened = b"".join(repr(piece).encode() for piece in reading(entries_file(stick, desk), desk.journal.device))
    for spelled in (NAME.encode(), repr(NAME.encode())[2:-1].encode()):
        assert spelled not in on_the_stick + opened
    came(other, stick)
    taken_in(kiosk, stick)
    assert (titles(other), titles(kiosk)) == ({NAME}, {None})
    assert visits(kiosk) == 3


def test_a_staff_pc_with_several_keys_reads_by_whichever_it_holds(desk: Pc, other: Pc, stick: Path) -> None:
    """One that was restored, or copied: it may hold the older key or the newer one."""
    make_room(desk, (other, "desk"))
    with desk.journal.commit() as commit:
        admit(commit, other.journal.device, DeviceKey.make().public, "desk")
    write(desk, 3)
    out(desk, stick)
    came(other, stick)
    assert titles(other) == {NAME}
    with desk.journal.commit() as commit:
        admit(commit, other.journal.device, DeviceKey.make().public, "kiosk")
    assert out(desk, stick).parts_left == 3  # it is no staff PC any more


def test_a_kiosk_without_a_line_brings_its_parts_to_the_staff(desk: Pc, open_pc: OpenPc, stick: Path) -> None:
    kiosk = open_pc("kiosk", keeps_personal=False)
    make_room(desk, (kiosk, "kiosk"))
    out(desk, stick)
    taken_in(kiosk, stick)
    write(kiosk, 2)
    assert out(kiosk, stick).parts == 2
    came(desk, stick)
    assert titles(desk) == {NAME}


def test_parts_that_did_not_come_with_their_entries_come_later(
    desk: Pc, other: Pc, open_pc: OpenPc, stick: Path
) -> None:
    write(desk, 3)
    out(desk, stick)  # before there is a room: without parts
    came(other, stick)
    out(other, stick)
    came(desk, stick)
    make_room(desk, (other, "desk"))
    out(desk, stick)
    came(other, stick)  # and now it knows what it may hold
    written = out(desk, stick)
    assert (written.entries, written.parts) == (0, 3)
    came(other, stick)
    assert titles(other) == {NAME}


def test_who_was_shut_out_can_read_nothing_more(desk: Pc, other: Pc, stick: Path) -> None:
    make_room(desk, (other, "desk"))
    out(desk, stick)
    came(other, stick)
    with desk.journal.commit() as commit:
        revoke(commit, other.journal.device)
    write(desk)
    assert out(desk, stick).parts == 0


def test_an_erased_part_is_not_carried(desk: Pc, other: Pc, stick: Path) -> None:
    make_room(desk, (other, "desk"))
    write(desk)
    (id,) = [row[0] for row in rows(desk.journal, "village_printed", "entry")]
    out(desk, stick)
    desk.journal.erase([id])
    assert out(desk, stick).parts == 0
    came(other, stick)
    assert titles(other) == {None}


def test_a_clock_set_back_loses_no_receipt(desk: Pc, other: Pc, stick: Path, clock: FixedClock) -> None:
    out(desk, stick)
    out(other, stick)
    came(desk, stick)
    clock.turn_to(datetime(2026, 1, 2, tzinfo=UTC))
    write(desk)
    out(desk, stick)
    came(other, stick)
    came(desk, stick)
    with desk.journal.store.read() as db:
        assert held_elsewhere(db, desk.journal.device, 1) == 3
