"""A new recovery key on its way: made, printed, proved to be readable, and only then used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.office import actions
from akimat_desk.office.recovery_sheet import print_recovery_sheet

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store.recovery import RecoveryKey


class NewKey:
    """The key is made when it is first asked for; it lies only here and on paper, and `forget` drops it."""

    def __init__(self, desk: Desk, old_sheet: str) -> None:
        self._desk = desk
        self._key: RecoveryKey | None = None
        self.old_sheet = old_sheet
        """The sheet that opens the backups made until now; "" where there was none."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The key as it stands on the sheet."""
        return tuple(self._whole().printed.split("-"))

    @property
    def sheet(self) -> str:
        """The number of the new sheet."""
        return self._whole().seal.sheet

    def print_sheet(self) -> None:
        """Lay the sheet into the out-tray (blocks)."""
        print_recovery_sheet(self._desk, self._whole(), actions.signed_in(self._desk).name)

    def is_last_group(self, typed: str) -> bool:
        """Whether the last group was typed back from the paper."""
        from akimat_desk.store.recovery import same_group

        return same_group(typed, self.groups[-1])

    def use(self) -> None:
        """From now on backups are sealed to this key (blocks). Raises `NotAllowed`."""
        actions.use_recovery_key(self._desk, self._whole().seal)

    def forget(self) -> None:
        """Drop the key."""
        self._key = None

    def _whole(self) -> RecoveryKey:
        if self._key is None:
            from akimat_desk.store.recovery import RecoveryKey

            self._key = RecoveryKey.make()
        return self._key
