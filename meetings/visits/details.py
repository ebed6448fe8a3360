"""Who comes, as it was typed: put in order and checked. Names may be in any script."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import fold
from akimat_desk.base.words import N_
from akimat_desk.people.details import IinRefused, PhoneForm, StreetTooLong, phone_in_order, street_in_order
from akimat_desk.people.iin import check_iin
from meetings.visits.entries import VisitDetails

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AboutTooLong",
    "IinWrong",
    "NameNeeded",
    "NameSigns",
    "PhoneForm",
    "SpokenForForm",
    "StreetTooLong",
    "in_order",
    "who",
]

LONGEST_NAME: Final = 120
LONGEST_ABOUT: Final = 2000
_JOINERS: Final = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_PUNCTUATION: Final = " -'’ʼ.`·"


class NameNeeded(Refused):
    """No name, or something that is none."""

    code = "visit-name"
    resident_text = N_("Write your surname and name with letters, as in the identity document.")
    staff_text = N_("Write the surname and the name as in the identity document.")
    next_text = N_("Fill in the name.")


class NameSigns(NameNeeded):
    """A name with something in it that is no letter."""

    code = "visit-name-signs"
    resident_text = N_("A name has letters only: take out the digits, signs and pictures.")
    staff_text = N_("A name has letters only: take out the digits, signs and pictures.")
    next_text = N_("Correct the name.")


class SpokenForForm(Refused):
    """Who asks for somebody else is written down with something that is no name."""

    code = "visit-spoken-for"
    staff_text = N_("Write who asks for them with letters, or leave the line empty.")
    next_text = N_("Correct the name.")


class IinWrong(IinRefused):
    """What was typed is no IIN, and one is needed to book."""

    code = "visit-iin"
    next_text = N_("Correct the IIN.")


class AboutTooLong(Refused):
    """More than a visit is told in."""

    code = "visit-about"
    resident_text = N_("This is longer than {longest} letters. Write the main thing.")
    staff_text = N_("This is longer than {longest} letters.")
    next_text = N_("Write the main thing; the rest is said at the reception.")


def in_order(typed: VisitDetails, *, iin_needed: bool) -> VisitDetails:
    """`typed` with spaces and numbers put in order.

    Raises `NameNeeded`, `IinWrong`, `PhoneForm`, `StreetTooLong`, `AboutTooLong` or `SpokenForForm`.
    """
    name = _name(typed.name)
    iin = ""
    if iin_needed or typed.iin.strip():
        found = check_iin(typed.iin)
        if not found.valid:
            raise IinWrong(found.reason or "checksum")
        iin = found.iin
    phone, address = phone_in_order(typed.phone), street_in_order(typed.address)
    about = _tidy(typed.about, keep="\n")
    if len(about) > LONGEST_ABOUT:
        raise AboutTooLong(longest=LONGEST_ABOUT)
    try:
        spoken_for = _name(typed.spoken_for) if typed.spoken_for.strip() else ""
    except NameNeeded:
        raise SpokenForForm from None
    return VisitDetails(name=name, iin=iin, phone=phone, address=address, about=about, spoken_for=spoken_for)


def who(details: VisitDetails) -> str:
    """By what the limits know a person again: the IIN, else name and phone; "" where that is too little."""
    if details.iin:
        return details.iin
    return f"{fold(details.name)} {details.phone}" if details.name and details.phone else ""


def _name(typed: str) -> str:
    """A name in any script: letters with their marks, and what joins them."""
    name = _tidy(typed)
    allowed: Callable[[str], bool] = lambda sign: (  # noqa: E731
        unicodedata.category(sign)[0] in "LM" or sign in _PUNCTUATION or sign in _JOINERS
    )
    if not 0 < len(name) <= LONGEST_NAME:
        raise NameNeeded
    if not all(map(allowed, name)):
        raise NameSigns
    if not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise NameNeeded
    return name


def _tidy(typed: str, keep: str = "") -> str:
    lines = unicodedata.normalize("NFC", typed).split("\n") if keep else [unicodedata.normalize("NFC", typed)]
    return "\n".join(" ".join(line.split()) for line in lines).strip()
