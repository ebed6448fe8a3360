"""`akimat-desk print scan`, without a village."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import Call
from akimat_desk.store.errors import NoSuchFile
from printing import commands
from printing.scanning import discovery, sane
from printing.scanning.commands import ScannerUnnamed
from printing.scanning.discovery import FoundScanner
from printing.scanning.errors import FeederEmpty, ScannerAddress

from .scripted_scanner import ScriptedScanner  # type: ignore[import-not-found]


def call(home: Home, *words: str, as_json: bool = False) -> int:
    parser = argparse.ArgumentParser()
    commands.add(parser)
    arguments = parser.parse_args(["scan", *words])
    arguments.json = as_json
    return commands.run(Call(arguments, Translator([], "en"), home, None))


def test_the_scanners_there_are(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "discover", lambda: [FoundScanner("Hall", "http://10.0.0.5:80/eSCL", "HP")])
    monkeypatch.setattr(sane, "installed", lambda: "")
    assert call(home) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Hall: http://10.0.0.5:80/eSCL",
        "Scanners on a cable need the program scanimage, which is not installed on this PC.",
    ]
    assert call(home, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {
        "scanners": [{"name": "Hall", "address": "http://10.0.0.5:80/eSCL", "model": "HP"}],
        "sane": False,
    }


def test_what_one_scanner_can(home: Home, scanner: ScriptedScanner, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "--scanner", scanner.uri, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {
        "address": scanner.uri,
        "model": "Скан 100",
        "both_sides": True,
        "glass": [75, 100, 300],
        "feeder": [75, 100, 300],
    }
    assert scanner.orders == []


def test_a_paper_into_a_file(
    home: Home, scanner: ScriptedScanner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.pdf"
    assert call(home, "--scanner", scanner.uri, "--to", str(file), "--colour", "--dpi", "100") == 0
    assert capsys.readouterr().out == f"Scanned. Pages: 1, file: {file}.\n"
    assert file.read_bytes().startswith(b"%PDF-")
    assert scanner.orders[0]["ColorMode"] == "RGB24"


def test_what_goes_wrong_leaves_no_file(home: Home, scanner: ScriptedScanner, tmp_path: Path) -> None:
    scanner.feeder.clear()
    file = tmp_path / "none.pdf"
    with pytest.raises(FeederEmpty):
        call(home, "--scanner", scanner.uri, "--to", str(file), "--source", "feeder")
    with pytest.raises(ScannerAddress):
        call(home, "--scanner", "no address", "--to", str(file))
    with pytest.raises(ScannerUnnamed):
        call(home, "--to", str(file))
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told_before_anything_is_scanned(
    home: Home, scanner: ScriptedScanner, tmp_path: Path
) -> None:
    with pytest.raises(NoSuchFile):
        call(home, "--scanner", scanner.uri, "--to", str(tmp_path / "stick" / "one.pdf"))
    assert scanner.orders == []
    assert not (tmp_path / "stick").exists()
