"""What residents see of the room: its name in their language, today's hours, the Wi-Fi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_range
from akimat_desk.base.words import LANGUAGES, Language

if TYPE_CHECKING:
    from akimat_desk.service import Desk


@dataclass(frozen=True, slots=True)
class Room:
    """Ready words; empty where nobody has said."""

    names: Mapping[Language, str] = field(default_factory=dict)
    hours: str = ""
    wifi: str = ""

    def name(self, language: Language) -> str:
        """What the room is called; "" before the first set-up."""
        return self.names.get(language, "")


def room_of(desk: Desk) -> Room:
    """The room of this PC as it is today (blocks). An empty one before the first set-up."""
    from akimat_desk.people.zone import ZoneUnknown, zone

    try:
        found = zone(desk.store)
    except ZoneUnknown:
        return Room()
    hours = found.opening(local(desk.clock.now_ms()).weekday())
    opening = format_range(*(time(minute // 60, minute % 60) for minute in hours)) if hours else ""
    return Room({language: found.name(language) for language in LANGUAGES}, opening, found.content.wifi)
