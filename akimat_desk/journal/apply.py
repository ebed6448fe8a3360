"""How entries become tables. The same for an own entry, one that was received, and one that is replayed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from akimat_desk.base.errors import Unavailable
from akimat_desk.journal import builtin, parked
from akimat_desk.journal.entry import Entry, Header, Personal, UnreadableEntry
from akimat_desk.journal.registry import Registry, UnknownKind
from akimat_desk.journal.tables import ABSENT, ERASED, HELD, Stored, stored
from akimat_desk.store.errors import DatabaseDamaged, database_faults

if TYPE_CHECKING:
    from akimat_desk.store import Database

_NOBODYS_POISON = (Unavailable, DatabaseDamaged, MemoryError)
"""Faults of the disk, its locks and the machine end the transaction; the entry is not to blame."""

_log = logging.getLogger(__name__)


class Applier:
    """Applies entries inside one transaction of `db`."""

    def __init__(self, db: Database, registry: Registry) -> None:
        self._db = db
        self._connection: Any = db.connection()
        self._registry = registry
        self.tables_lie = False
        """An entry could not be repeated, so the tables may still show what was erased."""

    def own(self, entry: Entry) -> None:
        """Apply what this PC is about to write; whatever `apply` raises undoes the commit."""
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
