"""What the checks read: the entries of all catalogues, and the word lists beside this file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message

from installer import catalogues

DATA: Final = Path(__file__).parent / "data"

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
"""A run of letters; a hyphen parts words."""
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Entry:
    """One text in one language. `forms` are its translations: several where a number is spoken of."""

    language: str
    msgid: str
    forms: tuple[str, ...]
    plural: str = ""
    context: str = ""
    fuzzy: bool = False

    @property
    def is_button(self) -> bool:
        """A short label that names its result."""
        return self.context == "button"

    def __str__(self) -> str:
        return f"{self.language}: {self.msgid!r} → {' | '.join(self.forms)!r}"


def kazakh(text: str, msgid: str = "Some text", context: str = "") -> Entry:
    """A Kazakh entry for an example."""
    return Entry("kk", msgid, (text,), context=context)


def russian(text: str, msgid: str = "Some text", context: str = "") -> Entry:
    """A Russian entry for an example."""
    return Entry("ru", msgid, (text,), context=context)


def english(text: str, context: str = "") -> Entry:
    """The English side: the msgid speaks for itself."""
    return Entry("en", text, (text,), context=context)


def _entry(language: str, message: Message) -> Entry:
    msgid, plural = message.id if isinstance(message.id, tuple) else (str(message.id), "")
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return Entry(language, msgid, forms, plural, message.context or "", message.fuzzy)


@cache
def translated() -> tuple[Entry, ...]:
    """Every Kazakh and Russian entry of every package."""
    return tuple(
        _entry(language, message)
        for package in catalogues.packages()
        for language in catalogues.TRANSLATED
        for message in catalogues.read(catalogues.po_file(package, language), language)
        if message.id
    )


@cache
def said() -> tuple[Entry, ...]:
    """Every text of the program in every language, English from the sources."""
    texts = sorted({text for package in catalogues.packages() for text in catalogues.texts_of(package)})
    originals = (
        Entry("en", text.msgid, tuple(filter(None, (text.msgid, text.plural))), text.plural, text.context)
        for text in texts
    )
    return (*translated(), *originals)


@cache
def patterns(file: str, table: str) -> tuple[tuple[re.Pattern[str], object], ...]:
    """A table of a word list: compiled patterns and what stands beside them."""
    found = tomllib.loads((DATA / file).read_text("utf-8"))[table]
    return tuple((re.compile(pattern, re.IGNORECASE), value) for pattern, value in found.items())


@cache
def lines(file: str) -> tuple[str, ...]:
    """The lines of a word list; what follows # is a remark."""
    cut = (line.partition("#")[0].strip() for line in (DATA / file).read_text("utf-8").splitlines())
    return tuple(line for line in cut if line)


def words_of(text: str) -> Iterator[str]:
    """The words of a text without its placeholders, as they are written."""
    yield from WORD.findall(PLACEHOLDER.sub(" ", unicodedata.normalize("NFC", text)))
