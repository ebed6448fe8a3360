"""The plan as others take it away: the poster for the door, and the calendar file for phones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_, Sentence
from meetings.ics import Event, calendar_file
from meetings.words import tell, tell_rule

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.service import Desk
    from meetings.plan import PlanNow, SeriesPlan

FILE: Final = "qabyldau.ics"
"""What the calendar file is called on a stick; plain Latin letters for old phones."""


class NothingAnnounced(Unavailable):
    """A poster tells what was announced, and nothing was."""

    code = "meetings-nothing-announced"
    staff_text = N_("No dates are announced yet.")
    next_text = N_("Press “Announce the dates” first.")


class NoStick(Unavailable):
    """There is no stick to write to."""

    code = "meetings-no-stick"
    staff_text = N_("There is no USB stick in this PC.")
    next_text = N_("Plug in a USB stick and press the button again.")


def plan_as_calendar(plans: Sequence[SeriesPlan], words: Translator, now_ms: int) -> bytes:
    """What people were told (`SeriesPlan.published`), as a calendar file in the language of `words`."""
    language = words.language
    events = []
    for one in plans:
        content, dates = one.series.content, one.published
        if not dates:
            continue
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
                until=dates[-1].of,
                occurrences=dates,
                why=[tell(each, words) for each in dates],
            )
        )
    return calendar_file(events, name=words("Receptions and meetings"), language=language, made_ms=now_ms)


def poster(plan: PlanNow, places: tuple[str, str], words: Translator) -> bytes:
    """The poster of everything that people were told, as PDF; a series nobody was told of is left out."""
    from meetings.poster import Poster, poster_pdf

    pages = []
    for one in plan.series:
        told = tuple(each for each in one.told if each.of in one.series.promised)
        if told:
            pages.append(Poster(one.series.content, told, *places, plan.today))
    if not pages:
        raise NothingAnnounced
    return poster_pdf(pages, words)


def print_poster(desk: Desk) -> int:
    """Lay the poster into the out-tray (blocks); its number there. Raises `NothingAnnounced`."""
    from akimat_desk.papers.tray import OutTray, Paper
    from akimat_desk.people.zone import zone
    from meetings.plan import plan_now

    content = zone(desk.store).content
    pdf = poster(plan_now(desk), (content.name_kk, content.name_ru), desk.words)
    return OutTray(desk.store, desk.clock).put("meetings", Paper(Sentence(N_("Poster of the receptions")), pdf=pdf))


def save_on_stick(desk: Desk) -> str:
    """Write the calendar file onto the first stick (blocks); the stick's name. Raises `NoStick`."""
    from akimat_desk.base.sticks import sticks
    from akimat_desk.store.errors import faults
    from meetings.plan import plan_now

    found = sticks()
    if not found:
        raise NoStick
    plan = plan_now(desk)
    data = plan_as_calendar(plan.series, desk.words, desk.clock.now_ms())
    with faults():
        (found[0].path / FILE).write_bytes(data)
    return found[0].name
