"""Staff: the details of one person, new or changed, with what is wrong about each line under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office.rules import masked_iin
from akimat_desk.office.screens.residents import LABELS
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.people.details import Details, NameMissing, in_order, name_in_order, shown_phone
from akimat_desk.people.iin import check_iin
from akimat_desk.people.residents import AlreadyRegistered, Resident
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Live, Text

NAMES: Final = ("surname", "given", "patronymic")
SIXES: Final = (6, 6)
_SOMEBODY: Final = Details(surname="А")
"""Stands in for the name while another line is looked at."""


@dataclass
class ResidentForm:
    """What is typed. `save` blocks and gives the person; `saved` is told of them.

    The IIN on file is not put into its line: it is seen only while it is typed, and stays unless another one is typed
    or it is taken away.
    """

    save: Callable[[Details], Resident]
    saved: Callable[[Resident], object]
    before: Resident | None = None
    typed: dict[str, str] = field(default_factory=dict)
    without_iin: bool = False
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.before is not None and not self.typed:
            details = self.before.details
            self.typed = {name: getattr(details, name) for name in (*NAMES, "street")}
            self.typed["phone"] = shown_phone(details.phone)

    @property
    def iin_on_file(self) -> str:
        """The IIN this person has, hidden but for its end; "" for none."""
        return masked_iin(self.before.details.iin) if self.before is not None else ""

    def details(self) -> Details:
        """What is to be saved."""
        typed = {name: self.typed.get(name, "") for name in LABELS}
        if not typed["iin"].strip() and self.before is not None and not self.without_iin:
            typed["iin"] = self.before.details.iin
        return Details(**typed)

    def remark(self) -> Sentence:
        """What is unusual about the typed IIN, though it may be right; empty for nothing."""
        found = check_iin(self.typed.get("iin", ""))
        return found.sentence if found.valid else Sentence("")

    def look_through(self) -> bool:
        """Look at every line; whether all can be saved. What is wrong stands in `errors`, first things first."""
        details, found = self.details(), dict[str, Sentence]()
        for name in NAMES:
            if getattr(details, name).strip():
                _try(found, name, lambda name=name: name_in_order(getattr(details, name)))  # type: ignore[misc]
        if not found and not (details.surname.strip() or details.given.strip()):
            found["surname"] = NameMissing().for_staff
        for name in ("iin", "phone", "street"):
            only = {name: getattr(details, name), "surname": _SOMEBODY.surname}
            _try(found, name, lambda only=only: in_order(Details(**only)))  # type: ignore[misc]
        self.errors = {name: found[name] for name in LABELS if name in found}
        return not found


def _try(found: dict[str, Sentence], name: str, check: Callable[[], object]) -> None:
    try:
        check()
    except Refused as why:
        found[name] = why.for_staff


class ResidentFormScreen(Screen):
    """See the module."""

    name = "office.resident_form"
    frame = "staff"

    def __init__(self, form: ResidentForm) -> None:
        self.form = form
        self._remark: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Register a resident") if self.form.before is None else t("Change the details")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "surname"

    def build(self, body: Box, stage: Stage) -> None:
        """The name on the left, the rest on the right, as the identity card has them."""
        t, form, px = stage.t, self.form, stage.px
        left, right = halves(body, stage)
        names, more = panel(left), panel(right)
        Text(names, t("As in the identity document"), "section", edge=True, wrap=True).pack(fill="x")
        for name in NAMES:
            self._field(names, stage, name).pack(fill="x", pady=(px(8), 0))
        Text(more, t("Only what is needed, and only if the person agrees"), "section", edge=True, wrap=True).pack(
            fill="x"
        )
        on_file = form.iin_on_file
        hint = t("12 digits from the identity card")
        if on_file and not form.without_iin:
            hint = t("On file: {iin}. It stays unless you type another one.", iin=on_file)
        elif on_file:
            hint = t("The IIN is removed when you save.")
        self._field(more, stage, "iin", hint=hint, groups=SIXES).pack(fill="x", pady=(px(8), 0))
        if on_file:
            said = t.button("Leave the IIN") if form.without_iin else t.button("Remove the IIN")
            Button(more, said, lambda: self._toggle_iin(stage), "quiet", name="toggle-iin", height=36).pack(anchor="w")
        self._remark = Live(more, lambda box: self._say_remark(box, stage))
        self._remark.pack(fill="x")
        hint = t("+7 (7xx) xxx-xx-xx, or a short village number")
        self._field(more, stage, "phone", hint=hint).pack(fill="x", pady=(px(8), 0))
        self._field(more, stage, "street", hint=t("Street and house")).pack(fill="x", pady=(px(8), 0))
        buttons = Box(right if stage.layout == "large" else left)  # after the last field, in sight where there is room
        buttons.pack(fill="x")
        Button(
            buttons, t.button("Save"), lambda: self._save(stage), "primary", icon="save", name="save", height=52
        ).pack(side="left")
        Button(buttons, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel", height=52).pack(side="left")

    def _field(self, box: Box, stage: Stage, name: str, *, hint: str = "", groups: tuple[int, ...] = ()) -> Field:
        t, form = stage.t, self.form
        return Field(
            box,
            t(LABELS[name]),
            form.typed.get(name, ""),
            lambda value: self._type(name, value),
            hint=hint,
            error=t.say(form.errors[name]) if name in form.errors else "",
            on_enter=lambda _: self._save(stage),
            groups=groups,
            name=name,
        )

    def _say_remark(self, box: Box, stage: Stage) -> None:
        remark = self.form.remark()
        if remark:
            Remark(box, stage.t.say(remark), "info", "gold").pack(fill="x", pady=(stage.px(6), 0))

    def _type(self, name: str, value: str) -> None:
        self.form.typed[name] = value
        if name == "iin" and self._remark is not None:
            self._remark.refresh()

    def _toggle_iin(self, stage: Stage) -> None:
        self.form.without_iin = not self.form.without_iin
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        form = self.form
        if not form.look_through():
            stage.rebuild()
            stage.focus(next(iter(form.errors)))
            return
        details = form.details()

        def saved(person: Resident) -> None:
            form.saved(person)
            stage.back()

        def failed(error: AkimatDeskError) -> None:
            form.errors = {"iin": error.for_staff} if isinstance(error, AlreadyRegistered) else {}
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: form.save(details), saved, failed)

    def on_escape(self, stage: Stage) -> None:
        """Nothing is saved."""
        stage.back()
