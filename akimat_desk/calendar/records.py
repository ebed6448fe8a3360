"""The orders that staff wrote down, and the calendar as it is with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast

import peewee

from akimat_desk.calendar.days import Authority, Decree, State, WorkingDays
from akimat_desk.calendar.law import marks_of
from akimat_desk.journal import merge

if TYPE_CHECKING:
    from akimat_desk.store import Database, Store

TOPIC: Final = "calendar.days"

_FIELDS: Final = ("state", "order", "ordered_on", "authority", "other")


class DecreeRow(peewee.Model):
    """The order that counts for a day; earlier ones stay in the journal."""

    day = peewee.TextField(primary_key=True)
    state = peewee.TextField(default="law")
    order = peewee.TextField(default="")
    ordered_on = peewee.TextField(default="")
    authority = peewee.TextField(default="")
    other = peewee.TextField(null=True)

    class Meta:
        table_name = "calendar_decree"


PROJECTIONS: Final = (DecreeRow,)


def calendar(store: Store) -> WorkingDays:
    """The desk's calendar as it is now (blocks)."""
    with store.read() as db:
        return calendar_of(db)


def calendar_of(db: Database) -> WorkingDays:
    """The desk's calendar, inside a transaction."""
    return WorkingDays(marks_of, decrees_of(db))


def decrees(store: Store) -> tuple[Decree, ...]:
    """Every order that counts, in the order of the days; those that were taken back are not among them (blocks)."""
    with store.read() as db:
        return tuple(decrees_of(db).values())


def decrees_of(db: Database) -> dict[date, Decree]:
    """Every order that counts, by day."""
    rows = db.execute_sql(
        'SELECT day, state, "order", ordered_on, authority, other FROM calendar_decree'
        " WHERE state <> 'law' ORDER BY day"
    ).fetchall()
    return {date.fromisoformat(row[0]): _decree(row) for row in rows}


def unsettled_of(db: Database) -> frozenset[date]:
    """The days about which two PCs wrote down different orders, until another order replaces both."""
    return frozenset(date.fromisoformat(one.key) for one in merge.conflicts(db, DecreeRow))


def seen_of(db: Database, day: date) -> tuple[str, ...]:
    """The entries whose words about `day` count now: what the next order about it replaces."""
    return merge.seen(db, DecreeRow, day.isoformat(), _FIELDS)


def _decree(row: tuple[str, str, str, str, str, str | None]) -> Decree:
    day, state, order, ordered_on, authority, other = row
    return Decree(
        date.fromisoformat(day),
        cast(State, state),
        order,
        date.fromisoformat(ordered_on),
        cast(Authority, authority),
        date.fromisoformat(other) if other else None,
    )
