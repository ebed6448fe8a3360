"""What the set-up says, and how it understands what pip said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer.environment import clean, how_far, why_it_stopped
from installer.open_desk import has_screen
from installer.progress import Steps, Stop, spent, stopped

LOG = Path("/desk/.venv/setup.log")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (59.4, "59 s"), (60, "1 min 0 s"), (125, "2 min 5 s")]
)
def test_durations(seconds: float, words: str) -> None:
    assert spent(seconds) == words


def test_steps_count_what_is_to_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    steps = Steps(2)
    with steps.step("a virtual environment"):
        pass
    with steps.step("the libraries"):
        pass
    said = re.sub(r"[0-9.]+ s$", "… s", capsys.readouterr().out, flags=re.MULTILINE)
    assert said.splitlines() == [
        "Step 1 of 2: a virtual environment",
        "  done, … s",
        "Step 2 of 2: the libraries",
        "  done, … s",
    ]


def test_a_step_that_fails_does_not_say_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Stop), Steps(1).step("the libraries"):
        raise Stop("the disk is full")
    assert capsys.readouterr().out == "Step 1 of 1: the libraries\n"


def test_stopping_is_one_sentence_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(Stop("missing on this PC: Xvfb")) == 1
    assert capsys.readouterr() == ("", "Stopped: missing on this PC: Xvfb\n")


def test_how_far_pip_is() -> None:
    said = "Collecting peewee==4.5.3\n  Downloading peewee.whl\nCollecting msgspec==0.22.0\n"
    assert how_far(said, 33) == "2 of 33 libraries fetched"
    assert how_far(said + "Installing collected packages: peewee\n", 33) == "installing what was fetched"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying after 'NewConnectionError'\nERROR: No matching distribution found\n",
            "the libraries cannot be fetched, because the package index does not answer; "
            "connect this PC to the internet once and run the same command again",
        ),
        (
            "WARNING: Retrying after 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]\n",
            "the package index was reached, but its certificate is not accepted; "
            "set this PC's date and time right and run the same command again",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
            f"a library that arrived is not the one that was pinned, so it was not installed; see {LOG}",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "this disk is full; free about 500 MB and run the same command again",
        ),
        (
            "line 1\nERROR: something new\n",
            f"the set-up failed; the whole story is in {LOG}, its last lines are:\nline 1\nERROR: something new",
        ),
    ],
)
def test_why_pip_stopped(said: str, sentence: str) -> None:
    assert why_it_stopped(said, LOG) == sentence


def test_a_shell_set_up_for_other_libraries_does_not_leak_in() -> None:
    shell = {"PATH": "/bin", "PYTHONPATH": "/elsewhere", "PIP_TARGET": "/elsewhere", "PIP_CERT": "/ca.crt"}
    assert clean(shell) == {"PATH": "/bin", "PIP_CERT": "/ca.crt"}


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_window_can_be_shown(environment: dict[str, str], platform: str, shown: bool) -> None:
    assert has_screen(environment, platform) is shown
