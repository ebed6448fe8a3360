"""What is typed is written through at every key, cleaned, grouped, and can be taken back or forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.ui.inspect import settle, texts
from akimat_desk.ui.samples import nothing
from akimat_desk.ui.widgets.field import Field, PinField, grouped
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


@pytest.fixture
def typed() -> list[str]:
    return []


@pytest.fixture
def iin(show: Callable[..., object], window: Window, typed: list[str]) -> Field:
    show(lambda body, _: Field(body, "IIN", "", typed.append, groups=(6, 6), name="iin").pack())
    field = window.page.controls["iin"]
    assert isinstance(field, Field)
    window.focus("iin")
    settle(window)
    return field


def test_digits_are_grouped_for_the_eye_and_bare_for_the_program(iin: Field, typed: list[str]) -> None:
    for letter in "900101300012":
        iin.entry.event_generate(f"<Key-{letter}>")
    assert iin.entry.get() == "900101 300012"
    assert iin.entry.index("insert") == 13
    assert typed[-1] == iin.value == "900101300012"


def test_more_digits_than_there_are_and_other_letters_change_nothing(iin: Field, typed: list[str]) -> None:
    iin.entry.insert(0, "900101300012")
    typed.clear()
    iin.entry.insert("end", "5")
    iin.entry.insert("end", "ә")
    assert iin.entry.get() == "900101 300012"
    assert typed == []


def test_pasting_with_spaces_and_dashes_works(iin: Field) -> None:
    iin.entry.insert(0, " 900-101 300.012 ")
    assert iin.value == "900101300012"


def test_the_cursor_stays_where_a_digit_was_put_in(iin: Field) -> None:
    iin.entry.insert(0, "90010130001")
    iin.entry.icursor(2)
    iin.entry.insert("insert", "5")
    assert iin.entry.get() == "905010 130001"
    assert iin.entry.index("insert") == 3


def test_each_change_can_be_taken_back(iin: Field, typed: list[str]) -> None:
    for letter in "123":
        iin.entry.insert("end", letter)
    for _ in range(4):
        iin.undo()
    assert typed == ["1", "12", "123", "12", "1", ""]


def test_what_was_forgotten_cannot_be_taken_back(iin: Field) -> None:
    iin.entry.insert(0, "900101")
    iin.forget()
    iin.undo()
    assert iin.value == ""
    assert iin.entry.get() == ""


def test_enter_hands_over_the_value(show: Callable[..., object], window: Window) -> None:
    found: list[str] = []
    show(lambda body, _: Field(body, "Find", "", lambda _: None, on_enter=found.append, name="find").pack())
    field = window.page.controls["find"]
    assert isinstance(field, Field)
    window.focus("find")
    settle(window)
    field.entry.insert(0, "Ерболат")
    field.entry.event_generate("<Key-Return>")
    assert found == ["Ерболат"]


def test_an_error_stands_under_the_box_in_words(show: Callable[..., object], window: Window) -> None:
    show(
        lambda body, _: Field(body, "IIN", "85", lambda _: None, error="Type all 12 digits of the IIN.").pack(fill="x")
    )
    assert "Type all 12 digits of the IIN." in texts(window.page)


def test_a_pin_is_shown_as_dots(show: Callable[..., object], window: Window, typed: list[str]) -> None:
    show(lambda body, _: PinField(body, "PIN", "", typed.append, length=4, name="pin").pack())
    field = window.page.controls["pin"]
    assert isinstance(field, PinField)
    field.entry.insert(0, "12x345")
    assert field.value == "1234"
    assert field.entry.cget("show") == "•"


@given(st.text("0123456789", max_size=20), st.lists(st.integers(1, 6), max_size=4))
def test_grouping_only_puts_spaces_in(digits: str, groups: list[int]) -> None:
    assert grouped(digits, groups).replace(" ", "") == digits
    assert not grouped(digits, groups).endswith(" ")


def test_the_words_in_a_search_stay_until_something_is_typed(show: Callable[..., object], window: Window) -> None:
    show(lambda body, _: Field(body, "Surname or IIN", "", nothing, bare=True, name="find").pack(fill="x"))
    field = window.page.controls["find"]
    assert isinstance(field, Field)
    field.take_focus()
    settle(window)
    assert "Surname or IIN" in texts(window.page)
    field.entry.insert(0, "A")
    settle(window)
    assert "Surname or IIN" not in texts(window.page)
    field.entry.delete(0, "end")
    settle(window)
    assert "Surname or IIN" in texts(window.page)
