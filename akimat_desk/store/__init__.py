"""The encrypted database, backup, recovery key.

`backup`, `restore`, `check` and `export` are modules of their own, loaded when they are needed.
"""

from akimat_desk.store.connections import Database
from akimat_desk.store.migrations import Migration
from akimat_desk.store.store import Store

__all__ = ["Database", "Migration", "Store"]
