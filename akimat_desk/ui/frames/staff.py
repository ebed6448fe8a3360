"""The staff's frame: pages on the left, one title row, everything dense. A 4 px sky line instead of the ornament."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from akimat_desk.papers.ornament import SMALLEST_EMBLEM_PX
from akimat_desk.ui.fonts import Density, Role
from akimat_desk.ui.frames.base import THREE_LETTERS, Places, Settings, keep_size, next_language
from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button, coat_of
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.pressable import Coat, Pressable
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.scroll_guide import EdgeBar, stand
from akimat_desk.ui.widgets.surface import Box, Elided, Layer, Line, Paint, Rounded, Text, layer_of, picture_label


class PageRow(NamedTuple):
    """One row of the sidebar; `badge` counts what waits for a person.

    A row with pages `inside` is a shelf: `show` opens or closes it, and while it is `open` its pages stand under it.
    """

    key: str
    title: str
    icon: str
    show: Callable[[], object]
    badge: int = 0
    inside: Sequence[PageRow] = ()
    open: bool = False

    @property
    def waiting(self) -> int:
        """How much waits on it and on all that lies inside."""
        return self.badge + sum(row.badge for row in self.inside)


class SyncLine(NamedTuple):
    """How the exchange with the others stands, in words."""

    state: Literal["linked", "unlinked", "waiting"]
    text: str
    detail: str


class StaffFacts(NamedTuple):
    """What the frame shows. `current` is the key of the open page; `user` opens what a user may do (sign out)."""

    zone: str
    rows: Sequence[PageRow]
    current: str
    sync: SyncLine | None = None
    user: str = ""
    role: str = ""
    open_user: Callable[[], object] | None = None
    search_hint: str = ""
    search: Callable[[str], object] | None = None


class StaffFrame:
    """See the module. `facts` is asked each time a page is built."""

    density: Density = "staff"

    def __init__(self, facts: Callable[[], StaffFacts]) -> None:
        self._facts = facts

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """See `Frame`."""
        look, facts = page.look, self._facts()
        menu = look.layout == "large"
        page.columnconfigure(1, weight=1)
        page.rowconfigure(2, weight=1)
        header = Box(
            page, "surface", height=max(look.px(52), look.line("body") + look.px(26), SMALLEST_EMBLEM_PX + look.px(8))
        )
        header.grid(row=0, column=0, columnspan=2, sticky="ew")
        keep_size(header)
        self._header(header, look, facts, settings, menu=menu)
        Box(page, "sky", height=look.px(4)).grid(row=1, column=0, columnspan=2, sticky="ew")
        if not menu:
            sidebar = Box(page, "surface", width=look.px(208 * (0.25 + 0.75 * look.scale.growth / 100)))
            sidebar.grid(row=2, column=0, sticky="nsw")
            keep_size(sidebar)
            self._sidebar(sidebar, look, facts)
        content = Box(page)
        margin = look.scale.with_text(20)
        content.grid(row=2, column=1, sticky="nsew", padx=(look.px(20) - look.halo, margin - look.halo))
        places = self._content(content, look, screen, stage)
        if places.area is not None:
            stand(EdgeBar(page, places.area), row=2, column=1, sticky="nse")
        return places

    def _header(self, header: Box, look: Look, facts: StaffFacts, settings: Settings, *, menu: bool) -> None:
        if menu:
            MenuButton(header, sum(row.waiting for row in facts.rows), lambda: self._show_menu(settings)).pack(
                side="left", padx=(look.px(20) - look.halo, look.px(12))
            )
        else:
            emblem = look.pictures.emblem(
                max(SMALLEST_EMBLEM_PX, look.px(40)), look.colour("sky"), look.colour("diamond")
            )
            picture_label(header, emblem).pack(side="left", padx=(look.px(16), look.px(12)))
        right = Box(header)
        right.pack(side="right", padx=(0, look.px(18)))
        Elided(header, facts.zone, "zone").pack(side="left", fill="both", expand=True)
        if facts.search is not None:
            find = facts.search
            Field(
                right,
                facts.search_hint,
                "",
                lambda _: None,
                on_enter=find,
                icon="search",
                bare=True,
                width=300,
                height=36,
                name="search",
            ).pack(side="left", padx=(0, look.px(2)))
        plain: list[tuple[str, str, Callable[[], object]]] = [
            (THREE_LETTERS[settings.language], "language", self._turn(settings)),
            ("A−", "smaller", settings.reduce),
            ("A+", "larger", settings.enlarge),
        ]
        for words, name, command in plain:
            Button(right, words, command, "quiet", name=name, height=36, pad=10).pack(side="left")
        Button(right, "", settings.switch_theme, "quiet", icon="contrast", name="theme", height=36, pad=8).pack(
            side="left"
        )

    @staticmethod
    def _turn(settings: Settings) -> Callable[[], None]:
        return lambda: settings.switch_language(next_language(settings.language))

    def _sidebar(self, sidebar: Box, look: Look, facts: StaffFacts) -> None:
        Box(sidebar, "line", width=look.px(1)).pack(side="right", fill="y")
        inside = Box(sidebar)
        inside.pack(fill="both", expand=True)
        inside.columnconfigure(0, weight=1)
        inside.rowconfigure(0, weight=1)
        area = ScrollArea(inside)
        area.first_seen = _rows(area.body, facts)
        area.grid(row=0, column=0, sticky="nsew", padx=look.px(10), pady=(look.px(10), 0))
        stand(EdgeBar(inside, area), row=0, column=0, sticky="nse")
        foot = Box(inside)
        foot.grid(row=1, column=0, sticky="ew", padx=look.px(10), pady=(look.px(4), look.px(10)))
        _foot(foot, facts)

    def _show_menu(self, settings: Settings) -> None:
        """The pages in large print, where they would leave no room beside them."""
        facts = self._facts()

        def build(box: Box) -> None:
            look = look_of(box)
            inside = Box(box)
            inside.pack(fill="x", padx=look.halo)
            _rows(inside, facts, all_open=True)
            Line(inside).pack(fill="x", pady=look.px(9))
            _foot(inside, facts)

        settings.show_panel(facts.zone, build)

    def _content(self, content: Box, look: Look, screen: Screen, stage: Stage) -> Places:
        content.columnconfigure(0, weight=1)
        content.rowconfigure(2, weight=1)
        top = Box(content)
        top.grid(row=0, column=0, sticky="ew", pady=(look.px(16) - look.halo, look.px(14) - 2 * look.halo))
        top.rowconfigure(0, minsize=look.px(40) + 2 * look.halo)
        top.columnconfigure(0, weight=1)
        Text(top, screen.title(stage.t), "title", edge=True, wrap=True).grid(row=0, column=0, sticky="ew")
        tools = Box(top)
        tools.grid(row=0, column=1, sticky="e")
        screen.build_tools(tools, stage)
        banner = Box(content)
        banner.grid(row=1, column=0, sticky="ew")
        area = layer_of(content).area = ScrollArea(content)
        area.grid(row=2, column=0, sticky="nsew", pady=(0, look.px(16) - look.halo))
        screen.build(area.body, stage)
        return Places(banner, area)


def _rows(box: Box, facts: StaffFacts, *, all_open: bool = False) -> NavRow | None:
    """A row a page; that of the open one is given back. With `all_open` shelves are headings over their pages."""
    found: list[NavRow] = []

    def stand_in(row: PageRow, *, inside: bool = False) -> None:
        current = row.key == facts.current
        shown = NavRow(box, row, current=current, inside=inside)
        shown.pack(fill="x")
        if current:
            found.append(shown)

    for row in facts.rows:
        if row.inside and all_open:
            Text(box, row.title, "note", "ink2", edge=True, wrap=True).pack(fill="x", pady=(look_of(box).px(12), 0))
        else:
            stand_in(row)
        if all_open or row.open:
            for page in row.inside:
                stand_in(page, inside=not all_open)
    return found[0] if found else None


def _foot(box: Box, facts: StaffFacts) -> None:
    """How the exchange stands, who has signed in (the whole name, in as many lines as it takes), and the way out."""
    look = look_of(box)
    if facts.sync is not None:
        icon, colour = _SYNC[facts.sync.state]
        _two_lines(box, icon, colour, facts.sync.text, facts.sync.detail, colour)
    if facts.sync is not None and facts.user:
        Line(box).pack(fill="x", pady=look.px(9))
    if facts.user:
        _two_lines(box, "user", "ink2", facts.user, facts.role, "ink")
        if facts.open_user is not None:
            leave = PageRow("user", look.t.button("Sign out"), "log-out", facts.open_user)
            NavRow(box, leave, name="user").pack(fill="x", pady=(look.px(4), 0))


def _two_lines(box: Box, icon: str, colour: Token, first: str, second: str, ink: Token) -> None:
    look = look_of(box)
    line = Box(box)
    line.pack(fill="x")
    line.columnconfigure(1, weight=1)
    picture_label(line, look.icon(icon, 20, colour)).grid(row=0, column=0, rowspan=2, padx=(look.px(15), look.px(10)))
    Text(line, first, "note", ink, wrap=True).grid(row=0, column=1, sticky="ew")
    Text(line, second, "hint", ink, wrap=True).grid(row=1, column=1, sticky="ew")


_SYNC: dict[str, tuple[str, Token]] = {
    "linked": ("cloud-check", "grass"),
    "unlinked": ("cloud-off", "ink2"),
    "waiting": ("refresh-cw", "gold_text"),
}

_CURRENT = Paint("sky_tint", text="ink")
_OTHER = Coat(Paint(None), Paint("row"), Paint("sunken"))


class NavRow(Pressable):
    """A row of the sidebar: icon, title, and how many things wait. The open page has a bar, a tint and bold words; a
    shelf shows by an arrow whether it is open, or how much waits in it, and a page `inside` it stands further in.
    """

    def __init__(
        self, master: tkinter.Misc, row: PageRow, *, current: bool = False, inside: bool = False, name: str = ""
    ) -> None:
        look = look_of(master)
        self._row, self._current, self._further_in = row, current, inside
        coat = Coat(_CURRENT, _CURRENT, _CURRENT) if current else _OTHER
        height = max(look.px(44), look.line("body") + look.px(16))
        super().__init__(master, row.show, coat, name=name or f"page-{row.key}", height=height)
        self.configure(padx=0, pady=look.px(2))
        self.text = row.title

    def show_ring(self, on: bool) -> None:
        """The ring lies inside the row, whose neighbours are too near for a halo."""
        self.canvas.delete("ring")
        if on:
            look, width = self.look, self.look.px(2)
            self.canvas.create_rectangle(
                width, width, self.canvas.winfo_width() - width, self.canvas.winfo_height() - width,
                outline=look.colour("focus"), width=width, tags="ring",
            )  # fmt: skip

    @property
    def ring_shown(self) -> bool:
        """See `Control`."""
        return bool(self.canvas.find_withtag("ring"))

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, row, middle = self.look, self._row, height // 2
        if self._current:
            sky, tint, bar = look.colour("sky"), look.colour("sky_tint"), look.px(4)
            Rounded(self.canvas, look, self.ground, look.radius, "content").draw(
                0, 0, 3 * look.radius, height, sky, sky, 0
            )
            self.canvas.create_rectangle(bar, 0, 3 * look.radius, height, fill=tint, width=0, tags="content")
        left = look.px(31 if self._further_in else 15)
        self.draw(left, middle, look.icon(row.icon, 20, "sky" if self._current else "ink2"))
        x = left + look.scale.text(20) + look.px(10)
        right = width - look.px(6)
        badge = row.badge if row.open else row.waiting
        if row.inside and not badge:
            arrow = look.scale.text(16)
            self.draw(right - arrow, middle, look.icon("chevron-up" if row.open else "chevron-down", 16, "ink2"))
            right -= arrow + look.px(3)
        if badge:
            _draw_badge(self, badge, right, middle)
            right -= _badge_width(look, badge)
        room = right - look.px(2) - x
        boldest: Role = "body" if row.inside else "strong"  # a shelf is never the open page
        item = self.write(x, middle, row.title, boldest, "ink", width=max(1, room))
        _, top, _, bottom = self.canvas.bbox(item)
        self.ask_height(bottom - top + look.px(12))  # as high as when it is the open page, so that no row moves
        if not self._current:
            self.canvas.itemconfigure(item, font=look.font("body"))


class MenuButton(Pressable):
    """Opens the pages in large print; counts what waits on all of them."""

    def __init__(self, master: tkinter.Misc, badge: int, command: Callable[[], object]) -> None:
        look = look_of(master)
        self.text, self._badge = look.t("Menu"), badge
        width = 2 * look.px(14) + look.scale.text(20) + look.px(10) + look.font("strong").measure(self.text)
        width += look.px(8) + _badge_width(look, badge) if badge else 0
        height = max(look.px(36), look.line("strong") + look.px(12))
        super().__init__(master, command, coat_of("plain", staff=True), name="menu", width=width, height=height)

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, middle = self.look, height // 2
        self.draw(look.px(14), middle, look.icon("menu", 20, paint.text))
        self.write(look.px(14) + look.scale.text(20) + look.px(10), middle, self.text, "strong", paint.text)
        if self._badge:
            _draw_badge(self, self._badge, width - look.px(14), middle)


def _badge_width(look: Look, count: int) -> int:
    return max(look.px(24), look.font("note").measure(str(count)) + look.px(14))


def _draw_badge(on: Pressable, count: int, right: int, middle: int) -> None:
    """How many things wait, in a pill that ends at `right`."""
    look = on.look
    wide, high = _badge_width(look, count), look.line("note") + look.px(2)
    top, tint = middle - high // 2, look.colour("clay_tint")
    pill = Rounded(on.canvas, look, on.face.ground, look.px(8), "content")
    pill.draw(right - wide, top, right, top + high, tint, tint, 0)
    on.write(right - wide // 2, middle, str(count), "note", "berry", anchor="center")
