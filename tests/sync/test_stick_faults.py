"""Sticks that are pulled out, full, damaged or forged: what was there stays, and nobody is held up."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.journal.devices import revoke
from akimat_desk.journal.forks import forks
from akimat_desk.store.errors import NoSuchFile
from akimat_desk.sync.columns import in_columns
from akimat_desk.sync.packing import packed
from akimat_desk.sync.stick import FOLDER
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
from tests.journal.village import COUNTED, Author, Counted
from tests.sync.conftest import OpenPc, Pc
from tests.sync.sticks import (
    DAY,
    break_stick,
    came,
    entries_file,
    make_room,
    out,
    receipts_file,
    same,
    taken_in,
    visits,
    write,
)

# ---- sticks that break


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
            writer.add(Piece([in_columns(author.batch())]))
    (carried,) = taken_in(desk, stick)
    assert isinstance(carried.trouble, CarriedDamaged)
    assert carried.new == 1


def test_a_forged_entry_is_refused_and_its_file_goes_on(desk: Pc, stick: Path) -> None:
    liar, honest = Author("liar"), Author("honest")
    (stick / FOLDER).mkdir()
    with writing(stick / FOLDER / (liar.device + ".entries")) as writer:
        writer.add(Cover(liar.device))
        writer.add(Piece([in_columns(liar.batch(key=honest.key))]))
        writer.add(Piece([in_columns(honest.batch())]))
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


def test_a_shorter_second_history_is_seen_too(desk: Pc, other: Pc, stick: Path) -> None:
    author, double = Author(), Author()
    author.write(COUNTED, Counted(day=DAY, visits=1))
    for visits_then in (7, 8, 9):
        double.write(COUNTED, Counted(day=DAY, visits=visits_then))
    make_room(desk, (other, "desk"))
    for pc in (desk, other, desk, other):
        taken_in(pc, stick)
        out(pc, stick)
    other.journal.receive([double.batch()], admit=lambda _: True, keeps_personal=True)
    out(other, stick)
    desk.journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    out(desk, stick)  # by its receipt the other holds more of this than is here
    assert [len(one.forks) for one in taken_in(other, stick)] == [0]
    assert [len(one.forks) for one in taken_in(desk, stick)] == [1]
    out(desk, stick)
    assert [len(one.forks) for one in taken_in(other, stick)] == [1]
    for pc in (desk, other):
        with pc.journal.store.read() as db:
            assert [(fork.device, fork.seq) for fork in forks(db)] == [(author.device, 2)]


def test_a_pc_that_signed_for_everything_is_brought_the_second_history(desk: Pc, other: Pc, stick: Path) -> None:
    """Reached by sticks alone, it would else count what no other PC does once the key is withdrawn."""
    author, double = Author(), Author()
    author.write(COUNTED, Counted(day=DAY, visits=1))
    double.write(COUNTED, Counted(day=DAY, visits=7))
    make_room(desk, (other, "desk"))
    for pc in (desk, other):
        pc.journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    for pc in (desk, other, desk, other):
        taken_in(pc, stick)
        out(pc, stick)
    desk.journal.receive([double.batch()], admit=lambda _: True, keeps_personal=True)
    assert out(desk, stick).entries == 1
    assert [len(one.forks) for one in taken_in(other, stick)] == [1]
    assert other.exchange.digest() == desk.exchange.digest()
    assert visits(desk) == visits(other) == 1
    with desk.journal.commit() as commit:
        revoke(commit, author.device)
    out(desk, stick)
    assert came(other, stick) == 1
    assert visits(desk) == visits(other) == 0
    assert same(desk, other)


def test_a_long_second_history_is_carried_in_pieces(
    desk: Pc, other: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.journal.forks.BATCH_BYTES", 500)
    author, double = Author(), Author()
    author.write(COUNTED, Counted(day=DAY, visits=1))
    for number in range(40):
        double.write(COUNTED, Counted(day=DAY, visits=number))
    batches = [author.batch(), *(double.batch(first, first + 3) for first in range(2, 41, 4))]
    desk.journal.receive(batches, admit=lambda _: True, keeps_personal=True)
    out(desk, stick)
    pieces = [piece for piece in reading(entries_file(stick, desk), desk.journal.device) if isinstance(piece, Piece)]
    assert [len(piece.batches) for piece in pieces] == [2, 3, 2]  # two chains; what came in ten batches goes in five
    taken_in(other, stick)
    with other.journal.store.read() as db:
        assert [(fork.seq, fork.entries) for fork in forks(db)] == [(2, 40)]


def test_a_pc_set_back_with_its_keys_gets_again_what_it_had_signed_for(
    desk: Pc, open_pc: OpenPc, tmp_path: Path, stick: Path
) -> None:
    """From the image of its disk: it goes on as if nothing had been, and only its next receipt says so."""
    other = open_pc("other")
    make_room(desk, (other, "desk"))
    for pc in (desk, other, desk):
        out(pc, stick)
        came(other if pc is desk else desk, stick)
    other.journal.store.close()
    shutil.copytree(tmp_path / "other", tmp_path / "image")
    other = open_pc("other")
    write(desk, 3)
    out(desk, stick)
    assert came(other, stick) == 6
    out(desk, stick)
    other.journal.store.close()
    shutil.rmtree(tmp_path / "other")
    shutil.copytree(tmp_path / "image", tmp_path / "other")
    other = open_pc("other")
    write(desk)
    assert out(desk, stick).entries == 2
    (carried,) = taken_in(other, stick)
    assert [one.verdict for one in carried.lacking] == ["gap"]
    assert out(desk, stick).entries == 8
    assert came(other, stick) == 8
    assert same(desk, other)
    assert out(desk, stick).entries == 0


def test_a_copy_of_a_pc_may_write_under_its_name(open_pc: OpenPc, tmp_path: Path, stick: Path) -> None:
    open_pc("desk").journal.store.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    desk, copy = open_pc("desk"), open_pc("copy")
    assert desk.journal.device == copy.journal.device
    write(desk, 2)
    write(copy, 3)
    out(copy, stick)
    assert [(one.sender, one.new) for one in taken_in(desk, stick)] == [(desk.journal.device, 7)]
    out(desk, stick)
    assert came(copy, stick) == 4
    assert visits(desk) == visits(copy) == 5
    assert [one.sender for one in taken_in(copy, stick)] == []
