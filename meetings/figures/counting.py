"""What a month, a year or more of receptions came to. Counted from facts only: nobody's name or words are looked at.

    waiting     from coming until the first call; who came before a booked time waits from that time on. Who was never
                marked as come before the call is not measured
    expected    booked or walked in, up to today; what is booked for a day to come is nothing to count yet, and the
                waiting list expects nobody
    missed      marked as not come and not received later; or booked on a day that is over, and never came
    in time     the first answer to an assignment came by the date that held then; of all whose answer has come or
                whose date is over
    confirmed   the resident said that it is done; of all that were ever answered
    subjects    each protocol by its subject, and each talk without one by the visit's

A reception counts in the month it was held in, an assignment in the month its appeal was received in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.months import next_month
from akimat_desk.calendar.days import WorkingDays
from meetings.cases.rules import AT_WORK, Due, Step, life
from meetings.day.rules import ms_of
from meetings.visits.records import STANDING
from meetings.visits.subjects import OTHER

if TYPE_CHECKING:
    from akimat_desk.store import Database

MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in minutes: half took no longer than `middle`, nine of ten no longer than `most`."""

    measured: int = 0
    middle: int = 0
    most: int = 0

    @classmethod
    def of(cls, lengths_ms: Iterable[int]) -> Spread:
        """Minutes are rounded up, so that no wait is told shorter than it was."""
        ordered = sorted(lengths_ms)
        if not ordered:
            return cls()
        middle, most = ordered[(len(ordered) - 1) // 2], ordered[-(-len(ordered) * 9 // 10) - 1]
        return cls(len(ordered), -(-middle // MINUTE_MS), -(-most // MINUTE_MS))


@dataclass(frozen=True, slots=True)
class Day:
    """The receptions of some time."""

    expected: int = 0
    """Visits that were not given back; nobody of a day to come."""
    booked: int = 0
    """Of these, those with a time."""
    came: int = 0
    served: int = 0
    missed: int = 0
    """Did not come. Who came and left without being received is not among them."""
    waiting: Spread = Spread()
    talks: Spread = Spread()


@dataclass(frozen=True, slots=True)
class Work:
    """The assignments of some time."""

    cases: int = 0
    given: int = 0
    in_time: int = 0
    late: int = 0
    """Answered after the date."""
    overdue: int = 0
    """Not answered, and the date is over."""
    running: int = 0
    """Not answered, and there is time."""
    confirmed: int = 0
    waits_for_word: int = 0
    """Answered; the resident has not said yet."""
    disputed: int = 0
    """The resident was not content, whatever came then."""
    closed: int = 0
    """Ended without the resident's word."""
    moved: int = 0
    """How often a date was moved."""

    @property
    def answered(self) -> int:
        """Ever answered."""
        return self.in_time + self.late

    @property
    def share_in_time(self) -> float | None:
        """Between 0 and 1; None where nothing was answered and nothing was due."""
        of = self.answered + self.overdue
        return self.in_time / of if of else None

    @property
    def share_confirmed(self) -> float | None:
        """Between 0 and 1; None where nothing was answered."""
        return self.confirmed / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Month:
    """One month; by its first day."""

    first: date
    day: Day
    work: Work


@dataclass(frozen=True, slots=True)
class Official:
    """Whom one series of receptions received; people sent on to another official count with both."""

    series: str
    served: int


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """How often people came about a subject, and in which months (first days) at least once."""

    subject: str
    times: int
    months: tuple[date, ...]

    @property
    def repeats(self) -> bool:
        """It came up in more than one month."""
        return len(self.months) > 1


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report tells of the days from `begin` up to and without `end`, as of `today`."""

    begin: date
    end: date
    today: date
    day: Day
    work: Work
    months: tuple[Month, ...]
    """Every month of the time, also those with nothing."""
    days: tuple[tuple[date, Day], ...]
    """Every day on which somebody was expected."""
    officials: tuple[Official, ...]
    """Most people first."""
    subjects: tuple[SubjectLine, ...]
    """The most frequent first."""

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.day.expected or self.work.cases)


def figures(db: Database, begin: date, end: date, working: WorkingDays, today: date) -> Figures:
    """Count the days from `begin` up to and without `end`. Each table is walked once."""
    span = (begin.isoformat(), end.isoformat())
    by_day: dict[date, _Days] = defaultdict(_Days)
    subjects: Counter[tuple[str, date]] = Counter()
    _visits(db, span, by_day, subjects, today)
    works = _works(db, span, _Remembered(working), today, subjects)
    by_month: dict[date, _Days] = defaultdict(_Days)
    total = _Days()
    for day, found in by_day.items():
        by_month[day.replace(day=1)].add(found)
        total.add(found)
    months = tuple(
        Month(first, by_month[first].told() if first in by_month else Day(), works.get(first, _Works()).told())
        for first in _months(begin, end)
    )
    whole = _Works()
    for one in works.values():
        whole.add(one)
    return Figures(
        begin,
        end,
        today,
        total.told(),
        whole.told(),
        months,
        tuple((day, by_day[day].told()) for day in sorted(by_day)),
        _officials(db, span),
        _subject_lines(subjects),
    )


# ---- the day


@dataclass(slots=True)
class _Days:
    counts: Counter[str] = field(default_factory=Counter)
    waits: list[int] = field(default_factory=list)
    talks: list[int] = field(default_factory=list)

    def add(self, other: _Days) -> None:
        self.counts.update(other.counts)
        self.waits += other.waits
        self.talks += other.talks

    def told(self) -> Day:
        return Day(**self.counts, waiting=Spread.of(self.waits), talks=Spread.of(self.talks))


def _visits(
    db: Database,
    span: tuple[str, str],
    by_day: dict[date, _Days],
    subjects: Counter[tuple[str, date]],
    today: date,
) -> None:
    """Everybody who was expected, with what the day made of it."""
    rows = db.execute_sql(
        "SELECT v.day, v.start, v.subject, coalesce(t.slot_lost, 0), coalesce(t.arrived_ms, 0),"  # noqa: S608
        " coalesce(t.first_called_ms, 0), coalesce(t.started_ms, 0), coalesce(t.talked_ms, 0),"
        " coalesce(t.state, '') = 'missed', v.way = 'walk-in',"
        " EXISTS (SELECT 1 FROM meetings_case c WHERE c.visit = v.id)"
        " FROM meetings_visit v LEFT JOIN meetings_turn t ON t.visit = v.id AND t.day = v.day"
        " LEFT JOIN journal_claim c ON c.entry = v.claim AND v.start IS NOT NULL"
        " WHERE v.day >= ? AND v.day < ? AND v.day <= ? AND v.cancelled = ''"
        f" AND coalesce({STANDING}, '') <> 'refused'",
        (*span, today.isoformat()),
    )
    for (
        iso, start, subject, slot_lost, arrived, called, started, talked, marked_missed, walked_in, has_case,
    ) in rows.fetchall():  # fmt: skip
        here = arrived > 0 or walked_in
        if start is None and not here and not started:
            continue  # on the waiting list, and no time came free
        day = date.fromisoformat(iso)
        found = by_day[day]
        counts = found.counts
        counts["expected"] += 1
        counts["booked"] += start is not None
        counts["came"] += here
        counts["served"] += started > 0
        counts["missed"] += not started and (marked_missed or (day < today and not here))
        if called > arrived > 0:
            since = arrived if start is None or slot_lost else max(arrived, ms_of(day, start))
            found.waits.append(max(0, called - since))
        if talked:
            found.talks.append(talked)
        if started and not has_case:
            subjects[subject or OTHER.key, day.replace(day=1)] += 1


def _officials(db: Database, span: tuple[str, str]) -> tuple[Official, ...]:
    rows = db.execute_sql(
        "SELECT s.series, s.visit || s.day, s.entry, t.overtaken FROM meetings_step s"
        " JOIN meetings_turn t ON t.visit = s.visit AND t.day = s.day"
        " WHERE s.day >= ? AND s.day < ? AND s.did = 'started'",
        span,
    ).fetchall()
    served: dict[str, set[str]] = defaultdict(set)
    for series, who, entry, overtaken in rows:
        if entry not in overtaken.split():
            served[series].add(who)
    return tuple(
        Official(series, len(who)) for series, who in sorted(served.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _subject_lines(subjects: Mapping[tuple[str, date], int]) -> tuple[SubjectLine, ...]:
    times: Counter[str] = Counter()
    months: dict[str, set[date]] = defaultdict(set)
    for (subject, month), many in subjects.items():
        times[subject] += many
        months[subject].add(month)
    ranked = sorted(times, key=lambda subject: (-times[subject], subject))
    return tuple(SubjectLine(subject, times[subject], tuple(sorted(months[subject]))) for subject in ranked)


# ---- assignments


class _Remembered(WorkingDays):
    """The same calendar, which is asked for the same days again and again."""

    def __init__(self, days: WorkingDays) -> None:
        super().__init__(days.law, days.decrees)
        object.__setattr__(self, "_worked", {})
        object.__setattr__(self, "_terms", {})

    _worked: dict[date, bool]
    _terms: dict[tuple[date, int], date]

    def is_working(self, day: date) -> bool:
        """See `WorkingDays`."""
        found = self._worked.get(day)
        if found is None:
            found = self._worked[day] = super().is_working(day)
        return found

    def after(self, day: date, working_days: int) -> date:
        """See `WorkingDays`."""
        found = self._terms.get((day, working_days))
        if found is None:
            found = self._terms[day, working_days] = super().after(day, working_days)
        return found


@dataclass(slots=True)
class _Works:
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: _Works) -> None:
        self.counts.update(other.counts)

    def told(self) -> Work:
        return Work(**self.counts)


def _works(
    db: Database, span: tuple[str, str], days: WorkingDays, today: date, subjects: Counter[tuple[str, date]]
) -> dict[date, _Works]:
    """Cases and assignments by the month their appeal was received in."""
    found: dict[date, _Works] = defaultdict(_Works)
    for received, subject, many in db.execute_sql(
        "SELECT substr(received, 1, 7) || '-01', subject, count(*) FROM meetings_case"
        " WHERE received >= ? AND received < ? GROUP BY 1, 2",
        span,
    ).fetchall():
        month = date.fromisoformat(received)
        found[month].counts["cases"] += many
        subjects[subject or OTHER.key, month] += many
    steps = _steps(db, span)
    for month, id, given, due in _given(db, span):
        for name, many in outcome(given, due, steps.get(id, []), days, today).items():
            found[month].counts[name] += many
    return found


def _given(db: Database, span: tuple[str, str]) -> Iterator[tuple[date, str, date, Due]]:
    rows = db.execute_sql(
        "SELECT substr(c.received, 1, 7) || '-01', a.id, a.given, a.days, a.\"on\" FROM meetings_case c"
        ' JOIN meetings_assignment a ON a."case" = c.id WHERE c.received >= ? AND c.received < ?',
        span,
    ).fetchall()
    for month, id, given, working_days, on in rows:
        yield date.fromisoformat(month), id, date.fromisoformat(given), _due(working_days, on)


def _steps(db: Database, span: tuple[str, str]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for assignment, id, at, name, on, working_days, due in db.execute_sql(
        'SELECT s.assignment, s.id, s.at, s.step, s."on", s.days, s.due FROM meetings_case c'
        ' JOIN meetings_assignment a ON a."case" = c.id JOIN meetings_assignment_step s ON s.assignment = a.id'
        " WHERE c.received >= ? AND c.received < ?",
        span,
    ).fetchall():
        new = _due(working_days, due) if working_days is not None or due else None
        found[assignment].append(Step(name, at, id, date.fromisoformat(on), new))
    return found


def _due(working_days: int | None, on: str | None) -> Due:
    return Due(working_days, date.fromisoformat(on) if on else None)


def outcome(given: date, due: Due, steps: list[Step], days: WorkingDays, today: date) -> dict[str, int]:
    """What one assignment adds to which of the counts of `Work`."""
    now = life(given, due, steps, days)
    counted = sorted((step for step in steps if step.id in now.counted), key=lambda step: (step.at, step.id))
    first = next((place for place, step in enumerate(counted) if step.name == "answered"), None)
    if first is not None:
        # What was never opened again still has the date and the day of its first answer.
        then = life(given, due, counted[: first + 1], days) if now.reopened else now
        state = "in_time" if then.in_time() else "late"
    elif now.state in AT_WORK:
        state = "overdue" if today > now.due else "running"
    else:
        state = ""  # closed without an answer
    return {
        "given": 1,
        **({state: 1} if state else {}),
        "confirmed": int(now.state == "confirmed"),
        "waits_for_word": int(now.state == "answered"),
        "disputed": int(any(step.name == "disputed" for step in counted)),
        "closed": int(now.state == "closed"),
        "moved": now.moved,
    }


# ---- time


def _months(begin: date, end: date) -> Iterator[date]:
    first = begin.replace(day=1)
    while first < end:
        yield first
        first = next_month(first)
