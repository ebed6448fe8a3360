"""Live topics: tables of the host alone that other PCs show too, as a print queue does. They change without an entry.

For each of its topics a service has a *mark*: a word that is another one after every change that shows. The host sends
its marks to the PCs that wait for news; these write them down, so that every process of a PC sees them move, and asks
anew for what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database

Marks = Callable[["Database"], Mapping[str, str]]
"""The marks of now by topic, read from tables of this PC. Asked after every commit: it costs next to nothing."""


def none(db: Database) -> Mapping[str, str]:
    """Nothing is live."""
    return {}


def of_host(db: Database) -> dict[str, str]:
    """The host's marks as it last told them."""
    return dict(db.connection().execute("SELECT topic, mark FROM sync_live").fetchall())


def keep(db: Database, marks: Mapping[str, str]) -> None:
    """The host has told its marks."""
    connection = db.connection()
    connection.execute("DELETE FROM sync_live")
    connection.executemany("INSERT INTO sync_live VALUES (?, ?)", sorted(marks.items()))


def with_host(own: Marks) -> Marks:
    """What a screen of this PC follows: a topic moves here, or at the host."""

    def marks(db: Database) -> Mapping[str, str]:
        here, there = own(db), of_host(db)
        return {topic: f"{here.get(topic, '')}/{there.get(topic, '')}" for topic in {*here, *there}}

    return marks


def moved(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    """The topics whose marks differ."""
    return frozenset(topic for topic in {*before, *now} if before.get(topic) != now.get(topic))


def _make(db: Database) -> None:
    db.execute_sql("CREATE TABLE sync_live (topic TEXT PRIMARY KEY, mark TEXT NOT NULL)")


MIGRATION: Final = Migration("sync.live", _make)
