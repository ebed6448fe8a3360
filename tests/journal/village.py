"""The simulation's village for tests, and authors who write without a database."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from akimat_desk.journal import Facts, Journal, Kind
from akimat_desk.journal.batch import Batch
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import commit_statement, genesis, link
from akimat_desk.journal.entry import Header, Personal, _rest_of_id, write_facts, write_header
from akimat_desk.journal.keys import DeviceKey, device_of
from akimat_desk.store import Database
from akimat_desk.sync.simulation.village import (
    BOOKED,
    COUNTED,
    EDITED,
    FIGURES,
    KINDS,
    PRINTED,
    PROJECTIONS,
    REGISTERED,
    REGISTRY,
    Booked,
    Counted,
    DayRow,
    Edited,
    Named,
    Printed,
    PrintedRow,
    Registered,
    ResidentRow,
)

__all__ = [
    "BOOKED",
    "COUNTED",
    "EDITED",
    "FIGURES",
    "KINDS",
    "NOON_MS",
    "PRINTED",
    "PROJECTIONS",
    "REGISTERED",
    "REGISTRY",
    "Author",
    "Booked",
    "Counted",
    "DayRow",
    "Edited",
    "Named",
    "Printed",
    "PrintedRow",
    "Registered",
    "ResidentRow",
    "figures",
    "rows",
    "table_rows",
    "undone",
]

NOON_MS = 1_795_158_000_000
"""Friday 20 November 2026, 12:00 in Kazakhstan (UTC+5)."""


# ---- who writes


class Author:
    """A device that writes entries as another desk's program would, byte for byte."""

    def __init__(self, name: str = "author") -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        private = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"\0"))
        self.key = DeviceKey(private.private_bytes_raw(), private.public_key().public_bytes_raw())
        self.device = device_of(self.key.public)
        self.epoch = 1
        self.last_hash = genesis(self.device, 1)
        self.entries: list[tuple[Header, bytes, bytes, Personal | None]] = []
        self.write(DEVICE_INTRODUCED, DeviceIntroduced(public_key=self.key.public, reason="first"), at_ms=NOON_MS)

    def write(
        self, kind: Kind, facts: Facts, personal: Facts | None = None, *, at_ms: int = NOON_MS, **changed: Any
    ) -> str:
        """The id of the entry; `changed` are header values as a strange program might write them."""
        # Nothing is left to chance: a history that breaks a law breaks it again.
        random = hashlib.sha256(f"{self.device} {len(self.entries)}".encode()).digest()
        device = bytes.fromhex(self.device)
        part = Personal(random[16:], write_facts(personal)) if personal else None
        header = Header(
            device=device,
            epoch=self.epoch,
            seq=len(self.entries) + 1,
            at=(at_ms << 16) + len(self.entries),
            id=random[:11] + _rest_of_id(device, random[:11]),
            kind=kind.name,
            version=kind.version,
            facts=msgspec.Raw(write_facts(facts)),
            personal=part.hash if part else None,
        )
        header = msgspec.structs.replace(header, **changed)
        data = write_header(header)
        self.last_hash = link(self.last_hash, data)
        self.entries.append((header, data, self.last_hash, part))
        return header.id.hex()

    def batch(self, first: int = 1, last: int | None = None, *, key: DeviceKey | None = None) -> Batch:
        """The entries `first` to `last`, with or without their parts, signed by `key`."""
        last = len(self.entries) if last is None else last
        chosen = self.entries[first - 1 : last]
        statement = commit_statement(self.device, self.epoch, last, chosen[-1][2])
        return Batch(
            self.device,
            self.epoch,
            first,
            tuple(data for _, data, _, _ in chosen),
            tuple(part for _, _, _, part in chosen),
            (key or self.key).sign(statement),
        )


# ---- looking


class Undo(Exception):
    """Raised at the end of `undone`."""


@contextlib.contextmanager
def undone(journal: Journal) -> Iterator[Database]:
    """A transaction of which nothing stays, so that hundreds of histories need one database."""
    with contextlib.suppress(Undo), journal.store.write() as db:
        yield db
        raise Undo


def rows(journal: Journal, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """All rows of a table, sorted."""
    with journal.store.read() as db:
        return table_rows(db, table, columns)


def table_rows(db: Database, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    return sorted(db.execute_sql(f"SELECT {columns} FROM {table}").fetchall(), key=repr)  # noqa: S608


def figures(db: Database) -> dict[str, Sequence[tuple[Any, ...]]]:
    """Everything the journal says, without the personal columns."""
    return {
        table: table_rows(db, table, FIGURES.get(table, "*"))
        for table in REGISTRY.projections
        if table != "journal_edit"  # holds the personal values that edits brought
    }
