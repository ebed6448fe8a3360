"""The staff's frame: pages on the left, one title row, everything dense. A 4 px sky line instead of the ornament."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from akimat_desk.papers.ornament import SMALLEST_EMBLEM_PX
from akimat_desk.ui.fonts import Density
from akimat_desk.ui.frames.base import THREE_LETTERS, Places, Settings, keep_size, next_language
from akimat_desk.ui.frames.staff_rows import MenuButton, NavRow, PageRow
from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.scroll_guide import EdgeBar, stand
from akimat_desk.ui.widgets.surface import Box, Elided, Layer, Line, Live, Text, layer_of, picture_label


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
    """See the module. `facts` is asked each time a page is built, or looked over."""

    density: Density = "staff"

    def __init__(self, facts: Callable[[], StaffFacts]) -> None:
        self._facts = facts

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """See `Frame`."""
        return StaffSurround(page, self._facts, settings).fill(screen, stage)


class StaffSurround:
    """Header and sidebar of a page. They stand while screens come and go, as long as the same rows are in them."""

    part: Box
    """See `Surround`."""

    def __init__(self, page: Layer, facts: Callable[[], StaffFacts], settings: Settings) -> None:
        self._page, self._facts, self._settings = page, facts, settings
        self._shown = facts()
        self._rows: list[NavRow] = []
        self._area: ScrollArea | None = None
        self._exchange: Live | None = None
        look = page.look
        page.columnconfigure(1, weight=1)
        page.rowconfigure(2, weight=1)
        header = Box(
            page, "surface", height=max(look.px(52), look.line("body") + look.px(26), SMALLEST_EMBLEM_PX + look.px(8))
        )
        header.grid(row=0, column=0, columnspan=2, sticky="ew")
        keep_size(header)
        self._header(header, look, self._shown, settings, menu=self._has_menu)
        Box(page, "sky", height=look.px(4)).grid(row=1, column=0, columnspan=2, sticky="ew")
        if not self._has_menu:
            sidebar = Box(page, "surface", width=look.px(208 * (0.25 + 0.75 * look.scale.growth / 100)))
            sidebar.grid(row=2, column=0, sticky="nsw")
            keep_size(sidebar)
            self._sidebar(sidebar, look)

    @property
    def _has_menu(self) -> bool:
        return self._page.look.layout == "large"

    def follow(self) -> bool:
        """See `Surround`."""
        before, now = self._shown, self._facts()
        if _bones(before) != _bones(now) or (self._has_menu and _waiting(before) != _waiting(now)):
            return False
        self._shown = now
        for shown_row, (row, _) in zip(self._rows, _in_sight(now), strict=False):
            current = row.key == now.current
            shown_row.become(row, current=current)
            if current and self._area is not None and now.current != before.current:
                self._area.see(shown_row)
        if self._exchange is not None and before.sync != now.sync:
            self._exchange.refresh()
        return True

    def fill(self, screen: Screen, stage: Stage) -> Places:
        """See `Surround`."""
        look, part = self._page.look, Box(self._page)
        try:
            part.columnconfigure(0, weight=1)
            part.rowconfigure(0, weight=1)
            content = Box(part)
            margin = look.scale.with_text(20)
            content.grid(row=0, column=0, sticky="nsew", padx=(look.px(20) - look.halo, margin - look.halo))
            banner, area = _content(content, look, screen, stage)
            stand(EdgeBar(part, area), row=0, column=0, sticky="nse")
        except Exception:
            part.destroy()
            raise
        part.grid(row=2, column=1, sticky="nsew")
        self.part = part
        return Places(banner, area, self)

    def _header(self, header: Box, look: Look, facts: StaffFacts, settings: Settings, *, menu: bool) -> None:
        if menu:
            MenuButton(header, _waiting(facts), lambda: self._show_menu(settings)).pack(
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

    def _sidebar(self, sidebar: Box, look: Look) -> None:
        Box(sidebar, "line", width=look.px(1)).pack(side="right", fill="y")
        inside = Box(sidebar)
        inside.pack(fill="both", expand=True)
        inside.columnconfigure(0, weight=1)
        inside.rowconfigure(0, weight=1)
        area = self._area = ScrollArea(inside)
        for row, within in _in_sight(self._shown):
            current = row.key == self._shown.current
            shown_row = NavRow(area.body, row, current=current, inside=within)
            shown_row.pack(fill="x")
            self._rows.append(shown_row)
            if current:
                area.first_seen = shown_row
        area.grid(row=0, column=0, sticky="nsew", padx=look.px(10), pady=(look.px(10), 0))
        stand(EdgeBar(inside, area), row=0, column=0, sticky="nse")
        foot = Box(inside)
        foot.grid(row=1, column=0, sticky="ew", padx=look.px(10), pady=(look.px(4), look.px(10)))
        if self._shown.sync is not None:
            self._exchange = Live(foot, lambda box: _exchange(box, self._shown))
            self._exchange.pack(fill="x")
        _leaving(foot, self._shown)

    def _show_menu(self, settings: Settings) -> None:
        """The pages in large print, where they would leave no room beside them."""
        facts = self._facts()

        def build(box: Box) -> None:
            look = look_of(box)
            inside = Box(box)
            inside.pack(fill="x", padx=look.halo)
            for row in facts.rows:
                if row.inside:
                    Text(inside, row.title, "note", "ink2", edge=True, wrap=True).pack(fill="x", pady=(look.px(12), 0))
                for page in row.inside or (row,):
                    NavRow(inside, page, current=page.key == facts.current).pack(fill="x")
            Line(inside).pack(fill="x", pady=look.px(9))
            _exchange(inside, facts)
            _leaving(inside, facts)

        settings.show_panel(facts.zone, build)


def _content(content: Box, look: Look, screen: Screen, stage: Stage) -> tuple[Box, ScrollArea]:
    """Title, tools, the place of the banner, and the screen itself."""
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
    return banner, area


def _in_sight(facts: StaffFacts) -> Iterator[tuple[PageRow, bool]]:
    """The rows of the sidebar, and whether each lies inside a shelf."""
    for row in facts.rows:
        yield row, False
        if row.open:
            yield from ((page, True) for page in row.inside)


def _bones(facts: StaffFacts) -> tuple[object, ...]:
    """What cannot change while header and sidebar stand."""
    rows = [(row.key, row.title, row.icon, bool(row.inside), row.open) for row, _ in _in_sight(facts)]
    return facts.zone, rows, facts.sync is None, facts.user, facts.role, facts.open_user is None, facts.search_hint


def _waiting(facts: StaffFacts) -> int:
    return sum(row.waiting for row in facts.rows)


def _exchange(box: Box, facts: StaffFacts) -> None:
    """How the exchange stands."""
    look = look_of(box)
    if facts.sync is not None:
        icon, colour = _SYNC[facts.sync.state]
        _two_lines(box, icon, colour, facts.sync.text, facts.sync.detail, colour)
    if facts.sync is not None and facts.user:
        Line(box).pack(fill="x", pady=look.px(9))


def _leaving(box: Box, facts: StaffFacts) -> None:
    """Who has signed in (the whole name, in as many lines as it takes), and the way out."""
    look = look_of(box)
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
