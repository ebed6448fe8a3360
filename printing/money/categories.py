"""Whom a room may give free pages to. Data, each with its source: who belongs is told by law, that it is free is not.

No law of Kazakhstan known to us gives free printing; which of these categories a room uses, and for how many pages, is
decided by the akimat and stands in the price table (`prices.FreeRule`). A resident's category is personal: staff are
shown a document at the desk, and facts never hold category and resident together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.calendar.basis import Basis

MONTHLY: Final = "monthly"
"""The rule for everybody's free pages of the month."""


@dataclass(frozen=True, slots=True)
class Category:
    """Who belongs to it is told by `basis`: an act, which nobody has held our words against yet, or the akimat."""

    code: str
    name: str
    basis: Basis


# Nos. 224-VII and 322-VI.
_SOCIAL_CODE: Final = Basis(N_("Social Code of the Republic of Kazakhstan of 20 April 2023"))
_VETERANS: Final = Basis(N_("Law “On Veterans” of 6 May 2020"))
_ROOM: Final = Basis(N_("The akimat decides who belongs"), local=True)

CATEGORIES: Final = (
    Category("disability", N_("Person with a disability"), _SOCIAL_CODE),
    Category("veteran", N_("Veteran"), _VETERANS),
    Category("large-family", N_("Family with many children"), _SOCIAL_CODE),
    Category("pensioner", N_("Retired person"), _SOCIAL_CODE),
    Category("pupil", N_("School pupil"), _ROOM),
)
NAMES: Final = {MONTHLY: N_("Free pages of the month"), **{each.code: each.name for each in CATEGORIES}}
