"""What a stick carries arrives as over a line: whole or not at all, in any order, and nobody's name in the clear."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal.devices import Use, admit, found, revoke, trust
from akimat_desk.journal.forks import forks
from akimat_desk.journal.keys import read_key
from akimat_desk.journal.receipts import held_elsewhere, receipts
from akimat_desk.store.errors import NoSuchFile
from akimat_desk.sync.packing import packed
from akimat_desk.sync.stick import FOLDER, CarriedFrom, CarriedOut, carry_in, carry_out
from akimat_desk.sync.stick_file import (
    CarriedDamaged,
    CarriedNewer,
    CarriedStrange,
    Cover,
    Piece,
    StickFull,
    StickGone,
    StickLocked,
    reading,
    writing,
)
from tests.journal.village import COUNTED, PRINTED, Author, Counted, Named, Printed, rows
from tests.sync.conftest import OpenPc, Pc

DAY = date(2026, 11, 20)
NAME = "Айгүл Серікқызы"


def write(pc: Pc, times: int = 1) -> None:
    for _ in range(times):
        with pc.journal.commit() as commit:
            commit.append(COUNTED, Counted(day=DAY, visits=1))
            commit.append(PRINTED, Printed(pages=1, tenge=20), Named(name=NAME))


def out(pc: Pc, stick: Path) -> CarriedOut:
    return carry_out(pc.journal, stick, piece=2000)


def taken_in(pc: Pc, stick: Path, *, admitted: bool = True) -> list[CarriedFrom]:
    return carry_in(pc.journal, stick, admit=lambda _: admitted)


def came(pc: Pc, stick: Path) -> int:
    """How many entries came, with nothing to complain of."""
    carried = taken_in(pc, stick)
    assert [one for one in carried if one.trouble or one.lacking or one.unknown or one.refused or one.forks] == []
    return sum(one.new for one in carried)


def visits(pc: Pc) -> int:
    return sum(row[0] for row in rows(pc.journal, "village_day", "visits"))


def titles(pc: Pc) -> set[Any]:
    return {row[0] for row in rows(pc.journal, "village_printed", "title")}


def same(*pcs: Pc) -> bool:
    return len({str(pc.journal.table_hashes()) for pc in pcs}) == 1


def entries_file(stick: Path, pc: Pc) -> Path:
    return stick / FOLDER / f"{pc.journal.device}.entries"


def receipts_file(stick: Path, pc: Pc) -> Path:
    return stick / FOLDER / f"{pc.journal.device}.receipts"


def make_room(founder: Pc, *others: tuple[Pc, Use]) -> None:
    """One founds the room and lets the others in."""
    with founder.journal.commit() as commit:
        found(commit, "desk")
        for pc, use in others:
            key = read_key(pc.journal.store.home)
            assert key is not None
            admit(commit, pc.journal.device, key.public, use)
    for pc, _ in others:
        key = read_key(founder.journal.store.home)
        assert key is not None
        with pc.journal.store.write() as db:
            trust(db, founder.journal.device, key.public)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(open_pc: OpenPc) -> Pc:
    return open_pc("desk")


@pytest.fixture
def other(open_pc: OpenPc) -> Pc:
    return open_pc("other")


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
            writer.add(Piece([batch]))
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


# ---- sticks that break


def break_stick(
    patch: pytest.MonkeyPatch, stick: Path, number: int, *, after: int = 0, calls_of: str = "open fsync replace unlink"
) -> None:
    """From the `after`-th call on, the system answers what is done on the stick with error `number`."""
    calls = iter(range(1000))

    def breaking(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            first = arguments[0]
            place = os.readlink(f"/proc/self/fd/{first}") if isinstance(first, int) else str(first)
            if place.startswith(str(stick)) and next(calls) >= after:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return call

    for name in calls_of.split():
        patch.setattr(os, name, breaking(getattr(os, name)))


@pytest.mark.parametrize("after", range(13))
def test_a_stick_pulled_out_at_any_moment_holds_the_file_before(
    after: int, desk: Pc, other: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk, 20)
    out(desk, stick)
    write(desk, 20)
    with monkeypatch.context() as patch:
        break_stick(patch, stick, errno.EIO, after=after)
        if after < 12:
            with pytest.raises(StickGone):
                out(desk, stick)
        else:
            out(desk, stick)
    assert came(other, stick) in (41, 81)
    out(desk, stick)
    came(other, stick)
    assert visits(other) == 40


def test_a_full_stick_keeps_what_was_on_it(desk: Pc, other: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk, 2)
    out(desk, stick)
    before = entries_file(stick, desk).read_bytes()
    write(desk, 2)
    with monkeypatch.context() as patch:
        break_stick(patch, stick, errno.ENOSPC, calls_of="fsync")
        with pytest.raises(StickFull):
            out(desk, stick)
    assert entries_file(stick, desk).read_bytes() == before
    assert sorted(path.suffix for path in (stick / FOLDER).iterdir()) == [".entries", ".receipts"]


def test_a_stick_that_cannot_be_written_to_still_gives(
    desk: Pc, other: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk, 2)
    out(desk, stick)
    with monkeypatch.context() as patch:
        break_stick(patch, stick, errno.EROFS)
        with pytest.raises(StickLocked):
            taken_in(other, stick)
    assert visits(other) == 2


def test_no_folder_no_stick(desk: Pc, tmp_path: Path) -> None:
    for carry in (out, taken_in):
        with pytest.raises(NoSuchFile):
            carry(desk, tmp_path / "nowhere")


def test_a_file_cut_off_anywhere_gives_what_stands_before(desk: Pc, open_pc: OpenPc, stick: Path) -> None:
    write(desk, 60)
    out(desk, stick)
    whole = entries_file(stick, desk).read_bytes()
    before = -1
    for cut in (0, 5, 19, 30, len(whole) // 3, len(whole) // 2, len(whole) - 37, len(whole) - 1, len(whole)):
        entries_file(stick, desk).write_bytes(whole[:cut])
        pc = open_pc(f"cut at {cut}")
        (carried,) = taken_in(pc, stick)
        receipts_file(stick, pc).unlink()
        assert carried.trouble is None if cut == len(whole) else carried.trouble is not None
        assert carried.new >= before
        before = carried.new
        assert pc.journal.verify() == []
    assert before == 121


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_one_changed_bit_is_seen(place: int, bit: int, carried_file: Path) -> None:
    data = bytearray(carried_file.read_bytes())
    data[place % len(data)] ^= 1 << bit
    changed = carried_file.with_suffix(".changed")
    changed.write_bytes(data)
    with pytest.raises((CarriedDamaged, CarriedStrange, CarriedNewer)):
        list(reading(changed, "0" * 32))


@pytest.fixture
def carried_file(desk: Pc, stick: Path) -> Path:
    write(desk, 3)
    out(desk, stick)
    return entries_file(stick, desk)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", CarriedStrange),
        (b"MZ\x90\0 a program", CarriedStrange),
        (b"akimat-desk/stick/2\n", CarriedNewer),
        (b"akimat-desk/stick/1\n\xff\xff\xff\xff" + bytes(32), CarriedDamaged),
        (b"akimat-desk/stick/1\n" + bytes(36), CarriedDamaged),
    ],
)
def test_files_of_strangers_hold_up_nobody(
    content: bytes, expected: type[Exception], desk: Pc, other: Pc, stick: Path
) -> None:
    write(desk)
    out(desk, stick)
    for device in ("0" * 32, "f" * 32):
        (stick / FOLDER / f"{device}.entries").write_bytes(content)
        (stick / FOLDER / f"{device}.receipts").write_bytes(content)
    carried = {one.sender: one for one in taken_in(other, stick)}
    assert carried[desk.journal.device].new == 3
    assert {type(carried[device].trouble) for device in ("0" * 32, "f" * 32)} == {expected}
    assert out(other, stick).entries == 1


def test_pipes_links_and_folders_are_not_opened(desk: Pc, stick: Path) -> None:
    (stick / FOLDER).mkdir()
    os.mkfifo(stick / FOLDER / ("1" * 32 + ".entries"))
    (stick / FOLDER / ("2" * 32 + ".entries")).symlink_to("/dev/zero")
    (stick / FOLDER / ("3" * 32 + ".entries")).mkdir()
    assert [type(one.trouble) for one in taken_in(desk, stick)] == [CarriedStrange] * 3


def test_a_bomb_is_not_unpacked(desk: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick / FOLDER).mkdir()
    bomb = stick / FOLDER / ("1" * 32 + ".entries")
    with writing(bomb) as writer:
        writer.add(Cover("1" * 32))
        writer._write(packed(bytes(17 * 1024 * 1024)))
    assert bomb.stat().st_size < 5000
    (carried,) = taken_in(desk, stick)
    assert isinstance(carried.trouble, CarriedDamaged)


def test_many_small_bombs_are_one_too_many(desk: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akimat_desk.sync.stick_file.MAX_INSIDE", 3000)
    (stick / FOLDER).mkdir()
    author = Author()
    with writing(stick / FOLDER / (author.device + ".entries")) as writer:
        writer.add(Cover(author.device))
        for _ in range(100):
            writer.add(Piece([author.batch()]))
    (carried,) = taken_in(desk, stick)
    assert isinstance(carried.trouble, CarriedDamaged)
    assert carried.new == 1


def test_a_forged_entry_is_refused_and_its_file_goes_on(desk: Pc, stick: Path) -> None:
    liar, honest = Author("liar"), Author("honest")
    (stick / FOLDER).mkdir()
    with writing(stick / FOLDER / (liar.device + ".entries")) as writer:
        writer.add(Cover(liar.device))
        writer.add(Piece([liar.batch(key=honest.key)]))
        writer.add(Piece([honest.batch()]))
    (carried,) = taken_in(desk, stick)
    assert [one.why for one in carried.refused] == ["signature"]
    assert (carried.new, carried.trouble) == (1, None)


def test_a_stick_of_another_room_brings_nothing(desk: Pc, other: Pc, stick: Path) -> None:
    write(desk)
    out(desk, stick)
    (carried,) = taken_in(other, stick, admitted=False)
    assert (carried.new, [one.why for one in carried.unknown]) == (0, ["not-admitted"])
    assert visits(other) == 0


def test_a_second_history_is_seen(desk: Pc, other: Pc, open_pc: OpenPc, tmp_path: Path, stick: Path) -> None:
    author, double = Author(), Author()
    author.write(COUNTED, Counted(day=DAY, visits=1))
    double.write(COUNTED, Counted(day=DAY, visits=7))
    desk.journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    other.journal.receive([double.batch()], admit=lambda _: True, keeps_personal=True)
    out(desk, stick)
    assert [len(one.forks) for one in taken_in(other, stick)] == [1]
    with other.journal.store.read() as db:
        assert [(fork.device, fork.seq) for fork in forks(db)] == [(author.device, 2)]


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
