"""The tables of sync that belong to this PC alone."""

from __future__ import annotations

from typing import Final

from akimat_desk.sync import enrol, knocks, state

MIGRATIONS: Final = (*state.MIGRATIONS, *knocks.MIGRATIONS, *enrol.MIGRATIONS)
