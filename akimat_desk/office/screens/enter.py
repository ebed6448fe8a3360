"""How an opened desk becomes office's pages: the presenters are put together here, out of reads and actions."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from akimat_desk.base.sticks import sticks
from akimat_desk.office import actions, backups, cards, care, room, uses
from akimat_desk.office.long_work import LongWork
from akimat_desk.office.new_key import NewKey
from akimat_desk.office.screens.backup import CHECKING, COPYING, EXPORTING, BackupPresenter, BackupScreen
from akimat_desk.office.screens.new_key import NewKeyScreen
from akimat_desk.office.screens.own_pin import OwnPin, OwnPinScreen
from akimat_desk.office.screens.resident_form import ResidentForm, ResidentFormScreen
from akimat_desk.office.screens.residents import ResidentsPresenter, ResidentsScreen
from akimat_desk.office.screens.room import RoomPresenter, RoomScreen
from akimat_desk.office.screens.room_add import RoomAdd, RoomAddScreen
from akimat_desk.office.screens.room_address import RoomAddress, RoomAddressScreen
from akimat_desk.office.screens.room_log import RoomLog, RoomLogScreen
from akimat_desk.office.screens.room_stick import CARRYING, RoomStick, RoomStickScreen
from akimat_desk.office.screens.room_use import RoomUse, RoomUseScreen
from akimat_desk.office.screens.settings import SettingsPresenter, SettingsScreen
from akimat_desk.office.screens.staff import StaffPresenter, StaffScreen
from akimat_desk.office.screens.staff_form import StaffForm, StaffFormScreen, What
from akimat_desk.people import residents, staff, zone
from akimat_desk.people.details import Details
from akimat_desk.people.residents import Resident
from akimat_desk.people.staff import StaffMember
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen

_works: Final[WeakKeyDictionary[Desk, LongWork]] = WeakKeyDictionary()
"""What each desk is busy with; it goes on when its page is left."""


def the_residents(desk: Desk) -> Screen:
    """Everybody who is registered."""

    def form(before: Resident | None) -> Screen:
        def save(details: Details) -> Resident:
            return actions.change(desk, before, details) if before else actions.register(desk, details)

        def saved(person: Resident) -> None:
            page.chosen = person.id

        return ResidentFormScreen(ResidentForm(save, saved, before))

    page = ResidentsPresenter(
        find=lambda typed, limit: residents.find(desk.store, typed, limit),
        to_settle=lambda: cards.to_settle(desk.store),
        card=lambda id: cards.card(desk.store, id),
        change=lambda person, details: actions.change(desk, person, details),
        erase=lambda person: actions.erase(desk, person),
        form=form,
    )
    return ResidentsScreen(page)


def the_staff(desk: Desk) -> Screen:
    """Who works here."""

    def form(what: What, member: StaffMember | None) -> Screen:
        def save(typed: StaffForm) -> StaffMember:
            if member is None:
                return actions.add_staff(desk, typed.name, typed.role, typed.pin)
            if typed.what == "pin":
                return actions.set_pin(desk, member, typed.pin)
            return actions.rename_staff(desk, member, typed.name)

        def saved(done: StaffMember) -> None:
            page.chosen = done.id

        called = member.name if member is not None else ""
        return StaffFormScreen(StaffForm(what, save, saved, called, called if what == "rename" else ""))

    def me() -> str:
        person = desk.signed_in()
        return person.staff if person is not None else ""

    page = StaffPresenter(
        fetch=lambda: staff.staff(desk.store, also_former=True),
        me=me,
        places=lambda: staff.places(desk.store),
        change=lambda member, role, active: actions.change_staff(desk, member, role, active=active),
        form=form,
    )
    return StaffScreen(page)


def the_own_pin(desk: Desk) -> Screen:
    """Another PIN for whoever has signed in."""
    return OwnPinScreen(OwnPin(lambda old, new: actions.change_own_pin(desk, old, new)))


def the_settings(desk: Desk) -> Screen:
    """The room and this PC."""
    return SettingsScreen(
        SettingsPresenter(
            fetch=lambda: (zone.zone(desk.store), zone.this_pc(desk.store)),
            save=lambda before, content, pc: uses.save_settings(desk, before, content, pc),
        )
    )


def the_backups(desk: Desk) -> Screen:
    """Copies, nightly backups, the recovery key, the check and the export."""
    work = _works.setdefault(desk, LongWork())

    def new_key(old_sheet: str) -> Screen:
        return NewKeyScreen(NewKey(desk, old_sheet))

    return BackupScreen(
        BackupPresenter(
            fetch=lambda: backups.standing(desk.store),
            sticks=sticks,
            copy=lambda folder: work.run(COPYING, lambda progress: care.copy_to(desk, folder, progress)),
            export=lambda folder: work.run(EXPORTING, lambda progress: care.export_to(desk, folder, progress)),
            check=lambda: work.run(CHECKING, lambda progress: care.check_all(desk, progress)),
            work=work,
            new_key=new_key,
            restore=desk.leave_for_a_backup,
            now_ms=desk.clock.now_ms,
        )
    )


def the_room(desk: Desk) -> Screen:
    """The PCs of the room."""

    def add() -> Screen:
        return RoomAddScreen(
            RoomAdd(
                fetch=lambda: (room.room_view(desk), room.addresses()),
                give=lambda use, seat: room.give_code(desk, use, seat),
                withdraw=lambda: room.withdraw_code(desk),
                now_ms=desk.clock.now_ms,
            )
        )

    def stick() -> Screen:
        work = _works.setdefault(desk, LongWork())

        def take(folder: Path) -> None:
            from akimat_desk.office.carrying import carry

            work.run(CARRYING, lambda progress: carry(desk, folder, progress))

        return RoomStickScreen(RoomStick(sticks, take, work))

    return RoomScreen(
        RoomPresenter(
            fetch=lambda: room.room_view(desk),
            now_ms=desk.clock.now_ms,
            exchange=lambda: room.exchange_now(desk),
            let_in=lambda knock: room.let_in(desk, knock),
            turn_away=lambda knock: room.turn_away(desk, knock),
            make_main=lambda: room.make_host(desk),
            shut_out=lambda device: room.shut_out(desk, device),
            add=add,
            use=lambda pc: RoomUseScreen(RoomUse.of(pc, lambda use, seat: uses.change(desk, pc.device, use, seat))),
            stick=stick,
            address=lambda: RoomAddressScreen(RoomAddress(lambda typed: room.say_where(desk, typed))),
            log=lambda: RoomLogScreen(RoomLog(lambda: (room.log(desk), room.room_view(desk).pcs))),
        )
    )
