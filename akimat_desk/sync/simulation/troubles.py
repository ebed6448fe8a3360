"""What befalls the PCs of the room."""

from __future__ import annotations

from random import Random

from akimat_desk.base.errors import Unavailable
from akimat_desk.journal.devices import revoke
from akimat_desk.sync.simulation.faults import CUTS, PowerCut, full_disk, power_cut
from akimat_desk.sync.simulation.room import MOST_PCS, Room, knows_itself
from akimat_desk.sync.simulation.village import (
    PROGRAMS,
    TAMPERED,
)
from akimat_desk.sync.simulation.work import Story, one_of, work

# ---- power, disks and clocks


def power_goes_while_writing(room: Room, lots: Random) -> Story:
    """At some step of one commit."""
    pc = one_of(room.running(), lots)
    if pc is None:
        return None
    place, count = lots.choice(CUTS), lots.randrange(1, 4)
    done = None
    with power_cut(place, lots.choice(("before", "after")), count), room.may_lose_power(pc):
        done = work(room, pc, lots)
    return f"{pc.name}: {done}" if pc.on else f"{pc.name} loses power at {place} while writing"


def power_goes_in_an_exchange(room: Room, lots: Random) -> Story:
    """At some step of an exchange, on whichever side it is."""
    pair = room.random_pair(lots)
    if pair is None:
        return None
    place, count = lots.choice(CUTS), lots.randrange(1, 5)
    with power_cut(place, lots.choice(("before", "after")), count), room.may_lose_power(pair[0]):
        room.sync(*pair)
    off = [pc.name for pc in pair if not pc.on]
    return f"{pair[0].name} syncs with {pair[1].name}" + (f"; {off[0]} loses power at {place}" if off else "")


def a_pc_is_switched_off(room: Room, lots: Random) -> Story:
    """In order, or by the plug."""
    pc = one_of(room.running(), lots)
    if pc is None:
        return None
    if by_plug := lots.random() < 0.5:
        pc.lose_power()
    else:
        pc.stop()
    return f"{pc.name} goes off" + (" by the plug" if by_plug else "")


def a_pc_is_switched_on(room: Room, lots: Random) -> Story:
    """And its power may go again while it starts."""
    pc = one_of([pc for pc in room.pcs if not pc.on], lots)
    if pc is None:
        return None
    if lots.random() < 0.3:
        place = lots.choice(CUTS)
        try:
            with power_cut(place, lots.choice(("before", "after")), lots.randrange(1, 3)):
                pc.start()
        except PowerCut:
            return f"{pc.name} loses power at {place} while it starts"
        room.welcome(pc)
    else:
        room.start(pc)
    return f"{pc.name} goes on"


def a_disk_is_full(room: Room, lots: Random) -> Story:
    """While somebody writes, or while entries come."""
    pc = one_of(room.running(), lots)
    if pc is None:
        return None
    others = [other for other in room.running() if other is not pc]
    with full_disk(pc.journal.store, spare_pages=lots.choice((0, 0, 1, 5))):
        try:
            for _ in range(lots.randrange(1, 10)):
                work(room, pc, lots)
        except Unavailable:
            pass
        if others:
            asker, answerer = lots.sample((pc, lots.choice(others)), 2)
            room.sync(asker, answerer)
    return f"the disk of {pc.name} is full for a while"


def a_clock_is_wrong(room: Room, lots: Random) -> Story:
    """A day ahead or behind, 1970, 2099, or right again."""
    pc = one_of(room.pcs, lots)
    if pc is None:
        return None
    day, year = 86_400_000, 365 * 86_400_000
    pc.clock.off_ms = lots.choice((0, day, -day, 3_600_000, -3_600_000, 5 * 60_000, -room.ms, 73 * year, 10 * year))
    pc.right_clock = pc.right_clock and pc.clock.off_ms == 0
    return f"the clock of {pc.name} is off by {pc.clock.off_ms / day:.3f} days"


# ---- programs


def a_pc_is_updated(room: Room, lots: Random) -> Story:
    """To a program that knows more kinds."""
    pc = one_of([pc for pc in room.running() if pc.program is not PROGRAMS[-1]], lots)
    if pc is None:
        return None
    newer = PROGRAMS[PROGRAMS.index(pc.program) + 1 :] if pc.program in PROGRAMS else PROGRAMS
    pc.stop()
    pc.program = lots.choice(newer)
    room.start(pc)
    return f"{pc.name} is updated"


def a_program_is_tampered_with(room: Room, lots: Random) -> Story:
    """Its PC signs entries that no other program can read."""
    pc = one_of([pc for pc in room.running() if pc.program is PROGRAMS[0]], lots)
    if pc is None:
        return None
    pc.stop()
    pc.program = TAMPERED
    room.start(pc)
    return f"the program of {pc.name} is tampered with"


def tables_are_made_anew(room: Room, lots: Random) -> Story:
    """Somebody replays the journal."""
    pc = one_of(room.running(), lots)
    return f"{pc.name} replays {pc.journal.replay()} entries" if pc else None


# ---- copies


def a_copy_is_kept(room: Room, lots: Random) -> Story:
    """Of a PC's folders, as of now."""
    pc = one_of(room.pcs, lots)
    if pc is None or not pc.home.database.exists():
        return None
    was_on = pc.on
    pc.stop()
    kept = room.images.setdefault(pc.name, [])
    kept.append(pc.copy_to(room.folder / f"copy {len(kept)} of {pc.name}"))
    if was_on:
        room.start(pc)
    return f"a copy of {pc.name} is kept"


def a_pc_is_set_back(room: Room, lots: Random) -> Story:
    """To a kept copy: of its data alone, or of its keys and mark too, as from a disk image."""
    pc = one_of([pc for pc in room.pcs if room.images.get(pc.name)], lots)
    if pc is None:
        return None
    keys_too = lots.random() < 0.5
    with room.ledger.disaster(room.pcs):
        pc.stop()
        pc.set_back(lots.choice(room.images[pc.name]), keys_too=keys_too)
        room.start(pc)
    return f"{pc.name} is set back to a copy{' with its keys' if keys_too else ''}"


def a_pc_is_cloned(room: Room, lots: Random) -> Story:
    """From then on two PCs go on from one copy; perhaps on machines that cannot be told apart."""
    twin = one_of([pc for pc in room.pcs if room.images.get(pc.name)], lots)
    if twin is None or len(room.pcs) >= MOST_PCS:
        return None
    pc = room.add(twin.role, twin.program)
    alike = lots.random() < 0.5
    pc.become(lots.choice(room.images[twin.name]), same_machine=twin.machine if alike else None, lots=lots)
    room.start(pc)
    return f"{pc.name} is a clone of {twin.name}{' on a machine of the same id' if alike else ''}"


def something_is_lost(room: Room, lots: Random) -> Story:
    """The mark, the signing key, or all data of a PC."""
    pc = one_of(room.pcs, lots)
    if pc is None or not pc.home.database.exists():
        return None
    what = lots.choice(("mark", "key", "data"))
    with room.ledger.disaster(room.pcs):
        pc.stop()
        {"mark": pc.forget_mark, "key": pc.forget_key, "data": pc.forget_data}[what]()
        room.start(pc)
    return f"{pc.name} loses its {what}"


# ---- who belongs to the room


def a_pc_is_shut_out(room: Room, lots: Random) -> Story:
    """A staff PC withdraws the keys of another PC, be it one that was copied or set back."""
    pc, other = one_of(room.running("staff"), lots), one_of(room.pcs, lots)
    if pc is None or other is None or other is pc or not (device := other.device):
        return None
    with pc.journal.commit() as commit:
        if device == pc.journal.device or not knows_itself(commit):
            return None
        entries = revoke(commit, device)
    room.ledger.told(*entries)
    return f"{pc.name} withdraws {len(entries)} keys of {other.name}"


def a_pc_joins_again(room: Room, lots: Random) -> Story:
    """With a new key, whatever became of the old one."""
    pc = one_of(room.running(), lots)
    if pc is None:
        return None
    pc.stop()
    pc.forget_key()
    room.start(pc)
    return f"{pc.name} gets a new key"
