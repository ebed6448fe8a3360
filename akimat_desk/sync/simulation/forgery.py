"""Batches that nobody of the room has written: none of them may leave a trace on any PC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from akimat_desk.journal.batch import Batch, batches_beyond
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import commit_statement, genesis, link
from akimat_desk.journal.entry import Header, write_facts, write_header
from akimat_desk.journal.keys import device_of
from akimat_desk.journal.kinds import Facts, Kind
from akimat_desk.journal.tables import Head, heads
from akimat_desk.sync.messages import Push, pack
from akimat_desk.sync.simulation.chance import key_from
from akimat_desk.sync.simulation.pc import Pc
from akimat_desk.sync.simulation.village import COUNTED, Counted


class Forger:
    """Somebody with a network cable and a key of their own, who has seen what `victim` has written."""

    def __init__(self, victim: Pc, lots: Random) -> None:
        self.lots = lots
        self.key = key_from(lots)
        self.victim = victim
        self.forged: set[bytes] = set()
        """Bytes of the entries that were made up."""

    def request(self, way: str) -> bytes | None:
        """A push that holds a forgery of this way (one of `WAYS`); None where there is nothing to forge."""
        batch = WAYS[way](self)
        return None if batch is None else pack(Push([batch]))

    # ---- made up

    def stranger(self) -> Batch:
        """A whole chain of a device that nobody let in."""
        return self._signed(device_of(self.key.public), 1, [self._introduction(1), self._visit()])

    def under_anothers_name(self) -> Batch:
        """A first chain under the name of a PC of the room, signed by another key."""
        return self._signed(self._place().device, 1, [self._introduction(1), self._visit()])

    def new_epoch(self) -> Batch:
        """A new epoch of a PC of the room, opened by another key."""
        place = self._place()
        epoch = place.epoch + self.lots.choice((1, 2, 1_000_000))
        return self._signed(place.device, epoch, [self._introduction(epoch), self._visit()])

    def continued(self) -> Batch:
        """One more entry at the end of a PC's chain, signed by another key."""
        place = self._place()
        return self._signed(place.device, place.epoch, [self._visit()], place)

    # ---- true, and then changed

    def bad_signature(self) -> Batch | None:
        """True entries under a changed signature."""
        batch = self._true()
        return batch and replace(batch, signature=_flipped(batch.signature, self.lots))

    def flipped(self) -> Batch | None:
        """One bit of one entry is another."""
        batch = self._true()
        if batch is None:
            return None
        index = self.lots.randrange(len(batch.entries))
        changed = _flipped(batch.entries[index], self.lots)
        self.forged.add(changed)
        return replace(batch, entries=(*batch.entries[:index], changed, *batch.entries[index + 1 :]))

    def wrong_chain(self) -> Batch | None:
        """True entries said to be of another device, or of another epoch."""
        batch = self._true()
        if batch is None:
            return None
        return (
            replace(batch, device=device_of(self.key.public)) if self.lots.random() < 0.5 else replace(batch, epoch=2)
        )

    def left_out(self) -> Batch | None:
        """One entry of several is left out."""
        batch = self._true()
        if batch is None or len(batch.entries) < 2:
            return None
        index = self.lots.randrange(len(batch.entries))
        kept = [*batch.entries[:index], *batch.entries[index + 1 :]]
        return replace(batch, entries=tuple(kept), personal=(None,) * len(kept))

    def cut_short(self) -> Batch | None:
        """The last entry is left out, the signature is not."""
        batch = self._true()
        if batch is None or len(batch.entries) < 2:
            return None
        return replace(batch, entries=batch.entries[:-1], personal=batch.personal[:-1])

    def another_part(self) -> Batch | None:
        """True entries, one of them with a personal part of somebody else's making."""
        from akimat_desk.journal.entry import Personal

        batch = self._true()
        if batch is None:
            return None
        lie = Personal(self.lots.randbytes(16), msgspec.msgpack.encode({"name": "Forged"}))
        return replace(batch, personal=(lie,) * len(batch.entries))

    # ---- tools

    def _place(self) -> Head:
        with self.victim.journal.store.read() as db:
            return self.lots.choice(heads(db.connection()))

    def _true(self) -> Batch | None:
        with self.victim.journal.store.read() as db:
            all_batches = list(batches_beyond(db.connection(), self.victim.journal.registry, [], "nobody", 500))
        return self.lots.choice(all_batches) if all_batches else None

    def _introduction(self, epoch: int) -> tuple[Kind, Facts]:
        reason: Any = "first" if epoch == 1 else "moved"
        return DEVICE_INTRODUCED, DeviceIntroduced(public_key=self.key.public, reason=reason)

    def _visit(self) -> tuple[Kind, Facts]:
        return COUNTED, Counted(day=date(2026, 11, 20), visits=1_000_000)

    def _signed(self, device: str, epoch: int, said: list[tuple[Kind, Facts]], after: Head | None = None) -> Batch:
        seq, hash = (after.seq, after.hash) if after else (0, genesis(device, epoch))
        entries = []
        for kind, facts in said:
            seq += 1
            data = write_header(
                Header(
                    bytes.fromhex(device),
                    epoch,
                    seq,
                    at=(self.victim.clock.now_ms() << 16) + seq,
                    id=self.lots.randbytes(16),
                    kind=kind.name,
                    version=kind.version,
                    facts=msgspec.Raw(write_facts(facts)),
                )
            )
            hash = link(hash, data)
            entries.append(data)
        self.forged |= set(entries)
        signature = self.key.sign(commit_statement(device, epoch, seq, hash))
        first = seq - len(entries) + 1
        return Batch(device, epoch, first, tuple(entries), (None,) * len(entries), signature)


WAYS: Final[Mapping[str, Callable[[Forger], Batch | None]]] = {
    "a stranger's chain": Forger.stranger,
    "a chain under another's name": Forger.under_anothers_name,
    "a new epoch under another's name": Forger.new_epoch,
    "an entry at the end of another's chain": Forger.continued,
    "a changed signature": Forger.bad_signature,
    "a changed entry": Forger.flipped,
    "entries of another chain": Forger.wrong_chain,
    "a batch with an entry left out": Forger.left_out,
    "a batch cut short": Forger.cut_short,
    "another personal part": Forger.another_part,
}


def _flipped(data: bytes, lots: Random) -> bytes:
    place = lots.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << lots.randrange(8)]) + data[place + 1 :]
