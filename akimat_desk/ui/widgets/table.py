"""A table of any length. Only the rows that are seen exist as widgets; a hundred thousand open as fast as twenty.

Columns are data. The first column is icon and key; the state is also a word in the last one. One colour a row, no
buttons in rows: actions live in the panel beside the table. Keys: arrows, Page Up and Down, Home and End choose, Enter
opens, and Ctrl+1 to Ctrl+9 sort by a column, as a click on its head does.
"""

from __future__ import annotations

import tkinter
import tkinter.font
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Final, Literal

from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.rows import BLOCK, Column, ListedRows, Row, Rows
from akimat_desk.ui.widgets.surface import Box, Line, Text, has_keyboard, layer_of
from akimat_desk.ui.widgets.table_style import BAR, INSET, style

Written = tuple[str, object, tuple[str, ...], str]
"""A line of the tree: words and picture of the first column, words of the others, tag."""

GAP: Final = "\u2002"
"""Follows numbers at the right of their column, so that they keep away from the next column's words."""


class Table(Card):
    """See the module. `on_choose` gets the key of a row that is chosen, `on_open` of one that is opened. `on_drawn` is
    called once, when the first rows are painted: the time to draw what stands beside them.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        columns: Sequence[Column],
        rows: Rows,
        *,
        chosen: str = "",
        on_choose: Callable[[str], object] | None = None,
        on_open: Callable[[str], object] | None = None,
        on_sort: Callable[[str, bool], object] | None = None,
        on_drawn: Callable[[], object] | None = None,
        sorted_by: tuple[str, bool] = ("", False),
        counts: str = "",
        note: str = "",
        name: str = "table",
    ) -> None:
        super().__init__(master, pad=6 + (5 if look_of(master).staff else 7))
        look = look_of(master)
        self._look, self._columns, self._rows = look, columns, rows
        self._chosen, self._index = chosen, -1
        self._on_choose, self._on_open, self._on_sort, self._sorted_by = on_choose, on_open, on_sort, sorted_by
        self._on_drawn = on_drawn
        self._top, self._seen, self._width = 0, 0, 0
        self._written: dict[str, Written] = {}
        """What stands in the lines of the tree now."""
        self._wide: dict[str, int] = {}
        """Pixels of the words that were measured."""
        self._part = (0.0, 1.0)
        """What the bar shows."""
        self._least: list[int] = []
        """Pixels of each column, at least."""
        self._shown: list[int] = []
        """The columns there is room for."""
        self._awaited = False
        self._row_height = max(look.px(36 if look.staff else 48), look.line("body") + look.px(10))
        self.body.columnconfigure(0, weight=1)
        self.body.rowconfigure(0, weight=1)
        self.tree = self._make_tree()
        self._bar = ttk.Scrollbar(self.body, orient="vertical", command=self._scrolled, style=BAR)
        self._bar.configure(takefocus=False)
        if len(rows) * self._row_height > look.height:  # it will be needed, so nothing is to move when it comes
            self._show_bar()
        self._counts = self._foot(counts, note) if counts or note else None
        self.name = layer_of(self).enlist(self, name)
        self._bind()
        self._find_chosen()

    @property
    def chosen(self) -> str:
        """The key of the chosen row, or ""."""
        return self._chosen

    @property
    def visible_rows(self) -> list[Row | None]:
        """The rows that are on the screen now."""
        return list(self._rows.get(self._top, min(self._top + self._seen, len(self._rows)), lambda: None))

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.tree.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.tree)

    @property
    def ring_shown(self) -> bool:
        """See `Control`."""
        return self.face.paint.edge == "focus"

    def scroll_to(self, index: int) -> None:
        """Show row `index` as the first, as far as there are rows to fill the page."""
        self._top = max(0, min(index, len(self._rows) - max(1, self._seen)))
        self._fill()

    def choose(self, index: int) -> None:
        """Choose row `index` and bring it into sight."""
        if not len(self._rows):
            return
        self._index = max(0, min(index, len(self._rows) - 1))
        self._awaited = True
        if self._index < self._top:
            self._top = self._index
        elif self._index >= self._top + self._seen:
            self._top = self._index - max(1, self._seen) + 1
        self._fill()

    def replace(
        self, rows: Rows, *, chosen: str | None = None, counts: str | None = None, afresh: bool = False
    ) -> None:
        """Show other rows in the same place (what is listed has changed), or, `afresh`, another list (a filter): from
        its top, or where its chosen row is in sight.
        """
        self._rows, self._index, self._awaited = rows, -1, False
        if chosen is not None:
            self._chosen = chosen
        if counts is not None and self._counts is not None:
            self._counts.say(counts)
        if afresh:
            layer_of(self).memory.pop(self.name, None)
        self._find_chosen()
        if self._leave_out(self._width):
            self._look.later(0, self._fill)
        self.scroll_to(self._index - self._seen // 2 if afresh else self._top)

    def _find_chosen(self) -> None:
        """A table built again shows the chosen row where it was; only rows at hand are looked through."""
        kept = layer_of(self).memory.get(self.name)
        if isinstance(kept, tuple):
            self._top, self._index = kept
        elif self._chosen and isinstance(self._rows, ListedRows):
            keys = [row.key for row in self._rows.get(0, len(self._rows), self._fill) if row]
            self._index = keys.index(self._chosen) if self._chosen in keys else -1

    # Drawing

    def _make_tree(self) -> ttk.Treeview:
        look = self._look
        style(look, ground_of(self.body), self._row_height)
        keys = tuple(column.key for column in self._columns)
        tree = ttk.Treeview(
            self.body, columns=keys[1:], show=("tree", "headings"), selectmode="browse", style="Desk.Treeview", height=1
        )
        font = look.font("head")
        for number, column in enumerate(self._columns):
            anchor: Literal["w", "e"] = "w" if column.align == "left" else "e"
            place = "#0" if number == 0 else column.key
            title = column.title + (GAP if column.align == "right" else "")
            wide = max(
                round(look.px(column.width) * look.size("body") / look.px(15 if look.staff else 20)),
                font.measure(title) + look.px(24),
                *(self._measure(words) + self._around(first=number == 0) for words in column.words),
            )
            tree.column(place, width=wide, minwidth=wide, anchor=anchor, stretch=column.stretch)
            self._least.append(wide)
            if self._on_sort is None:
                tree.heading(place, text=title, anchor=anchor)
            else:
                key, down = self._sorted_by
                arrow = look.icon("arrow-down" if down else "arrow-up", 13, "ink2") if key == column.key else ""
                tree.heading(
                    place, text=title, anchor=anchor, image=arrow, command=lambda key=column.key: self._sort(key)
                )
        tree.tag_configure("odd", background=look.colour("row"))
        tree.grid(row=0, column=0, sticky="nsew")
        head = look.line("head") + look.px(20)
        Line(self.body, strong=True).place(in_=tree, x=0, y=head - look.px(2), relwidth=1)
        self._head = head
        return tree

    def _foot(self, counts: str, note: str) -> Text:
        look = self._look
        Line(self.body, strong=True).grid(row=1, column=0, columnspan=2, sticky="ew")
        foot = Box(self.body)
        foot.grid(row=2, column=0, columnspan=2, sticky="ew", padx=look.px(10), pady=(look.px(8), look.px(4)))
        large = look.layout == "large"
        told = Text(foot, counts, "hint", "ink2", wrap=large)
        told.pack(side="top" if large else "left", fill="x")
        if note:
            Text(foot, note, "hint", "ink2", wrap=large).pack(side="top" if large else "right", fill="x")
        return told

    def _bind(self) -> None:
        tree = self.tree
        tree.bind("<Configure>", self._resized)
        tree.bind("<<TreeviewSelect>>", self._clicked)
        tree.bind("<Double-1>", lambda event: self._open() if tree.identify_row(event.y) else None)
        tree.bind("<FocusIn>", lambda _: self._ring(True))
        tree.bind("<FocusOut>", lambda _: self._ring(False))
        for sequence, step in (("<Button-4>", -3), ("<Button-5>", 3)):
            tree.bind(sequence, lambda _, step=step: self._wheel(step))  # type: ignore[misc]
        tree.bind("<MouseWheel>", lambda event: self._wheel(-3 if event.delta > 0 else 3))
        moves: dict[str, Callable[[], int]] = {
            "Up": lambda: self._index - 1,
            "Down": lambda: self._index + 1,
            "Prior": lambda: self._index - max(1, self._seen - 1),
            "Next": lambda: self._index + max(1, self._seen - 1),
            "Home": lambda: 0,
            "End": lambda: len(self._rows) - 1,
        }
        for key, where in moves.items():
            tree.bind(f"<Key-{key}>", lambda _, where=where: self._key(where))  # type: ignore[misc]
        for key in ("Left", "Right", "space"):
            tree.bind(f"<Key-{key}>", lambda _: "break")
        for key in ("Return", "KP_Enter"):
            tree.bind(f"<Key-{key}>", lambda _: self._open())
        for number, column in enumerate(self._columns[:9], 1):
            tree.bind(f"<Control-Key-{number}>", lambda _, key=column.key: self._sort(key))  # type: ignore[misc]

    def _resized(self, event: tkinter.Event[tkinter.Misc]) -> None:
        seen = max(1, (event.height - self._head) // self._row_height)
        if (seen, event.width) == (self._seen, self._width):
            return
        if event.width != self._width:
            self._leave_out(event.width)
        self._seen, self._width = seen, event.width
        if self._index >= 0 and not layer_of(self).memory.get(self.name):
            self._top = max(0, self._index - seen // 2)
        self._top = max(0, min(self._top, len(self._rows) - seen))
        # By then ttk has given the columns their new widths, and the page stands: rows are painted once, not under it.
        self._look.root.after(0, self._fill)

    def _leave_out(self, room: int) -> bool:
        """Show as many columns as there is room for, and rather fewer than words of the stretching one cut off; tells
        whether others are shown now.
        """
        wide = list(self._least)
        for number, column in enumerate(self._columns):
            if column.stretch:
                wide[number] = max(wide[number], self._longest(number))
        shown = list(range(len(wide)))
        for number in sorted(shown[1:], key=lambda n: -self._columns[n].spare):
            if sum(wide[n] for n in shown) <= room or not self._columns[number].spare:
                break
            shown.remove(number)
        if shown == self._shown:
            return False
        self._shown = shown
        self.tree.configure(displaycolumns=[self._columns[n].key for n in shown[1:]])
        fills = any(self._columns[n].stretch for n in shown)  # where the one that does is left out, the widest does
        for n in shown:
            stretches = self._columns[n].stretch if fills else wide[n] == max(wide[each] for each in shown)
            self.tree.column("#0" if n == 0 else self._columns[n].key, stretch=stretches)
        return True

    def _longest(self, number: int) -> int:
        """Pixels of a column that would cut off none of its words, as far as rows are at hand."""
        if not isinstance(self._rows, ListedRows):
            return 0
        words = {row.cells[number] for row in self._rows.get(0, BLOCK, self._fill) if row}
        return max(map(self._measure, words), default=0) + self._around(first=number == 0)

    def _measure(self, words: str) -> int:
        found = self._wide.get(words)
        if found is None:
            found = self._wide[words] = self._look.font("body").measure(words)
        return found

    def _around(self, *, first: bool) -> int:
        """Pixels of a column beside its words."""
        icon = self._look.scale.text(20) + self._look.px(18) if first else 0
        return self._look.px(INSET) * (1 if first else 2) + icon

    def _fill(self) -> None:
        if not self.winfo_exists() or not self._seen:
            return
        tree, stop = self.tree, min(self._top + self._seen + 1, len(self._rows))
        rows = self._rows.get(self._top, stop, self._fill)
        told = self._take_choice(rows)
        items, rooms = tree.get_children(), self._rooms()
        if len(items) < len(rows):
            items += tuple(tree.insert("", "end") for _ in rows[len(items) :])
        for gone in items[len(rows) :]:
            tree.delete(gone)
            self._written.pop(gone, None)
        for position, (item, row) in enumerate(zip(items, rows, strict=False)):
            self._write(item, row, rooms, odd=(self._top + position) % 2 == 1)
        here = next((n for n, row in enumerate(rows) if row is not None and row.key == self._chosen), -1)
        chosen = items[here : here + 1] if here >= 0 else ()
        if tree.selection() != chosen:
            tree.selection_set(chosen)
        if here >= 0:
            self._index = self._top + here
        layer_of(self).memory[self.name] = (self._top, self._index)
        self._show_bar()
        if told and self._on_choose is not None:
            self._on_choose(self._chosen)
        if self._on_drawn is not None:
            self._look.later(0, self._on_drawn)  # behind the tree's own painting, which waits for the same moment
            self._on_drawn = None

    def _take_choice(self, rows: Sequence[Row | None]) -> bool:
        """Make the row a person went to the chosen one, as soon as it is there; tells whether that changed anything."""
        place = self._index - self._top
        row = rows[place] if self._awaited and 0 <= place < len(rows) else None
        if row is None:
            return False
        self._awaited = False
        before, self._chosen = self._chosen, row.key
        return before != row.key

    def _rooms(self) -> list[int]:
        """Pixels for the words of each column."""
        return [
            self.tree.column("#0" if number == 0 else column.key, "width") - self._around(first=number == 0)
            for number, column in enumerate(self._columns)
        ]

    def _write(self, item: str, row: Row | None, rooms: Sequence[int], *, odd: bool) -> None:
        look, tag = self._look, "odd" if odd else ""
        wanted: Written = ("…", "", (), tag)
        if row is not None:
            cells = [self._fit(*each) for each in zip(row.cells, self._columns, rooms, strict=True)]
            picture = look.icon(row.icon, 20, row.colour, left=look.px(INSET), right=look.px(8)) if row.icon else ""
            wanted = (cells[0], picture, tuple(cells[1:]), tag)
        if self._written.get(item) != wanted:
            self._written[item] = wanted
            options = zip(("-text", "-image", "-values", "-tags"), wanted, strict=True)
            self.tree.tk.call(self.tree, "item", item, *(part for option in options for part in option))

    def _fit(self, cell: str, column: Column, room: int) -> str:
        """`cell` as it is written: cut with … where the column is too narrow, which ttk would do without a sign."""
        after = GAP if column.align == "right" else ""
        if cell and self._measure(cell + after) > room:
            font = self._look.font("body")
            while cell and font.measure(cell + "…" + after) > room:
                cell = cell[:-1]
            cell = cell.rstrip() + "…"
        return cell + after

    def _show_bar(self) -> None:
        total = len(self._rows)
        if total > self._seen:
            part = self._top / total, (self._top + self._seen) / total
            if part != self._part:
                self._part = part
                self._bar.set(*part)
            if not self._bar.winfo_manager():
                self._bar.grid(row=0, column=1, sticky="ns", pady=(self._head, 0))
        elif self._bar.winfo_manager():
            self._bar.grid_remove()

    def _ring(self, on: bool) -> None:
        paint = self.face.paint
        self.face.repaint(paint._replace(edge="focus" if on else "line", border=2 if on else 1))
        if on and self._index < 0 and len(self._rows):
            self._index = self._top

    # What a person does

    def _scrolled(self, kind: str, amount: str, unit: str = "") -> None:
        if kind == "moveto":
            self.scroll_to(round(float(amount) * len(self._rows)))
        else:
            self.scroll_to(self._top + int(amount) * (self._seen if unit == "pages" else 1))

    def _wheel(self, step: int) -> str:
        self.scroll_to(self._top + step)
        return "break"

    def _key(self, where: Callable[[], int]) -> str:
        self.choose(where())
        return "break"

    def _clicked(self, _: tkinter.Event[tkinter.Misc]) -> None:
        chosen = self.tree.selection()
        if chosen:
            index = self._top + self.tree.index(chosen[0])
            if index != self._index or not self._chosen:
                self.choose(index)

    def _open(self) -> str:
        if self._on_open is not None and self._chosen:
            self._on_open(self._chosen)
        return "break"

    def _sort(self, key: str) -> None:
        if self._on_sort is not None:
            by, down = self._sorted_by
            self._on_sort(key, by == key and not down)
