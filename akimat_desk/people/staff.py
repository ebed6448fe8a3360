"""Staff of the room: who works here, in which role, and who may change that.

    trainer        teaches, sees classes
    staff          receives, prints, registers residents
    administrator  all of that, settings, and other staff

An administrator may do all of this; others may change their own PIN. There is always an administrator who can sign in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.locale import sort_key
from akimat_desk.base.words import N_
from akimat_desk.journal import merge
from akimat_desk.journal.places import place_of_row
from akimat_desk.people.details import name_in_order
from akimat_desk.people.entries import (
    STAFF_ADDED,
    STAFF_CHANGED,
    STAFF_PIN_SET,
    STAFF_RENAMED,
    Role,
    StaffAdded,
    StaffChanged,
    StaffName,
    StaffPin,
    StaffPinSet,
    StaffRenamed,
    StaffSecrets,
)
from akimat_desk.people.pin import check_new_pin, make_verifier
from akimat_desk.people.records import StaffRow

if TYPE_CHECKING:
    from akimat_desk.journal import Commit, Journal
    from akimat_desk.journal.receipts import Place
    from akimat_desk.store import Database, Store

TOPIC: Final = "people.staff"


class NotAllowed(Refused):
    """Only an administrator does this."""

    code = "staff-not-allowed"
    staff_text = N_("Only an administrator can do this.")
    next_text = N_("Ask an administrator to sign in.")


class NotAtWork(Refused):
    """Only those who receive residents do this: staff and administrators who work here now."""

    code = "staff-not-at-work"
    staff_text = N_("Only the room’s staff can do this.")
    next_text = N_("Sign in as a member of staff.")


class StaffUnknown(Refused):
    """Nobody of this id works here."""

    code = "staff-unknown"
    staff_text = N_("This person is not on the staff list.")
    next_text = N_("Look at the list again.")


class LastAdministrator(Refused):
    """Without an administrator nobody could ever change anything."""

    code = "staff-last-administrator"
    staff_text = N_("This is the only administrator. The room needs at least one.")
    next_text = N_("Make another person an administrator first.")


class StaffExists(Refused):
    """The first administrator is made only where there is no staff yet."""

    code = "staff-exists"
    staff_text = N_("This room already has staff.")
    next_text = N_("Sign in as an administrator to add people.")


class WrongSheet(Refused):
    """The recovery key typed is not this room's."""

    code = "staff-wrong-sheet"
    staff_text = N_("This recovery key is of another sheet. This room needs sheet {needed}.")
    next_text = N_("Look for the sheet with this number.")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff. `name` is "" where this PC may not hold it; then nobody can sign in here either."""

    id: str
    name: str
    role: Role
    active: bool
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at a staff PC now; `people.sign_in` gives it, actions ask for it."""

    staff: str
    name: str
    role: Role


# ---- reads


def staff(store: Store, *, also_former: bool = False) -> tuple[StaffMember, ...]:
    """Who works here, in the order of the alphabet."""
    with store.read() as db:
        rows = db.execute_sql("SELECT id, coalesce(name, ''), role, active FROM people_staff").fetchall()
    members = [StaffMember(id, name, cast(Role, role), bool(active)) for id, name, role, active in rows]
    return tuple(
        sorted((one for one in members if one.active or also_former), key=lambda one: (sort_key(one.name), one.id))
    )


def places(store: Store) -> dict[str, Place]:
    """Where each member of staff is safe, by their id; nothing in a room of one PC."""
    with store.read() as db:
        ids = [id for (id,) in db.execute_sql("SELECT id FROM people_staff")]
        found = {id: place_of_row(db, StaffRow, id) for id in ids}
    return {id: place for id, place in found.items() if place is not None}


def has_staff(store: Store) -> bool:
    """Whether the first run has made its administrator."""
    with store.read() as db:
        return db.execute_sql("SELECT 1 FROM people_staff LIMIT 1").fetchone() is not None


# ---- what people do


def add_first_administrator(journal: Journal, *, name: str, pin: str) -> SignedIn:
    """The first run: whoever sets the room up becomes its administrator.

    Raises `StaffExists`, `NameMissing`, `NameForm`, `PinForm`, `PinEasy`.
    """
    secrets = _secrets(name, pin)
    with journal.commit() as commit:
        if commit.db.execute_sql("SELECT 1 FROM people_staff LIMIT 1").fetchone():
            raise StaffExists
        return _add(journal, commit, secrets, "administrator", by=None)


def add_staff(journal: Journal, *, by: SignedIn, name: str, role: Role, pin: str) -> StaffMember:
    """Somebody begins to work here. Raises `NotAllowed`, `NameMissing`, `NameForm`, `PinForm`, `PinEasy`."""
    secrets = _secrets(name, pin)
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        added = _add(journal, commit, secrets, role, by=by.staff)
    return StaffMember(added.staff, added.name, added.role, True)


def add_administrator_by_sheet(journal: Journal, *, recovery_key: str, name: str, pin: str) -> SignedIn:
    """Whoever holds the room's recovery sheet may make an administrator, when the others are gone or forgot their PINs.

    Raises `WrongSheet`, `NoRecoveryKey`, `RecoveryKeyIncomplete`, `RecoveryKeyTypo`, and what `add_staff` raises.
    """
    from akimat_desk.store.recovery import NoRecoveryKey, RecoveryKey, kept_seal

    seal = kept_seal(journal.store.home)
    if seal is None:
        raise NoRecoveryKey
    if RecoveryKey.read(recovery_key).seal != seal:
        raise WrongSheet(needed=seal.sheet)
    secrets = _secrets(name, pin)
    with journal.commit() as commit:
        return _add(journal, commit, secrets, "administrator", by=None)


def change_staff(journal: Journal, *, by: SignedIn, staff: str, role: Role, active: bool) -> StaffMember:
    """Another role, or the end or the return of somebody's work here.

    Raises `NotAllowed`, `StaffUnknown`, `LastAdministrator`.
    """
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        now = _member(commit.db, staff)
        if (now.role, now.active) == ("administrator", True) and (role, active) != ("administrator", True):
            _not_the_last(commit.db, staff)
        replaces = merge.seen(commit.db, StaffRow, staff, ("role", "active"))
        facts = StaffChanged(staff=staff, role=role, active=active, replaces=replaces, by=by.staff)
        commit.append(STAFF_CHANGED, facts)
    return StaffMember(staff, now.name, role, active)


def rename_staff(journal: Journal, *, by: SignedIn, staff: str, name: str) -> StaffMember:
    """Another name. Raises `NotAllowed`, `StaffUnknown`, `NameMissing`, `NameForm`."""
    ordered = name_in_order(name)
    with journal.commit() as commit:
        administrators_only(commit.db, by)
        now = _member(commit.db, staff)
        replaces = merge.seen(commit.db, StaffRow, staff, ("name",))
        commit.append(STAFF_RENAMED, StaffRenamed(staff=staff, replaces=replaces, by=by.staff), StaffName(name=ordered))
    return StaffMember(staff, ordered, now.role, now.active)


def set_pin(journal: Journal, *, by: SignedIn, staff: str, pin: str) -> StaffMember:
    """A new PIN: everybody their own, an administrator anybody's. It ends a waiting time (`people.lockout`).

    Raises `NotAllowed`, `StaffUnknown`, `PinForm`, `PinEasy`.
    """
    check_new_pin(pin)
    verifier = make_verifier(pin)
    with journal.commit() as commit:
        if by.staff != staff:
            administrators_only(commit.db, by)
        now = _member(commit.db, staff)
        replaces = merge.seen(commit.db, StaffRow, staff, ("pin",))
        commit.append(STAFF_PIN_SET, StaffPinSet(staff=staff, replaces=replaces, by=by.staff), StaffPin(pin=verifier))
    return now


def administrators_only(db: Database, by: SignedIn) -> None:
    """Raise `NotAllowed` for others. What the tables say now counts, not what was so when the person signed in."""
    row = db.execute_sql("SELECT role, active FROM people_staff WHERE id = ?", (by.staff,)).fetchone()
    if row is None or tuple(row) != ("administrator", 1):
        raise NotAllowed


def working_here(db: Database, by: SignedIn) -> None:
    """Raise `NotAtWork` for trainers and for whoever no longer works here. What the tables say now counts."""
    row = db.execute_sql("SELECT role, active FROM people_staff WHERE id = ?", (by.staff,)).fetchone()
    if row is None or row[0] not in ("staff", "administrator") or not row[1]:
        raise NotAtWork


# ---- how


def _secrets(name: str, pin: str) -> StaffSecrets:
    # Before the commit begins: the slow hash must not keep other writers waiting.
    ordered = name_in_order(name)
    check_new_pin(pin)
    return StaffSecrets(name=ordered, pin=make_verifier(pin))


def _add(journal: Journal, commit: Commit, secrets: StaffSecrets, role: Role, *, by: str | None) -> SignedIn:
    staff = uuid7(journal.clock.now_ms())
    commit.append(STAFF_ADDED, StaffAdded(staff=staff, role=role, by=by), secrets)
    return SignedIn(staff, secrets.name, role)


def _member(db: Database, staff: str) -> StaffMember:
    row = db.execute_sql("SELECT coalesce(name, ''), role, active FROM people_staff WHERE id = ?", (staff,)).fetchone()
    if row is None:
        raise StaffUnknown
    name, role, active = row
    return StaffMember(staff, name, cast(Role, role), bool(active))


def _not_the_last(db: Database, staff: str) -> None:
    others = db.execute_sql(
        "SELECT 1 FROM people_staff WHERE role = 'administrator' AND active AND pin > '' AND id <> ? LIMIT 1", (staff,)
    )
    if others.fetchone() is None:
        raise LastAdministrator
