"""An administrator's page: who works here, in which role, and a new PIN for whoever forgot theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.people.staff import StaffMember
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.place import PlaceFact
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from akimat_desk.office.screens.staff_form import What
    from akimat_desk.people.entries import Role

ROLES: Final = (("trainer", N_("Trainer")), ("staff", N_("Member of staff")), ("administrator", N_("Administrator")))
MEANINGS: Final = {
    "trainer": N_("Holds classes."),
    "staff": N_("Prints, registers residents, holds receptions."),
    "administrator": N_("All of that, and settings, backups and other staff."),
}
_WORKS: Final[tuple[str, Token, str]] = ("circle-check", "grass", N_("Works here"))
_FORMER: Final[tuple[str, Token, str]] = ("circle", "ink2", N_("No longer works here"))


@dataclass
class StaffPresenter:
    """The list of staff. Callables block, except `form`."""

    fetch: Callable[[], tuple[StaffMember, ...]]
    """Also those who no longer work here."""
    me: Callable[[], str]
    """The id of who has signed in."""
    change: Callable[[StaffMember, Role, bool], object]
    form: Callable[[What, StaffMember | None], Screen]
    places: Callable[[], Mapping[str, str]]
    """Where each is safe, by their id; nothing in a room of one PC."""
    now: tuple[StaffMember, ...] | None = None
    chosen: str = ""
    safe: Mapping[str, str] = field(default_factory=dict)

    def listed(self) -> tuple[StaffMember, ...]:
        """Those who work here, then the others."""
        return tuple(sorted(self.now or (), key=lambda one: not one.active))

    def choice(self) -> StaffMember | None:
        """The chosen person; the first one where nobody was chosen."""
        people = self.listed()
        return next((one for one in people if one.id == self.chosen), people[0] if people else None)


class StaffScreen(Screen):
    """See the module."""

    name = "office.staff"
    frame = "staff"
    topics = frozenset({"people.staff", "sync.state"})

    def __init__(self, staff: StaffPresenter) -> None:
        self.staff = staff
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Staff")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """A new member of staff."""
        Button(
            box, stage.t.button("Add a person"), lambda: stage.go(self.staff.form("add", None)),
            icon="user-plus", name="add",
        ).pack()  # fmt: skip

    def build(self, body: Box, stage: Stage) -> None:
        """The list on the left, the chosen person on the right."""
        t, staff = stage.t, self.staff
        if staff.now is None:
            return
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        choice = staff.choice()
        active = sum(one.active for one in staff.now)
        Table(
            left,
            [
                Column("name", t("Surname, name"), 200, stretch=True),
                Column("role", t("Role"), 170, spare=1),
                Column("state", t("State"), 150),
            ],
            ListedRows([self._row(stage, one) for one in staff.listed()]),
            chosen=choice.id if choice else "",
            on_choose=lambda key: self._choose(stage, key),
            counts=t("Work here: {n}", n=active),
            note=t("No longer: {n}", n=len(staff.now) - active) if active < len(staff.now) else "",
            name="people",
        ).grid(row=0, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._person(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _row(self, stage: Stage, one: StaffMember) -> Row:
        t = stage.t
        icon, colour, words = _WORKS if one.active else _FORMER
        return Row(one.id, (self._called(t, one), t(dict(ROLES)[one.role]), t(words)), icon, colour)

    def _called(self, t: Translator, one: StaffMember) -> str:
        return one.name or t("(the name is not on this PC)")

    def _person(self, box: Box, stage: Stage) -> None:
        t, px, staff, one = stage.t, stage.px, self.staff, self.staff.choice()
        if one is None:
            return
        body = panel(box, "chosen")
        Text(body, self._called(t, one), "section", edge=True, wrap=True).pack(fill="x")
        _, colour, words = _WORKS if one.active else _FORMER
        Text(body, t(words), "strong", colour, edge=True, wrap=True).pack(fill="x")
        if one.id in staff.safe:
            PlaceFact(body, t, staff.safe[one.id]).pack(fill="x", pady=px(4))
        if not one.active:
            Button(
                body, t.button("Bring back"), lambda: self._change(stage, one, one.role, True), "primary",
                icon="undo-2", name="return", height=52,
            ).pack(fill="x", pady=(px(10), 0))  # fmt: skip
            return
        OptionRow(
            body,
            t("Role"),
            [Option(role, t(name)) for role, name in ROLES],
            one.role,
            lambda role: self._change(stage, one, cast("Role", role), True) if role != one.role else None,
            columns=1,
            name="role",
        ).pack(fill="x", pady=(px(8), 0))
        Remark(body, t(MEANINGS[one.role]), "info", "sky").pack(fill="x", pady=(px(6), px(8)))
        Button(
            body, t.button("Give a new PIN"), lambda: stage.go(staff.form("pin", one)), "primary",
            icon="key-round", name="new-pin", height=52,
        ).pack(fill="x")  # fmt: skip
        Button(
            body,
            t.button("Correct the name"),
            lambda: stage.go(staff.form("rename", one)),
            icon="pencil",
            name="rename",
        ).pack(fill="x")
        if one.id != staff.me():
            Button(
                body, t.button("No longer works here"), lambda: self._ask_end(stage, one), icon="log-out", name="end"
            ).pack(fill="x")

    def _choose(self, stage: Stage, key: str) -> None:
        self.staff.chosen = key
        if self._card is not None:
            self._card.refresh()

    def _change(self, stage: Stage, one: StaffMember, role: Role, active: bool) -> None:
        self.staff.chosen = one.id
        stage.clear_banner()
        stage.run(lambda: self.staff.change(one, role, active), lambda _: self.on_show(stage))

    def _ask_end(self, stage: Stage, one: StaffMember) -> None:
        t = stage.t
        meaning = t("Nobody can sign in under this name any more. What this person did stays in the records.")
        question = Question(
            t("Does this person no longer work here?"),
            f"{self._called(t, one)}\n\n{meaning}",
            t.button("Keep"),
            t.button("No longer works here"),
        )
        stage.ask(question, lambda yes: self._change(stage, one, one.role, False) if yes else None)

    def on_show(self, stage: Stage) -> None:
        """Read the list anew."""

        staff = self.staff

        def show(found: tuple[tuple[StaffMember, ...], Mapping[str, str]]) -> None:
            if found != (staff.now, staff.safe):
                staff.now, staff.safe = found
                stage.rebuild()

        stage.run(lambda: (staff.fetch(), staff.places()), show, kind="read")
