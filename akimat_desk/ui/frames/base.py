"""What all frames share: the places a window puts things in, and the controls that are the same everywhere."""

from __future__ import annotations

import tkinter
import tkinter.font
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from akimat_desk.base.words import LANGUAGES, Language
from akimat_desk.ui.fonts import Density, Role
from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.surface import Box, Layer, Text

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Screen, Stage

OWN_NAMES: Final[dict[Language, str]] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Languages by their own names, the same in every language; never flags."""

THREE_LETTERS: Final[dict[Language, str]] = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}


class Settings(Protocol):
    """What the controls of a frame change; the window itself."""

    @property
    def language(self) -> Language:
        """The language now shown."""
        ...

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        ...

    def switch_language(self, language: Language) -> None:
        """Show everything in another language."""
        ...

    def enlarge(self) -> None:
        """Larger text."""
        ...

    def reduce(self) -> None:
        """Smaller text."""
        ...

    def switch_theme(self) -> None:
        """Light to dark and back."""
        ...

    def show_panel(self, title: str, build: Callable[[Box], None]) -> None:
        """Show a side panel over the screen."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """Where a window puts banners, and what it scrolls."""

    banner: Box
    area: ScrollArea | None


class Frame(Protocol):
    """Builds a whole page round a screen."""

    density: Density

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """Fill `page`."""
        ...


def next_language(language: Language) -> Language:
    """The language after this one, round and round."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


class Elided(Text):
    """One line of text, cut with … where the place is too narrow (a zone's name; never a sentence)."""

    def __init__(self, master: tkinter.Misc, text: str, role: Role, colour: Token = "ink") -> None:
        super().__init__(master, text, role, colour)
        self.full, self._font = text, look_of(master).font(role)
        self.configure(width=1)
        self.bind("<Configure>", lambda event: self._fit(event.width))

    def _fit(self, width: int) -> None:
        self.say(cut(self.full, self._font, width))


def cut(text: str, font: tkinter.font.Font, width: int) -> str:
    """`text`, ended with … where it is wider than `width` pixels."""
    if font.measure(text) <= width:
        return text
    while text and font.measure(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def keep_size(box: tkinter.Frame) -> None:
    """The box keeps its own size, whatever lies in it."""
    box.pack_propagate(False)
    box.grid_propagate(False)
