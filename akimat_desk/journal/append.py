"""The one way to write: seq, entry, projection, signature and head in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.errors import Misuse
from akimat_desk.base.ids import uuid7
from akimat_desk.journal import hlc
from akimat_desk.journal.apply import Applier
from akimat_desk.journal.chain import commit_statement, link
from akimat_desk.journal.entry import Entry, Header, write_facts, write_header, write_personal
from akimat_desk.journal.keys import DeviceKey
from akimat_desk.journal.kinds import Facts, Kind
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import HELD, NO_PERSONAL, Head, insert, seal

if TYPE_CHECKING:
    from akimat_desk.store import Database

MAX_COMMIT: Final = 4 * 1024 * 1024
"""Bytes. A batch is never cut inside a commit, so a commit must fit into a batch."""


class KindNotRegistered(Misuse):
    """The kind is in no door, so no start would replay it."""

    code = "journal-kind-not-registered"
    staff_text = "The kind {kind} is not in the registry."


class BadFacts(Misuse):
    """The facts are not what the kind says others may rely on."""

    code = "journal-bad-facts"
    staff_text = "{kind}: {why}"


class CommitTooLarge(Misuse):
    """More in one commit than travels in one batch."""

    code = "journal-commit-size"
    staff_text = "One commit holds {size} bytes; write in several."


class Commit:
    """Entries that stand or fall together, signed once. Rules that are checked on `db` see a state nobody changes."""

    def __init__(
        self, db: Database, registry: Registry, clock: Clock, key: DeviceKey, chain: int, head: Head, at: int
    ) -> None:
        self.db = db
        self.head = head
        self._registry = registry
        self._clock = clock
        self._key = key
        self._chain = chain
        self._first = head.seq + 1
        self._at = at
        self._size = 0
        self._connection: Any = db.connection()
        self._applier = Applier(db, registry)

    def append(self, kind: Kind, facts: Facts, personal: Facts | None = None, *, id: str | None = None) -> Entry:
        """Write one entry and apply it. What `apply` raises undoes the whole commit.

        `id` is given only where an entry of an earlier epoch has to be written again.
        """
        if self._registry.kinds.get(kind.name) is not kind:
            raise KindNotRegistered(kind=kind.name)
        self._at = hlc.following(self._at, self._clock.now_ms())
        part = write_personal(kind, personal)
        header = Header(
            device=bytes.fromhex(self.head.device),
            epoch=self.head.epoch,
            seq=self.head.seq + 1,
            at=self._at,
            id=bytes.fromhex(id or uuid7(hlc.ms_of(self._at))),
            kind=kind.name,
            version=kind.version,
            facts=msgspec.Raw(write_facts(facts)),
            personal=part.hash if part else None,
        )
        data = write_header(header)
        self._size += len(data) + (len(part.data) if part else 0)
        if self._size > MAX_COMMIT:
            raise CommitTooLarge(size=self._size)
        hash = link(self.head.hash, data)
        try:
            # Read back from the bytes: this PC applies exactly what every other one will read.
            entry = self._registry.entry(header, hash, part)
        except msgspec.DecodeError as error:
            raise BadFacts(kind=kind.name, why=str(error)) from error
        insert(self._connection, self._chain, header, data, hash, part, held=HELD if part else NO_PERSONAL)
        self.head = Head(self.head.device, self.head.epoch, header.seq, hash)
        self._applier.own(entry)
        return entry

    def seal(self) -> bool:
        """Sign and move the head; false when nothing was appended. Called once, by `Journal.commit`."""
        if self.head.seq < self._first:
            return False
        self._applier.release()
        head = self.head
        signature = self._key.sign(commit_statement(head.device, head.epoch, head.seq, head.hash))
        seal(self._connection, self._chain, head, signature)
        self._connection.execute("UPDATE journal_here SET at = ?", (self._at,))
        return True
