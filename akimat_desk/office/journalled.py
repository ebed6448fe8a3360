"""The kinds of entry, and the tables made of them, that belong to no other service: people's and the calendar's."""

from __future__ import annotations

from typing import Final

from akimat_desk.calendar import entries as calendar
from akimat_desk.calendar import records as calendar_tables
from akimat_desk.people import entries as people
from akimat_desk.people import records as people_tables

KINDS: Final = (*people.KINDS, *calendar.KINDS)
PROJECTIONS: Final = (*people_tables.PROJECTIONS, *calendar_tables.PROJECTIONS)
