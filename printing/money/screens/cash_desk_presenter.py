"""What the cash desk shows and what was chosen and typed there; plain Python, no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import AkimatDeskError
from printing.money.ledger import Balance, change_of, parse_tenge

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Screen
    from printing.money.actions import Given, Paid

Doing = Literal["pay", "free", "refund", "write_off"]
_NOTHING: Final = Balance()


@dataclass(frozen=True, slots=True)
class Item:
    """A document at the cash desk. `held` waits to be printed and costs `due`; the others have their balance."""

    charge: str
    code: str
    pages: int
    ms: int
    due: int
    balance: Balance = _NOTHING
    held: bool = False
    expected: int = 0
    """The price of a document that has not ended yet; it is charged when it does."""
    grey: tuple[int, int] = (0, 0)
    colour: tuple[int, int] = (0, 0)

    @property
    def state(self) -> str:
        """How it stands: "held", "owed", "over" or "settled"."""
        if self.held and self.due > 0:
            return "held"
        return "owed" if self.due > 0 else "over" if self.due < 0 else "settled"


@dataclass(frozen=True, slots=True)
class Person:
    """A resident found by what was typed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """What is listed, what lies in the drawer by the books, and the rules for free pages."""

    items: tuple[Item, ...]
    owed: int
    rules: tuple[tuple[str, str], ...] = ()
    """(rule, its name as a msgid)."""


@dataclass
class CashDeskPresenter:
    """What was chosen and typed. All callables block."""

    fetch: Callable[[bool], Due]
    """`fetch(today)`: what waits for money, or everything of today."""
    pay: Callable[[Item, int], Paid]
    free: Callable[[Item, str, str], Given]
    """`free(item, rule, resident)`."""
    refund: Callable[[Item, int, str], object]
    write_off: Callable[[Item, int, str], object]
    find: Callable[[str], Sequence[Person]]
    receipt: Callable[[Paid, str], object]
    close_day: Callable[[], Screen]
    box: Callable[[], Screen]
    now: Due | None = None
    today: bool = False
    chosen: str = ""
    doing: Doing = "pay"
    given: str = ""
    sum: str = ""
    reason: str = ""
    rule: str = ""
    typed: str = ""
    people: Sequence[Person] = field(default_factory=tuple)
    person: Person | None = None
    paid: tuple[Paid, str] | None = None
    """The last payment and its code: its change is shown until the next is begun."""

    def choice(self) -> Item | None:
        """The chosen document; else the first that waits for money."""
        items = self.now.items if self.now else ()
        chosen = next((item for item in items if item.charge == self.chosen), None)
        return chosen or next((item for item in items if item.due), None) or next(iter(items), None)

    def change(self, item: Item) -> int | None:
        """What goes back for what is typed so far; None while it is no sum or too little. Nothing typed is the exact
        sum.
        """
        try:
            return change_of(item.due, self.given_for(item))
        except AkimatDeskError:
            return None

    def given_for(self, item: Item) -> int:
        """What the resident gave. Raises `AmountUnclear`."""
        return parse_tenge(self.given) if self.given.strip() else item.due

    def begin(self, doing: Doing) -> None:
        """Do another thing with the chosen document."""
        self.doing, self.sum, self.reason, self.rule = doing, "", "", ""
        self.typed, self.people, self.person = "", (), None

    def choose(self, charge: str) -> None:
        """Work on another document."""
        self.chosen, self.given, self.paid = charge, "", None
        self.begin("pay")
