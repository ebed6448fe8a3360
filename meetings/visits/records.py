"""Visits and the times they ask for: tables made of the journal, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import peewee

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Language
from akimat_desk.journal import merge
from meetings.visits.secret import fits

if TYPE_CHECKING:
    from akimat_desk.store import Database

TOPIC: Final = "meetings.visits"
State = Literal["standing", "requested", "refused", "cancelled"]
"""Theirs; waits for the main PC's word; the time was given to another; given back."""

MOVE_FIELDS: Final = ("series", "day", "start", "end", "number", "claim", "moved")
CANCEL_FIELDS: Final = ("cancelled",)
SECRET_FIELDS: Final = ("secret",)


class VisitUnknown(Refused):
    """No such visit on this PC."""

    code = "visit-unknown"
    staff_text = N_("This visit is not in the list.")
    next_text = N_("Look at the list again.")


class VisitRow(peewee.Model):
    """A visit as it stands now."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    series = peewee.TextField()
    day = peewee.TextField()
    start = peewee.IntegerField(null=True)
    end = peewee.IntegerField(null=True)
    number = peewee.TextField()
    claim = peewee.TextField()
    """The entry that asked for the time it has now (`SlotRow`)."""
    way = peewee.TextField()
    subject = peewee.TextField()
    language = peewee.TextField()
    needs = peewee.TextField(default="")
    group = peewee.TextField(default="")
    secret = peewee.BlobField(null=True)
    by = peewee.TextField(null=True)
    moved = peewee.TextField(default="")
    cancelled = peewee.TextField(default="")
    name = peewee.TextField(null=True)
    iin = peewee.TextField(null=True)
    phone = peewee.TextField(null=True)
    address = peewee.TextField(null=True)
    about = peewee.TextField(null=True)
    spoken_for = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_visit"
        indexes = ((("day", "series"), False), (("iin",), False))


class SlotRow(peewee.Model):
    """Every time that was ever asked for, by the entry that did; `journal_claim` says how it stands."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    visit = peewee.TextField()
    series = peewee.TextField()
    day = peewee.TextField()
    start = peewee.IntegerField()
    turn = peewee.IntegerField()

    class Meta:
        table_name = "meetings_slot"
        indexes = ((("series", "day", "start"), False),)


class ToldRow(peewee.Model):
    """Every time somebody was told what became of their visit; `of` is the entry they were told of."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    visit = peewee.TextField(index=True)
    of = peewee.TextField()
    off = peewee.BooleanField()
    by = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_told"


PROJECTIONS: Final = (VisitRow, SlotRow, ToldRow)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one reception day; `start` and `end` are minutes after midnight, None without a time.

    What this PC does not hold of the person is "". `moved` says why it last moved: "wish", "date", "ruling", "waiting".
    """

    id: str
    series: str
    day: date
    start: int | None
    end: int | None
    way: str
    subject: str
    language: Language
    needs: tuple[str, ...]
    group: str
    number: str
    asked: int
    """Milliseconds since 1970."""
    state: State
    name: str = ""
    iin: str = ""
    phone: str = ""
    address: str = ""
    about: str = ""
    spoken_for: str = ""
    moved: str = ""
    reason: str = ""
    """Why it was cancelled."""

    @property
    def coming(self) -> bool:
        """Whether the person is expected (or waits for a time)."""
        return self.state != "cancelled"

    @property
    def waits_for_a_time(self) -> bool:
        """Whether it stands on the waiting list."""
        return self.coming and self.way != "walk-in" and self.start is None


STANDING: Final = (
    "CASE WHEN c.standing = 'refused' AND EXISTS (SELECT 1 FROM meetings_slot mine JOIN meetings_slot other"
    " ON other.series = mine.series AND other.day = mine.day AND other.start = mine.start AND other.turn = mine.turn"
    " AND other.visit = mine.visit JOIN journal_claim h ON h.entry = other.id AND h.standing = 'granted'"
    " WHERE mine.id = v.claim) THEN 'granted' ELSE c.standing END"
)
"""How the time of visit `v` with claim `c` stands: a visit that asked for it twice has it (`VisitAsked.unheard`)."""

_SELECT: Final = (
    'SELECT v.id, v.series, v.day, v.start, v."end", v.way, v.subject, v.language, v.needs, v."group", v.number,'  # noqa: S608
    f" v.at >> 16, v.cancelled, {STANDING}, EXISTS (SELECT 1 FROM journal_host), coalesce(v.name, ''),"
    " coalesce(v.iin, ''), coalesce(v.phone, ''), coalesce(v.address, ''), coalesce(v.about, ''),"
    " coalesce(v.spoken_for, ''), coalesce(v.moved, '')"
    " FROM meetings_visit v LEFT JOIN journal_claim c ON c.entry = v.claim AND v.start IS NOT NULL"
)


def visits_of_day(db: Database, day: date, series: str | None = None) -> tuple[Visit, ...]:
    """Everybody of a day, cancelled ones too: by time, then by when they asked; without a time last."""
    where, values = "v.day = ?", [day.isoformat()]
    if series is not None:
        where, values = f"{where} AND v.series = ?", [*values, series]
    return _visits(db, where, values)


def visit_of(db: Database, id: str) -> Visit:
    """The visit `id`. Raises `VisitUnknown`."""
    found = _visits(db, "v.id = ?", [id])
    if not found:
        raise VisitUnknown
    return found[0]


def by_number(db: Database, day: date, number: str) -> Visit | None:
    """Who is called by `number` on `day`; without letters ("-06") whoever is the only one."""
    where, value = _numbered(number)
    found = _visits(db, f"v.day = ? AND {where}", [day.isoformat(), value])
    return found[0] if len(found) == 1 else None


def with_secret(db: Database, number: str, secret: str, since: date) -> Visit | None:
    """The visit from `since` on that has this number (`number.typed`) and secret code. Slow on purpose, for each day
    the number has.
    """
    where, value = _numbered(number)
    rows = db.execute_sql(
        f"SELECT v.id, v.secret FROM meetings_visit v WHERE {where} AND v.day >= ? AND v.secret IS NOT NULL"  # noqa: S608
        " ORDER BY v.day, v.id",
        (value, since.isoformat()),
    ).fetchall()
    for id, verifier in rows:
        if fits(secret, bytes(verifier)):
            return visit_of(db, id)
    return None


def coming(db: Database, since: date) -> tuple[Visit, ...]:
    """Every visit from `since` on that is not cancelled."""
    return _visits(db, "v.day >= ? AND v.cancelled = ''", [since.isoformat()])


def left_without(db: Database, since: date) -> tuple[Visit, ...]:
    """Whose reception from `since` on does not take place: to be called."""
    return _visits(db, "v.day >= ? AND v.cancelled = 'no-reception'", [since.isoformat()])


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was told, by whom ("" where no name is known here) and when (milliseconds since 1970)."""

    by: str
    at_ms: int


def told(db: Database, since: date) -> dict[str, Told]:
    """By visit from `since` on: who was told how it stands now."""
    rows = db.execute_sql(
        "SELECT t.visit, t.at >> 16, coalesce(s.name, '') FROM meetings_told t JOIN meetings_visit v ON v.id = t.visit"
        " AND v.claim = t.of AND (v.cancelled <> '') = t.off LEFT JOIN people_staff s ON s.id = t.by"
        " WHERE v.day >= ? ORDER BY t.at DESC",
        (since.isoformat(),),
    ).fetchall()
    return {visit: Told(name, at) for visit, at, name in rows}


def to_tell(db: Database, since: date) -> int:
    """How many nobody has told yet that their day from `since` on was moved or called off."""
    (found,) = db.execute_sql(
        "SELECT count(*) FROM meetings_visit v WHERE v.day >= ? AND (v.cancelled = 'no-reception'"
        " OR v.cancelled = '' AND v.moved = 'date') AND NOT EXISTS (SELECT 1 FROM meetings_told t"
        " WHERE t.visit = v.id AND t.of = v.claim AND t.off = (v.cancelled <> ''))",
        (since.isoformat(),),
    ).fetchone()
    return int(found)


def claim_of(db: Database, id: str) -> str:
    """The entry that gave the visit `id` the time it has. Raises `VisitUnknown`."""
    row = db.execute_sql("SELECT claim FROM meetings_visit WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise VisitUnknown
    return str(row[0])


def how_many(db: Database, series: str, since: date) -> dict[date, int]:
    """How many are booked, or wait, on each day of a series from `since` on."""
    rows = db.execute_sql(
        "SELECT day, count(*) FROM meetings_visit WHERE series = ? AND day >= ? AND cancelled = '' GROUP BY day",
        (series, since.isoformat()),
    ).fetchall()
    return {date.fromisoformat(day): int(number) for day, number in rows}


def waiting_list(db: Database, since: date) -> tuple[Visit, ...]:
    """Who waits for a time, the first of each day first."""
    where = "v.day >= ? AND v.cancelled = '' AND v.way <> 'walk-in' AND v.start IS NULL"
    return _visits(db, where, [since.isoformat()])


def turn_of(db: Database, series: str, day: date, start: int) -> int:
    """What a fresh claim of this time is numbered: 0, and one more each time it was given back."""
    (last,) = db.execute_sql(
        "SELECT coalesce(max(turn) + 1, 0) FROM meetings_slot WHERE series = ? AND day = ? AND start = ?",
        (series, day.isoformat(), start),
    ).fetchone()
    return int(last)


def seen(db: Database, id: str, fields: Sequence[str] = (*MOVE_FIELDS, *CANCEL_FIELDS)) -> tuple[str, ...]:
    """What an edit of the visit replaces."""
    return merge.seen(db, VisitRow, id, fields)


def _numbered(number: str) -> tuple[str, str]:
    return ("v.number LIKE ?", f"%{number}") if number.startswith("-") else ("v.number = ?", number)


def _visits(db: Database, where: str, values: Sequence[Any]) -> tuple[Visit, ...]:
    order = " ORDER BY v.day, v.start IS NULL, v.start, v.at, v.id"
    rows = db.execute_sql(f"{_SELECT} WHERE {where}{order}", tuple(values)).fetchall()
    return tuple(_visit(*row) for row in rows)


def _visit(*row: Any) -> Visit:
    id, series, day, start, end, way, subject, language, needs, group, number, at, cancelled, claim, ruled, *rest = row
    name, iin, phone, address, about, spoken_for, moved = rest
    state: State = "cancelled" if cancelled else _claimed(claim, bool(ruled))
    return Visit(
        id,
        series,
        date.fromisoformat(day),
        start,
        end,
        way,
        subject,
        language,
        tuple(needs.split()),
        group,
        number,
        at,
        state,
        name,
        iin,
        phone,
        address,
        about,
        spoken_for,
        moved,
        cancelled,
    )


def _claimed(claim: str | None, ruled: bool) -> State:
    """A room without a main PC has nobody to wait for; without a time there is nothing to claim."""
    if claim == "refused":
        return "refused"
    return "requested" if claim == "requested" and ruled else "standing"
