"""What all frames share: the places a window puts things in, and the controls that are the same everywhere."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from akimat_desk.base.words import LANGUAGES, Language
from akimat_desk.ui.fonts import Density
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.surface import Box, Layer

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


class Places(NamedTuple):
    """Where a window puts banners, what it scrolls, and what stays while the screen changes."""

    banner: Box
    area: ScrollArea | None
    surround: Surround | None = None


class Surround(Protocol):
    """What a frame puts round the screen, where it can stand while the screen's own part is exchanged."""

    part: Box
    """The screen's part of the page."""

    def follow(self) -> bool:
        """Show how things stand now; False where that takes another page."""
        ...

    def fill(self, screen: Screen, stage: Stage) -> Places:
        """Build a new `part`; the one before it is left to the caller, and is `part` still when building fails."""
        ...


class Frame(Protocol):
    """Builds a whole page round a screen."""

    density: Density

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """Fill `page`."""
        ...


def next_language(language: Language) -> Language:
    """The language after this one, round and round."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def keep_size(box: tkinter.Frame) -> None:
    """The box keeps its own size, whatever lies in it."""
    box.pack_propagate(False)
    box.grid_propagate(False)
