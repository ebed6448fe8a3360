"""The long check: every page, every index, every reference, every row counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.base.threads import must_not_block
from akimat_desk.store.copies import count_rows
from akimat_desk.store.errors import DatabaseDamaged
from akimat_desk.store.store import Store

_PAGES: Final = "PRAGMA cipher_integrity_check"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found; the tuples are empty when all is well. Lines are SQLite's own, for support."""

    cipher: tuple[str, ...]
    """Pages whose HMAC does not fit (PRAGMA cipher_integrity_check)."""
    structure: tuple[str, ...]
    """Tables and indexes that do not hang together (PRAGMA integrity_check)."""
    references: tuple[str, ...]
    """Rows that refer to rows which are not there, as "table 3 -> table" (PRAGMA foreign_key_check)."""
    counts: dict[str, int]
    """Rows by table; empty when they cannot be counted."""
    size: int
    """Bytes of the file, without its WAL."""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.cipher or self.structure or self.references)


def check(store: Store) -> CheckReport:
    """Look at everything; damage is a result here, not an error, and ends writing. About 1 s for 50 MB."""
    must_not_block("store.check")
    cipher = _pages(store)
    structure = tuple(line for line in _lines(store, "PRAGMA integrity_check(20)") if line != "ok")
    references: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    if cipher or structure:
        store.stop_writing()
    else:
        with store.read() as db:
            rows = db.execute_sql("PRAGMA foreign_key_check").fetchall()
            references = tuple(f"{table} {row} -> {parent}" for table, row, parent, _ in rows)
            counts = count_rows(db.connection())
    return CheckReport(cipher, structure, references, counts, store.home.database.stat().st_size)


def _pages(store: Store) -> tuple[str, ...]:
    """Pages whose HMAC does not fit.

    SQLCipher looks at the file alone. A process killed while it brought its log into the file leaves pages there that
    are right in the log only, or holes where none was yet; so whatever is found is looked at again with the log
    emptied. While somebody reads it cannot be: then `integrity_check`, which reads all pages through the log, decides.
    """
    found = _lines(store, _PAGES)
    if not found:
        return ()
    try:
        with store.exclusive():
            return _lines(store, _PAGES) if store.empty_log() else ()
    except DatabaseDamaged:
        return found


def _lines(store: Store, pragma: str) -> tuple[str, ...]:
    try:
        with store.read() as db:
            return tuple(str(line) for (line,) in db.execute_sql(pragma).fetchall())
    except DatabaseDamaged as error:
        return (str(error.__cause__ or error),)
