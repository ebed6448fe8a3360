"""Taking in what others have written: proved first, then kept, then applied, all in one transaction.

A batch is judged as a whole; of a chain's batches, the good ones before a bad one are kept, and other chains go on.
Nothing is ever overwritten: a second history of a chain is laid aside (`journal_fork`) for people to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.journal import hlc, projections
from akimat_desk.journal.apply import Applier
from akimat_desk.journal.batch import Batch
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import commit_statement, genesis, links
from akimat_desk.journal.devices import DEVICE_ADMITTED, DeviceAdmitted, is_admitted, limits, only_by_staff
from akimat_desk.journal.entry import Header, Personal, UnreadableEntry, read_header
from akimat_desk.journal.keys import device_of, signed
from akimat_desk.journal.kinds import UNDECODABLE
from akimat_desk.journal.parked import NotYet
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import (
    ABSENT,
    ERASED,
    HELD,
    NO_PERSONAL,
    Head,
    chain_of,
    here,
    insert,
    is_erased,
    open_chain,
    seal,
)

if TYPE_CHECKING:
    from akimat_desk.store import Database

Verdict = Literal["taken", "known", "fork", "gap", "refused"]


class Introduction(msgspec.Struct, frozen=True):
    """A chain nobody here has heard of; `same_key`: an earlier epoch of the device was signed by this key too;
    `admitted`: a staff PC has let this key in (`devices.is_admitted`).
    """

    device: str
    epoch: int
    public_key: bytes
    same_key: bool
    admitted: bool = False


Admit = Callable[[Introduction], bool]
"""Whether a new chain may come in."""


def members_only(who: Introduction) -> bool:
    """The `Admit` of a room: keys that a staff PC has let in, and later epochs of the same key."""
    return who.admitted or who.same_key


class Taken(msgspec.Struct, frozen=True):
    """What became of one batch. `at` is where the sender's history stands after it; `new` entries were kept.

    `gap`: entries before it are missing here. `refused` says why in a word.
    """

    verdict: Verdict
    at: Head
    new: int = 0
    why: str = ""


class _Refused(Exception):
    pass


class _Gap(Exception):
    pass


class Receiver:
    """Takes batches in, inside one transaction of `db`; `finish` ends the work on it."""

    def __init__(self, db: Database, registry: Registry, clock: Clock, admit: Admit, *, keeps_personal: bool) -> None:
        self._db = db
        self._registry = registry
        self._connection: Any = db.connection()
        self._applier = Applier(db, registry)
        self._admit = admit
        self._keeps_personal = keeps_personal
        self._now = clock.now_ms()
        self._at = here(self._connection).at

    def take(self, batches: Iterable[Batch]) -> list[Taken]:
        """What became of each batch. After one that is refused or leaves a gap, its chain's others are passed over.

        A chain that was not let in is tried again at the end: one of the other batches may have let it in.
        """
        given = dict(enumerate(batches))
        taken = self._take_all(given)
        refused = {_chain(given[number]) for number, one in taken.items() if one.why == "not-admitted"}
        if refused and any(one.new for one in taken.values()):
            taken |= self._take_all({number: batch for number, batch in given.items() if _chain(batch) in refused})
        return [taken[number] for number in sorted(taken)]

    def _take_all(self, given: dict[int, Batch]) -> dict[int, Taken]:
        results: dict[int, Taken] = {}
        stopped: set[tuple[str, int]] = set()
        for number, batch in given.items():
            if _chain(batch) not in stopped:
                results[number] = self._take(batch)
                if results[number].verdict in ("refused", "gap"):
                    stopped.add(_chain(batch))
        return results

    def supply(self, parts: Iterable[tuple[str, Personal]]) -> int:
        """Take in personal parts that came without their entries (entry id, part); how many were wanted here."""
        taken = 0
        for id, part in parts:
            rows = self._connection.execute(
                "SELECT arrival, bytes FROM journal_entry WHERE id = ? AND personal = ?", (id, ABSENT)
            ).fetchall()
            for arrival, data in rows:
                taken += self._add_personal(arrival, read_header(data), part)
        return taken

    def finish(self) -> None:
        """Apply what has become possible, and let the own clock follow."""
        projections.finish(self._db, self._registry, self._applier)
        self._connection.execute("UPDATE journal_here SET at = max(at, ?)", (self._at,))

    def _take(self, batch: Batch) -> Taken:
        at = Head(batch.device, batch.epoch, batch.last, b"")
        try:
            headers = _headers(batch)
            chain, hashes, main = self._prove(batch, headers)
        except UnreadableEntry:
            return Taken("refused", at, why="unreadable")
        except _Refused as why:
            return Taken("refused", at, why=str(why))
        except _Gap:
            return Taken("gap", at)
        at = Head(batch.device, batch.epoch, batch.last, hashes[-1])
        if not main:
            return Taken("fork", at, self._lay_aside(chain, batch, hashes, 0))
        standing = self._hashes(chain, batch)
        for index, hash in enumerate(standing):
            if hash != hashes[index]:
                return Taken("fork", at, self._lay_aside(chain, batch, hashes, index))
        if self._keeps_personal:
            self._supply_known(chain, batch, headers[: len(standing)])
        new = len(hashes) - len(standing)
        if new == 0:
            return Taken("known", at)
        for index in range(len(standing), len(hashes)):
            self._keep(chain, headers[index], batch.entries[index], hashes[index], batch.personal[index])
        seal(self._connection, chain, at, batch.signature)
        return Taken("taken", at, new)

    def _prove(self, batch: Batch, headers: list[Header]) -> tuple[int, list[bytes], bool]:
        """The chain's number, the hash at each entry, and whether they go on from the chain as it stands here."""
        found = chain_of(self._connection, batch.device, batch.epoch)
        if batch.first == 1:
            key = _introduced(headers[0])
            hashes = list(links(genesis(batch.device, batch.epoch), batch.entries))
            if not signed(key, batch.signature, _statement(batch, hashes[-1])):
                raise _Refused("signature")
            if found is not None:
                # A second history counts under the key of the first only; anyone can sign with their own.
                if key != found[1]:
                    raise _Refused("key")
                return found[0], hashes, True
            if batch.epoch == 1 and device_of(key) != batch.device:
                raise _Refused("device")
            if not self._admit(self._introduction(batch, key)):
                raise _Refused("not-admitted")
            return open_chain(self._connection, batch.device, batch.epoch, key), hashes, True
        if found is None:
            raise _Gap
        chain, key, _ = found
        before = batch.first - 1
        main = self._connection.execute(
            "SELECT hash FROM journal_entry WHERE chain = ? AND seq = ?", (chain, before)
        ).fetchall()
        aside = self._connection.execute(
            "SELECT hash FROM journal_fork WHERE chain = ? AND seq = ?", (chain, before)
        ).fetchall()
        if not main and not aside:
            raise _Gap
        for is_main, (previous,) in [*((True, row) for row in main), *((False, row) for row in aside)]:
            hashes = list(links(previous, batch.entries))
            if signed(key, batch.signature, _statement(batch, hashes[-1])):
                return chain, hashes, is_main
        raise _Refused("signature")

    def _keep(self, chain: int, header: Header, data: bytes, hash: bytes, part: Personal | None) -> None:
        held, part = self._holding(header, part)
        doubtful = hlc.doubtful(header.at, self._at, self._now)
        self._at = hlc.merged(self._at, header.at, self._now)
        arrival = insert(self._connection, chain, header, data, hash, part, held=held, doubtful=doubtful)
        self._applier.placed(arrival, header, hash, part)

    def _holding(self, header: Header, part: Personal | None) -> tuple[int, Personal | None]:
        """Whether the personal part is kept, and the part if so."""
        if header.personal is None:
            return NO_PERSONAL, None
        if is_erased(self._connection, header.id.hex()):
            return ERASED, None
        if part is None or not self._keeps_personal or part.hash != header.personal:
            return ABSENT, None
        return HELD, part

    def _supply_known(self, chain: int, batch: Batch, headers: list[Header]) -> None:
        for header, part in zip(headers, batch.personal, strict=False):
            if part is not None:
                row = self._connection.execute(
                    "SELECT arrival FROM journal_entry WHERE chain = ? AND seq = ? AND personal = ?",
                    (chain, header.seq, ABSENT),
                ).fetchone()
                if row is not None:
                    self._add_personal(row[0], header, part)

    def _add_personal(self, arrival: int, header: Header, part: Personal) -> bool:
        held, kept = self._holding(header, part)
        if held != HELD or kept is None:
            return False
        self._connection.execute("INSERT INTO journal_personal VALUES (?, ?, ?)", (arrival, kept.salt, kept.data))
        self._connection.execute("UPDATE journal_entry SET personal = ? WHERE arrival = ?", (HELD, arrival))
        self._applier.again(arrival)
        return True

    def _hashes(self, chain: int, batch: Batch) -> list[bytes]:
        """The hashes that stand here at the places of the batch."""
        rows = self._connection.execute(
            "SELECT hash FROM journal_entry WHERE chain = ? AND seq BETWEEN ? AND ? ORDER BY seq",
            (chain, batch.first, batch.last),
        )
        return [row[0] for row in rows]

    def _lay_aside(self, chain: int, batch: Batch, hashes: list[bytes], start: int) -> int:
        """Keep the other side of a fork from its first different entry on; how many entries of it are new."""
        new = 0
        for index in range(start, len(hashes)):
            signature = batch.signature if index == len(hashes) - 1 else None
            place = (chain, batch.first + index, hashes[index])
            inserted = self._connection.execute(
                "INSERT OR IGNORE INTO journal_fork VALUES (?, ?, ?, ?, ?)", (*place, batch.entries[index], signature)
            ).rowcount
            new += inserted
            if signature is not None and not inserted:
                self._connection.execute(
                    "UPDATE journal_fork SET signature = ? WHERE chain = ? AND seq = ? AND hash = ?",
                    (signature, *place),
                )
        if new:
            self._applier.forked()
        return new

    def _introduction(self, batch: Batch, key: bytes) -> Introduction:
        admitted = is_admitted(self._connection, batch.device, key) or self._admitted_aside(batch.device, key)
        return Introduction(batch.device, batch.epoch, key, self._same_key(batch.device, key), admitted)

    def _admitted_aside(self, device: str, key: bytes) -> bool:
        """Whether a staff PC says so in a second history kept here. That counts nowhere until it is repeated, which
        may be in the very chain that is to be let in.
        """
        limit = limits(self._connection)
        rows = self._connection.execute(
            "SELECT f.bytes, c.public_key FROM journal_fork f JOIN journal_chain c ON c.id = f.chain"
        ).fetchall()
        for data, author_key in rows:
            header = read_header(data)
            last = limit.get(bytes(author_key))
            valid = last is None or (header.epoch, header.seq) <= last
            if valid and _admits(header, device, key) and self._is_staff(header.device.hex()):
                return True
        return False

    def _is_staff(self, device: str) -> bool:
        try:
            only_by_staff(self._db, [device])
        except NotYet:
            return False
        return True

    def _same_key(self, device: str, key: bytes) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM journal_chain WHERE device = ? AND public_key = ?", (device, key)
        ).fetchone()
        return row is not None


def _headers(batch: Batch) -> list[Header]:
    """The headers, each at the place the batch says."""
    headers = [read_header(data) for data in batch.entries]
    device = bytes.fromhex(batch.device)
    if len(batch.personal) != len(headers) or batch.first < 1:
        raise _Refused("form")
    for seq, header in enumerate(headers, batch.first):
        if (header.device, header.epoch, header.seq) != (device, batch.epoch, seq):
            raise _Refused("order")
    return headers


def _chain(batch: Batch) -> tuple[str, int]:
    return batch.device, batch.epoch


def key_of(batch: Batch) -> bytes | None:
    """The key of the chain that `batch` begins; None where it goes on with one, or is none. It is the author's word
    only where `Receiver` has not refused its signature.
    """
    try:
        return _introduced(read_header(batch.entries[0])) if batch.first == 1 else None
    except (UnreadableEntry, _Refused):
        return None


def _introduced(header: Header) -> bytes:
    """The key in the first entry of a chain."""
    if header.kind != DEVICE_INTRODUCED.name:
        raise _Refused("introduction")
    try:
        return msgspec.msgpack.decode(header.facts, type=DeviceIntroduced).public_key
    except UNDECODABLE:
        raise _Refused("introduction") from None


def _admits(header: Header, device: str, key: bytes) -> bool:
    if header.kind != DEVICE_ADMITTED.name:
        return False
    try:
        facts = msgspec.msgpack.decode(header.facts, type=DeviceAdmitted)
    except UNDECODABLE:
        return False
    return (facts.device, facts.public_key) == (device, key)


def _statement(batch: Batch, head: bytes) -> bytes:
    return commit_statement(batch.device, batch.epoch, batch.last, head)
