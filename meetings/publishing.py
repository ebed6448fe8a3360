"""The plan as others take it away: a calendar file now, the poster for the door beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from meetings.ics import Event, calendar_file
from meetings.words import tell, tell_rule

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from meetings.plan import SeriesPlan


def plan_as_calendar(plans: Sequence[SeriesPlan], last: date, words: Translator, now_ms: int) -> bytes:
    """The dates people were told, and those that follow by the rule, as a calendar file in the language of `words`."""
    language = words.language
    events = []
    for one in plans:
        content = one.series.content
        official, rule = content.official(language), tell_rule(content.rule, words)
        events.append(
            Event(
                uid=one.series.id if "@" in one.series.id else f"{one.series.id}@akimat-desk",
                sequence=one.series.sequence,
                title=f"{content.title(words)}: {official}",
                place=content.place(language),
                note=rule[:1].upper() + rule[1:],
                rule=content.rule,
                start=content.start,
                end=content.end,
                until=min(last, content.last or last),
                occurrences=one.told,
                why=[tell(each, words) for each in one.told],
            )
        )
    return calendar_file(events, name=words("Receptions and meetings"), language=language, made_ms=now_ms)
