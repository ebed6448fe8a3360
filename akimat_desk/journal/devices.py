"""The PCs of the room: who may write into its journal, and until when.

The chain of trust lies in the journal itself. It begins at the `root`: the PC that founded the room, or the one a new
PC was enrolled at, each known by its key and kept in a table of this PC. A staff PC admits others by an entry that
names their device, their key and what they are for; what a PC that is no staff PC "admits" waits for ever. A region can
later certify the founder's key, and with it everything below.

A key is revoked through a place in its chain: what its PC wrote up to there stands, what it wrote later is kept and
relayed but applied nowhere, in whatever order things arrive. A revoked key never comes back; its PC is enrolled anew
with another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import peewee

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal.entry import Entry
from akimat_desk.journal.kinds import Digest, Epoch, Facts, Id, Kind
from akimat_desk.journal.parked import NotYet, arrived
from akimat_desk.journal.prefixes import Prefix, prefix_for
from akimat_desk.journal.tables import chain_of
from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.journal.append import Commit
    from akimat_desk.store import Database

Use = Literal["desk", "kiosk", "board"]
"""What a PC is for: only a staff PC (`desk`) holds personal parts, admits others and can be the host."""

MOST_SEATS: Final = 999


class DeviceIsRevoked(Refused):
    """This PC was shut out of the room; what it wrote would count nowhere."""

    code = "journal-device-revoked"
    resident_text = N_("This computer is not in use. Staff will help you at another one.")
    staff_text = N_("This PC no longer belongs to the room: its key was withdrawn.")
    next_text = N_("Let this PC join the room again with a code from the staff PC.")


class DeviceAdmitted(Facts, frozen=True):
    """`device`, which signs with `public_key`, belongs to the room; `seat` is the number on its table, 0 for none.

    `prefix` are the letters before the numbers it gives (`journal.prefixes`).
    """

    device: Id
    public_key: Digest
    use: Use
    seat: int = 0
    by: Id | None = None
    prefix: Prefix | None = None


class DeviceRevoked(Facts, frozen=True):
    """What was signed with `public_key` counts up to `seq` of `epoch` and no further."""

    device: Id
    public_key: Digest
    epoch: Epoch
    seq: int = 0
    by: Id | None = None


class AdmissionRow(peewee.Model):
    """Every admission; of one device the latest says what it is for."""

    entry = peewee.TextField(primary_key=True)
    admitted = peewee.TextField()
    public_key = peewee.BlobField()
    use = peewee.TextField()
    seat = peewee.IntegerField()
    at = peewee.IntegerField()
    prefix = peewee.BlobField(null=True)

    class Meta:
        table_name = "journal_admission"
        indexes = ((("admitted",), False),)


class RevocationRow(peewee.Model):
    """Every revocation; of one key the shortest counts."""

    entry = peewee.TextField(primary_key=True)
    revoked = peewee.TextField()
    public_key = peewee.BlobField()
    epoch = peewee.IntegerField()
    seq = peewee.IntegerField()
    at = peewee.IntegerField()

    class Meta:
        table_name = "journal_revocation"


@dataclass(frozen=True, slots=True)
class Member:
    """One PC of the room. `key` is the one it was last admitted with; `at` is when (hybrid time)."""

    device: str
    use: Use
    seat: int
    key: bytes
    revoked: bool
    at: int


# ---- the root, and what is revoked: kept when the projections are made anew


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE journal_root (device TEXT NOT NULL, public_key BLOB NOT NULL, PRIMARY KEY (device, public_key))"
    )
    db.execute_sql(
        "CREATE TABLE journal_limit (entry TEXT PRIMARY KEY, public_key BLOB NOT NULL, epoch INTEGER NOT NULL,"
        " seq INTEGER NOT NULL)"
    )


MIGRATIONS: Final = (Migration("journal.devices", _make),)


def trust(db: Database, device: str, public_key: bytes) -> None:
    """Take this device's word on who belongs to the room: its founder, or the staff PC that enrolled this one."""
    db.connection().execute("INSERT OR IGNORE INTO journal_root VALUES (?, ?)", (device, public_key))


def found(commit: Commit, use: Use, seat: int = 0, *, by: str | None = None) -> Entry:
    """This PC founds the room, and belongs to it."""
    device, key = commit.head.device, commit.public_key
    trust(commit.db, device, key)
    facts = DeviceAdmitted(device=device, public_key=key, use=use, seat=seat, by=by, prefix=())
    return commit.append(DEVICE_ADMITTED, facts)


def admit(commit: Commit, device: str, public_key: bytes, use: Use, seat: int = 0, *, by: str | None = None) -> Entry:
    """Let `device` in. On a PC that is no staff PC, this raises."""
    prefix = prefix_for(commit, device, public_key)
    facts = DeviceAdmitted(device=device, public_key=public_key, use=use, seat=seat, by=by, prefix=prefix)
    return commit.append(DEVICE_ADMITTED, facts)


def revoke(commit: Commit, device: str, *, by: str | None = None) -> list[Entry]:
    """Shut `device` out: what it has written counts as far as it is known here. One entry for each of its keys."""
    rows = (
        commit.db.connection()
        .execute(
            "SELECT public_key, max(epoch) FROM journal_chain WHERE device = ?1 GROUP BY public_key"
            " UNION SELECT public_key, 1 FROM journal_admission WHERE admitted = ?1 AND public_key NOT IN"
            " (SELECT public_key FROM journal_chain WHERE device = ?1)"
            " UNION SELECT public_key, 1 FROM journal_heir WHERE device = ?1 AND public_key NOT IN"
            " (SELECT public_key FROM journal_chain WHERE device = ?1) ORDER BY 1",
            (device,),
        )
        .fetchall()
    )
    return [
        commit.append(
            DEVICE_REVOKED,
            DeviceRevoked(device=device, public_key=key, epoch=epoch, seq=_seq(commit.db, device, epoch), by=by),
        )
        for key, epoch in rows
    ]


def _seq(db: Database, device: str, epoch: int) -> int:
    chain = chain_of(db.connection(), device, epoch)
    return 0 if chain is None else chain[2].seq


# ---- what is known


def members(db: Database) -> list[Member]:
    """Every PC that was ever let in, in the order of their seats, then of their admission."""
    latest: dict[str, Member] = {}
    rows = db.connection().execute(
        "SELECT admitted, use, seat, public_key, at, EXISTS (SELECT 1 FROM journal_limit l"
        " WHERE l.public_key = a.public_key) FROM journal_admission a ORDER BY at, entry"
    )
    for device, use, seat, key, at, revoked in rows:
        latest[device] = Member(device, cast(Use, use), seat, bytes(key), bool(revoked), at)
    return sorted(latest.values(), key=lambda member: (member.use != "desk", member.seat, member.at, member.device))


def member(db: Database, device: str) -> Member | None:
    """One PC of the room; None for a device nobody let in."""
    return next((each for each in members(db) if each.device == device), None)


def staff_keys(db: Database) -> list[tuple[str, bytes]]:
    """Every key that a staff PC of the room may sign with, by its device: one that was restored or copied has several,
    and nobody else knows which of them it holds now.
    """
    rows = db.connection().execute(
        "SELECT device, public_key FROM journal_root UNION SELECT admitted, public_key FROM journal_admission"
    )
    other = {each.device for each in members(db) if each.use != "desk"}
    out = limits(db.connection())
    return sorted((device, bytes(key)) for device, key in rows if device not in other and key not in out)


def is_admitted(connection: Any, device: str, public_key: bytes) -> bool:
    """Whether a staff PC, or the enrolment of this one, has said that `device` signs with this key, or will when it
    comes back (`journal.heirs`).
    """
    row = connection.execute(
        "SELECT 1 FROM journal_root WHERE device = ?1 AND public_key = ?2"
        " UNION SELECT 1 FROM journal_admission WHERE admitted = ?1 AND public_key = ?2"
        " UNION SELECT 1 FROM journal_heir WHERE device = ?1 AND public_key = ?2",
        (device, public_key),
    ).fetchone()
    return row is not None


def limits(connection: Any) -> dict[bytes, tuple[int, int]]:
    """The last (epoch, seq) that counts, of each key that is revoked."""
    found: dict[bytes, tuple[int, int]] = {}
    for key, epoch, seq in connection.execute("SELECT public_key, epoch, seq FROM journal_limit"):
        found[bytes(key)] = min(found.get(bytes(key), (epoch, seq)), (epoch, seq))
    return found


def only_by_staff(db: Database, devices: Iterable[str]) -> None:
    """Raise `NotYet` unless each of `devices` is a staff PC. A journal without a root belongs to no room, and there
    everyone who was let in counts.
    """
    connection = db.connection()
    if connection.execute("SELECT 1 FROM journal_root").fetchone() is None:
        return
    for device in devices:
        row = connection.execute(
            "SELECT 1 FROM journal_root WHERE device = ?1"
            " UNION SELECT 1 FROM journal_admission WHERE admitted = ?1 AND use = 'desk'",
            (device,),
        ).fetchone()
        if row is None:
            raise NotYet(_desk(device))


def _desk(device: str) -> str:
    """What waits for a device to become a staff PC waits for this."""
    return f"desk/{device}"


def _apply_admitted(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: DeviceAdmitted = entry.facts
    only_by_staff(db, [entry.device])
    db.connection().execute(
        "INSERT OR IGNORE INTO journal_admission (entry, admitted, public_key, use, seat, at, prefix)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            facts.device,
            facts.public_key,
            facts.use,
            facts.seat,
            entry.at,
            None if facts.prefix is None else bytes(facts.prefix),
        ),
    )
    if facts.use == "desk":
        arrived(db, _desk(facts.device))


def _apply_revoked(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: DeviceRevoked = entry.facts
    only_by_staff(db, [entry.device])
    place = (facts.public_key, facts.epoch, facts.seq)
    connection = db.connection()
    connection.execute(
        "INSERT OR IGNORE INTO journal_revocation (entry, revoked, public_key, epoch, seq, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (entry.id, facts.device, *place, entry.at),
    )
    connection.execute("INSERT OR IGNORE INTO journal_limit VALUES (?, ?, ?, ?)", (entry.id, *place))


DEVICE_ADMITTED: Final = Kind("journal.device_admitted", DeviceAdmitted, _apply_admitted)
DEVICE_REVOKED: Final = Kind("journal.device_revoked", DeviceRevoked, _apply_revoked)
