"""The keeper as a unit of the user's systemd: what it says, and what happens where there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from akimat_desk.base.paths import KEYS_VARIABLE, Home
from akimat_desk.shell import autostart
from akimat_desk.shell.autostart import NoAutostart


@pytest.fixture(autouse=True)
def _this_users_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv(KEYS_VARIABLE, raising=False)


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Writes down what it is told, in place of a running systemd of the user; 1 in its file `fails` makes it fail."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {folder}/told\ntest ! -e {folder}/fails\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    checker = shutil.which("systemd-analyze")
    assert checker is not None, "the tests need systemd-analyze (Debian: systemd)"
    file = tmp_path / autostart.NAME
    file.write_text(autostart.unit(Home(tmp_path / 'Ақжар "50%"', tmp_path / "keys")), encoding="utf-8")
    said = subprocess.run([checker, "verify", "--man=no", str(file)], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if autostart.NAME in line] == []
    assert said.returncode == 0, said.stderr


def test_it_is_written_started_and_known(home: Home, systemctl: Path) -> None:
    assert not autostart.starts_by_itself(home)
    file = autostart.start_with_pc(home)
    assert file.read_text() == autostart.unit(home)
    assert autostart.starts_by_itself(home)
    autostart.start_no_more()
    assert not file.exists()
    assert (systemctl / "told").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable --now akimat-desk-keeper.service",
        "--user disable --now akimat-desk-keeper.service",
        "--user daemon-reload",
    ]


def test_the_unit_of_another_desk_is_not_this_ones(home: Home, systemctl: Path, tmp_path: Path) -> None:
    autostart.start_with_pc(Home(tmp_path / "other", tmp_path / "other keys"))
    assert not autostart.starts_by_itself(home)


def test_a_systemd_that_refuses_leaves_nothing_behind(home: Home, systemctl: Path) -> None:
    (systemctl / "fails").touch()
    with pytest.raises(NoAutostart):
        autostart.start_with_pc(home)
    assert not autostart.unit_file().exists()


def test_without_systemd_it_says_so(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoAutostart):
        autostart.start_with_pc(home)
