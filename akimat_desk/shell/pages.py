"""The staff's pages, in the order of the sidebar: today first, then the services'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.service import Desk, Role, Service, Shelf, load

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Screen

RANKS: Final[dict[Role, int]] = {"trainer": 0, "staff": 1, "administrator": 2}
"""Who is higher may open what is for the lower."""


@dataclass(frozen=True, slots=True)
class Page:
    """One row of the sidebar. `badge` blocks."""

    key: str
    title: str
    icon: str
    screen: Callable[[Desk], Screen]
    badge: Callable[[Desk], int] | None = None
    shelf: Shelf = ""


def pages_for(services: Sequence[Service], role: Role, today: Page) -> tuple[Page, ...]:
    """The pages a person of `role` may open: `today`, then the services'."""
    return (
        today,
        *(
            Page(page_key(service, number), page.title, page.icon, _screen(page.screen), _badge(page.badge), page.shelf)
            for service in services
            for number, page in enumerate(service.staff_pages)
            if RANKS[page.role] <= RANKS[role]
        ),
    )


def first_pages(services: Sequence[Service], role: Role) -> dict[str, str]:
    """Each service's first page that a person of `role` may open, by the service's name."""
    found: dict[str, str] = {}
    for service in services:
        for number, page in enumerate(service.staff_pages):
            if RANKS[page.role] <= RANKS[role]:
                found.setdefault(service.name, page_key(service, number))
    return found


def page_key(service: Service, number: int) -> str:
    """The key of a service's page, counted from 0."""
    return f"{service.name}-{number}"


def _screen(name: str) -> Callable[[Desk], Screen]:
    def screen(desk: Desk) -> Screen:
        made: Screen = load(name)(desk)
        return made

    return screen


def _badge(name: str) -> Callable[[Desk], int] | None:
    return (lambda desk: int(load(name)(desk))) if name else None
