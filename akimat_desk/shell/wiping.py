"""The end of a resident's session: whatever of theirs is on this PC is destroyed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from akimat_desk.service import load

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home
    from akimat_desk.service import Desk


def wipe(desk: Desk) -> int:
    """Every service destroys what it holds, then the session's folders go; how many things could not be erased."""
    for service in desk.services:
        if service.wipe:
            load(service.wipe)(desk)
    return wipe_leftovers(desk.home)


def wipe_leftovers(home: Home) -> int:
    """Remove what a session, also one that was killed, left in its folders; how many things are still there."""
    for entry in home.sessions.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
    return sum(1 for _ in home.sessions.iterdir())
