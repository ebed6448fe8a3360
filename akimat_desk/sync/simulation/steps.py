"""What may happen in the room. Each step gets the room and its own lots, and says what it did, or None for nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Final, NamedTuple

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.ids import uuid7
from akimat_desk.journal import Commit, Entry, Facts, Kind, merge
from akimat_desk.journal.builtin import MOST_ERASED, PERSONAL_ERASED, PersonalErased
from akimat_desk.journal.devices import member, revoke
from akimat_desk.journal.rulings import HOST_RAISED, RULING, HostRaised, Ruling, current_host, unsettled
from akimat_desk.sync.simulation.faults import CUTS, PowerCut, full_disk, power_cut
from akimat_desk.sync.simulation.forgery import WAYS, Forger
from akimat_desk.sync.simulation.line import FAULTS, deliver
from akimat_desk.sync.simulation.pc import Pc
from akimat_desk.sync.simulation.room import MOST_PCS, Room
from akimat_desk.sync.simulation.village import (
    PAINTED,
    PROGRAMS,
    TAMPERED,
    Booked,
    Counted,
    Edited,
    LooselyPrinted,
    Measured,
    MeasuredFinely,
    Named,
    Painted,
    Printed,
    Registered,
    ResidentRow,
)

Story = str | None
_PEOPLE: Final = (Named(name="Айгүл"), Named(name="Ербол"), Named(name="Сәуле"), None)
_DAYS: Final = (date(2026, 11, 20), date(2026, 11, 21))
_FENCES: Final = tuple(f"{number:032x}" for number in range(1, 4))


class Way(NamedTuple):
    """One kind of step; of all steps drawn, `weight` in the sum of weights are of it."""

    do: Callable[[Room, Random], Story]
    weight: int


# ---- people at work


def time_passes(room: Room, lots: Random) -> Story:
    """A second, a minute, an hour, a day."""
    seconds = lots.choice((1, 60, 3600, 86_400))
    room.ms += seconds * 1000
    return f"{seconds} s pass"


def somebody_works(room: Room, lots: Random) -> Story:
    """One commit at one PC."""
    pc = _one_of(room.running(), lots)
    return _work(room, pc, lots) if pc else None


def much_is_written(room: Room, lots: Random) -> Story:
    """So many commits that they do not fit into one message."""
    pc = _one_of(room.running(), lots)
    if pc is None:
        return None
    said = [_work(room, pc, lots) for _ in range(lots.randrange(5, 15))]
    return f"{said[0]}, and {len(said) - 1} more"


def a_host_is_raised(room: Room, lots: Random) -> Story:
    """A staff PC says that it, or another staff PC, is the host now: perhaps while the old one lives."""
    pc, host = _one_of(room.running("staff"), lots), _one_of(room.running("staff"), lots)
    if pc is None or host is None:
        return None
    with pc.journal.commit() as commit:
        known = member(commit.db, host.journal.device)
        if known is None or known.use != "desk":
            return None
        now = current_host(commit.db)
        facts = HostRaised(device=host.journal.device, term=1 if now is None else now.term + 1)
        entry = commit.append(HOST_RAISED, facts)
    room.ledger.told(entry)
    return f"at {pc.name}, {host.name} is raised as host of term {facts.term}"


def a_host_rules(room: Room, lots: Random) -> Story:
    """Whoever takes himself for the host rules on what is claimed."""
    pc = _one_of(room.running("staff"), lots)
    if pc is None:
        return None
    with pc.journal.commit() as commit:
        entries = rule(commit, pc, lots)
    room.ledger.told(*entries)
    return f"{pc.name} rules on {len(entries)} things" if entries else None


def rule(commit: Commit, pc: Pc, lots: Random) -> list[Entry]:
    """The rulings `pc` owes, if it is the host."""
    host = current_host(commit.db)
    if host is None or host.device != pc.journal.device:
        return []
    return [
        commit.append(RULING, Ruling(host=host.entry, space=space, thing=thing, holder=lots.choice((claims[0], None))))
        for space, thing, claims in unsettled(commit.db)
    ]


def a_name_is_erased(room: Room, lots: Random) -> Story:
    """Personal parts of entries this PC knows are erased everywhere."""
    pc = _one_of(room.running("staff"), lots)
    known = sorted(pc.held().entries & room.ledger.said.keys()) if pc else []
    if pc is None or not known:
        return None
    ids = tuple(lots.sample(known, min(len(known), lots.randrange(1, 4), MOST_ERASED)))
    room.ledger.perhaps_erased |= set(ids)
    entry = pc.journal.append(PERSONAL_ERASED, PersonalErased(entries=ids))
    room.ledger.told(entry)
    room.ledger.erasures[entry.id] = ids
    return f"{pc.name} erases the parts of {len(ids)} entries"


# ---- PCs exchange


def a_pc_syncs(room: Room, lots: Random) -> Story:
    """Over a good line."""
    pair = room.random_pair(lots)
    if pair is None:
        return None
    asker, answerer = pair
    report = room.sync(asker, answerer)
    said = f"pulls {report.pulled}, pushes {report.pushed}" if report else "and it comes to nothing"
    return f"{asker.name} syncs with {answerer.name}, {said}"


def a_line_is_bad(room: Room, lots: Random) -> Story:
    """One message of an exchange meets a fault."""
    pair = room.random_pair(lots)
    if pair is None:
        return None
    fault, at = lots.choice(FAULTS), lots.randrange(1, 6)
    room.sync(*pair, room.line(*pair).with_fault(fault, at, lots))
    return f"{pair[0].name} syncs with {pair[1].name}, message {at}: {fault}"


def what_was_late_arrives(room: Room, lots: Random) -> Story:
    """Requests of long ago, in any order, some of them twice."""
    if not room.late:
        return None
    lots.shuffle(room.late)
    kept = room.late[: lots.randrange(2)]
    for late in room.late:
        if late.to.on:
            deliver(late, Pc.lose_power)
    count, room.late = len(room.late), kept
    return f"{count} late requests arrive"


# ---- power, disks and clocks


def power_goes_while_writing(room: Room, lots: Random) -> Story:
    """At some step of one commit."""
    pc = _one_of(room.running(), lots)
    if pc is None:
        return None
    place, count = lots.choice(CUTS), lots.randrange(1, 4)
    done = None
    with power_cut(place, lots.choice(("before", "after")), count), room.may_lose_power(pc):
        done = _work(room, pc, lots)
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
    pc = _one_of(room.running(), lots)
    if pc is None:
        return None
    if by_plug := lots.random() < 0.5:
        pc.lose_power()
    else:
        pc.stop()
    return f"{pc.name} goes off" + (" by the plug" if by_plug else "")


def a_pc_is_switched_on(room: Room, lots: Random) -> Story:
    """And its power may go again while it starts."""
    pc = _one_of([pc for pc in room.pcs if not pc.on], lots)
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
    pc = _one_of(room.running(), lots)
    if pc is None:
        return None
    others = [other for other in room.running() if other is not pc]
    with full_disk(pc.journal.store, spare_pages=lots.choice((0, 0, 1, 5))):
        try:
            for _ in range(lots.randrange(1, 10)):
                _work(room, pc, lots)
        except Unavailable:
            pass
        if others:
            asker, answerer = lots.sample((pc, lots.choice(others)), 2)
            room.sync(asker, answerer)
    return f"the disk of {pc.name} is full for a while"


def a_clock_is_wrong(room: Room, lots: Random) -> Story:
    """A day ahead or behind, 1970, 2099, or right again."""
    pc = _one_of(room.pcs, lots)
    if pc is None:
        return None
    day, year = 86_400_000, 365 * 86_400_000
    pc.clock.off_ms = lots.choice((0, day, -day, 3_600_000, -3_600_000, 5 * 60_000, -room.ms, 73 * year, 10 * year))
    pc.right_clock = pc.right_clock and pc.clock.off_ms == 0
    return f"the clock of {pc.name} is off by {pc.clock.off_ms / day:.3f} days"


# ---- programs


def a_pc_is_updated(room: Room, lots: Random) -> Story:
    """To a program that knows more kinds."""
    pc = _one_of([pc for pc in room.running() if pc.program is not PROGRAMS[-1]], lots)
    if pc is None:
        return None
    newer = PROGRAMS[PROGRAMS.index(pc.program) + 1 :] if pc.program in PROGRAMS else PROGRAMS
    pc.stop()
    pc.program = lots.choice(newer)
    room.start(pc)
    return f"{pc.name} is updated"


def a_program_is_tampered_with(room: Room, lots: Random) -> Story:
    """Its PC signs entries that no other program can read."""
    pc = _one_of([pc for pc in room.running() if pc.program is PROGRAMS[0]], lots)
    if pc is None:
        return None
    pc.stop()
    pc.program = TAMPERED
    room.start(pc)
    return f"the program of {pc.name} is tampered with"


def tables_are_made_anew(room: Room, lots: Random) -> Story:
    """Somebody replays the journal."""
    pc = _one_of(room.running(), lots)
    return f"{pc.name} replays {pc.journal.replay()} entries" if pc else None


# ---- copies


def a_copy_is_kept(room: Room, lots: Random) -> Story:
    """Of a PC's folders, as of now."""
    pc = _one_of(room.pcs, lots)
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
    pc = _one_of([pc for pc in room.pcs if room.images.get(pc.name)], lots)
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
    twin = _one_of([pc for pc in room.pcs if room.images.get(pc.name)], lots)
    if twin is None or len(room.pcs) >= MOST_PCS:
        return None
    pc = room.add(twin.role, twin.program)
    alike = lots.random() < 0.5
    pc.become(lots.choice(room.images[twin.name]), same_machine=twin.machine if alike else None, lots=lots)
    room.start(pc)
    return f"{pc.name} is a clone of {twin.name}{' on a machine of the same id' if alike else ''}"


def something_is_lost(room: Room, lots: Random) -> Story:
    """The mark, the signing key, or all data of a PC."""
    pc = _one_of(room.pcs, lots)
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
    """A staff PC withdraws the keys of another PC."""
    pc, other = _one_of(room.running("staff"), lots), _one_of(room.pcs, lots)
    if pc is None or other is None or other is pc or not (device := other.device):
        return None
    with pc.journal.commit() as commit:
        if device == pc.journal.device:
            return None
        entries = revoke(commit, device)
    room.ledger.told(*entries)
    return f"{pc.name} withdraws {len(entries)} keys of {other.name}"


def a_pc_joins_again(room: Room, lots: Random) -> Story:
    """With a new key, whatever became of the old one."""
    pc = _one_of(room.running(), lots)
    if pc is None:
        return None
    pc.stop()
    pc.forget_key()
    room.start(pc)
    return f"{pc.name} gets a new key"


# ---- enemies


def something_is_forged(room: Room, lots: Random) -> Story:
    """And pushed to a PC, which tells it from what the room has written."""
    victim, target = _one_of(room.running(), lots), _one_of(room.running(), lots)
    if victim is None or target is None:
        return None
    forger, way = Forger(victim, lots), lots.choice(list(WAYS))
    request = forger.request(way)
    room.ledger.forged |= forger.forged
    if request is None:
        return None
    target.exchange.answer(request, "nobody")
    return f"{target.name} is sent {way}"


# ---- help


def _one_of(pcs: list[Pc], lots: Random) -> Pc | None:
    return lots.choice(pcs) if pcs else None


def _work(room: Room, pc: Pc, lots: Random) -> str:
    """One commit of one or two entries, told to the ledger once it is done."""
    known = pc.program.kinds
    with pc.journal.commit() as commit:
        name, facts, person = _something(room, pc, commit, lots)
        entries = [commit.append(known[name], facts, person)]
        if name == "village.printed" and lots.random() < 0.5:
            entries.append(commit.append(known["village.counted"], Counted(day=_DAYS[0], visits=1)))
    room.ledger.told(*entries)
    return f"{pc.name}: {name.partition('.')[2]}" + (" with a part" if person else "")


def _something(room: Room, pc: Pc, commit: Commit, lots: Random) -> tuple[str, Facts, Named | None]:
    known, person = pc.program.kinds, lots.choice(_PEOPLE)
    match lots.randrange(8):
        case 0 | 1:
            return "village.registered", Registered(resident=uuid7(room.ms)), person
        case 2 | 3:
            residents = [id for (id,) in commit.db.execute_sql("SELECT id FROM village_resident ORDER BY id")]
            if residents:
                resident = lots.choice(residents)
                seen = merge.seen(commit.db, ResidentRow, resident, ["name", "street"])
                street = lots.choice((None, "Abai-1", "Abai-2"))
                return "village.edited", Edited(resident=resident, replaces=seen, street=street), person
        case 4:
            return "village.booked", Booked(slot=lots.choice(("20-11/1", "20-11/2"))), person
        case 5 if PAINTED.name in known:
            colour = lots.choice(("blue", "white"))
            return PAINTED.name, Painted(fence=lots.choice(_FENCES), colour=colour), None
        case 6:
            return "village.measured", _rain(known["village.measured"], lots), None
        case _:
            pass
    if pc.program is TAMPERED:
        return "village.printed", LooselyPrinted(pages="many", tenge=20), person
    return "village.printed", Printed(pages=lots.randrange(1, 10), tenge=20), person


def _rain(kind: Kind, lots: Random) -> Facts:
    if kind.version == 1:
        return Measured(day=lots.choice(_DAYS), centimetres=lots.randrange(5))
    return MeasuredFinely(day=lots.choice(_DAYS), millimetres=lots.randrange(50))


WAYS_ON: Final = {
    way.do.__name__: way
    for way in (
        Way(time_passes, 6),
        Way(somebody_works, 30),
        Way(much_is_written, 2),
        Way(a_host_is_raised, 3),
        Way(a_host_rules, 4),
        Way(a_name_is_erased, 2),
        Way(a_pc_syncs, 24),
        Way(a_line_is_bad, 14),
        Way(what_was_late_arrives, 4),
        Way(power_goes_while_writing, 5),
        Way(power_goes_in_an_exchange, 8),
        Way(a_pc_is_switched_off, 2),
        Way(a_pc_is_switched_on, 9),
        Way(a_disk_is_full, 3),
        Way(a_clock_is_wrong, 3),
        Way(a_pc_is_updated, 2),
        Way(a_program_is_tampered_with, 1),
        Way(tables_are_made_anew, 1),
        Way(a_copy_is_kept, 4),
        Way(a_pc_is_set_back, 3),
        Way(a_pc_is_cloned, 2),
        Way(something_is_lost, 1),
        Way(a_pc_is_shut_out, 1),
        Way(a_pc_joins_again, 1),
        Way(something_is_forged, 5),
    )
}
"""All that may happen, by name."""
