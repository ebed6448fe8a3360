"""When the set-up does something, and when it is quick and quiet: on a real, tiny project."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from installer.environment import Environment
from installer.progress import Stop

from .tiny_project import make_project, start_set_up

ALL = ["environment", "libraries", "project"]


@pytest.fixture
def tiny(tmp_path: Path) -> Environment:
    """A tiny project, not set up yet."""
    return make_project(tmp_path / "tiny")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A tiny project, set up for `run` once for all tests here."""
    environment = make_project(tmp_path_factory.mktemp("set-up") / "tiny")
    process = start_set_up(environment, "run")
    said = process.communicate()[0].splitlines()
    assert process.returncode == 0, said
    assert [line for line in said if line.startswith("Step")] == [
        "Step 1 of 3: a virtual environment",
        "Step 2 of 3: the libraries, pinned by hash in installer/locks/run.lock (some minutes once)",
        "Step 3 of 3: the project itself, editable",
    ]
    assert said[-1] == str(environment.python)
    return environment


@pytest.fixture
def ready(whole: Environment) -> Iterator[Environment]:
    """The same; what a test changes of it is put back."""
    stamp = (whole.folder / "setup.json").read_text()
    yield whole
    (whole.folder / "setup.json").write_text(stamp)
    whole.unfinished.unlink(missing_ok=True)
    assert whole.to_do("run") == []


def test_in_a_fresh_clone_everything_is_to_be_done(tiny: Environment) -> None:
    assert tiny.to_do("run") == ALL
    assert tiny.to_do("test") == ALL


def test_the_second_time_nothing_is_done_or_said(ready: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    assert ready.ensure("run") == ready.python
    assert capsys.readouterr().out == ""


def test_testing_needs_more_libraries_than_running(ready: Environment) -> None:
    assert ready.to_do("test") == ["libraries", "project"]


def test_what_is_set_up_for_tests_also_runs(ready: Environment) -> None:
    stamp = ready.read_stamp()
    del stamp["run"]
    stamp["test"] = ready.wanted("test")["test"]
    (ready.folder / "setup.json").write_text(json.dumps(stamp))
    assert ready.to_do("run") == []
    assert ready.to_do("test") == []


@pytest.mark.parametrize(
    ("key", "value", "to_do"),
    [
        ("run", "the digest of an older lock", ["libraries", "project"]),
        ("project", "the digest of an older pyproject.toml", ["project"]),
        ("python", "3.10", ALL),
        ("folder", "/where/it/lay/before", ALL),
        ("libraries", ["pip", "a_library_somebody_removed"], ALL),
        ("libraries", None, ALL),
    ],
)
def test_a_stamp_that_does_not_fit_any_more(ready: Environment, key: str, value: object, to_do: list[str]) -> None:
    (ready.folder / "setup.json").write_text(json.dumps({**ready.read_stamp(), key: value}))
    assert ready.to_do("run") == to_do


def test_a_set_up_that_was_interrupted_starts_from_scratch(ready: Environment) -> None:
    ready.unfinished.touch()
    assert ready.to_do("run") == ALL


def test_an_environment_somebody_else_made_is_kept_and_filled(ready: Environment) -> None:
    (ready.folder / "setup.json").unlink()
    assert ready.to_do("run") == ["libraries", "project"]


@pytest.mark.parametrize("damage", ["python gone", "pip gone"])
def test_a_broken_environment_is_rebuilt(ready: Environment, damage: str) -> None:
    broken = ready.python if damage == "python gone" else ready.packages / "pip"
    aside = broken.with_name(broken.name + "-aside")
    broken.rename(aside)
    try:
        assert ready.to_do("run") == ALL
    finally:
        aside.rename(broken)


def test_a_stamp_cut_short_counts_as_none(ready: Environment) -> None:
    (ready.folder / "setup.json").write_text('{"python": "3.')
    assert ready.read_stamp() == {}


def test_where_nothing_may_be_written_it_stops_with_a_sentence(tiny: Environment) -> None:
    tiny.folder.write_text("a file where the folder should be")
    with pytest.raises(Stop, match=r"cannot be written \(.+\); run this as the owner of the folder$"):
        tiny.ensure("run")


def test_after_a_tool_said_no_the_steps_before_it_stand(tiny: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    """A project that cannot be built, then is put right: the libraries are not fetched again."""
    project = (tiny.root / "pyproject.toml").read_text()
    (tiny.root / "pyproject.toml").write_text(project.replace('"backend"', '"absent"'))
    with pytest.raises(Stop, match="the set-up failed; the whole story is in"):
        tiny.ensure("run")
    assert tiny.to_do("run") == ["project"]
    assert tiny.to_do("test") == ["libraries", "project"]
    (tiny.root / "pyproject.toml").write_text(project)
    capsys.readouterr()
    assert tiny.ensure("run") == tiny.python
    assert "Step 1 of 1: the project itself, editable" in capsys.readouterr().out.splitlines()
    assert tiny.to_do("run") == []


def test_killed_half_way_it_heals_and_two_at_once_wait_for_each_other(tiny: Environment) -> None:
    """The killed one leaves its child behind, still writing; the next two wait for it, and one does the work."""
    first = start_set_up(tiny, "run")
    assert first.stdout is not None
    assert [first.stdout.readline()[:4] for _ in range(2)] == ["Sett", "Step"]
    _wait_for(lambda: (tiny.folder / "pyvenv.cfg").exists())
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert tiny.unfinished.exists()

    second, third = start_set_up(tiny, "run"), start_set_up(tiny, "run")
    said = [process.communicate()[0].splitlines() for process in (second, third)]
    assert [second.returncode, third.returncode] == [0, 0]
    assert [lines[-1] for lines in said] == [str(tiny.python)] * 2
    assert sorted(sum(line.startswith("Step") for line in lines) for lines in said) == [0, 3]
    waiting = "Another set-up is at work in this folder; waiting for it to end."
    assert sum(line == waiting for lines in said for line in lines) >= 1
    assert tiny.to_do("run") == []
    assert not tiny.unfinished.exists()


def test_told_to_stop_it_takes_its_children_along(tiny: Environment) -> None:
    process = start_set_up(tiny, "run")
    _wait_for(lambda: (tiny.folder / "pyvenv.cfg").exists())
    process.send_signal(signal.SIGINT)
    process.communicate()
    with tiny._alone():  # at once: nobody holds the lock any more
        shutil.rmtree(tiny.folder / "lib", ignore_errors=True)


def _wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        os.sched_yield()


def test_the_lock_for_tests_has_everything_of_the_lock_to_run() -> None:
    """So that what was set up for tests need not be changed to run."""
    run, test = (_pins(Environment().lock(flavour)) for flavour in ("run", "test"))
    assert {name: test.get(name) for name in run} == run


def _pins(lock: Path) -> dict[str, list[str]]:
    """Every pinned line of a lock with its hashes."""
    pins: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            pins[name].append(line.strip(" \\"))
        elif "==" in line:
            name = line.strip(" \\")
            pins[name] = []
    return pins
