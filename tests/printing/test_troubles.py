"""Every state and every reason becomes a whole sentence, with a drawing where a hand is needed."""

from __future__ import annotations

import re

import pytest

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from printing.devices.errors import NotReached, OptionsRefused
from printing.devices.reasons import REASONS
from printing.records import OPEN, JobState
from printing.rules import Options
from printing.troubles import hindrance, standing

from .test_ending import job_of  # type: ignore[import-not-found]

ENGLISH = Translator([], "en")


def codes() -> list[str]:
    """All codes a job can keep."""

    def below(kind: type[AkimatDeskError]) -> list[type[AkimatDeskError]]:
        return [kind, *(each for child in kind.__subclasses__() for each in below(child))]

    return sorted({kind.code for kind in below(AkimatDeskError)} | set(REASONS))


@pytest.mark.parametrize(
    ("state", "more", "expected"),
    [
        ("waiting", {}, ("waiting", "Your document is in the queue.", "")),
        ("creating", {}, ("printing", "Printing. Pages: 3.", "")),
        ("printing", {}, ("printing", "Printing. Pages: 3.", "")),
        ("printing", {"printed": 2}, ("printing", "Printing: page 2 of 3", "")),
        ("printing", {"printed": 9}, ("printing", "Printing: page 3 of 3", "")),
        ("asking", {}, ("printing", "Printing. Pages: 3.", "")),
        ("printing", {"stop_wanted": True}, ("printing", "Printing is being stopped.", "")),
        ("done", {}, ("done", "Your document is printed. Take the sheets from the tray.", "done")),
        ("stopped", {}, ("stopped", "Printing was stopped.", "")),
        (
            "uncertain",
            {},
            ("ask", "We cannot tell whether it printed. Look in the tray and call a member of staff.", "tray"),
        ),
        (
            "failed",
            {},
            ("failed", "The document was not printed, and there is nothing to pay. Call a member of staff.", "staff"),
        ),
        ("failed", {"reason": "aborted"}, ("failed", "The printer gave the document up.", "staff")),
        (
            "printing",
            {"reason": "media-empty"},
            ("printing", "The printer is out of paper. Printing goes on by itself once paper is added.", "paper"),
        ),
        ("printing", {"reason": "toner-low", "printed": 1}, ("printing", "Printing: page 1 of 3", "")),
        (
            "waiting",
            {"reason": NotReached.code},
            (
                "waiting",
                "The printer is not answering. Your document is kept in the queue and will print when it is back.",
                "power",
            ),
        ),
    ],
)
def test_how_a_job_stands(state: JobState, more: dict[str, object], expected: tuple[str, str, str]) -> None:
    now = standing(job_of(Options(), 3, (), state=state, **more))
    assert (now.standing, ENGLISH.say(now.text), now.drawing) == expected
    assert now.over is (state not in OPEN or state == "uncertain")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_reason_can_be_said_without_a_hole(language: str) -> None:
    words = Translator(catalogues(find_services()), language)  # type: ignore[arg-type]
    for code in codes():
        found = hindrance(code)
        if found is not None:
            said = [words.say(sentence) for sentence in (found.resident, found.staff, found.todo)]
            assert [each for each in said if re.search(r"[{}]", each)] == []


def test_staff_are_told_what_exactly_was_refused() -> None:
    found = hindrance(OptionsRefused.code, {"options": "sides"})
    assert found is not None
    assert ENGLISH.say(found.staff) == "The printer refused these options: sides."


@pytest.mark.parametrize("code", ["", "toner-low", "other", "of-a-later-version"])
def test_what_hinders_nothing_says_nothing(code: str) -> None:
    assert hindrance(code) is None
