"""Staff sign in: choose your name, type six digits. After wrong ones, when the next try is possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn, StaffMember

PIN_DIGITS = 6


@dataclass
class SignInPresenter:
    """`fetch`, `waiting` and `sign_in` block. `pin` is cleared as soon as it was used."""

    fetch: Callable[[], Sequence[StaffMember]]
    waiting: Callable[[str], AkimatDeskError | None]
    sign_in: Callable[[str, str], SignedIn]
    done: Callable[[SignedIn], object]
    leave: Callable[[], object]
    staff: Sequence[StaffMember] = ()
    chosen: str = ""
    pin: str = ""
    error: AkimatDeskError | None = None


class SignInScreen(Screen):
    """See the module."""

    name = "shell.sign_in"
    topics = frozenset({"people.staff"})

    def __init__(self, presenter: SignInPresenter) -> None:
        self.presenter = presenter

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Who is working now?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "pin" if self.presenter.chosen else "staff-0"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Residents' screen"), self.presenter.leave, icon="house", short=t.button("Back")),
            primary=Action(t.button("Sign in"), lambda: self._sign_in(stage), icon="lock-keyhole"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """Names on the left, the PIN on the right."""
        t, presenter = stage.t, self.presenter
        wide = stage.layout != "large"
        body.columnconfigure(0, weight=1, uniform="halves" if wide else "")
        names = Box(body)
        names.grid(row=0, column=0, sticky="nsew")
        for number, member in enumerate(presenter.staff):
            ChoiceRow(
                names,
                member.name,
                lambda member=member: self._choose(stage, member.id),  # type: ignore[misc]
                icon="user",
                chosen=member.id == presenter.chosen,
                name=f"staff-{number}",
            ).pack(fill="x")
        if not presenter.staff:
            self._nobody(body, stage)
            return
        if wide:
            body.columnconfigure(1, weight=1, uniform="halves")
        card = Card(body)
        card.grid(row=0 if wide else 1, column=1 if wide else 0, sticky="new")
        if not presenter.chosen:
            Text(card.body, t("Choose your name first."), "body", "ink2", edge=True, wrap=True).pack(fill="x")
            return
        Field(
            card.body,
            t("PIN"),
            presenter.pin,
            self._type,
            hint=t("Six digits"),
            error=_said(presenter.error, t),
            secret=True,
            digits=True,
            most=PIN_DIGITS,
            on_enter=lambda _: self._sign_in(stage),
            name="pin",
        ).pack(fill="x")

    def _nobody(self, body: Box, stage: Stage) -> None:
        """The names are still to come, or the main PC, which has them, does not answer."""
        t, error = stage.t, self.presenter.error
        if error is None:
            return
        words = t("Staff sign in here by the main PC of the room, and it does not answer now.")
        card = Card(body)
        card.grid(row=0, column=0, sticky="new")
        Text(card.body, words, "strong", edge=True, wrap=True).pack(fill="x")
        Text(card.body, t.say(error.next_step), "body", "ink2", edge=True, wrap=True).pack(fill="x")
        Button(card.body, t.button("Ask again"), lambda: self.on_show(stage), icon="refresh-cw", name="again").pack(
            anchor="w", pady=(stage.px(6), 0)
        )

    def on_show(self, stage: Stage) -> None:
        """Fetch who works here."""

        def show(staff: Sequence[StaffMember]) -> None:
            presenter = self.presenter
            if staff != presenter.staff:
                presenter.staff, presenter.error = staff, None
                if len(staff) == 1:
                    presenter.chosen = staff[0].id
                stage.rebuild()
                stage.focus(self.first_focus())

        def failed(error: AkimatDeskError) -> None:
            self.presenter.error = error
            stage.rebuild()
            stage.focus("again")

        stage.run(self.presenter.fetch, show, failed, kind="read")

    def on_leave(self, stage: Stage) -> None:
        """What was typed does not stay."""
        self.presenter.pin = ""

    def _type(self, value: str) -> None:
        self.presenter.pin = value

    def _choose(self, stage: Stage, staff: str) -> None:
        presenter = self.presenter
        presenter.chosen, presenter.pin, presenter.error = staff, "", None
        stage.rebuild()
        stage.focus("pin")

        def waits(error: AkimatDeskError | None) -> None:
            if error is not None and presenter.chosen == staff:
                self._say(stage, error)

        stage.run(lambda: presenter.waiting(staff), waits, kind="read")

    def _sign_in(self, stage: Stage) -> None:
        presenter = self.presenter
        if not presenter.chosen:
            stage.focus("staff-0")
            return
        staff, pin = presenter.chosen, presenter.pin
        presenter.pin = ""
        stage.run(lambda: presenter.sign_in(staff, pin), presenter.done, lambda error: self._say(stage, error))

    def _say(self, stage: Stage, error: AkimatDeskError) -> None:
        self.presenter.error = error
        stage.rebuild()
        stage.focus("pin")


def _said(error: AkimatDeskError | None, t: Translator) -> str:
    return f"{t.say(error.for_staff)} {t.say(error.next_step)}" if error is not None else ""


def sign_in_screen(desk: Desk, done: Callable[[SignedIn], object], leave: Callable[[], object]) -> SignInScreen:
    """The sign-in of an open desk."""
    from akimat_desk.office.sign_in_calls import SignIn

    way = SignIn(desk)
    return SignInScreen(SignInPresenter(way.people, way.waiting, way.sign_in, done, leave))
