"""The staff's frame: whole names, and a menu instead of the sidebar where there is no room beside the page."""

from __future__ import annotations

import pytest

from akimat_desk.ui.frames.staff import StaffFacts, StaffFrame
from akimat_desk.ui.frames.staff_rows import NavRow, PageRow
from akimat_desk.ui.gallery import frames
from akimat_desk.ui.inspect import findings, settle, texts
from akimat_desk.ui.samples import SCREENS, Queue
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.scroll_area import scroll_area_of
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen

LONG_NAME = "Нұрмағамбетова Қарлығаш Тұрсынбекқызы"


def _with(window: Window, **facts: object) -> StaffFacts:
    """Show the staff's sample with some facts changed."""
    frame = frames()["staff"]
    assert isinstance(frame, StaffFrame)
    changed: StaffFacts = frame._facts()._replace(**facts)  # type: ignore[arg-type]
    window.frames = {**frames(), "staff": StaffFrame(lambda: changed)}
    window.go(SCREENS["queue"]())
    settle(window)
    return changed


@pytest.mark.parametrize("growth", [100, 125, 150, 200])
def test_the_name_of_who_has_signed_in_is_never_cut(window: Window, growth: int) -> None:
    _with(window, user=LONG_NAME)
    window.show_as("kk", growth, False)
    settle(window)
    if growth == 200:
        _press(window, "menu")
    assert LONG_NAME in texts(window.topmost)
    assert findings(window) == []


def _press(window: Window, name: str) -> None:
    control = window.topmost.controls[name]
    assert isinstance(control, Pressable)
    control.press()
    settle(window)


def test_large_print_has_a_menu_of_the_same_pages(window: Window) -> None:
    pressed: list[str] = []
    facts = _with(window)
    rows = [row._replace(show=lambda key=row.key: pressed.append(key)) for row in facts.rows]  # type: ignore[misc]
    _with(window, rows=rows)
    beside = [name for name, control in window.page.controls.items() if isinstance(control, NavRow)]
    assert "menu" not in window.page.controls
    window.show_as("kk", 200, False)
    settle(window)
    assert not any(isinstance(control, NavRow) for control in window.page.controls.values())
    _press(window, "menu")
    listed = [name for name, control in window.topmost.controls.items() if isinstance(control, NavRow)]
    assert listed == beside
    _press(window, "page-receptions")
    assert pressed == ["receptions"]


def test_a_shelf_shows_its_pages_while_it_is_open_and_counts_for_them_while_it_is_not(window: Window) -> None:
    facts = _with(window)
    inside = [row._replace(key=f"{row.key}-inside", badge=4) for row in facts.rows[:2]]
    shelf = PageRow("set-up", "Баптау", "settings", lambda: None, inside=inside)
    for open_, badge in ((False, "8"), (True, "4")):
        _with(window, rows=[*facts.rows, shelf._replace(open=open_)])
        rows = [name for name, control in window.page.controls.items() if isinstance(control, NavRow)]
        assert ("page-today-inside" in rows) is open_
        assert (badge in texts(window.page), len([one for one in texts(window.page) if one == "8"])) == (
            True,
            0 if open_ else 1,
        )


def test_pages_of_a_shelf_stand_further_in(window: Window) -> None:
    facts = _with(window)
    shelf = PageRow(
        "set-up", "Баптау", "settings", lambda: None, inside=[facts.rows[0]._replace(key="inside")], open=True
    )
    _with(window, rows=[*facts.rows, shelf])
    window.show_as("kk", 100, False)
    settle(window)
    left = {}
    for name in ("page-today", "page-inside"):
        row = window.page.controls[name]
        assert isinstance(row, NavRow)
        left[name] = min(row.canvas.bbox(item)[0] for item in row.canvas.find_withtag("content"))
    assert left["page-inside"] - left["page-today"] == 16


def test_the_menu_shows_every_page_of_a_shelf(window: Window) -> None:
    facts = _with(window)
    shelf = PageRow("set-up", "Баптау", "settings", lambda: None, inside=[facts.rows[0]._replace(key="inside")])
    _with(window, rows=[*facts.rows, shelf])
    window.show_as("kk", 200, False)
    settle(window)
    _press(window, "menu")
    assert "page-inside" in window.topmost.controls
    assert "page-set-up" not in window.topmost.controls
    assert "Баптау" in texts(window.topmost)


def test_the_menu_counts_what_waits_on_all_pages(window: Window) -> None:
    rows = [row._replace(badge=badge) for row, badge in zip(_with(window).rows, (3, 2, 0, 0, 0, 0, 0, 0), strict=True)]
    _with(window, rows=rows)
    window.show_as("kk", 200, False)
    settle(window)
    assert "5" in texts(window.page)


def test_a_row_keeps_the_keyboard_and_its_ring_when_the_page_is_built_again(window: Window) -> None:
    _with(window)
    window.focus("page-lessons")
    settle(window)
    window.rebuild()
    settle(window)
    assert window.page.focused() == "page-lessons"
    assert window.page.controls["page-lessons"].ring_shown


def test_of_more_pages_than_there_is_room_for_the_open_one_is_in_sight(window: Window) -> None:
    facts = _with(window)
    rows = [row._replace(key=f"{row.key}{number}") for number in range(3) for row in facts.rows]
    for row in (rows[0], rows[-1]):
        _with(window, rows=rows, current=row.key)
        shown = window.page.controls[f"page-{row.key}"]
        area = scroll_area_of(shown)
        assert area is not None
        assert area.overflows
        top = shown.winfo_rooty() - area.winfo_rooty()
        assert (top >= 0, top + shown.winfo_height() <= area.winfo_height()) == (True, True)


@pytest.mark.parametrize("growth", [100, 125, 150])
def test_no_row_moves_when_another_page_is_open(window: Window, growth: int) -> None:
    places = []
    for key in ("today", "queue", "assignments"):
        _with(window, current=key)
        window.show_as("kk", growth, False)
        settle(window)
        rows = [control for control in window.page.controls.values() if isinstance(control, NavRow)]
        places.append([(row.winfo_y(), row.winfo_height()) for row in rows])
    assert places[0] == places[1] == places[2]


def test_a_word_too_long_for_bold_letters_is_whole_when_its_page_is_open(window: Window) -> None:
    facts = _with(window)
    look = window.look_for(window.screen)

    def words_of(title: str) -> tuple[str, int]:
        """The font and the room of the open page's row."""
        _with(window, rows=[row._replace(title=title) if row.key == facts.current else row for row in facts.rows])
        row = window.page.controls[f"page-{facts.current}"]
        assert isinstance(row, NavRow)
        written = [each for each in row.canvas.find_all() if row.canvas.type(each) == "text"]
        (item,) = (each for each in written if row.canvas.itemcget(each, "text") == title)
        return row.canvas.itemcget(item, "font"), int(row.canvas.itemcget(item, "width"))

    bold, room = words_of("ш")
    long = max(("ш" * n for n in range(1, 60)), key=lambda word: (look.font("body").measure(word) <= room) * len(word))
    assert look.font("strong").measure(long) > room >= look.font("body").measure(long)
    assert (bold, words_of(f"ш {long}")[0]) == (str(look.font("strong")), str(look.font("body")))


def test_header_and_sidebar_stand_while_screens_come_and_go(window: Window) -> None:
    _with(window)
    page, row, search = window.page, window.page.controls["page-queue"], window.page.controls["search"]
    inside = [name for name in window.page.controls if window.page.controls[name] not in (row, search)]
    for again in (lambda: window.go(SCREENS["queue"]()), window.rebuild):
        again()
        settle(window)
        assert (window.page, window.page.controls["page-queue"], window.page.controls["search"]) == (page, row, search)
        assert [name for name in window.page.controls if window.page.controls[name] not in (row, search)] == inside


def test_another_page_and_other_counts_are_shown_in_the_rows_that_stand(window: Window) -> None:
    facts = [_with(window)]
    window.frames = {**frames(), "staff": StaffFrame(lambda: facts[0])}
    window.go(SCREENS["queue"]())
    rows = [control for control in window.page.controls.values() if isinstance(control, NavRow)]
    of_the_screen = [control for control in window.page.controls.values() if not isinstance(control, NavRow)]
    waiting = [row._replace(badge=70 + number) for number, row in enumerate(facts[0].rows)]
    facts[0] = facts[0]._replace(rows=waiting, current="lessons", sync=facts[0].sync._replace(text="Жоқ"))  # type: ignore[union-attr]
    window.look_round()
    settle(window)
    assert [control for control in window.page.controls.values() if isinstance(control, NavRow)] == rows
    assert [each for each in window.page.controls.values() if not isinstance(each, NavRow)] == of_the_screen
    assert [str(row.badge) in texts(window.page) for row in waiting] == [True] * len(waiting)
    assert "Жоқ" in texts(window.page)
    here, there = window.page.controls["page-lessons"], window.page.controls["page-queue"]
    assert isinstance(here, NavRow)
    assert isinstance(there, NavRow)
    assert (here.face.paint.fill, there.face.paint.fill) == ("sky_tint", None)
    assert findings(window) == []


def test_with_other_rows_the_page_is_built_anew(window: Window) -> None:
    facts = [_with(window)]
    window.frames = {**frames(), "staff": StaffFrame(lambda: facts[0])}
    window.go(SCREENS["queue"]())
    facts[0] = facts[0]._replace(rows=facts[0].rows[:3])
    window.look_round()
    settle(window)
    rows = [name for name, control in window.page.controls.items() if isinstance(control, NavRow)]
    assert rows == [f"page-{row.key}" for row in facts[0].rows] + ["user"]


def test_a_screen_that_cannot_be_built_leaves_the_page_as_it_was(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with(window)
    page, controls = window.page, dict(window.page.controls)
    build = Queue.build

    def break_off(screen: Queue, body: Box, stage: Stage) -> None:
        build(screen, body, stage)
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(Queue, "build", break_off)
        with pytest.raises(ZeroDivisionError):
            window.rebuild()
    settle(window)
    assert (window.page, window.page.controls) == (page, controls)
    assert findings(window) == []
