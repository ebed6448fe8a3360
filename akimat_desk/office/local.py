"""The tables of this PC alone that belong to no other service: people's, the trays', the room's, and when a copy was
saved.
"""

from __future__ import annotations

from typing import Final

from akimat_desk.office import backups
from akimat_desk.papers import tray
from akimat_desk.people import local
from akimat_desk.sync import local as sync

LOCAL_TABLES: Final = (*local.MIGRATIONS, *tray.MIGRATIONS, *backups.MIGRATIONS, *sync.MIGRATIONS)
