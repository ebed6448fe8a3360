"""The day on paper: the list for the official's table, and the order of calling for the door."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Translator
from akimat_desk.journal import Journal
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from meetings.day import actions
from meetings.day.papers import day_list, order_sheet
from meetings.day.rules import TOLD, TOLD_VALUES

from .conftest import AKIM, BY, DAY, ask, now


@pytest.fixture
def words() -> Translator:
    return Translator(catalogues(find_services()))


def text_of(pdf: bytes) -> str:
    """All words of a PDF, in one line."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_the_list_has_everybody_with_time_number_name_and_state(
    pc: tuple[Journal, FixedClock], words: Translator
) -> None:
    journal, _ = pc
    ask(journal, "10:15", name="Ізбасарова Шолпан")
    ask(journal, name="Һәкімова Рахима")
    actions.call_next(journal, DAY, AKIM, room=3, by=BY)
    day = now(journal)
    text = text_of(day_list(day, day.people, "Ауылдық округ әкімі", words))
    assert "2026 жылғы 20 қараша" in text
    assert "10:15 А-01 Ізбасарова Шолпан" in text
    assert "жазылусыз А-02 Һәкімова Рахима" in text
    assert "Шақырылды" in text


def test_the_whole_rule_hangs_on_the_door_in_both_languages(words: Translator) -> None:
    text = text_of(order_sheet(words))
    for language in ("kk", "ru"):
        t = words.in_language(language)  # type: ignore[arg-type]
        assert [one for one in TOLD if t(one, **TOLD_VALUES) not in text] == []
