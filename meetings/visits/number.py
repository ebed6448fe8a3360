"""A ticket's number as people read, say and type it: the letters of the PC that gave it, and the number, "А-06".

`journal.prefixes` gives every PC its own letters and none to the PC the room was founded on. Called in a room, "6" and
"А6" are easily taken for one another, so that PC, too, has a letter here: А. What begins with А elsewhere (no PC is let
in with it any more) has one А before it, so that no two PCs ever write one number alike.
"""

from __future__ import annotations

import re
from typing import Final

from akimat_desk.journal.numbers import Number
from akimat_desk.journal.prefixes import LETTERS, written

FOUNDER: Final = LETTERS[0]
_TWINS: Final = str.maketrans("AEKMHPCTYX", "АЕКМНРСТУХ")
"""Latin letters that look like ours, as a Latin keyboard types them."""
_FORM: Final = re.compile(rf"([{LETTERS}]*)-?0*([1-9][0-9]{{0,8}})")


def called(number: Number) -> str:
    """As it is printed, shown and called."""
    return f"{letters_of(number)}-{number.value:02}"


def letters_of(number: Number) -> str:
    """The letters before it."""
    own = written(number.prefix)
    return FOUNDER + own if not own or own.startswith(FOUNDER) else own


def read(text: str) -> Number:
    """`called`, taken apart again."""
    letters, _, value = text.partition("-")
    return Number(tuple(LETTERS.index(one) for one in letters.removeprefix(FOUNDER)), int(value))


def typed(text: str) -> str:
    """What somebody typed, in the form of `called`; "-06" where they left the letters out, "" where it is no number.

    Capitals, Latin twins, spaces, the sign №, zeros and the dash do not matter.
    """
    found = _FORM.fullmatch("".join(text.upper().replace("№", "").split()).translate(_TWINS))
    return f"{found[1]}-{int(found[2]):02}" if found else ""


def is_meant(text: str, number: str) -> bool:
    """Whether somebody who typed `text` may mean the ticket `number`."""
    wanted = typed(text)
    return wanted == number or (wanted.startswith("-") and number.endswith(wanted))
