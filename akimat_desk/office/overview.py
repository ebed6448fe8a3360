"""What office says on the staff's overview of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_
from akimat_desk.office.backups import last_copy
from akimat_desk.office.cards import waiting
from akimat_desk.office.rules import OVERDUE_DAYS, days_between
from akimat_desk.people.residents import how_many
from akimat_desk.people.staff import staff
from akimat_desk.service import Figure

if TYPE_CHECKING:
    from akimat_desk.service import Desk


def figures(desk: Desk) -> Sequence[Figure]:
    """Residents, staff, and how long ago a copy was saved."""
    language = desk.words.language
    copy, to_settle = last_copy(desk.store), waiting(desk)
    days = days_between(copy.made_ms, desk.clock.now_ms()) if copy else None
    overdue = days is None or days > OVERDUE_DAYS
    shown = "–" if days is None else format_number(days, language)
    return (
        Figure(N_("Residents registered"), format_number(how_many(desk.store), language)),
        Figure(N_("Work here"), format_number(len(staff(desk.store)), language)),
        Figure(N_("Days since a copy was saved"), shown, "waiting" if overdue else "plain"),
        *((Figure(N_("Cards to settle"), str(to_settle), "waiting"),) if to_settle else ()),
    )
