"""What is missing on a PC, and the sentence or command that brings it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from installer import system
from installer.progress import Stop
from installer.system import Need

XVFB = Need("Xvfb", ("xvfb",), lambda: False)
TKINTER = Need("tkinter for this Python", ("python3-tk", "python3-venv"), lambda: False)
THERE = Need("sh", ("dash",), lambda: True)


def test_only_what_is_not_there_is_missing() -> None:
    assert system.missing([XVFB, THERE, TKINTER]) == [XVFB, TKINTER]


def test_a_program_is_found_by_its_name_also_among_those_of_administrators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ippeveprinter"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.command("ippeveprinter", "cups-ipp-utils").is_there()
    assert not system.command("no-such-program", "none").is_there()
    assert system.command("chroot", "coreutils").is_there()  # lies in /usr/sbin on Debian


def test_one_command_brings_everything_once() -> None:
    assert system.install_command([XVFB, TKINTER, TKINTER]) == [
        *["apt-get", "install", "--yes", "--no-install-recommends"],
        *["python3-tk", "python3-venv", "xvfb"],
    ]


def test_the_sentence_for_a_person_who_may_not_install() -> None:
    assert system.sentence_for([XVFB, TKINTER], apt=True) == (
        "missing on this PC: Xvfb, tkinter for this Python. "
        "Bring it with: sudo apt-get install python3-tk python3-venv xvfb"
    )


def test_the_sentence_where_there_is_no_apt() -> None:
    assert system.sentence_for([XVFB], apt=False) == (
        "missing on this PC: Xvfb. Bring it with this system's packages; on Debian or Ubuntu: apt-get install xvfb"
    )


def test_without_the_right_to_install_it_stops_with_that_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match=r"^missing on this PC: Xvfb\. Bring it with: sudo apt-get install xvfb$"):
        system.bring([XVFB, THERE], tmp_path / "setup.log")
    assert not (tmp_path / "setup.log").exists()


def test_as_root_it_updates_once_and_installs_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stand-in for apt-get writes down how it was called and brings the program that was missing."""
    (tmp_path / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n/usr/bin/touch {tmp_path}/brought\n')
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.bring([Need("thing", ("things",), (tmp_path / "brought").exists)], tmp_path / "setup.log")
    assert (tmp_path / "calls").read_text().splitlines() == [
        "-o DPkg::Lock::Timeout=300 update --quiet",
        "-o DPkg::Lock::Timeout=300 install --yes --no-install-recommends things",
    ]
    assert capsys.readouterr().out.splitlines()[0] == "System packages: things"


def test_a_failed_installation_shows_the_last_lines_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\necho E: Unable to locate package xvfb\nexit 100\n")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Stop) as stop:
        system.bring([XVFB], tmp_path / "setup.log")
    assert "E: Unable to locate package xvfb" in str(stop.value)
    assert str(stop.value).endswith("Try: apt-get install --yes --no-install-recommends xvfb")


def test_the_packages_of_an_interpreter(tmp_path: Path) -> None:
    for name in ("python3.11", "python3.12"):
        (tmp_path / name).touch()
    (tmp_path / "python3").symlink_to("python3.11")
    debian = str(tmp_path / "python3")
    assert system.python_packages("tk", debian, debian) == ("python3-tk",)
    assert system.python_packages("venv", str(tmp_path / "python3.11"), debian) == ("python3-venv",)
    assert system.python_packages("tk", str(tmp_path / "python3.12"), debian) == ("python3.12-tk",)
    assert system.python_packages("tk", "/opt/python/bin/python3.12", debian) == ("python3-tk", "python3-venv")
