"""Invented people, for the demo village, the tour and tests. No number here can be a living person's."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from akimat_desk.people.iin import check_digit

FIRST_BIRTH_YEAR: Final = 2060
"""Synthetic IINs say they were born from here on: a right date, right check digit, and nobody's number for decades."""

_DAYS: Final = (date(2100, 1, 1) - date(FIRST_BIRTH_YEAR, 1, 1)).days


def synthetic_iin(rng: Random) -> str:
    """An IIN of an invented person, with a right check digit and a birth date from 2060 to 2099."""
    while True:
        born = date(FIRST_BIRTH_YEAR, 1, 1) + timedelta(days=rng.randrange(_DAYS))
        eleven = f"{born:%y%m%d}{rng.choice('56')}{rng.randrange(10_000):04d}"
        if (last := check_digit(eleven)) is not None:
            return f"{eleven}{last}"
