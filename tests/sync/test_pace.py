"""What goes into one message follows the line, for entries and files alike."""

from __future__ import annotations

from akimat_desk.sync.pace import AIM_SECONDS, QUICK_SECONDS, Pace

LEAST, FIRST, MOST = 8_000, 64_000, 200_000


def pace() -> Pace:
    return Pace(least=LEAST, first=FIRST, most=MOST)


def test_a_quick_line_gets_larger_messages_up_to_the_most() -> None:
    quick = pace()
    sizes = []
    for _ in range(4):
        sizes.append(quick.size)
        quick.took(0.1, quick.size)
    assert sizes == [FIRST, 2 * FIRST, MOST, MOST]


def test_a_slow_line_gets_what_it_carries_in_five_seconds() -> None:
    slow = pace()
    slow.took(4 * AIM_SECONDS, FIRST)
    assert slow.size == FIRST // 4
    for seconds in (AIM_SECONDS, QUICK_SECONDS):
        slow.took(seconds, slow.size)
        assert slow.size == FIRST // 4


def test_a_message_is_never_so_small_that_the_line_carries_its_envelope_only() -> None:
    slow = pace()
    for _ in range(20):
        slow.took(60.0, slow.size)
    assert slow.size == LEAST
    slow.broke()
    assert slow.size == LEAST


def test_a_line_that_breaks_gets_smaller_messages() -> None:
    breaking = pace()
    breaking.broke()
    assert breaking.size == FIRST // 2


def test_small_talk_says_nothing_of_the_line() -> None:
    quick = pace()
    quick.took(0.01, 100)
    assert quick.size == FIRST


def test_nobody_asks_for_more_than_the_most() -> None:
    assert Pace(least=LEAST, first=FIRST, most=2000).size == 2000
