"""All that may happen in the room: each step gets the room and its own lots, and says what it did."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, NamedTuple

from akimat_desk.sync.simulation import exchanges, troubles, work
from akimat_desk.sync.simulation.room import Room
from akimat_desk.sync.simulation.work import Story


class Way(NamedTuple):
    """One kind of step; of all steps drawn, `weight` in the sum of weights are of it."""

    do: Callable[[Room, Random], Story]
    weight: int


WAYS_ON: Final = {
    way.do.__name__: way
    for way in (
        Way(work.time_passes, 6),
        Way(work.somebody_works, 30),
        Way(work.much_is_written, 2),
        Way(work.a_host_is_raised, 3),
        Way(work.a_host_rules, 4),
        Way(work.a_name_is_erased, 2),
        Way(exchanges.a_pc_syncs, 24),
        Way(exchanges.a_line_is_bad, 14),
        Way(exchanges.what_was_late_arrives, 4),
        Way(exchanges.a_stick_is_put_in, 9),
        Way(exchanges.a_stick_is_damaged, 2),
        Way(troubles.power_goes_while_writing, 5),
        Way(troubles.power_goes_in_an_exchange, 8),
        Way(troubles.a_pc_is_switched_off, 2),
        Way(troubles.a_pc_is_switched_on, 9),
        Way(troubles.a_disk_is_full, 3),
        Way(troubles.a_clock_is_wrong, 3),
        Way(troubles.a_pc_is_updated, 2),
        Way(troubles.a_program_is_tampered_with, 1),
        Way(troubles.tables_are_made_anew, 1),
        Way(troubles.a_copy_is_kept, 4),
        Way(troubles.a_pc_is_set_back, 3),
        Way(troubles.a_pc_is_cloned, 2),
        Way(troubles.something_is_lost, 1),
        Way(troubles.a_pc_is_shut_out, 1),
        Way(troubles.a_pc_joins_again, 1),
        Way(exchanges.something_is_forged, 5),
    )
}
"""All that may happen, by name."""
