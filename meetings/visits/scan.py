"""What stands in a ticket's QR code, and how it is read back from a code reader that types it like a keyboard.

Such a reader presses the keys of an English keyboard; under the Kazakh layout the digits then come out as letters. So
the code is digits only, and each digit is read as either. Two check digits tell a ticket from whatever else is read.

    20261218 0 00006 582140 .. 00   day, how many letters, number, secret code, their places, check digits
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.journal.numbers import Number
from akimat_desk.journal.prefixes import LETTERS
from meetings.visits import number as numbers

_KAZAKH: Final = str.maketrans('"әіңғ,.үұқ', "1234567890")
"""What the keys 1 to 0 write under the Kazakh layout."""
_LEAST: Final = 8 + 1 + 5 + 6 + 2
_TYPED: Final = re.compile(r"(\D*[0-9]+)\s+([0-9]{3})\s?([0-9]{3})")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A ticket as its code or its words tell of it; `day` is None where they do not say."""

    number: str
    secret: str
    day: date | None = None


def content(day: date, number: str, secret: str) -> str:
    """The digits of the QR code."""
    one = numbers.read(number)
    digits = f"{day:%Y%m%d}{len(one.prefix)}{one.value:05}{secret}" + "".join(f"{place:02}" for place in one.prefix)
    return f"{digits}{int(digits) % 97:02}"


def read(text: str) -> Scanned | None:
    """The ticket in the digits of a QR code, whatever the layout of the keyboard; None where this is none."""
    digits = text.strip().casefold().translate(_KAZAKH)
    if not (len(digits) >= _LEAST and digits.isascii() and digits.isdigit()):
        return None
    if len(digits) != _LEAST + 2 * int(digits[8]):
        return None
    body, check = digits[:-2], int(digits[-2:])
    places = [int(body[at : at + 2]) for at in range(20, len(body), 2)]
    if int(body) % 97 != check or int(body[9:14]) == 0 or any(place >= len(LETTERS) for place in places):
        return None
    try:
        day = date(int(body[:4]), int(body[4:6]), int(body[6:8]))
    except ValueError:
        return None
    return Scanned(numbers.called(Number(tuple(places), int(body[9:14]))), body[14:20], day)


def pasted(text: str) -> Scanned | None:
    """`read`, or a number and its code one behind the other («А-06 582 140»); None where this is neither."""
    found = _TYPED.fullmatch(text.strip())
    number = numbers.typed(found[1]) if found else ""
    return Scanned(number, f"{found[2]}{found[3]}") if found and number else read(text)
