"""The smallest desk a test can write to: one table of notes."""

from __future__ import annotations

from akimat_desk.store import Database, Migration, Store


def make_notes(db: Database) -> None:
    db.execute_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")


NOTES = Migration("test.notes", make_notes)


def add(store: Store, *texts: str) -> None:
    with store.write() as db:
        for text in texts:
            db.execute_sql("INSERT INTO note (text) VALUES (?)", (text,))


def texts(store: Store) -> list[str]:
    with store.read() as db:
        return [text for (text,) in db.execute_sql("SELECT text FROM note ORDER BY id").fetchall()]
