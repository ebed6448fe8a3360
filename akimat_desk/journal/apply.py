"""How entries become tables. The same for an own entry, one that was received, and one that is replayed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from akimat_desk.base.errors import Unavailable
from akimat_desk.journal import builtin, parked
from akimat_desk.journal.entry import Entry, Header, Personal
from akimat_desk.journal.registry import Registry, UnknownKind
from akimat_desk.journal.tables import ABSENT, ERASED, HELD, stored
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

    def received(self, arrival: int, header: Header, hash: bytes, personal: Personal | None) -> None:
        """Apply what has been written already; what cannot be applied is undone and parked."""
        try:
            entry = self._registry.entry(header, hash, personal)
        except UnknownKind:
            parked.park(self._connection, arrival, "unknown-kind", header.kind)
            return
        except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, ValueError):
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
                found = stored(self._connection, arrival)
                self.received(arrival, found.header, found.hash, found.personal)

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
        waits = self._connection.execute("SELECT 1 FROM journal_parked WHERE arrival = ?", (arrival,)).fetchone()
        repeats = self._connection.execute("SELECT repeats FROM journal_entry WHERE arrival = ?", (arrival,)).fetchone()
        if waits or repeats[0]:
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
        """Apply, or leave no trace."""
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
