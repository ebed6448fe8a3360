"""What a kind's `apply` may do to the tables: each way gives the same rows in whatever order entries arrive.

    union   the entry is a fact: one row (or some), kept beside all others
    edit    the entry changes fields of a row, and names the entries whose values its author saw and replaces
    count   the entry adds to numbers
    unique  the entry claims something of which there is one; the host decides (`journal.rulings`)

Columns named `entry`, `at` and `device` are filled from the entry where `apply` does not give them. Personal values
stand in nullable columns and come from `entry.personal`, which may be None; the journal calls `apply` again when the
personal part comes later or is erased, and the helpers then change nothing else. An `apply` that writes SQL of its own
keeps to that (`entry.again`), and calls `arrived` for each row that others may wait for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec
import peewee

from akimat_desk.base.errors import Misuse
from akimat_desk.journal.entry import Entry
from akimat_desk.journal.parked import NotYet, arrived
from akimat_desk.journal.rulings import unique

if TYPE_CHECKING:
    from akimat_desk.store import Database

__all__ = ["Conflict", "NotYet", "arrived", "conflicts", "count", "edit", "seen", "union", "unique"]

Model = type[peewee.Model]
Key = Any
"""A row's primary key: one value, or a tuple in the order of the key's columns."""

WHOLE_ROW: Final = "*"
"""Stands for the field where two entries brought a whole row with one key."""


class EditRow(peewee.Model):
    """One edit of one row, whether or not it counts now."""

    table = peewee.TextField()
    key = peewee.TextField()
    entry = peewee.TextField()
    at = peewee.IntegerField()
    replaces = peewee.BlobField()
    fields = peewee.BlobField()

    class Meta:
        table_name = "journal_edit"
        primary_key = peewee.CompositeKey("table", "key", "entry")
        without_rowid = True


class ConflictRow(peewee.Model):
    """Two entries said different things of one field and neither had seen the other; `winner` counts."""

    table = peewee.TextField()
    key = peewee.TextField()
    field = peewee.TextField()
    winner = peewee.TextField()
    loser = peewee.TextField()

    class Meta:
        table_name = "journal_conflict"
        primary_key = peewee.CompositeKey("table", "key", "field", "winner", "loser")
        without_rowid = True


class Conflict(msgspec.Struct, frozen=True):
    """What a person is shown: both entries are in the journal, `winner` is what the table says."""

    table: str
    key: str
    field: str
    winner: str
    loser: str


class NoEntryColumn(Misuse):
    """A table that takes whole rows must say which entry gave each of them."""

    code = "journal-no-entry-column"
    staff_text = "The projection {table} has no column `entry`."


class KeyForm(Misuse):
    """A key with more or fewer values than the table's primary key."""

    code = "journal-key-form"
    staff_text = "This is no key of the projection {table}."


def union(db: Database, entry: Entry, model: Model, **row: Any) -> None:
    """Put one row, given by `entry`, beside all others.

    Where two entries give rows with one key, the earlier (by hybrid time) stays; the other is shown as a conflict.
    """
    shape = _shape(model)
    if "entry" not in shape.columns:
        raise NoEntryColumn(table=shape.table)
    values = shape.values(entry, row)
    key = tuple(values[name] for name in shape.key)
    connection = db.connection()
    standing = connection.execute(shape.select_entry, key).fetchone()
    if standing is None:
        connection.execute(shape.insert(values), tuple(values.values()))
        arrived(db, _key_text(key))
    elif standing[0] == entry.id:
        connection.execute(shape.update(values), (*values.values(), *key))
        _settle(connection, shape, key)
    elif not entry.again:
        _settle_rows(connection, shape, key, standing[0], entry, values)


def edit(
    db: Database, entry: Entry, model: Model, key: Key, replaces: str | Sequence[str] | None, /, **fields: Any
) -> None:
    """Set `fields` of the row with `key`, in place of what the entries `replaces` had set (see `seen`).

    Of two edits of a field that had not seen each other, the later by hybrid time counts and the other is shown as a
    conflict, until an edit replaces both. Raises `NotYet` while the row is missing.
    """
    shape = _shape(model)
    key = shape.key_values(key)
    connection = db.connection()
    if connection.execute(shape.select_key, key).fetchone() is None:
        raise NotYet(_key_text(key))
    replaced = (replaces,) if isinstance(replaces, str) else tuple(replaces or ())
    connection.execute(
        "INSERT OR REPLACE INTO journal_edit VALUES (?, ?, ?, ?, ?, ?)",
        (
            shape.table,
            _key_text(key),
            entry.id,
            entry.at,
            msgspec.msgpack.encode(replaced),
            msgspec.msgpack.encode({name: shape.plain(name, value) for name, value in fields.items()}),
        ),
    )
    _settle(connection, shape, key)


def count(db: Database, entry: Entry, model: Model, key: Key, /, **deltas: int) -> None:
    """Add `deltas` to the numbers of the row with `key`, which starts at nothing. Each entry counts once."""
    if entry.again:
        return
    shape = _shape(model)
    key = shape.key_values(key)
    values = {**shape.defaults, **dict(zip(shape.key, key, strict=True)), **deltas}
    db.connection().execute(shape.add(values, tuple(deltas)), tuple(values.values()))
    arrived(db, _key_text(key))


def seen(db: Database, model: Model, key: Key, fields: Iterable[str]) -> tuple[str, ...]:
    """The entries whose values of `fields` somebody sees now, conflicts included: what a new edit replaces."""
    shape = _shape(model)
    edits = _edits(db.connection(), shape.table, _key_text(shape.key_values(key)))
    heads = {entry for name in fields for entry in _heads(edits, name)}
    return tuple(sorted(heads))


def conflicts(db: Database, model: Model | None = None) -> list[Conflict]:
    """What lost and has not been looked at; an edit that replaces both ends a conflict."""
    table = None if model is None else _shape(model).table
    rows = db.connection().execute(
        'SELECT * FROM journal_conflict WHERE ?1 IS NULL OR "table" = ?1 ORDER BY 1, 2, 3, 4, 5', (table,)
    )
    return [Conflict(*row) for row in rows]


# ---- registers


class Edit(msgspec.Struct, frozen=True):
    """An edit as the rule sees it."""

    entry: str
    at: int
    replaces: tuple[str, ...]
    fields: Mapping[str, Any]


def _heads(edits: Sequence[Edit], name: str) -> list[str]:
    """The entries that set field `name` and that no other edit of it replaces; the one that counts stands first."""
    of_field = [edit for edit in edits if name in edit.fields]
    replaced = {entry for edit in of_field for entry in edit.replaces if entry != edit.entry}
    # Edits that replace one another in a ring can only come from a forger; then time alone decides.
    heads = [edit for edit in of_field if edit.entry not in replaced] or of_field
    return [edit.entry for edit in sorted(heads, key=lambda edit: (edit.at, edit.entry), reverse=True)]


def settle(edits: Sequence[Edit]) -> tuple[dict[str, Any], set[tuple[str, str, str]]]:
    """The values that count, and (field, winner, loser) of what lost; the same for every order of `edits`."""
    by_entry = {edit.entry: edit for edit in edits}
    values: dict[str, Any] = {}
    lost: set[tuple[str, str, str]] = set()
    for name in sorted({name for edit in edits for name in edit.fields}):
        winner, *losers = _heads(edits, name)
        values[name] = by_entry[winner].fields[name]
        lost |= {(name, winner, loser) for loser in losers}
    return values, lost


def _edits(connection: Any, table: str, key: str) -> list[Edit]:
    return [
        Edit(entry, at, msgspec.msgpack.decode(replaces, type=tuple[str, ...]), msgspec.msgpack.decode(fields))
        for entry, at, replaces, fields in connection.execute(
            'SELECT entry, at, replaces, fields FROM journal_edit WHERE "table" = ? AND "key" = ?', (table, key)
        )
    ]


def _settle(connection: Any, shape: _Shape, key: tuple[Any, ...]) -> None:
    """Write what counts into the row, and what lost into the conflicts."""
    text = _key_text(key)
    edits = _edits(connection, shape.table, text)
    if not edits:
        return
    values, lost = settle(edits)
    connection.execute(shape.update(values), (*values.values(), *key))
    connection.execute(
        'DELETE FROM journal_conflict WHERE "table" = ? AND "key" = ? AND field <> ?', (shape.table, text, WHOLE_ROW)
    )
    rows = [(shape.table, text, *one) for one in lost]
    connection.executemany("INSERT INTO journal_conflict VALUES (?, ?, ?, ?, ?)", rows)


def _settle_rows(
    connection: Any, shape: _Shape, key: tuple[Any, ...], standing: str, entry: Entry, values: dict[str, Any]
) -> None:
    """Two entries gave a row with one key: the earlier stays; the conflicts name it against each of the others."""
    (at,) = connection.execute("SELECT at FROM journal_entry WHERE id = ? AND stands", (standing,)).fetchone()
    text = _key_text(key)
    where = (shape.table, text, WHOLE_ROW)
    if (entry.at, entry.id) < (at, standing):
        values = {**dict.fromkeys(shape.columns), **values}  # of what it does not give, nothing of the other stays
        connection.execute(shape.update(values), (*values.values(), *key))
        connection.execute(
            'UPDATE journal_conflict SET winner = ? WHERE "table" = ? AND "key" = ? AND field = ?', (entry.id, *where)
        )
        winner, loser = entry.id, standing
        _settle(connection, shape, key)
    else:
        winner, loser = standing, entry.id
    connection.execute("INSERT OR IGNORE INTO journal_conflict VALUES (?, ?, ?, ?, ?)", (*where, winner, loser))


# ---- tables


_NATIVE: Final = {peewee.TextField: str, peewee.CharField: str, peewee.IntegerField: int}
"""Fields whose values of this very type are stored as they are; most are, and asking the field takes time."""


class _Shape:
    """What the helpers need to know of a table, worked out once; SQL as plain text, which SQLite keeps prepared."""

    def __init__(self, model: Model) -> None:
        meta: Any = model._meta
        self.table: str = meta.table_name
        self.columns: dict[str, str] = {name: field.column_name for name, field in meta.fields.items()}
        self.key: tuple[str, ...] = tuple(field.name for field in meta.get_primary_keys())
        self.defaults = {
            field.name: self._as_sqlite(field.db_value(default))
            for field, default in meta.defaults.items()
            if not callable(default)
        }
        self._fields = meta.fields
        self._native = {name: _NATIVE[type(field)] for name, field in meta.fields.items() if type(field) in _NATIVE}
        where = " AND ".join(f'"{self.columns[name]}" = ?' for name in self.key)
        self._where = f" WHERE {where}"
        self.select_key = f'SELECT 1 FROM "{self.table}"{self._where}'  # noqa: S608 (names come from the model)
        self.select_entry = f'SELECT "{self.columns.get("entry")}" FROM "{self.table}"{self._where}'  # noqa: S608
        self._sql: dict[tuple[str, ...], str] = {}

    def plain(self, name: str, value: Any) -> Any:
        """`value` as SQLite stores it and msgpack keeps it."""
        if value is None or type(value) is self._native.get(name):
            return value
        return self._as_sqlite(self._fields[name].db_value(value))

    @staticmethod
    def _as_sqlite(value: Any) -> Any:
        if isinstance(value, datetime | date | time | Decimal):
            return str(value)
        return bytes(value) if isinstance(value, bytearray | memoryview) else value

    def key_values(self, key: Key) -> tuple[Any, ...]:
        """`key` as a tuple of stored values."""
        values = key if isinstance(key, tuple) else (key,)
        if len(values) != len(self.key):
            raise KeyForm(table=self.table)
        return tuple(self.plain(name, value) for name, value in zip(self.key, values, strict=True))

    def values(self, entry: Entry, row: Mapping[str, Any]) -> dict[str, Any]:
        """`row` as stored, with what the entry gives by itself."""
        values = {name: self.plain(name, value) for name, value in row.items()}
        for name, value in (("entry", entry.id), ("at", entry.at), ("device", entry.device)):
            if name in self.columns:
                values.setdefault(name, value)
        return {**self.defaults, **values} if self.defaults else values

    def insert(self, values: Mapping[str, Any]) -> str:
        """INSERT of the columns of `values`."""
        found = self._sql.get(kind := ("insert", *values))
        if found is None:
            names = ", ".join(f'"{self.columns[name]}"' for name in values)
            marks = ", ".join("?" * len(values))
            found = self._sql[kind] = f'INSERT INTO "{self.table}" ({names}) VALUES ({marks})'  # noqa: S608
        return found

    def update(self, values: Mapping[str, Any]) -> str:
        """UPDATE of the columns of `values` in the row with a key."""
        found = self._sql.get(kind := ("update", *values))
        if found is None:
            names = ", ".join(f'"{self.columns[name]}" = ?' for name in values)
            found = self._sql[kind] = f'UPDATE "{self.table}" SET {names}{self._where}'  # noqa: S608
        return found

    def add(self, values: Mapping[str, Any], numbers: tuple[str, ...]) -> str:
        """INSERT, or add `numbers` where the row is there."""
        found = self._sql.get(kind := ("add", *values, "", *numbers))
        if found is None:
            key = ", ".join(f'"{self.columns[name]}"' for name in self.key)
            columns = (self.columns[name] for name in numbers)
            sums = ", ".join(f'"{c}" = coalesce("{c}", 0) + excluded."{c}"' for c in columns)
            found = self._sql[kind] = f"{self.insert(values)} ON CONFLICT ({key}) DO UPDATE SET {sums}"
        return found


@cache
def _shape(model: Model) -> _Shape:
    return _Shape(model)


def _key_text(key: tuple[Any, ...]) -> str:
    return "/".join(str(value) for value in key)
