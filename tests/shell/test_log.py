"""Warnings are written down beside the data, in a small file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.shell import log as shell_log
from akimat_desk.shell.log import logging_to

log = logging.getLogger(__name__)


def test_warnings_are_kept_and_lesser_words_are_not(home: Home) -> None:
    with logging_to(home, "window"):
        log.warning("the printer is tired")
        log.info("all is well")
    log.warning("after the end")
    lines = (home.data / "logs" / "window.log").read_text(encoding="utf-8").splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == ["the printer is tired"]


def test_nothing_to_say_makes_no_file(home: Home) -> None:
    with logging_to(home, "keeper"):
        pass
    assert list((home.data / "logs").iterdir()) == []


def test_it_stays_small(home: Home) -> None:
    with logging_to(home, "window"):
        for number in range(3 * shell_log.LARGEST // 100):
            log.warning("%04d %s", number, "x" * 80)
    files = sorted((home.data / "logs").iterdir())
    assert [file.name for file in files] == ["window.log", "window.log.1"]
    assert all(file.stat().st_size <= shell_log.LARGEST for file in files)


def fail(*_: object) -> None:
    raise ValueError("Ерғалиева 900101300012")


class Careless:
    __del__ = fail


def in_a_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.parametrize("happens", [in_a_thread, Careless])
def test_what_nobody_catches_is_told_by_kind_and_place_only(
    home: Home, happens: Callable[[], object], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with logging_to(home, "window"):
        happens()
    said = (home.data / "logs" / "window.log").read_text(encoding="utf-8")
    assert "ValueError at " in said
    assert "fail (" in said
    assert "Ерғалиева" not in said + capsys.readouterr().err
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    caplog.clear()  # an error in the log fails a test otherwise
