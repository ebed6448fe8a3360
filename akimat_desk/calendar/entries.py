"""The entry by which a day becomes a day off or a worked one: by an order with a number, a date and an authority."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta

from akimat_desk.calendar.days import Authority, State
from akimat_desk.calendar.records import DecreeRow
from akimat_desk.journal import Entry, Facts, Id, Kind, merge

if TYPE_CHECKING:
    from akimat_desk.store import Database

OrderNumber = Annotated[str, Meta(pattern=r"^(?!.*\d{6})[0-9A-Za-zЀ-ӿ№ ./-]{1,24}\Z")]
"""The number of an order: "820", "№ 12-ө", "P2500000123" is too long a row of digits. Too narrow for an IIN."""


class DayDecreed(Facts, frozen=True):
    """What an order makes of a day. `other` is the day it is swapped with; `replaces` what the author saw."""

    day: date
    state: State
    order: OrderNumber
    ordered_on: date
    authority: Authority
    other: date | None = None
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


def _apply_decreed(db: Database, entry: Entry) -> None:
    facts: DayDecreed = entry.facts
    day = facts.day.isoformat()
    # Every day has its row from the first order about it; orders are edits of it, so that two PCs that wrote one down
    # at once agree, and the one that does not count is shown.
    db.connection().execute(
        'INSERT OR IGNORE INTO calendar_decree (day, state, "order", ordered_on, authority)'
        " VALUES (?, 'law', '', '', '')",
        (day,),
    )
    merge.edit(
        db,
        entry,
        DecreeRow,
        day,
        facts.replaces,
        state=facts.state,
        order=facts.order,
        ordered_on=facts.ordered_on.isoformat(),
        authority=facts.authority,
        other=facts.other.isoformat() if facts.other else None,
    )


DAY_DECREED: Final = Kind("calendar.day_decreed", DayDecreed, _apply_decreed)
KINDS: Final = (DAY_DECREED,)
