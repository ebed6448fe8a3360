"""Everybody's page: another PIN for whoever has signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.people.pin import DIGITS, check_new_pin
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import PinField
from akimat_desk.ui.widgets.surface import Box

if TYPE_CHECKING:
    from akimat_desk.people.staff import StaffMember

DIFFERENT: Final = N_("The two PINs differ. Type the same one twice.")
LINES: Final[Mapping[str, str]] = {
    "old": N_("The PIN you have now"),
    "new": N_("New PIN"),
    "again": N_("The same PIN again"),
}
OF_THE_OLD: Final = ("pin-wrong", "pin-wait")
"""Errors that speak of the old PIN; the other ones about PINs speak of the new one."""


@dataclass
class OwnPin:
    """What is typed. `change` blocks; it is given the old PIN and the new one."""

    change: Callable[[str, str], StaffMember]
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LINES, ""))
    errors: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)

    def look_through(self) -> bool:
        """Look at what was typed; whether the old PIN may be tried. No try is spent on what could not be saved."""
        found = dict[str, tuple[Sentence, ...]]()
        if not self.typed["old"]:
            found["old"] = (Sentence(N_("Fill in this line.")),)
        try:
            check_new_pin(self.typed["new"])
        except Refused as why:
            found["new"] = (why.for_staff, why.next_step)
        if "new" not in found and self.typed["new"] != self.typed["again"]:
            found["again"] = (Sentence(DIFFERENT),)
            self.typed["again"] = ""
        self.errors = found
        return not found

    def refused(self, error: AkimatDeskError) -> bool:
        """Put an error where it belongs; False where it belongs to no line. A wrong old PIN is typed anew."""
        if not error.code.startswith("pin-"):
            return False
        line = "old" if error.code in OF_THE_OLD else "new"
        if line == "old":
            self.typed["old"] = ""
        self.errors = {line: (error.for_staff, error.next_step)}
        return True

    def forget(self) -> None:
        """No PIN is kept longer than it is typed."""
        self.typed, self.errors = dict.fromkeys(LINES, ""), {}


class OwnPinScreen(Screen):
    """See the module."""

    name = "office.own_pin"
    frame = "staff"

    def __init__(self, pin: OwnPin) -> None:
        self.pin = pin
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("My PIN")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "old"

    def build(self, body: Box, stage: Stage) -> None:
        """The three lines on the left, what is to be known on the right."""
        t, px = stage.t, stage.px
        left, right = halves(body, stage)
        card = panel(left)
        for line, label in LINES.items():
            PinField(
                card,
                t(label),
                self.pin.typed[line],
                lambda value, line=line: self.pin.typed.__setitem__(line, value),  # type: ignore[misc]
                hint=t("Six digits that are not easy to guess") if line == "new" else "",
                error=t.say(*self.pin.errors.get(line, ())),
                on_enter=lambda _: self._change(stage),
                length=DIGITS,
                name=line,
            ).pack(fill="x", pady=(0, px(10)))
        Button(
            left, t.button("Change my PIN"), lambda: self._change(stage), "primary", icon="lock-keyhole",
            name="change", height=52,
        ).pack(anchor="w")  # fmt: skip
        words = t("Tell it to nobody, colleagues neither: what is done here is written down under your name.")
        Remark(right, words, "info", "sky").pack(fill="x", pady=stage.look.halo)
        words = t("If the PIN is forgotten, an administrator can give a new one at once.")
        Remark(right, words, "users", "sky").pack(fill="x", pady=stage.look.halo)

    def _change(self, stage: Stage) -> None:
        if self.busy:
            return
        stage.clear_banner()
        if not self.pin.look_through():
            self._show_errors(stage)
            return
        self.busy = True
        old, new = self.pin.typed["old"], self.pin.typed["new"]

        def changed(_: StaffMember) -> None:
            self.busy = False
            self.pin.forget()
            stage.rebuild()
            stage.say("done", lambda t: t("Your PIN is changed. Sign in with the new one from now on."))
            stage.focus("banner")

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            if self.pin.refused(error):
                self._show_errors(stage)
            else:
                stage.error(error)

        stage.run(lambda: self.pin.change(old, new), changed, failed)

    def _show_errors(self, stage: Stage) -> None:
        stage.rebuild()
        stage.focus(next(iter(self.pin.errors)))

    def on_leave(self, stage: Stage) -> None:
        """See `OwnPin.forget`."""
        self.busy = False
        self.pin.forget()
