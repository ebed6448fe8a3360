"""Everything that can be refused, as one tree.

    AkimatDeskError
    ├── Refused          what the person gave cannot be taken; nothing changed, nothing lost
    ├── Unavailable      something outside (printer, disk, host) is not there now; trying later helps
    ├── Damaged          stored data is not what was written; staff must decide
    └── Misuse           the program was called wrongly; a bug, never a person's fault

Subclasses live beside what raises them. Each carries a stable code, a sentence for the resident, one for the
administrator, and what to do next; all three are msgids (see `words`).
"""

from __future__ import annotations

from typing import ClassVar

from akimat_desk.base.words import N_, Sentence


class AkimatDeskError(Exception):
    """Root of all our errors. `values` fill the sentences; they never hold an IIN or a name."""

    code: ClassVar[str] = "desk"
    resident_text: ClassVar[str] = N_("This was not done; your data are safe. Tell staff this code: {code}.")
    staff_text: ClassVar[str] = N_("The desk met something it does not know. Code: {code}.")
    next_text: ClassVar[str] = N_("Call a member of staff.")

    def __init__(self, **values: object) -> None:
        self.values: dict[str, object] = {"code": self.code, **values}
        super().__init__(self.staff_text.format_map(_Blank(self.values)))

    @property
    def for_resident(self) -> Sentence:
        """What the resident reads."""
        return Sentence(self.resident_text, self.values)

    @property
    def for_staff(self) -> Sentence:
        """What the administrator reads."""
        return Sentence(self.staff_text, self.values)

    @property
    def next_step(self) -> Sentence:
        """What to do now."""
        return Sentence(self.next_text, self.values)


class Refused(AkimatDeskError):
    """What the person gave cannot be taken. Nothing changed and nothing is lost."""

    code = "refused"


class Unavailable(AkimatDeskError):
    """Something outside is not there now; trying again later helps."""

    code = "unavailable"


class Damaged(AkimatDeskError):
    """Stored data is not what was written."""

    code = "damaged"


class Misuse(AkimatDeskError):
    """The program called itself wrongly."""

    code = "misuse"


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
