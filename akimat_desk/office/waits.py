"""What has not come to the main PC yet, in words: which records, how many, since when; where somebody must act, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_
from akimat_desk.journal.parked import Reason
from akimat_desk.journal.places import unreached

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store import Database

AREAS: Final[Mapping[str, str]] = {
    "journal": N_("PCs of the room"),
    "people": N_("Residents, staff and settings"),
    "calendar": N_("Working days"),
}
"""Areas of entries that no service has; a service's are called by its title."""
OTHER: Final = N_("Records of a newer version")
REASONS: Final[Mapping[Reason, str]] = {
    "not-yet": N_("They wait for records that have not come yet. Leave this PC on and exchange."),
    "unknown-kind": N_("A newer version wrote them. Update Akimat Desk on this PC."),
    "unreadable": N_("They cannot be read. Check the data on the page “Backup” and tell support."),
    "poison": N_("They could not be put into the tables. Update Akimat Desk; if it stays so, tell support."),
}


@dataclass(frozen=True, slots=True)
class Waits:
    """`what` is a msgid; `oldest_ms` is 0 where nobody can tell. With a `reason` somebody must look at them."""

    what: str
    count: int
    oldest_ms: int
    reason: Reason | None


def waits(desk: Desk, db: Database) -> tuple[Waits, ...]:
    """Those that need attention first, then by age."""
    titles = {**AREAS, **{service.name: service.title for service in desk.services}}
    found: dict[tuple[str, Reason | None], Waits] = {}
    for one in unreached(db):
        what = titles.get(one.area, OTHER)
        before = found.get((what, one.reason))
        found[what, one.reason] = (
            replace(before, count=before.count + one.count)
            if before
            else Waits(what, one.count, one.oldest_ms, one.reason)
        )
    return tuple(found.values())
