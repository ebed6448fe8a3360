"""Charts on a sheet: every figure that matters is written, and the same input gives the same bytes."""

from __future__ import annotations

import pypdfium2
import pytest

from akimat_desk.base.words import Translator
from akimat_desk.papers.charts import PaperBar, bars, columns
from akimat_desk.papers.pdf import Frame, make_pdf

WORDS = Translator((), "en")


def text_of(body: list[object]) -> str:
    pdf = make_pdf(Frame("Chart"), body, WORDS)  # type: ignore[arg-type]
    assert pdf == make_pdf(Frame("Chart"), body, WORDS)  # type: ignore[arg-type]
    text: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return text


def test_every_lying_bar_has_its_label_and_its_value() -> None:
    text = text_of(bars([PaperBar("Ардагер", 40, "40"), PaperBar("Зейнеткер", 0, "0")]))
    assert [word in text for word in ("Ардагер", "40", "Зейнеткер")] == [True, True, True]


def test_of_many_standing_columns_the_highest_is_told() -> None:
    days = [PaperBar(str(day), day * 3 % 31, f"{day * 3 % 31} p") for day in range(1, 32)]
    text = text_of(columns(days))
    assert ("30 p" in text, "29 p" in text) == (True, False)


def test_a_few_columns_are_all_told_with_their_intervals() -> None:
    text = text_of(columns([PaperBar("October", 0.06, "6%", 0.01, 0.14), PaperBar("November", 0.03, "3%", 0.0, 0.1)]))
    assert [word in text for word in ("6%", "3%", "October", "November")] == [True] * 4


@pytest.mark.parametrize("chart", [bars, columns])
def test_nothing_to_show_takes_no_room(chart: object) -> None:
    assert callable(chart)
    assert chart([]) == []


@pytest.mark.parametrize("chart", [bars, columns])
def test_nothing_but_zeros_can_be_drawn(chart: object) -> None:
    assert callable(chart)
    assert "nought" in text_of(chart([PaperBar("nought", 0, "0")]))
