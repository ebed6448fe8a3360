"""This PC's scanners: a table that never travels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import peewee

from akimat_desk.store import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database


class ScannerRow(peewee.Model):
    """A scanner of this PC; the first by `rank` is used. `pin` is its certificate as it was when it was added."""

    id = peewee.AutoField()
    name = peewee.TextField()
    uri = peewee.TextField(unique=True)
    pin = peewee.TextField(default="")
    rank = peewee.IntegerField(default=0)

    class Meta:
        table_name = "printing_scanner"


def _make(db: Database) -> None:
    with ScannerRow.bind_ctx(db):
        ScannerRow.create_table(safe=False)


def _tell_copies_apart(db: Database) -> None:
    if "work" not in {column.name for column in db.get_columns("printing_spool")}:
        db.execute_sql("ALTER TABLE printing_spool ADD COLUMN work TEXT NOT NULL DEFAULT 'print'")


LOCAL_TABLES: Final = (
    Migration("printing.scanners", _make),
    Migration("printing.copies_in_the_queue", _tell_copies_apart),
)


@dataclass(frozen=True, slots=True)
class KnownScanner:
    """A scanner as the desk knows it."""

    id: int
    name: str
    uri: str
    pin: str = ""


def scanners(db: Database) -> tuple[KnownScanner, ...]:
    """This PC's scanners in the order they are used."""
    rows = ScannerRow.select().order_by(ScannerRow.rank, ScannerRow.id).execute(db)
    return tuple(KnownScanner(row.id, row.name, row.uri, row.pin) for row in rows)
