"""What residents see of the room's PCs: nothing while all is well, else one quiet line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from akimat_desk.base.words import N_
from akimat_desk.service import TodayLine

if TYPE_CHECKING:
    from akimat_desk.service import Desk


def lines(desk: Desk) -> Sequence[TodayLine]:
    """What was done here has reached nobody for long: it is kept, and no error."""
    from akimat_desk.office.exchange import overdue
    from akimat_desk.office.room import room_view

    if not overdue(room_view(desk), desk.clock.now_ms()):
        return ()
    return (
        TodayLine(
            icon="cloud-off",
            hue="sky",
            label=N_("Connection"),
            value=desk.words("Saved on this computer"),
            detail=N_("It will be sent when there is a connection."),
        ),
    )
