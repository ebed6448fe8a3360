"""What staff do on office's pages, in the name of whoever has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.people import residents, staff
from akimat_desk.people.staff import NotAllowed, administrators_only

if TYPE_CHECKING:
    from akimat_desk.people.details import Details
    from akimat_desk.people.entries import Role
    from akimat_desk.people.residents import Resident
    from akimat_desk.people.staff import SignedIn, StaffMember
    from akimat_desk.service import Desk
    from akimat_desk.store.recovery import RecoverySeal


def signed_in(desk: Desk) -> SignedIn:
    """Who works at this PC now. Raises `NotAllowed` when nobody has signed in."""
    person = desk.signed_in()
    if person is None:
        raise NotAllowed
    return person


# ---- residents


def register(desk: Desk, details: Details) -> Resident:
    """See `people.residents.register`."""
    return residents.register(desk.journal, details, by=signed_in(desk).staff)


def change(desk: Desk, resident: Resident, details: Details) -> Resident:
    """See `people.residents.change`."""
    return residents.change(desk.journal, resident, details, by=signed_in(desk).staff)


def erase(desk: Desk, resident: Resident) -> int:
    """See `people.residents.erase`."""
    return residents.erase(desk.journal, resident.id, by=signed_in(desk).staff)


# ---- staff


def add_staff(desk: Desk, name: str, role: Role, pin: str) -> StaffMember:
    """See `people.staff.add_staff`."""
    return staff.add_staff(desk.journal, by=signed_in(desk), name=name, role=role, pin=pin)


def rename_staff(desk: Desk, member: StaffMember, name: str) -> StaffMember:
    """See `people.staff.rename_staff`."""
    return staff.rename_staff(desk.journal, by=signed_in(desk), staff=member.id, name=name)


def set_pin(desk: Desk, member: StaffMember, pin: str) -> StaffMember:
    """See `people.staff.set_pin`."""
    return staff.set_pin(desk.journal, by=signed_in(desk), staff=member.id, pin=pin)


def change_own_pin(desk: Desk, old: str, new: str) -> StaffMember:
    """See `people.sign_in.change_own_pin`."""
    from akimat_desk.people.sign_in import change_own_pin

    return change_own_pin(desk.journal, by=signed_in(desk), old=old, new=new)


def change_staff(desk: Desk, member: StaffMember, role: Role, *, active: bool) -> StaffMember:
    """See `people.staff.change_staff`."""
    return staff.change_staff(desk.journal, by=signed_in(desk), staff=member.id, role=role, active=active)


# ---- the recovery key


def use_recovery_key(desk: Desk, seal: RecoverySeal) -> None:
    """From now on backups are sealed to this key. Raises `NotAllowed`."""
    from akimat_desk.store.recovery import keep_seal

    with desk.store.read() as db:
        administrators_only(db, signed_in(desk))
    keep_seal(desk.home, seal, replace=True)
