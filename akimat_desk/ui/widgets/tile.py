"""A tile: the whole of it is the target. Chip on the left, title, and a hint that goes away in large print."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import CHIP, Hue
from akimat_desk.ui.widgets.button import coat_of
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.surface import Box, Paint


class TileText(NamedTuple):
    """What a tile says: `short` replaces `title` in large print."""

    title: str
    hint: str
    icon: str
    hue: Hue
    run: Callable[[], object]
    short: str = ""
    name: str = ""


class Tile(Pressable):
    """One tile."""

    def __init__(self, master: tkinter.Misc, tile: TileText) -> None:
        look = look_of(master)
        self._tile = tile
        large = look.layout == "large"
        self._hint = "" if large else tile.hint
        super().__init__(master, tile.run, coat_of("plain"), name=tile.name, width=look.px(320), height=look.px(112))
        self.text = tile.short if large and tile.short else tile.title

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look = self.look
        large = look.layout == "large"
        box, pad = look.px(92 if large else 76), look.px(26 if large else 20)
        tint, ink = CHIP[self._tile.hue]
        chip = look.pictures.chip(
            self._tile.icon, box, look.px(56 if large else 42), look.radius, look.colour(tint), look.colour(ink)
        )
        middle = height // 2
        self.draw(pad, middle, chip)
        x = pad + box + look.px(22 if large else 16)
        room = width - x - look.px(14)
        title = self.write(x, 0, self.text, "section", paint.text, anchor="nw", width=room)
        title_height = self._height_of(title)
        hint_height, hint = 0, 0
        if self._hint:
            hint = self.write(x, 0, self._hint, "hint", "ink2", anchor="nw", width=room)
            hint_height = self._height_of(hint)
        self.ask_height(max(box, title_height + hint_height) + look.px(24))
        top = middle - (title_height + hint_height) // 2
        self.canvas.coords(title, x, top)
        if hint:
            self.canvas.coords(hint, x, top + title_height)

    def _height_of(self, item: int) -> int:
        _, top, _, bottom = self.canvas.bbox(item)
        return bottom - top


class TileGrid(Box):
    """Tiles side by side, read row by row, all equally large; the last one fills its row."""

    def __init__(self, master: tkinter.Misc, tiles: Sequence[TileText], columns: int = 2) -> None:
        super().__init__(master)
        self.tiles = [Tile(self, tile) for tile in tiles]
        for number, tile in enumerate(self.tiles):
            wide = columns - number % columns if number == len(tiles) - 1 else 1
            tile.grid(row=number // columns, column=number % columns, columnspan=wide, sticky="nsew")
        for column in range(columns):
            self.columnconfigure(column, weight=1, uniform="tiles")
        for row in range(-(-len(tiles) // columns)):
            self.rowconfigure(row, weight=1, uniform="tiles")
