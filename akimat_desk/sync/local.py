"""The tables of sync, and of the files that travel by it, that belong to this PC alone."""

from __future__ import annotations

from typing import Final

from akimat_desk.files import tables as files
from akimat_desk.sync import enrol, knocks, state

MIGRATIONS: Final = (*state.MIGRATIONS, *knocks.MIGRATIONS, *enrol.MIGRATIONS, *files.MIGRATIONS)
