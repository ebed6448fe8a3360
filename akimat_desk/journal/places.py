"""Where records are safe, as a person is shown it: a row of a table by all entries it stands on, and all that has not
come to the main PC yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import peewee

from akimat_desk.journal import merge
from akimat_desk.journal.devices import members
from akimat_desk.journal.entry import UnreadableEntry, read_header
from akimat_desk.journal.hlc import ms_of
from akimat_desk.journal.parked import Reason
from akimat_desk.journal.receipts import Place, places, receipts
from akimat_desk.journal.rulings import current_host
from akimat_desk.journal.tables import here

if TYPE_CHECKING:
    from akimat_desk.store import Database

LEAST_SAFE_FIRST: Final[tuple[Place, ...]] = ("attention", "here", "host", "region")


def place_of(db: Database, entries: Sequence[str]) -> Place | None:
    """Of a record that stands on these entries: where the least safe of them is. None in a room of one PC, where there
    is no question.
    """
    if len(members(db)) < 2:
        return None
    found = set(places(db, entries).values())
    return next((place for place in LEAST_SAFE_FIRST if place in found), None)


def place_of_row(db: Database, model: type[peewee.Model], key: Any) -> Place | None:
    """Of the row with this key: the entry that brought it, and every edit that counts in it."""
    meta: Any = model._meta
    rows = model.select(meta.fields["entry"]).where(meta.primary_key == key).tuples().execute(db)
    fields = [name for name in meta.fields if name != "entry"]
    return place_of(db, [*(entry for (entry,) in rows), *merge.seen(db, model, key, fields)])


@dataclass(frozen=True, slots=True)
class Unreached:
    """Entries of one area (what stands before the dot in a kind's name) that the main PC has not signed for, or, where
    `reason` says why, that lie here and could not be applied. `oldest_ms` is when the first was written.
    """

    area: str
    count: int
    oldest_ms: int
    reason: Reason | None = None


def unreached(db: Database) -> list[Unreached]:
    """Those that need attention first, then by age. What other PCs wrote and sent came by the main PC."""
    found: dict[tuple[str, Reason | None], list[int]] = {}
    for data, reason in (*_parked(db.connection()), *_own(db)):
        try:
            header = read_header(data)
        except UnreadableEntry:
            found.setdefault(("", reason), []).append(0)
        else:
            found.setdefault((header.kind.partition(".")[0], reason), []).append(ms_of(header.at))
    grouped = [Unreached(area, len(times), min(times), reason) for (area, reason), times in found.items()]
    return sorted(grouped, key=lambda one: (one.reason is None, one.oldest_ms, one.area))


def _parked(connection: Any) -> list[tuple[bytes, Reason]]:
    """What was written after its PC was shut out waits for ever, as it should: nobody needs to look at it."""
    rows = connection.execute(
        "SELECT e.bytes, p.reason FROM journal_parked p JOIN journal_entry e ON e.arrival = p.arrival"
        " WHERE p.reason <> 'revoked' AND e.stands"
    )
    return [(bytes(data), reason) for data, reason in rows]


def _own(db: Database) -> list[tuple[bytes, None]]:
    connection: Any = db.connection()
    own, host = here(connection).head, current_host(db)
    if own is None or (host is not None and host.device == own.device) or len(members(db)) < 2:
        return []
    receipt = next((one for one in receipts(connection) if host is not None and one.device == host.device), None)
    signed = {head.epoch: head.seq for head in receipt.heads if head.device == own.device} if receipt else {}
    chains = connection.execute("SELECT id, epoch FROM journal_chain WHERE device = ?", (own.device,)).fetchall()
    return [
        (bytes(data), None)
        for chain, epoch in chains
        for (data,) in connection.execute(
            "SELECT bytes FROM journal_entry e WHERE chain = ? AND seq > ? AND stands"
            " AND NOT EXISTS (SELECT 1 FROM journal_parked p WHERE p.arrival = e.arrival)",
            (chain, signed.get(epoch, 0)),
        )
    ]
