"""`akimat-desk people check-iin`, without a village."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.office import commands_people
from akimat_desk.service import Call


def call(tmp_path: Path, *arguments: str, as_json: bool = False) -> int:
    parser = argparse.ArgumentParser()
    commands_people.add(parser)
    parsed = parser.parse_args(["check-iin", *arguments])
    parsed.json = as_json
    assert parsed.needs_village is False
    return commands_people.run(Call(parsed, Translator((), "en"), Home(tmp_path / "none", tmp_path / "keys"), None))


def test_all_right_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "650101 500016", as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"iin": "650101500016", "valid": True, "reason": None, "warnings": []}
    ]
    assert list(tmp_path.iterdir()) == []


def test_one_wrong_among_several_ends_with_3_and_all_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, "650101500016", "650101500017", "900230300019", "12", "٦٥٠١٠١٥٠٠٠١٦", as_json=True) == 3
    assert json.loads(capsys.readouterr().out) == [
        {"iin": "650101500016", "valid": True, "reason": None, "warnings": []},
        {"iin": "650101500017", "valid": False, "reason": "checksum", "warnings": []},
        {"iin": "900230300019", "valid": True, "reason": None, "warnings": ["birth-date"]},
        {"iin": "12", "valid": False, "reason": "length", "warnings": []},
        {"iin": "٦٥٠١٠١٥٠٠٠١٦", "valid": False, "reason": "not-digits", "warnings": []},
    ]


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "650101500016", "6501") == 3
    assert capsys.readouterr().out == (
        "650101\N{NO-BREAK SPACE}500016: This is an IIN.\n6501: Type the whole IIN: 12 digits.\n"
    )
