"""What the law says of appeals, as data: kinds, the form of an oral one, kinds of answer, the coupon.

Each has its law, article, where it was read and when. What was found in no source is marked so wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.calendar.basis import LOCAL, Basis
from akimat_desk.calendar.terms import APPEALS, ARTICLE_76, Term, term

_READ: Final = date(2026, 11, 22)
_KINDS: Final = Basis(APPEALS, "4", "egov.kz", _READ)
_FORM: Final = Basis(APPEALS, "63", "qonaev-gorod.kz", _READ)


@dataclass(frozen=True, slots=True)
class Provision:
    """One line: a code that entries hold, its name (a msgid), and what it rests on."""

    key: str
    name: str
    basis: Basis = LOCAL


@dataclass(frozen=True, slots=True)
class AnswerType(Provision):
    """How the resident is answered, and within which term (`calendar.terms`); "" where it is answered at once."""

    within: str = ""

    @property
    def term(self) -> Term | None:
        """The term of law."""
        return term(self.within) if self.within else None


@dataclass(frozen=True, slots=True)
class Required(Provision):
    """What an oral appeal's protocol must hold; `always` false: only where the person has it."""

    always: bool = True


KINDS: Final = (
    Provision("application", N_("Application"), _KINDS),
    Provision("complaint", N_("Complaint"), _KINDS),
    Provision("proposal", N_("Proposal"), _KINDS),
    Provision("request", N_("Request for information"), _KINDS),
    Provision("response", N_("Response"), _KINDS),
    Provision("message", N_("Notice of a fault"), _KINDS),
)
"""The kinds of appeal. The first is the usual one at a reception."""

ANSWERS: Final = (
    AnswerType("written", N_("Written answer"), ARTICLE_76, within="appeal"),
    AnswerType("explained", N_("Answered at the reception")),
    AnswerType("forwarded", N_("Sent on to whom it concerns"), ARTICLE_76, "forwarding"),
)
"""How a resident is answered; the first is the usual one."""

OUTCOMES: Final = (
    Provision("done", N_("It is done")),
    Provision("partly", N_("A part of it is done")),
    Provision("explained", N_("It was explained")),
    Provision("refused", N_("It cannot be done")),
)
"""What an answer says."""

DISPUTES: Final = (
    Provision("not-done", N_("It is not done")),
    Provision("partly", N_("Only a part of it is done")),
    Provision("badly", N_("It is done badly")),
    Provision("not-answered", N_("The answer is about something else")),
)
"""Why a resident is not content. Codes, so that a kiosk can write them down without anybody's words."""

EXTENSIONS: Final = (
    Provision("study", N_("Facts must be established"), Basis(APPEALS, "76")),
    Provision("other-body", N_("Another body must answer first")),
    Provision("money", N_("Money is not allotted yet")),
    Provision("weather", N_("The season or the weather prevents it")),
)
"""Why a date is moved; staff add their own words."""

CLOSINGS: Final = (
    Provision("not-found", N_("The resident cannot be found")),
    Provision("moved-away", N_("The resident has moved away")),
    Provision("died", N_("The resident has died")),
    Provision("mistake", N_("It was written down by mistake")),
)
"""Why an assignment ends without the resident's word."""

ORAL_FORM: Final = (
    Required("name", N_("Surname, name and patronymic"), _FORM),
    Required("iin", N_("IIN"), _FORM, always=False),
    Required("address", N_("Postal address"), _FORM),
    Required("asked", N_("What is asked"), _FORM),
)
"""An oral appeal goes into a protocol that holds these, the body it is made to, the date, and a signature."""

COUPON: Final = Provision(
    "coupon",
    N_("A coupon with number, date, time and who accepted it"),
    Basis(APPEALS, "64", "forensic.gov.kz", _READ),
)
"""Given for every appeal; refusing to accept one is forbidden. Received on a day off = registered on the next working
day."""

EVERYTHING: Final[tuple[tuple[str, Sequence[Provision]], ...]] = (
    (N_("Kinds of appeals"), KINDS),
    (N_("Kinds of answers"), ANSWERS),
    (N_("What an oral appeal must hold"), ORAL_FORM),
    (N_("Coupon"), (COUPON,)),
    (N_("Why a date is moved"), EXTENSIONS),
    (N_("What an answer says"), OUTCOMES),
    (N_("Why a resident is not content"), DISPUTES),
    (N_("Why an assignment ends without the resident"), CLOSINGS),
)
"""All of it, under its headings."""


def name_of(table: Sequence[Provision], key: str) -> str:
    """The msgid of `key` in a table; the key itself where a newer program wrote one we do not know."""
    return next((one.name for one in table if one.key == key), key)
