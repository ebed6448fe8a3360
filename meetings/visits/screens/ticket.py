"""Step 4: the ticket, as it stands on the paper that is being printed."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.ticket_card import TicketCard
from meetings.visits.screens.steps import steps
from meetings.visits.secret import grouped
from meetings.visits.ticket import Ticket, doubt, remark, told_by_staff, when


class TicketScreen(Screen):
    """See the module. `done` leads on; for staff, back to their list."""

    name = "visits.ticket"

    def __init__(self, ticket: Ticket, done: Callable[[Stage], object], *, staff: bool = False) -> None:
        self.ticket, self._done = ticket, done
        if staff:
            self.frame = "staff"

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Take your ticket") if self.frame == "resident" else t("The ticket is being printed")

    def steps(self, t: Translator) -> Steps | None:
        """See `Screen`."""
        return steps(t, 4) if self.frame == "resident" else None

    def first_focus(self) -> str:
        """See `Screen`."""
        return "done"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(primary=Action(t.button("Done"), lambda: self._done(stage), icon="check", name="done"))

    def build(self, body: Box, stage: Stage) -> None:
        """The ticket at the left; what to do with it at the right."""
        t, px, ticket = stage.t, stage.px, self.ticket
        upper = Box(body)
        upper.pack(fill="x")
        left, right = two_parts(upper, beside=stage.layout != "large")
        rows = [
            (t("Day"), format_date(ticket.visit.day, stage.language)),
            (t("Time"), when(ticket.visit, t)),
            (t("Who receives"), ticket.content.official(stage.language)),
        ]
        place = ticket.content.place(stage.language)
        if place:
            rows.append((t("Where"), place))
        if ticket.secret:
            rows.append((t("Secret code"), grouped(ticket.secret)))
        TicketCard(left, t("Ticket number"), ticket.visit.number, rows).pack(fill="x")
        if ticket.visit.state == "requested":
            Remark(right, remark(ticket.visit, t), "hourglass", "gold").pack(fill="x")
        else:
            said = t("Your number stands") if self.frame == "resident" else t("The number stands")
            told = remark(ticket.visit, t) if self.frame == "resident" else told_by_staff(ticket.visit, t)
            Done(right, said, told, more=True).pack(fill="x")
        if ticket.may_change:
            Remark(right, doubt(t), "triangle-alert", "gold").pack(fill="x", pady=(px(8), 0))
        lines = [t("The paper comes out of the printer. If it does not, the number stands all the same.")]
        if ticket.secret and self.frame == "resident":
            lines.append(t("With the number and the secret code the time can be moved or cancelled here."))
        for line in lines:
            Text(right, line, "body", edge=True, wrap=True).pack(fill="x", pady=(px(12), 0))
        if self.frame == "staff":
            Button(body, t.button("Done"), lambda: self._done(stage), "primary", icon="check", name="done").pack(
                anchor="w", pady=(px(12), 0)
            )

    def on_escape(self, stage: Stage) -> None:
        """There is no way back: the ticket is given."""
        self._done(stage)
