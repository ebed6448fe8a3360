"""The letters before a PC's numbers: no two PCs, and no two lives of one PC, ever have the same.

A PC that is off the line cannot ask anybody for a number, so each counts for itself, behind letters of its own. Nobody
gives letters out in one place, which may be away or there twice; they follow from who let whom in:

    the PC that founded the room           none: 1, 2, 3 …
    whom it let in, one after the other    Д, Е, К …
    whom the PC with the letter Д let in   ДД, ДЕ, ДК …
    a PC that was set back to a backup     one letter of another row more: АГ, then АЖ …

So two staff PCs that let PCs in at the same time, off the line, give other letters; and what a PC that was set back
once gave out, and knows no more, it does not give out again. A PC that comes back with another key gets new letters
from whoever lets it in; until then it has its old ones and three of the other row. (Those three are drawn: of two
living copies of one PC, which only a copied disk makes, one in a thousand pairs meets.)

Letters that look like a digit (О, З, Ч, Б, В) or like each other are left out, and those Kazakh or Russian lacks.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal.entry import read_header

if TYPE_CHECKING:
    from akimat_desk.journal.append import Commit

_STEPS: Final = "АДЕКМНПРСТУ"
_MORE: Final = "Я"
_LIVES: Final = "ГЖИЛФХЦШЭЮ"
LETTERS: Final = _STEPS + _MORE + _LIVES
"""Steps from PC to PC, what stands for ten of them, and lives of one PC. Nobody is let in with А: tickets have it from
the PC that founded the room (`meetings.visits.number`).
"""
_MORE_AT: Final = len(_STEPS)
_LIVES_FROM: Final = _MORE_AT + 1

Prefix = Annotated[tuple[Annotated[int, Meta(ge=0, lt=len(LETTERS))], ...], Meta(max_length=32)]
"""Places in `LETTERS`."""


def written(prefix: Prefix) -> str:
    """As people read it."""
    return "".join(LETTERS[place] for place in prefix)


def child(number: int) -> Prefix:
    """What the PC that was let in as number `number` (from 0) adds to the letters of who let it in."""
    more, step = divmod(number, len(_STEPS) - 1)
    return (*(_MORE_AT,) * more, step + 1)


def life(number: int) -> Prefix:
    """What a PC adds in its life `number` (0: nothing was broken off yet). From 111 on three letters are drawn: such
    numbers are drawn themselves (`NewEpoch.free_epoch`).
    """
    if number == 0:
        return ()
    width, first = (1, 1) if number <= 10 else (2, 11) if number <= 110 else (3, 111)
    digits = f"{(number - first) % 10**width:0{width}}"
    return tuple(_LIVES_FROM + int(digit) for digit in digits)


def nobodys(device: str) -> Prefix:
    """The letters of a PC that nobody has let in: long ones, which no other way leads to, after its random id."""
    return (_MORE_AT, *(_LIVES_FROM + int(digit) for digit in f"{int(device, 16) % 10**8:08}"))


def prefix_of(connection: Any, device: str, epoch: int) -> Prefix:
    """The letters of `device` in its epoch `epoch`, of which there is a chain here."""
    (key,) = connection.execute(
        "SELECT public_key FROM journal_chain WHERE device = ? AND epoch = ?", (device, epoch)
    ).fetchone()
    given = _given(connection, device, key)
    if given is not None:
        return (*given, *life(epoch - _first_epoch(connection, device, key)))
    old = _given(connection, device)  # the new key was not let in yet
    return (*(nobodys(device) if old is None else old), *life(epoch - 1))


def _given(connection: Any, device: str, key: bytes | None = None) -> Prefix | None:
    """What was said first of the device, or of its key."""
    row = connection.execute(
        "SELECT prefix FROM journal_admission WHERE admitted = ?1 AND (?2 IS NULL OR public_key = ?2)"
        " AND prefix IS NOT NULL ORDER BY at, entry LIMIT 1",
        (device, key),
    ).fetchone()
    return None if row is None else tuple(row[0])


def _first_epoch(connection: Any, device: str, key: bytes) -> int:
    """In which the device began to use this key. Where that is not known, because the PC has lost its data: the first
    of all, which gives other letters than any epoch of the key ever had.
    """
    rows = connection.execute(
        "SELECT c.epoch, e.bytes FROM journal_chain c JOIN journal_entry e ON e.chain = c.id AND e.seq = 1"
        " WHERE c.device = ? AND c.public_key = ? ORDER BY c.epoch LIMIT 1",
        (device, key),
    ).fetchall()
    for epoch, data in rows:
        if msgspec.msgpack.decode(read_header(data).facts)["reason"] in ("first", "moved"):
            return int(epoch)
    return 1


def prefix_for(commit: Commit, device: str, public_key: bytes) -> Prefix:
    """The letters that go with letting `device` in with this key."""
    connection: Any = commit.db.connection()
    given = _given(connection, device, public_key)
    if given is not None:
        return given
    own = prefix_of(connection, commit.head.device, commit.head.epoch)
    if device == commit.head.device:
        return own
    rows = connection.execute("SELECT prefix FROM journal_admission WHERE prefix IS NOT NULL")
    taken = {tuple(prefix) for (prefix,) in rows}
    return next(fresh for number in count() if (fresh := (*own, *child(number))) not in taken)
