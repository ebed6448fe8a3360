"""What was corrected in minutes: the table of corrections, and what is read of it. The row of a case says what counts;
the texts before it are told by what each correction replaced, so that the first one can always be read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import msgspec
import peewee

from akimat_desk.base.locale import fold
from akimat_desk.journal import merge
from meetings.cases.records import CaseRow

if TYPE_CHECKING:
    from akimat_desk.store import Database
    from meetings.cases.records import Case

WordLine = Literal["name", "iin", "phone", "address", "asked", "explained", "promised", "official"]
CodeLine = Literal["kind", "answer", "subject", "language"]
Line = Literal[WordLine, CodeLine]
"""What of the minutes can be corrected. Number, day, code and who accepted them stay what they were."""
WORD_LINES: Final[tuple[WordLine, ...]] = get_args(WordLine)
CODE_LINES: Final[tuple[CodeLine, ...]] = get_args(CodeLine)
LINES: Final[tuple[Line, ...]] = (*WORD_LINES, *CODE_LINES)


class CorrectionRow(peewee.Model):
    """A correction of the minutes; `changes` are its lines as they were and are, as JSON."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    case = peewee.TextField(index=True)
    on = peewee.TextField()
    by = peewee.TextField(null=True)
    why = peewee.TextField(null=True)
    author = peewee.TextField(null=True)
    changes = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_case_correction"


PROJECTIONS: Final = (CorrectionRow,)


class Changed(msgspec.Struct, frozen=True):
    """One line as it was read, and as it is to be read."""

    line: Line
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; why, who and what are "" and empty where this PC does not hold them."""

    id: str
    at_ms: int
    on: date
    why: str
    author: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people corrected one line without knowing of each other: `stands` counts, `lost` does not."""

    line: Line
    stands: str
    lost: str
    author: str
    on: date


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of some minutes. `seen` is what a correction made now replaces."""

    corrections: tuple[Correction, ...] = ()
    apart: tuple[Apart, ...] = ()
    seen: tuple[str, ...] = ()


def texts_of(db: Database, case: Case) -> Texts:
    """The corrections of a case, the earliest first, and where two of them disagree."""
    rows = db.execute_sql(
        "SELECT id, at, \"on\", coalesce(why, ''), coalesce(author, ''), coalesce(changes, '[]')"
        ' FROM meetings_case_correction WHERE "case" = ? ORDER BY at, id',
        (case.id,),
    ).fetchall()
    found = tuple(
        Correction(
            id, at >> 16, date.fromisoformat(on), why, author, msgspec.json.decode(changes, type=tuple[Changed, ...])
        )
        for id, at, on, why, author, changes in rows
    )
    if not found:
        return Texts()
    return Texts(found, _apart(db, case, found), merge.seen(db, CaseRow, case.id, LINES))


def _apart(db: Database, case: Case, corrections: Sequence[Correction]) -> tuple[Apart, ...]:
    """What lost and says something else; two people who wrote the same disagree on nothing."""
    by_id = {one.id: one for one in corrections}
    found = dict[Line, Apart]()
    for one in merge.conflicts(db, CaseRow):
        loser = by_id.get(one.loser) if one.key == case.id else None
        if loser is None or one.field not in LINES:
            continue
        line, stands = one.field, line_of(case, one.field)
        lost = next((change.now for change in loser.changes if change.line == line), stands)
        if lost != stands:
            found[line] = Apart(line, stands, lost, loser.author, loser.on)
    return tuple(found[line] for line in LINES if line in found)


def line_of(case: Case, line: str) -> str:
    """What a line says now."""
    said: str = getattr(case, line)
    return said


def first_text(case: Case, corrections: Sequence[Correction]) -> Case:
    """The case as it was recorded, before any of its corrections."""
    was: Mapping[str, Any] = {
        change.line: change.was for one in reversed(corrections) for change in reversed(one.changes)
    }
    return replace(case, **was, corrected=None)


def index_words(db: Database, case: str) -> None:
    """Write by what a case is found, of its number, name and IIN as they stand; nothing where they are not here."""
    connection = db.connection()
    row = connection.execute("SELECT number, name, iin FROM meetings_case WHERE id = ?", (case,)).fetchone()
    if row is not None:
        number, name, iin = row
        found_by = None if name is None else fold(f"{number} {name} {iin or ''}")
        connection.execute("UPDATE meetings_case SET found_by = ? WHERE id = ?", (found_by, case))
