"""Files travel after the entries that name them: from where they were left, and only as they are."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.files import MIGRATIONS, FileStore, Ref
from akimat_desk.files.errors import WrongContent
from akimat_desk.files.incoming import NotInOrder
from akimat_desk.files.sealed import BLOCK, sealed_size, write_blocks
from akimat_desk.store import Store
from akimat_desk.store.errors import Busy
from akimat_desk.sync.errors import NotADesk, TheirTrouble, Unreachable
from akimat_desk.sync.pace import Pace
from akimat_desk.sync.packing import packed, unpacked
from akimat_desk.sync.transfer import FIRST_PIECE, MOST_PIECE, Ask, Give, answer, fetch, give, pace_of_files

DATA = os.urandom(20 * BLOCK + 123)
GIB = 1 << 30


class Pc:
    """The files of one PC, and how it is asked."""

    def __init__(self, files: FileStore) -> None:
        self.files = files
        self.asked: list[bytes] = []

    def ask(self, request: bytes) -> bytes:
        self.asked.append(request)
        return answer(self.files, request, "room")

    def holds(self, ref: Ref) -> bool:
        return self.files.has(ref.hash) and self.files.verify(ref.hash)


@pytest.fixture
def open_pc(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[str], Pc]]:
    with ExitStack() as stack:

        def open_one(name: str) -> Pc:
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            return Pc(FileStore(store, clock, spare=0))

        yield open_one


@pytest.fixture
def host(open_pc: Callable[[str], Pc]) -> Pc:
    return open_pc("host")


@pytest.fixture
def desk(open_pc: Callable[[str], Pc]) -> Pc:
    return open_pc("desk")


def put(pc: Pc, data: bytes = DATA, **options: bool) -> Ref:
    return pc.files.put(io.BytesIO(data), **options)


def small() -> Pace:
    """Pieces of one block, so that a file takes many."""
    return Pace(least=BLOCK, first=BLOCK, most=MOST_PIECE)


def slow() -> Callable[[], float]:
    """A clock by which every piece takes a second: neither quick nor slow."""
    ticks = iter(range(10**9))
    return lambda: float(next(ticks))


def cut_after(ask: Ask, calls: int) -> Ask:
    """A link that breaks."""
    left = iter(range(calls))

    def call(request: bytes) -> bytes:
        if next(left, None) is None:
            raise Unreachable
        return ask(request)

    return call


# ---- the plain way


def test_what_is_lacking_comes_small_files_first(host: Pc, desk: Pc) -> None:
    large, little, empty = put(host), put(host, b"little"), put(host, b"")
    fetched = fetch(host.ask, desk.files, [large, little, empty])
    assert fetched.came == [empty.hash, little.hash, large.hash]
    assert all(desk.holds(ref) for ref in (large, little, empty))
    host.asked.clear()
    assert fetch(host.ask, desk.files, [large, little, empty]).came == []
    assert host.asked == []


def test_17_a_file_may_be_there_before_its_entry_or_after_it(host: Pc, desk: Pc) -> None:
    ref = Ref(hashlib.sha256(DATA).digest(), len(DATA))
    assert fetch(host.ask, desk.files, [ref]).not_there == [ref.hash]  # named, on its way
    put(host)
    put(desk)
    assert fetch(host.ask, desk.files, [ref]).came == []  # there before anybody named it
    assert desk.holds(ref)


def test_personal_files_are_for_staff_pcs(host: Pc, desk: Pc) -> None:
    scan, course = put(host, b"a scan", personal=True), put(host, b"a course")

    def kiosk(request: bytes) -> bytes:
        return answer(host.files, request, "nobody")

    fetched = fetch(kiosk, desk.files, [scan, course])
    assert (fetched.came, fetched.not_there) == ([course.hash], [scan.hash])
    assert fetch(host.ask, desk.files, [scan]).came == [scan.hash]
    assert desk.files.ref(scan.hash) == scan


# ---- links that break


@pytest.mark.parametrize("calls", [*range(0, 22, 3), 20])
def test_17_after_a_cut_it_goes_on_where_it_was(calls: int, host: Pc, desk: Pc) -> None:
    ref = put(host)
    with pytest.raises(Unreachable):
        fetch(cut_after(host.ask, calls), desk.files, [ref], pace=small(), monotonic=slow())
    assert not desk.files.has(ref.hash)
    host.asked.clear()
    assert fetch(host.ask, desk.files, [ref], pace=small(), monotonic=slow()).came == [ref.hash]
    assert len(host.asked) == 1 + 21 - max(0, calls - 1)
    assert desk.holds(ref)


def test_17_it_goes_on_from_another_pc(host: Pc, desk: Pc, open_pc: Callable[[str], Pc]) -> None:
    other = open_pc("other")
    ref = put(host)
    put(other)
    with pytest.raises(Unreachable):
        fetch(cut_after(host.ask, 11), desk.files, [ref], pace=small(), monotonic=slow())
    assert fetch(other.ask, desk.files, [ref], pace=small(), monotonic=slow()).came == [ref.hash]
    assert (len(host.asked), len(other.asked)) == (11, 12)
    assert desk.holds(ref)


def test_a_killed_process_loses_only_what_was_not_flushed(host: Pc, desk: Pc) -> None:
    """What a power cut leaves: the row, and a file that is shorter or has a torn end."""
    ref = put(host)
    with pytest.raises(Unreachable):
        fetch(cut_after(host.ask, 11), desk.files, [ref], pace=small(), monotonic=slow())
    (part,) = desk.files.folder.glob("*.part")
    for torn in (sealed_size(7 * BLOCK) - 5, sealed_size(3 * BLOCK) + 1, 0):
        with part.open("r+b") as stream:
            stream.truncate(torn)
        with desk.files.incoming(ref) as coming:
            assert coming.position == torn // sealed_size(BLOCK) * BLOCK
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]
    assert desk.holds(ref)


@pytest.mark.parametrize("calls", [3, 15])
def test_17_a_process_killed_in_the_middle_goes_on_at_its_next_start(calls: int, host: Pc, desk: Pc) -> None:
    ref = put(host)
    homes = [str(folder) for pc in (desk, host) for folder in (pc.files.store.home.data, pc.files.store.home.keys)]
    child = [sys.executable, str(Path(__file__).with_name("fetch_child.py")), *homes]
    done = subprocess.run([*child, ref.hash.hex(), str(ref.size), str(calls)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not desk.files.has(ref.hash)
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]
    assert desk.holds(ref)


def test_on_a_slow_line_every_few_seconds_are_safe(desk: Pc, clock: FixedClock) -> None:
    ref = Ref(hashlib.sha256(DATA).digest(), len(DATA))

    def safe() -> int:
        with desk.files.store.read() as db:
            return int(db.execute_sql("SELECT received FROM files_file").fetchone()[0])

    with desk.files.incoming(ref) as coming:
        coming.add(DATA[:BLOCK])
        assert safe() == 0
        clock.pass_seconds(6)
        coming.add(DATA[BLOCK : 2 * BLOCK])
        assert safe() == 2 * BLOCK
        coming.add(DATA[2 * BLOCK : 3 * BLOCK])
        assert safe() == 2 * BLOCK
    assert safe() == 3 * BLOCK


def test_a_file_can_be_left_for_later(host: Pc, desk: Pc) -> None:
    ref = put(host)
    asked = iter(range(10))
    stopped = fetch(host.ask, desk.files, [ref], pace=small(), monotonic=slow(), stop=lambda: next(asked, None) is None)
    assert (stopped.came, len(host.asked)) == ([], 10)
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]


def test_17_what_this_pc_gets_by_itself_meanwhile_is_taken(host: Pc, desk: Pc) -> None:
    ref = put(host)
    with desk.files.incoming(ref) as coming:
        coming.add(DATA[: 5 * BLOCK])
        put(desk)
        coming.add(DATA[5 * BLOCK :])
        coming.finish()
    assert desk.holds(ref)
    assert [file.name for file in desk.files.folder.iterdir()] == [ref.hash.hex()]


def test_one_at_a_time_takes_files_in(desk: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akimat_desk.files.store.LOCK_SECONDS", 0)
    ref = Ref(bytes(32), 1)
    with desk.files.incoming(ref), pytest.raises(Busy), desk.files.incoming(ref):
        pass


# ---- what the host lacks


def taking(pc: Pc, *named: Ref) -> Ask:
    """A host whose entries name these files."""

    def call(request: bytes) -> bytes:
        pc.asked.append(request)
        return answer(pc.files, request, "nobody", lambda: named)

    return call


@pytest.mark.parametrize("size", [0, 5, BLOCK, len(DATA)])
def test_a_desk_gives_the_host_what_it_lacks(host: Pc, desk: Pc, size: int) -> None:
    ref = put(desk, DATA[:size])
    assert give(taking(host, ref), desk.files, [ref]) == [ref.hash]
    assert host.holds(ref)
    host.asked.clear()
    assert give(taking(host, ref), desk.files, [ref]) == []
    assert len(host.asked) == 1


def test_a_host_takes_nothing_that_no_entry_names(host: Pc, desk: Pc) -> None:
    ref = put(desk)
    assert give(taking(host), desk.files, [ref]) == []
    forced = Give(ref.hash, 0, DATA[:BLOCK], hashlib.sha256(DATA[:BLOCK]).digest())
    said = answer(host.files, packed(msgspec.msgpack.encode(forced)), "room", tuple)
    assert msgspec.msgpack.decode(unpacked(said)) == [24]
    assert not host.files.folder.exists() or list(host.files.folder.iterdir()) == []


@pytest.mark.parametrize("calls", [0, 1, 7, 21])
def test_giving_goes_on_where_it_was_cut(calls: int, host: Pc, desk: Pc, open_pc: Callable[[str], Pc]) -> None:
    ref = put(desk)
    there = taking(host, ref)
    with pytest.raises(Unreachable):
        give(cut_after(there, calls), desk.files, [ref], pace=small(), monotonic=slow())
    if calls:
        host.asked.clear()
        offered = packed(msgspec.msgpack.encode([25, [ref.hash]]))
        ((_, position),) = msgspec.msgpack.decode(unpacked(there(offered)))[1]
        assert position == min((calls - 1) * BLOCK, len(DATA))
    other = open_pc("other")
    put(other)
    assert give(there, other.files, [ref]) == [ref.hash]
    assert host.holds(ref)


def test_a_given_piece_that_was_changed_is_not_kept(host: Pc, desk: Pc) -> None:
    ref = put(desk)
    there, calls = taking(host, ref), iter(range(1000))

    def noisy(request: bytes) -> bytes:
        if next(calls) % 3 == 1:
            asked = bytearray(unpacked(request))
            asked[len(asked) // 2] ^= 1
            return there(packed(bytes(asked)))
        return there(request)

    assert give(noisy, desk.files, [ref], pace=small(), monotonic=slow()) == [ref.hash]
    assert host.holds(ref)


def test_what_is_given_and_is_not_the_file_is_thrown_away(host: Pc, desk: Pc) -> None:
    ref = put(desk)
    there = taking(host, ref)
    there(packed(msgspec.msgpack.encode([25, [ref.hash]])))
    wrong = os.urandom(ref.size)
    forced = Give(ref.hash, 0, wrong, hashlib.sha256(wrong).digest())
    assert msgspec.msgpack.decode(unpacked(there(packed(msgspec.msgpack.encode(forced))))) == [28, 0, True]
    assert give(there, desk.files, [ref]) == [ref.hash]
    assert host.holds(ref)


# ---- pieces follow the line


def test_a_line_that_broke_is_asked_for_less(host: Pc, desk: Pc) -> None:
    pace = pace_of_files()
    ref = put(host)
    for _ in range(2):
        with pytest.raises(Unreachable):
            fetch(cut_after(host.ask, 1), desk.files, [ref], pace=pace)
    assert pace.size == FIRST_PIECE // 4


# ---- liars and faults


def swapped(pc: Pc, right: Ref, wrong: Ref) -> Ask:
    """A PC that sends other bytes under the name."""

    def call(request: bytes) -> bytes:
        asked = unpacked(request)
        if b"\x16" in asked[:3]:  # Want
            return pc.ask(packed(asked.replace(right.hash, wrong.hash)))
        return pc.ask(request)

    return call


def test_17_what_is_not_the_file_is_thrown_away(host: Pc, desk: Pc) -> None:
    ref, other = put(host), put(host, os.urandom(len(DATA)))
    liar = swapped(host, ref, other)
    assert fetch(liar, desk.files, [ref]).wrong == [ref.hash]
    assert not desk.files.has(ref.hash)
    assert list(desk.files.folder.iterdir()) == []
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]


def test_a_liar_who_began_does_not_spoil_what_an_honest_pc_sends(host: Pc, desk: Pc) -> None:
    ref, other = put(host), put(host, os.urandom(len(DATA)))
    with pytest.raises(Unreachable):
        fetch(cut_after(swapped(host, ref, other), 8), desk.files, [ref], pace=small(), monotonic=slow())
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]
    assert desk.holds(ref)


def test_a_piece_changed_on_its_way_is_asked_for_again(host: Pc, desk: Pc) -> None:
    ref = put(host)
    calls = iter(range(1000))

    def noisy(request: bytes) -> bytes:
        given = host.ask(request)
        if next(calls) % 3 == 1:
            data = bytearray(unpacked(given))
            data[len(data) // 2] ^= 1
            return packed(bytes(data))
        return given

    assert fetch(noisy, desk.files, [ref], pace=small(), monotonic=slow()).came == [ref.hash]
    assert desk.holds(ref)


def test_a_file_named_longer_than_it_is_does_not_come(host: Pc, desk: Pc) -> None:
    ref = put(host)
    assert fetch(host.ask, desk.files, [Ref(ref.hash, ref.size + 5)]).not_there == [ref.hash]
    assert fetch(host.ask, desk.files, [Ref(ref.hash, ref.size - 5)]).wrong == [ref.hash]
    assert fetch(host.ask, desk.files, [ref]).came == [ref.hash]


def test_a_damaged_file_is_not_given_and_comes_back(host: Pc, desk: Pc, open_pc: Callable[[str], Pc]) -> None:
    ref = put(host)
    put(desk)
    (file,) = host.files.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    other = open_pc("other")
    assert fetch(host.ask, other.files, [ref]).not_there == [ref.hash]
    assert fetch(desk.ask, host.files, [ref]).came == [ref.hash]
    assert host.holds(ref)


@pytest.mark.parametrize("request_", [b"", b"\x28\xb5\x2f\xfd", packed(b"\x91\x07"), packed(bytes(100))])
def test_a_strange_question_is_answered_with_a_code(host: Pc, desk: Pc, request_: bytes, caplog: object) -> None:
    ref = put(host)

    def strange(_: bytes) -> bytes:
        return answer(host.files, request_, "room")

    with pytest.raises(TheirTrouble):
        fetch(strange, desk.files, [ref])


@pytest.mark.parametrize("given", [b"<html>", packed(b"\x91\x07"), packed(bytes(100))])
def test_a_strange_answer_is_no_desk(host: Pc, desk: Pc, given: bytes) -> None:
    with pytest.raises(NotADesk):
        fetch(lambda _: given, desk.files, [put(host)])


def test_pieces_have_an_order(desk: Pc) -> None:
    with desk.files.incoming(Ref(bytes(32), 2 * BLOCK + 5)) as coming:
        for wrong in (1, BLOCK + 1, 3 * BLOCK):
            with pytest.raises(NotInOrder):
                coming.add(bytes(wrong))
        coming.add(bytes(2 * BLOCK))
        coming.add(bytes(5))
        with pytest.raises(WrongContent):
            coming.finish()


# ---- two gigabytes


def test_17_beyond_two_gigabytes(host: Pc, desk: Pc) -> None:
    """The last pieces of a file of 2 GB and a bit, its beginning a hole: places and lengths are right that far out."""
    tail = os.urandom(2 * BLOCK + 77)
    ref = Ref(hashlib.sha256(b"as if").digest(), 2 * GIB + len(tail))
    with host.files.incoming(ref):
        pass
    make_sparse(host.files, ref, tail, whole=True)
    make_sparse(desk.files, ref, b"", whole=False)
    with desk.files.incoming(ref) as coming:
        assert coming.position == 2 * GIB
    came: list[list[bytes]] = []

    def watched(request: bytes) -> bytes:
        given = host.ask(request)
        came.append(msgspec.msgpack.decode(unpacked(given)))
        return given

    # Its beginning is no file: after the last piece it is asked for once more from the start, and is not there.
    assert fetch(watched, desk.files, [ref], pace=small(), monotonic=slow()).not_there == [ref.hash]
    assert b"".join(piece[1] for piece in came[1:-1]) == tail
    assert len(came) == 5


def make_sparse(files: FileStore, ref: Ref, tail: bytes, *, whole: bool) -> None:
    """A file of 2 GB of which only the end is written."""
    with files.incoming(ref):
        pass
    with files.store.write() as db:
        db.execute_sql("UPDATE files_file SET received = ?", (None if whole else 2 * GIB,))
        (key,) = db.execute_sql("SELECT key FROM files_file").fetchone()
    file = files.folder / (ref.hash.hex() + ("" if whole else ".part"))
    with file.open("w+b") as stream:
        stream.truncate(sealed_size(2 * GIB))
        write_blocks(stream, key, 2 * GIB, tail)
    assert file.stat().st_blocks * 512 < 10 * 1024 * 1024
