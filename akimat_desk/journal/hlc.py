"""The hybrid logical clock: 48 bits of milliseconds, 16 bits of counter, in one integer that only grows.

It orders entries for the eye and decides true concurrency; cause and effect are named by entries themselves, so a wrong
clock can lose a tie and nothing else. What is done about wrong clocks:

- The PC's clock jumps back (or says 1970): the journal's own time stands and counts on.
- It says something no PC of this program can live in (before `EARLIEST`, or 15 years after): it is not believed, and
  the journal's time counts on from its last entry. So a PC set to 2099 does not carry 2099 into the village.
- It says a wrong but possible year: its entries are kept and travel, and every other PC flags them as doubtful
  (more than `AHEAD_MS` ahead of itself) and does not follow. This PC's own time cannot go back: until the wrong moment
  comes, its entries win ties and are flagged.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

COUNTER_BITS: Final = 16
AHEAD_MS: Final = 10 * 60 * 1000
EARLIEST: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
LATEST: Final = int(datetime(2041, 1, 1, tzinfo=UTC).timestamp() * 1000)


def ms_of(at: int) -> int:
    """The milliseconds since 1970 in a hybrid time."""
    return at >> COUNTER_BITS


def believed(wall_ms: int) -> bool:
    """Whether the PC's clock says a time in which this program can run."""
    return EARLIEST <= wall_ms < LATEST


def following(last: int, wall_ms: int) -> int:
    """The next own time: the wall clock where it is believed and ahead, else one more than `last`.

    A full counter carries into the milliseconds, so 65,536 entries a millisecond and more still only grow.
    """
    floor = max(last, (EARLIEST << COUNTER_BITS) - 1)
    wall = wall_ms << COUNTER_BITS
    return wall if believed(wall_ms) and wall > floor else floor + 1


def doubtful(remote: int, last: int, wall_ms: int) -> bool:
    """Whether another device's time is more than ten minutes ahead of all this PC knows of the present.

    Where the clock is believed, that is the clock: counted from `last`, entries nine minutes apart would lead it away
    step by step. What is not ahead of `last` changes nothing and is not doubted.
    """
    known = wall_ms if believed(wall_ms) else max(ms_of(last), EARLIEST)
    return ms_of(remote) > max(ms_of(last), known + AHEAD_MS)


def merged(last: int, remote: int, wall_ms: int) -> int:
    """Own time after hearing `remote`: not before it, except where it is doubtful."""
    return last if doubtful(remote, last, wall_ms) else max(last, remote)
