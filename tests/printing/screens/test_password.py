"""A file with a password: typed once, kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.documents.inspection import Inspection
from printing.screens.password import PasswordScreen

from .conftest import Next, PaperFlow, Person, flow_of, inspection  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def flow() -> PaperFlow:
    locked = inspection(0, (), valid=False, needs_password=True, reason="password-needed")
    flow = flow_of(locked)

    def inspect(path: Path, password: str | None = None) -> Inspection:
        if password == "құпия":
            return inspection()
        return inspection(0, (), valid=False, needs_password=True, message=Sentence("This password does not fit."))

    flow.documents.inspect = inspect  # type: ignore[method-assign]
    return flow


def test_the_right_password_leads_on(person: Person, flow: PaperFlow) -> None:
    screen = PasswordScreen(flow, Next)
    person.comes_to(screen)
    assert person.window.topmost.focused() == "password"
    person.types("password", "құпия", enter=True)
    assert (person.screen, screen.typed) == ("next", "")


def test_a_wrong_one_is_said_at_the_field_which_is_empty_again(person: Person, flow: PaperFlow) -> None:
    screen = PasswordScreen(flow, Next)
    person.comes_to(screen)
    person.types("password", "wrong")
    person.presses("continue")
    assert "This password does not fit." in person.sees()
    assert (screen.typed, person.entry("password").get(), person.window.topmost.focused()) == ("", "", "password")
    person.types("password", "құпия", enter=True)
    assert person.screen == "next"


def test_the_password_is_not_to_be_read_on_the_screen(person: Person, flow: PaperFlow) -> None:
    person.comes_to(PasswordScreen(flow, Next))
    person.types("password", "құпия")
    assert "құпия" not in person.sees()
    assert person.entry("password").cget("show") == "•"
