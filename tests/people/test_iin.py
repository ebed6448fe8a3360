"""The IIN: its check digit is the rule, everything else is a remark."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.words import Translator
from akimat_desk.people.demo import synthetic_iin
from akimat_desk.people.iin import IinCheck, check_digit, check_iin, grouped, masked

ELEVEN = st.text("0123456789", min_size=11, max_size=11)


def test_a_right_number_is_taken() -> None:
    assert check_iin("650101500016") == IinCheck("650101500016", True)


def test_the_check_digit_by_hand() -> None:
    # 6·1 + 5·2 + 0·3 + 1·4 + 0·5 + 1·6 + 5·7 + 0·8 + 0·9 + 0·10 + 1·11 = 72, and 72 mod 11 = 6
    assert check_digit("65010150001") == 6


def test_where_the_first_pass_gives_ten_the_second_decides() -> None:
    # First pass: 6+10+0+4+0+6+35+0+0+70+44 = 175, mod 11 = 10.
    # Second: 6·3 + 5·4 + 1·6 + 1·8 + 5·9 + 7·1 + 4·2 = 112, mod 11 = 2.
    assert check_digit("65010150074") == 2
    assert check_iin("650101500742").valid


def test_where_both_passes_give_ten_no_number_is_given_out() -> None:
    assert check_digit("65010150159") is None
    assert not any(check_iin(f"65010150159{last}").valid for last in range(10))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "length"),
        ("65010150001", "length"),
        ("6501015000162", "length"),
        ("65010150001x", "not-digits"),
        ("650101-500016", "not-digits"),
        ("٦٥٠١٠١٥٠٠٠١٦", "not-digits"),  # Arabic-Indic digits
        ("６５０１０１５０００１６", "not-digits"),  # fullwidth digits
        ("65010150001²", "not-digits"),
        ("650101500017", "checksum"),
    ],
)
def test_what_is_refused_and_why(typed: str, reason: str) -> None:
    found = check_iin(typed)
    assert (found.valid, found.reason, found.warnings) == (False, reason, ())


@pytest.mark.parametrize(
    "typed", ["650101 500016", "650101\N{NO-BREAK SPACE}500016", " 6501 0150 0016 ", "650101500016\r\n"]
)
def test_spaces_and_a_readers_enter_do_not_matter(typed: str) -> None:
    assert check_iin(typed) == IinCheck("650101500016", True)


@pytest.mark.parametrize(
    ("iin", "warnings"),
    [
        ("900230300019", ("birth-date",)),  # 30 February
        ("000229300015", ("birth-date",)),  # 1900 was no leap year
        ("000229500018", ()),  # 2000 was
        ("900101900015", ("century",)),
        ("000000000000", ("birth-date", "century")),
    ],
)
def test_an_odd_date_or_century_is_only_a_remark(iin: str, warnings: tuple[str, ...]) -> None:
    assert check_iin(iin) == IinCheck(iin, True, None, warnings)


def test_what_the_person_reads() -> None:
    say = Translator((), "en").say
    assert say(check_iin("650101500016").sentence) == ""
    assert say(check_iin("6501").sentence) == "Type the whole IIN: 12 digits."
    assert say(check_iin("650101500017").sentence) == (
        "The IIN has a mistake. Check the 12 digits on the identity card."
    )
    assert say(check_iin("900230300019").sentence) == (
        "This IIN does not begin with a date. It may still be right: compare it with the document."
    )


@given(ELEVEN)
def test_of_ten_last_digits_one_is_right_or_none(eleven: str) -> None:
    right = [last for last in "0123456789" if check_iin(eleven + last).valid]
    assert right == ([] if check_digit(eleven) is None else [str(check_digit(eleven))])


@given(ELEVEN, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_among_the_first_ten_is_found_where_the_first_pass_decides(
    eleven: str, place: int, step: int
) -> None:
    """Weights 1-10 are no multiples of 11, so the first sum changes; digit 11 has weight 11 and is not covered."""

    def first_pass(digits: str) -> int:
        return sum(int(digit) * weight for weight, digit in enumerate(digits, start=1)) % 11

    other = eleven[:place] + str((int(eleven[place]) + step) % 10) + eleven[place + 1 :]
    if first_pass(eleven) == 10 or first_pass(other) == 10:
        return
    assert not check_iin(f"{other}{check_digit(eleven)}").valid


@given(st.text())
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    found = check_iin(text)
    assert found.valid is (found.reason is None)
    if found.valid:
        assert len(found.iin) == 12
        assert found.iin.isascii()


@given(st.integers(0, 2**32))
def test_an_invented_iin_is_right_and_nobodys(seed: int) -> None:
    iin = synthetic_iin(Random(seed))
    assert check_iin(iin) == IinCheck(iin, True)
    assert iin[6] in "56"
    assert iin[:2] >= "60"


def test_how_a_number_is_shown() -> None:
    assert grouped("650101500016") == "650101\N{NO-BREAK SPACE}500016"
    assert grouped("6501") == "6501"
    assert masked("650101500016") == "65•••••••016"
    assert masked("6501") == ""
