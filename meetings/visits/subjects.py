"""What people come about, as a short list to choose from: figures by subject need no free text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.base.words import N_


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: `key` stands in entries and never changes, `name` is a msgid, `icon` a Lucide name."""

    key: str
    name: str
    icon: str


SUBJECTS: Final = (
    Subject("land", N_("Land and housing"), "house"),
    Subject("roads", N_("Roads and transport"), "route"),
    Subject("water", N_("Water, light, heating"), "droplets"),
    Subject("social", N_("Benefits and help"), "users"),
    Subject("school", N_("School and kindergarten"), "graduation-cap"),
    Subject("health", N_("Health care"), "hand-heart"),
    Subject("papers", N_("Papers and certificates"), "file-text"),
    Subject("other", N_("Another subject"), "info"),
)
OTHER: Final = SUBJECTS[-1]
_BY_KEY: Final = {one.key: one for one in SUBJECTS}


def subject(key: str) -> Subject:
    """The subject with this key; one that this version does not know is another subject."""
    return _BY_KEY.get(key, OTHER)
