"""A made-up language for looking at screens: everything translatable stands in brackets, longer by 40 % and with the
Kazakh letters. Text without brackets cannot be translated; brackets that are cut off do not fit."""

from __future__ import annotations

import math
from typing import Final

from akimat_desk.base.words import Language, Translator
from tests.language.texts import PLACEHOLDER

LONGER: Final = 1.4
_LETTERS: Final = str.maketrans("aeiouhkngAEIOUHKNG", "әеіөұһқңғӘЕІӨҰҺҚҢҒ")
_FILLING: Final = " қоңыраулар үшін өңірлік ғимараттағы әдемі жұмысшыларды"


def pseudo(text: str) -> str:
    """`text` with its letters, length and brackets; placeholders stay as they are."""
    parts = PLACEHOLDER.split(text)
    swapped = "".join(f"{{{part}}}" if place % 2 else part.translate(_LETTERS) for place, part in enumerate(parts))
    missing = max(0, math.ceil(len(text) * LONGER) - len(text) - 2)
    filling = _FILLING if " " in text else _FILLING.replace(" ", "")
    return f"[{swapped}{(filling * (missing // len(filling) + 1))[:missing]}]"


class PseudoTranslator(Translator):
    """A translator that speaks the made-up language, whatever language is chosen."""

    def __init__(self, language: Language = "kk") -> None:
        super().__init__((), language)

    def __call__(self, msgid: str, /, **values: object) -> str:
        """See `Translator`."""
        return super().__call__(pseudo(msgid), **values)

    def button(self, msgid: str, /, **values: object) -> str:
        """See `Translator`."""
        return super().button(pseudo(msgid), **values)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """See `Translator`."""
        return super().count(pseudo(singular), pseudo(plural), n, **values)

    def in_language(self, language: Language) -> Translator:
        """See `Translator`."""
        return PseudoTranslator(language)
