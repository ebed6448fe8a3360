"""The table of this PC's files. Their keys lie in it, inside the encrypted database: without its row a file is noise.

`received` is how much of a file that is still coming is safe on the disk; NULL once it is whole. `unnamed_ms` is since
when no entry names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE files_file (hash BLOB PRIMARY KEY, size INTEGER NOT NULL, personal INTEGER NOT NULL,"
        " key BLOB NOT NULL, received INTEGER, unnamed_ms INTEGER)"
    )


MIGRATIONS: Final = (Migration("files.table", _make),)
