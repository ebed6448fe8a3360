"""Signing in at a staff PC: a name from the list and six digits; and choosing other digits. Works on every staff PC of
the room, also offline.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from akimat_desk.base.clock import Clock, local
from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import format_time
from akimat_desk.base.words import N_
from akimat_desk.people import lockout
from akimat_desk.people.pin import check_new_pin, fits
from akimat_desk.people.staff import SignedIn, StaffMember, StaffUnknown, set_pin

if TYPE_CHECKING:
    from collections.abc import Callable

    from akimat_desk.journal import Journal
    from akimat_desk.people.entries import Role
    from akimat_desk.store import Database, Store


class WrongPin(Refused):
    """Not the PIN; `left` tries before the first wait."""

    code = "pin-wrong"
    staff_text = N_("This is not the PIN. Tries left: {left}.")
    next_text = N_("Type it again.")


class PinTheSame(Refused):
    """The new PIN is the old one."""

    code = "pin-same"
    staff_text = N_("The new PIN is the one typed as the old one.")
    next_text = N_("Choose another one.")


class PinWait(Refused):
    """Too many tries; `seconds` to wait."""

    code = "pin-wait"
    staff_text = N_("The next try is possible at this time: {time}.")
    next_text = N_("If the PIN is forgotten, an administrator can give a new one at once.")

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        # The first full minute after the wait; told by the wall clock, counted by the other one.
        minute = math.ceil((clock.now_ms() / 1000 + seconds) / 60)
        super().__init__(time=format_time(local(minute * 60_000)))


def sign_in(
    store: Store, clock: Clock, *, staff: str, pin: str, at: str = "", boot: Callable[[], str] = lockout.boot_id
) -> SignedIn:
    """Who may work now. Raises `WrongPin`, `PinWait` and `StaffUnknown` (also for former staff).

    The try is on the disk before the PIN is looked at, so ending the program in between does not give another one.
    Tries at another PC (`at`, its device) are counted apart.
    """
    counted = f"{staff}/{at}" if at else staff
    with store.write() as db:
        name, role, verifier, pin_entry = _row(db, staff)
        before = lockout.begin_try(db, counted, pin_entry, clock, boot)
    if before.seconds:
        raise PinWait(before.seconds, clock)
    if fits(pin, verifier):
        with store.write() as db:
            lockout.forget(db, counted)
        return SignedIn(staff, name, cast("Role", role))
    with store.read() as db:
        after = lockout.standing(db, counted, pin_entry, clock, boot)
    if after.seconds:
        raise PinWait(after.seconds, clock)
    raise WrongPin(left=after.tries)


def change_own_pin(
    journal: Journal, *, by: SignedIn, old: str, new: str, boot: Callable[[], str] = lockout.boot_id
) -> StaffMember:
    """Another PIN for whoever has signed in, who proves with the old one that it is still them.

    A wrong old PIN counts as one at the sign-in does, and the waits are the same. A new PIN that nobody should have is
    told before the old one is looked at, and costs no try. Raises `PinForm`, `PinEasy`, `PinTheSame`, `WrongPin`,
    `PinWait`, `StaffUnknown`.
    """
    check_new_pin(new)
    if new == old:
        raise PinTheSame
    sign_in(journal.store, journal.clock, staff=by.staff, pin=old, boot=boot)
    return set_pin(journal, by=by, staff=by.staff, pin=new)


def waiting(store: Store, clock: Clock, *, staff: str, boot: Callable[[], str] = lockout.boot_id) -> PinWait | None:
    """What the PIN page says before anything is typed: the wait that runs, if any. Raises `StaffUnknown`."""
    with store.read() as db:
        *_, pin_entry = _row(db, staff)
        now = lockout.standing(db, staff, pin_entry, clock, boot)
    return PinWait(now.seconds, clock) if now.seconds else None


def _row(db: Database, staff: str) -> tuple[str, str, str, str]:
    row = db.execute_sql(
        "SELECT name, role, pin, pin_entry FROM people_staff WHERE id = ? AND active AND pin > ''", (staff,)
    ).fetchone()
    if row is None:
        raise StaffUnknown
    name, role, verifier, pin_entry = row
    return name or "", role, verifier, pin_entry
