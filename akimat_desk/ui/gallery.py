"""Sample screens to look at: `python -m akimat_desk.ui.gallery --out DIR` draws them into pictures on the display at
hand.

For developers; all people and places are invented. The checks of `tests/ui` walk through the same screens.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.ui.frames.bare import BareFrame
from akimat_desk.ui.frames.base import Frame
from akimat_desk.ui.frames.board import BoardFrame
from akimat_desk.ui.frames.resident import ResidentFacts, ResidentFrame
from akimat_desk.ui.frames.staff import StaffFacts, StaffFrame, SyncLine
from akimat_desk.ui.frames.staff_rows import PageRow
from akimat_desk.ui.inspect import screenshot, settle
from akimat_desk.ui.operations import AtOnce
from akimat_desk.ui.samples import SCREENS, Flow, Home, nothing
from akimat_desk.ui.screen import FrameKind, Question, Screen
from akimat_desk.ui.window import Window


def frames() -> dict[FrameKind, Frame]:
    """The frames with invented facts."""
    rows = [
        PageRow("today", "Бүгін", "house", nothing),
        PageRow("receptions", "Қабылдау", "calendar-check", nothing),
        PageRow("queue", "Басып шығару", "printer", nothing),
        PageRow("lessons", "Сабақтар", "graduation-cap", nothing),
        PageRow("voting", "Дауыс беру", "vote", nothing),
        PageRow("residents", "Тұрғындар", "users", nothing),
        PageRow("assignments", "Тапсырмалар", "list-checks", nothing, badge=2),
        PageRow("reports", "Есептер", "chart-column", nothing),
    ]
    return {
        "resident": ResidentFrame(lambda: ResidentFacts("Ақжар ауылдық округі", "Адалдық алаңы", nothing, nothing)),
        "staff": StaffFrame(
            lambda: StaffFacts(
                "Ақжар ауылдық округі",
                rows,
                "queue",
                SyncLine("linked", "Байланыс бар", "2 минут бұрын"),
                "А. Сәдуақасова",
                "қызметкер",
                nothing,
                "Аты-жөні, ЖСН немесе талон",
                nothing,
            )
        ),
        "bare": BareFrame(),
        "board": BoardFrame(),
    }


def open_window(first: Callable[[], Screen] = Home, **options: Any) -> Window:
    """A window with the samples, its clock standing still and operations done at once."""
    clock = FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
    options = {"size": (1366, 768), "clock": clock, "operations": AtOnce(), **options}
    locale = Path(__file__).parent.parent / "locale"
    return Window(Translator([locale]), frames(), first, **options)


def draw(out: Path, names: list[str], languages: list[Language], growths: list[int], *, both: bool) -> list[Path]:
    """Draw the samples; returns the pictures' files."""
    window = open_window(size=None)
    settle(window)
    made = []
    for name in names:
        for language in languages:
            for growth in growths:
                for dark in (False, True) if both else (False,):
                    window._home = SCREENS.get(name, Flow)
                    window.start_over(language, growth, dark)
                    if name == "dialog":
                        window.ask(
                            Question(
                                "Аяқтап, бәрін өшіреміз бе?",
                                "Ашық құжаттар мен жазғаныңыз осы компьютерден өшіріледі.",
                                "Жоқ, қалу",
                                "Иә, өшіру",
                            ),
                            nothing,
                        )
                    file = out / f"{name}-{language}-{growth}{'-dark' if dark else ''}.png"
                    screenshot(window, file)
                    made.append(file)
    window.close()
    return made


def main() -> None:
    """The command."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", nargs="*", default=[*SCREENS, "dialog"])
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))
    parser.add_argument("--growths", nargs="*", type=int, default=[100, 200])
    parser.add_argument("--light-only", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for file in draw(given.out, given.names, given.languages, given.growths, both=not given.light_only):
        sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
