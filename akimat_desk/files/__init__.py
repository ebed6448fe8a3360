"""Files by content hash: scans, photos, courses. An entry names the hash; the file comes before or after it."""

from akimat_desk.files.store import FileStore, Ref
from akimat_desk.files.tables import MIGRATIONS

__all__ = ["MIGRATIONS", "FileStore", "Ref"]
