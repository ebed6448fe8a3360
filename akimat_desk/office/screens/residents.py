"""Staff: everybody who is registered, found as one types; the chosen person's card at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.words import N_, Translator
from akimat_desk.office.cards import Card as PersonCard
from akimat_desk.office.rules import masked_iin
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.people.details import Details, shown_phone
from akimat_desk.people.residents import Found, Resident
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import IconFact
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.place import PlaceFact
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text, layer_of
from akimat_desk.ui.widgets.table import Table

PAGE: Final = 100
"""People shown at first, and added by each «Show more»."""
SEARCH_MS: Final = 150
"""A search begins when the typing rests for so long."""

LABELS: Final = {
    "surname": N_("Surname"),
    "given": N_("Name"),
    "patronymic": N_("Patronymic"),
    "iin": N_("IIN"),
    "phone": N_("Phone"),
    "street": N_("Address"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at the list gave: whom the typing finds, and all cards that wait for somebody."""

    typed: str
    found: Found
    unsettled: tuple[Resident, ...]


@dataclass
class ResidentsPresenter:
    """The list and the chosen card. All callables block."""

    find: Callable[[str, int], Found]
    to_settle: Callable[[], tuple[Resident, ...]]
    card: Callable[[str], PersonCard]
    change: Callable[[Resident, Details], object]
    erase: Callable[[Resident], object]
    form: Callable[[Resident | None], Screen]
    """The form of a person, or of a new one."""
    typed: str = ""
    limit: int = PAGE
    only_unsettled: bool = False
    now: Looked | None = None
    chosen: str = ""
    open: PersonCard | None = None

    def look(self) -> Looked:
        """Read everything anew (blocks)."""
        typed = self.typed
        return Looked(typed, self.find(typed, self.limit), self.to_settle())

    def search(self) -> Looked:
        """Find what is typed now (blocks). Which cards wait does not depend on it, and is not asked at every key."""
        typed, before = self.typed, self.now
        return Looked(typed, self.find(typed, self.limit), before.unsettled if before else ())

    def take(self, looked: Looked) -> bool:
        """Show what was read, unless somebody typed on meanwhile; whether it is another list than before."""
        if looked.typed != self.typed or looked == self.now:
            return False
        self.now = looked
        self.only_unsettled = self.only_unsettled and bool(looked.unsettled)
        return True

    def people(self) -> tuple[Resident, ...]:
        """Who is listed."""
        if self.now is None:
            return ()
        return self.now.unsettled if self.only_unsettled else self.now.found.residents

    def unsettled(self) -> frozenset[str]:
        """Whose card waits for somebody."""
        return frozenset(one.id for one in self.now.unsettled) if self.now else frozenset()


class ResidentsScreen(Screen):
    """See the module."""

    name = "office.residents"
    frame = "staff"
    topics = frozenset({"people.residents"})

    def __init__(self, residents: ResidentsPresenter) -> None:
        self.residents = residents
        self._typings = 0
        self._list: Live | None = None
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Residents")

    def first_focus(self) -> str:
        """One can type a name at once."""
        return "find"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """A new person; and, where there are any, the cards that wait."""
        t, waiting = stage.t, len(self.residents.unsettled())
        if waiting:
            Button(
                box,
                t("To settle: {n}", n=waiting),
                lambda: self._filter(stage),
                "chosen" if self.residents.only_unsettled else "plain",
                icon="check" if self.residents.only_unsettled else "triangle-alert",
                name="unsettled",
            ).pack(side="left")
        Button(
            box, t.button("Register a resident"), lambda: stage.go(self.residents.form(None)),
            icon="user-plus", name="register",
        ).pack(side="left")  # fmt: skip

    def build(self, body: Box, stage: Stage) -> None:
        """The search and the list on the left, the card on the right."""
        left, right = with_panel(body)
        left.rowconfigure(1, weight=1, minsize=table_height(stage))
        Field(
            left,
            stage.t("Surname, name or the first digits of the IIN"),
            self.residents.typed,
            lambda typed: self._type(stage, typed),
            on_enter=lambda _: self._search(stage, first=True),
            icon="search",
            bare=True,
            name="find",
        ).grid(row=0, column=0, sticky="ew")
        self._list = Live(left, lambda box: self._people(box, stage))
        self._list.grid(row=1, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._person(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    # ---- the list

    def _people(self, box: Box, stage: Stage) -> None:
        t, residents = stage.t, self.residents
        if residents.now is None:
            return
        people, unsettled = residents.people(), residents.unsettled()
        if not people:
            words = (
                (t("Nobody is found"), t("Type the beginning of the surname, or register the person."))
                if residents.typed
                else (t("Nobody is registered yet"), t("Whoever comes is registered with an identity document."))
            )
            EmptyState(box, *words).pack(fill="both", expand=True)
            return
        columns = [
            Column("name", t("Surname, name, patronymic"), 250, stretch=True),
            Column("phone", t("Phone"), 150, spare=2),
            Column("street", t("Address"), 190, spare=1),
        ]
        rows = [
            Row(
                one.id,
                (one.details.full_name, shown_phone(one.details.phone), one.details.street),
                *(("triangle-alert", "gold_text") if one.id in unsettled else ("user", "ink2")),
            )
            for one in people
        ]
        more = residents.now.found.more and not residents.only_unsettled
        Table(
            box,
            columns,
            ListedRows(rows),
            chosen=residents.chosen,
            on_choose=lambda key: self._choose(stage, key),
            on_open=lambda key: self._edit(stage, key),
            counts=t("Shown: {n}, and there are more", n=len(people)) if more else t("Shown: {n}", n=len(people)),
            note=t("Enter opens the chosen person"),
            name="residents",
        ).pack(fill="both", expand=True)
        if more:
            Button(
                box, t.button("Show more"), lambda: self._more(stage), "quiet", icon="chevron-down", name="more"
            ).pack(anchor="w")

    def _type(self, stage: Stage, typed: str) -> None:
        self.residents.typed, self.residents.limit = typed, PAGE
        self._typings += 1
        typing = self._typings
        stage.after(SEARCH_MS, lambda: self._search(stage) if typing == self._typings else None)

    def _search(self, stage: Stage, *, first: bool = False) -> None:
        """Find what is typed now. `first`: and go to the first of them."""

        def show(looked: Looked) -> None:
            fresh = self.residents.take(looked)
            if fresh and self._list is not None:
                layer_of(self._list).memory.pop("residents", None)  # another list begins at its top
            if first and self.residents.people():
                self._choose(stage, self.residents.people()[0].id)
            if (fresh or first) and self._list is not None:
                self._list.refresh()
            if first:
                stage.focus("residents")

        stage.run(self.residents.search, show, kind="read")

    def _more(self, stage: Stage) -> None:
        self.residents.limit += PAGE
        self.on_topics(stage, self.topics)

    def _filter(self, stage: Stage) -> None:
        """Only the cards that wait, with the first of them open; or everybody again."""
        residents = self.residents
        residents.only_unsettled = not residents.only_unsettled
        stage.rebuild()
        if residents.only_unsettled:
            self._choose(stage, residents.people()[0].id, anew=True)

    # ---- the card

    def _person(self, box: Box, stage: Stage) -> None:
        t, opened = stage.t, self.residents.open
        if opened is None:
            body = panel(box, "plain")
            Text(body, t("Choose a person in the list to see their card."), "body", "ink2", edge=True, wrap=True).pack(
                fill="x"
            )
            return
        person, details = opened.resident, opened.resident.details
        body = panel(box, "chosen")
        Text(body, details.full_name, "section", edge=True, wrap=True).pack(fill="x", pady=(0, stage.px(8)))
        none = t("not given")
        for icon, label, value in (
            ("id-card", LABELS["iin"], masked_iin(details.iin)),
            ("phone", LABELS["phone"], shown_phone(details.phone)),
            ("map-pin", LABELS["street"], details.street),
        ):
            IconFact(body, icon, "sky", t(label), value or none).pack(fill="x", pady=stage.px(4))
        if opened.place is not None:
            PlaceFact(body, t, opened.place).pack(fill="x", pady=stage.px(4))
        Button(
            body, t.button("Change the details"), lambda: stage.go(self.residents.form(person)), "primary",
            icon="pencil", name="edit", height=52,
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
        Button(
            body, t.button("Erase the person"), lambda: self._ask_erase(stage, person), icon="eraser", name="erase"
        ).pack(fill="x")
        if opened.lost:
            self._lost(box, stage, opened)
        if opened.same_iin:
            self._same_iin(box, stage, opened)

    def _lost(self, box: Box, stage: Stage, opened: PersonCard) -> None:
        t, px = stage.t, stage.px
        body = panel(box, "plain")
        Text(body, t("Changed on two PCs"), "section", "gold_text", edge=True, wrap=True).pack(fill="x")
        words = t("Neither PC knew of the other's change. The later one stands; say which is right.")
        Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        none = t("not given")
        for one in opened.lost:
            stands, lost = (shown(one.field, value) or none for value in (one.stands, one.lost))
            Line(body).pack(fill="x", padx=stage.look.halo, pady=px(6))
            Text(body, t(LABELS[one.field]), "label", edge=True).pack(fill="x")
            Text(body, t("It says now: {value}", value=stands), "body", edge=True, wrap=True).pack(fill="x")
            Text(body, t("The other PC says: {value}", value=lost), "body", edge=True, wrap=True).pack(fill="x")
        person = opened.resident
        for name, said, details in (
            ("keep", t.button("Leave it as it is"), person.details),
            ("other", t.button("Take the other one"), opened.other()),
        ):
            Button(
                body, said, lambda details=details: self._settle(stage, person, details), icon="check", name=name  # type: ignore[misc]
            ).pack(fill="x", pady=(px(6) if name == "keep" else 0, 0))  # fmt: skip

    def _same_iin(self, box: Box, stage: Stage, opened: PersonCard) -> None:
        t = stage.t
        body = panel(box, "plain")
        Text(body, t("Registered twice"), "section", "gold_text", edge=True, wrap=True).pack(fill="x")
        words = t("Two PCs registered this IIN. Bring one card up to date and erase the other.")
        Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        for number, other in enumerate(opened.same_iin):
            Button(
                body,
                other.details.full_name,
                lambda id=other.id: self._choose(stage, id, anew=True),  # type: ignore[misc]
                icon="user",
                name=f"same-{number}",
            ).pack(fill="x", pady=(stage.px(6), 0))

    def _choose(self, stage: Stage, id: str, *, anew: bool = False) -> None:
        residents = self.residents
        residents.chosen = id

        def show(opened: PersonCard) -> None:
            if residents.chosen == id and opened != residents.open:
                residents.open = opened
                if anew:
                    stage.rebuild()
                elif self._card is not None:
                    self._card.refresh()

        stage.run(lambda: residents.card(id), show, kind="read")

    def _edit(self, stage: Stage, id: str) -> None:
        stage.run(
            lambda: self.residents.card(id), lambda card: stage.go(self.residents.form(card.resident)), kind="read"
        )

    def _settle(self, stage: Stage, person: Resident, details: Details) -> None:
        stage.run(lambda: self.residents.change(person, details), lambda _: self.on_topics(stage, self.topics))

    def _ask_erase(self, stage: Stage, person: Resident) -> None:
        t = stage.t

        def erased(_: object) -> None:
            self.residents.chosen, self.residents.open = "", None
            stage.say("done", lambda t: t("The person was erased."))
            self.on_topics(stage, self.topics)

        meaning = t(
            "Name, IIN, phone and address are erased here and, with the next exchange, on every PC. What was printed"
            " and paid stays in the figures, without a name. Backups made earlier still hold the details."
        )
        question = Question(
            t("Erase this person for good?"),
            f"{person.details.full_name}\n\n{meaning}",
            t.button("Keep"),
            t.button("Erase for good"),
        )
        stage.ask(question, lambda yes: stage.run(lambda: self.residents.erase(person), erased) if yes else None)

    # ---- coming and going

    def on_show(self, stage: Stage) -> None:
        """Read the list, and the open card, anew."""
        self.on_topics(stage, self.topics)

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Somebody was registered, changed or erased, here or on another PC."""

        def show(looked: Looked) -> None:
            if self.residents.take(looked):
                stage.rebuild()
            if self.residents.chosen:
                self._choose(stage, self.residents.chosen, anew=True)

        stage.run(self.residents.look, show, kind="read")


def shown(field: str, value: str) -> str:
    """A detail as staff see it."""
    return masked_iin(value) if field == "iin" else shown_phone(value) if field == "phone" else value
