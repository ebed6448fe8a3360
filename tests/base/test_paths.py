"""Where things lie: data and keys apart, nothing made until asked, nobody else may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from akimat_desk.base.paths import HOME_VARIABLE, KEYS_VARIABLE, Home


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside the test's folder is read or made."""
    monkeypatch.setenv(KEYS_VARIABLE, str(tmp_path / "keys"))
    monkeypatch.delenv(HOME_VARIABLE, raising=False)


def test_the_folder_asked_for_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "environment"))
    assert Home.find(tmp_path / "asked").data == (tmp_path / "asked").resolve()
    assert Home.find().data == (tmp_path / "environment").resolve()


def test_without_either_it_is_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEYS_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("sys.platform", "linux")
    home = Home.find()
    assert home.data.name == "akimat-desk"
    assert home.keys.parent.name == "keys"
    assert not home.keys.is_relative_to(home.data)


def test_nothing_is_made_until_ensure(tmp_path: Path) -> None:
    Home.find(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_two_desks_of_one_user_do_not_share_keys(tmp_path: Path) -> None:
    assert Home.find(tmp_path / "one").keys != Home.find(tmp_path / "two").keys
    assert Home.find(tmp_path / "one").keys == Home.find(tmp_path / "two" / ".." / "one").keys


def test_all_data_lies_inside_the_data_folder_and_keys_do_not(tmp_path: Path) -> None:
    home = Home.find(tmp_path / "data")
    assert {home.database.parent, home.spool.parent, home.sessions.parent} == {home.data}
    assert not home.keys.is_relative_to(home.data)


@pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile folder by its own rights, not by mode bits")
def test_the_folders_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    home = Home.find(tmp_path / "data").ensure()
    for folder in (home.data, home.keys, home.spool, home.sessions):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_ensure_may_be_called_again(tmp_path: Path) -> None:
    home = Home.find(tmp_path / "data").ensure()
    (home.spool / "job").write_text("kept")
    assert home.ensure() == home
    assert (home.spool / "job").read_text() == "kept"
