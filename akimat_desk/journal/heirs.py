"""A staff PC's heir: the key under which it goes on when it is restored on another machine.

The key that signs never leaves the PC and is in no backup, so a PC restored on a new machine has another, which some
staff PC would have to let in; where it was the room's only one, nobody could. So a staff PC names its heir beforehand,
in the journal, where every PC of the room sees it. The heir's private half is kept nowhere but sealed to the room's
recovery key (`store.recovery`), inside the database and hence in each backup: whoever restores proves with the printed
sheet that they may, and whoever steals the PC gets nothing. To shut a PC out shuts out its heir.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import peewee

from akimat_desk.journal.devices import admit, is_admitted, member, only_by_staff
from akimat_desk.journal.keys import HALF, DeviceKey, keep_heir
from akimat_desk.journal.kinds import Digest, Facts, Id, Kind
from akimat_desk.journal.parked import NotYet
from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home
    from akimat_desk.journal.entry import Entry
    from akimat_desk.journal.journal import Journal
    from akimat_desk.store import Database, Store
    from akimat_desk.store.recovery import RecoveryKey, RecoverySeal

_CONTEXT: Final = b"akimat-desk/heir/1\0"


class HeirNamed(Facts, frozen=True):
    """Whoever signs with `public_key` is `device`, come back on another machine."""

    device: Id
    public_key: Digest


class HeirRow(peewee.Model):
    """Every heir, of every recovery key there was."""

    entry = peewee.TextField(primary_key=True)
    device = peewee.TextField()
    public_key = peewee.BlobField()

    class Meta:
        table_name = "journal_heir"


def name_heir(journal: Journal, seal: RecoverySeal) -> bool:
    """Before a backup is made: name an heir that this seal's sheet can wake, where there is none yet. False where
    there is nothing to do: on a PC that is no staff PC, or of no room.
    """
    with journal.store.read() as db:
        if not _needs_one(db, journal.device, seal):
            return False
    heir = DeviceKey.make()
    sealed = seal.close(heir.private, _CONTEXT + heir.public)
    with journal.commit() as commit:
        commit.db.connection().execute(
            "INSERT OR REPLACE INTO journal_heir_sealed (seal, public_key, sealed) VALUES (?, ?, ?)",
            (seal.public, heir.public, sealed),
        )
        commit.append(HEIR_NAMED, HeirNamed(device=journal.device, public_key=heir.public))
    return True


def _needs_one(db: Database, device: str, seal: RecoverySeal) -> bool:
    known = member(db, device)
    if known is None or known.revoked or known.use != "desk":
        return False
    row = db.connection().execute(
        "SELECT public_key FROM journal_heir_sealed WHERE seal = ? AND public_key NOT IN"
        " (SELECT public_key FROM journal_chain)",  # one that has come already wakes nobody a second time
        (seal.public,),
    )
    return row.fetchone() is None


def wake_heir(store: Store, home: Home, recovery_key: RecoveryKey) -> bool:
    """After a restore: where the restored data name an heir that this sheet opens, the PC takes its key if it must have
    another one than before.
    """
    from akimat_desk.store.recovery import DoesNotOpen

    with store.read() as db:
        connection: Any = db.connection()
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'journal_heir_sealed'").fetchone() is None:
            return False
        rows = connection.execute(
            "SELECT public_key, sealed FROM journal_heir_sealed WHERE seal = ?", (recovery_key.seal.public,)
        ).fetchall()
    for public, sealed in rows:
        try:
            private = recovery_key.open(bytes(sealed), _CONTEXT + bytes(public))
        except DoesNotOpen:
            continue
        if len(private) == HALF:
            keep_heir(home, DeviceKey(private, bytes(public)))
            return True
    return False


def succeed(journal: Journal) -> bool:
    """A PC that has come back as its own heir says so: from then on it is known by this key."""
    with journal.store.read() as db:
        known = member(db, journal.device)
        if known is None or known.revoked or known.key == journal.public_key:
            return False
        if not is_admitted(db.connection(), journal.device, journal.public_key):
            return False
        try:
            only_by_staff(db, [journal.device])
        except NotYet:
            return False
    with journal.commit() as commit:
        admit(commit, journal.device, journal.public_key, known.use, known.seat)
    return True


def _apply_named(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: HeirNamed = entry.facts
    only_by_staff(db, [entry.device])
    if facts.device != entry.device:
        raise PermissionError  # a PC names its own heir only
    db.connection().execute(
        "INSERT OR IGNORE INTO journal_heir (entry, device, public_key) VALUES (?, ?, ?)",
        (entry.id, facts.device, facts.public_key),
    )


HEIR_NAMED: Final = Kind("journal.heir_named", HeirNamed, _apply_named)


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE journal_heir_sealed (seal BLOB PRIMARY KEY, public_key BLOB NOT NULL, sealed BLOB NOT NULL)"
    )


MIGRATIONS: Final = (Migration("journal.heirs", _make),)
