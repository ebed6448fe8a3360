"""The individual identification number (IIN): twelve digits, the last of which checks the others.

The check digit is the rule. Nothing else about the number is: digits 1-7 carried birth date, century and sex in the
scheme of 2007, Government decree No. 853 of 26 August 2013 took that link away, and the Ministry of Justice has said
that an IIN which does not match the birth date is not an error. So an odd date is only worth a second look, and
nobody's age, sex or birthday is ever read out of the number.

Sources: weights and second pass, order No. 521 of the Minister of Internal Affairs of 29 June 2023, paragraph 2
(adilet.zan.kz V2300032942), read second-hand; identity documents, Law No. 223-III of 12 January 2007.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from akimat_desk.base.words import N_, Sentence

LENGTH: Final = 12
_FIRST_WEIGHTS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES: Final = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}

Reason = Literal["length", "not-digits", "checksum"]
"""Why a number is no IIN; stable, scripts may compare it."""

Oddity = Literal["birth-date", "century"]
"""What is unusual about a number that may still be right; stable."""

REASONS: Final[dict[Reason, str]] = {
    "length": N_("Type the whole IIN: 12 digits."),
    "not-digits": N_("An IIN has digits only. Type the 12 digits of the identity card."),
    "checksum": N_("The IIN has a mistake. Check the 12 digits on the identity card."),
}
ODDITIES: Final[dict[Oddity, str]] = {
    "birth-date": N_("This IIN does not begin with a date. It may still be right: compare it with the document."),
    "century": N_("The seventh digit of this IIN is unusual. It may still be right: compare it with the document."),
}


@dataclass(frozen=True, slots=True)
class IinCheck:
    """What `check_iin` found. `iin` is what was typed without spaces; it is an IIN only where `valid`."""

    iin: str
    valid: bool
    reason: Reason | None = None
    warnings: tuple[Oddity, ...] = ()

    @property
    def sentence(self) -> Sentence:
        """What to tell the person who typed it; empty where there is nothing to say."""
        if self.reason is not None:
            return Sentence(REASONS[self.reason])
        return Sentence(ODDITIES[self.warnings[0]]) if self.warnings else Sentence("")


def check_iin(text: str) -> IinCheck:
    """Check what a person typed or a card reader sent.

    Spaces may stand anywhere (people read it in two sixes), and a reader's Tab or Enter at the ends is dropped. Only
    the ten ASCII digits are digits: other scripts' digits look alike on the screen and differ in the database.
    """
    iin = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not all(letter in "0123456789" for letter in iin):
        return IinCheck(iin, False, "not-digits")
    if len(iin) != LENGTH:
        return IinCheck(iin, False, "length")
    if check_digit(iin[:-1]) != int(iin[-1]):
        return IinCheck(iin, False, "checksum")
    return IinCheck(iin, True, None, _oddities(iin))


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit that belongs to eleven ASCII digits, or None where no such number is given out.

    The sum of digit times weight, modulo 11, with weights 1 to 11. Where that is 10, once more with 3 to 11, 1, 2;
    where it is 10 again, the eleven digits are left unused.
    """
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def grouped(iin: str) -> str:
    """In two sixes, as people read it aloud, for a field while it is typed: "900101 300012"."""
    return f"{iin[:6]}\N{NO-BREAK SPACE}{iin[6:]}" if len(iin) > 6 else iin


def masked(iin: str) -> str:
    """First two and last three digits, for lists where staff tell people of one name apart: "90•••••••012"."""
    return f"{iin[:2]}{'•' * (LENGTH - 5)}{iin[-3:]}" if len(iin) == LENGTH else ""


def _oddities(iin: str) -> tuple[Oddity, ...]:
    year, month, day = int(iin[:2]), int(iin[2:4]), int(iin[4:6])
    century = _CENTURIES.get(iin[6])
    found: list[Oddity] = []
    # Of an unknown century, take a leap one: the day is doubted only where no century has it.
    if not _is_date((2000 if century is None else century) + year, month, day):
        found.append("birth-date")
    if century is None:
        found.append("century")
    return tuple(found)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
