"""Looking at a window from outside: what is cut off, what cannot be reached, what is too small, pale or not translated.

Tests of screens call these for every screen in every language, text size and theme; the tour takes its pictures with
`screenshot`. Each check gives findings as sentences; an empty list is a good screen:

    assert findings(window) == []
"""

from __future__ import annotations

import os
import tkinter
import tkinter.font
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.ui import theme
from akimat_desk.ui.frames.base import OWN_NAMES, THREE_LETTERS
from akimat_desk.ui.keyboard import reachable
from akimat_desk.ui.scale import GROWTHS
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.scroll_area import ScrollArea, scroll_area_of
from akimat_desk.ui.widgets.surface import Elided, Layer, Text

if TYPE_CHECKING:
    from akimat_desk.ui.window import Window

OPEN, CLOSE = "⟦", "⟧"


class PseudoWords(Translator):
    """A language nobody speaks: every text 40 % longer, with Kazakh letters, in brackets. What lacks them is not
    translated.
    """

    def __init__(self) -> None:
        super().__init__(())

    def __call__(self, msgid: str, /, **values: object) -> str:
        """See `Translator`."""
        return _pseudo(super().__call__(msgid, **values))

    def button(self, msgid: str, /, **values: object) -> str:
        """See `Translator`."""
        return _pseudo(super().button(msgid, **values))

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """See `Translator`."""
        return _pseudo(super().count(singular, plural, n, **values))


def _pseudo(text: str) -> str:
    longer = " ".join(
        "әғқңөұүһі"[: len(word) % 9 + 1] for word in text.split()[: max(1, round(len(text.split()) * 0.4))]
    )
    return f"{OPEN}{text} {longer}{CLOSE}" if text else ""


def settle(window: Window) -> None:
    """Let everything that is due be drawn."""
    for _ in range(3):
        window.root.update_idletasks()
        window.root.update()


def walk(widget: tkinter.Misc) -> Iterator[tkinter.Misc]:
    """`widget` and everything in it that is on the screen."""
    if isinstance(widget, Layer) or widget.winfo_ismapped():
        yield widget
        for child in widget.children.values():
            yield from walk(child)


def texts(tree: tkinter.Misc) -> list[str]:
    """All words that are shown, in the order the widgets were made."""
    found = []
    for widget in walk(tree):
        if isinstance(widget, tkinter.Label):
            found.append(str(widget.cget("text")))
        elif isinstance(widget, tkinter.Canvas):
            found += [_get(widget, item, "text") for item in _words(widget)]
    return [text for text in found if text.strip()]


def find(tree: Layer, text: str) -> Pressable:
    """The control that says `text`; the first one whose words contain it where none is equal."""
    controls = [control for control in tree.controls.values() if isinstance(control, Pressable)]
    for fits in (lambda words: words == text, lambda words: text in words):
        for control in controls:
            if fits(control.text):
                return control
    raise LookupError(f"no control says {text!r}; there are {[control.text for control in controls]}")


def clipped(tree: tkinter.Misc) -> list[str]:
    """Words that are cut off: wider or higher than their place, or hanging out of what they lie in."""
    found = []
    for widget in walk(tree):
        if isinstance(widget, tkinter.Label) and widget.cget("text") and not isinstance(widget, Elided):
            found += _clipped_label(widget)
        elif isinstance(widget, tkinter.Canvas):
            found += _clipped_canvas(widget)
        if _hangs_out(widget):
            found.append(f"hangs out of its parent: {_name(widget)}")
    return found


def _clipped_label(label: tkinter.Label) -> list[str]:
    words, font = str(label.cget("text")), tkinter.font.Font(label, font=label.cget("font"))
    wide = label.winfo_reqwidth()
    if isinstance(label, Text) and label.wraps:
        wide = max(font.measure(word) for word in words.split() or [""]) + 2 * int(str(label.cget("padx")))
    found = []
    if wide > label.winfo_width() + 1:
        found.append(f"too wide by {wide - label.winfo_width()}: {words!r}")
    if label.winfo_reqheight() > label.winfo_height() + 1:
        found.append(f"too high by {label.winfo_reqheight() - label.winfo_height()}: {words!r}")
    return found


def _clipped_canvas(canvas: tkinter.Canvas) -> list[str]:
    width, height = canvas.winfo_width(), canvas.winfo_height()
    found = []
    for item in _words(canvas):
        x0, y0, x1, y1 = canvas.bbox(item)
        if x0 < -2 or y0 < -2 or x1 > width + 2 or y1 > height + 2:
            found.append(f"out of its canvas: {_get(canvas, item, 'text')!r}")
        font, room = (
            tkinter.font.nametofont(_get(canvas, item, "font"), canvas),
            int(float(_get(canvas, item, "width"))),
        )
        if room and max(font.measure(word) for word in _get(canvas, item, "text").split() or [""]) > room:
            found.append(f"broken inside a word: {_get(canvas, item, 'text')!r}")
    return found


def _hangs_out(widget: tkinter.Misc) -> bool:
    parent: tkinter.Misc | None = widget.master
    lies = widget.winfo_manager() in ("pack", "grid") or isinstance(parent, Layer)  # a dialog's card is placed
    if parent is None or isinstance(parent, ScrollArea) or not lies:
        return False
    if min(widget.winfo_x(), widget.winfo_y()) < -1:
        return True
    right = widget.winfo_x() + widget.winfo_width() > parent.winfo_width() + 1
    return right or widget.winfo_y() + widget.winfo_height() > parent.winfo_height() + 1


def _words(canvas: tkinter.Canvas) -> list[int]:
    return [item for item in canvas.find_all() if _type(canvas, item) == "text" and _get(canvas, item, "text")]


def _get(canvas: tkinter.Canvas, item: int, option: str) -> str:
    return str(canvas.tk.call(canvas, "itemcget", item, f"-{option}"))


def _type(canvas: tkinter.Canvas, item: int) -> str:
    return str(canvas.tk.call(canvas, "type", item))


def unmapped(tree: tkinter.Misc) -> list[str]:
    """Widgets that were placed but are not shown: the packer drops what does not fit without a word."""
    found = []
    for widget in walk(tree):
        for child in widget.children.values():
            if child.winfo_manager() and (
                not child.winfo_ismapped() or min(child.winfo_width(), child.winfo_height()) < 1
            ):
                found.append(_name(child))
    return found


def unreachable_by_keyboard(window: Window) -> list[str]:
    """Controls that Tab does not come to, or that are not in sight when it does."""
    layer = window.topmost
    controls = [c for c in layer.controls.values() if isinstance(c, tkinter.Misc) and c.winfo_ismapped()]
    found, seen = list[str](), set[str]()
    layer.focus_set()
    for _ in reachable(layer):
        window.root.event_generate("<<NextWindow>>")
        window.root.update()
        name = layer.focused()
        seen.add(name)
        found += [
            f"out of sight when focused: {name}" for control in controls if control.name == name and _hidden(control)
        ]
    return found + [f"not reached by Tab: {c.name}" for c in controls if c.name not in seen]


def _hidden(widget: tkinter.Misc) -> bool:
    """Whether a scroll area does not show all of `widget`, though it could."""
    area = scroll_area_of(widget)
    if area is None or widget.winfo_height() > area.winfo_height():
        return False
    top = widget.winfo_rooty() - area.winfo_rooty()
    return not -1 <= top <= area.winfo_height() - widget.winfo_height() + 1


def fonts_used(tree: tkinter.Misc) -> set[tuple[str, int]]:
    """Families and pixel sizes of all words shown."""
    found = set()
    for widget in walk(tree):
        names = []
        if isinstance(widget, tkinter.Label) and widget.cget("text"):
            names = [widget.cget("font")]
        elif isinstance(widget, tkinter.Canvas):
            names = [_get(widget, item, "font") for item in _words(widget)]
        for name in names:
            font = tkinter.font.nametofont(str(name), widget)
            found.add((str(font.actual("family")), abs(int(font.cget("size")))))
    return found


def small_text(tree: Layer) -> list[str]:
    """Text under the smallest size the design allows (15 for residents, 13 for staff)."""
    least = tree.look.px(13 if tree.look.staff else 15)
    return [f"{family} {size}" for family, size in sorted(fonts_used(tree)) if size < least]


def small_targets(tree: Layer) -> list[str]:
    """Controls under 48 design pixels (24 for staff) in either direction."""
    least = tree.look.px(24 if tree.look.staff else 48)
    found = []
    for control in tree.controls.values():
        face = control.face if isinstance(control, Pressable) else control.box if isinstance(control, Field) else None
        if face is not None and face.winfo_ismapped() and min(face.winfo_width(), face.winfo_height()) < least:
            found.append(f"{control.name}: {face.winfo_width()} x {face.winfo_height()}")
    return found


def pale(tree: tkinter.Misc) -> list[str]:
    """Words whose contrast with what they stand on is under 4.5."""
    found = []
    for widget in walk(tree):
        if isinstance(widget, tkinter.Label) and widget.cget("text"):
            pairs = [(str(widget.cget("text")), str(widget.cget("fg")), str(widget.cget("bg")))]
        elif isinstance(widget, Pressable):
            ground = widget.face.ground
            pairs = [
                (_get(widget.canvas, item, "text"), _get(widget.canvas, item, "fill"), ground)
                for item in _words(widget.canvas)
            ]
        else:
            continue
        for words, ink, ground in pairs:
            if theme.contrast(ink, ground) < 4.5:
                found.append(f"{words!r}: {theme.contrast(ink, ground):.1f}")
    return found


SAME_EVERYWHERE: Final = frozenset({*OWN_NAMES.values(), *THREE_LETTERS.values(), "A−", "A+"})


def untranslated(tree: tkinter.Misc, data: Iterable[str] = ()) -> list[str]:
    """Words without the brackets of `PseudoWords`; `data` are names and values that are no texts of the program."""
    known = SAME_EVERYWHERE | set(data)
    found = []
    for words in texts(tree):
        outside = words
        while OPEN in outside and CLOSE in outside:
            before, _, rest = outside.partition(OPEN)
            outside = before + rest.partition(CLOSE)[2]
        cut = OPEN in words or CLOSE in words  # one sentence in several widgets, or ended with …
        if not cut and any(letter.isalpha() for letter in outside) and words not in known:
            found.append(words)
    return found


def findings(window: Window) -> list[str]:
    """All that is wrong with what is shown now, in one language."""
    settle(window)
    layer = window.topmost
    return [
        *clipped(layer),
        *(f"not shown: {name}" for name in unmapped(layer)),
        *(f"small text: {found}" for found in small_text(layer)),
        *(f"small target: {found}" for found in small_targets(layer)),
        *(f"pale: {found}" for found in pale(layer)),
        *unreachable_by_keyboard(window),
    ]


def walk_through(
    window: Window,
    *,
    languages: Iterable[Language] = LANGUAGES,
    growths: Iterable[int] = GROWTHS,
    themes: Iterable[bool] = (False, True),
) -> Iterator[str]:
    """Show the present screen in every language, text size and theme; yields each name ("ru 150 dark") to check or
    draw.
    """
    before = window.language, window.growth, window.dark
    for dark in themes:
        for growth in growths:
            for language in languages:
                window.show_as(language, growth, dark)
                settle(window)
                yield f"{language} {growth} {'dark' if dark else 'light'}"
    window.show_as(*before)


def screenshot(window: Window, file: Path) -> None:
    """The window's own area as a PNG; the pointer is put in a corner first, so that nothing is hovered."""
    from PIL import ImageGrab

    root = window.root
    settle(window)
    root.event_generate("<Motion>", warp=True, x=root.winfo_width() - 1, y=root.winfo_height() - 1)
    settle(window)
    left, top = root.winfo_rootx(), root.winfo_rooty()
    area = (left, top, left + root.winfo_width(), top + root.winfo_height())
    display = os.environ.get("DISPLAY")
    picture = ImageGrab.grab(bbox=area, xdisplay=display) if display else ImageGrab.grab(bbox=area)
    picture.save(file)


def _name(widget: tkinter.Misc) -> str:
    words = str(widget.cget("text")) if isinstance(widget, tkinter.Label) else getattr(widget, "text", "")
    return f"{type(widget).__name__} {widget} {words!r}"
