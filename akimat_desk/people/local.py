"""The tables of people that belong to this PC alone."""

from __future__ import annotations

from typing import Final

from akimat_desk.people import lockout, zone

MIGRATIONS: Final = (*lockout.MIGRATIONS, *zone.MIGRATIONS)
