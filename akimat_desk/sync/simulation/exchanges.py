"""PCs exchange, by lines and by sticks that are not to be relied on, and are sent what nobody of the room wrote."""

from __future__ import annotations

import shutil
from random import Random

from akimat_desk.sync.simulation.faults import CUTS, power_cut
from akimat_desk.sync.simulation.forgery import WAYS, Forger
from akimat_desk.sync.simulation.line import FAULTS, deliver
from akimat_desk.sync.simulation.pc import Pc
from akimat_desk.sync.simulation.room import Room
from akimat_desk.sync.simulation.work import Story, one_of


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


# ---- sticks


def a_stick_is_put_in(room: Room, lots: Random) -> Story:
    """Into one PC, to take in what lies on it, to write what the others lack, or both; and power may go meanwhile."""
    pc, stick = one_of(room.running(), lots), lots.choice(room.sticks)
    if pc is None:
        return None
    ways = lots.choice((("out",), ("in",), ("in", "out")))
    place, count = (lots.choice(CUTS), lots.randrange(1, 5)) if lots.random() < 0.2 else (CUTS[0], 0)
    with power_cut(place, lots.choice(("before", "after")), count), room.may_lose_power(pc):
        for way in ways:
            room.carry(pc, stick, way)
    return f"{pc.name} carries {' and '.join(ways)} by {stick.name}" + ("" if pc.on else f"; power goes at {place}")


def a_stick_is_damaged(room: Room, lots: Random) -> Story:
    """One of its files is cut, changed or gone; or it is set back to what it was when somebody copied it."""
    stick = lots.choice(room.sticks)
    files = sorted(file for file in stick.rglob("*.*") if file.is_file())
    if not files:
        return None
    file = lots.choice(files)
    data, old = file.read_bytes(), stick.with_name(f"copy of {stick.name}")
    match lots.randrange(5):
        case 0:
            file.write_bytes(data[: lots.randrange(len(data))] if data else b"")
        case 1 if data:
            place = lots.randrange(len(data))
            file.write_bytes(data[:place] + bytes([data[place] ^ 1 << lots.randrange(8)]) + data[place + 1 :])
        case 2:
            file.unlink()
        case 3 if old.exists():
            shutil.copytree(old, stick, dirs_exist_ok=True)
            return f"{stick.name} is set back"
        case _:
            shutil.copytree(stick, old, dirs_exist_ok=True)
            return f"{stick.name} is copied"
    return f"a file on {stick.name} is damaged"


# ---- enemies


def something_is_forged(room: Room, lots: Random) -> Story:
    """And pushed to a PC, which tells it from what the room has written."""
    victim, target = one_of(room.running(), lots), one_of(room.running(), lots)
    if victim is None or target is None:
        return None
    forger, way = Forger(victim, lots), lots.choice(list(WAYS))
    request = forger.request(way)
    room.ledger.forged |= forger.forged
    if request is None:
        return None
    target.exchange.answer(request, "nobody")
    return f"{target.name} is sent {way}"
