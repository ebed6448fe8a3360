"""How a room lets documents wait for release: for everybody's PCs the same, so an entry says it.

By default a document waits under its code for two hours, as in PaperCut (there: two hours in schools, four in offices),
and staff release it. A room may let residents release their own, or print at once and hold nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
import peewee
from msgspec import Meta

from akimat_desk.base.clock import local
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from akimat_desk.people.staff import administrators_only

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.store import Database

TOPIC: Final = "printing.holding"
SelfRelease = Literal["no", "all", "some"]
MINUTE_MS: Final = 60_000
MOST_MINUTES: Final = 24 * 60
MOST_KEEP: Final = 60


class HoldingOutside(Refused):
    """A time that nobody means."""

    code = "holding-outside"
    staff_text = N_("A document waits at most 24 hours, and is kept after printing for at most 60 minutes.")
    next_text = N_("Correct the minutes.")


@dataclass(frozen=True, slots=True)
class Holding:
    """The room's rules. `minutes` is how long a document waits, 0 until the end of the day; `keep_minutes` how long it
    is kept after printing, encrypted, so that it can be printed again after a jam (0: not at all). With "some",
    residents release at the PCs `pcs` (devices).
    """

    hold: bool = True
    minutes: int = 120
    keep_minutes: int = 10
    self_release: SelfRelease = "no"
    pcs: tuple[str, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """What shows them."""
        return (TOPIC,)

    def resident_may_release(self, device: str) -> bool:
        """Whether a resident releases their own document at that PC."""
        return self.self_release == "all" or (self.self_release == "some" and device in self.pcs)

    @property
    def code_digits(self) -> int:
        """A code that opens a document by itself is longer than one that staff hear and look at."""
        return 4 if self.self_release == "no" else 6

    def due_ms(self, now_ms: int) -> int:
        """Until when a document waits that came now."""
        if self.minutes:
            return now_ms + self.minutes * MINUTE_MS
        midnight = local(now_ms).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return int(midnight.timestamp() * 1000)


class HoldingSet(Facts, frozen=True):
    """The room's rules from now on (see `Holding`); `by` is the administrator who set them."""

    hold: bool
    minutes: Annotated[int, Meta(ge=0, le=MOST_MINUTES)]
    keep_minutes: Annotated[int, Meta(ge=0, le=MOST_KEEP)]
    self_release: SelfRelease = "no"
    pcs: Annotated[tuple[Id, ...], Meta(max_length=64)] = ()
    by: Id | None = None


class HoldingRow(peewee.Model):
    """Projection of `HoldingSet`; the latest counts."""

    entry = peewee.TextField(primary_key=True)
    at = peewee.IntegerField()
    content = peewee.BlobField()

    class Meta:
        table_name = "printing_holding"


def _apply(db: Database, entry: Entry) -> None:
    merge.union(db, entry, HoldingRow, content=msgspec.msgpack.encode(entry.facts))


HOLDING_SET: Final = Kind("printing.holding_set", HoldingSet, _apply)


def holding(db: Database) -> Holding:
    """The rules of now."""
    latest = HoldingRow.select().order_by(HoldingRow.at.desc(), HoldingRow.entry.desc()).limit(1)
    for row in latest.execute(db):
        facts = msgspec.msgpack.decode(row.content, type=HoldingSet)
        return Holding(facts.hold, facts.minutes, facts.keep_minutes, facts.self_release, facts.pcs)
    return Holding()


def set_holding(journal: Journal, rules: Holding, *, by: SignedIn) -> Holding:
    """Other rules from now on; what waits already keeps its time. Raises `NotAllowed`, `HoldingOutside`."""
    if not (0 <= rules.minutes <= MOST_MINUTES and 0 <= rules.keep_minutes <= MOST_KEEP):
        raise HoldingOutside
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        commit.append(
            HOLDING_SET,
            HoldingSet(
                hold=rules.hold,
                minutes=rules.minutes,
                keep_minutes=rules.keep_minutes,
                self_release=rules.self_release,
                pcs=rules.pcs,
                by=by.staff,
            ),
        )
    return rules
