"""The journal of one desk: what others rely on, and the one way to write it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal import projections
from akimat_desk.journal.append import Commit
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced, Place
from akimat_desk.journal.entry import Entry
from akimat_desk.journal.keys import DeviceKey, device_of, keep_key, read_key
from akimat_desk.journal.kinds import Facts, Kind
from akimat_desk.journal.mark import Mark, read_mark, this_machine, write_mark
from akimat_desk.journal.opening import NewEpoch, decide
from akimat_desk.journal.projections import Cancel, Progress, never, nothing_told
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import Head, Here, hash_at, here, open_chain

if TYPE_CHECKING:
    from akimat_desk.store import Database, Store


class ProgramChanged(Unavailable):
    """Another version of the program has meanwhile made the tables anew."""

    code = "journal-program-changed"
    resident_text = N_("The program on this PC was updated. Staff will start it again.")
    staff_text = N_("The program was updated while this window was open. Nothing was saved.")
    next_text = N_("Close this window and start the program again.")


class Journal:
    """The open journal. Any number of threads and processes of the PC may have it open."""

    def __init__(self, store: Store, registry: Registry, clock: Clock, machine: str, key: DeviceKey, now: Here) -> None:
        assert now.head is not None
        self.store = store
        self.registry = registry
        self.clock = clock
        self.device = now.head.device
        self._machine = machine
        self._key = key
        self._made_by = now.made_by

    @classmethod
    def open(
        cls,
        store: Store,
        registry: Registry | None = None,
        clock: Clock | None = None,
        *,
        progress: Progress = nothing_told,
        machine: str | None = None,
    ) -> Journal:
        """Open the journal in `store` (opened with `journal.MIGRATIONS`).

        Makes the projections fit the program (a replay may take minutes and tells `progress`), and opens a new epoch
        when the database is not the one this PC left off with. `machine` is for tests; else the machine's own id.
        """
        registry, clock = registry or Registry(), clock or SystemClock()
        machine = this_machine() if machine is None else machine
        with store.exclusive():
            with store.write() as db:
                projections.bring_up_to_date(db, registry, progress)
                key = _take_place(db, store, registry, clock, machine)
                now = here(db.connection())
            journal = cls(store, registry, clock, machine, key, now)
            assert now.head is not None
            journal._mark(now.head)
        return journal

    @contextmanager
    def commit(self) -> Iterator[Commit]:
        """One transaction: what is appended inside stands, signed once and on the disk, when the block ends.

        Raised inside, or by an entry's `apply`: nothing was written.
        """
        with self.store.exclusive():
            with self.store.write() as db:
                now = self._now(db)
                assert now.chain is not None
                assert now.head is not None
                commit = Commit(db, self.registry, self.clock, self._key, now.chain, now.head, now.at)
                yield commit
                written = commit.seal()
            if written:
                self._mark(commit.head)

    def append(self, kind: Kind, facts: Facts, personal: Facts | None = None) -> Entry:
        """A commit of one entry."""
        with self.commit() as commit:
            return commit.append(kind, facts, personal)

    def replay(self, progress: Progress = nothing_told, cancel: Cancel = never) -> int:
        """Drop the projections and make them anew; how many entries. `Cancelled` leaves them as they were."""
        with self.store.write() as db:
            self._now(db)
            return projections.replay(db, self.registry, progress, cancel)

    def _now(self, db: Database) -> Here:
        now = here(db.connection())
        if now.made_by != self._made_by or now.head is None:
            raise ProgramChanged
        return now

    def _mark(self, head: Head) -> None:
        write_mark(self.store.home, Mark(head, self._machine))


def _take_place(db: Database, store: Store, registry: Registry, clock: Clock, machine: str) -> DeviceKey:
    """Go on in the present epoch, or open a new one; the key that signs from now on."""
    connection: Any = db.connection()
    now = here(connection)
    key = read_key(store.home)
    decision = decide(
        now.head,
        read_mark(store.home),
        machine=machine,
        key_fits=key is not None and (now.head is None or key.public == now.public_key),
        hash_at=lambda *place: hash_at(connection, *place),
    )
    if decision is None and key is not None:
        return key
    assert decision is not None
    if key is None or decision.new_key:
        key = DeviceKey.make()
        keep_key(store.home, key)
    _introduce(db, registry, clock, key, decision, now.at)
    return key


def _introduce(db: Database, registry: Registry, clock: Clock, key: DeviceKey, opened: NewEpoch, at: int) -> None:
    """Begin the epoch with the entry that says who speaks from now on."""
    connection: Any = db.connection()
    head = Head.before(opened.device or device_of(key.public), opened.epoch)
    chain = open_chain(connection, head.device, head.epoch, key.public)
    connection.execute("UPDATE journal_here SET chain = ?", (chain,))
    commit = Commit(db, registry, clock, key, chain, head, at)
    at_fork = opened.fork
    fork = None if at_fork is None else Place(epoch=at_fork.epoch, seq=at_fork.seq, hash=at_fork.hash)
    commit.append(DEVICE_INTRODUCED, DeviceIntroduced(public_key=key.public, reason=opened.reason, fork=fork))
    commit.seal()
