"""The store: one encrypted database that any process of the PC may read and write.

    with store.write() as db:      # BEGIN IMMEDIATE … COMMIT; undone as a whole when anything is raised
        Printer.insert(...).execute(db)
    with store.read() as db:       # everything read inside is of one moment
        rows = Printer.select().execute(db)

What was committed is on the disk when `write` returns (WAL, synchronous=FULL). Threads each have a connection of their
own. Nothing here may run on the screen's thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import must_not_block
from akimat_desk.store import layout
from akimat_desk.store.connections import BUSY_SECONDS, Database, check_sqlite
from akimat_desk.store.copies import check_copy, copy_database, count_rows
from akimat_desk.store.durable import sync_folder
from akimat_desk.store.errors import (
    DatabaseDamaged,
    DeskInUse,
    MigrationFailed,
    NestedWrite,
    NoDesk,
    StorageFault,
    StoreClosed,
    WriteInRead,
    database_faults,
    faults,
    sqlite_code,
)
from akimat_desk.store.keys import DatabaseKey, KeyRing
from akimat_desk.store.lock import FileLock, Turn
from akimat_desk.store.migrations import Migration, pending, record

TURN_SECONDS: Final = 30.0
"""How long a writer waits for its turn before it says that the PC is busy."""
_CLOSE_SECONDS: Final = 30.0
_KEPT_COPIES: Final = 3
_READONLY: Final = 8


class Store:
    """The open database of one desk. Make it with `Store.open`; close it when done."""

    def __init__(self, home: Home, key: DatabaseKey, clock: Clock, in_use: FileLock) -> None:
        self.home = home
        self.key = key
        self._clock = clock
        self._in_use = in_use
        self._db = Database(home.database, key)
        self._turn = Turn(home.data / layout.TURN)
        self._here = threading.local()
        self._gate = threading.Condition()
        self._busy = 0
        self._closed = False
        self._process = os.getpid()
        self._checked = False
        self._damaged = False

    @classmethod
    def open(
        cls,
        home: Home,
        *,
        migrations: Sequence[Migration] = (),
        create: bool = False,
        clock: Clock | None = None,
    ) -> Store:
        """Open the desk's database and bring its tables to this version; with `create`, make it where there is none.

        Raises NoDesk, NotADesk, NoKey, WrongKey, NewerFile, DatabaseDamaged, MigrationFailed, OldSqlite; in each case
        the files are as they were.
        """
        must_not_block("store.open")
        check_sqlite()
        clock = clock or SystemClock()
        if not home.database.exists() and not create:
            raise NoDesk(folder=home.data)
        in_use = FileLock(home.data / layout.IN_USE, shared=True)
        with faults():
            if not in_use.acquire(BUSY_SECONDS):
                raise DeskInUse
        try:
            if not home.database.exists():
                with Turn(home.data / layout.TURN).taken(TURN_SECONDS):
                    layout.create(home, clock.now_ms())
            store = cls(home, KeyRing(home).key_of(home.database), clock, in_use)
            try:
                with store.read() as db:
                    layout.verify(db, home.database)
                store._migrate(migrations)
            except BaseException:
                store.close()
                raise
        except BaseException:
            in_use.release()
            raise
        return store

    @property
    def copy(self) -> str:
        """A random name of this copy of the data: a restore gives a new one, whatever else is the same."""
        with self.read() as db:
            return layout.meta(db, "copy")

    @contextmanager
    def exclusive(self, seconds: float = TURN_SECONDS) -> Iterator[None]:
        """This thread's turn to write, kept from every other thread and process until the block ends.

        `write` takes it by itself; take it round a write when something outside the database belongs to it.
        """
        must_not_block("store.exclusive")
        self._usable()
        with self._turn.taken(seconds):
            yield

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One transaction that changes things. Raised inside: undone, and the error goes on up.

        The first one of a process checks the database first; a damaged one is not written to.
        """
        must_not_block("store.write")
        self._usable()
        if self._mode is not None:
            raise NestedWrite(outer=self._mode)
        with self._turn.taken(TURN_SECONDS):
            if not self._checked:
                self.quick_check()
            if self._damaged:
                raise DatabaseDamaged
            with self._transaction("write") as db:
                yield db

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A snapshot: what was committed when the block began. Inside a write it sees that write's own changes."""
        must_not_block("store.read")
        self._usable()
        if self._mode is not None:
            yield self._db
            return
        with self._transaction("read") as db:
            yield db

    def quick_check(self) -> None:
        """Read every page in use and see that the tables hang together; `DatabaseDamaged` otherwise.

        About 0.7 s for 100 MB on a weak PC. The window calls it after its first picture, off the screen's thread.
        """
        must_not_block("store.quick_check")
        with self.read() as db:
            if db.execute_sql("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                self._damaged = True
                raise DatabaseDamaged
            db.execute_sql("PRAGMA shrink_memory")  # the whole file went through the cache
        self._checked = True

    def stop_writing(self) -> None:
        """Somebody found damage: from now on every write of this store raises `DatabaseDamaged`."""
        self._damaged = True

    def empty_log(self) -> bool:
        """Bring all that was committed into the database file and cut its log (WAL) to nothing.

        What was erased is overwritten in the file, but older pages stay in the log until then. False where somebody is
        reading; nobody is waited for, a later call does it.
        """
        must_not_block("store.empty_log")
        if self._mode is not None:
            raise NestedWrite(outer=self._mode)
        with self.exclusive(), self._working(), database_faults():
            self._db.connect(reuse_if_open=True)
            self._db.execute_sql("PRAGMA busy_timeout = 0").fetchall()
            try:
                (busy, _, _) = self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._db.execute_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}").fetchall()
        return not busy

    def pending(self, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
        """Which of `migrations` the file has not seen yet; changes nothing."""
        with self.read() as db:
            return pending(db, migrations)

    def close(self) -> None:
        """Close every thread's connection, after the transactions that run now; calling it twice does no harm."""
        if self._mode is not None:
            raise NestedWrite(outer=self._mode)
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._gate.wait_for(lambda: self._busy == 0, _CLOSE_SECONDS)
            if self._busy == 0:
                self._db.close_all()
        self._in_use.release()

    @property
    def _mode(self) -> Literal["read", "write"] | None:
        mode: Literal["read", "write"] | None = getattr(self._here, "mode", None)
        return mode

    def _usable(self) -> None:
        # A forked child shares the parent's file descriptors and would undo its locks.
        if self._closed or self._process != os.getpid():
            raise StoreClosed

    @contextmanager
    def _working(self) -> Iterator[None]:
        """`close` waits for the block to end."""
        with self._gate:
            self._usable()
            self._busy += 1
        try:
            yield
        finally:
            with self._gate:
                self._busy -= 1
                if self._closed or self._damaged:
                    # After a page that did not fit, SQLCipher answers nothing more on that connection.
                    self._db.close()
                self._gate.notify_all()

    @contextmanager
    def _transaction(self, mode: Literal["read", "write"]) -> Iterator[Database]:
        with self._working():
            self._here.mode = mode
            try:
                with database_faults():
                    self._db.connect(reuse_if_open=True)
                    with self._db.atomic("IMMEDIATE" if mode == "write" else "DEFERRED"):
                        if mode == "write":
                            yield self._db
                        else:
                            with self._snapshot():
                                yield self._db
            except DatabaseDamaged:
                self._damaged = True
                raise
            except StorageFault as error:
                if mode == "read" and error.__cause__ is not None and sqlite_code(error.__cause__) == _READONLY:
                    raise WriteInRead from error.__cause__
                raise
            finally:
                self._here.mode = None

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        # The first SELECT is what starts SQLite's snapshot.
        self._db.execute_sql("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
        self._db.execute_sql("PRAGMA query_only = ON")
        try:
            yield
        finally:
            self._db.execute_sql("PRAGMA query_only = OFF")

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        if not self.pending(migrations):
            return
        with self.exclusive():
            with self.read() as db:
                todo = pending(db, migrations)
                if todo and layout.holds_data(db):
                    self._keep_copy(db, todo[0].name)
            if not todo:
                return
            name = todo[0].name
            try:
                with self.write() as db:
                    for migration in todo:
                        name = migration.name
                        migration.apply(db)
                        record(db, migration, self._clock.now_ms())
                    if db.execute_sql("PRAGMA foreign_key_check").fetchone():
                        raise MigrationFailed(change=name)
            except AkimatDeskError:
                raise
            except Exception as error:
                raise MigrationFailed(change=name) from error

    def _keep_copy(self, db: Database, name: str) -> None:
        folder = self.home.data / layout.COPIES
        with faults():
            folder.mkdir(mode=0o700, exist_ok=True)
            kept = sorted(folder.glob("*-before-*.db"))
            # Numbered, not dated: with the clock back in 1970 the newest copy must not look like the oldest.
            number = int(kept[-1].name[:6]) + 1 if kept else 1
            file = folder / f"{number:06}-before-{name}.db"
            copy_database(db, self.key, file)
            check_copy(file, self.key, count_rows(db.connection()))
            sync_folder(folder)
            for old in [*kept, file][:-_KEPT_COPIES]:
                old.unlink()
