"""A call in the words of the voice: the ticket's number and the room, in Kazakh and in Russian. Never a name.

The words are single ones out of a short list, so that a village can have them spoken by a person of its own
(`voice.Recorded`): 40 in Kazakh and 38 in Russian for numbers below a thousand, and 22 letters in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

SpokenLanguage = Literal["kk", "ru"]
LANGUAGES: Final[tuple[SpokenLanguage, ...]] = ("kk", "ru")

_KK: Final = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_KK_TENS: Final = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_KK_ORDINALS: Final = {
    "бір": "бірінші",
    "екі": "екінші",
    "үш": "үшінші",
    "төрт": "төртінші",
    "бес": "бесінші",
    "алты": "алтыншы",
    "жеті": "жетінші",
    "сегіз": "сегізінші",
    "тоғыз": "тоғызыншы",
    "он": "оныншы",
    "жиырма": "жиырмасыншы",
    "отыз": "отызыншы",
    "қырық": "қырқыншы",
    "елу": "елуінші",
    "алпыс": "алпысыншы",
    "жетпіс": "жетпісінші",
    "сексен": "сексенінші",
    "тоқсан": "тоқсаныншы",
    "жүз": "жүзінші",
    "мың": "мыңыншы",
}
_RU: Final = (
    "ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать",
    "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать",
    "девятнадцать",
)  # fmt: skip
_RU_TENS: Final = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
)  # fmt: skip
_RU_HUNDREDS: Final = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip

LETTERS: Final = {
    "А": "а", "Д": "дэ", "Е": "е", "К": "ка", "М": "эм", "Н": "эн", "П": "пэ", "Р": "эр", "С": "эс", "Т": "тэ",
    "У": "у", "Я": "я", "Г": "гэ", "Ж": "жэ", "И": "и", "Л": "эль", "Ф": "эф", "Х": "ха", "Ц": "цэ", "Ш": "ша",
    "Э": "э", "Ю": "ю",
}  # fmt: skip
"""How the letters before a PC's numbers are called (`journal.prefixes`), alike in both languages."""

_NUMBER: Final = re.compile(r"([А-Я]*)-?0*([0-9]{1,6})")


def said_words(number: str, room: int, language: SpokenLanguage) -> list[list[str]]:
    """The call of ticket `number` ("А-12") to `room` (0: none), as sentences of single words."""
    found = _NUMBER.fullmatch(number)
    letters = [LETTERS[one] for one in found[1] if one in LETTERS] if found else []
    digits = list(cardinal(int(found[2]), language)) if found else []
    sentences = [["талон", *letters, *digits]]
    if room:
        sentences.append([*ordinal_kk(room), "бөлме"] if language == "kk" else ["кабинет", *cardinal(room, "ru")])
    return sentences


@cache
def vocabulary(language: SpokenLanguage) -> tuple[str, ...]:
    """Every word there is in a call to a room below a thousand: what a person who lends their voice has to say."""
    numbers = {word for n in range(1, 1000) for one in said_words(f"{n}", n, language) for word in one}
    return (*sorted(numbers), *LETTERS.values())


def sentence(number: str, room: int, language: SpokenLanguage) -> str:
    """The call as a text for a synthesised voice."""
    said = (" ".join(one) for one in said_words(number, room, language))
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in said)


def cardinal(number: int, language: SpokenLanguage) -> Iterator[str]:
    """A number from 0 to 999 999 in words."""
    if number >= 1000:
        thousands = number // 1000
        yield from _thousands_ru(thousands) if language == "ru" else (*_below_kk(thousands, alone=False), "мың")
        if number % 1000:
            yield from cardinal(number % 1000, language)
    else:
        yield from _below_ru(number) if language == "ru" else _below_kk(number)


def ordinal_kk(number: int) -> list[str]:
    """A number as the name of a place in a row: the last word changes."""
    *before, last = cardinal(number, "kk")
    return [*before, _KK_ORDINALS.get(last, last)]


def _below_kk(number: int, *, alone: bool = True) -> tuple[str, ...]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [*([_KK[hundreds]] if hundreds > 1 else []), *(["жүз"] if hundreds else [])]
    said += [_KK_TENS[tens]] if tens else []
    said += [_KK[ones]] if ones and (alone or number > 1) else []
    return tuple(said or ([_KK[0]] if alone and not number else []))


def _below_ru(number: int) -> tuple[str, ...]:
    rest = number % 100
    said = [_RU_HUNDREDS[number // 100]]
    said += [_RU[rest]] if 0 < rest < 20 else [_RU_TENS[rest // 10], _RU[rest % 10] if rest % 10 else ""]
    return tuple(filter(None, said)) or (_RU[0],)


def _thousands_ru(number: int) -> tuple[str, ...]:
    *before, last = _below_ru(number)
    last = {"один": "одна", "два": "две"}.get(last, last)
    if number % 100 in range(11, 20) or last not in ("одна", "две", "три", "четыре"):
        return (*before, last, "тысяч")
    return (*before, last, "тысяча" if last == "одна" else "тысячи")
