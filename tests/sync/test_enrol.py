"""The code of a room as people type it."""

from __future__ import annotations

import pytest

from akimat_desk.sync import enrol
from akimat_desk.sync.errors import CodeRefused


@pytest.mark.parametrize(
    "typed",
    [
        "ABCE-HKMP-TX01",
        "abce hkmp tx01",
        "abcehkmptx01",
        " ABCE–HKMP–TXOI ",
        "АВСЕ-НКМР-ТХОІ",  # all Cyrillic
        "авсе нкмр тхОL",
    ],
    ids=["as-shown", "small", "bare", "letters-for-digits", "cyrillic", "mixed"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert enrol._halves(typed) == ("ABCEH", "KMPTX01")


def test_no_code_is_made_of_digits_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("00000" + "1234A")
    monkeypatch.setattr(enrol.secrets, "choice", lambda _: next(drawn))
    assert enrol._secret() == "1234A"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ABCE-HKMP-TX0",
        "ABCE-HKMP-TX011",
        "ABCU-HKMP-TX01",
        "ЖЖЖЖ-ЖЖЖЖ-ЖЖЖЖ",
        "900101300012",
        "9001 0130 0012",
        "9OO1-O13O-OOI2",  # a person's number, however it is typed
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(CodeRefused):
        enrol._halves(typed)
