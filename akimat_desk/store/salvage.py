"""What can still be read of a damaged database.

SQLCipher refuses a page whose HMAC does not fit, and from then on everything on that connection. So each table is read
on connections of its own: from its beginning as far as it goes, then from its end back to the damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from akimat_desk.base.paths import Home
from akimat_desk.store import layout
from akimat_desk.store.connections import BUSY_SECONDS, connect
from akimat_desk.store.errors import DeskInUse, database_faults, faults
from akimat_desk.store.keys import KeyRing
from akimat_desk.store.lock import FileLock

_SETTINGS: Final = ("query_only = ON", "cell_size_check = ON", "trusted_schema = OFF", "temp_store = MEMORY")

Row = tuple[Any, ...]


class _Torn(Exception):
    """The next page cannot be read."""


class Readable:
    """The tables of a damaged database; make it with `readable`."""

    def __init__(self, home: Home, connection: Any) -> None:
        self._home = home
        self.connection = connection
        """Answers what the schema says, and is never asked for a row."""
        self.torn: list[str] = []
        """Tables that were read only in part, in the order they were read."""

    @property
    def tables(self) -> list[str]:
        """Their names in order; SQLite's own tables left out."""
        names = self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        return [name for (name,) in names if not name.startswith("sqlite_")]

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of `table` that can be read, in the order of its key, each once."""
        keys = self._keys(table)
        last: Row | None = None
        try:
            for key, row in self._reach(table, keys):
                last = key
                yield row
        except _Torn:
            self.torn.append(table)
            back: list[Row] = []
            with suppress(_Torn):
                for key, row in self._reach(table, keys, down=True):
                    if key == last:
                        break
                    back.append(row)
            yield from reversed(back)

    def _reach(self, table: str, keys: list[str], *, down: bool = False) -> Iterator[tuple[Row, Row]]:
        """Key and row from one end on; raises `_Torn` where it does not go further."""
        last: Row | None = None
        try:
            for last, row in self._pass(table, keys, down):
                yield last, row
        except sqlcipher.Error as why:
            with suppress(sqlcipher.Error):
                # The driver reads one row ahead: the one it had in hand is lost with the error.
                yield from self._pass(table, keys, down, "LIMIT 1", last)
            raise _Torn from why

    def _pass(
        self, table: str, keys: list[str], down: bool, limit: str = "", beyond: Row | None = None
    ) -> Iterator[tuple[Row, Row]]:
        names, size = ", ".join(keys), len(keys)
        where = f"WHERE ({names}) {'<' if down else '>'} ({', '.join('?' * size)})" if beyond else ""
        order = ", ".join(f"{key} DESC" if down else key for key in keys)
        query = f'SELECT {names}, * FROM "{table}" {where} ORDER BY {order} {limit}'  # noqa: S608 (names of the schema)
        with closing(_open(self._home)) as connection:
            for row in connection.execute(query, beyond or ()):
                yield row[:size], row[size:]

    def _keys(self, table: str) -> list[str]:
        """The columns the table itself is sorted by, so that no index is needed to read it in order."""
        columns = self.connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        (without_rowid,) = self.connection.execute(
            "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)
        ).fetchone()
        primary = sorted((place, name) for _, name, _, _, _, place in columns if place)
        return [f'"{name}"' for _, name in primary] if without_rowid else ["rowid"]


@contextmanager
def readable(home: Home) -> Iterator[Readable]:
    """The damaged database of `home`, for as long as nobody restores another one in its place.

    Raises DatabaseDamaged where not even the list of tables can be read, NoKey, WrongKey, NotADesk, DeskInUse.
    """
    in_use = FileLock(home.data / layout.IN_USE, shared=True)
    with faults():
        if not in_use.acquire(BUSY_SECONDS):
            raise DeskInUse
    try:
        with database_faults():
            connection = _open(home)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        with closing(connection):
            yield Readable(home, connection)
    finally:
        in_use.release()


def _open(home: Home) -> Any:
    return connect(home.database, KeyRing(home).key_of(home.database), settings=_SETTINGS)
