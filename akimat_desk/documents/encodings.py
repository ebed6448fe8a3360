"""How a plain text is to be read: UTF-8, UTF-16, or one of the three old Cyrillic code pages of Kazakhstan's PCs.

General detectors guess short Cyrillic texts as Chinese (charset-normalizer read "Сәлем" and "Привет" so), because they
consider every language. Here there are two, so a small model of Russian and Kazakh is enough: how often a letter
occurs, and how consonants and vowels follow each other. kz1048 is cp1251 with Kazakh letters in the places of Serbian
and Ukrainian ones; a text without those bytes is the same in both and is called cp1251.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", 3),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
CODE_PAGES: Final = ("cp1251", "kz1048", "cp866")
"""Tried in this order; of equals the first is named."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Control characters a text never holds (tab, line ends, form feed and the DOS end mark 1A are allowed)."""
_SAMPLE: Final = 16_384
_RUN: Final = 3

_VOWELS: Final = frozenset("аеёиоуыэюяәөұүі")
# Letters of 1,000: means of Russian (national corpus) and of Kazakh texts of this house, rounded.
_PER_MILLE: Final = {
    "а": 103, "б": 24, "в": 24, "г": 14, "ғ": 8, "д": 37, "е": 84, "ё": 2, "ж": 14, "з": 27, "и": 41, "й": 14, "к": 34,
    "қ": 17, "л": 44, "м": 32, "н": 62, "ң": 12, "о": 67, "ө": 5, "п": 22, "р": 48, "с": 51, "т": 60, "у": 22, "ұ": 5,
    "ү": 4, "ф": 3, "х": 6, "һ": 1, "ц": 3, "ч": 8, "ш": 10, "щ": 2, "ъ": 1, "ы": 46, "і": 28, "ь": 10, "э": 3, "ю": 4,
    "я": 12, "ә": 4,
}  # fmt: skip
_TOTAL: Final = sum(_PER_MILLE.values())
_LETTER: Final = {letter: math.log(n / _TOTAL) for letter, n in _PER_MILLE.items()}
# Which kind of letter follows which inside a word, from the same texts (two thirds of Kazakh pairs alternate).
_FOLLOWS: Final = {
    (False, True): math.log(0.75),
    (False, False): math.log(0.25),
    (True, False): math.log(0.93),
    (True, True): math.log(0.07),
}
_STRANGE_LETTER: Final = -12.5
_STRANGE_SIGN: Final = -8.0
_KNOWN_SIGN: Final = -4.0
_KNOWN_SIGNS: Final = frozenset("«»—–„“”‘’…№•·§°±\u00a0€")
_DRAWN_CORNER: Final = -6.0
"""A box-drawing sign on its own: tables of old DOS programs have it, and so has capital cp1251 read as cp866."""
_DRAWN_LINE: Final = -1.0
"""One of a run of equal box-drawing signs, which nothing but a table has."""
_LETTER_RUN: Final = -6.0
_CAPITAL_INSIDE: Final = -4.0
_MIXED_WORD: Final = -4.0
"""A Latin letter next to a Cyrillic one."""
_WORST_MEAN: Final = -4.8
_WORST_EXTRA: Final = -12.0
"""Bytes whose mean logarithm per non-ASCII character is under `_WORST_MEAN + _WORST_EXTRA / n` are no text of ours:
prose has about -3.6, random bytes about -6; a short word may be as odd as it likes."""
_SURE_UTF8: Final = 4
"""So many different non-ASCII characters are not UTF-8 by chance. Fewer may be, however often they come again: "Иә" in
kz1048 is one letter of UTF-8."""
_SURE_TORN_UTF8: Final = 8


def read_text(data: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding (a Python codec name), or None when the bytes are no text."""
    for mark, name, length in _BOMS:
        if data.startswith(mark):
            return _clean(data[length:].decode(name.removesuffix("-sig"), "replace"), name)
    if name := _utf16_without_mark(data):
        return _clean(data.decode(name, "replace"), name)
    best, score = "", -math.inf
    if (text := _utf8(data)) is not None:
        if text.isascii() or len({char for char in text if char >= "\x80"}) >= _SURE_UTF8:
            return _clean(text, "utf-8")
        best, score = "utf-8", _score(" ".join(dict.fromkeys(text.split())))
    if not _looks_printable(data):
        return None
    sample = _sample(data)
    for name in CODE_PAGES:
        try:
            found = _score(sample.decode(name))
            data.decode(name)
        except UnicodeDecodeError:
            continue
        if found > score:
            best, score = name, found
    if score < _WORST_MEAN * sum(byte >= 0x80 for byte in sample) + _WORST_EXTRA:
        return None
    return _clean(data.decode(best), best)


def _clean(text: str, name: str) -> tuple[str, str] | None:
    text = text.rstrip("\x1a")
    return None if _FORBIDDEN.search(text) else (text, name)


def _utf8(data: bytes) -> str | None:
    """Strict, except that a torn end or one bad byte among a hundred letters is forgiven: it is shown as U+FFFD."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char >= "\x80" for char in text) - bad
    torn = bad == 1 and text.endswith("\ufffd") and good >= _SURE_TORN_UTF8
    return text if torn or bad * 100 <= good else None


def _utf16_without_mark(data: bytes) -> str:
    """Cyrillic and ASCII in UTF-16 have only a few high bytes, two of which no single-byte text holds."""
    if len(data) < 2 or len(data) % 2:
        return ""
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if set(high) <= {0x00, 0x04, 0x20, 0x21, 0x22, 0x25} and (0x00 in high or 0x04 in high):
            return name
    return ""


def _looks_printable(data: bytes) -> bool:
    return not any(byte in data for byte in (*range(0x09), 0x0B, *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))


def _sample(data: bytes) -> bytes:
    """The telling lines: first those where kz1048 and cp1251 differ, then any with a byte above ASCII."""
    lines = data.splitlines() if len(data) > _SAMPLE else [data]
    telling = [line for line in lines if any(byte in _DIFFERING for byte in line)] if len(lines) > 1 else []
    chosen: list[bytes] = []
    room = _SAMPLE
    for line in (*telling, *(line for line in lines if not line.isascii())):
        if room <= 0:
            break
        chosen.append(line[:room])
        room -= len(line)
    # A word that comes again says nothing new.
    return b" ".join(dict.fromkeys(b"\n".join(chosen).split()))


def _differing() -> Iterator[int]:
    for value in range(0x80, 0x100):
        byte = bytes([value])
        if byte.decode("cp1251", "replace") != byte.decode("kz1048", "replace"):
            yield value


_DIFFERING: Final = frozenset(_differing())


def _score(text: str) -> float:
    """Logarithm of how likely a Russian or Kazakh writer gives this text; only characters above ASCII count."""
    score = 0.0
    before = ""
    for char, group in groupby(text):
        run = sum(1 for _ in group)
        lower, previous = char.lower(), before.lower()
        if char.isascii():
            score += _MIXED_WORD * (char.isalpha() and (previous in _LETTER or _is_drawn(previous)))
            before = char
            continue
        if before.isascii() and before.isalpha() and (lower in _LETTER or _is_drawn(char)):
            score += _MIXED_WORD
        if lower in _LETTER:
            score += run * (_LETTER[lower] if run < _RUN else _LETTER_RUN)
            if previous in _LETTER:
                score += _FOLLOWS[previous in _VOWELS, lower in _VOWELS]
                if char != lower and before == previous:
                    score += _CAPITAL_INSIDE
        elif _is_drawn(char):
            score += run * (_DRAWN_LINE if run >= _RUN else _DRAWN_CORNER)
        elif char in _KNOWN_SIGNS:
            score += run * _KNOWN_SIGN
        else:
            score += run * (_STRANGE_LETTER if char.isalpha() else _STRANGE_SIGN)
        before = char
    return score


def _is_drawn(char: str) -> bool:
    return "\u2500" <= char <= "\u259f"
