"""What every page is searched for, in every language and size: see `akimat_desk.ui.inspect`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from akimat_desk.base.words import LANGUAGES, Language
from akimat_desk.ui import inspect
from akimat_desk.ui.inspect import PseudoWords, findings, settle, walk_through
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window


def looks_right(window: Window, screen: Screen, *, languages: Iterable[Language] = LANGUAGES) -> None:
    """Nothing is cut off, small, pale or out of reach. Themes change colours only: the dark one is looked at for
    contrast. Russian has the longest words, and 150 % is the tightest size of the layout between.
    """
    window.go(screen)
    settle(window)
    found = {
        shown: findings(window)
        for shown in walk_through(window, languages=languages, growths=(100, 200), themes=[False])
    }
    found |= {
        shown: findings(window) for shown in walk_through(window, languages=["ru"], growths=[150], themes=[False])
    }
    found |= {
        shown: inspect.pale(window.page)
        for shown in walk_through(window, languages=["kk"], growths=[100], themes=[True])
    }
    _nothing({shown: wrong for shown, wrong in found.items() if wrong})


def is_translated(window: Window, screen: Screen, data: Iterable[str]) -> None:
    """Every text but `data` (names, addresses) is said in the language shown, and a longer language's words fit."""
    window.speak(PseudoWords())
    window.go(screen)
    settle(window)
    _nothing({"untranslated": inspect.untranslated(window.page, set(data)), "wrong": findings(window)})


def _nothing(found: Mapping[str, list[str]]) -> None:
    """pytest writes out what an `assert` compares in test modules only."""
    if any(found.values()):
        pytest.fail("\n".join(f"{shown}: {each}" for shown, wrong in found.items() for each in wrong), pytrace=False)
