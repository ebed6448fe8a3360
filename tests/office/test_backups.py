"""Backups every night, and the copies people carry away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.office.backups import Copy, back_up_if_due, last_copy, nightly, save_copy, standing
from akimat_desk.office.ticks import back_up
from akimat_desk.people.details import Details
from akimat_desk.people.residents import find, register
from akimat_desk.service import Desk
from akimat_desk.store import Store
from akimat_desk.store.backup import read_header
from akimat_desk.store.errors import DiskFull, NoSuchFile
from akimat_desk.store.recovery import NoRecoveryKey, RecoveryKey, keep_seal
from akimat_desk.store.restore import restore

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")
NIGHT = 24 * 3600.0


@pytest.fixture
def sealed(desk: Desk) -> Desk:
    """A desk with a recovery key."""
    keep_seal(desk.home, KEY.seal)
    return desk


def files(desk: Desk) -> list[str]:
    return sorted(file.name for file in (desk.home.data / "backups").iterdir())


def test_without_a_recovery_key_nothing_is_made(desk: Desk) -> None:
    back_up(desk)
    assert not (desk.home.data / "backups").exists()
    assert standing(desk.store).sheet == ""


def test_once_a_night_however_often_the_keeper_asks(sealed: Desk, clock: FixedClock) -> None:
    for _ in range(5):
        back_up(sealed)
        clock.pass_seconds(3600)
    assert files(sealed) == ["000001-2026-11-20.backup"]


def test_after_days_off_one_is_made_at_once(sealed: Desk, clock: FixedClock) -> None:
    back_up(sealed)
    clock.pass_seconds(9 * NIGHT)
    back_up(sealed)
    assert files(sealed) == ["000001-2026-11-20.backup", "000002-2026-11-29.backup"]


def test_old_ones_go_when_newer_ones_are_whole(sealed: Desk, clock: FixedClock) -> None:
    for _ in range(16):
        back_up(sealed)
        clock.pass_seconds(NIGHT)
    kept = [one.made.number for one in nightly(sealed.home)]
    assert kept == [16, 15, 14, 13, 12, 11, 10, 3]  # the third was made on a Sunday, the last of its week


def test_a_turned_clock_deletes_nothing(sealed: Desk, clock: FixedClock) -> None:
    for _ in range(3):
        back_up(sealed)
        clock.pass_seconds(NIGHT)
    for year in (1990, 2039, 1990, 2039):
        clock.turn_to(datetime(year, 5, 1, 10, tzinfo=KAZAKHSTAN))
        back_up(sealed)
    assert {1, 2, 3} <= {one.made.number for one in nightly(sealed.home)}


def test_files_that_are_no_backup_are_neither_counted_nor_touched(sealed: Desk, clock: FixedClock) -> None:
    folder = sealed.home.data / "backups"
    folder.mkdir()
    (folder / "000007-2026-11-19.backup").write_bytes(b"cut off")
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    back_up(sealed)
    assert files(sealed) == ["000007-2026-11-19.backup", "000008-2026-11-20.backup", "letter.txt"]
    assert [one.made.number for one in nightly(sealed.home)] == [8]


def test_a_nightly_backup_brings_everything_back_on_another_pc(sealed: Desk, tmp_path: Path) -> None:
    register(sealed.journal, Details("Ерғалиева", "Бағдат"))
    done = back_up_if_due(sealed)
    assert done is not None
    other = Home(tmp_path / "other", tmp_path / "other-keys").ensure()
    restore(done.file, KEY.printed, other)
    store = Store.open(other)
    try:
        assert [one.details.full_name for one in find(store, "").residents] == ["Ерғалиева Бағдат"]
    finally:
        store.close()


def test_a_copy_is_remembered_with_the_sheet_that_opens_it(sealed: Desk, tmp_path: Path) -> None:
    assert last_copy(sealed.store) is None
    done = save_copy(sealed, tmp_path)
    assert done.file == tmp_path / "akimat-desk-2026-11-20-1000.backup"
    assert last_copy(sealed.store) == Copy(sealed.clock.now_ms(), KEY.seal.sheet)
    assert done.header.about == {"device": sealed.journal.device}


def test_a_copy_is_whole_though_this_pc_is_too_full_to_remember_it(
    sealed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full() -> Iterator[None]:
        raise DiskFull
        yield

    monkeypatch.setattr(sealed.store, "write", full)
    assert read_header(save_copy(sealed, tmp_path).file).sheet == KEY.seal.sheet
    assert last_copy(sealed.store) is None


def test_a_copy_that_was_not_made_is_not_remembered(sealed: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        save_copy(sealed, tmp_path / "pulled out")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_copy(sealed, tmp_path, stop)
    assert last_copy(sealed.store) is None
    assert list(tmp_path.glob("*.backup*")) == []


def test_without_a_recovery_key_no_copy_is_made(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoRecoveryKey):
        save_copy(desk, tmp_path)
