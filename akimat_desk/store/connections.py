"""One SQLCipher connection a thread, all with the same settings, all closed by whichever thread closes the store."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Any, Final

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from akimat_desk.store.errors import OldSqlite
from akimat_desk.store.keys import DatabaseKey

BUSY_SECONDS: Final = 10
SAFE_SQLITE: Final = (3, 51, 3)
"""Before it, two connections that reset the WAL at one moment could damage the file (sqlite.org, WAL-reset fault)."""

SETTINGS: Final = (
    "synchronous = FULL",  # what a person saw as done survives a power cut; NORMAL loses acknowledged commits
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",  # erased personal data is overwritten, not only unlinked
    "temp_store = MEMORY",  # sorting residents leaves no temporary file
    "mmap_size = 0",  # an I/O error is an error, not a crash
    "wal_autocheckpoint = 200",  # pages; keeps the WAL, and the time to open after a cut, small
    "journal_size_limit = 1048576",
    "cache_size = -32000",  # KiB; pages are kept decrypted only here
)


def check_sqlite() -> None:
    """Refuse a SQLite that can damage data."""
    if sqlcipher.sqlite_version_info < SAFE_SQLITE:
        raise OldSqlite(found=sqlcipher.sqlite_version, needed=".".join(map(str, SAFE_SQLITE)))


def connect(file: Path, key: DatabaseKey, *, create: bool = False, settings: tuple[str, ...] = SETTINGS) -> Any:
    """A bare connection to `file`. A wrong key shows at the first read, not here."""
    if create:
        file.touch(mode=0o600)
    connection = sqlcipher.connect(
        f"{file.resolve().as_uri()}?mode={'rwc' if create else 'rw'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
        cached_statements=256,
    )
    try:
        # First of all: otherwise SQLCipher writes its own words to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key.pragma}"')
        for setting in settings:
            connection.execute(f"PRAGMA {setting}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


class Database(SqlCipherDatabase):  # type: ignore[misc] # peewee has no types
    """The peewee database that `Store.read` and `Store.write` hand out; queries run as `query.execute(db)`."""

    def __init__(self, file: Path, key: DatabaseKey) -> None:
        self._key = key
        self._connections: dict[threading.Thread, Any] = {}
        self._listed = threading.Lock()
        super().__init__(str(file), autoconnect=False)

    def rollback(self) -> None:
        """ROLLBACK, unless SQLite has already rolled back by itself (disk full, I/O error)."""
        if self.connection().in_transaction:
            super().rollback()

    def close_all(self) -> None:
        """Close the connections of all threads; none of them may be in use."""
        with self._listed:
            left, self._connections = self._connections, {}
        for connection in left.values():
            with contextlib.suppress(sqlcipher.Error):
                connection.close()

    def _connect(self) -> Any:
        connection = connect(Path(self.database), self._key)
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            if mode != "wal":
                # Some network and stick file systems have no shared memory: the safest other way.
                connection.execute("PRAGMA synchronous = EXTRA")
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        with self._listed:
            gone = [thread for thread in self._connections if not thread.is_alive()]
            forgotten = [self._connections.pop(thread) for thread in gone]
            self._connections[threading.current_thread()] = connection
        for old in forgotten:
            old.close()
        return connection

    def _close(self, connection: Any) -> None:
        with self._listed:
            self._connections.pop(threading.current_thread(), None)
        connection.close()
