"""A file is what its name says, sealed on the disk, and gone when nothing names it any more."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.files import FileStore, Ref
from akimat_desk.files.errors import FileDamaged, FileNotHere, FilesFull
from akimat_desk.files.sealed import BLOCK, sealed_size
from akimat_desk.store.errors import NoSuchFile

SCAN = ("Айгүл Серікқызы, өтініш " * 5000).encode()
DAY_MS = 24 * 3600 * 1000


def put(files: FileStore, data: bytes = SCAN, **options: bool) -> Ref:
    return files.put(io.BytesIO(data), **options)


def content(files: FileStore, hash: bytes) -> bytes:
    with files.open(hash) as stream:
        return stream.read()


def on_disk(files: FileStore) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files.folder.iterdir()}


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17])
def test_what_was_put_is_read_back(files: FileStore, size: int) -> None:
    data = os.urandom(size)
    ref = put(files, data)
    assert ref == Ref(hashlib.sha256(data).digest(), size)
    assert content(files, ref.hash) == data
    assert files.verify(ref.hash)
    assert [file.stat().st_size for file in files.folder.iterdir()] == [sealed_size(size)]


def test_a_file_of_the_disk_is_copied(files: FileStore, tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(SCAN)
    ref = files.put(source)
    source.unlink()
    assert content(files, ref.hash) == SCAN
    with pytest.raises(NoSuchFile):
        files.put(source)


def test_a_pipe_may_give_little_at_a_time(files: FileStore) -> None:
    class Drip(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1000))

    ref = files.put(Drip(SCAN))
    assert content(files, ref.hash) == SCAN


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 200_000), length=st.integers(0, 100_000))
def test_any_part_can_be_read(files: FileStore, start: int, length: int) -> None:
    ref = put(files)
    with files.open(ref.hash) as stream:
        stream.seek(start)
        assert stream.read(length) == SCAN[start : start + length]


def test_on_the_disk_it_cannot_be_read(files: FileStore) -> None:
    put(files)
    (sealed,) = on_disk(files).values()
    assert not any(word in sealed for word in ("Айгүл".encode(), "өтініш".encode()))
    assert all((file.stat().st_mode & 0o077) == 0 for file in (files.folder, *files.folder.iterdir()))


def test_one_content_is_kept_once(files: FileStore) -> None:
    first = put(files)
    before = on_disk(files)
    assert put(files) == first
    assert on_disk(files) == before


def test_what_was_put_for_all_stays_for_all(files: FileStore) -> None:
    ref = put(files, personal=True)
    assert files.ref(ref.hash) == Ref(ref.hash, ref.size, True)
    put(files)
    put(files, personal=True)
    assert files.ref(ref.hash) == Ref(ref.hash, ref.size, False)


def test_what_is_not_here_is_told_so(files: FileStore) -> None:
    assert not files.has(bytes(32))
    assert files.ref(bytes(32)) is None
    with pytest.raises(FileNotHere):
        files.open(bytes(32))


def test_a_file_lost_from_the_disk_is_lacking_again(files: FileStore) -> None:
    ref = put(files)
    shutil.rmtree(files.folder)
    assert (files.has(ref.hash), files.lacking([ref])) == (False, [ref])
    put(files)
    assert files.lacking([ref]) == []


@pytest.mark.parametrize("place", [0, 5, BLOCK, BLOCK + 40, -1])
def test_a_damaged_file_is_seen_and_forgotten(files: FileStore, place: int) -> None:
    ref = put(files)
    (file,) = files.folder.iterdir()
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(FileDamaged):
        content(files, ref.hash)
    assert not files.verify(ref.hash)
    assert files.lacking([ref]) == [ref]


def test_blocks_cannot_change_places(files: FileStore) -> None:
    ref = put(files)
    (file,) = files.folder.iterdir()
    data, step = file.read_bytes(), sealed_size(BLOCK)
    file.write_bytes(data[step : 2 * step] + data[:step] + data[2 * step :])
    assert not files.verify(ref.hash)


def test_a_removed_file_is_gone(files: FileStore) -> None:
    ref = put(files)
    files.remove(ref.hash)
    assert (files.has(ref.hash), on_disk(files)) == (False, {})


# ---- the sweep


def test_what_no_entry_names_goes_after_a_while(files: FileStore, clock: FixedClock) -> None:
    named, unnamed = put(files, b"named"), put(files, b"unnamed")
    for days in (0, 3, 3):
        clock.pass_seconds(days * DAY_MS / 1000)
        assert files.sweep([named]) == 0
    clock.pass_seconds(DAY_MS / 1000)
    assert files.sweep([named]) == 1
    assert (files.has(named.hash), files.has(unnamed.hash)) == (True, False)


def test_what_is_named_in_time_stays(files: FileStore, clock: FixedClock) -> None:
    ref = put(files)
    files.sweep([])
    clock.pass_seconds(6 * DAY_MS / 1000)
    files.sweep([ref])
    clock.pass_seconds(6 * DAY_MS / 1000)
    files.sweep([])
    assert files.has(ref.hash)


def test_what_a_crash_left_goes_at_once(files: FileStore) -> None:
    ref = put(files)
    (files.folder / ("0" * 64)).write_bytes(b"no row")
    (files.folder / f"{'0' * 64}.part").write_bytes(b"no row")
    assert files.sweep([ref]) == 2
    assert [file.name for file in files.folder.iterdir()] == [ref.hash.hex()]


# ---- disks


def test_the_disk_is_not_filled_to_the_last(files: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    crowded = FileStore(files.store, FixedClock.__new__(FixedClock))
    free = 10 * 1024 * 1024
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100 * free, 99 * free, free))
    with pytest.raises(FilesFull):
        put(crowded)
    with pytest.raises(FilesFull), crowded.incoming(Ref(bytes(32), 1)):
        pass
    assert on_disk(files) == {}


def test_a_full_disk_keeps_nothing_half(files: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr("akimat_desk.files.store.os.fsync", full)
        with pytest.raises(FilesFull):
            put(files)
    assert on_disk(files) == {}
    assert content(files, put(files).hash) == SCAN
