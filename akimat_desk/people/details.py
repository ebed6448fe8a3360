"""A person's details as staff type them: put in order, checked, and shown again. Pure; knows no table.

Names stand as in the identity document: surname, name, patronymic, any of which may be missing in real documents. What
is refused is refused in words about the field, and never repeats what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import fold, sort_key
from akimat_desk.base.words import N_, Sentence
from akimat_desk.people.iin import REASONS, Reason, check_iin

LONGEST_NAME: Final = 60
LONGEST_STREET: Final = 120

_NAME: Final = re.compile(r"[^\W\d_][^\W\d_ \-'’ʼ.]*(?:[ \-'’ʼ.]+[^\W\d_]+)*\.?", re.UNICODE)
_PHONE: Final = re.compile(r"\+?[\d\s()\-‑–.]+", re.ASCII)


class NameMissing(Refused):
    """Neither surname nor name was given."""

    code = "name-missing"
    staff_text = N_("Write the surname and the name as in the identity document.")
    next_text = N_("Fill in the name.")


class NameForm(Refused):
    """A name with digits or signs in it, or longer than a name is."""

    code = "name-form"
    staff_text = N_("A name has letters, hyphens and full stops only.")
    next_text = N_("Correct the name.")


class IinRefused(Refused):
    """What was typed is no IIN; `reason` says why (`people.iin`)."""

    code = "iin"
    next_text = N_("Correct the IIN, or leave the field empty.")

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason=reason)

    @property
    def for_resident(self) -> Sentence:
        """The sentence of the field."""
        return Sentence(REASONS[self.reason])

    @property
    def for_staff(self) -> Sentence:
        """The sentence of the field."""
        return Sentence(REASONS[self.reason])


class PhoneForm(Refused):
    """Not a phone number."""

    code = "phone-form"
    staff_text = N_("A phone number looks like +7 (7xx) xxx-xx-xx, or is a short village number.")
    next_text = N_("Correct the phone number, or leave the field empty.")


class StreetTooLong(Refused):
    """More than an address."""

    code = "street-length"
    staff_text = N_("The address is longer than {longest} letters.")
    next_text = N_("Write the street and the house only.")


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a resident. Empty text is "not given"; nothing here is ever guessed."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    iin: str = ""
    phone: str = ""
    street: str = ""

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic, as in the document."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Initial and surname, for protocols: "Б. Ерғалиева"."""
        return f"{self.given[0]}. {self.surname}" if self.given and self.surname else self.full_name


def in_order(typed: Details) -> Details:
    """`typed` with spaces, letters and numbers put in order.

    Raises `NameMissing`, `NameForm`, `IinRefused`, `PhoneForm` or `StreetTooLong`.
    """
    surname, given, patronymic = _name(typed.surname), _name(typed.given), _name(typed.patronymic)
    if not surname and not given:
        raise NameMissing
    street = street_in_order(typed.street)
    return Details(surname, given, patronymic, _iin(typed.iin), phone_in_order(typed.phone), street)


def name_in_order(typed: str) -> str:
    """One name, put in order; raises `NameMissing` or `NameForm`. For staff, who are called by one line."""
    name = _name(typed)
    if not name:
        raise NameMissing
    return name


def phone_in_order(typed: str) -> str:
    """+7 and ten digits; 8 and 7 before ten digits mean the same. Up to seven digits are a village's own numbers.

    Raises `PhoneForm`.
    """
    text = _tidy(typed)
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    if not text:
        return ""
    if not _PHONE.fullmatch(text):
        raise PhoneForm
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    if len(digits) == 10 and digits[0] == "7" and not text.startswith("+"):
        return f"+7{digits}"
    if 3 <= len(digits) <= 7 and not text.startswith("+"):
        return digits
    raise PhoneForm


def street_in_order(typed: str) -> str:
    """Street and house with one space between words. Raises `StreetTooLong`."""
    street = _tidy(typed)
    if len(street) > LONGEST_STREET:
        raise StreetTooLong(longest=LONGEST_STREET)
    return street


def order_of(details: Details) -> str:
    """A key in whose plain order lists of people stand: the Kazakh alphabet, surname first."""
    return sort_key(details.full_name)


def found_by(details: Details) -> str:
    """The folded text in which a search looks: the name's words and the IIN."""
    return fold(" ".join(part for part in (details.full_name, details.iin) if part))


def asked_for(typed: str) -> str:
    """What somebody typed into a search field, folded like `found_by`: digits are the beginning of one IIN."""
    words = fold(typed).replace("-", " ").split()
    digits = "".join(word for word in words if word.isdecimal())
    return " ".join([word for word in words if not word.isdecimal()] + [digits] * bool(digits))


def shown_phone(phone: str) -> str:
    """ "+7 (7xx) xxx-xx-xx"; a short village number as it is."""
    if re.fullmatch(r"\+7\d{10}", phone, re.ASCII):
        return f"+7 ({phone[2:5]}) {phone[5:8]}-{phone[8:10]}-{phone[10:]}"
    return phone


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _name(typed: str) -> str:
    name = _tidy(typed)
    if name and (len(name) > LONGEST_NAME or not _NAME.fullmatch(name)):
        raise NameForm
    return name


def _iin(typed: str) -> str:
    if not typed.strip():
        return ""
    check = check_iin(typed)
    if check.reason is not None:
        raise IinRefused(check.reason)
    return check.iin
