"""The tables of this PC alone that belong to no other service: people's, the trays', and when a copy was saved."""

from __future__ import annotations

from typing import Final

from akimat_desk.office import backups
from akimat_desk.papers import tray
from akimat_desk.people import local

LOCAL_TABLES: Final = (*local.MIGRATIONS, *tray.MIGRATIONS, *backups.MIGRATIONS)
