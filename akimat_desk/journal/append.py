"""The one way to write: seq, entry, projection, signature and head in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.errors import Misuse
from akimat_desk.journal import hlc, projections
from akimat_desk.journal.apply import Applier
from akimat_desk.journal.chain import commit_statement, link
from akimat_desk.journal.entry import Entry, Header, Personal, id_by, write_facts, write_header, write_personal
from akimat_desk.journal.keys import DeviceKey
from akimat_desk.journal.kinds import Facts, Kind
from akimat_desk.journal.parked import NotYet
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import ABSENT, ERASED, HELD, NO_PERSONAL, Head, insert, is_erased, seal

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
    staff_text = "The facts of {kind} are not in the form of their kind. Place: {place}."


class BadPersonal(Misuse):
    """The personal part is not what its kind says."""

    code = "journal-bad-personal"
    staff_text = "The personal part of {kind} cannot be read back."


class SpeaksOfNothing(Misuse):
    """An own entry may only speak of what is there; only entries of others can come too early."""

    code = "journal-speaks-of-nothing"
    staff_text = "{kind} speaks of {referent}, which is not there."


class CommitTooLarge(Misuse):
    """More in one commit than travels in one batch."""

    code = "journal-commit-size"
    staff_text = "One commit holds {size} bytes; write in several."


class PromiseBroken(Misuse):
    """Something was given out, and no entry followed that holds it."""

    code = "journal-promise-broken"
    staff_text = "A number was given, and no entry of this commit holds it; nothing was written."


class CommitBroken(Misuse):
    """An entry of the commit could not be applied, and whoever wrote it went on as if nothing had happened."""

    code = "journal-commit-broken"
    staff_text = "An entry of this commit was not applied; nothing of it was written."


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
        self._promised = -1
        self._broken = False
        self._connection: Any = db.connection()
        self._applier = Applier(db, registry)

    @property
    def public_key(self) -> bytes:
        """The key these entries are signed with."""
        return self._key.public

    def append(self, kind: Kind, facts: Facts, personal: Facts | None = None) -> Entry:
        """Write one entry and apply it. What `apply` raises undoes the whole commit, also where somebody catches it:
        half of what `apply` did may stand in the tables by then.
        """
        if self._registry.kinds.get(kind.name) is not kind:
            raise KindNotRegistered(kind=kind.name)
        self._at = hlc.following(self._at, self._clock.now_ms())
        part = write_personal(kind, personal)
        header = self._here(
            at=self._at,
            id=self._new_id(),
            kind=kind.name,
            version=kind.version,
            facts=msgspec.Raw(write_facts(facts)),
            personal=part.hash if part else None,
        )
        data = write_header(header)
        hash = link(self.head.hash, data)
        try:
            # Read back from the bytes: this PC applies exactly what every other one will read.
            entry = self._registry.entry(header, hash, part)
        except msgspec.DecodeError as error:
            raise BadFacts(kind=kind.name, place=_place_of(error)) from error
        if part is not None and entry.personal is None:
            raise BadPersonal(kind=kind.name)
        self._write(header, data, hash, part, HELD if part else NO_PERSONAL)
        self._broken = True  # until it is applied
        try:
            self._applier.own(entry)
        except NotYet as error:
            raise SpeaksOfNothing(kind=kind.name, referent=error.referent) from error
        self._broken = False
        return entry

    def _new_id(self) -> bytes:
        # 34 of its bits are by lot: of 100,000 entries in one millisecond, as a program may write, some would meet.
        while True:
            id = id_by(bytes.fromhex(self.head.device), hlc.ms_of(self._at))
            if self._connection.execute("SELECT 1 FROM journal_entry WHERE id = ?", (id.hex(),)).fetchone() is None:
                return id

    def repeat(self, old: Header, personal: Personal | None) -> None:
        """Write an entry of an earlier epoch again, word for word, under its id; apply it if this PC never had it."""
        id = old.id.hex()
        header = self._here(
            at=old.at, id=old.id, kind=old.kind, version=old.version, facts=old.facts, personal=old.personal
        )
        data = write_header(header)
        hash = link(self.head.hash, data)
        held = HELD if personal else NO_PERSONAL
        if old.personal and not personal:
            held = ERASED if is_erased(self._connection, id) else ABSENT
        arrival = self._write(header, data, hash, personal, held)
        self._applier.placed(arrival, header, hash, personal)

    def promise(self) -> None:
        """An entry must still follow: something was given out that nothing but the journal's head remembers."""
        self._promised = self.head.seq

    def _here(self, **rest: Any) -> Header:
        return Header(bytes.fromhex(self.head.device), self.head.epoch, self.head.seq + 1, **rest)

    def _write(self, header: Header, data: bytes, hash: bytes, part: Personal | None, held: int) -> int:
        self._size += len(data) + (len(part.data) if part else 0)
        if self._size > MAX_COMMIT:
            raise CommitTooLarge(size=self._size)
        arrival = insert(self._connection, self._chain, header, data, hash, part, held=held)
        self.head = Head(self.head.device, self.head.epoch, header.seq, hash)
        return arrival

    def seal(self) -> bool:
        """Sign and move the head; false when nothing was appended. Called once, by `Journal.commit`.

        Raises CommitBroken where an entry was written that could not be applied, PromiseBroken where one is missing.
        """
        if self._broken:
            raise CommitBroken
        if self._promised == self.head.seq:
            raise PromiseBroken
        if self.head.seq < self._first:
            return False
        projections.finish(self.db, self._registry, self._applier)
        head = self.head
        signature = self._key.sign(commit_statement(head.device, head.epoch, head.seq, head.hash))
        seal(self._connection, self._chain, head, signature)
        self._connection.execute("UPDATE journal_here SET at = ?", (self._at,))
        return True


def _place_of(error: msgspec.DecodeError) -> str:
    """Where in the facts ("$.hours[0]"), as msgspec's own sentence ends; "$" is all of them."""
    place = str(error).rpartition(" - at `")[2]
    return place.removesuffix("`") if place.startswith("$") else "$"
