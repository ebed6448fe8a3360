"""Personal parts that travel without their entries, because those came first by a PC that does not hold parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from akimat_desk.journal.batch import Audience, travels
from akimat_desk.journal.entry import Personal
from akimat_desk.journal.tables import ABSENT

if TYPE_CHECKING:
    from akimat_desk.journal.registry import Registry

MOST_WANTED: Final = 200


def wanted(connection: Any) -> list[str]:
    """Some entries whose part is not here. Which ones is left to chance: a part nobody has must not hide the others."""
    rows = connection.execute(
        "SELECT id FROM journal_entry WHERE personal = ? ORDER BY random() LIMIT ?", (ABSENT, MOST_WANTED)
    )
    return [id for (id,) in rows]


def parts_of(connection: Any, registry: Registry, ids: list[str], audience: Audience) -> list[tuple[str, Personal]]:
    """The parts of the entries `ids` that this PC holds and the audience may have."""
    found = []
    for id in ids[:MOST_WANTED]:
        rows = connection.execute(
            "SELECT e.bytes, p.salt, p.bytes FROM journal_entry e JOIN journal_personal p ON p.arrival = e.arrival"
            " WHERE e.id = ?",
            (id,),
        ).fetchall()
        # Where two entries say different things under one id, each has its own part.
        parts = {Personal(salt, part) for data, salt, part in rows if travels(registry, data, audience)}
        found += [(id, part) for part in sorted(parts, key=lambda part: part.salt)]
    return found[:MOST_WANTED]
