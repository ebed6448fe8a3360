"""What goes into one message follows the line."""

from __future__ import annotations

from akimat_desk.sync.pace import FIRST, LEAST, Pace


def test_a_quick_line_gets_larger_messages_up_to_the_most() -> None:
    pace = Pace(most=200_000)
    sizes = []
    for _ in range(4):
        sizes.append(pace.size)
        pace.took(0.1, pace.size)
    assert sizes == [FIRST, 2 * FIRST, 200_000, 200_000]


def test_a_slow_line_gets_what_it_carries_in_five_seconds() -> None:
    pace = Pace()
    pace.took(20.0, FIRST)
    assert pace.size == FIRST // 4
    pace.took(4.0, pace.size)
    assert pace.size == FIRST // 4


def test_a_message_is_never_so_small_that_the_line_carries_its_envelope_only() -> None:
    pace = Pace()
    for _ in range(20):
        pace.took(60.0, pace.size)
    assert pace.size == LEAST


def test_a_line_that_breaks_gets_smaller_messages() -> None:
    pace = Pace()
    pace.broke()
    assert pace.size == FIRST // 2


def test_small_talk_says_nothing_of_the_line() -> None:
    pace = Pace()
    pace.took(0.01, 100)
    assert pace.size == FIRST
