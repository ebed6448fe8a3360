"""Where things lie on this PC.

The data folder holds the encrypted database and spool. Keys, the journal's mark and the machine's fingerprint lie in a
folder of their own, so that a copied or restored data folder is recognised (house: restored and cloned PCs).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

HOME_VARIABLE: Final = "AKIMAT_DESK_HOME"
KEYS_VARIABLE: Final = "AKIMAT_DESK_KEYS"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one desk. Nothing is made until `ensure`."""

    data: Path
    keys: Path

    @classmethod
    def find(cls, data: Path | None = None) -> Home:
        """`--home DIR`, else AKIMAT_DESK_HOME, else the user's data folder; keys beside the user's settings.

        The key folder's name is a hash of the data folder's path: two desks of one user do not share keys.
        """
        chosen = data or (Path(v) if (v := os.environ.get(HOME_VARIABLE)) else None)
        chosen = (chosen or Path(platformdirs.user_data_dir("akimat-desk", appauthor=False))).expanduser().resolve()
        root = os.environ.get(KEYS_VARIABLE)
        keys = Path(root) if root else Path(platformdirs.user_config_dir("akimat-desk", appauthor=False)) / "keys"
        return cls(chosen, keys.resolve() / hashlib.sha256(str(chosen).encode()).hexdigest()[:16])

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.data / "desk.db"

    @property
    def spool(self) -> Path:
        """Encrypted files of jobs that wait; emptied by the wipe."""
        return self.data / "spool"

    @property
    def sessions(self) -> Path:
        """One throw-away folder a resident's session; removed by the wipe and at start."""
        return self.data / "sessions"

    def ensure(self) -> Home:
        """Make the folders, readable by this user only."""
        for folder in (self.data, self.keys, self.spool, self.sessions):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self
