"""What the keeper does by itself for people, the trays, backups and sticks; each asks what is due now and mostly finds
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from akimat_desk.office.carrying import ByItself
from akimat_desk.service import Tick

if TYPE_CHECKING:
    from akimat_desk.service import Desk

TICKS: Final = (
    Tick("office.tidy", 3600, "akimat_desk.office.ticks:tidy"),
    Tick("office.backup", 3600, "akimat_desk.office.ticks:back_up"),
    Tick("office.sticks", 5, "akimat_desk.office.ticks:carry"),
)


def tidy(desk: Desk) -> None:
    """Erase what came late of erased people, forget papers that were done with a week ago and files that no entry
    names, and empty the log: an erasure cannot, while somebody reads. Then remove data kept aside a month ago, which
    knows whom nobody may know.
    """
    from akimat_desk.files import FileStore
    from akimat_desk.office.room import named_files
    from akimat_desk.papers.tray import OutTray
    from akimat_desk.people.residents import erase_latecomers
    from akimat_desk.store.leftovers import forget_old

    erase_latecomers(desk.journal)
    OutTray(desk.store, desk.clock).tidy()
    with desk.store.read() as db:
        named = named_files(desk.services)(db)
    FileStore(desk.store, desk.clock).sweep(named)
    desk.store.empty_log()
    forget_old(desk.home, desk.clock.now_ms())


_sticks: Final[WeakKeyDictionary[Desk, ByItself]] = WeakKeyDictionary()


def carry(desk: Desk) -> None:
    """What lies on a stick for this PC, where no staff sign in."""
    _sticks.setdefault(desk, ByItself()).look(desk)


def back_up(desk: Desk) -> None:
    """This night's backup, where there is a recovery key and none was made yet."""
    from akimat_desk.office.backups import back_up_if_due

    back_up_if_due(desk)
