"""What is chosen and typed while a time is booked; nothing of it is written before the last step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Language, Sentence
from meetings.visits import details as forms
from meetings.visits.actions import Asking
from meetings.visits.entries import Need, VisitDetails, Way

if TYPE_CHECKING:
    from meetings.visits.free import Day
    from meetings.visits.room import Given
    from meetings.visits.rules import Slot

DAYS_SHOWN: Final = 3


@dataclass
class TimeChoice:
    """Which time of which day. `fetch` blocks."""

    fetch: Callable[[], tuple[Day, ...]]
    now: Callable[[], datetime]
    days: tuple[Day, ...] | None = None
    page: int = 0
    day: Day | None = None
    slot: Slot | None = None
    official: str = ""
    """The series, where several officials receive; "" is the first one."""
    past: bool = False
    """Whether receptions that are over count too: who walks in late is still given a ticket."""
    trouble: AkimatDeskError | None = None
    """Why the time that was chosen could not be had; told where another one is chosen."""

    def take(self, days: tuple[Day, ...]) -> None:
        """Days were read anew: what was chosen stays chosen where it is still free."""
        now = self.now()
        self.days = tuple(one for one in days if self.past or not one.over(now))
        wanted = self.day
        mine = self.of_official
        self.day = next(
            (one for one in mine if wanted and (one.series.id, one.day) == (wanted.series.id, wanted.day)), None
        )
        if self.day is None:
            self.day = next((one for one in mine if self.free(one)), mine[0] if mine else None)
        if self.slot is not None and (self.day is None or self.slot not in self.free(self.day)):
            self.slot = None

    @property
    def officials(self) -> tuple[Day, ...]:
        """The first day of each official who receives."""
        firsts: dict[str, Day] = {}
        for one in self.days or ():
            firsts.setdefault(one.series.id, one)
        return tuple(firsts.values())

    @property
    def of_official(self) -> tuple[Day, ...]:
        """The days of the chosen official."""
        days = self.days or ()
        official = self.official or (days[0].series.id if days else "")
        return tuple(one for one in days if one.series.id == official)

    @property
    def shown(self) -> tuple[Day, ...]:
        """The days that fit on the screen."""
        return self.of_official[self.page * DAYS_SHOWN : (self.page + 1) * DAYS_SHOWN]

    @property
    def more(self) -> bool:
        """Whether there are later days than those shown."""
        return len(self.of_official) > (self.page + 1) * DAYS_SHOWN

    def free(self, day: Day) -> tuple[Slot, ...]:
        """The free times of a day."""
        return day.free(self.now())

    def choose_official(self, series: str) -> None:
        """Somebody else receives."""
        if series != self.official:
            self.official, self.page, self.day, self.slot = series, 0, None, None
            self.take(self.days or ())

    def choose_day(self, day: Day) -> None:
        """Another day; the time is chosen anew."""
        if self.day is not day:
            self.day, self.slot = day, None

    def turn(self) -> None:
        """Later days, and after the last ones the first again."""
        self.page = self.page + 1 if self.more else 0
        self.choose_day(self.shown[0])


@dataclass
class Booking:
    """One booking from the first question to the ticket. `book` blocks; `way` is how it comes to be."""

    times: TimeChoice
    book: Callable[[Asking], Given]
    way: Way = "kiosk"
    subject: str = ""
    waiting: bool = False
    """No time is free that suits: the waiting list of the chosen day."""
    details: VisitDetails = field(default_factory=VisitDetails)
    needs: frozenset[Need] = frozenset()
    group: str = ""
    errors: dict[str, Sentence] = field(default_factory=dict)

    def type(self, line: str, text: str) -> None:
        """A line of the form."""
        self.details = msgspec.structs.replace(self.details, **{line: text})

    def toggle(self, need: Need) -> None:
        """Mark a need, or take the mark away."""
        self.needs = self.needs ^ {need}

    @property
    def iin_needed(self) -> bool:
        """Whoever books for themselves at a PC is known again by the IIN."""
        return self.way in ("kiosk", "waiting")

    def check(self) -> str:
        """Which line is wrong, "" where none is; `errors` says how."""
        self.errors = {}
        try:
            forms.in_order(self.details, iin_needed=self.iin_needed)
        except forms.IinWrong as why:
            self.errors["iin"] = why.for_resident
        except forms.NameNeeded as why:
            self.errors["name"] = why.for_resident if self.iin_needed else why.for_staff
        except forms.PhoneForm as why:
            self.errors["phone"] = why.for_staff
        except forms.StreetTooLong as why:
            self.errors["address"] = why.for_staff
        except forms.AboutTooLong as why:
            self.errors["about"] = why.for_resident if self.iin_needed else why.for_staff
        except forms.SpokenForForm as why:
            self.errors["spoken_for"] = why.for_staff
        if not self.subject:
            self.errors["subject"] = Sentence(N_("Mark what it is about."))
        return next(iter(self.errors), "")

    def ask(self, language: Language) -> Given:
        """Book what was chosen (blocks)."""
        day = self.times.day
        assert day is not None
        way: Way = "waiting" if self.waiting else self.way
        start = None if self.waiting or self.times.slot is None else self.times.slot.start
        needs = tuple(sorted(self.needs))
        return self.book(
            Asking(
                day.series.id, day.day, way, self.subject or "other", start, language, needs, self.group, self.details
            )
        )


def lost(error: AkimatDeskError) -> bool:
    """Whether the time itself is gone, so that another one has to be chosen."""
    return error.code in (
        "booking-taken",
        "booking-past",
        "booking-no-slot",
        "booking-day-full",
        "booking-day-over",
        "booking-no-reception",
    )
