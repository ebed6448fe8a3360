"""Older data that lie aside for safety's sake: copies from before a migration, and what a restore took the place of.

They hold whoever has been erased since, so they do not stay: after a month nobody needs them, and they go.
"""

from __future__ import annotations

import contextlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import KAZAKHSTAN, local
from akimat_desk.store.durable import sync_folder
from akimat_desk.store.layout import ASIDE, COPIES

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home

KEPT_DAYS: Final = 30
FIRST_YEAR: Final = 2026
"""What is dated earlier was made while the PC's clock was wrong: its age is not known, and it stays."""

_DAY_MS: Final = 86_400_000


def forget_old(home: Home, now_ms: int) -> int:
    """Remove what is older than `KEPT_DAYS`; how many. A clock that cannot be right removes nothing."""
    if local(now_ms).year < FIRST_YEAR:
        return 0
    gone = 0
    for folder, made_ms in ((home.data / COPIES, _changed_ms), (home.data / ASIDE, _named_ms)):
        old = [path for path in _inside(folder) if _is_old(made_ms(path), now_ms)]
        for path in old:
            with contextlib.suppress(OSError):  # in use, or gone already: another hour
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                gone += 1
        if old:
            sync_folder(folder)
    return gone


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_old(made_ms: int | None, now_ms: int) -> bool:
    if made_ms is None or local(made_ms).year < FIRST_YEAR:
        return False
    return now_ms - made_ms > KEPT_DAYS * _DAY_MS


def _changed_ms(path: Path) -> int | None:
    try:
        return int(path.stat().st_mtime * 1000)
    except OSError:
        return None


def _named_ms(path: Path) -> int | None:
    """By its name: the files in it may be links to older ones (see `restore`)."""
    try:
        made = datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=KAZAKHSTAN)
    except ValueError:
        return None
    return int(made.astimezone(UTC).timestamp() * 1000)
