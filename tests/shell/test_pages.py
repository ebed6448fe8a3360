"""Which pages a person may open, and their order."""

from __future__ import annotations

import pytest

from akimat_desk.service import Desk, Role, Service, StaffPage
from akimat_desk.shell.pages import Page, first_pages, pages_for

SERVICES = (
    Service(
        "bread",
        "Bread",
        10,
        staff_pages=(StaffPage("Oven", "house", "a:b", "administrator"), StaffPage("Shop", "house", "a:c", "trainer")),
    ),
    Service("salt", "Salt", 20, staff_pages=(StaffPage("Salt", "house", "a:d", shelf="reports"),)),
)


def _never(_: Desk) -> object:
    raise AssertionError


TODAY = Page("today", "Today", "house", _never)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("trainer", ["today", "bread-1"]),
        ("staff", ["today", "bread-1", "salt-0"]),
        ("administrator", ["today", "bread-0", "bread-1", "salt-0"]),
    ],
)
def test_who_is_higher_sees_what_is_for_the_lower(role: Role, keys: list[str]) -> None:
    assert [page.key for page in pages_for(SERVICES, role, TODAY)] == keys


def test_a_page_lies_where_its_door_puts_it() -> None:
    assert [page.shelf for page in pages_for(SERVICES, "administrator", TODAY)] == ["", "", "", "reports"]


def test_a_services_first_page_is_the_first_one_may_open() -> None:
    assert first_pages(SERVICES, "trainer") == {"bread": "bread-1"}
    assert first_pages(SERVICES, "administrator") == {"bread": "bread-0", "salt": "salt-0"}
