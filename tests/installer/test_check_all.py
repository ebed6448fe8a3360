"""Checks are quiet while content, and show their own words when not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer.check_all import passes


def _python_beside(folder: Path, check: str) -> Path:
    file = folder / "check"
    file.write_text(f"#!/bin/sh\n{check}\n")
    file.chmod(0o755)
    return folder / "python"


def test_a_content_check_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert passes("style", ("check", "--quiet"), _python_beside(tmp_path, "echo 12 files seen")) is True
    assert re.fullmatch(r"style \(check --quiet\): good, [0-9.]+ s\n", capfd.readouterr().out)


def test_a_check_that_found_something_shows_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert passes("style", ("check",), _python_beside(tmp_path, "echo E501; echo line too long >&2; exit 1")) is False
    assert re.fullmatch(r"E501\nline too long\nstyle \(check\): found something, [0-9.]+ s\n", capfd.readouterr().out)
