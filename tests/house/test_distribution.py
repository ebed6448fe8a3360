"""The wheel and the source archive: what is in the tree's packages is in them, licences with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from .the_house import ROOT, TOP, tracked_files

BESIDE = {"pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md", "installer/locks/run.in"}
"""What building needs beside the packages."""
BUILD = "import sys, setuptools.build_meta as backend; getattr(backend, sys.argv[1])(sys.argv[2])"
OURS = {name for name in tracked_files() if name.split("/")[0] in TOP}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built from a copy, because building writes beside the sources."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in OURS | BESIDE:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    for what in ("build_sdist", "build_wheel"):  # one a process, as pip calls them
        call = [sys.executable, "-c", BUILD, what, str(out)]
        ended = subprocess.run(call, cwd=source, capture_output=True, text=True, timeout=120)
        assert ended.returncode == 0, ended.stderr
    return out


def test_the_wheel_holds_every_file_of_the_packages_and_the_licences(built: Path) -> None:
    (file,) = built.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        names = set(wheel.namelist())
    assert {name for name in names if ".dist-info/" not in name} == OURS
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "THIRD_PARTY.md"}


def test_the_wheel_names_the_libraries_it_needs(built: Path) -> None:
    (file,) = built.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
        said = message_from_bytes(wheel.read(name)).get_all("Requires-Dist")
    assert said == (ROOT / "installer" / "locks" / "run.in").read_text(encoding="utf-8").splitlines()


def test_the_source_archive_holds_them_too(built: Path) -> None:
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert (OURS | BESIDE) - names == set()
