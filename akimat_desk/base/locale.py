"""Numbers, money, dates and order of the alphabet, as Kazakh, Russian and English write them.

Our own tables and no Babel at run time: Babel prints the tenge as "KZT" outside Kazakh and cannot read 22.11.2026 in
Kazakh (both measured with 2.18). No function puts an ending on a word it is handed; Kazakh endings follow the sound of
the word, so months, the only words that need them, stand in a table with their forms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Language

NBSP: Final = "\u00a0"
"""No-break space: between groups of digits (kk, ru) and before ₸, so that a sum is never torn in two lines."""
MINUS: Final = "\u2212"
TENGE: Final = "₸"

DateForm = Literal["screen", "full", "short"]


@dataclass(frozen=True, slots=True)
class MonthForms:
    """One month as a sentence needs it, lower-case in Kazakh and Russian.

    `name` stands alone (қараша, ноябрь), `of` follows a day (20 қараша, 20 ноября), `inside` says when (қарашада,
    в ноябре), `to` says for when (қарашаға, на ноябрь).
    """

    name: str
    of: str
    inside: str
    to: str


def _kk(name: str, inside: str, to: str) -> MonthForms:
    return MonthForms(name, name, name + inside, name + to)


def _ru(name: str, of: str, inside: str) -> MonthForms:
    return MonthForms(name, of, f"в {inside}", f"на {name}")


def _en(name: str) -> MonthForms:
    return MonthForms(name, name, f"in {name}", f"for {name}")


_MONTHS: Final[dict[Language, tuple[MonthForms, ...]]] = {
    "kk": (
        _kk("қаңтар", "да", "ға"),
        _kk("ақпан", "да", "ға"),
        _kk("наурыз", "да", "ға"),
        _kk("сәуір", "де", "ге"),
        _kk("мамыр", "да", "ға"),
        _kk("маусым", "да", "ға"),
        _kk("шілде", "де", "ге"),
        _kk("тамыз", "да", "ға"),
        _kk("қыркүйек", "те", "ке"),
        _kk("қазан", "да", "ға"),
        _kk("қараша", "да", "ға"),
        _kk("желтоқсан", "да", "ға"),
    ),
    "ru": (
        _ru("январь", "января", "январе"),
        _ru("февраль", "февраля", "феврале"),
        _ru("март", "марта", "марте"),
        _ru("апрель", "апреля", "апреле"),
        _ru("май", "мая", "мае"),
        _ru("июнь", "июня", "июне"),
        _ru("июль", "июля", "июле"),
        _ru("август", "августа", "августе"),
        _ru("сентябрь", "сентября", "сентябре"),
        _ru("октябрь", "октября", "октябре"),
        _ru("ноябрь", "ноября", "ноябре"),
        _ru("декабрь", "декабря", "декабре"),
    ),
    "en": tuple(
        _en(name)
        for name in (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        )
    ),
}

_WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

_HOURS_MINUTES: Final[dict[Language, tuple[str, str]]] = {"kk": ("сағ", "мин"), "ru": ("ч", "мин"), "en": ("h", "min")}


class NotADate(Refused):
    """What was typed is not a day of the calendar written as 20.11.2026."""

    code = "not-a-date"
    resident_text = N_("This is not a date. Write the day, month and year like this: 20.11.2026.")
    staff_text = N_("This is not a date. Write the day, month and year like this: 20.11.2026.")
    next_text = N_("Correct the date.")


def format_number(value: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """`value` with groups of three digits: 1 234 567,5 · 1 234 567,5 · 1,234,567.5.

    `decimals` fixes the digits after the comma; without it there are as many as `value` has. A number below zero gets
    the minus sign U+2212. Raises ValueError for infinity and not-a-number.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError("only finite numbers can be written")
    text = f"{number:,f}" if decimals is None else f"{number:,.{decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    negative = text.startswith("-")
    text = text.removeprefix("-")
    if negative and not text.strip("0,."):
        negative = False
    if language != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return MINUS + text if negative else text


def format_money(tenge: int, language: Language) -> str:
    """A sum in whole tenge, the sign after it: 1 240 ₸ · 1 240 ₸ · 1,240 ₸. All spaces are no-break ones."""
    return f"{format_number(tenge, language)}{NBSP}{TENGE}"


def format_percent(percent: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """`percent` is the number of hundredths: 26 gives 26% · 26 % · 26%."""
    gap = NBSP if language == "ru" else ""
    return f"{format_number(percent, language, decimals)}{gap}%"


def month_forms(month: int, language: Language) -> MonthForms:
    """The forms of a month's name; January is 1."""
    return _MONTHS[language][range(1, 13).index(month)]


def format_weekday(day: date, language: Language) -> str:
    """The name of the day of the week: жұма · пятница · Friday."""
    return _WEEKDAYS[language][day.weekday()]


def format_date(day: date, language: Language, form: DateForm = "screen") -> str:
    """A day for the "screen" (20 қараша, жұма), in "full" for papers, or "short" for tables (20.11.2026).

    A `datetime` is taken as it stands; turn a moment into Kazakhstan time first (`clock.local`).
    """
    month = month_forms(day.month, language)
    if form == "screen":
        weekday = format_weekday(day, language)
        return f"{weekday} {day.day} {month.of}" if language == "en" else f"{day.day} {month.of}, {weekday}"
    if form == "full":
        if language == "kk":
            return f"{day.year} жылғы {day.day} {month.of}"
        return f"{day.day} {month.of} {day.year} года" if language == "ru" else f"{day.day} {month.of} {day.year}"
    if language == "en":
        return f"{day.day} {month.name[:3]} {day.year}"
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def format_time(at: time | datetime) -> str:
    """Hours and minutes of a 24-hour day, 09:05, the same in all three languages."""
    return f"{at.hour:02}:{at.minute:02}"


def format_range(start: time | datetime, end: time | datetime) -> str:
    """From one time to another with an en dash and no spaces: 09:00–18:00."""
    return f"{format_time(start)}–{format_time(end)}"


def format_duration(minutes: int, language: Language) -> str:
    """A length of time in hours and minutes: 2 сағ 10 мин · 2 ч 10 мин · 2 h 10 min. Raises ValueError below zero."""
    if minutes < 0:
        raise ValueError("a duration is never negative")
    hour_word, minute_word = _HOURS_MINUTES[language]
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {hour_word}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute_word}")
    return " ".join(parts)


_TYPED_DATE: Final = re.compile(r"([0-9]{1,2})[./\- ]([0-9]{1,2})[./\- ]([0-9]{4})")


def parse_date(typed: str) -> date:
    """The day somebody typed: day, month, year, parted by dots (slashes, hyphens and spaces are understood too).

    Raises `NotADate` for anything else, the 30th of February included.
    """
    found = _TYPED_DATE.fullmatch(typed.strip())
    if not found:
        raise NotADate
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate from None


ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh order of letters, with the Russian letters at their places."""

_FIRST_LETTER: Final = 0x0430
_PLACES: Final = {letter: chr(_FIRST_LETTER + place) for place, letter in enumerate(ALPHABET)}
_AFTER_ALPHABET: Final = chr(_FIRST_LETTER + len(ALPHABET))


def sort_key(text: str) -> str:
    """A key whose plain order (code points, or bytes of UTF-8 as in SQLite) is the order of the Kazakh alphabet.

    Digits come first, then Latin, then Kazakh and Russian letters, then everything else. Large and small letters count
    the same unless nothing else differs, so two different texts never share a key.
    """
    composed = unicodedata.normalize("NFC", text)
    primary = []
    for letter in composed.casefold():
        if place := _PLACES.get(letter):
            primary.append(place)
        elif letter >= "\u0430":
            primary.append(_AFTER_ALPHABET + letter)
        elif letter >= " ":
            primary.append(letter)
    return "".join(primary) + "\x01" + composed


_FOLDED: Final = str.maketrans("әғқңөұүһіё", "агкноуухие")


def fold(text: str) -> str:
    """`text` as search compares it: small letters, Kazakh letters as people type them on a Russian keyboard.

    ә→а ғ→г қ→к ң→н ө→о ұ,ү→у һ→х і→и ё→е; й stays. Latin look-alikes are left alone. Folding twice changes nothing.
    """
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", small.translate(_FOLDED))
