"""What residents see of the room: its name, hours, Wi-Fi, and who of the staff is here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Ready words; empty where nobody has said. `name` is the akimat's, in the language of the screen."""

    name: str = ""
    hours: str = ""
    wifi: str = ""
    staff: str = ""
