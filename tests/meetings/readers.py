"""Three calendar programs' own readers, each of which tells the days it finds in a file.

`ical` is what Home Assistant's calendar runs on, `vobject` what Radicale and many phones' servers do, `icalendar` with
dateutil what most Python clients do. Where a library expands a rule but leaves moved dates to its user, that user is
written here as RFC 5545 says: a RECURRENCE-ID takes the place of the date it names.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import vobject
from dateutil.rrule import rruleset, rrulestr
from ical.calendar_stream import IcsCalendarStream

Reader = Callable[[bytes], list[datetime]]
FAR = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def with_ical(data: bytes) -> list[datetime]:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    return sorted(event.dtstart.astimezone(UTC) for event in calendar.timeline_tz(UTC).included(*FAR))


def with_vobject(data: bytes) -> list[datetime]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = vobject.readOne(data.decode()).vevent_list
        moves = [event for event in events if "recurrence-id" in event.contents]
        series = [event for event in events if event not in moves]
        return _merged(
            ((one.uid.value, list(one.getrruleset(addRDate=True) or [one.dtstart.value])) for one in series),
            ((one.uid.value, one.contents["recurrence-id"][0].value, one.dtstart.value) for one in moves),
        )


def with_icalendar(data: bytes) -> list[datetime]:
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return _merged(
        ((str(event["UID"]), list(_rules(event))) for event in events if "RECURRENCE-ID" not in event),
        ((str(e["UID"]), e["RECURRENCE-ID"].dt, e["DTSTART"].dt) for e in events if "RECURRENCE-ID" in e),
    )


def _rules(event: Any) -> rruleset:
    start = event["DTSTART"].dt
    found = rruleset()
    if "RRULE" in event:
        found.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=start))
    else:
        found.rdate(start)
    for name, put in (("EXDATE", found.exdate), ("RDATE", found.rdate)):
        listed = event.get(name, [])
        for one in listed if isinstance(listed, list) else [listed]:
            for value in one.dts:
                put(value.dt)
    return found


def _merged(
    series: Iterable[tuple[str, list[datetime]]], moved: Iterable[tuple[str, datetime, datetime]]
) -> list[datetime]:
    moves = {(uid, of.astimezone(UTC)): to.astimezone(UTC) for uid, of, to in moved}
    return sorted(moves.get((uid, at), at) for uid, days in series for at in (day.astimezone(UTC) for day in days))


READERS: dict[str, Reader] = {"ical": with_ical, "vobject": with_vobject, "icalendar": with_icalendar}


def days_of(found: list[datetime]) -> list[date]:
    """Kazakhstan's days since March 2024, and Almaty's before."""
    almaty = timedelta(hours=6), timedelta(hours=5)
    return [(at + almaty[at >= datetime(2024, 2, 29, 18, tzinfo=UTC)]).date() for at in found]
