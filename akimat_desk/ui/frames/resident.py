"""The resident's frame: language and size at the top right, help bottom left, Back and Continue bottom right. They
never move.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final, NamedTuple

from akimat_desk.base.words import LANGUAGES
from akimat_desk.ui.fonts import Density, Role
from akimat_desk.ui.frames.base import OWN_NAMES, Places, Settings, keep_size
from akimat_desk.ui.frames.footer import fill_footer
from akimat_desk.ui.look import Look, ground_of, look_of
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.scroll_guide import ScrollButtons, stand
from akimat_desk.ui.widgets.step_bar import StepBar
from akimat_desk.ui.widgets.surface import Box, Layer, Line, Text, cut, layer_of, picture_label

MARGIN: Final = 24


class ResidentFacts(NamedTuple):
    """What the frame shows and does: the zone's name, the line under it, and the two buttons at the bottom left.

    The first-run steps have no staff to call and no session to finish yet: then the buttons are left out.
    """

    zone: str
    line: str
    call_staff: Callable[[], object] | None = None
    finish: Callable[[], object] | None = None


class ResidentFrame:
    """See the module. `facts` is asked each time a page is built."""

    density: Density = "resident"

    def __init__(self, facts: Callable[[], ResidentFacts]) -> None:
        self._facts = facts

    def build(self, page: Layer, screen: Screen, stage: Stage, settings: Settings) -> Places:
        """See `Frame`."""
        look, facts = page.look, self._facts()
        large = look.layout == "large"
        page.columnconfigure(0, weight=1)
        page.rowconfigure(2, weight=1)
        header = Box(page, "surface", height=look.px(96 if large else 76))
        header.grid(row=0, column=0, sticky="ew")
        self._header(header, look, facts, settings)
        Band(page, look).grid(row=1, column=0, sticky="ew")
        middle = Box(page)
        middle.grid(row=2, column=0, sticky="nsew", padx=look.px(MARGIN) - look.halo)
        places = build_middle(middle, screen, stage, settings)
        Line(page).grid(row=3, column=0, sticky="ew")
        footer = Box(page, "surface", height=look.px(102 if large else 86))
        footer.grid(row=4, column=0, sticky="ew")
        keep_size(footer)
        fill_footer(footer, screen.footer(stage), facts.call_staff, facts.finish, MARGIN)
        return places

    def _header(self, header: Box, look: Look, facts: ResidentFacts, settings: Settings) -> None:
        large, t = look.layout == "large", look.t
        keep_size(header)
        inset = look.px(MARGIN) - look.halo
        size = look.px(71 if large else 54)
        emblem = picture_label(header, look.pictures.emblem(size, look.colour("sky"), look.colour("diamond")))
        emblem.pack(side="left", padx=(look.px(MARGIN), look.px(14)))
        name = Name(header, facts.zone, "" if large else facts.line)
        if not large:
            name.pack(side="left", fill="both", expand=True)
        controls = Box(header)
        controls.pack(side="right", padx=(0, inset), before=name if not large else emblem)
        for language in LANGUAGES:
            chosen = language == settings.language
            Button(
                controls,
                OWN_NAMES[language],
                lambda language=language: settings.switch_language(language),  # type: ignore[misc]
                "chosen" if chosen else "plain",
                icon="check" if chosen else "",
                name=f"language-{language}",
                role="note",
                height=48,
                pad=18,
            ).pack(side="left", fill="y")
        if not large:
            Box(controls, "line", width=look.px(2), height=look.px(40)).pack(side="left", padx=look.px(7))
        for name_, text, command in (("smaller", "A−", settings.reduce), ("larger", "A+", settings.enlarge)):
            Button(
                controls, text, command, name=name_, role="note" if name_ == "smaller" else "strong", height=48, pad=15
            ).pack(side="left", fill="y")
        words = t.button("Day") if settings.dark else t.button("Night")
        Button(
            controls,
            "" if large else words,
            settings.switch_theme,
            icon="contrast",
            name="theme",
            role="note",
            height=48,
            pad=16,
        ).pack(side="left", fill="y")


def build_middle(middle: Box, screen: Screen, stage: Stage, settings: Settings) -> Places:
    """Steps, title, banner, body, side panel: the part of a page that a screen fills."""
    look, t = stage.look, stage.t
    large = look.layout == "large"
    middle.columnconfigure(0, weight=1)
    middle.rowconfigure(1, weight=1)
    top = Box(middle)
    beside = bool(screen.aside_width) and (look.layout == "wide" or (large and screen.aside_in_large))
    top.grid(
        row=0,
        column=0,
        columnspan=1 if beside and large else 2,
        sticky="ew",
        pady=(look.px(12), look.px(2 if large else 4)),
    )
    top.columnconfigure(0, weight=1)
    steps = screen.steps(t)
    if steps is not None:
        words = t("Step {now} of {total}", now=steps.now, total=len(steps.names))
        bar = StepBar(top, words, steps.now, steps.names)
        bar.grid(row=0, column=0, sticky="ew", padx=look.halo, pady=(look.px(4), look.px(6)))
    title = screen.short_title(t) if large else screen.title(t)
    if title:
        Text(top, title, "flow" if steps else "title", wrap=True, edge=True).grid(row=1, column=0, sticky="ew")
    banner = Box(top)
    banner.grid(row=2, column=0, columnspan=2, sticky="ew")
    bottom = look.px(16) - look.halo
    area = layer_of(middle).area = ScrollArea(middle)
    area.grid(row=1, column=0, sticky="nsew", pady=(0, bottom))
    screen.build(area.body, stage)
    if beside:
        high = large  # then the panel takes the title's row too
        side = Box(middle)
        side.grid(
            row=0 if high else 1,
            rowspan=2 if high else 1,
            column=1,
            sticky="nsew",
            padx=(look.px(6), 0),
            pady=(look.px(12) if high else 0, bottom),
        )
        side.rowconfigure(0, weight=1)
        side.columnconfigure(0, weight=1, minsize=look.px(screen.aside_width) + 2 * look.halo)
        aside = Box(side)
        aside.grid(row=0, column=0, sticky="nsew")
        screen.build_aside(aside, stage)
        stand(ScrollButtons(side, area, "upright"), row=1, column=0, sticky="sew")
    else:
        stand(ScrollButtons(middle, area), row=2, column=0, columnspan=2, sticky="ew", pady=(0, look.px(2)))
    if screen.aside_width and not beside:
        Button(
            top,
            t.button("More"),
            lambda: settings.show_panel(title, lambda box: screen.build_aside(box, stage)),
            icon="info",
            name="more",
            height=48,
        ).grid(row=0, column=1, rowspan=2, sticky="ne")
    return Places(banner, area)


class Name(tkinter.Canvas):
    """The zone's name over a second line; each is cut with … where the place is too narrow."""

    def __init__(self, master: tkinter.Misc, zone: str, line: str) -> None:
        self._look, self._lines = look_of(master), (zone, line)
        self.texts = [zone, line]
        super().__init__(master, width=1, height=1, bg=ground_of(master), bd=0, highlightthickness=0, takefocus=0)
        self.bind("<Configure>", lambda event: self._draw(event.width, event.height // 2))

    def _draw(self, width: int, middle: int) -> None:
        look = self._look
        self.delete("all")
        first, second = look.line("zone") * 5 // 6, look.line("hint") * 5 // 6
        alone = not self._lines[1] or first + second > 2 * middle
        top = middle if alone else middle - second // 2 + look.px(1)
        roles: tuple[tuple[Role, Token, int], ...] = (
            ("zone", "ink", top),
            ("hint", "ink2", top + (first + second) // 2),
        )
        for text, (role, colour, y) in list(zip(self._lines, roles, strict=True))[: 1 if alone else 2]:
            font = look.font(role)
            self.create_text(0, y, text=cut(text, font, width), anchor="w", font=font, fill=look.colour(colour))


class Band(tkinter.Label):
    """The ornament under the header: whole units, centred, drawn again when the window's width changes."""

    def __init__(self, master: tkinter.Misc, look: Look) -> None:
        self._look, self._width = look, 0
        super().__init__(
            master, bd=0, padx=0, pady=0, highlightthickness=0, takefocus=0, bg=look.colour("band"), width=1
        )
        self._show(look.width)
        self.bind("<Configure>", lambda event: self._show(event.width))

    def _show(self, width: int) -> None:
        if width > 1 and width != self._width:
            self._width = width
            look = self._look
            colours = look.colour("band"), look.colour("motif"), look.colour("diamond")
            self.configure(image=look.pictures.band(width, max(20, look.px(24)), *colours))
