"""What each PC of the room is for, and what must hold when that changes.

It stands in the journal (`journal.devices`), where staff PCs write it: a residents' PC cannot make itself a staff PC,
to which names travel. The PC itself follows as soon as it hears of it (`people.zone.follow_admission`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal import devices
from akimat_desk.journal.devices import Member, Use, members
from akimat_desk.journal.parked import NotYet
from akimat_desk.journal.rulings import current_host
from akimat_desk.office.actions import signed_in
from akimat_desk.people import zone
from akimat_desk.people.staff import administrators_only
from akimat_desk.people.zone import TOPIC, ThisPc, set_this_pc, this_pc_of

if TYPE_CHECKING:
    from akimat_desk.journal import Commit
    from akimat_desk.people.entries import ZoneContent
    from akimat_desk.people.zone import Zone
    from akimat_desk.service import Desk

TOPICS: Final = ("journal.devices", "sync.state", TOPIC)


class UseIsGivenByStaff(Refused):
    """A PC that was never a staff PC says of itself what it is for."""

    code = "room-use-by-staff"
    staff_text = N_("What this PC is for is changed at a staff PC of the room.")
    next_text = N_("There, open “PCs of the room”, choose this PC and press “Change its use”.")


class MainPcIsForStaff(Refused):
    """The main PC cannot be for residents while others exchange with it."""

    code = "room-main-is-for-staff"
    staff_text = N_("The main PC of the room stays a PC for staff.")
    next_text = N_("First make another staff PC the main one, on its page “PCs of the room”.")


class LastStaffPc(Refused):
    """Without it nobody could let a PC in any more."""

    code = "room-last-staff-pc"
    staff_text = N_("This is the only staff PC of the room. It stays one.")
    next_text = N_("First let another staff PC join.")


class NotOfTheRoom(Refused):
    """It was shut out, or never let in."""

    code = "room-not-of-the-room"
    staff_text = N_("This PC does not belong to the room.")
    next_text = N_("Let it join with a code.")


@dataclass(frozen=True, slots=True)
class Changed:
    """It is written."""

    topics: tuple[str, ...] = TOPICS


def change(desk: Desk, device: str, use: Use, seat: int) -> Changed:
    """From now on `device` is for `use` and has the number `seat` (0: none). Raises `NotAllowed`, `UseIsGivenByStaff`,
    `MainPcIsForStaff`, `LastStaffPc`, `NotOfTheRoom`.
    """
    person = signed_in(desk)
    with desk.journal.commit() as commit:
        administrators_only(commit.db, person)
        _change(commit, device, use, seat, person.staff)
    return Changed()


def save_settings(desk: Desk, before: Zone, content: ZoneContent, pc: ThisPc) -> Zone:
    """Write what changed of the room and of this PC. Raises `ZoneForm`, `HoursForm`, and what `change` raises: then
    nothing is written.
    """
    person = signed_in(desk)
    zone.check_content(content)
    with desk.journal.commit() as commit:
        administrators_only(commit.db, person)
        now = this_pc_of(commit.db)
        if (now.role, now.seat) != (pc.role, pc.seat):
            _change(commit, desk.journal.device, pc.role, pc.seat, person.staff)
    return zone.change_zone(desk.journal, before, content, by=person) if content != before.content else before


def _change(commit: Commit, device: str, use: Use, seat: int, by: str) -> None:
    own = commit.head.device
    there = [each for each in members(commit.db) if not each.revoked]
    known = next((each for each in there if each.device == device), None)
    if known is None:
        raise NotOfTheRoom
    if (known.use, known.seat) == (use, seat):
        return
    _staff_only(commit)
    if known.use == "desk" != use:
        _can_go(commit, known, [each for each in there if each.device != device])
    devices.admit(commit, device, known.key, use, seat, by=by)
    if device == own:
        set_this_pc(commit.db, ThisPc(this_pc_of(commit.db).zone, use, seat))


def _staff_only(commit: Commit) -> None:
    try:
        devices.only_by_staff(commit.db, [commit.head.device])
    except NotYet as why:
        raise UseIsGivenByStaff from why


def _can_go(commit: Commit, known: Member, others: list[Member]) -> None:
    """A room of one PC may be a residents' PC alone; where there are others, they need a main PC of the staff."""
    host = current_host(commit.db)
    if others and host is not None and host.device == known.device:
        raise MainPcIsForStaff
    if others and not any(each.use == "desk" for each in others):
        raise LastStaffPc
