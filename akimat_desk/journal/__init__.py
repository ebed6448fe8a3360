"""The journal: entries, their chain, and the tables they make.

`verify`, `receive` and `free_text` are modules of their own, loaded when they are needed.
"""

from akimat_desk.journal import devices, heirs, merge, numbers, tables
from akimat_desk.journal.append import Commit
from akimat_desk.journal.entry import Entry
from akimat_desk.journal.journal import Journal
from akimat_desk.journal.kinds import Code, Digest, Facts, Id, Kind
from akimat_desk.journal.numbers import Number
from akimat_desk.journal.parked import NotYet
from akimat_desk.journal.registry import Registry

MIGRATIONS = (*tables.MIGRATIONS, *devices.MIGRATIONS, *heirs.MIGRATIONS, *numbers.MIGRATIONS)

__all__ = [
    "MIGRATIONS",
    "Code",
    "Commit",
    "Digest",
    "Entry",
    "Facts",
    "Id",
    "Journal",
    "Kind",
    "NotYet",
    "Number",
    "Registry",
    "merge",
    "numbers",
]
