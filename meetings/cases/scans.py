"""Papers of cases that staff scan: which are wanted, and which lie in the in-tray."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_, Sentence
from akimat_desk.papers.tray import InTray
from meetings.cases import drafts, records

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.cases.records import Case

WANTED: Final = N_("Papers of minutes {number}")
TALK: Final = N_("Papers for ticket {number}")
_DAYS: Final = 14
_MOST: Final = 20


class Lying(NamedTuple):
    """A scan in the in-tray: its number there, and what it was made for."""

    number: int
    title: Sentence


def lying(desk: Desk) -> tuple[Lying, ...]:
    """The scans that wait for receptions (blocks)."""
    return tuple(Lying(one.number, one.title) for one in InTray(desk.store, desk.clock).papers("meetings"))


def wanted_scans(desk: Desk) -> Sequence[tuple[str, Sentence]]:
    """What the talk now going on brings along, and the signed minutes of the last two weeks. See
    `Service.wanted_scans`.
    """
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        begun = [one for one in drafts.kept(db) if one.ticket]
        cases = [
            one
            for one in reversed(records.cases_of_day(db, today - timedelta(days=_DAYS), today))
            if not records.papers_of(db, one.id)
        ]
    found = [(f"draft-{one.id}", Sentence(TALK, {"number": one.ticket})) for one in begun]
    found += [(f"case-{one.id}", Sentence(WANTED, {"number": one.number})) for one in cases]
    return found[:_MOST]


def lying_for(desk: Desk, case: Case) -> tuple[Lying, ...]:
    """The scans in the tray that were made for a case, or for its ticket during the talk (blocks)."""
    wanted = {(WANTED, case.number), (TALK, case.ticket)}
    return tuple(one for one in lying(desk) if (one.title.msgid, one.title.values.get("number")) in wanted)
