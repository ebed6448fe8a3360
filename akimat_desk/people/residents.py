"""Residents: what staff do with them, and how one is found among a hundred thousand while a name is typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.journal import merge
from akimat_desk.journal.builtin import MOST_ERASED, PERSONAL_ERASED, PersonalErased
from akimat_desk.people.details import Details, asked_for, in_order
from akimat_desk.people.entries import (
    RESIDENT_CHANGED,
    RESIDENT_ERASED,
    RESIDENT_REGISTERED,
    ResidentChanged,
    ResidentDetails,
    ResidentErased,
    ResidentRegistered,
)
from akimat_desk.people.records import ResidentRow
from akimat_desk.store.search import WordSearch

if TYPE_CHECKING:
    from akimat_desk.journal import Commit, Journal
    from akimat_desk.store import Database, Store

TOPIC: Final = "people.residents"
"""What open screens listen to."""

_FIELDS: Final = ("surname", "given", "patronymic", "iin", "phone", "street")
_COLUMNS: Final = ", ".join(_FIELDS)
_FIND: Final = WordSearch(
    table="people_resident", key="id", fold="fold", sort="sort", words="people_resident_word", where="sort IS NOT NULL"
)


class ResidentUnknown(Refused):
    """No such resident here: erased meanwhile, or their details are not on this PC."""

    code = "resident-unknown"
    staff_text = N_("This person is no longer in the list of residents.")
    next_text = N_("Search for the name again.")


class AlreadyRegistered(Refused):
    """Somebody with this IIN is in the list; `resident` is who."""

    code = "resident-already"
    staff_text = N_("A person with this IIN is already in the list of residents.")
    next_text = N_("Open that person's card and correct it.")

    def __init__(self, resident: str) -> None:
        self.resident = resident
        super().__init__()


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident as one PC knows them. `seen` is what an edit of these details replaces."""

    id: str
    details: Details
    seen: tuple[str, ...] = ()
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class Found:
    """The first of those that fit, in the order of the alphabet; `more` says that the list goes on."""

    residents: tuple[Resident, ...]
    more: bool


# ---- what people do


def register(journal: Journal, details: Details, *, by: str | None = None) -> Resident:
    """Put a person into the list. Raises what `details.in_order` raises, and `AlreadyRegistered`."""
    ordered = in_order(details)
    resident = uuid7(journal.clock.now_ms())
    with journal.commit() as commit:
        _nobody_else_has(commit, ordered.iin, resident)
        commit.append(RESIDENT_REGISTERED, ResidentRegistered(resident=resident, by=by), _personal(ordered))
    return Resident(resident, ordered)


def change(journal: Journal, resident: Resident, details: Details, *, by: str | None = None) -> Resident:
    """Write other details in place of those of `resident`, which somebody had open (`resident.seen`).

    Where another PC changed them meanwhile, both stand as a conflict until somebody looks. Raises what
    `details.in_order` raises, `AlreadyRegistered` and `ResidentUnknown`.
    """
    ordered = in_order(details)
    with journal.commit() as commit:
        _known(commit.db, resident.id)
        _nobody_else_has(commit, ordered.iin, resident.id)
        facts = ResidentChanged(resident=resident.id, replaces=resident.seen, by=by)
        entry = commit.append(RESIDENT_CHANGED, facts, _personal(ordered))
    return Resident(resident.id, ordered, (entry.id,))


def erase(journal: Journal, resident: str, *, by: str | None = None) -> int:
    """Erase a person's details here and, with the next exchange, everywhere; how many entries held them.

    What they printed or were told stays in the figures without a name. Raises `ResidentUnknown`.
    """
    with journal.commit() as commit:
        if not list(commit.db.execute_sql("SELECT 1 FROM people_resident WHERE id = ? AND NOT erased", (resident,))):
            raise ResidentUnknown
        commit.append(RESIDENT_ERASED, ResidentErased(resident=resident, by=by))
        parts = _erase_parts(commit)
    _leave_no_older_pages(journal)
    return parts


def erase_latecomers(journal: Journal) -> int:
    """Erase details of erased people that another PC, not knowing yet, wrote or sent later. The keeper calls it."""
    with journal.store.read() as db:
        if not _parts_to_erase(db):
            return 0
    with journal.commit() as commit:
        parts = _erase_parts(commit)
    _leave_no_older_pages(journal)
    return parts


# ---- what people see


def resident(store: Store, id: str) -> Resident:
    """One person, ready to be edited. Raises `ResidentUnknown`."""
    with store.read() as db:
        details = _known(db, id)
        return Resident(id, details, merge.seen(db, ResidentRow, id, _FIELDS))


def find(store: Store, typed: str, limit: int = 20) -> Found:
    """Who fits what was typed so far: the beginnings of words of the name, in any order, and of the IIN.

    Small and large letters and Kazakh and Russian ones count the same: "касым" finds Қасым. Nothing typed finds
    everybody. The first `limit` in the order of the Kazakh alphabet.
    """
    with store.read() as db:
        ids = _FIND.find(db, asked_for(typed), limit + 1)
        marks = ", ".join("?" * len(ids[:limit]))
        rows = db.execute_sql(
            f"SELECT id, {_COLUMNS} FROM people_resident WHERE id IN ({marks}) ORDER BY sort, id",  # noqa: S608
            ids[:limit],
        )
        found = tuple(Resident(id, Details(*(value or "" for value in values))) for id, *values in rows)
    return Found(found, more=len(ids) > limit)


def by_iin(store: Store, iin: str) -> Resident | None:
    """The person with exactly this IIN; the first of several."""
    with store.read() as db:
        id = _holder(db, iin)
    return None if id is None else resident(store, id)


def doubles(store: Store) -> tuple[tuple[str, ...], ...]:
    """Residents of one IIN, registered on PCs that did not know of each other: for staff to settle."""
    with store.read() as db:
        rows = db.execute_sql(
            "SELECT iin, id FROM people_resident WHERE iin IN (SELECT iin FROM people_resident WHERE iin > ''"
            " GROUP BY iin HAVING count(*) > 1) ORDER BY iin, at, id"
        ).fetchall()
    groups: dict[str, list[str]] = {}
    for iin, id in rows:
        groups.setdefault(iin, []).append(id)
    return tuple(tuple(group) for group in groups.values())


def how_many(store: Store) -> int:
    """People in the list, also those whose details are not on this PC."""
    with store.read() as db:
        (number,) = db.execute_sql("SELECT count(*) FROM people_resident WHERE NOT erased").fetchone()
    return int(number)


# ---- how


def _personal(details: Details) -> ResidentDetails:
    return ResidentDetails(**{name: getattr(details, name) for name in _FIELDS})


def _known(db: Database, id: str) -> Details:
    rows = db.execute_sql(
        f"SELECT {_COLUMNS} FROM people_resident WHERE id = ? AND sort IS NOT NULL",  # noqa: S608 (our names)
        (id,),
    ).fetchall()
    if not rows:
        raise ResidentUnknown
    return Details(*(value or "" for value in rows[0]))


def _holder(db: Database, iin: str) -> str | None:
    row = db.execute_sql("SELECT id FROM people_resident WHERE iin = ? ORDER BY at, id LIMIT 1", (iin,)).fetchone()
    return row[0] if row and iin else None


def _nobody_else_has(commit: Commit, iin: str, resident: str) -> None:
    rows = commit.db.execute_sql("SELECT id FROM people_resident WHERE iin = ? AND iin > ''", (iin,)).fetchall()
    others = [id for (id,) in rows if id != resident]
    if others:
        raise AlreadyRegistered(others[0])


def _parts_to_erase(db: Database) -> list[str]:
    rows = db.execute_sql(
        "SELECT p.entry FROM people_resident_part p JOIN people_resident r ON r.id = p.resident"
        " LEFT JOIN journal_erased e ON e.id = p.entry WHERE r.erased AND e.id IS NULL ORDER BY p.entry"
    )
    return [entry for (entry,) in rows.fetchall()]


def _leave_no_older_pages(journal: Journal) -> None:
    """The details are erased; a disk that is busy or full keeps older pages in the log until the keeper's next hour."""
    with suppress(Unavailable):
        journal.store.empty_log()


def _erase_parts(commit: Commit) -> int:
    parts = _parts_to_erase(commit.db)
    for start in range(0, len(parts), MOST_ERASED):
        commit.append(PERSONAL_ERASED, PersonalErased(entries=tuple(parts[start : start + MOST_ERASED])))
    return len(parts)
