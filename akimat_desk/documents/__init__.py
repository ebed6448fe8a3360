"""Untrusted files, opened in a worker process: kind, pages, preview, repair.

`Worker` is the way in. Nothing imported here reads files, and no file is opened in the desk's own process.
"""

from akimat_desk.documents.inspection import Inspection, Kind, inspection_json
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.protocol import Strip
from akimat_desk.documents.worker import A4_MM, Printable, Worker

__all__ = ["A4_MM", "Inspection", "Kind", "Limits", "Printable", "Strip", "Worker", "inspection_json"]
