"""Bringing a backup back from the window: at a PC's first start, where the desk can no longer be opened, and where an
administrator puts a backup in the place of the present village.

A copy is chosen, the key is typed from the paper, and only then is anything opened. Until the copy is whole and proved
nothing of this PC is touched; what was there before is kept aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence
from akimat_desk.office.restoring import Finder, Found, bring_back

if TYPE_CHECKING:
    from akimat_desk.shell.app import App
    from akimat_desk.store.backup import BackupHeader
    from akimat_desk.store.restore import Restored
    from akimat_desk.ui.operations import Report
    from akimat_desk.ui.screen import Screen

LOOKED_AT: Final = 60
"""Up to this share of a hundred the copy is read and proved; from then on the data are written anew."""
PROVING: Final = Sentence(N_("The copy is being opened and checked."))
WRITING: Final = Sentence(N_("The data are being written to this PC."))

GROUPS: Final = 7
"""Of the key on the sheet."""
GROUP: Final = 5

REMEDIED: Final = frozenset({"database-damaged", "wrong-key", "no-key", "not-a-desk"})
"""What is wrong with a desk that a backup helps against, by the codes of the errors."""


@dataclass
class Restore:
    """What was chosen and typed so far; written through at every key, so that going back loses nothing."""

    app: App
    leave: Callable[[], object] | None = None
    """What Back does on the first screen; without it, the screen before is shown."""
    found: tuple[Found, ...] | None = None
    """None until it was looked for the first time."""
    typed: str = ""
    """A folder or a file, as somebody writes it."""
    named: Path | None = None
    """The folder in which is looked, too."""
    file: Path | None = None
    header: BackupHeader | None = None
    groups: list[str] = field(default_factory=lambda: [""] * GROUPS)
    error: AkimatDeskError | None = None
    """Why the last try ended."""
    restored: Restored | None = None

    def __post_init__(self) -> None:
        self._finder = Finder(self.app.home)

    # ---- the copy

    def look(self) -> tuple[Found, ...]:
        """What is on sticks, on this PC and in the named folder now (blocks)."""
        return self._finder.look(self.named)

    def name(self) -> Literal["file", "folder"]:
        """Take what was typed: a file becomes the copy, a folder is looked through (blocks).

        Raises NoSuchFile, and what `choose` raises.
        """
        from akimat_desk.store.errors import NoSuchFile

        place = Path(self.typed.strip()).expanduser()
        if place.is_dir():
            self.named, self.found = place, self._finder.look(place)
            return "folder"
        if not place.is_file():
            raise NoSuchFile(file=place)
        self.choose(place)
        return "file"

    def choose(self, file: Path) -> None:
        """Take this file (blocks). Raises NotABackup, NewerFile, BackupDamaged, BackupGone, NoSuchFile."""
        from akimat_desk.store.backup import read_header

        self.header = read_header(file)
        self.file = file

    # ---- the key

    @property
    def key(self) -> str:
        """The key as it was typed, group by group."""
        return "-".join(self.groups)

    def wrong_groups(self) -> frozenset[int]:
        """Which groups, from 0, have a typing mistake, as far as the last try has told."""
        if self.error is None or self.error.code != "recovery-key-typo":
            return frozenset()
        return frozenset(int(number) - 1 for number in re.findall(r"\d+", str(self.error.values["groups"])))

    def first_empty(self) -> int | None:
        """The first group in which nothing stands; None also where the whole key stands in one of them."""
        empty = [number for number, group in enumerate(self.groups) if not group.strip()]
        whole = any(len(group.strip()) > GROUP for group in self.groups)
        return empty[0] if empty and not whole else None

    # ---- the data

    def bring(self, report: Report) -> None:
        """Prove the copy, then make it this PC's data (blocks). Raises what `store.restore.restore` raises."""
        assert self.file is not None
        self.restored = bring_back(
            self.file,
            self.key,
            self.app.home,
            self.app.services,
            progress=lambda done, total: report(done, total, PROVING if done < LOOKED_AT else WRITING),
            clock=self.app.clock,
        )

    def done(self) -> None:
        """Open the desk that was brought back; the key is forgotten here."""
        self.groups = [""] * GROUPS
        self.app.start()


def restore(app: App, *, leave: Callable[[], object] | None = None) -> Screen:
    """The first screen: which copy."""
    from akimat_desk.shell.screens.restore import ChooseCopyScreen

    return ChooseCopyScreen(Restore(app, leave))
