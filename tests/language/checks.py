"""The checks every text passes: what a machine can hold of how the desk speaks.

A check takes one entry and yields a sentence for each fault. `FAULTS` fail the build; `ADVICE` is for the eye of who
writes (`python -m tests.language.advice`), because a good text may have its reasons.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tests.language.texts import PLACEHOLDER, Entry, lines, patterns, words_of

Check = Callable[[Entry], Iterator[str]]

SAME_EVERYWHERE: Final = frozenset({"Wi-Fi", "PDF", "QR", "eGov", "Akimat Desk", "USB", "IPP", "A4", "OK"})
NUMBER_OF_FORMS: Final = {"kk": 2, "ru": 3}
NUMBER_NAMES: Final = (
    "n|number|now|all|count|window|step|page|lesson|place|item|done|left|total|max|min|days|sheets|pages|room"
)

# --- 1 and 2: nothing is missing


def complete(entry: Entry) -> Iterator[str]:
    """No empty, doubted or merely copied text; every plural form is filled."""
    if entry.language == "en":
        return
    if entry.fuzzy:
        yield "is marked fuzzy"
    if len(entry.forms) != (NUMBER_OF_FORMS[entry.language] if entry.plural else 1) or not all(entry.forms):
        yield "is not translated in every form"
    for form in entry.forms:
        if form and form in {entry.msgid, entry.plural} and not _is_same_everywhere(form):
            yield "is the English text"


def _is_same_everywhere(text: str) -> bool:
    bare = PLACEHOLDER.sub("", text)
    for known in SAME_EVERYWHERE:
        bare = bare.replace(known, "")
    return not any(letter.isalpha() for letter in bare)


def names_of(text: str) -> set[str]:
    """The placeholders of a text; raises ValueError where a brace is not closed."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def placeholders(entry: Entry) -> Iterator[str]:
    """The same named placeholders, line breaks and [buttons] in every form; nothing by position."""
    try:
        wanted = names_of(entry.msgid) | names_of(entry.plural)
        for form in filter(None, entry.forms):
            if names_of(form) != wanted:
                yield f"has the placeholders {sorted(names_of(form))}, the English text {sorted(wanted)}"
            if form.count("\n") != entry.msgid.count("\n"):
                yield "has other line breaks"
            if len(re.findall(r"\[[^]]+\]", form)) != len(re.findall(r"\[[^]]+\]", entry.msgid)):
                yield "has other [buttons]"
            if re.search(r"%(\(\w+\))?[sdif]", form) or any(not name.isidentifier() for name in names_of(form)):
                yield "has a placeholder without a name"
    except ValueError:
        yield "has a brace that is not closed"


# --- 3, 9: Kazakh grammar a program cannot know

_SUFFIX: Final = re.compile(r"\}[»”]?-?[а-яёәғқңөұүһі]")
_ORDINAL: Final = re.compile(
    rf"\{{({NUMBER_NAMES})\}}-(терезе|қадам|топ|бет|тармақ|сабақ|орын|бөлме|бап)(?=[а-яёәғқңөұүһі]*\b)"
)
_PARTICLE: Final = re.compile(
    r"\}[»”]? (мен|бен|пен|да|де|та|те|ба|бе|ма|ме|па|пе|ғой|қой|дейін|кейін|бастап|қарай|лар|лер|дар|дер|тар|тер)\b"
)


def suffix_after_placeholder(entry: Entry) -> Iterator[str]:
    """Harmony and the final sound of what is filled in are unknown, so nothing may depend on them."""
    if entry.language != "kk":
        return
    for form in entry.forms:
        checked = _ORDINAL.sub(" ", form)
        if found := _SUFFIX.search(checked) or _PARTICLE.search(checked):
            yield f"an ending or particle follows what is filled in: {found.group()!r}"


_PLURAL_ENDING: Final = (
    r"(?!дәптер|принтер|компьютер|картер|пәтер|литер)[а-яёәғқңөұүһі-]+(лар|лер|дар|дер|тар|тер)(ы|і|ды|ді|ға|ге)?\b"
)
_COUNTED_PLURAL: Final = re.compile(rf"(\b\d+|\{{({NUMBER_NAMES})\}}) {_PLURAL_ENDING}", re.IGNORECASE)
_COUNT_WITH_HYPHEN: Final = re.compile(rf"\{{({NUMBER_NAMES})\}}-(минут|күн|парақ|сағат|дана|адам|секунд|теңге)")


def number_and_noun(entry: Entry) -> Iterator[str]:
    """A Kazakh noun stays singular after a number; a count takes no hyphen."""
    if entry.language != "kk":
        return
    for form in entry.forms:
        if found := _COUNTED_PLURAL.search(form):
            yield f"a plural after a number: {found.group()!r}"
        if found := _COUNT_WITH_HYPHEN.search(form):
            yield f"a hyphen makes an ordinal: {found.group()!r}"


# --- 4, 5, 6: letters

_FOREIGN: Final = re.compile("[ҡӄҕҥӊїєґҳəɵİı\u0300-\u036f]")


def one_alphabet(entry: Entry) -> Iterator[str]:
    """Inside one word no Latin with Cyrillic, no letters of other Cyrillic languages, and composed letters only."""
    for form in entry.forms:
        if form != unicodedata.normalize("NFC", form):
            yield "is not composed (NFC)"
        if found := _FOREIGN.search(form):
            yield f"has a letter of another language: {found.group()!r}"
        for word in words_of(form):
            scripts = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}
            if {"LATIN", "CYRILLIC"} <= scripts:
                yield f"mixes alphabets: {word!r}"
            if entry.language == "en" and "CYRILLIC" in scripts and word not in {"Қазақша", "Русский"}:
                yield f"is not English: {word!r}"


_LOST: Final = str.maketrans("әғқңөұүһіы", "агкноуухии")


def sound(word: str) -> str:
    """A Kazakh word as it looks with its letters lost (и for і and ы too); a final ң stays, it is too often right."""
    small = word.casefold()
    return small[:-1].translate(_LOST) + (small[-1:] if small[-1:] in "нң" else small[-1:].translate(_LOST))


_HARD_BEFORE_BACK: Final = re.compile("[кг][аоұы]|[аоұы][кг](?![әеөүі])")
_SOFT_BEFORE_FRONT: Final = re.compile("[қғ][әөүіе]|[әөүі][қғ](?![аоұы])")
_ONLY_KAZAKH: Final = re.compile("[әғқңөұүһі]")


def kazakh_letters(entry: Entry) -> Iterator[str]:
    """No letter lost on a Russian keyboard and none put where it does not belong.

    Three nets: the list of misspellings met in real akimat texts; к and г beside а о ұ ы (or қ and ғ beside ә ө ү і),
    which no native word has; and two spellings of what sounds alike (`one_spelling`, over all texts together).
    """
    if entry.language != "kk":
        return
    loans = lines("loanwords.txt")
    for form in entry.forms:
        small = f" {' '.join(words_of(form)).casefold()} "
        for line in lines("misspellings_kk.tsv"):
            wrong, right = line.split("\t")
            if f" {wrong.casefold()} " in small:
                yield f"{wrong!r} is written {right!r}"
        for word in small.split():
            if any(loan in word for loan in loans):
                continue
            if found := _HARD_BEFORE_BACK.search(word):
                yield f"{word!r}: {found.group()!r} in a native word; қ, ғ lost?"
            if found := _SOFT_BEFORE_FRONT.search(word):
                yield f"{word!r}: {found.group()!r} in a native word; қ, ғ too many?"


def one_spelling(entries: Iterable[Entry]) -> Iterator[str]:
    """Two Kazakh words that differ only in letters that get lost: one is misspelt, unless the lexicon knows both."""
    lexicon = frozenset(lines("lexicon_kk.txt"))
    spellings: dict[str, set[str]] = {}
    for word in lexicon:
        spellings.setdefault(sound(word), set()).add(word)
    for entry in entries:
        if entry.language == "kk":
            for word in words_of(" ".join(entry.forms)):
                if any("CYRILLIC" in unicodedata.name(letter) for letter in word):
                    spellings.setdefault(sound(word), set()).add(word.casefold())
    for found in spellings.values():
        if len(found) > 1 and not found <= lexicon:
            yield f"which is right: {', '.join(sorted(found))}? (both: put them into lexicon_kk.txt)"


# --- 8: words


def banned_words(entry: Entry) -> Iterator[str]:
    """Officialese, blame, and words that hurt; the list says what to write instead."""
    for form in entry.forms:
        for pattern, instead in patterns("banned.toml", entry.language):
            if found := pattern.search(form):
                yield f"{found.group()!r} is not our word; write: {instead}"
        if entry.language == "kk" and all(stem in form.casefold() for stem in ("өтінім", "жолданым")):
            yield "«өтінім» is an application and never stands beside «жолданым»"


# --- 10: typography

TYPED_RANGE: Final = "1-3, 5"
"""The example of what people type on a keyboard, where a hyphen is all they have."""


def typography(entry: Entry) -> Iterator[str]:
    """Quotes, dashes, dots, spaces and stops."""
    for form in filter(None, entry.forms):
        if '"' in form or (entry.language != "en" and "'" in form):
            yield "has straight quotes"
        if entry.language != "en" and re.search(r"“|”", re.sub("«[^»]*»", "", form)):
            yield "quotes are « » in Kazakh and Russian"
        if entry.language == "en" and re.search("[«»]", form):
            yield "quotes are “ ” in English"
        if "  " in form or form != form.strip():
            yield "has a space too many"
        if " - " in form or re.search(r" [—–]\S|\S— ", form):
            yield "a dash is — (kk, ru) or – (en), with spaces on both sides"
        if (entry.language == "en" and "—" in form) or (entry.language != "en" and " – " in form):
            yield "has the other language's dash"
        if re.search(r"\d-\d", PLACEHOLDER.sub("1", form).replace(TYPED_RANGE, "")) and "+7" not in form:
            yield "a range has an en dash"
        if "..." in form:
            yield "three dots are one character: …"
        if re.search(r"(?<!\u00a0)₸", form) and form.strip() != "₸":
            yield "₸ without a no-break space before it"
        if entry.is_button and form.endswith((".", ":", ";")):
            yield "a button has no stop"
        if entry.language != "ru" and re.search(r"(?<![.!?…:»\n] )(?<!^)\bСіз", form):
            yield "«сіз» is small inside a text"
        if entry.language == "ru" and re.search(r"(?<=[а-яё,:] )В(ы|ас|ам|ами|аш\w*)\b", form):
            yield "«вы» is small"
        if _ending(form) != _ending(entry.msgid):
            yield f"ends with {_ending(form)!r}, the English text with {_ending(entry.msgid)!r}"
        if re.search(r"(?<!^\d)[.!?…] \S", form) and not _ending(form):
            yield "the last sentence has no stop"


def _ending(text: str) -> str:
    last = text.rstrip("»”\"')]")[-1:]
    return last if last in ".?!:…" else ""


# --- 11: buttons

_KK_BUTTON: Final = re.compile(r"([ую]|мын|мін|дым|дім|тым|тім)$")
_KK_BUTTONS: Final = frozenset(
    {
        *("Артқа", "Әрі қарай", "Дайын", "Келесі", "Шықты", "Басты бет", "Толығырақ", "Тағы", "Көмек"),
        *("Күндізгі", "Түнгі", "Жоғары", "Төмен", "Қызметкерге", "Басқа файл", "Басына", "Бардым"),
    }
)
_RU_BUTTON: Final = re.compile(r"\b\w+(ть|ти|ться|тись|чь)\b")
_RU_BUTTONS: Final = frozenset(
    {
        *("Назад", "Далее", "Готово", "Вышел", "Оплачено", "Да, я здесь", "Подробнее", "На главную", "Ещё", "Помощь"),
        *("Дневной", "Ночной", "Вверх", "Вниз", "Сотрудникам", "Пробная страница", "Другой файл", "В начало"),
    }
)
LONGEST_BUTTON: Final = 24


def button_form(entry: Entry) -> Iterator[str]:
    """A button names its result in the form of its language and fits its place."""
    if not entry.is_button:
        return
    for form in filter(None, entry.forms):
        bare = PLACEHOLDER.sub("", form).strip(" :")
        if len(form) > LONGEST_BUTTON:
            yield f"a button has at most {LONGEST_BUTTON} characters, this one {len(form)}"
        if entry.language == "kk" and bare not in _KK_BUTTONS and not _is_name(bare):
            if re.search(r"(ыңыз|іңіз|ңыз|ңіз)\b", bare):
                yield "a Kazakh button is no request (-ыңыз, -іңіз)"
            elif not _KK_BUTTON.search(bare):
                yield "a Kazakh button ends in -у"
        if entry.language == "ru" and bare not in _RU_BUTTONS and not _is_name(bare):
            if re.search(r"\w+йте(сь)?\b", bare):
                yield "a Russian button is no request"
            elif not _RU_BUTTON.search(bare):
                yield "a Russian button has an infinitive"
        if bare.casefold() in {"ok", "yes", "no", "иә", "жоқ", "да", "нет"}:
            yield "a button names its result"


def _is_name(text: str) -> bool:
    return not any(letter.isalpha() for letter in text) or text in SAME_EVERYWHERE


# --- 12: length


def _times_longer(entry: Entry) -> float:
    longest = max(len(form) for form in entry.forms) if entry.forms else 0
    return longest / max(len(entry.msgid), len(entry.plural), 1)


def length(entry: Entry) -> Iterator[str]:
    """A screen has room for 1.6 times the English text; a short one may double, and eighteen letters always fit."""
    english = max(len(entry.msgid), len(entry.plural))
    limit = int(english * 1.6) if english > 20 else max(english * 2, 18)
    for form in entry.forms:
        if entry.language != "en" and len(form) > limit:
            yield f"has {len(form)} characters; at most {limit}"


# --- 13: terms


def one_term(entry: Entry) -> Iterator[str]:
    """A term of the glossary is translated by the glossary's word."""
    if entry.language == "en":
        return
    spoken = f" {' '.join(words_of(' '.join(entry.forms))).casefold()}"
    plain = " ".join(entry.forms).casefold()
    english = re.sub("`[^`]*`", " ", entry.msgid)  # commands are not translated
    for pattern, stems in patterns("glossary.toml", "terms"):
        assert isinstance(stems, dict)
        allowed = [stem.casefold() for stem in stems[entry.language]]
        found = re.search(rf"(?<![\w{{/-])(?:{pattern.pattern})(?![\w}}-]|\.\w)", english, re.IGNORECASE)
        if found and all(entry.forms) and not any(f" {stem}" in spoken or stem in plain for stem in allowed):
            yield f"{found.group()!r} is said with one of: {', '.join(allowed)}"


# --- 15: personal data

SAMPLE_NUMBERS: Final = frozenset({"900101300012"})


def personal_data(entry: Entry) -> Iterator[str]:
    """No IIN but the sample, no phone number that could ring."""
    for form in entry.forms:
        for number in re.findall(r"(?<!\d)\d{6}[ \u00a0]?\d{6}(?!\d)", form):
            if re.sub(r"\D", "", number) not in SAMPLE_NUMBERS:
                yield f"has a 12-digit number: {number[:2]}…"
        if re.search(r"(\+7|\b8)[ (\u00a0-]*7\d\d[ )\u00a0-]*\d{3}", form):
            yield "has a phone number"


FAULTS: Final[dict[str, Check]] = {
    check.__name__: check
    for check in (
        complete,
        placeholders,
        suffix_after_placeholder,
        number_and_noun,
        one_alphabet,
        kazakh_letters,
        banned_words,
        typography,
        button_form,
        length,
        one_term,
        personal_data,
    )
}

# --- 7, 12, 14: advice

_BACK: Final = re.compile("[аоұы]")
_FRONT: Final = re.compile("[әөүі]")
MOST_WORDS: Final = {"kk": 12, "ru": 14, "en": 14}


def harmony(entry: Entry) -> Iterator[str]:
    """Back and front vowels in one Kazakh word: a slip, or a compound or loan for the list."""
    if entry.language == "kk":
        known = (*lines("loanwords.txt"), *lines("compounds_kk.txt"))
        for word in words_of(" ".join(entry.forms).casefold()):
            if _BACK.search(word) and _FRONT.search(word) and not any(part in word for part in known):
                yield f"back and front vowels: {word!r}"


def long_text(entry: Entry) -> Iterator[str]:
    """Over 1.4 times the English text."""
    if entry.language != "en" and len(entry.msgid) > 20 and _times_longer(entry) > 1.4:
        yield f"is {_times_longer(entry):.2f} times as long as the English text"


def readability(entry: Entry) -> Iterator[str]:
    """More words than people take in at once, or more than two sentences."""
    for form in entry.forms:
        sentences = [part for part in re.split(r"(?<=[.!?…])\s+", form) if part]
        for sentence in sentences:
            words = len(re.findall(r"[^\s—–·]+", sentence))
            if words > MOST_WORDS[entry.language]:
                yield f"has {words} words: {sentence!r}"
        if entry.is_button and len(form.split()) > 3:
            yield "has more than three words on a button"


ADVICE: Final[dict[str, Check]] = {check.__name__: check for check in (harmony, long_text, readability)}
