"""What each service says of today to staff."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.service import Alert, Desk, Figure, Service, load
from akimat_desk.shell.pages import RANKS, page_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overview:
    """One service's card. `page` is the key of its first page, "" where there is none for this person."""

    title: str
    icon: str
    figures: Sequence[Figure]
    page: str = ""
    alerts: Sequence[tuple[Alert, str]] = ()
    """What must not be forgotten, each with the key of its page, "" where this person may not open it."""


def overviews(desk: Desk, pages: Mapping[str, str]) -> tuple[Overview, ...]:
    """All cards, in the services' order (blocks). A service that cannot count now takes nothing from the others."""
    found = []
    for service in desk.services:
        card = service.overview
        if card is None:
            continue
        try:
            figures = tuple(load(card.figures)(desk))
            alerts: tuple[Alert, ...] = tuple(load(card.alerts)(desk)) if card.alerts else ()
        except AkimatDeskError as why:
            log.warning("figures of %s: %s", service.name, why.code)
            continue
        paths = tuple((one, _page_of(service, one.screen, desk)) for one in alerts)
        found.append(Overview(card.title, card.icon, figures, pages.get(service.name, ""), paths))
    return tuple(found)


def _page_of(service: Service, screen: str, desk: Desk) -> str:
    person = desk.signed_in()
    for number, page in enumerate(service.staff_pages):
        if page.screen == screen and person is not None and RANKS[page.role] <= RANKS[person.role]:
            return page_key(service, number)
    return ""
