"""The times of one day, before noon and after it. Another day of the same times changes only what stands otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from akimat_desk.base.locale import format_time
from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button, coat_of
from akimat_desk.ui.widgets.pressable import Coat
from akimat_desk.ui.widgets.surface import Box, Paint, Text, layer_of
from meetings.plan import clock_of

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Stage
    from meetings.visits.rules import Slot

NOON: Final = 13 * 60

_GONE: Final = Paint("sunken", "line", 2, "ink2")
_TAKEN: Final = Coat(_GONE, _GONE, _GONE)


class Standing(NamedTuple):
    """How a time stands; `word` says why it cannot be had."""

    how: Literal["free", "chosen", "gone"]
    word: str = ""


class SlotButton(Button):
    """A time: free, chosen, or gone; then it is seen, and not reached by the keyboard."""

    def __init__(self, master: Box, text: str, command: Callable[[], object], standing: Standing, *, name: str) -> None:
        self.standing = standing
        staff = look_of(master).staff
        super().__init__(
            master,
            text,
            command,
            role="strong" if staff else "section",
            height=40 if staff else 60,
            pad=8,
            name=name,
            focusable=False,  # `Slots` says which are reached
        )
        self._stand()

    def stand(self, standing: Standing) -> None:
        """Look so from now on, in the same place."""
        if standing != self.standing:
            self.standing = standing
            before = self.face.paint
            self._stand()
            if self.face.paint == before:  # else it was drawn with its new colours
                self.redraw()

    def _stand(self) -> None:
        how, staff = self.standing.how, self.look.staff
        self._icon = "check" if how == "chosen" else ""
        self.canvas.configure(takefocus=how != "gone")
        self.dress(_TAKEN if how == "gone" else coat_of("primary" if how == "chosen" else "plain", staff=staff))

    def press(self) -> None:
        """Choose it; nothing happens where it is gone."""
        if self.standing.how != "gone":
            super().press()

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        if self.standing.how != "gone":
            super().compose(width, height, paint)
            return
        look, x = self.look, width // 2
        lines = look.line("hint"), look.line("small")
        self.ask_height(sum(lines) + look.px(8))
        top = (height - sum(lines)) // 2
        self.write(x, top + lines[0] // 2, self.text, "hint", paint.text, anchor="center")
        self.write(x, top + lines[0] + lines[1] // 2, self.standing.word, "small", paint.text, anchor="center")


class Slots(Box):
    """The grid of a day's times; `choose` is called with the one that is pressed."""

    def __init__(
        self, master: Box, stage: Stage, slots: Sequence[Slot], standings: Mapping[int, Standing],
        choose: Callable[[int], object],
    ) -> None:  # fmt: skip
        super().__init__(master)
        self.times = tuple(one.start for one in slots)
        self._buttons: dict[int, SlotButton] = {}
        t, px = stage.t, stage.px
        across = {"wide": 8 if look_of(self).staff else 6, "mid": 5}.get(stage.layout, 2)
        before, after = ([one for one in self.times if (one < NOON) is early] for early in (True, False))
        for label, some in ((t("Before noon"), before), (t("After noon"), after)):
            if not some:
                continue
            Text(self, label, "label", edge=True).pack(fill="x", pady=(px(6), 0))
            grid = Box(self)
            grid.pack(fill="x")
            for column in range(across):
                grid.columnconfigure(column, weight=1, uniform="slots")
            for number, start in enumerate(some):
                button = SlotButton(
                    grid,
                    format_time(clock_of(start)),
                    lambda start=start: choose(start),  # type: ignore[misc]
                    standings[start],
                    name=f"slot-{start}",
                )
                button.grid(row=number // across, column=number % across, sticky="nsew")
                self._buttons[start] = button
        self._enlist()

    def show(self, standings: Mapping[int, Standing]) -> None:
        """These times stand so now."""
        for start, standing in standings.items():
            self._buttons[start].stand(standing)
        self._enlist()

    def _enlist(self) -> None:
        layer = layer_of(self)
        with layer.relisting(self):
            for button in self._buttons.values():
                if button.standing.how != "gone":
                    layer.enlist(button, button.name)
