"""The day's page and the board, as they are seen and pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.ui.inspect import settle, texts
from meetings import actions as plan_actions
from meetings.cases import actions as cases
from meetings.cases import drafts
from meetings.day import actions
from meetings.day.board import BoardCall, BoardNow
from meetings.day.queue import day_now
from meetings.day.rules import Span
from meetings.day.screens.board import BoardPresenter, BoardScreen
from meetings.day.screens.enter import the_day
from meetings.demo import RECEPTION
from meetings.plan import plan_now
from meetings.visits import scan
from tests.meetings.visits.test_scan import reads
from tests.office.conftest import Seen

from .conftest import DAY, ask, at

pytestmark = pytest.mark.screen

NAMES = ("Тілеуов Мұратбек", "Қасымова Гүлсім", "Әбілов Нұрдәулет", "Ерғалиева Бағдат")


@pytest.fixture
def visits(desk: Desk, administrator: SignedIn, clock: FixedClock) -> tuple[str, ...]:
    """Two booked people who are here, a third who is not, and one who walked in; an akim and a deputy."""
    for official in ("Ауылдық округ әкімі", "Әкімнің орынбасары"):
        plan_actions.begin(desk.journal, msgspec.structs.replace(RECEPTION, official_kk=official), by=administrator)
        for one in plan_now(desk).series:
            plan_actions.publish(desk.journal, one.series, one.occurrences, by=administrator)
    akim = plan_now(desk).series[0].series.id
    clock.turn_to(at(9, 30))
    visits = [ask(desk.journal, f"10:{n * 15:02}", series=akim, name=NAMES[n]) for n in range(3)]
    for visit in visits[:2]:
        actions.came(desk.journal, visit, by=administrator)
    clock.turn_to(at(10, 0))
    return (*visits, ask(desk.journal, series=akim, name=NAMES[3]))


@pytest.fixture
def day(desk: Desk, administrator: SignedIn, visits: tuple[str, ...], seen: Seen) -> Seen:
    """The page, opened."""
    return seen.show(the_day(replace(desk, signed_in=lambda: administrator)), "en")


def key(seen: Seen, name: str) -> None:
    seen.window.screen.on_key(seen.window.stage, name)
    settle(seen.window)


def states(desk: Desk) -> list[str]:
    with desk.store.read() as db:
        return [one.turn.state for one in day_now(db, DAY, desk.clock.now_ms()).people]


def test_a_morning_by_keys(desk: Desk, day: Seen, clock: FixedClock) -> None:
    assert {"Nobody is in room 2", "Call А-01", "In the queue: 3"} <= set(day.texts)
    key(day, "F2")
    key(day, "F3")
    assert {"Called, room 2", "Begin the talk", "Times called: 2", NAMES[0]} <= set(day.texts)
    key(day, "F8")
    assert "End, call А-04" in day.texts  # who walked in; the second one's time has not come
    clock.pass_seconds(15 * 60)
    key(day, "F2")
    assert {"Ticket А-02 is next now. Press the button again.", "End, call А-02"} <= set(day.texts)
    key(day, "F2")
    key(day, "F4")
    assert states(desk) == ["ended", "missed", "expected", "waiting"]
    assert {"Call А-04", "In the queue: 1"} <= set(day.texts)


def test_every_key_is_told_on_its_button(day: Seen) -> None:
    told = set(day.texts)
    key(day, "F2")
    told |= set(day.texts)
    key(day, "F8")
    told |= set(day.texts)
    day.choose("people", 2)
    assert {"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"} <= told | set(day.texts)


def test_a_key_that_no_button_bears_does_nothing(desk: Desk, day: Seen) -> None:
    for name in ("F3", "F4", "F5", "F6", "F7", "F8", "F9"):
        key(day, name)
    key(day, "F2")
    key(day, "F8")
    before = day.texts
    key(day, "F8")
    assert day.texts == before
    assert states(desk)[0] == "talking"


def test_a_key_acts_on_the_one_its_button_stands_on(
    desk: Desk, day: Seen, visits: tuple[str, ...], administrator: SignedIn
) -> None:
    actions.hold(desk.journal, visits[1], by=administrator)
    day.window.publish({"meetings.queue"})
    day.choose("people", 1)
    key(day, "F2")
    assert day.texts.count("F5") == 1
    key(day, "F5")
    assert states(desk)[:2] == ["waiting", "held"]
    key(day, "F5")
    assert states(desk)[:2] == ["waiting", "waiting"]


def test_where_nobody_else_receives_nobody_is_sent_on(
    desk: Desk, administrator: SignedIn, visits: tuple[str, ...], seen: Seen
) -> None:
    page = the_day(replace(desk, signed_in=lambda: administrator))
    look = page.day.look  # type: ignore[attr-defined]
    page.day.look = lambda shown: replace(look(shown), others=())  # type: ignore[attr-defined]
    seen.show(page, "en")
    key(seen, "F2")
    key(seen, "F6")
    assert seen.window.screen is page
    assert any("Nobody else receives today." in text for text in seen.texts)


def test_list_and_minutes_are_laid_into_the_tray(desk: Desk, day: Seen) -> None:
    day.press("print")
    assert "The list lies in the out-tray and is printed when a printer is free." in day.texts
    day.press("print-minutes")
    assert any("There are no minutes of this day." in text for text in day.texts)


def test_the_minutes_of_a_day_with_a_talk_are_laid_into_the_tray(
    desk: Desk, day: Seen, administrator: SignedIn
) -> None:
    draft = drafts.new(
        desk.clock, DAY, subject="water", name=NAMES[0], address="Абай көшесі, 12", official="Серік Жұмабеков",
        asked="Су жоқ.", explained="Сорғы жөнделеді.", begun=600, ended=612,
    )  # fmt: skip
    draft.assignments = [drafts.AssignmentForm("Сорғыны жөндеу", "Д. Әлібеков", days="10")]
    cases.record(desk.journal, draft, by=administrator)
    day.press("print-minutes")
    assert "The minutes lie in the out-tray and are printed when a printer is free." in day.texts
    (paper,) = OutTray(desk.store, desk.clock).papers()
    assert paper.kind == "sheet"


def test_the_list_has_the_keyboard_after_the_first_look(
    desk: Desk, administrator: SignedIn, visits: tuple[str, ...], seen: Seen
) -> None:
    seen.show(the_day(replace(desk, signed_in=lambda: administrator)), "en")
    assert seen.page.focused() == "people"
    seen.window.focus("print")
    key(seen, "F2")
    assert seen.page.focused() == "print"


def test_who_comes_is_marked_and_may_be_called_out_of_the_order_after_a_question(desk: Desk, day: Seen) -> None:
    day.choose("people", 2)
    key(day, "F5")
    assert states(desk)[2] == "waiting"
    day.press("call")
    assert "Call А-03 out of the order?" in day.texts
    day.press("safe")
    assert states(desk)[2] == "waiting"
    day.press("call")
    day.press("danger")
    assert states(desk)[2] == "called"
    day.choose("people", 0)
    assert "Called out of the order" in day.texts or "Called, room 2" in day.texts


def test_somebody_is_sent_on_to_the_deputy(desk: Desk, day: Seen) -> None:
    key(day, "F2")
    key(day, "F6")
    day.press("to-0")
    assert day.window.screen.name == "meetings.day"
    assert "In the queue: 2" in day.texts
    day.press("place")
    deputy = plan_now(desk).series[1].series.id
    day.press(f"series-{deputy}")
    day.press("save")
    assert {"In the queue: 1", "Call А-01"} <= set(day.texts)


def test_a_call_rebuilds_neither_page_nor_list(day: Seen) -> None:
    page, table = day.page, day.table("people")
    key(day, "F2")
    assert (day.page, day.table("people")) == (page, table)


def test_a_pc_that_was_off_asks_how_it_went_on(
    desk: Desk, administrator: SignedIn, visits: tuple[str, ...], seen: Seen, clock: FixedClock
) -> None:
    actions.call(desk.journal, visits[0], room=2, by=administrator)
    clock.pass_seconds(600)
    seen.show(the_day(replace(desk, signed_in=lambda: administrator)), "en")
    assert "This PC was switched off meanwhile. Say how it went on." in seen.texts
    seen.press("start")
    assert "This PC was switched off meanwhile. Say how it went on." not in seen.texts


def test_an_empty_day(desk: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(the_day(replace(desk, signed_in=lambda: administrator)), "en")
    assert "Nobody is booked for this day" in seen.texts


# ---- the board


def board(calls: tuple[BoardCall, ...] = (), **values: object) -> BoardNow:
    return BoardNow(DAY, calls, **{"waiting": 4, "wait": Span(20, 35), "begins": 600, "ends": 1020, **values})  # type: ignore[arg-type]


CALLS = tuple(BoardCall(f"{n}", f"А{n}", 3, n * 1000, n == 6) for n in range(6, 1, -1))


class Wall:
    """The board with hands: what it said, and what it is shown next."""

    def __init__(self, seen: Seen, now: BoardNow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen, self.now, self.said = seen, now, list[tuple[str, int]]()
        presenter = BoardPresenter(fetch=lambda: self.now, time=lambda: at(11, 14), say=self._say, leave=lambda: None)
        self.screen = BoardScreen(presenter)
        seen.show(self.screen)

    def _say(self, number: str, room: int) -> bool:
        self.said.append((number, room))
        return True

    def shows(self, now: BoardNow) -> list[str]:
        self.now = now
        self.screen.on_topics(self.seen.window.stage, self.screen.topics)
        settle(self.seen.window)
        return texts(self.seen.page)


MakeWall = Callable[[BoardNow], Wall]


@pytest.fixture
def wall(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> MakeWall:
    return lambda now: Wall(seen, now, monkeypatch)


def test_both_languages_stand_on_the_board_and_no_name(wall: MakeWall) -> None:
    shown = wall(board(CALLS)).shows(board(CALLS))
    assert {"А6", "3-бөлме", "Кабинет 3", "А2", "Кезекте 4 адам, күту уақыты: 20–35 минут", "11:14"} <= set(shown)
    assert {"20 қараша, жұма", "20 ноября, пятница", "Қабылдау аяқталады: 17:00"} <= set(shown)


def test_a_new_call_is_said_once_and_one_that_was_there_before_is_not(wall: MakeWall) -> None:
    one = wall(board(CALLS[1:]))
    assert one.said == []
    one.shows(board(CALLS))
    one.shows(board(CALLS, waiting=3))
    assert one.said == [("А6", 3)]
    again = BoardCall("6", "А6", 3, 9_000, True)
    one.shows(board((again, *CALLS[1:])))
    assert one.said == [("А6", 3), ("А6", 3)]


def test_the_next_day_starts_clean(wall: MakeWall) -> None:
    one = wall(board(CALLS))
    shown = one.shows(BoardNow(date(2026, 11, 21), next_day=date(2026, 12, 18)))
    assert {"Бүгін қабылдау жоқ", "18 желтоқсан, жұма", "Кезекте ешкім жоқ"} <= set(shown)
    assert (one.said, "А6" in shown) == ([], False)


def test_a_wait_that_is_not_known_is_not_guessed(wall: MakeWall) -> None:
    now = board(CALLS, wait=None)
    assert "Кезекте 4 адам, күту уақыты әзірге белгісіз" in wall(now).shows(now)


def test_before_the_first_call_the_rule_is_told(wall: MakeWall) -> None:
    shown = wall(board()).shows(board())
    assert {"10:00", "Без записи заходят в порядке прихода."} <= set(shown)


def test_who_was_received_stands_among_the_earlier_ones(wall: MakeWall) -> None:
    calls = (BoardCall("6", "А6", 3, 6_000, False), *CALLS[1:])
    shown = wall(board(calls)).shows(board(calls))
    assert {"Нөміріңіз шақырылғанша күтіңіз", "А6"} <= set(shown)
    assert "Қазір шақырылды" not in shown
    talking = (BoardCall("6", "А6", 3, 6_000, False, True), *CALLS[1:])
    assert "Қазір шақырылды" in wall(board(talking)).shows(board(talking))


def test_after_the_end_the_board_says_that_it_is_over(wall: MakeWall) -> None:
    now = board((), waiting=0, ends=None, over=True, next_day=date(2026, 12, 18))
    shown = wall(now).shows(now)
    assert {"Қабылдау аяқталды", "Приём окончен", "18 желтоқсан, жұма"} <= set(shown)
    assert "Қабылдау басталады" not in shown


def test_a_cut_line_is_told_with_the_age_of_what_is_shown(wall: MakeWall) -> None:
    now = board(CALLS, cut=True, cut_ms=round(at(11, 2).timestamp() * 1000))
    assert {"Байланыс жоқ, 11:02 деректері", "Нет связи, данные на 11:02"} <= set(wall(now).shows(now))
    never = board(cut=True)
    assert "Байланыс жоқ" in wall(never).shows(never)


@pytest.mark.parametrize("page", ["day", "called", "board", "cut", "over"])
def test_it_looks_right_in_every_language_and_size(
    page: str, desk: Desk, administrator: SignedIn, visits: tuple[str, ...], seen: Seen, wall: MakeWall
) -> None:
    if page == "board":
        wall(board(CALLS))
    elif page == "cut":
        wall(board(CALLS, cut=True, cut_ms=round(at(11, 2).timestamp() * 1000)))
    elif page == "over":
        wall(board(CALLS[1:], waiting=0, ends=None, over=True, next_day=date(2026, 12, 18)))
    else:
        if page == "called":
            actions.call(desk.journal, visits[0], room=2, by=administrator)
        seen.show(the_day(replace(desk, signed_in=lambda: administrator)))
    assert seen.wrong() == {}


def test_a_resident_with_a_ticket_says_that_they_have_come(
    desk: Desk, visits: tuple[str, ...], seen: Seen, clock: FixedClock
) -> None:
    from meetings.visits import room
    from meetings.visits.screens.own import OwnTicket, OwnVisitScreen

    own = OwnTicket(
        look_up=lambda _number, _code: room.own(desk, visits[2]),
        move=lambda visit, _day, _start: room.own(desk, visit),
        cancel=lambda visit: room.own(desk, visit),
        print_again=lambda _: None,
        times=lambda _: None,  # type: ignore[arg-type,return-value]
        come=lambda visit: actions.check_in(desk.journal, visit),
        today=lambda: DAY,
    )
    seen.show(OwnVisitScreen(own, room.own(desk, visits[2])), "en")
    seen.press("come")
    assert "You are in the queue. Look at the board: your number is called." in seen.texts
    assert states(desk)[2] == "waiting"
    seen.press("come")
    assert any("This ticket stands differently now." in text for text in seen.texts)


def test_a_ticket_that_is_read_is_gone_to_and_f5_says_that_they_are_here(desk: Desk, day: Seen) -> None:
    day.window.focus("next")
    reads(day, scan.content(DAY, "А-03", "582140"))
    assert NAMES[2] in day.texts
    assert states(desk)[0] == "waiting"  # the reader's Enter has called nobody
    reads(day, scan.content(DAY, "А-77", "582140"))
    assert "Ticket А-77 is not in this list." in " ".join(day.texts)
