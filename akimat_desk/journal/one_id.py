"""Several entries under one id. Mostly one entry, which its device wrote again in a later epoch; else a program lied.

Of those that say different things one stands, on every PC the same, whatever came first: the device that made the id
wrote it (`entry.is_by`), and of several by one device the earliest place counts. The others are kept, shown, and
applied nowhere.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from akimat_desk.journal.entry import Header, is_by, read_header


class Copy(NamedTuple):
    """One of them, as it lies here."""

    arrival: int
    stands: bool
    header: Header


def copies_of(connection: Any, id: str) -> list[Copy]:
    """All entries with this id, in order of arrival."""
    rows = connection.execute("SELECT arrival, stands, bytes FROM journal_entry WHERE id = ? ORDER BY arrival", (id,))
    return [Copy(arrival, bool(stands), read_header(data)) for arrival, stands, data in rows]


def true_copies(copies: list[Copy]) -> list[Copy]:
    """Those of them that count, which all say the same."""
    first = min(copies, key=lambda copy: _rank(copy.header)).header
    return [copy for copy in copies if _says_the_same(first, copy.header)]


def stand_instead(connection: Any, copy: Copy) -> None:
    """Let this one stand, and forget what the one before it had withdrawn."""
    id = copy.header.id.hex()
    connection.execute("UPDATE journal_entry SET stands = (arrival = ?) WHERE id = ?", (copy.arrival, id))
    connection.execute("DELETE FROM journal_parked WHERE arrival = ?", (copy.arrival,))
    connection.execute("DELETE FROM journal_limit WHERE entry = ?", (id,))


def _rank(header: Header) -> tuple[bool, bytes, int, int]:
    return not is_by(header.device, header.id), header.device, header.epoch, header.seq


def _says_the_same(one: Header, other: Header) -> bool:
    same = ("device", "at", "kind", "version", "personal")
    return all(getattr(one, name) == getattr(other, name) for name in same) and bytes(one.facts) == bytes(other.facts)
