"""A field to type in. Every key is written through to the presenter, so a rebuilt screen has lost nothing.

The label stands above and stays; the hint under it; an error under the box in the label's own words. Numbers are shown
in groups but handed on as bare digits, whatever was typed or pasted between them.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import Final

from akimat_desk.ui.look import Look, ground_of, look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.toolkit import CTkEntry
from akimat_desk.ui.widgets.surface import Box, Elided, Halo, Rounded, Text, has_keyboard, layer_of, picture_label

UNDO_DEPTH: Final = 50


def grouped(digits: str, groups: Sequence[int]) -> str:
    """`digits` with a space between groups: `grouped("900101300012", (6, 6))` is "900101 300012"."""
    parts, start = [], 0
    for size in groups:
        if start < len(digits):
            parts.append(digits[start : start + size])
        start += size
    if start < len(digits):
        parts.append(digits[start:])
    return " ".join(parts)


class ErrorLine(Box):
    """What is wrong with the field above."""

    def __init__(self, master: tkinter.Misc, words: str) -> None:
        super().__init__(master)
        look = look_of(master)
        self.columnconfigure(1, weight=1)
        picture_label(self, look.icon("circle-alert", 20, "berry")).grid(
            row=0, column=0, sticky="n", padx=(0, look.px(8))
        )
        Text(self, words, "note", "berry", wrap=True).grid(row=0, column=1, sticky="ew")


class RoundEntry(CTkEntry):
    """customtkinter's entry with smooth corners and our colours."""

    def __init__(
        self,
        master: tkinter.Misc,
        look: Look,
        *,
        width: int,
        height: int,
        edge: Token,
        border: float,
        fill: Token,
        **more: object,
    ) -> None:
        self._look, self._edge, self._fill, self._border_px = look, edge, fill, look.px(border)
        self._under = ground_of(master)
        self._shape: Rounded | None = None
        super().__init__(
            master,
            width=width,
            height=height,
            corner_radius=look.px(11 if look.staff else 16),
            border_width=self._border_px,
            bg_color=self._under,
            fg_color=look.colour(fill),
            border_color=look.colour(edge),
            text_color=look.colour("ink"),
            font=(look.family, look.size("body")),
            **more,
        )
        self._entry.configure(
            bg=look.colour(fill),
            fg=look.colour("ink"),
            readonlybackground=look.colour(fill),
            insertbackground=look.colour("ink"),
            insertwidth=look.px(2),
            insertofftime=0,
            selectbackground=look.colour("sky"),
            selectforeground=look.colour("on_sky"),
        )

    @property
    def entry(self) -> tkinter.Entry:
        """The inner entry."""
        return self._entry

    def _draw(self, no_color_updates: bool = False) -> None:
        if self._shape is None:
            self._shape = Rounded(self._canvas, self._look, self._under, self._look.px(8 if self._look.staff else 10))
            self._canvas.configure(bg=self._under, takefocus=0)
        width, height = round(self._current_width), round(self._current_height)
        if width > 1 and height > 1:
            self._shape.draw(
                0, 0, width, height, self._look.colour(self._fill), self._look.colour(self._edge), self._border_px
            )


class Field(Box):
    """Label, hint, box, error. `on_change` gets the value at every key, `on_enter` when Enter is pressed."""

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        value: str,
        on_change: Callable[[str], object],
        *,
        hint: str = "",
        error: str = "",
        on_enter: Callable[[str], object] | None = None,
        digits: bool = False,
        groups: Sequence[int] = (),
        most: int = 0,
        secret: bool = False,
        read_only: bool = False,
        icon: str = "",
        bare: bool = False,
        width: int = 320,
        height: int = 0,
        name: str = "",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        self.text, self.hint, self.error = label, hint, error
        self._on_change, self._on_enter = on_change, on_enter
        self._digits, self._groups, self._most = digits or bool(groups), tuple(groups), most or sum(groups)
        self._value, self._past, self._busy = "", list[str](), False
        if not bare:
            Text(self, label, "label", edge=True, wrap=True).pack(fill="x")
            if hint:
                Text(self, hint, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        self._halo = Halo(self)
        self._halo.pack(fill="x", pady=(0 if bare else look.px(2), 0))  # letters that hang low stay out of the ring
        thin = 1 if look.staff else 2
        edge: Token = "berry" if error else "edge"
        self.box = RoundEntry(
            self._halo,
            look,
            width=look.px(width),
            height=max(look.px(height or (44 if look.staff else 60)), look.line("body") + look.px(14)),
            edge=edge,
            border=(2 if look.staff else 3) if error else thin,
            fill="sunken" if read_only else "surface",
            show="•" if secret else "",
        )
        self.box.pack(fill="x")
        self.entry = self.box.entry
        if icon:
            picture = picture_label(self.box, look.icon(icon, 20 if look.staff else 26, "ink2"))
            picture.configure(bg=look.colour("surface"))
            inset = look.px(11)
            picture.place(x=inset, rely=0.5, anchor="w")
            self.entry.grid_configure(padx=(inset + look.scale.text(20 if look.staff else 26) + look.px(6), inset))
        self._placeholder = self._make_placeholder(label) if bare else None
        if error:
            ErrorLine(self, error).pack(fill="x", padx=look.halo)
        self._variable = tkinter.StringVar(self.box)
        self.entry.configure(textvariable=self._variable)
        self.put(value)
        self._past.clear()
        self._trace = self._variable.trace_add("write", self._typed)
        if read_only:
            self.entry.configure(state="readonly")
        self.entry.bind("<FocusIn>", lambda _: self._focus(True), add=True)
        self.entry.bind("<FocusOut>", lambda _: self._focus(False), add=True)
        for key in ("<Key-Return>", "<Key-KP_Enter>"):
            self.entry.bind(key, self._enter)
        self.entry.bind("<<Undo>>", lambda _: self.undo())
        self.name = layer_of(self).enlist(self, name)

    def destroy(self) -> None:
        """Let go of the variable: Tcl would hold the whole page by it."""
        self._variable.trace_remove("write", self._trace)
        super().destroy()

    @property
    def value(self) -> str:
        """What is in the box; digits without the spaces."""
        return self._value

    def put(self, value: str) -> None:
        """Put a value in, as if it had been typed."""
        self._value = self._clean(value)
        self._show(self._value, None)

    def undo(self) -> str:
        """Take the last change back."""
        if self._past:
            self._value = self._past.pop()
            self._show(self._value, None)
            self._on_change(self._value)
        return "break"

    def forget(self) -> None:
        """Empty the box and everything it remembers (the wipe)."""
        self._past.clear()
        self._value = ""
        self._show("", None)

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.entry.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.entry)

    @property
    def ring_shown(self) -> bool:
        """Whether the focus ring is to be seen."""
        return self._halo.ring_shown

    def _clean(self, text: str) -> str:
        if self._digits:
            text = "".join(letter for letter in text if letter.isdigit() and letter.isascii())
        return text[: self._most] if self._most else text

    def _typed(self, *_: str) -> None:
        if self._busy:
            return
        shown = self._variable.get()
        value = self._clean(shown)
        before_cursor = len(self._clean(shown[: self.entry.index("insert")]))
        if value != self._value:
            self._past = [*self._past, self._value][-UNDO_DEPTH:]
            self._value = value
            self._on_change(value)
        if self.winfo_exists():
            self._show(value, before_cursor)

    def _show(self, value: str, cursor: int | None) -> None:
        """Write `value`; the cursor goes behind that many digits, or to the end.

        The entry itself is written to, not its variable: a variable set inside its own trace moves the cursor back.
        """
        text = grouped(value, self._groups) if self._groups else value
        if text != self.entry.get():
            read_only = str(self.entry.cget("state")) == "readonly"
            self._busy = True
            if read_only:
                self.entry.configure(state="normal")
            self.entry.delete(0, "end")
            self.entry.insert(0, text)
            if read_only:
                self.entry.configure(state="readonly")
            self._busy = False
            behind = value if cursor is None else value[:cursor]
            self.entry.icursor(len(grouped(behind, self._groups) if self._groups else behind))
        if self._placeholder is not None:
            self._place(self._placeholder, not text)

    def _make_placeholder(self, words: str) -> Elided:
        look = look_of(self)
        label = Elided(self.box, words, "body", "ink2")
        label.configure(bg=look.colour("surface"))
        label.bind("<Button-1>", lambda _: look.later(0, self.entry.focus_set))
        return label

    def _place(self, label: Text, on: bool) -> None:
        """Behind the cursor, as long as nothing is typed: whoever comes with the keyboard reads it, too."""
        if on:
            room = look_of(self).px(5)
            label.place(in_=self.entry, x=room, width=-room, rely=0.5, anchor="w", relwidth=1)
        else:
            label.place_forget()

    def _focus(self, on: bool) -> None:
        self._halo.show_ring(on)

    def _enter(self, _: tkinter.Event[tkinter.Misc]) -> str | None:
        if self._on_enter is None:
            return None
        self._on_enter(self._value)
        return "break"


class PinField(Field):
    """A short secret number: digits only, shown as dots."""

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        value: str,
        on_change: Callable[[str], object],
        *,
        hint: str = "",
        error: str = "",
        on_enter: Callable[[str], object] | None = None,
        length: int = 6,
        name: str = "",
    ) -> None:
        super().__init__(
            master,
            label,
            value,
            on_change,
            hint=hint,
            error=error,
            on_enter=on_enter,
            digits=True,
            most=length,
            secret=True,
            width=200,
            name=name,
        )
