"""A resident's card: the details that stand, what lost to them on another PC, and who else has the same IIN."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.journal import merge
from akimat_desk.journal.hlc import ms_of
from akimat_desk.journal.merge import EditRow
from akimat_desk.journal.places import place_of_row
from akimat_desk.journal.receipts import Place
from akimat_desk.people.details import Details, order_of
from akimat_desk.people.records import ResidentRow
from akimat_desk.people.residents import Resident, ResidentUnknown, doubles, resident

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store import Database, Store

FIELDS: Final = ("surname", "given", "patronymic", "iin", "phone", "street")


@dataclass(frozen=True, slots=True)
class Lost:
    """Of one field another PC wrote `lost`, at the same time as `stands` was written; `at_ms` is when."""

    field: str
    stands: str
    lost: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Card:
    """All that staff see of a person."""

    resident: Resident
    lost: tuple[Lost, ...] = ()
    same_iin: tuple[Resident, ...] = ()
    place: Place | None = None
    """Where it is safe; None in a room of one PC, where there is no question."""

    def other(self) -> Details:
        """The details as the other PC has them."""
        return replace(self.resident.details, **{one.field: one.lost for one in self.lost})


def card(store: Store, id: str) -> Card:
    """One person's card (blocks). Raises `ResidentUnknown`."""
    with store.read() as db:
        person = resident(store, id)
        same = next((group for group in doubles(store) if id in group), ())
        others = _people(store, (other for other in same if other != id))
        return Card(person, _lost(db, person), others, place_of_row(db, ResidentRow, person.id))


def to_settle(store: Store) -> tuple[Resident, ...]:
    """Whose card a person must look at, in the order of the alphabet (blocks)."""
    with store.read() as db:
        split = _people(store, dict.fromkeys(conflict.key for conflict in merge.conflicts(db, ResidentRow)))
        ids = {one.id for one in split if _lost(db, one)} | {id for group in doubles(store) for id in group}
        return tuple(sorted(_people(store, ids), key=lambda one: (order_of(one.details), one.id)))


def waiting(desk: Desk) -> int:
    """How many cards wait for somebody: the page's badge."""
    return len(to_settle(desk.store))


def _people(store: Store, ids: Iterable[str]) -> tuple[Resident, ...]:
    """Those of `ids` whose details are here."""
    found = []
    for id in ids:
        try:
            found.append(resident(store, id))
        except ResidentUnknown:
            continue
    return tuple(found)


def _lost(db: Database, person: Resident) -> tuple[Lost, ...]:
    """What lost and says something else, the latest of each field. Two PCs that wrote the same disagree on nothing."""
    found: dict[str, Lost] = {}
    for conflict in merge.conflicts(db, ResidentRow):
        if conflict.key != person.id or conflict.field not in FIELDS:
            continue
        edit = _edit(db, person.id, conflict.loser)
        stands = getattr(person.details, conflict.field)
        if edit is None or edit.fields.get(conflict.field) in (None, stands):
            continue
        one = Lost(conflict.field, stands, edit.fields[conflict.field], ms_of(edit.at))
        if conflict.field not in found or found[conflict.field].at_ms < one.at_ms:
            found[conflict.field] = one
    return tuple(found[name] for name in FIELDS if name in found)


@dataclass(frozen=True, slots=True)
class _Edit:
    at: int
    fields: dict[str, Any]


def _edit(db: Database, key: str, entry: str) -> _Edit | None:
    table: str = ResidentRow._meta.table_name
    where = (EditRow.table == table) & (EditRow.key == key) & (EditRow.entry == entry)
    rows: Sequence[Any] = list(EditRow.select(EditRow.at, EditRow.fields).where(where).tuples().execute(db))
    return _Edit(rows[0][0], msgspec.msgpack.decode(bytes(rows[0][1]))) if rows else None
