"""Random names: ordered by time where they index tables, unguessable where a person says them."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.ids import CODE_DIGITS, short_code, uuid7

MOMENTS = st.integers(0, 2**48 - 1)


@given(MOMENTS)
def test_an_id_is_a_version_7_uuid_that_holds_its_moment(now_ms: int) -> None:
    made = uuid7(now_ms)
    assert len(made) == 32
    parsed = uuid.UUID(made)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == now_ms


@given(MOMENTS, MOMENTS)
def test_ids_order_by_time(one: int, other: int) -> None:
    if one != other:
        assert (uuid7(one) < uuid7(other)) == (one < other)


def test_two_pcs_at_the_same_moment_do_not_collide() -> None:
    assert len({uuid7(1_795_158_000_000) for _ in range(1000)}) == 1000


def test_every_random_bit_of_an_id_takes_part() -> None:
    seen_ones = seen_zeros = 0
    for _ in range(200):
        value = int(uuid7(0), 16)
        seen_ones |= value
        seen_zeros |= ~value
    fixed = 0xF << 76 | 0b11 << 62
    random_bits = (2**80 - 1) & ~fixed
    assert seen_ones & random_bits == random_bits
    assert seen_zeros & random_bits == random_bits


@given(st.integers(1, 12))
def test_a_short_code_has_as_many_digits_as_asked(digits: int) -> None:
    code = short_code(digits)
    assert len(code) == digits
    assert set(code) <= set(CODE_DIGITS)


def test_short_codes_are_not_serial() -> None:
    codes = [short_code(9) for _ in range(50)]
    assert codes != sorted(codes)
