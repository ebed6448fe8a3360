"""An administrator's forms: a new member of staff, a new PIN, another name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.office.screens.staff import MEANINGS, ROLES
from akimat_desk.people.details import name_in_order
from akimat_desk.people.entries import Role
from akimat_desk.people.pin import DIGITS, check_new_pin
from akimat_desk.people.staff import StaffMember
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import Column
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field, PinField
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text

What = Literal["add", "pin", "rename"]

TITLES: Final[Mapping[What, str]] = {
    "add": N_("Who begins to work here?"),
    "pin": N_("A new PIN"),
    "rename": N_("Correct the name"),
}
DIFFERENT: Final = N_("The two PINs differ. Type the same one twice.")


@dataclass
class StaffForm:
    """What is typed. `save` blocks; which of its fields it reads is told by `what`."""

    what: What
    save: Callable[[StaffForm], StaffMember]
    saved: Callable[[StaffMember], object]
    called: str = ""
    """Whose PIN or name it is."""
    name: str = ""
    role: Role = "staff"
    pin: str = ""
    again: str = ""
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines this form has."""
        return {"add": ("name", "pin", "again"), "pin": ("pin", "again"), "rename": ("name",)}[self.what]

    def look_through(self) -> bool:
        """Look at every line; whether all can be saved. PINs that differ are typed anew, both."""
        found = dict[str, Sentence]()
        for line, check in (("name", lambda: name_in_order(self.name)), ("pin", lambda: check_new_pin(self.pin))):
            if line in self.lines:
                try:
                    check()
                except Refused as why:
                    found[line] = why.for_staff
        if "again" in self.lines and "pin" not in found and self.pin != self.again:
            found["again"] = Sentence(DIFFERENT)
            self.again = ""
        self.errors = found
        return not found

    def forget(self) -> None:
        """No PIN is kept longer than it is typed."""
        self.pin = self.again = ""


class StaffFormScreen(Screen):
    """See the module."""

    name = "office.staff_form"
    frame = "staff"

    def __init__(self, form: StaffForm) -> None:
        self.form = form

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t(TITLES[self.form.what])

    def first_focus(self) -> str:
        """See `Screen`."""
        return self.form.lines[0]

    def build(self, body: Box, stage: Stage) -> None:
        """One card, in the width of a form."""
        t, form, px = stage.t, self.form, stage.px
        if stage.layout == "large":
            column = Box(body)
            column.pack(fill="x")
        else:
            form_wide = Column(body, stage.look.scale.with_text(560))
            form_wide.pack(anchor="nw")
            column = form_wide.inside
        card = panel(column)
        if form.called:
            Text(card, form.called, "section", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
        if "name" in form.lines:
            Field(
                card, t("Surname and name"), form.name, lambda value: setattr(form, "name", value),
                error=self._error(t, "name"), on_enter=lambda _: self._save(stage), name="name",
            ).pack(fill="x")  # fmt: skip
        if form.what == "add":
            OptionRow(
                card,
                t("Role"),
                [Option(role, t(name)) for role, name in ROLES],
                form.role,
                lambda role: self._choose(stage, role),
                name="role",
            ).pack(fill="x", pady=(px(10), 0))
            Remark(card, t(MEANINGS[form.role]), "info", "sky").pack(fill="x", pady=(px(6), 0))
        if "pin" in form.lines:
            hint = t("Six digits that are not easy to guess. The person types it.")
            for line, label, said in (("pin", t("New PIN"), hint), ("again", t("The same PIN again"), "")):
                PinField(
                    card, label, getattr(form, line), lambda value, line=line: setattr(form, line, value),  # type: ignore[misc]
                    hint=said, error=self._error(t, line), on_enter=lambda _: self._save(stage), length=DIGITS,
                    name=line,
                ).pack(fill="x", pady=(px(10), 0))  # fmt: skip
        buttons = Box(column)
        buttons.pack(fill="x")
        Button(
            buttons, t.button("Save"), lambda: self._save(stage), "primary", icon="save", name="save", height=52
        ).pack(side="left")
        Button(buttons, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel", height=52).pack(side="left")

    def _error(self, t: Translator, line: str) -> str:
        return t.say(self.form.errors[line]) if line in self.form.errors else ""

    def _choose(self, stage: Stage, role: str) -> None:
        self.form.role = cast(Role, role)
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        form = self.form
        if not form.look_through():
            stage.rebuild()
            stage.focus(next(iter(form.errors)))
            return

        def saved(done: StaffMember) -> None:
            form.saved(done)
            stage.back()

        def failed(error: AkimatDeskError) -> None:
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: form.save(form), saved, failed)

    def on_leave(self, stage: Stage) -> None:
        """See `StaffForm.forget`."""
        self.form.forget()

    def on_escape(self, stage: Stage) -> None:
        """Nothing is saved."""
        stage.back()
