"""The recovery key: forgiving to read, strict about mistakes, and the PC keeps only the half that closes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.paths import Home
from akimat_desk.store.recovery import (
    SIGNS,
    DoesNotOpen,
    RecoveryKey,
    RecoveryKeyExists,
    RecoveryKeyIncomplete,
    RecoveryKeyTypo,
    keep_seal,
    kept_seal,
)

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")
PRINTED = "01230-4567M-89AB9-CDEFS-GHJKJ-MNPQ6-RSTVV"

keys = st.builds(RecoveryKey, st.text(SIGNS, min_size=28, max_size=28))
places = st.integers(0, 34)


def test_the_printed_form_never_changes_because_it_lies_in_village_safes() -> None:
    assert KEY.printed == PRINTED
    assert KEY.seal.public.hex() == "ade12ae3291ed32926413b40c743955f706a79927bdee461916ec2a4da10e53e"
    assert KEY.seal.sheet == "12WH6B"


@given(keys)
def test_what_is_printed_is_what_is_read(key: RecoveryKey) -> None:
    assert RecoveryKey.read(key.printed) == key


@pytest.mark.parametrize(
    "typed",
    [
        PRINTED.lower(),
        PRINTED.replace("-", ""),
        PRINTED.replace("-", " – "),
        f"  {PRINTED}\n",
        PRINTED.replace("0", "O").replace("1", "l"),
        PRINTED.replace("0", "о").replace("1", "І"),
        PRINTED.translate(str.maketrans("ABCEHKMPT", "АВСЕНКМРТ")),
        PRINTED.translate(str.maketrans("ABCEHKMPT", "авсенкмрт")),
    ],
)
def test_small_letters_separators_and_look_alikes_are_forgiven(typed: str) -> None:
    assert RecoveryKey.read(typed) == KEY


@given(keys, places, st.sampled_from(SIGNS))
def test_every_wrong_sign_is_found_and_its_group_named(key: RecoveryKey, place: int, sign: str) -> None:
    signs = list(key.printed.replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(RecoveryKeyTypo) as caught:
        RecoveryKey.read("".join(signs))
    assert caught.value.values["groups"] == str(place // 5 + 1)


@given(keys, places)
def test_every_swap_of_neighbours_is_found(key: RecoveryKey, place: int) -> None:
    signs = list(key.printed.replace("-", ""))
    if place == 34 or signs[place] == signs[place + 1]:
        return
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    with pytest.raises(RecoveryKeyTypo):
        RecoveryKey.read("".join(signs))


@given(keys, st.permutations(range(7)))
def test_groups_in_another_order_are_found(key: RecoveryKey, order: list[int]) -> None:
    groups = key.printed.split("-")
    moved = [str(number + 1) for number, place in enumerate(order) if place != number]
    if not moved:
        return
    with pytest.raises(RecoveryKeyTypo) as caught:
        RecoveryKey.read("-".join(groups[place] for place in order))
    assert caught.value.values["groups"] == ", ".join(moved)


def test_a_group_with_a_sign_too_few_is_named() -> None:
    with pytest.raises(RecoveryKeyTypo) as caught:
        RecoveryKey.read(PRINTED.replace("89AB9", "89A9"))
    assert caught.value.values["groups"] == "3"
    with pytest.raises(RecoveryKeyIncomplete) as incomplete:
        RecoveryKey.read(PRINTED.replace("-", "")[:-3])
    assert str(incomplete.value) == "The recovery key has 35 letters and digits; you typed 32."


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    with pytest.raises((RecoveryKeyTypo, RecoveryKeyIncomplete)):
        RecoveryKey.read(text)


def test_only_the_whole_key_opens_what_the_seal_closed() -> None:
    closed = KEY.seal.close(b"secret", b"this backup")
    assert KEY.open(closed, b"this backup") == b"secret"
    for key, text, context in (
        (RecoveryKey.make(), closed, b"this backup"),
        (KEY, closed, b"that backup"),
        (KEY, closed[:-1], b"this backup"),
        (KEY, b"", b"this backup"),
    ):
        with pytest.raises(DoesNotOpen):
            key.open(text, context)


def test_the_pc_keeps_the_seal_and_never_the_key(home: Home) -> None:
    assert kept_seal(home) is None
    keep_seal(home, KEY.seal)
    assert kept_seal(home) == KEY.seal
    kept = b"".join(file.read_bytes() for file in home.keys.iterdir())
    assert kept == KEY.seal.public
    assert KEY.signs not in repr(KEY)


def test_a_second_recovery_key_is_made_only_on_purpose(home: Home) -> None:
    keep_seal(home, KEY.seal)
    keep_seal(home, KEY.seal)
    other = RecoveryKey.make().seal
    with pytest.raises(RecoveryKeyExists):
        keep_seal(home, other)
    assert kept_seal(home) == KEY.seal
    keep_seal(home, other, replace=True)
    assert kept_seal(home) == other
