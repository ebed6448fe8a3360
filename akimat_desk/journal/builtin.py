"""The journal's own kinds: devices introduce themselves, are let in and shut out; hosts are raised and rule; personal
parts are erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import peewee
from msgspec import Meta

from akimat_desk.journal.devices import DEVICE_ADMITTED, DEVICE_REVOKED, AdmissionRow, RevocationRow
from akimat_desk.journal.heirs import HEIR_NAMED, HeirRow
from akimat_desk.journal.kinds import Digest, Facts, Id, Kind
from akimat_desk.journal.merge import ConflictRow, EditRow
from akimat_desk.journal.rulings import HOST_RAISED, RULING, Claim, HostRow, RulingRow

if TYPE_CHECKING:
    from akimat_desk.journal.entry import Entry
    from akimat_desk.store import Database

MOST_ERASED: Final = 500


class Place(Facts, frozen=True):
    """A place in the journal that this PC wrote before: the last entry it still has."""

    device: Id
    epoch: int
    seq: int
    hash: Digest


class DeviceIntroduced(Facts, frozen=True):
    """The first entry of every epoch: the key that signs it, why it was opened, and where it goes on from.

    `first`: a new device. `restored`: the database is older than this PC's mark, or a copy. `moved`: the data came from
    another machine, or this PC has lost its key or mark. `lost`: the key and mark are here, the database was not.
    `forked`: the same numbers were written elsewhere too, by a copy of this PC or by itself before it was set back.
    """

    public_key: Digest
    reason: Literal["first", "restored", "moved", "lost", "forked"]
    fork: Place | None = None


class PersonalErased(Facts, frozen=True):
    """The personal parts of these entries are to be erased wherever they are."""

    entries: Annotated[tuple[Id, ...], Meta(max_length=MOST_ERASED)]


class Erased(peewee.Model):
    """Entries whose personal part is not taken in again, should it still come from somewhere."""

    id = peewee.TextField(primary_key=True)

    class Meta:
        table_name = "journal_erased"


def _apply_introduced(db: Database, entry: Entry) -> None:
    """The chain's row holds the key already: without it the entry could not have been proved."""


def _apply_erased(db: Database, entry: Entry) -> None:
    facts: PersonalErased = entry.facts
    db.connection().executemany("INSERT OR IGNORE INTO journal_erased VALUES (?)", [(id,) for id in facts.entries])


DEVICE_INTRODUCED: Final = Kind("journal.device_introduced", DeviceIntroduced, _apply_introduced)
PERSONAL_ERASED: Final = Kind("journal.personal_erased", PersonalErased, _apply_erased)
KINDS: Final = (DEVICE_INTRODUCED, DEVICE_ADMITTED, DEVICE_REVOKED, HEIR_NAMED, HOST_RAISED, RULING, PERSONAL_ERASED)
PROJECTIONS: Final = (EditRow, ConflictRow, AdmissionRow, RevocationRow, HeirRow, HostRow, RulingRow, Claim, Erased)
