"""The staff's pages, in the order of the sidebar: today first, then the services'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_
from akimat_desk.service import Desk, Role, Service, load

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


def pages_for(services: Sequence[Service], role: Role) -> tuple[Page, ...]:
    """The pages a person of `role` may open; never empty."""
    found = [Page("today", N_("Today"), "house", _today)]
    for service in services:
        for number, page in enumerate(service.staff_pages):
            if RANKS[page.role] <= RANKS[role]:
                found.append(
                    Page(
                        f"{service.name}-{number}",
                        page.title,
                        page.icon,
                        lambda desk, name=page.screen: load(name)(desk),  # type: ignore[misc]
                        (lambda desk, name=page.badge: int(load(name)(desk))) if page.badge else None,  # type: ignore[misc]
                    )
                )
    return tuple(found)


def _today(desk: Desk) -> Screen:
    from akimat_desk.shell.screens.today import today_screen

    return today_screen(desk)
