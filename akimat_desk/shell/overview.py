"""What each service says of today to staff."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.service import Desk, Figure, load

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overview:
    """One service's card. `page` is the key of its first page, "" where there is none for this person."""

    title: str
    icon: str
    figures: Sequence[Figure]
    page: str = ""


def overviews(desk: Desk, pages: Mapping[str, str]) -> tuple[Overview, ...]:
    """All cards, in the services' order (blocks). A service that cannot count now takes nothing from the others."""
    found = []
    for service in desk.services:
        card = service.overview
        if card is None:
            continue
        try:
            figures = tuple(load(card.figures)(desk))
        except AkimatDeskError as why:
            log.warning("figures of %s: %s", service.name, why.code)
            continue
        found.append(Overview(card.title, card.icon, figures, pages.get(service.name, "")))
    return tuple(found)
