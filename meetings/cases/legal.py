"""What the law says of appeals, as data: kinds, the form of an oral one, kinds of answer, the coupon.

Each has its law, article, where it was read and when. What was found in no source is marked so wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.calendar.terms import APPEALS, Term, term

_READ: Final = date(2026, 11, 22)
_LOCAL: Final = N_("A rule of this akimat")


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of law. `name` and `law` are msgids; `source` is where it was read on `checked`, "" where nowhere."""

    key: str
    name: str
    law: str
    article: str = ""
    source: str = ""
    checked: date | None = None

    @property
    def unsourced(self) -> bool:
        """Whether nobody has seen the law's text for it."""
        return not self.source

    @property
    def local(self) -> bool:
        """Whether it is no law at all: a list this program brings, for the akimat to use."""
        return self.law == _LOCAL


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
    Provision("application", N_("Application"), APPEALS, "4", "egov.kz", _READ),
    Provision("complaint", N_("Complaint"), APPEALS, "4", "egov.kz", _READ),
    Provision("proposal", N_("Proposal"), APPEALS, "4", "egov.kz", _READ),
    Provision("request", N_("Request for information"), APPEALS, "4", "egov.kz", _READ),
    Provision("response", N_("Response"), APPEALS, "4", "egov.kz", _READ),
    Provision("message", N_("Notice of a fault"), APPEALS, "4", "egov.kz", _READ),
)
"""The kinds of appeal. The first is the usual one at a reception."""

ANSWERS: Final = (
    AnswerType("written", N_("Written answer"), APPEALS, "76", "emhana1krg.kz", _READ, within="appeal"),
    AnswerType("explained", N_("Answered at the reception"), _LOCAL),
    AnswerType("forwarded", N_("Sent on to whom it concerns"), APPEALS, "76", "emhana1krg.kz", _READ, "forwarding"),
)
"""How a resident is answered; the first is the usual one."""

OUTCOMES: Final = (
    Provision("done", N_("It is done"), _LOCAL),
    Provision("partly", N_("A part of it is done"), _LOCAL),
    Provision("explained", N_("It was explained"), _LOCAL),
    Provision("refused", N_("It cannot be done"), _LOCAL),
)
"""What an answer says."""

DISPUTES: Final = (
    Provision("not-done", N_("It is not done"), _LOCAL),
    Provision("partly", N_("Only a part of it is done"), _LOCAL),
    Provision("badly", N_("It is done badly"), _LOCAL),
    Provision("not-answered", N_("The answer is about something else"), _LOCAL),
)
"""Why a resident is not content. Codes, so that a kiosk can write them down without anybody's words."""

EXTENSIONS: Final = (
    Provision("study", N_("Facts must be established"), APPEALS, "76"),
    Provision("other-body", N_("Another body must answer first"), _LOCAL),
    Provision("money", N_("Money is not allotted yet"), _LOCAL),
    Provision("weather", N_("The season or the weather prevents it"), _LOCAL),
)
"""Why a date is moved; staff add their own words."""

CLOSINGS: Final = (
    Provision("not-found", N_("The resident cannot be found"), _LOCAL),
    Provision("moved-away", N_("The resident has moved away"), _LOCAL),
    Provision("died", N_("The resident has died"), _LOCAL),
    Provision("mistake", N_("It was written down by mistake"), _LOCAL),
)
"""Why an assignment ends without the resident's word."""

ORAL_FORM: Final = (
    Required("name", N_("Surname, name and patronymic"), APPEALS, "63", "qonaev-gorod.kz", _READ),
    Required("iin", N_("IIN"), APPEALS, "63", "qonaev-gorod.kz", _READ, always=False),
    Required("address", N_("Postal address"), APPEALS, "63", "qonaev-gorod.kz", _READ),
    Required("asked", N_("What is asked"), APPEALS, "63", "qonaev-gorod.kz", _READ),
)
"""An oral appeal goes into a protocol that holds these, the body it is made to, the date, and a signature."""

COUPON: Final = Provision(
    "coupon", N_("A coupon with number, date, time and who accepted it"), APPEALS, "64", "forensic.gov.kz", _READ
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
