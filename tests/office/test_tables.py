"""Every desk has the tables of people and of the trays, whatever services are installed."""

from __future__ import annotations

from akimat_desk.papers.tray import InTray, OutTray
from akimat_desk.people.residents import find
from akimat_desk.people.staff import has_staff
from akimat_desk.people.zone import ThisPc, this_pc
from akimat_desk.service import Desk


def test_a_new_desk_has_all_tables_and_nothing_in_them(desk: Desk) -> None:
    assert OutTray(desk.store, desk.clock).papers() == ()
    assert InTray(desk.store, desk.clock).papers("office") == ()
    assert find(desk.store, "").residents == ()
    assert not has_staff(desk.store)
    assert this_pc(desk.store) == ThisPc()
