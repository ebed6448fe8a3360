"""What residents see of the room: its name, hours, Wi-Fi, and who of the staff is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_range

if TYPE_CHECKING:
    from akimat_desk.service import Desk


@dataclass(frozen=True, slots=True)
class Room:
    """Ready words; empty where nobody has said. `name` is in the language of the screen."""

    name: str = ""
    hours: str = ""
    wifi: str = ""
    staff: str = ""


def room_of(desk: Desk) -> Room:
    """The room of this PC as it is today (blocks). An empty one before the first run."""
    from akimat_desk.people.zone import ZoneUnknown, zone

    try:
        found = zone(desk.store)
    except ZoneUnknown:
        return Room()
    hours = found.opening(local(desk.clock.now_ms()).weekday())
    opening = format_range(*(time(minute // 60, minute % 60) for minute in hours)) if hours else ""
    return Room(found.name(desk.words.language), opening, found.content.wifi)
