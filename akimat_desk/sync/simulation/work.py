"""What people do at PCs of the room."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from akimat_desk.base.ids import uuid7
from akimat_desk.journal import Commit, Entry, Facts, Kind, merge
from akimat_desk.journal.builtin import MOST_ERASED, PERSONAL_ERASED, PersonalErased
from akimat_desk.journal.devices import member
from akimat_desk.journal.rulings import HOST_RAISED, RULING, HostRaised, Ruling, current_host, unsettled
from akimat_desk.sync.simulation.pc import Pc
from akimat_desk.sync.simulation.room import Room
from akimat_desk.sync.simulation.village import (
    PAINTED,
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
"""What a step did, or None where there was nothing to do."""
_PEOPLE: Final = (Named(name="Айгүл"), Named(name="Ербол"), Named(name="Сәуле"), None)
_DAYS: Final = (date(2026, 11, 20), date(2026, 11, 21))
_FENCES: Final = tuple(f"{number:032x}" for number in range(1, 4))


def time_passes(room: Room, lots: Random) -> Story:
    """A second, a minute, an hour, a day."""
    seconds = lots.choice((1, 60, 3600, 86_400))
    room.ms += seconds * 1000
    return f"{seconds} s pass"


def somebody_works(room: Room, lots: Random) -> Story:
    """One commit at one PC."""
    pc = one_of(room.running(), lots)
    return work(room, pc, lots) if pc else None


def much_is_written(room: Room, lots: Random) -> Story:
    """So many commits that they do not fit into one message."""
    pc = one_of(room.running(), lots)
    if pc is None:
        return None
    said = [work(room, pc, lots) for _ in range(lots.randrange(5, 15))]
    return f"{said[0]}, and {len(said) - 1} more"


def a_host_is_raised(room: Room, lots: Random) -> Story:
    """A staff PC says that it, or another staff PC, is the host now: perhaps while the old one lives."""
    pc, host = one_of(room.running("staff"), lots), one_of(room.running("staff"), lots)
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
    pc = one_of(room.running("staff"), lots)
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
    pc = one_of(room.running("staff"), lots)
    known = sorted(pc.held().entries & room.ledger.said.keys()) if pc else []
    if pc is None or not known:
        return None
    ids = tuple(lots.sample(known, min(len(known), lots.randrange(1, 4), MOST_ERASED)))
    room.ledger.perhaps_erased |= set(ids)
    entry = pc.journal.append(PERSONAL_ERASED, PersonalErased(entries=ids))
    room.ledger.told(entry)
    room.ledger.erasures[entry.id] = ids
    return f"{pc.name} erases the parts of {len(ids)} entries"


# ---- help


def one_of(pcs: list[Pc], lots: Random) -> Pc | None:
    """Any of these; None of none."""
    return lots.choice(pcs) if pcs else None


def work(room: Room, pc: Pc, lots: Random) -> str:
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
