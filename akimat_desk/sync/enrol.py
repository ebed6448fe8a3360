"""A PC joins the room by a code that staff read from their screen and type at the new PC.

The code is one-time and lives for fifteen minutes. It has two halves: a secret, which shows the host that the new PC
was set up by somebody who stands before both screens, and the beginning of a hash of the host's key, which shows the
new PC that no other machine of the network answers in the host's place. The new PC makes its own key and keeps it; the
host writes an entry that lets it in; nobody ever copies a key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal import devices
from akimat_desk.journal.devices import Use
from akimat_desk.journal.kinds import Digest, Id
from akimat_desk.store.migrations import Migration
from akimat_desk.sync.calls import read_call, seal_call
from akimat_desk.sync.errors import CodeRefused, KeyWithdrawn, OtherRoom, Stranger, their_trouble
from akimat_desk.sync.http import post
from akimat_desk.sync.messages import Trouble
from akimat_desk.sync.packing import understood
from akimat_desk.sync.room_link import connected

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Database

PATH: Final = "/v1/enrol"
MINUTES: Final = 15
TRIES: Final = 5
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: none looks like another, and 0 and 1 may be typed as O and I or L."""
_ALIKE: Final = str.maketrans("OIL" + "ОІАВСЕНКМРТХУЗ", "011" + "01ABCEHKMPTXY3")
"""Also what a Kazakh or Russian keyboard gives for a key that looks the same."""
_SECRET, _HOST = 5, 7
_MOST_ROOTS: Final = 50


class _Ask(msgspec.Struct, frozen=True, array_like=True, tag=1):
    secret: Annotated[str, Meta(min_length=_SECRET, max_length=_SECRET)]


class _Enrolled(msgspec.Struct, frozen=True, array_like=True, tag=2):
    zone: Id
    use: Use
    seat: int
    roots: Annotated[list[tuple[Id, Digest]], Meta(max_length=_MOST_ROOTS)]


_asks: Final = msgspec.msgpack.Decoder(_Ask)
_answers: Final = msgspec.msgpack.Decoder(_Enrolled | Trouble)


@dataclass(frozen=True, slots=True)
class Joined:
    """What the host says of this PC: its room, what it is for, its seat; and who said so."""

    zone: str
    use: Use
    seat: int
    host: str


def pack(message: Trouble) -> bytes:
    """What the host says when it lets nobody in."""
    return msgspec.msgpack.encode(message)


# ---- on the host


def give_code(journal: Journal, zone: str, use: Use, seat: int = 0, *, by: str | None = None) -> str:
    """A new code, written in three groups; an earlier one that was not used is good no more."""
    secret = _secret()
    with journal.store.write() as db:
        db.connection().execute(
            "INSERT OR REPLACE INTO sync_code (one, secret, zone, use, seat, staff, at_ms, tries)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, 0)",
            (_hidden(secret), zone, use, seat, by, journal.clock.now_ms()),
        )
    return written(secret + _name_of(journal.public_key))


def _secret() -> str:
    """Never digits alone: twelve digits are a person's number, and no code."""
    while (secret := "".join(secrets.choice(_LETTERS) for _ in range(_SECRET))).isdecimal():
        pass
    return secret


def code_is_out(db: Database, now_ms: int) -> bool:
    """Whether there is a code that somebody may be typing now."""
    row = db.connection().execute("SELECT at_ms, tries FROM sync_code").fetchone()
    return row is not None and _alive(row[0], row[1], now_ms)


def withdraw_code(journal: Journal) -> None:
    """The code that is out is good no more."""
    with journal.store.write() as db:
        db.connection().execute("DELETE FROM sync_code")


def answer(journal: Journal, channel: bytes, call: bytes) -> bytes:
    """The host's answer to a PC that asks to join: lets it in when the code is good."""
    device, public_key, body = read_call(channel, PATH, call)
    asked = understood(_asks, body)
    with journal.store.read() as db:
        if public_key in devices.limits(db.connection()):
            raise KeyWithdrawn  # it comes again with another key; the code stays good for that
    offer = _take_code(journal, asked.secret, public_key)
    if offer is None:
        raise CodeRefused
    zone, use, seat, staff = offer
    with journal.store.read() as db:
        known = devices.member(db, device)
    if known is None or known.revoked or (known.key, known.use, known.seat) != (public_key, use, seat):
        with journal.commit() as commit:
            devices.admit(commit, device, public_key, use, seat, by=staff)
    with journal.store.read() as db:
        roots = [
            (str(name), bytes(key))
            for name, key in db.connection().execute("SELECT device, public_key FROM journal_root ORDER BY device")
        ]
    return msgspec.msgpack.encode(_Enrolled(zone, use, seat, roots[:_MOST_ROOTS]))


def _take_code(journal: Journal, secret: str, public_key: bytes) -> tuple[str, Use, int, str | None] | None:
    """What the code was given for. From then on it is good for this key alone, which may ask again when the answer was
    lost; a wrong one uses up a try.
    """
    now = journal.clock.now_ms()
    with journal.store.write() as db:
        connection = db.connection()
        row = connection.execute("SELECT secret, zone, use, seat, staff, at_ms, tries, used FROM sync_code").fetchone()
        if row is None:
            return None
        hidden, zone, use, seat, staff, at_ms, tries, used = row
        fits = hmac.compare_digest(bytes(hidden), _hidden(secret)) and used in (None, public_key)
        alive = _alive(at_ms, tries, now)
        if alive and fits:
            connection.execute("UPDATE sync_code SET used = ?", (public_key,))
        elif not alive or tries + 1 >= TRIES:
            connection.execute("DELETE FROM sync_code")
        else:
            connection.execute("UPDATE sync_code SET tries = tries + 1")
        return (zone, use, seat, staff) if fits and alive else None


# ---- on the new PC


def join(journal: Journal, address: str, code: str, *, zone: str = "") -> Joined:
    """Ask the host at `address` to let this PC in, and trust it from then on. A PC that was shut out comes with a new
    key, since its old one never counts again. `zone` is the room this PC belongs to already, "" for a new PC.

    Raises `CodeRefused`, `Stranger` (not the host that gave the code), `OtherRoom`, `Unreachable` or `NotADesk`: it can
    be tried again then.
    """
    try:
        return _join(journal, address, code, zone)
    except KeyWithdrawn:
        journal.renew_key()
        return _join(journal, address, code, zone)


def _join(journal: Journal, address: str, code: str, zone: str) -> Joined:
    secret, host_name = _halves(code)
    with connected(address) as (connection, peer):
        if _name_of(peer.public_key) != host_name:
            raise Stranger
        asked = seal_call(journal, peer.channel, PATH, msgspec.msgpack.encode(_Ask(secret)))
        said = understood(_answers, post(connection, PATH, asked))
    if isinstance(said, Trouble):
        raise their_trouble(said.code)
    if zone and said.zone != zone:
        raise OtherRoom
    with journal.store.write() as db:
        devices.trust(db, peer.device, peer.public_key)
        for device, key in said.roots:
            devices.trust(db, device, key)
    return Joined(said.zone, said.use, said.seat, peer.device)


def written(code: str) -> str:
    """A code as it is shown: in three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _halves(typed: str) -> tuple[str, str]:
    code = "".join(letter for letter in typed.upper().translate(_ALIKE) if letter.isalnum())
    if len(code) != _SECRET + _HOST or any(letter not in _LETTERS for letter in code) or code.isdecimal():
        raise CodeRefused
    return code[:_SECRET], code[_SECRET:]


def _alive(at_ms: int, tries: int, now_ms: int) -> bool:
    return at_ms <= now_ms <= at_ms + MINUTES * 60_000 and tries < TRIES


def _name_of(public_key: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(b"akimat-desk/code/1\0" + public_key).digest()[:8])
    return "".join(_LETTERS[(number >> 5 * place) & 31] for place in range(_HOST))


def _hidden(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE sync_code (one INTEGER PRIMARY KEY CHECK (one = 1), secret BLOB NOT NULL, zone TEXT NOT NULL,"
        " use TEXT NOT NULL, seat INTEGER NOT NULL, staff TEXT, at_ms INTEGER NOT NULL, tries INTEGER NOT NULL,"
        " used BLOB)"
    )


MIGRATIONS: Final = (Migration("sync.codes", _make),)
