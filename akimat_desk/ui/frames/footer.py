"""The resident's footer: help and finish on the left, Back and Continue on the right, what a screen says between them.

Words that do not fit give way in this order: the note between goes, then the two standing buttons take their short
words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.screen import Action, Footer, Note
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button, Kind
from akimat_desk.ui.widgets.surface import Box, Words, picture_label

HEIGHT: Final = 64


def fill_footer(
    footer: Box,
    said: Footer,
    call_staff: Callable[[], object] | None,
    finish: Callable[[], object] | None,
    margin: int,
) -> None:
    """Put the buttons on `footer`, in reading order; `margin` in design pixels."""
    look, t = look_of(footer), look_of(footer).t
    inset, gap = look.px(margin) - look.halo, look.px(6)
    answers = [(action, action is said.primary) for action in (said.back, said.primary) if action is not None]
    room = look.width - 2 * inset - sum(_wish(look, action, primary) for action, primary in answers)
    standing: list[tuple[str, str, str, str, Kind, Callable[[], object]]] = []
    if call_staff is not None:
        standing.append(("help", t.button("Call staff"), t.button("Help"), "bell-ring", "help", call_staff))
    if finish is not None:
        standing.append(("finish", t.button("Finish and erase"), t.button("Finish"), "log-out", "plain", finish))
    full = sum(Button.wish(look, words, icon=icon) for _, words, _, icon, _, _ in standing)
    short = look.layout == "large" or full + gap > room
    left, between, right = Box(footer), Box(footer), Box(footer)
    left.pack(side="left", padx=(inset, 0))
    if answers:
        right.pack(side="right", padx=(0, inset))
    if said.middle is not None:
        between.pack(side="left", fill="both", expand=True)
    for name, words, fewer, icon, kind, command in standing:
        shown = fewer if short else words
        button = Button(left, shown, command, kind, icon=icon, name=name, height=HEIGHT)
        button.pack(side="left", padx=(0, gap if name == "help" and not short else 0))
        room -= Button.wish(look, shown, icon=icon) + gap
    if said.middle is not None:
        _middle(between, said.middle, room, 0 if answers else look.px(margin))
    for action, primary in answers:
        _button(right, action, primary=primary).pack(side="left")


def _wish(look: Look, action: Action, primary: bool) -> int:
    words = action.short if action.short and look.layout == "large" else action.text
    return Button.wish(look, words, "primary" if primary else "plain", icon=action.icon, arrow=action.arrow)


def _button(master: Box, action: Action, *, primary: bool, name: str = "") -> Button:
    return Button(
        master,
        action.text,
        action.run,
        "primary" if primary else "plain",
        icon=action.icon,
        arrow=action.arrow,
        short=action.short,
        name=action.name or name or ("continue" if primary else "back"),
        height=HEIGHT,
    )


def _middle(box: Box, middle: Note | Action, room: int, margin: int) -> None:
    """In the middle, or at the right margin where no button follows."""
    look = look_of(box)
    if isinstance(middle, Action):
        _button(box, middle, primary=False, name="middle").pack(expand=True)
        return
    before, bold, after = middle.text.partition(middle.bold) if middle.bold else (middle.text, "", "")
    wide = look.font("strong").measure(bold) + look.font("body").measure(before + after)
    if look.layout == "large" or look.scale.text(26) + look.px(10 + 2 * 4) + wide + margin > room:
        return
    line = Box(box)
    line.pack(side="right" if margin else "top", expand=not margin, padx=(0, margin))
    icon: Token = "sky" if margin else "ink2"
    picture_label(line, look.icon(middle.icon, 26, icon)).pack(side="left", padx=(0, look.px(10)))
    Words(line, middle.text, middle.bold, "ink" if margin else "ink2").pack(side="left")
