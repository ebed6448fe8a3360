"""The journal of one desk: what others rely on, and the one way to write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_
from akimat_desk.journal import projections
from akimat_desk.journal.append import Commit
from akimat_desk.journal.apply import Applier
from akimat_desk.journal.builtin import MOST_ERASED, PERSONAL_ERASED, PersonalErased
from akimat_desk.journal.entry import Entry, Personal
from akimat_desk.journal.forks import repeat_both_sides
from akimat_desk.journal.keys import DeviceKey, keep_key, read_key
from akimat_desk.journal.kinds import Facts, Kind
from akimat_desk.journal.mark import Mark, read_mark, this_machine, write_mark
from akimat_desk.journal.opening import NewEpoch, introduce, take_place
from akimat_desk.journal.projections import Cancel, Progress, never, nothing_told
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import ABSENT, Head, Here, here

if TYPE_CHECKING:
    from akimat_desk.journal.batch import Batch
    from akimat_desk.journal.receipts import Receipt
    from akimat_desk.journal.receive import Admit, Taken
    from akimat_desk.journal.verify import Finding
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
        self._copy = store.copy
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
            copy = store.copy
            with store.write() as db:
                projections.bring_up_to_date(db, registry, progress)
                key = take_place(db, store.home, registry, clock, machine=machine, copy=copy)
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
                commit = self._begin(db)
                yield commit
                written = commit.seal()
            if written:
                self._mark(commit.head)

    def append(self, kind: Kind, facts: Facts, personal: Facts | None = None) -> Entry:
        """A commit of one entry."""
        with self.commit() as commit:
            return commit.append(kind, facts, personal)

    def erase(self, ids: Sequence[str]) -> None:
        """Erase the personal parts of the entries `ids`, here now and elsewhere as the erasure arrives.

        Their hashes, and every figure, stay as they are.
        """
        with self.commit() as commit:
            for start in range(0, len(ids), MOST_ERASED):
                commit.append(PERSONAL_ERASED, PersonalErased(entries=tuple(ids[start : start + MOST_ERASED])))

    def receive(
        self,
        batches: Iterable[Batch] = (),
        parts: Iterable[tuple[str, Personal]] = (),
        *,
        admit: Admit,
        keeps_personal: bool,
    ) -> list[Taken]:
        """Take in what others wrote, entries and heads in one transaction; what became of each batch.

        `admit` says whether a chain nobody has heard of may come in. `keeps_personal`: this is a staff PC. Where own
        numbers come back that this PC does not know of, it goes on in a new epoch (see `journal.forks`).
        """
        from akimat_desk.journal.receive import Receiver

        with self.store.exclusive():
            with self.store.write() as db:
                now = self._now(db)
                receiver = Receiver(db, self.registry, self.clock, admit, keeps_personal=keeps_personal)
                taken = receiver.take(batches)
                receiver.supply(parts)
                receiver.finish()
                self._step_aside(db, now.head, taken)
                head = here(db.connection()).head
            if head is not None and head != now.head:
                self._mark(head)
        return taken

    def receipt(self, *, keeps_personal: bool) -> Receipt:
        """This PC's signed word for the entries it holds, and for the personal parts where it keeps them."""
        from akimat_desk.journal.receipts import write_receipt

        with self.store.read() as db:
            own = self._now(db).head
            assert own is not None
            return write_receipt(db.connection(), self._key, own, self.clock.now_ms(), keeps_personal=keeps_personal)

    def keep_receipt(self, receipt: Receipt, *, fresh: bool = False) -> bool:
        """Keep another device's word; false when it is not its word, or the device is not known here yet."""
        from akimat_desk.journal.receipts import keep_receipt

        with self.store.write() as db:
            return keep_receipt(db.connection(), receipt, fresh=fresh)

    def unseal(self, sealed: bytes, about: bytes) -> bytes | None:
        """What `sealing.seal` closed for this PC's key; None where it was another's."""
        from akimat_desk.journal.sealing import unseal

        with self.store.read() as db:
            self._now(db)
        return unseal(sealed, self._key, about)

    def let_go(self) -> int:
        """On a kiosk: drop the personal parts that the host has receipted; how many entries lost theirs."""
        from akimat_desk.journal.receipts import safe_with_host

        with self.store.write() as db:
            self._now(db)
            ids = safe_with_host(db)
            applier = Applier(db, self.registry)
            applier.forget(ids, ABSENT)
            projections.finish(db, self.registry, applier)
            return len(ids)

    def renew_key(self) -> None:
        """Speak under a new key from now on, in a new epoch: the old one was withdrawn. What is kept here stays."""
        with self.store.exclusive():
            with self.store.write() as db:
                now = self._now(db)
                assert now.head is not None
                key = DeviceKey.make()
                keep_key(self.store.home, key)  # first: a key that fits no head opens an epoch at the next start
                opened = NewEpoch("moved", self.device, now.head.epoch + 1, now.head, True)
                commit = introduce(db, self.registry, self.clock, key, opened)
                commit.seal()
            self._key = key
            self._mark(commit.head)

    @property
    def public_key(self) -> bytes:
        """By which others know this PC's word."""
        return self._key.public

    def sign(self, statement: bytes) -> bytes:
        """This PC's word for `statement`, which says by its beginning what it is for."""
        return self._key.sign(statement)

    def replay(self, progress: Progress = nothing_told, cancel: Cancel = never) -> int:
        """Drop the projections and make them anew; how many entries. `Cancelled` leaves them as they were."""
        with self.store.write() as db:
            self._now(db)
            return projections.replay(db, self.registry, progress, cancel)

    def verify(self, progress: Progress = nothing_told, cancel: Cancel = never) -> list[Finding]:
        """Every entry that was changed, moved, forged or lost; empty when the journal is whole."""
        from akimat_desk.journal.verify import verify

        # The mark first: one that is read later may know of entries this snapshot does not have yet.
        mark = read_mark(self.store.home)
        with self.store.read() as db:
            return verify(db, mark.head if mark else None, progress, cancel)

    def table_hashes(self) -> dict[str, str]:
        """A hash of each projection: equal on two PCs that hold the same entries and may see the same parts."""
        with self.store.read() as db:
            return projections.table_hashes(db, self.registry)

    def _begin(self, db: Database) -> Commit:
        now = self._now(db)
        assert now.chain is not None
        assert now.head is not None
        return Commit(db, self.registry, self.clock, self._key, now.chain, now.head, now.at)

    def _now(self, db: Database) -> Here:
        """Where this PC stands; another of its processes may have opened a new epoch meanwhile."""
        now = here(db.connection())
        if now.made_by != self._made_by or now.head is None:
            raise ProgramChanged
        if now.public_key != self._key.public:
            key = read_key(self.store.home)
            if key is None or key.public != now.public_key:
                raise ProgramChanged
            self._key = key
        self.device = now.head.device
        return now

    def _step_aside(self, db: Database, own: Head | None, taken: list[Taken]) -> None:
        ours = [one for one in taken if own is not None and one.at.device == own.device and one.new]
        if own is None or not any(one.verdict == "fork" or one.at.epoch == own.epoch for one in ours):
            return
        opened = NewEpoch("forked", own.device, own.epoch + 1, own, False)
        commit = introduce(db, self.registry, self.clock, self._key, opened)
        repeat_both_sides(db, commit)
        commit.seal()

    def _mark(self, head: Head) -> None:
        write_mark(self.store.home, Mark(head, self._machine, self._copy))
