"""What is typed on a page is kept at every pause, and when the page is left: a PC that dies loses a second of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Stage
    from meetings.cases.drafts import Kept

PAUSE_MS: Final = 700
"""How long after the last key it is written down."""


class Typed(Protocol):
    """A form that can be written down."""

    @property
    def dirty(self) -> bool:
        """Whether something was typed since it was written down."""
        ...

    def keep_now(self) -> Kept:
        """Write it down (blocks)."""
        ...


class Keeping:
    """Keeps `form` until it is `done`: recorded, or thrown away."""

    def __init__(self, form: Typed) -> None:
        self._form = form
        self._waits = False
        self.done = False

    def touched(self, stage: Stage) -> None:
        """Something was typed: write it down when the hands rest."""
        if not self._waits:
            self._waits = True
            stage.after(PAUSE_MS, lambda: self._rest(stage))

    def leave(self, stage: Stage) -> None:
        """The page goes away: whatever was typed last is kept, too."""
        if self._form.dirty and not self.done:
            stage.run(self._form.keep_now)

    def _rest(self, stage: Stage) -> None:
        self._waits = False
        self.leave(stage)
