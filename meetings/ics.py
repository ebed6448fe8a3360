"""The plan as a calendar file (iCalendar, RFC 5545) that phones, Outlook and Thunderbird read back to the same dates.

A series is one event with its rule (RRULE, ended by UNTIL: beyond the plan nobody knows the days off). A date that is
held on another day is an event of its own with the same UID and a RECURRENCE-ID; one that is cancelled is an EXDATE;
one that was added is an RDATE. The UID never changes, SEQUENCE goes up with each change, so a calendar that has read
an earlier file moves its events instead of doubling them. The time zone comes from tzdata, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from akimat_desk.base.clock import local
from akimat_desk.calendar.zone import NAME, ONE_TIME_SINCE, offset_on
from meetings.rules import Occurrence, Rule

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WITHOUT_SUMMER_TIME: Final = date(2004, 10, 31)
"""Kazakhstan gave up summer time; no plan begins before."""
_LONGEST: Final = 75
"""Octets of a line before it is folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """A series as a calendar shows it. Times are minutes after midnight in Kazakhstan; `until` is the plan's end."""

    uid: str
    sequence: int
    title: str
    place: str
    note: str
    rule: Rule
    start: int
    end: int
    until: date
    occurrences: Sequence[Occurrence]
    why: Sequence[str] = ()
    """For each occurrence, what is said of it where it is not on the rule's own day."""


def calendar_file(events: Iterable[Event], *, name: str, language: str, made_ms: int) -> bytes:
    """The file, UTF-8 with CRLF. The same plan at the same moment gives the same bytes."""
    all_events = [event for event in events if event.occurrences]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Akimat Desk//Receptions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _text("X-WR-CALNAME", name),
        f"X-WR-TIMEZONE:{NAME}",
        *_zone(),
        *(line for event in all_events for line in _series(event, language, made_ms)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _series(event: Event, language: str, made_ms: int) -> Iterator[str]:
    regular = [one for one in event.occurrences if one.because != "extra" and _is_of(event.rule, one)]
    extra = [one for one in event.occurrences if one not in regular and one.held_on]
    cancelled = [one for one in regular if one.held_on is None]
    if len(cancelled) < len(regular):
        yield from _head(event, language, made_ms, regular[0].of)
        yield f"RRULE:{_rule(event)}"
        if cancelled:
            yield f"EXDATE;TZID={NAME}:" + ",".join(_at(one.of, event.start) for one in cancelled)
        if extra:
            yield f"RDATE;TZID={NAME}:" + ",".join(_at(one.held_on, event.start) for one in extra if one.held_on)
    elif extra:
        first, *more = [one.held_on for one in extra if one.held_on]
        yield from _head(event, language, made_ms, first)
        if more:
            yield f"RDATE;TZID={NAME}:" + ",".join(_at(day, event.start) for day in more)
    else:
        return
    yield "END:VEVENT"
    for one, why in zip(event.occurrences, event.why or [""] * len(event.occurrences), strict=True):
        if one in regular and one.held_on and one.held_on != one.of:
            yield from _head(event, language, made_ms, one.held_on, why)
            yield f"RECURRENCE-ID;TZID={NAME}:{_at(one.of, event.start)}"
            yield "END:VEVENT"


def _is_of(rule: Rule, one: Occurrence) -> bool:
    """Whether the rule itself names the date, so that RRULE gives it."""
    from meetings.rules import dates_of

    return one.of in dates_of(rule, one.of, one.of)


def _head(event: Event, language: str, made_ms: int, day: date, why: str = "") -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{datetime.fromtimestamp(made_ms / 1000, tz=UTC):%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{datetime.fromtimestamp(made_ms / 1000, tz=UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={NAME}:{_at(day, event.start)}"
    yield f"DTEND;TZID={NAME}:{_at(day, event.end)}"
    yield _text(f"SUMMARY;LANGUAGE={language}", event.title)
    if event.place:
        yield _text(f"LOCATION;LANGUAGE={language}", event.place)
    if note := "\n".join(filter(None, (why, event.note))):
        yield _text(f"DESCRIPTION;LANGUAGE={language}", note)
    yield "STATUS:CONFIRMED"
    yield "TRANSP:OPAQUE"


def _rule(event: Event) -> str:
    """The rule, ended at the last moment of the plan's last day, in UTC as RFC 5545 wants it beside a time zone."""
    last = datetime.combine(event.until, time(23, 59, 59), tzinfo=local(0).tzinfo).astimezone(UTC)
    until = f"UNTIL={last:%Y%m%dT%H%M%SZ}"
    weekday = _DAYS[event.rule.weekday]
    if event.rule.every == "week":
        return f"FREQ=WEEKLY;{until};BYDAY={weekday}"
    return f"FREQ=MONTHLY;{until};BYDAY={event.rule.nth}{weekday}"


def _at(day: date, minutes: int) -> str:
    return f"{datetime.combine(day, time()) + timedelta(minutes=minutes):%Y%m%dT%H%M%S}"


def _zone() -> Iterator[str]:
    """The time zone, the same in every file: some programs keep what they read first for all files to come."""
    yield from ("BEGIN:VTIMEZONE", f"TZID:{NAME}", f"X-LIC-LOCATION:{NAME}")
    since, before = offset_on(ONE_TIME_SINCE), offset_on(ONE_TIME_SINCE - timedelta(days=1))
    yield from _observance(_WITHOUT_SUMMER_TIME, before, before)
    yield from _observance(ONE_TIME_SINCE, before, since)
    yield "END:VTIMEZONE"


def _observance(day: date, before: timedelta, since: timedelta) -> Iterator[str]:
    yield "BEGIN:STANDARD"
    yield f"DTSTART:{day:%Y%m%dT000000}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(since)}"
    yield f"TZNAME:{_offset(since)[:3]}"
    yield "END:STANDARD"


def _offset(ahead: timedelta) -> str:
    minutes = round(ahead.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _text(name: str, value: str) -> str:
    """A text's property: backslash, comma, semicolon and line breaks are escaped, control characters left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n")
    return f"{name}:" + "".join(letter for letter in escaped.replace("\n", "\\n") if letter >= " " and letter != "\x7f")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, none of which cuts a letter."""
    pieces, piece = list[bytes](), b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _LONGEST - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
