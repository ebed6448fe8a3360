"""How entries become tables. The same for an own entry, one that was received, and one that is replayed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from akimat_desk.base.errors import Unavailable
from akimat_desk.journal import builtin, devices, parked
from akimat_desk.journal.entry import Entry, Header, Personal, UnreadableEntry, read_header
from akimat_desk.journal.one_id import copies_of, stand_instead, true_copies
from akimat_desk.journal.registry import Registry, UnknownKind
from akimat_desk.journal.tables import ABSENT, ERASED, HELD, Stored, chain_of, stored
from akimat_desk.store.errors import DatabaseDamaged, database_faults

if TYPE_CHECKING:
    from akimat_desk.store import Database

_NOBODYS_POISON = (Unavailable, DatabaseDamaged, MemoryError)
"""Faults of the disk, its locks and the machine end the transaction; the entry is not to blame."""

_ALWAYS_COUNT = (devices.DEVICE_REVOKED.name, builtin.DEVICE_INTRODUCED.name)

_log = logging.getLogger(__name__)


class Applier:
    """Applies entries inside one transaction of `db`."""

    def __init__(self, db: Database, registry: Registry) -> None:
        self._db = db
        self._connection: Any = db.connection()
        self._registry = registry
        self._limits: dict[bytes, tuple[int, int]] | None = None
        self.tables_lie = False
        """An entry could not be repeated, so the tables may still show what was erased."""

    def own(self, entry: Entry) -> None:
        """Apply what this PC is about to write; whatever `apply` raises undoes the commit."""
        if self._beyond(entry.id, entry.kind, entry.device, entry.epoch, entry.seq):
            raise devices.DeviceIsRevoked
        self._registry.kinds[entry.kind].apply(self._db, entry)
        self._after(entry)

    def stored(self, entry: Stored) -> None:
        """Apply an entry that lies here; bytes that are no entry any more are parked, and `verify` names them."""
        try:
            header = entry.header
        except UnreadableEntry:
            parked.park(self._connection, entry.arrival, "unreadable", "")
        else:
            self.received(entry.arrival, header, entry.hash, entry.personal)

    def received(self, arrival: int, header: Header, hash: bytes, personal: Personal | None) -> None:
        """Apply what has been written already; what cannot be applied is undone and parked."""
        if self._beyond(header.id.hex(), header.kind, header.device.hex(), header.epoch, header.seq):
            parked.park(self._connection, arrival, "revoked", "")
            return
        try:
            entry = self._registry.entry(header, hash, personal)
        except UnknownKind:
            parked.park(self._connection, arrival, "unknown-kind", header.kind)
            return
        except (msgspec.DecodeError, LookupError, TypeError, ValueError):  # what decoding and an upcaster raise
            parked.park(self._connection, arrival, "unreadable", header.kind)
            return
        try:
            self._kept(entry)
        except parked.NotYet as why:
            parked.park(self._connection, arrival, "not-yet", why.referent)
        except _NOBODYS_POISON:
            raise
        except Exception as why:
            parked.park(self._connection, arrival, "poison", type(why).__name__)
            _log.warning("An entry of kind %s is parked: %s", entry.kind, type(why).__name__)
        else:
            self._after(entry)

    def placed(self, arrival: int, header: Header, hash: bytes, personal: Personal | None) -> None:
        """An entry lies at its place now: apply it, unless there are others with its id."""
        copies = copies_of(self._connection, header.id.hex())
        if len(copies) == 1:
            self.received(arrival, header, hash, personal)
            return
        chosen = true_copies(copies)
        for copy in copies:
            if copy not in chosen:
                parked.park(self._connection, copy.arrival, "poison", "id-taken")
        if any(copy.stands for copy in chosen):
            self._reconsider(header.id.hex())
            return
        # Until now another one stood, only because it came first: the tables are made anew without it.
        stand_instead(self._connection, chosen[0])
        self._limits = None
        self.tables_lie = True

    def release(self) -> None:
        """Try again whatever has become ready, until nothing more does."""
        while ready := parked.take_ready(self._connection):
            for arrival in ready:
                self.stored(stored(self._connection, arrival))

    def forget(self, ids: list[str], state: int = ERASED) -> None:
        """Take the personal parts of these entries out of this PC: the bytes, and what follows from them."""
        for id in ids:
            rows = self._connection.execute(
                "SELECT arrival, personal FROM journal_entry WHERE id = ?", (id,)
            ).fetchall()
            for arrival, held in rows:
                if held in (HELD, ABSENT):
                    self._connection.execute(
                        "UPDATE journal_entry SET personal = ? WHERE arrival = ?", (state, arrival)
                    )
                if held == HELD:
                    self._connection.execute("DELETE FROM journal_personal WHERE arrival = ?", (arrival,))
                    self.again(arrival)

    def again(self, arrival: int) -> None:
        """Repeat an entry whose personal part came or went. If it is parked, it will meet the new state anyway.

        If it cannot be repeated, which is a fault of its kind, the tables have to be made anew (`projections.finish`).
        """
        shown = self._connection.execute(
            "SELECT 1 FROM journal_entry e WHERE arrival = ? AND stands"
            " AND NOT EXISTS (SELECT 1 FROM journal_parked p WHERE p.arrival = e.arrival)",
            (arrival,),
        ).fetchone()
        if shown is None:
            return
        found = stored(self._connection, arrival)
        try:
            self._kept(self._registry.entry(found.header, found.hash, found.personal, again=True))
        except _NOBODYS_POISON:
            raise
        except Exception as why:
            self.tables_lie = True
            _log.warning("An entry of kind %s asks for a replay: %s", found.header.kind, type(why).__name__)

    def _kept(self, entry: Entry) -> None:
        """Apply, or leave no trace. An entry that fails with its personal part is tried without: a kiosk, which has no
        part, must come to the same figures.
        """
        try:
            self._whole(entry)
        except (parked.NotYet, *_NOBODYS_POISON):
            raise
        except Exception as why:
            if entry.personal is None:
                raise
            _log.warning("An entry of kind %s is applied without its part: %s", entry.kind, type(why).__name__)
            self._whole(msgspec.structs.replace(entry, personal=None))

    def _whole(self, entry: Entry) -> None:
        self._connection.execute("SAVEPOINT journal_apply")
        try:
            with database_faults():
                self._registry.kinds[entry.kind].apply(self._db, entry)
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO journal_apply")
                self._connection.execute("RELEASE journal_apply")
            raise
        self._connection.execute("RELEASE journal_apply")

    def _after(self, entry: Entry) -> None:
        parked.arrived(self._db, entry.id)
        if entry.kind == builtin.PERSONAL_ERASED.name:
            self.forget(list(entry.facts.entries))
        elif entry.kind == devices.DEVICE_REVOKED.name:
            self._limits = None
            self.tables_lie = self.tables_lie or self._shows_what_is_revoked()

    def _reconsider(self, id: str) -> None:
        """One more copy of an entry has come, in a later epoch: it may count by that one now."""
        row = self._connection.execute(
            "SELECT e.arrival FROM journal_entry e JOIN journal_parked p ON p.arrival = e.arrival"
            " WHERE e.id = ? AND e.stands AND p.reason = 'revoked'",
            (id,),
        ).fetchone()
        if row is not None:
            self._connection.execute("UPDATE journal_parked SET ready = 1 WHERE arrival = ?", row)

    def forked(self) -> None:
        """A second history has come to light: under a withdrawn key, what follows the parting counts no more."""
        self.tables_lie = self.tables_lie or self._shows_what_is_revoked()

    def _beyond(self, id: str, kind: str, device: str, epoch: int, seq: int) -> bool:
        """Whether it counts nowhere: its key is valid only through an earlier place, and so is every copy of it.

        A revocation itself always counts: of two staff PCs that shut each other out, both are out on every PC. So does
        an introduction: it says only who speaks, and a PC that is shut out can still be opened and be told so.
        """
        if self._limits is None:
            self._limits = devices.limits(self._connection)
        if not self._limits or kind in _ALWAYS_COUNT or not self._outside(device, epoch, seq):
            return False
        copies = self._connection.execute(
            "SELECT c.device, c.epoch, e.seq FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
            " WHERE e.id = ? AND c.device = ?",
            (id, device),
        ).fetchall()
        return all(self._outside(*copy) for copy in copies)

    def _outside(self, device: str, epoch: int, seq: int) -> bool:
        """Whether this place lies beyond what is valid of its key. Where there are two histories, no PC can say which
        of them was meant, and each has another one first: there it is valid up to where they part.
        """
        chain = chain_of(self._connection, device, epoch)
        limit = (self._limits or {}).get(bytes(chain[1])) if chain else None
        if chain is None or limit is None:
            return False
        (parting,) = self._connection.execute(
            "SELECT min(seq) FROM journal_fork WHERE chain = ?", (chain[0],)
        ).fetchone()
        return (epoch, seq) > limit or (parting is not None and seq >= parting)

    def _shows_what_is_revoked(self) -> bool:
        """Whether something was applied before it was known that it does not count."""
        self._limits = devices.limits(self._connection)
        for key, limit in self._limits.items():
            rows = self._connection.execute(
                "SELECT e.bytes FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
                " WHERE c.public_key = ?1 AND e.stands AND (c.epoch > ?2 OR c.epoch = ?2 AND e.seq > ?3"
                " OR e.seq >= (SELECT min(f.seq) FROM journal_fork f WHERE f.chain = c.id))"
                " AND NOT EXISTS (SELECT 1 FROM journal_parked p WHERE p.arrival = e.arrival)",
                (key, *limit),
            )
            headers = (read_header(data) for (data,) in rows.fetchall())
            if any(self._beyond(h.id.hex(), h.kind, h.device.hex(), h.epoch, h.seq) for h in headers):
                return True
        return False
