"""The poster for the door: what people were told, in Kazakh and Russian."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from akimat_desk.base.words import Translator
from akimat_desk.papers.typefaces import lacking
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import catalogues
from meetings import actions, publishing
from meetings.demo import MEETING, RECEPTION
from meetings.plan import plan_now
from meetings.publishing import NoStick, NothingAnnounced
from meetings.rules import Order

from .conftest import TODAY, decree, the_plan

PLACES = ("Ақжар ауылдық округі", "Акжарский сельский округ")


@pytest.fixture
def words() -> Translator:
    return Translator(catalogues(find_services()))


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def publish(room: Desk, by: SignedIn) -> None:
    for one in plan_now(room).series:
        actions.publish(room.journal, one.series, one.occurrences, by=by)


def test_it_tells_every_date_in_two_languages(room: Desk, administrator: SignedIn, words: Translator) -> None:
    publish(room, administrator)
    (page,) = pages(publishing.poster(plan_now(room), PLACES, words))
    assert "Әр айдың үшінші жұмасы, 10:00–13:00 Третья пятница каждого месяца, 10:00–13:00" in page
    assert page.count("жұма") >= 13
    assert page.count("пятница") == 14  # thirteen dates and the rule
    assert lacking(page) == ""


def test_a_moved_date_names_the_day_it_left_and_a_cancelled_one_says_so(
    room: Desk, administrator: SignedIn, words: Translator
) -> None:
    series = the_plan(room).series
    for of, held_on in ((date(2026, 12, 18), date(2026, 12, 17)), (date(2027, 1, 15), None)):
        actions.order(room.journal, series, Order(of, held_on, "12", TODAY), by=administrator, today=TODAY)
    publish(room, administrator)
    (page,) = pages(publishing.poster(plan_now(room), PLACES, words))
    assert "18.12 орнына" in page
    assert "вместо 18.12" in page
    assert "не проводится" in page


def test_it_tells_what_was_announced_and_not_what_would_be_now(
    room: Desk, administrator: SignedIn, words: Translator
) -> None:
    publish(room, administrator)
    before = publishing.poster(plan_now(room), PLACES, words)
    decree(room, "2026-12-18")
    assert publishing.poster(plan_now(room), PLACES, words) == before


def test_each_series_has_a_page_and_a_weekly_one_lists_its_other_days_only(
    room: Desk, administrator: SignedIn, words: Translator
) -> None:
    for content in (RECEPTION, MEETING):
        actions.begin(room.journal, content, by=administrator)
    publish(room, administrator)
    *_, weekly = found = pages(publishing.poster(plan_now(room), PLACES, words))
    assert len(found) == 3
    assert "Әр сәрсенбі, 15:00–16:00" in weekly
    assert weekly.count("орнына") == 2  # 16 December 2026 and 24 March 2027 are days off


def test_it_lies_in_the_out_tray_and_nothing_is_printed_before_anything_is_announced(
    room: Desk, administrator: SignedIn
) -> None:
    with pytest.raises(NothingAnnounced):
        publishing.print_poster(room)
    publish(room, administrator)
    assert publishing.print_poster(room) > 0


def test_without_a_stick_the_file_is_not_written(room: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akimat_desk.base.sticks.sticks", tuple)
    with pytest.raises(NoStick):
        publishing.save_on_stick(room)
