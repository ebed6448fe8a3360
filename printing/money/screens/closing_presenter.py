"""How far two people have come with closing the day; plain Python, no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from printing.money.actions import Counted, Done
    from printing.money.days import ClosedDay, Sums

MOVING: Final = "moving"
Step = Literal["first", "second", "compare", "closed"]


@dataclass(frozen=True, slots=True)
class Counter:
    """Somebody who may count."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """Who may count, who is signed in, what the books say (told only at the end), and the days closed before."""

    people: tuple[Counter, ...]
    here: str
    sums: Sums
    before: tuple[ClosedDay, ...]


@dataclass
class ClosingPresenter:
    """What was counted so far. All callables block."""

    fetch: Callable[[], Drawer]
    prove: Callable[[str, str, int], Counted]
    """`prove(staff, pin, tenge)`: the count, signed with the PIN. Raises `WrongPin`, `PinWait`."""
    close: Callable[[Counted, Counted, int], Done]
    paper: Callable[[str], object]
    """`paper(entry)`: the report of that day into the out-tray."""
    move: Callable[[int], object]
    correct: Callable[[str, int, str], object]
    """`correct(entry, tenge, reason)`: say what was found out about a closed day later."""
    now: Drawer | None = None
    step: Step = "first"
    person: str = ""
    counted: str = ""
    pin: str = ""
    left: str = ""
    correcting: str = ""
    """The closed day that is being corrected, or `MOVING`."""
    sum: str = ""
    reason: str = ""
    first: Counted | None = None
    second: Counted | None = None
    entry: str = ""

    def who(self) -> str:
        """Who counts now: the one who is signed in first, then another."""
        if self.person or self.now is None:
            return self.person
        return self.now.here if self.step == "first" else ""

    def others(self) -> Sequence[Counter]:
        """Who may count in this step."""
        taken = self.first.staff if self.first and self.step == "second" else ""
        return [each for each in (self.now.people if self.now else ()) if each.id != taken]

    def name(self, staff: str) -> str:
        """The name of a member of staff."""
        return next((each.name for each in (self.now.people if self.now else ()) if each.id == staff), "")

    def keep(self, count: Counted) -> None:
        """A count is signed: on to the next step. What was typed is forgotten."""
        if self.step == "first":
            self.first, self.step = count, "second"
        else:
            self.second, self.step = count, "compare"
        self.person = self.counted = self.pin = ""

    def again(self) -> None:
        """Both count anew."""
        self.step, self.first, self.second = "first", None, None
        self.person = self.counted = self.pin = self.left = ""
