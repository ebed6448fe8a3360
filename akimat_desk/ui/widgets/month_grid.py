"""A month to look at: seven columns, a cell a day, and beside each number in words what is special about the day.

One stop of the keyboard: arrows go from day to day and over the month's edge, Page Up and Page Down turn the month,
Home and End go to its first and last day, Enter opens the day. Where a cell is too narrow for its words, its icon
stands for them; what it means stands in the panel beside.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.surface import Halo, Rounded, has_keyboard, layer_of

Kind = Literal["plain", "off", "special"]

_FILLS: dict[Kind, tuple[Token, Token]] = {
    # fill, ink
    "plain": ("surface", "ink"),
    "off": ("sunken", "ink2"),
    "special": ("gold_tint", "gold_text"),
}


class DayCell(NamedTuple):
    """One day: `key` is what `on_choose` gets; `word` and `icon` say what is special about it, `today` that it is now.

    `special` is a day that is otherwise than its weekday promises and worked.
    """

    key: str
    number: int
    kind: Kind = "plain"
    word: str = ""
    icon: str = ""
    today: bool = False


class MonthGrid(Halo):
    """See the module. `first` is the column of the first day (0 is Monday).

    `on_turn` gets -1 or 1; `on_beyond` a day outside the month, counted from its first one: -1 is the day before.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        weekdays: Sequence[str],
        first: int,
        cells: Sequence[DayCell],
        *,
        chosen: str,
        on_choose: Callable[[str], object],
        on_turn: Callable[[int], object],
        on_beyond: Callable[[int], object],
        on_open: Callable[[str], object] | None = None,
        name: str = "month",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        self._weekdays, self._first, self._cells = tuple(weekdays), first, tuple(cells)
        self._on_choose, self._on_turn, self._on_beyond, self._on_open = on_choose, on_turn, on_beyond, on_open
        self._index = next((n for n, cell in enumerate(cells) if cell.key == chosen), 0)
        self._rows = -(-(first + len(cells)) // 7)
        self._head = look.line("head") + look.px(10)
        least = self._head + self._rows * (look.line("strong") + look.line("small") + look.px(12))
        self.canvas = tkinter.Canvas(
            self, bg=self.ground, bd=0, highlightthickness=0, takefocus=1, height=least, width=look.px(320)
        )
        self.canvas.pack(fill="both", expand=True)
        self._bind()
        self.name = layer_of(self).enlist(self, name)

    @property
    def chosen(self) -> str:
        """The key of the chosen day."""
        return self._cells[self._index].key

    def choose(self, index: int) -> None:
        """Choose the day at `index`, counted from 0; one outside the month is told (`on_beyond`)."""
        if not 0 <= index < len(self._cells):
            self._on_beyond(index)
            return
        before, self._index = self._index, index
        if before != index:
            self._draw()
            self._on_choose(self.chosen)

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.canvas.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.canvas)

    def place_of(self, index: int) -> tuple[int, int]:
        """The middle of a day's cell, in pixels of the canvas."""
        x0, y0, x1, y1 = self._box(index)
        return (x0 + x1) // 2, (y0 + y1) // 2

    # ---- how

    def _bind(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _: self._draw())
        canvas.bind("<FocusIn>", lambda _: self.show_ring(True))
        canvas.bind("<FocusOut>", lambda _: self.show_ring(False))
        canvas.bind("<ButtonRelease-1>", self._clicked)
        canvas.bind("<Double-Button-1>", lambda _: self._open())
        steps = {"Left": -1, "Right": 1, "Up": -7, "Down": 7}
        for key, step in steps.items():
            canvas.bind(f"<Key-{key}>", lambda _, step=step: self._key(self._index + step))  # type: ignore[misc]
        canvas.bind("<Key-Home>", lambda _: self._key(0))
        canvas.bind("<Key-End>", lambda _: self._key(len(self._cells) - 1))
        canvas.bind("<Key-Prior>", lambda _: self._turn(-1))
        canvas.bind("<Key-Next>", lambda _: self._turn(1))
        for key in ("Return", "KP_Enter", "space"):
            canvas.bind(f"<Key-{key}>", lambda _: self._open())

    def _key(self, index: int) -> str:
        self.choose(index)
        return "break"

    def _turn(self, by: int) -> str:
        self._on_turn(by)
        return "break"

    def _open(self) -> str:
        if self._on_open is not None:
            self._on_open(self.chosen)
        return "break"

    def _clicked(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self.canvas.focus_set()
        for index in range(len(self._cells)):
            x0, y0, x1, y1 = self._box(index)
            if x0 <= event.x < x1 and y0 <= event.y < y1:
                self.choose(index)
                return

    def _box(self, index: int) -> tuple[int, int, int, int]:
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height() - self._head
        row, column = divmod(self._first + index, 7)
        return (
            width * column // 7,
            self._head + height * row // self._rows,
            width * (column + 1) // 7,
            self._head + height * (row + 1) // self._rows,
        )

    def _draw(self) -> None:
        canvas, look = self.canvas, self.look
        if canvas.winfo_width() <= 1:
            return
        canvas.delete("all")
        for column, name in enumerate(self._weekdays):
            x = canvas.winfo_width() * column // 7 + look.px(10)
            canvas.create_text(x, 0, text=name, font=look.font("head"), fill=look.colour("ink2"), anchor="nw")
        for index, cell in enumerate(self._cells):
            self._cell(index, cell)

    def _cell(self, index: int, cell: DayCell) -> None:
        canvas, look, gap = self.canvas, self.look, self.look.px(2)
        x0, y0, x1, y1 = self._box(index)
        fill, ink = _FILLS[cell.kind]
        here = index == self._index
        edge: Token = "sky" if here else "edge" if cell.today else "line"
        shape = Rounded(canvas, look, self.ground, look.radius)
        border = look.px(3 if here else 2 if cell.today else 1)
        colours = look.colour("sky_tint" if here else fill), look.colour(edge)
        shape.draw(x0 + gap, y0 + gap, x1 - gap, y1 - gap, *colours, border)
        ink = "ink" if here else ink
        pad = look.px(10)
        words = str(cell.number)
        number = canvas.create_text(
            x0 + pad, y0 + look.px(6), text=words, font=look.font("strong"), fill=look.colour(ink), anchor="nw"
        )
        right = canvas.bbox(number)[2]
        word, room = look.font("small"), x1 - x0 - 2 * pad
        high = y0 + look.px(6) + look.line("strong")
        if cell.word and word.measure(cell.word) <= room and high + look.line("small") <= y1 - gap:
            canvas.create_text(x0 + pad, high, text=cell.word, font=word, fill=look.colour(ink), anchor="nw")
        elif cell.icon and right + look.px(4) + look.scale.text(20) <= x1 - gap:
            canvas.create_image(right + look.px(4), y0 + look.px(6), image=look.icon(cell.icon, 20, ink), anchor="nw")
