"""What nobody may forget today: whom to tell of another day, and the assignments whose date has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_, Sentence
from akimat_desk.service import Alert
from meetings.cases import overview
from meetings.visits import records

if TYPE_CHECKING:
    from akimat_desk.service import Desk

PAGE: Final = "meetings.visits.screens.enter:visits"


def alerts(desk: Desk) -> Sequence[Alert]:
    """See `OverviewCard.alerts` (blocks)."""
    with desk.store.read() as db:
        n = records.to_tell(db, local_date(desk.clock.now_ms()))
    said = Sentence(N_("People to be told that their reception was moved or called off: {n}"), {"n": n})
    return (*((Alert(said, PAGE),) if n else ()), *overview.alerts(desk))
