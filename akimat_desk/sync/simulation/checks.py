"""The end of a history: everything is repaired and connected, and what must hold is looked at."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any, Final

from akimat_desk.journal.entry import read_header
from akimat_desk.journal.hlc import AHEAD_MS, ms_of
from akimat_desk.journal.receive import Taken
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.journal.tables import here
from akimat_desk.sync.simulation.ledger import Broken
from akimat_desk.sync.simulation.line import deliver
from akimat_desk.sync.simulation.pc import Pc
from akimat_desk.sync.simulation.room import Room, belongs
from akimat_desk.sync.simulation.village import FIGURES, NEXT_YEAR
from akimat_desk.sync.simulation.work import rule

_MOST_ROUNDS: Final = 12


def settle(room: Room, lots: Random) -> Pc:
    """Switch everything on, bring it to one program, raise one host, and sync until nothing moves; the host."""
    for pc in room.pcs:
        if pc.program is not NEXT_YEAR:
            pc.stop()
            pc.program = NEXT_YEAR
        if not pc.on:
            room.start(pc)
    for late in room.late:
        deliver(late, Pc.lose_power)
    host = lots.choice(room.running("staff"))
    room.by_stick = lots.random() < 0.2 and all(_one_of_its_kind(room, pc) for pc in room.pcs)
    _let_all_in(room, host)
    # Of two living copies of one PC only the receipts of the later epoch are kept, so better neither is host.
    left = [pc for pc in room.running("staff") if belongs(pc, *room.pcs)]
    if left:
        host = lots.choice([pc for pc in left if _one_of_its_kind(room, pc)] or left)
        with host.journal.commit() as commit:
            (term,) = commit.db.execute_sql("SELECT coalesce(max(term), 0) + 1 FROM journal_host").fetchone()
            entry = commit.append(HOST_RAISED, HostRaised(device=host.journal.device, term=term))
            rulings = rule(commit, host, lots)
        room.ledger.told(entry, *rulings)
    room.by_stick = room.by_stick and bool(left)
    _quiet(room, host)
    return host


def _let_all_in(room: Room, host: Pc) -> None:
    """Until nobody knocks any more: what those bring who are let in may withdraw the key of who let others in, or raise
    another host.
    """
    for _ in range(_MOST_ROUNDS):
        for _ in range(2):
            _round(room, host)
        knocked = [room.let_in(pc, by_hand=True) for pc in room.pcs]
        if not any(knocked):
            return
    raise Broken("people come to an end with letting in", f"after {_MOST_ROUNDS} times somebody still knocks")


def _quiet(room: Room, host: Pc) -> None:
    """Everybody syncs with `host` until nothing moves; in the end nobody may refuse anything."""
    before: list[Any] = []
    for _ in range(_MOST_ROUNDS):
        refused = _round(room, host)
        now = [_position(pc) for pc in room.pcs]
        if now == before:
            if refused:
                raise Broken("in the end nobody refuses anything", str(refused))
            return
        before = now
    raise Broken("exchanges come to an end", f"after {_MOST_ROUNDS} rounds something still moves")


def _round(room: Room, host: Pc) -> list[Taken]:
    """Everybody syncs with `host` once, or a good stick goes from PC to PC; what was refused."""
    refused: list[Taken] = []
    for pc in room.pcs:
        if room.by_stick:
            refused += _stick_round(room, pc)
        elif pc is not host:
            report = room.sync(pc, host)
            if report is None:
                raise Broken("a good line and a whole PC are enough for an exchange", f"{pc.name} and {host.name}")
            refused += report.refused
    return refused


def _stick_round(room: Room, pc: Pc) -> list[Taken]:
    came = room.carry(pc, room.new_stick, "in")
    room.carry(pc, room.new_stick, "out")
    if troubles := [one.trouble for one in came if one.trouble]:
        raise Broken("a good stick and a whole PC are enough", f"{pc.name}: {troubles}")
    stuck = [taken for one in came for taken in (*one.refused, *one.unknown, *one.lacking)]
    return stuck if pc in _reached(room) else []


def _position(pc: Pc) -> tuple[bytes, int]:
    with pc.journal.store.read() as db:
        (parts,) = db.execute_sql("SELECT count(*) FROM journal_personal").fetchone()
    return pc.exchange.digest(), parts


def check(room: Room, host: Pc) -> None:
    """Raise `Broken` for the first law that does not hold."""
    for pc in room.pcs:
        if found := pc.journal.verify():
            raise Broken("every journal is whole", f"{pc.name}: {found}")
    if behind := [pc.name for pc in _reached(room) if pc.exchange.digest() != host.exchange.digest()]:
        raise Broken("all PCs know the same histories", f"{host.name}: not {', '.join(behind)}")
    _same_tables(room, host)
    _nothing_missing(room)
    _parts_where_they_belong(room, host)
    _clocks(room)
    _nothing_forged(room)
    for pc in {host, room.pcs[-1]}:
        before = pc.journal.table_hashes()
        pc.journal.replay()
        if pc.journal.table_hashes() != before:
            raise Broken("a replay changes nothing", f"{pc.name}: {_differing(before, pc.journal.table_hashes())}")


def _differing(one: dict[str, str], other: dict[str, str]) -> str:
    return ", ".join(sorted(table for table in one if one[table] != other[table]))


def _same_tables(room: Room, host: Pc) -> None:
    staff = [pc for pc in _reached(room) if pc.keeps_personal]
    for one, pc in pairwise(staff):
        if (wanted := one.journal.table_hashes()) != (found := pc.journal.table_hashes()):
            raise Broken("staff PCs show the same tables", f"{one.name}, {pc.name}: {_differing(wanted, found)}")
    figures = _figures(host)
    for pc in _reached(room):
        for table, rows in _figures(pc).items():
            if rows != figures[table]:
                raise Broken("all PCs show the same figures", f"{host.name}, {pc.name}: {table}")
    waits = _waiting(host)
    for pc in _reached(room):
        if (found_waits := _waiting(pc)) != waits:
            raise Broken("the same entries wait on all PCs", f"{host.name}: {waits}, {pc.name}: {found_waits}")


def _figures(pc: Pc) -> dict[str, list[Any]]:
    with pc.journal.store.read() as db:
        return {
            table: sorted(
                db.execute_sql(f"SELECT {FIGURES.get(table, '*')} FROM {table}").fetchall(),  # noqa: S608
                key=repr,
            )
            for table in pc.program.projections
            if table != "journal_edit"  # holds the personal values that edits brought
        }


def _waiting(pc: Pc) -> list[Any]:
    with pc.journal.store.read() as db:
        rows = db.execute_sql("SELECT e.id, p.reason FROM journal_parked p JOIN journal_entry e USING (arrival)")
        return sorted(set(rows.fetchall()))


def _nothing_missing(room: Room) -> None:
    must = room.ledger.must_exist()
    for pc in _reached(room):
        with pc.journal.store.read() as db:
            standing = {
                id: bytes(read_header(data).facts)
                for id, data in db.execute_sql("SELECT id, bytes FROM journal_entry WHERE stands")
            }
        if missing := must - standing.keys():
            raise Broken("what was acknowledged is never missing", f"{pc.name}: {_named(room, missing)}")
        if changed := {id for id in must if standing[id] != room.ledger.said[id].facts}:
            raise Broken("what was acknowledged is never changed", f"{pc.name}: {_named(room, changed)}")


def _named(room: Room, ids: set[str]) -> str:
    return ", ".join(f"{id} ({room.ledger.said[id].kind})" for id in sorted(ids))


def _one_of_its_kind(room: Room, pc: Pc) -> bool:
    return sum(other.device == pc.device for other in room.pcs) == 1


def _reached(room: Room) -> list[Pc]:
    """The PCs to which everything comes. A line of the simulation does not ask whose key it is; on sticks nobody writes
    for a PC that is shut out, and parts are sealed to the keys of the others.
    """
    return [pc for pc in room.pcs if not room.by_stick or belongs(pc, *room.pcs)]


def _parts_where_they_belong(room: Room, host: Pc) -> None:
    must = room.ledger.parts_must_exist()
    erased = room.ledger.erased({id for id, _ in _waiting(host)})
    for pc in _reached(room):
        parts = pc.held().parts
        if still := parts & erased:
            raise Broken("what is erased is nowhere", f"{pc.name}: {_named(room, set(still))}")
        if not pc.keeps_personal and parts and _one_of_its_kind(room, host) and belongs(host):
            raise Broken("a kiosk holds no part after the receipt", f"{pc.name}: {sorted(parts)}")
        if pc.keeps_personal and (missing := must - parts):
            raise Broken("staff PCs hold every part", f"{pc.name}: {_named(room, missing)}")


def _clocks(room: Room) -> None:
    for pc in room.pcs:
        with pc.journal.store.read() as db:
            at = ms_of(here(db.connection()).at)
        if pc.right_clock and at > room.ms + AHEAD_MS + 1000:
            raise Broken("a wrong clock leads no other", f"{pc.name} is {at - room.ms} ms ahead")


def _nothing_forged(room: Room) -> None:
    for pc in room.pcs:
        with pc.journal.store.read() as db:
            rows = db.execute_sql("SELECT bytes FROM journal_entry UNION ALL SELECT bytes FROM journal_fork")
            if room.ledger.forged & {data for (data,) in rows}:
                raise Broken("nothing forged is kept", pc.name)
