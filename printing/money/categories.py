"""Whom a room may give free pages to. Data, each with its source: who belongs is told by law, that it is free is not.

No law of Kazakhstan known to us gives free printing; which of these categories a room uses, and for how many pages, is
decided by the akimat and stands in the price table (`prices.FreeRule`). A resident's category is personal: staff are
shown a document at the desk, and facts never hold category and resident together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from akimat_desk.base.words import N_

MONTHLY: Final = "monthly"
"""The rule for everybody's free pages of the month."""

Source = Literal["law", "room"]


@dataclass(frozen=True, slots=True)
class Category:
    """Who belongs to it. `source` is "law" where an act defines who that is (`act`), "room" where the akimat does.

    `checked` says whether somebody has held our words against the act; until then they are only a name.
    """

    code: str
    name: str
    source: Source
    act: str = ""
    checked: bool = False


# Nos. 224-VII and 322-VI.
_SOCIAL_CODE: Final = N_("Social Code of the Republic of Kazakhstan of 20 April 2023")
_VETERANS: Final = N_("Law “On Veterans” of 6 May 2020")

CATEGORIES: Final = (
    Category("disability", N_("Person with a disability"), "law", _SOCIAL_CODE),
    Category("veteran", N_("Veteran"), "law", _VETERANS),
    Category("large-family", N_("Family with many children"), "law", _SOCIAL_CODE),
    Category("pensioner", N_("Retired person"), "law", _SOCIAL_CODE),
    Category("pupil", N_("School pupil"), "room"),
)
NAMES: Final = {MONTHLY: N_("Free pages of the month"), **{each.code: each.name for each in CATEGORIES}}
