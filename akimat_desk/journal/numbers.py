"""Numbers of a day that people are called by (a ticket, a place in a queue): none is ever given twice.

    with journal.commit() as commit:
        number = numbers.give(commit, "meetings.ticket", day)
        commit.append(TICKET_TAKEN, TicketTaken(day=day, number=number))

`str(number)` is what is printed and called: "12" at the PC the room was founded on, "Д12" at another, behind the
letters of that PC (`journal.prefixes`), so that PCs off the line need ask nobody. Of one series and day each PC counts
on from its last number, in the transaction of the entry that carries it: a crash takes both back, and neither a clock
that is set back nor a PC that is changes what was given. A PC set back to a backup counts from 1 again, behind another
letter.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal.kinds import Code
from akimat_desk.journal.prefixes import Prefix, prefix_of, written
from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.journal.append import Commit
    from akimat_desk.store import Database


class Number(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A number behind the letters of the PC that gave it; narrow enough to stand in facts."""

    prefix: Prefix
    value: Annotated[int, Meta(ge=1, lt=2**31)]

    def __str__(self) -> str:
        return f"{written(self.prefix)}{self.value}"


def give(commit: Commit, series: Code, day: date) -> Number:
    """The next number of `series` on `day` at this PC. The commit must go on to append the entry that carries it: what
    no entry holds was not given.
    """
    connection: Any = commit.db.connection()
    prefix = prefix_of(connection, commit.head.device, commit.head.epoch)
    (value,) = connection.execute(
        "INSERT INTO journal_number (series, day, prefix, last) VALUES (?, ?, ?, 1)"
        " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        (series, day.isoformat(), bytes(prefix)),
    ).fetchone()
    commit.promise()
    return Number(prefix, value)


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE journal_number (series TEXT NOT NULL, day TEXT NOT NULL, prefix BLOB NOT NULL,"
        " last INTEGER NOT NULL, PRIMARY KEY (series, day, prefix)) WITHOUT ROWID"
    )


MIGRATIONS: Final = (Migration("journal.numbers", _make),)
"""How far this PC has counted: its own matter, so it is no projection, and a replay leaves it alone."""
