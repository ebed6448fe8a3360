"""A form keeps what is typed into its lines, however often they are drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.ui.inspect import settle, texts
from akimat_desk.ui.widgets.form_line import FormLine
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


def test_what_is_typed_is_in_the_form_its_error_is_told_and_enter_ends_it(
    show: Callable[..., object], window: Window
) -> None:
    typed, errors, done = {"order": "№ ", "day": ""}, {"day": Sentence("This is not a day.")}, list[str]()

    def build(body: object, _: object) -> None:
        for name in typed:
            FormLine(body, name.title(), name, typed, errors, lambda: done.append("done")).pack()  # type: ignore[arg-type]

    show(build)
    window.focus("order")
    settle(window)
    field = window.page.controls["order"]
    assert isinstance(field, FormLine)
    field.entry.event_generate("<Key-7>")
    assert typed == {"order": "№ 7", "day": ""}
    field.entry.event_generate("<Key-Return>")
    assert done == ["done"]
    assert [words for words in texts(window.page) if words == "This is not a day."] == ["This is not a day."]
