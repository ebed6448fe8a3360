"""By which rule something is so: the law and its article, and where and when somebody read it. One type for terms,
forms, groups and categories, so that every screen and paper shows in one way what nobody has checked yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from akimat_desk.base.words import N_

UNSOURCED: Final = N_("No source found. Let a lawyer check it.")

Mark = Literal["read", "unsourced", "local"]


@dataclass(frozen=True, slots=True)
class Basis:
    """`law` is a msgid; `source` is where its text was read on `checked`, "" where nowhere. `local`: it is no law at
    all, the akimat itself decides.
    """

    law: str
    article: str = ""
    source: str = ""
    checked: date | None = None
    local: bool = False

    @property
    def unsourced(self) -> bool:
        """Whether it is said to be law, and nobody has seen the text."""
        return self.mark == "unsourced"

    @property
    def mark(self) -> Mark:
        """How it is shown."""
        if self.local:
            return "local"
        return "read" if self.source else "unsourced"


LOCAL: Final = Basis(N_("A rule of this akimat"), local=True)
"""A list that this program brings, for the akimat to use."""
