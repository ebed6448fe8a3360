"""The tables of this PC alone that belong to no service: people's, and the trays'."""

from __future__ import annotations

from typing import Final

from akimat_desk.papers import tray
from akimat_desk.people import local

LOCAL_TABLES: Final = (*local.MIGRATIONS, *tray.MIGRATIONS)
