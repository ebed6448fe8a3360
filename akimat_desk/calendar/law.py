"""The days the law gives: public holidays, moved days off, and the days that were swapped by decree.

They come from the package `holidays`, which is loaded only here and only when a day is asked for. What the package
cannot know is said: orders of a coming year are not written yet, and Kurban Ait follows the moon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.calendar.days import Mark, WorkingDays

CHECKED_ON: Final = date(2026, 11, 22)
"""When these days were last held against the sources."""
DECREES_KNOWN_UNTIL: Final = 2026
"""The last year whose moved days have been decided: 2026 has only those that move by themselves (inform.kz, 2 January
2026). For later years staff write down the orders that come."""

NAMES: Final[Mapping[str, str]] = {
    "Жаңа жыл": N_("New Year"),
    "Православиелік Рождество": N_("Orthodox Christmas"),
    "Халықаралық әйелдер күні": N_("International Women’s Day"),
    "Наурыз мейрамы": N_("Nauryz"),
    "Қазақстан халқының бірлігі мерекесі": N_("Unity Day of the People of Kazakhstan"),
    "Отан Қорғаушы күні": N_("Defender of the Fatherland Day"),
    "Жеңіс күні": N_("Victory Day"),
    "Астана күні": N_("Capital City Day"),
    "Қазақстан Республикасының Конституциясы күні": N_("Constitution Day"),
    "Қазақстан Республикасы күні": N_("Republic Day"),
    "Республика күні": N_("Republic Day"),
    "Қазақстан Республикасының Тұңғыш Президенті күні": N_("Day of the First President"),
    "Тәуелсіздік күні": N_("Independence Day"),
    "Құрбан айт": N_("Kurban Ait"),
}
"""The package's Kazakh names, and the texts they are said by here: it has no Russian ones."""

_SWAPPED: Final = re.compile(r"\b(\d{2})\.(\d{2})\.(\d{4})\b")


@cache
def marks_of(year: int) -> Mapping[date, Mark]:
    """The days of `year` that are not as their weekdays are. The first call loads the package (0.2 s)."""
    from holidays.countries.kazakhstan import Kazakhstan

    # A day worked in December may stand for a day off in January.
    found = Kazakhstan(years=(year, year + 1), language="kk")
    moved, estimated = _label(found.observed_label), _label(found.estimated_label)
    marks: dict[date, Mark] = {}
    worked: dict[date, Mark] = {}
    for day in sorted(found):
        # Two holidays may fall on one day; the one that does not move with the moon tells more.
        mark = marks[day] = min(
            (_mark(name, moved, estimated) for name in found.get_list(day)), key=lambda mark: mark.estimated
        )
        if mark.why == "swapped" and mark.other in found.weekend_workdays:
            worked[mark.other] = Mark("worked", working=True, other=day)
    return {day: mark for day, mark in {**marks, **worked}.items() if day.year == year}


def _mark(name: str, moved: re.Pattern[str], estimated: re.Pattern[str]) -> Mark:
    """What a name of the package says: a holiday, one that has moved or is estimated, or a swapped day."""
    if stands_for := _SWAPPED.search(name):
        day, month, year = map(int, stands_for.groups())
        return Mark("swapped", other=date(year, month, day))
    if plain := moved.fullmatch(name):
        return Mark("moved", name=_named(plain[1]))
    if plain := estimated.fullmatch(name):
        return Mark("holiday", name=_named(plain[1]), estimated=True)
    return Mark("holiday", name=_named(name))


def _label(template: str) -> re.Pattern[str]:
    """ "%s (moved)" as what such a name looks like."""
    return re.compile(re.escape(template).replace("%s", "(.+)"))


def _named(name: str) -> str:
    """Our text; a holiday that only a newer package knows keeps the name it has there."""
    return NAMES.get(name, name)


def by_law() -> WorkingDays:
    """The calendar without anything staff wrote down."""
    return WorkingDays(marks_of)
