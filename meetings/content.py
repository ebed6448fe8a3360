"""What a series is: who receives where, by which rule and at what time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta

from akimat_desk.base.words import N_
from akimat_desk.journal import Facts
from akimat_desk.people.entries import Minute, PublicText
from meetings.rules import FRIDAY, Every, Nth, Rule, Shift

if TYPE_CHECKING:
    from akimat_desk.base.words import Language, Translator

What = Literal["reception", "meeting"]

TITLES: Final = {
    "reception": N_("Personal reception of residents"),
    "meeting": N_("Meeting on open problems"),
}

Weekday = Annotated[int, Meta(ge=0, le=6)]


class SeriesContent(Facts, frozen=True):
    """All of it. Officials are offices ("akim of the rural district"), never names: the plan outlives people.

    `title_…` replace the usual name; times are minutes after midnight in Kazakhstan.
    """

    what: What
    official_kk: PublicText
    official_ru: PublicText
    place_kk: PublicText = ""
    place_ru: PublicText = ""
    title_kk: PublicText = ""
    title_ru: PublicText = ""
    every: Every = "month"
    weekday: Weekday = FRIDAY
    nth: Nth = 3
    shift: Shift = "next"
    weekends: bool = True
    start: Minute = 600
    end: Minute = 780
    first: date = date(2026, 1, 1)
    last: date | None = None
    """The series is held between these days; without a last one it goes on."""
    slot: Annotated[int, Meta(ge=5, le=240)] = 15
    gap: Annotated[int, Meta(ge=0, le=120)] = 0
    pauses: Annotated[tuple[tuple[Minute, Minute], ...], Meta(max_length=8)] = ()
    """A booked time lasts `slot` minutes, with `gap` minutes to the next; none lies in a pause."""
    daily: Annotated[int, Meta(ge=0, le=500)] = 0
    """How many are booked on one day at most; 0: as many as there are times."""
    ahead: Annotated[int, Meta(ge=1, le=20)] = 2
    """How many times to come one person may hold."""

    @property
    def rule(self) -> Rule:
        """When it is held."""
        return Rule(self.every, self.weekday, self.nth, self.shift, self.weekends)

    def title(self, t: Translator) -> str:
        """What it is called."""
        return (self.title_ru if t.language == "ru" else self.title_kk) or t(TITLES[self.what])

    def official(self, language: Language) -> str:
        """Who receives; English texts use the Kazakh words as they are."""
        return self.official_ru if language == "ru" else self.official_kk

    def place(self, language: Language) -> str:
        """Where."""
        return self.place_ru if language == "ru" else self.place_kk
