"""The tree of errors: each speaks to the resident and to staff, and says what to do."""

from __future__ import annotations

import pytest

from akimat_desk.base.errors import AkimatDeskError, Damaged, Misuse, Refused, Unavailable
from akimat_desk.base.words import Sentence


class TrayEmpty(Unavailable):
    code = "tray-empty"
    resident_text = "The printer is out of paper."
    staff_text = "Tray {tray} of {printer} is empty."
    next_text = "Put paper into tray {tray}."


def test_an_error_speaks_to_each_reader() -> None:
    error = TrayEmpty(tray=2, printer="Hall")
    values = {"code": "tray-empty", "tray": 2, "printer": "Hall"}
    assert error.for_resident == Sentence("The printer is out of paper.", values)
    assert error.for_staff == Sentence("Tray {tray} of {printer} is empty.", values)
    assert error.next_step == Sentence("Put paper into tray {tray}.", values)


def test_its_own_text_is_the_one_for_staff() -> None:
    assert str(TrayEmpty(tray=2, printer="Hall")) == "Tray 2 of Hall is empty."


def test_a_value_that_is_not_known_stays_a_blank_and_does_not_hide_the_error() -> None:
    assert str(TrayEmpty(tray=2)) == "Tray 2 of {printer} is empty."


def test_what_nobody_described_is_told_with_its_code() -> None:
    assert str(AkimatDeskError()) == "The desk met something it does not know. Code: desk."
    assert str(Damaged()) == "The desk met something it does not know. Code: damaged."


@pytest.mark.parametrize("branch", [Refused, Unavailable, Damaged, Misuse])
def test_every_branch_is_caught_at_the_root_and_at_no_other_branch(branch: type[AkimatDeskError]) -> None:
    others = {Refused, Unavailable, Damaged, Misuse} - {branch}
    assert issubclass(branch, AkimatDeskError)
    assert not any(issubclass(branch, other) for other in others)


def test_every_branch_has_its_own_code() -> None:
    assert [kind.code for kind in (AkimatDeskError, Refused, Unavailable, Damaged, Misuse)] == [
        "desk",
        "refused",
        "unavailable",
        "damaged",
        "misuse",
    ]
