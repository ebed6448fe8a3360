"""Things of which there is one (a slot, a number): the host decides, and says so in an entry.

Host is a role with a term. A staff entry raises the term and names the device; each ruling names the entry that made
its author host. Of two rulings on one thing the one of the higher term counts; if two staff raised one term at once,
that of the later raising; within one host's term, the later ruling. Every PC sees the same, in whatever order entries
arrive.

Without a ruling a claim is "requested", however many there are, and is shown so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import peewee

from akimat_desk.journal.devices import only_by_staff
from akimat_desk.journal.entry import Entry
from akimat_desk.journal.kinds import Code, Facts, Id, Kind
from akimat_desk.journal.parked import NotYet, arrived

if TYPE_CHECKING:
    from akimat_desk.store import Database

Standing = Literal["requested", "granted", "refused"]


class HostRaised(Facts, frozen=True):
    """From now on `device` is the room's host; `by` is the staff member who said so."""

    device: Id
    term: int
    by: Id | None = None


class Ruling(Facts, frozen=True):
    """The host (by the `HostRaised` entry `host`) gives `thing` of `space` to the entry `holder`, or frees it."""

    host: Id
    space: Code
    thing: Code
    holder: Id | None = None


class HostRow(peewee.Model):
    """Every raising; the highest (term, at, entry) is the host now."""

    entry = peewee.TextField(primary_key=True)
    term = peewee.IntegerField()
    at = peewee.IntegerField()
    device = peewee.TextField()

    class Meta:
        table_name = "journal_host"


class RulingRow(peewee.Model):
    """Every ruling; the highest (term, host_at, host, at, entry) of a thing counts."""

    entry = peewee.TextField(primary_key=True)
    space = peewee.TextField()
    thing = peewee.TextField()
    holder = peewee.TextField(null=True)
    term = peewee.IntegerField()
    host_at = peewee.IntegerField()
    host = peewee.TextField()
    at = peewee.IntegerField()

    class Meta:
        table_name = "journal_ruling"
        indexes = ((("space", "thing"), False),)


class Claim(peewee.Model):
    """Every claim, for services to join by `entry`; `standing` is what a person is shown."""

    entry = peewee.TextField(primary_key=True)
    space = peewee.TextField()
    thing = peewee.TextField()
    at = peewee.IntegerField()
    standing = peewee.TextField()

    class Meta:
        table_name = "journal_claim"
        indexes = ((("space", "thing"), False),)


def unique(db: Database, entry: Entry, space: str, thing: str) -> None:
    """`entry` claims `thing` of `space` ("meetings.slot", "2026-11-20/3"). See `Claim` for how it stands."""
    if entry.again:
        return
    db.connection().execute(
        "INSERT INTO journal_claim (entry, space, thing, at, standing) VALUES (?, ?, ?, ?, 'requested')",
        (entry.id, space, thing, entry.at),
    )
    _settle(db.connection(), space, thing)
    arrived(db, entry.id)


def current_host(db: Database) -> HostRow | None:
    """The raising that counts now."""
    order = (HostRow.term.desc(), HostRow.at.desc(), HostRow.entry.desc())
    return next(iter(HostRow.select().order_by(*order).limit(1).execute(db)), None)


def unsettled(db: Database) -> list[tuple[str, str, tuple[str, ...]]]:
    """(space, thing, claims in order of time) wherever a claim waits for a ruling: what a host looks through."""
    rows = db.connection().execute(
        "SELECT space, thing, entry FROM journal_claim AS c WHERE EXISTS (SELECT 1 FROM journal_claim AS w"
        " WHERE w.space = c.space AND w.thing = c.thing AND w.standing = 'requested') ORDER BY space, thing, at, entry"
    )
    found: dict[tuple[str, str], list[str]] = {}
    for space, thing, entry in rows:
        found.setdefault((space, thing), []).append(entry)
    return [(space, thing, tuple(entries)) for (space, thing), entries in found.items()]


def _settle(connection: Any, space: str, thing: str) -> None:
    ruling = connection.execute(
        "SELECT holder FROM journal_ruling WHERE space = ? AND thing = ?"
        " ORDER BY term DESC, host_at DESC, host DESC, at DESC, entry DESC LIMIT 1",
        (space, thing),
    ).fetchone()
    if ruling is not None:
        connection.execute(
            "UPDATE journal_claim SET standing = CASE WHEN entry IS ? THEN 'granted' ELSE 'refused' END"
            " WHERE space = ? AND thing = ?",
            (ruling[0], space, thing),
        )


def _apply_host(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: HostRaised = entry.facts
    only_by_staff(db, [entry.device, facts.device])
    db.connection().execute(
        "INSERT INTO journal_host (entry, term, at, device) VALUES (?, ?, ?, ?)",
        (entry.id, facts.term, entry.at, facts.device),
    )


def _apply_ruling(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: Ruling = entry.facts
    connection = db.connection()
    host = connection.execute("SELECT term, at, device FROM journal_host WHERE entry = ?", (facts.host,)).fetchone()
    if host is None:
        raise NotYet(facts.host)
    term, host_at, device = host
    if device != entry.device:
        raise PermissionError  # a ruling by one who was not made host: parked on every PC alike
    connection.execute(
        "INSERT INTO journal_ruling (entry, space, thing, holder, term, host_at, host, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.id, facts.space, facts.thing, facts.holder, term, host_at, facts.host, entry.at),
    )
    _settle(connection, facts.space, facts.thing)


HOST_RAISED = Kind("journal.host_raised", HostRaised, _apply_host)
RULING = Kind("journal.ruling", Ruling, _apply_ruling)
