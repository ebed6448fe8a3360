"""Sentences that can be said in three languages.

The msgid is the English text; Kazakh is the first-written language of the catalogues. Code below the screens never
formats a sentence: it hands up a `Sentence`, and whoever shows it asks the `Translator`.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["kk", "ru", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""In the order they stand on the screen: Kazakh first."""


def N_(msgid: str) -> str:
    """Mark a constant for translation; it is translated where it is shown."""
    return msgid


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole message with its values; `{name}` in `msgid` is filled from `values` after translation."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.msgid)


class Translator:
    """Looks words up in the catalogues of all services, in one language at a time.

    Catalogues are GNU .mo files at `<folder>/<language>/LC_MESSAGES/messages.mo`. English needs none: it is the msgid.
    `listeners` are told after the language has changed (the open screen redraws itself).
    """

    def __init__(self, folders: Iterable[Path], language: Language = "kk") -> None:
        self._folders = tuple(folders)
        self._cache: dict[Language, _gettext.NullTranslations] = {}
        self._language: Language = language
        self.listeners: list[Callable[[], None]] = []

    @property
    def language(self) -> Language:
        """The language now shown."""
        return self._language

    def switch(self, language: Language) -> None:
        """Show `language` from now on."""
        if language != self._language:
            self._language = language
            for listener in tuple(self.listeners):
                listener()

    def in_language(self, language: Language) -> Translator:
        """The same catalogues, speaking `language` (for papers in two languages)."""
        other = Translator(self._folders, language)
        other._cache = self._cache
        return other

    def __call__(self, msgid: str, /, **values: object) -> str:
        """`msgid` in the present language, with `{name}` filled from `values`."""
        return _fill(self._now().gettext(msgid), values)

    def button(self, msgid: str, /, **values: object) -> str:
        """A short label (msgctxt "button"): in Kazakh a verbal noun, in Russian an infinitive."""
        return _fill(self._now().pgettext("button", msgid), values)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The form that fits the number; `{n}` is filled too."""
        return _fill(self._now().ngettext(singular, plural, n), {"n": n, **values})

    def say(self, *sentences: Sentence) -> str:
        """Sentences handed up from below, one after the other, without the empty ones; values that are sentences
        themselves are said too.
        """
        return " ".join(filter(None, map(self._say, sentences)))

    def _say(self, sentence: Sentence) -> str:
        values = {k: self._say(v) if isinstance(v, Sentence) else v for k, v in sentence.values.items()}
        return self(sentence.msgid, **values) if sentence.msgid else ""

    def _now(self) -> _gettext.NullTranslations:
        found = self._cache.get(self._language)
        if found is None:
            found = _gettext.NullTranslations()
            if self._language != "en":
                for folder in reversed(self._folders):
                    file = folder / self._language / "LC_MESSAGES" / "messages.mo"
                    if file.is_file():
                        with file.open("rb") as stream:
                            catalogue = _gettext.GNUTranslations(stream)
                        catalogue.add_fallback(found)
                        found = catalogue
            self._cache[self._language] = found
        return found


def _fill(text: str, values: Mapping[str, object]) -> str:
    return text.format(**values) if values else text
