"""The first set-up of a PC, where it does not begin with a backup: the village, what this PC is for, the first
administrator, the services' steps, the key.

Nothing is written until the administrator is named; then the desk is made, the administrator last of all. A desk
without staff is therefore one whose set-up was broken off: the next start begins again and completes it. From the
administrator on the desk is in use: the services' steps work on it, and papers are printed.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_
from akimat_desk.service import Desk, FirstRunStep, Service, load

if TYPE_CHECKING:
    from akimat_desk.people.entries import ZoneContent
    from akimat_desk.people.zone import PcRole
    from akimat_desk.shell.app import App
    from akimat_desk.store.recovery import RecoveryKey
    from akimat_desk.ui.screen import Screen

OWN_STEPS: Final = (N_("Village"), N_("This PC"), N_("Administrator"))
LAST_STEP: Final = N_("Recovery key")


@dataclass
class FirstRun:
    """What was typed so far; written through at every key, so that going back loses nothing."""

    app: App
    name_kk: str = ""
    name_ru: str = ""
    district_kk: str = ""
    district_ru: str = ""
    role: PcRole = "desk"
    seat: int = 1
    person: str = ""
    pin: str = ""
    pin_again: str = ""
    desk: Desk | None = None
    _key: RecoveryKey | None = None

    @property
    def with_steps(self) -> tuple[Service, ...]:
        """The services that have a step of their own."""
        return tuple(service for service in self.app.services if service.first_run is not None)

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of all steps (msgids)."""
        middle = tuple(service.first_run[0] for service in self.with_steps if service.first_run is not None)
        return (*OWN_STEPS, *middle, LAST_STEP)

    def content(self) -> ZoneContent:
        """The room as it was typed. Raises `ZoneForm` where the names cannot be a room's."""
        from akimat_desk.people.entries import ZoneContent
        from akimat_desk.people.zone import check_content

        content = ZoneContent(
            name_kk=self.name_kk.strip(),
            name_ru=self.name_ru.strip(),
            district_kk=self.district_kk.strip(),
            district_ru=self.district_ru.strip(),
        )
        check_content(content)
        return content

    def make(self) -> Desk:
        """Make the desk: what this PC is, the room, the administrator; and begin to use it (blocks).

        Raises what `people.zone`, `people.staff` and `Store.open` raise; what was typed wrongly leaves nothing behind.
        """
        from akimat_desk.people.details import name_in_order
        from akimat_desk.people.pin import check_new_pin
        from akimat_desk.people.staff import add_first_administrator
        from akimat_desk.people.zone import (
            ThisPc,
            ZoneUnknown,
            begin_again,
            change_zone,
            open_zone,
            set_this_pc,
            this_pc_of,
            zone,
        )
        from akimat_desk.shell.opening import open_desk

        content = self.content()
        name_in_order(self.person)
        check_new_pin(self.pin)
        app = self.app
        with ExitStack() as stack:
            desk = stack.enter_context(
                open_desk(app.home, clock=app.clock, words=app.words, services=app.services, create=True)
            )
            with desk.store.write() as db:
                set_this_pc(db, ThisPc(this_pc_of(db).zone, self.role, self.seat))
            try:
                before = zone(desk.store)
            except ZoneUnknown:
                before = open_zone(desk.journal, content)
            administrator = add_first_administrator(desk.journal, name=self.person, pin=self.pin)
            begin_again(desk.journal, by=administrator)
            if before.content != content:  # of an attempt that was broken off
                change_zone(desk.journal, before, content, by=administrator)
            self.desk = app.adopt(desk, stack)
        self.pin = self.pin_again = ""
        return self.desk

    def restore(self) -> Screen:
        """What follows instead where the village is in a backup."""
        from akimat_desk.shell.restoring import restore

        return restore(self.app)

    def join(self) -> Screen:
        """What follows instead where the village has its room, and this PC becomes one of it."""
        from akimat_desk.shell.first_run_join import join

        return join(self.app)

    def screen_after(self, step: int) -> Screen:
        """The screen that follows step `step` (from 1)."""
        from akimat_desk.shell.screens.first_run import AdministratorScreen, ThisPcScreen
        from akimat_desk.shell.screens.recovery_key import RecoveryKeyScreen

        if step < len(OWN_STEPS):
            return (ThisPcScreen, AdministratorScreen)[step - 1](self)
        number = step - len(OWN_STEPS)
        services = self.with_steps
        assert self.desk is not None
        if number < len(services):
            door = services[number].first_run
            assert door is not None
            here = FirstRunStep(step + 1, self.steps, lambda: self.app.window.replace(self.screen_after(step + 1)))
            screen: Screen = load(door[1])(self.desk, here)
            return screen
        return RecoveryKeyScreen(self)

    @property
    def key(self) -> str:
        """The recovery key as it stands on the sheet; made once, kept only here and on paper."""
        return self._whole_key().printed

    def is_last_group(self, typed: str) -> bool:
        """Whether the last group was typed back from the paper."""
        from akimat_desk.store.recovery import same_group

        return same_group(typed, self.key.split("-")[-1])

    def keep_key(self) -> None:
        """From now on backups are sealed to this key (blocks)."""
        from akimat_desk.store.recovery import keep_seal

        keep_seal(self.app.home, self._whole_key().seal, replace=True)

    def print_sheet(self) -> None:
        """Put the sheet into the out-tray (blocks)."""
        from akimat_desk.office.recovery_sheet import print_recovery_sheet

        assert self.desk is not None
        print_recovery_sheet(self.desk, self._whole_key(), self.person)

    def _whole_key(self) -> RecoveryKey:
        if self._key is None:
            from akimat_desk.store.recovery import RecoveryKey

            self._key = RecoveryKey.make()
        return self._key

    def done(self) -> None:
        """Hand the desk to the window; the key is forgotten here."""
        assert self.desk is not None
        self._key = None
        self.app.use(self.desk)


def first_run(app: App) -> Screen:
    """The first screen of the first set-up."""
    from akimat_desk.shell.screens.first_run import BeginScreen

    return BeginScreen(FirstRun(app))
