"""Exchange by a USB stick, or any folder that is carried: the same batches and receipts as over a line, both ways.

    DIR/akimat-desk/<device>.entries     what the others lack, by what they have signed for, and all second histories
    DIR/akimat-desk/<device>.receipts    what this PC holds, and what it has heard that others hold

Every PC writes its own two files and reads all entries, those under its own name too: a copy of it may have written
them. Nobody is asked anything, so nothing depends on the order in which sticks come: what is known already is passed
over, and what a PC has not signed for is written again.

A stick may be lost in the street. Facts name nobody, and personal parts go sealed to the keys of the room's staff PCs;
where none is known they stay here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.threads import must_not_block
from akimat_desk.journal import Journal
from akimat_desk.journal.batch import BATCH_BYTES, Batch, batches_beyond
from akimat_desk.journal.devices import member, members, staff_keys
from akimat_desk.journal.forks import has_all, second_histories
from akimat_desk.journal.parts import MOST_WANTED, parts_of, wanted
from akimat_desk.journal.receipts import Receipt, receipts
from akimat_desk.journal.receive import Admit, Taken, members_only
from akimat_desk.journal.tables import Head, hash_at, heads
from akimat_desk.store.errors import Busy, NoSuchFile
from akimat_desk.store.lock import FileLock
from akimat_desk.sync.columns import Uneven, in_columns, in_rows
from akimat_desk.sync.stick_file import (
    CarriedDamaged,
    CarriedNewer,
    CarriedStrange,
    Cover,
    Late,
    Piece,
    Receipts,
    StickGone,
    Writer,
    reading,
    stick_faults,
    writing,
)
from akimat_desk.sync.stick_vault import Vault, with_parts

FOLDER: Final = "akimat-desk"
MOST_FILES: Final = 100
LOCK_SECONDS: Final = 5.0
_FILE: Final = re.compile(r"([0-9a-f]{32})\.(entries|receipts)")
Told = Callable[[int, int], object]
"""Hears how much of how much is done (0 of all: nobody knows). What it raises breaks off: what was taken in stays, and
the stick holds the files of before.
"""
_STICK: Final = (StickGone, CarriedDamaged, CarriedStrange, CarriedNewer)
"""What is told of one file and does not hold up the others."""


def nobody(done: int, total: int) -> None:
    """Hears nothing."""


@dataclass(frozen=True)
class CarriedOut:
    """What was written: bytes in all, entries, personal parts that went sealed, and parts that stayed here."""

    size: int
    entries: int
    parts: int
    parts_left: int


@dataclass(frozen=True)
class CarriedFrom:
    """What one PC's files brought. `lacking`: entries before them have not come here yet; `unknown`: chains of PCs that
    do not belong to this room; `trouble` is why a file was not read to its end.
    """

    sender: str
    new: int = 0
    parts: int = 0
    lacking: tuple[Taken, ...] = ()
    unknown: tuple[Taken, ...] = ()
    refused: tuple[Taken, ...] = ()
    forks: tuple[Taken, ...] = ()
    receipted: bool = False
    """The sender has signed for all that this PC wrote."""
    trouble: AkimatDeskError | None = None


@dataclass
class _Taking:
    """What is taken in from one file while it is read, perhaps more than once."""

    new: int = 0
    parts: int = 0
    stuck: dict[tuple[str, int], Taken] = field(default_factory=dict)
    forks: list[Taken] = field(default_factory=list)
    receipted: bool = False
    trouble: AkimatDeskError | None = None

    @property
    def came(self) -> int:
        """Grows with everything that is new here."""
        return self.new + len(self.forks)


# ---- out


def carry_out(journal: Journal, folder: Path, *, piece: int = BATCH_BYTES, told: Told = nobody) -> CarriedOut:
    """Write into `folder` what the other PCs lack. What they left there is looked at first: it says what they hold.
    `told` hears of the entries.

    Raises `NoSuchFile` where there is no such folder, `StickFull`, `StickLocked` or `StickGone`; the files of before
    are there then.
    """
    with _at_work(journal, folder) as ours:
        wants, here = _hear(journal, ours)
        with journal.store.read() as db:
            position = _least(db.connection(), _others(journal, db), here)
            total = sum(head.seq for head in heads(db.connection())) - sum(head.seq for head in position)
            readers = [(device, key) for device, key in staff_keys(db) if key != journal.public_key]
        with writing(ours / f"{journal.device}.entries") as writer:
            out = _Out(journal, writer, readers)
            for batches in chain(_pieces(journal, position, piece), _pieces_aside(journal, piece)):
                out.add(batches)
                told(out.entries, max(total, out.entries))
            out.add_late(wants)
        return CarriedOut(writer.size + _leave(journal, ours), out.entries, out.parts, out.parts_left)


class _Out:
    """Writes batches, their personal parts sealed for `readers`."""

    def __init__(self, journal: Journal, writer: Writer, readers: list[tuple[str, bytes]]) -> None:
        self.entries = self.parts = self.parts_left = 0
        self._journal = journal
        self._writer = writer
        self._vault = Vault.make(journal.device) if readers else None
        keys = [(device, self._vault.key_for(key)) for device, key in readers] if self._vault else []
        writer.add(Cover(journal.device, keys))

    def add(self, batches: list[Batch]) -> None:
        self.entries += sum(len(batch.entries) for batch in batches)
        count = sum(part is not None for batch in batches for part in batch.personal)
        sealed = b""
        if count and self._vault is not None:
            sealed = self._vault.shut([batch.personal for batch in batches])
            self.parts += count
        else:
            self.parts_left += count
        bare = [with_parts(batch, (None,) * len(batch.entries)) for batch in batches]
        self._writer.add(Piece([in_columns(batch) for batch in bare], sealed))

    def add_late(self, wants: list[str]) -> None:
        if self._vault is None:
            return
        for start in range(0, len(wants), MOST_WANTED):
            with self._journal.store.read() as db:
                found = parts_of(db.connection(), self._journal.registry, wants[start : start + MOST_WANTED], "room")
            if found:
                self._writer.add(Late(self._vault.shut(found)))
                self.parts += len(found)


def _pieces(journal: Journal, position: list[Head], size: int) -> Iterator[list[Batch]]:
    """All beyond `position`, about `size` bytes at a time; nothing is read while the stick is written to."""
    at = {(head.device, head.epoch): head for head in position}
    while True:
        piece: list[Batch] = []
        taken = 0
        with journal.store.read() as db:
            connection: Any = db.connection()
            for batch in batches_beyond(connection, journal.registry, list(at.values()), "room", size):
                piece.append(batch)
                taken += batch.size
                hash = hash_at(connection, batch.device, batch.epoch, batch.last)
                assert hash is not None
                at[batch.device, batch.epoch] = Head(batch.device, batch.epoch, batch.last, hash)
                if taken >= size:
                    break
        if not piece:
            return
        yield piece


def _pieces_aside(journal: Journal, size: int) -> Iterator[list[Batch]]:
    """The second histories kept here, after the first ones, from which they part. Nobody signs for those: they are
    carried each time. A PC that is reached by sticks alone must know of them, or it would count what no other does
    once their key is withdrawn.
    """
    with journal.store.read() as db:
        batches = list(second_histories(db, set()))
    while batches:
        piece = [batches.pop(0)]
        while batches and sum(batch.size for batch in piece) < size:
            piece.append(batches.pop(0))
        yield piece


def _is_staff_pc(journal: Journal) -> bool:
    with journal.store.read() as db:
        here = member(db, journal.device)
    return here is not None and here.use == "desk"


def _others(journal: Journal, db: Any) -> set[str]:
    """Whom this PC writes for: the room's PCs, or, before there is a room, whoever is known."""
    room = {each.device for each in members(db) if not each.revoked}
    return (room or {head.device for head in heads(db.connection())}) - {journal.device}


def _least(connection: Any, others: set[str], on_stick: list[Receipt]) -> list[Head]:
    """Up to where every other PC has signed, chain by chain: by the receipts kept, and by those that lie on the stick.
    Of one that says less nobody can tell here whether it is old or its PC was set back.
    """
    told = [one for one in [*receipts(connection), *on_stick] if one.device in others]
    if not others or others - {one.device for one in told}:
        return []  # somebody may lack everything
    vectors = [{(head.device, head.epoch): head for head in one.heads} for one in told]
    return [
        _least_of(connection, here, [vector.get((here.device, here.epoch)) for vector in vectors])
        for here in heads(connection)
    ]


def _least_of(connection: Any, here: Head, theirs: list[Head | None]) -> Head:
    least = here
    for head in theirs:
        if head is None:
            return Head.before(here.device, here.epoch)
        if head.seq <= here.seq:
            other = hash_at(connection, head.device, head.epoch, head.seq) != head.hash
        else:  # they are ahead; of another history this PC knows only if it has seen it
            other = connection.execute("SELECT 1 FROM journal_fork WHERE hash = ?", (head.hash,)).fetchone() is not None
        if other:
            return Head.before(here.device, here.epoch)  # told from the beginning, they see the fork
        least = head if head.seq < least.seq else least
    return least


# ---- in


def carry_in(journal: Journal, folder: Path, *, admit: Admit = members_only, told: Told = nobody) -> list[CarriedFrom]:
    """Take in what other PCs left in `folder`, and leave them a receipt; what each of them brought, by its device.
    `told` hears of the files, piece by piece.

    A file that is damaged, foreign or too new does not hold up the others: it is told in `trouble`. Raises
    `NoSuchFile`, and, after all was taken in, what hinders the receipt (`StickFull`, `StickLocked`, `StickGone`).
    """
    with _at_work(journal, folder) as ours:
        files = _files(ours, "entries")
        found = {device: _Taking() for device in files}
        todo = list(files)
        while todo:
            before, keeps = sum(each.came for each in found.values()), _is_staff_pc(journal)
            for number, device in enumerate(todo):
                heard = partial(told, number, len(todo) if len(todo) > 1 else 0)
                _take(journal, files[device], device, found[device], heard, admit=admit, keeps_personal=keeps)
            if _is_staff_pc(journal) != keeps:
                todo = list(files)  # only now it is known that personal parts may be kept here
            elif sum(each.came for each in found.values()) > before:
                # What was missing, or was not known to belong to the room, may have come by another PC's file.
                todo = [device for device in todo if found[device].stuck]
            else:
                break
        _hear_all(journal, ours, found)
        _leave(journal, ours)
        own = found.pop(journal.device, _Taking())  # a copy of this PC writes under the same name
        if own.came:
            found[journal.device] = own
    return [_told(device, found[device]) for device in sorted(found)]


def _take(
    journal: Journal,
    file: Path,
    sender: str,
    found: _Taking,
    heard: Callable[[], object],
    *,
    admit: Admit,
    keeps_personal: bool,
) -> None:
    vault: Vault | None = None
    found.stuck.clear()
    found.parts, found.trouble = 0, None
    try:
        for number, carried in enumerate(reading(file, sender)):
            heard()
            if isinstance(carried, Cover) != (number == 0) or isinstance(carried, Receipts):
                raise CarriedDamaged(device=sender[:8])
            match carried:
                case Cover():
                    if carried.sender != sender:
                        raise CarriedDamaged(device=sender[:8])
                    vault = Vault.of(carried, journal) if keeps_personal else None
                case Piece():
                    batches = [in_rows(batch) for batch in carried.batches]
                    batches = batches if vault is None else vault.fill(batches, carried.parts)
                    batches = [batch for batch in batches if (batch.device, batch.epoch) not in found.stuck]
                    _note(found, journal.receive(batches, admit=admit, keeps_personal=keeps_personal))
                    found.parts += sum(part is not None for batch in batches for part in batch.personal)
                case Late():
                    parts = [] if vault is None else vault.late(carried)
                    journal.receive((), parts, admit=admit, keeps_personal=keeps_personal)
                    found.parts += len(parts)
    except _STICK as why:
        found.trouble = why
    except Uneven:
        found.trouble = CarriedDamaged(device=sender[:8])


def _note(found: _Taking, taken: list[Taken]) -> None:
    for one in taken:
        if one.verdict == "taken":
            found.new += one.new
        elif one.verdict == "fork" and one.new:
            found.forks.append(one)
        elif one.verdict in ("refused", "gap"):
            found.stuck[one.at.device, one.at.epoch] = one


def _told(sender: str, found: _Taking) -> CarriedFrom:
    stuck = list(found.stuck.values())
    return CarriedFrom(
        sender,
        new=found.new,
        parts=found.parts,
        lacking=tuple(one for one in stuck if one.verdict == "gap"),
        unknown=tuple(one for one in stuck if one.why == "not-admitted"),
        refused=tuple(one for one in stuck if one.verdict == "refused" and one.why != "not-admitted"),
        forks=tuple(found.forks),
        receipted=found.receipted,
        trouble=found.trouble,
    )


# ---- receipts


def _leave(journal: Journal, ours: Path) -> int:
    """What this PC holds and has heard, for the others; how many bytes."""
    keeps_personal = _is_staff_pc(journal)
    own = journal.receipt(keeps_personal=keeps_personal)
    with journal.store.read() as db:
        heard = [one for one in receipts(db.connection()) if one.device != own.device]
        wants = wanted(db.connection()) if keeps_personal else []
    with writing(ours / f"{own.device}.receipts") as writer:
        writer.add(Receipts([own, *heard], wants))
    return writer.size


def _hear(journal: Journal, ours: Path) -> tuple[list[str], list[Receipt]]:
    """Keep the receipts that lie here; the entries whose personal part somebody lacks, and what each PC says itself."""
    wants: dict[str, None] = {}
    own_words: list[Receipt] = []
    for device, file in _files(ours, "receipts", but=journal.device).items():
        try:
            said = _said(file, device)
        except _STICK:
            continue  # `carry_in` tells of it; without it more is written than need be
        own_words += [one for one in _keep(journal, said) if one.device == device]
        wants |= dict.fromkeys(said.wants)
    return list(wants), own_words


def _hear_all(journal: Journal, ours: Path, found: dict[str, _Taking]) -> None:
    """Keep the receipts, and note who has signed for all of this PC's own entries."""
    with journal.store.read() as db:
        own = [head for head in heads(db.connection()) if head.device == journal.device]
    for device, file in _files(ours, "receipts", but=journal.device).items():
        taking = found.setdefault(device, _Taking())
        try:
            kept = _keep(journal, _said(file, device))
        except _STICK as why:
            taking.trouble = taking.trouble or why
        else:
            with journal.store.read() as db:
                taking.receipted = any(one.device == device and has_all(db, one.heads, own) for one in kept)


def _keep(journal: Journal, said: Receipts) -> list[Receipt]:
    """Those that are their device's word."""
    return [one for one in said.receipts if one.device != journal.device and journal.keep_receipt(one)]


def _said(file: Path, device: str) -> Receipts:
    pieces = list(islice(reading(file, device), 2))
    if len(pieces) != 1 or not isinstance(pieces[0], Receipts):
        raise CarriedDamaged(device=device[:8])
    return pieces[0]


# ---- the folder


@contextmanager
def _at_work(journal: Journal, folder: Path) -> Iterator[Path]:
    """The folder of ours in `folder`, for one process of this PC at a time."""
    must_not_block("sync.stick")
    if not folder.is_dir():
        raise NoSuchFile(file=folder)
    lock = FileLock(journal.store.home.data / "stick.lock")
    if not lock.acquire(LOCK_SECONDS):
        raise Busy
    try:
        ours = folder / FOLDER
        with stick_faults():
            ours.mkdir(exist_ok=True)
        yield ours
    finally:
        lock.release()


def _files(ours: Path, what: str, *, but: str = "") -> dict[str, Path]:
    """The files by device, but this one; anything else that lies there is left alone."""
    found: dict[str, Path] = {}
    with stick_faults(), os.scandir(ours) as items:
        for item in items:
            name = _FILE.fullmatch(item.name)
            if name and name[2] == what and name[1] != but:
                found[name[1]] = Path(item.path)
            if len(found) == MOST_FILES:
                break
    return dict(sorted(found.items()))
