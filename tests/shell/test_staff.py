"""Staff at a PC: the PIN with its waits, the pages of each role, the figures, the state of this PC."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import Check, Desk, Figure, Finding, OverviewCard, Role, Service, StaffPage, find_services
from akimat_desk.shell.staff import AWAY_AFTER, ROLE_WORDS
from akimat_desk.ui.idle import GRACE
from akimat_desk.ui.inspect import texts
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.surface import Box, Text

from .conftest import ADMINISTRATOR, PIN, TRAINER, OpenApp, Opened

pytestmark = pytest.mark.screen

WRONG = "581937"


def _try(opened: Opened, pin: str) -> None:
    opened.hands.type("pin", pin)
    opened.hands.press("continue")


class TestSigningIn:
    def test_a_name_and_six_digits_open_the_overview(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village, words=Translator((), "en")).ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        facts = opened.app.staff.facts("")
        assert (facts.user, facts.role, facts.current) == (ADMINISTRATOR, "administrator", "today")

    def test_a_wrong_pin_says_how_many_tries_are_left_and_is_not_kept(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village, words=Translator((), "en")).ready()
        opened.sign_in(pin=WRONG)
        said = "This is not the PIN. Tries left: 4. Type it again."
        opened.hands.wait(lambda: said in opened.texts, said)
        assert opened.app.window.page.focused() == "pin"
        assert opened.app.window.page.controls["pin"].value == ""  # type: ignore[attr-defined]

    @pytest.mark.parametrize("turned_to", [1970, 2099])
    def test_after_five_wrong_pins_one_waits_whatever_the_clock_and_after_a_restart(
        self, village: Home, open_app: OpenApp, clock: FixedClock, turned_to: int
    ) -> None:
        opened = open_app(village, words=Translator((), "en")).ready()
        opened.sign_in(pin=WRONG)
        for left in (4, 3, 2, 1):
            said = f"This is not the PIN. Tries left: {left}. Type it again."
            opened.hands.wait(lambda said=said: said in opened.texts, said)  # type: ignore[misc]
            _try(opened, WRONG)
        said = "The next try is possible at this time: 10:01."
        opened.hands.wait(lambda: any(said in text for text in opened.texts), said)

        clock.turn_to(datetime(turned_to, 1, 2, tzinfo=UTC))
        again = open_app(village, words=Translator((), "en")).ready()
        again.sign_in(pin=PIN)
        again.answered()  # the same is said as soon as the name is chosen, before the PIN has been looked at
        waits = "The next try is possible at this time"
        again.hands.wait(lambda: any(waits in text for text in again.texts), waits)
        assert again.app.staff.person is None
        clock.pass_seconds(60)
        _try(again, PIN)
        again.hands.shows("shell.today")

    def test_the_residents_screen_is_one_press_away(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        opened.hands.press("staff")
        opened.hands.shows("shell.sign_in")
        opened.hands.press("back")
        assert opened.app.window.screen.name == "shell.home"

    def test_a_residents_session_ends_before_staff_sign_in(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        opened.hands.press("tile-0")
        opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
        opened.app.window.home()
        opened.hands.press("staff")
        opened.hands.press("danger")
        opened.hands.shows("shell.farewell")
        assert opened.app.staff.person is None

    def test_leaving_gives_a_residents_pc_back_to_residents(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        opened.hands.press("user")
        assert opened.app.staff.person is None
        assert opened.app.window.screen.name == "shell.home"


@dataclass
class Invented:
    """A service that a test bakes."""

    waiting: int = 2
    figures: list[Figure] = field(default_factory=lambda: [Figure("Loaves", "12", "good")])
    finding: Finding = field(default_factory=lambda: Finding("works", "The oven is warm."))
    fails: bool = False

    def _or_fail(self, value: object) -> object:
        if self.fails:
            raise Unavailable
        return value

    def door(self) -> Service:
        module = types.ModuleType("invented_bakery")
        module.badge = lambda _: self._or_fail(self.waiting)  # type: ignore[attr-defined]
        module.grain = lambda _: 3  # type: ignore[attr-defined]
        module.figures = lambda _: self._or_fail(tuple(self.figures))  # type: ignore[attr-defined]
        module.oven = lambda _: self._or_fail(self.finding)  # type: ignore[attr-defined]
        module.page = lambda _: OvenScreen()  # type: ignore[attr-defined]
        module.mill = lambda _: MillScreen()  # type: ignore[attr-defined]
        sys.modules["invented_bakery"] = module
        return Service(
            "bakery",
            "Bakery",
            20,
            staff_pages=(
                StaffPage("Oven", "house", "invented_bakery:page", "staff", "invented_bakery:badge"),
                StaffPage("Flour", "house", "invented_bakery:page", "trainer"),
                StaffPage("Mill", "house", "invented_bakery:mill", "administrator", "invented_bakery:grain", "set-up"),
            ),
            overview=OverviewCard("Bakery", "house", "invented_bakery:figures"),
            topics=frozenset({"bread"}),
            checks=(Check("Oven", "invented_bakery:oven"),),
        )


class OvenScreen(Screen):
    """A page of the invented service."""

    name = "bakery.oven"
    frame = "staff"

    def build(self, body: Box, stage: Stage) -> None:
        Text(body, "The oven").pack()


class MillScreen(OvenScreen):
    """A page on a shelf."""

    name = "bakery.mill"


@pytest.fixture
def bakery(monkeypatch: pytest.MonkeyPatch) -> Invented:
    monkeypatch.delitem(sys.modules, "invented_bakery", raising=False)
    return Invented()


Enter = Callable[..., Opened]


@pytest.fixture
def enter(village: Home, open_app: OpenApp, bakery: Invented) -> Enter:
    """Signed in on a desk whose only service with pages is the bakery."""

    def enter(name: str = ADMINISTRATOR) -> Opened:
        office = tuple(
            replace(service, checks=(), overview=None, staff_pages=(), first_run=None)
            for service in find_services()
            if service.name == "office"
        )
        opened = open_app(village, services=(*office, bakery.door()), words=Translator((), "en")).ready()
        opened.sign_in(name)
        opened.hands.shows("shell.today")
        opened.hands.wait(lambda: getattr(opened.app.window.screen, "complete", False), "the checks")
        return opened

    return enter


class TestThePages:
    def test_an_administrator_sees_all_and_a_trainer_their_own(self, enter: Enter) -> None:
        assert [row.title for row in enter().app.staff.facts("").rows] == ["Today", "Oven", "Flour", "Management"]
        assert [row.title for row in enter(TRAINER).app.staff.facts("").rows] == ["Today", "Flour"]

    def test_a_page_opens_by_its_row_and_from_its_card(self, enter: Enter) -> None:
        opened = enter()
        opened.hands.press("page-bakery-1")
        opened.hands.shows("bakery.oven")
        assert opened.app.staff.facts("").current == "bakery-1"
        opened.hands.press("page-today")
        opened.hands.press("open-bakery-0")
        opened.hands.shows("bakery.oven")
        assert opened.app.staff.facts("").current == "bakery-0"

    def test_a_shelf_opens_by_its_row_and_by_a_page_of_it_and_closes_when_another_is_opened(self, enter: Enter) -> None:
        opened = enter()
        window = opened.app.window

        def seen() -> list[str]:
            return [name for name in window.page.controls if name.startswith("page-")]

        opened.hands.wait(lambda: "3" in texts(window.page.controls["page-set-up"]), "what waits on the shelf")
        assert seen() == ["page-today", "page-bakery-0", "page-bakery-1", "page-set-up"]
        opened.hands.press("page-set-up")
        assert seen() == ["page-today", "page-bakery-0", "page-bakery-1", "page-set-up", "page-bakery-2"]
        assert window.screen.name == "shell.today"
        opened.hands.press("page-set-up")
        assert seen() == ["page-today", "page-bakery-0", "page-bakery-1", "page-set-up"]
        opened.hands.open_page("invented_bakery:mill")
        opened.hands.shows("bakery.mill")
        assert "page-bakery-2" in seen()
        opened.hands.press("page-bakery-0")
        opened.hands.shows("bakery.oven")
        assert "page-bakery-2" not in seen()

    def test_a_badge_counts_what_waits_and_follows_its_topic(self, enter: Enter, bakery: Invented) -> None:
        opened = enter()

        def badge() -> int:
            return {row.key: row.badge for row in opened.app.staff.facts("").rows}["bakery-0"]

        opened.hands.wait(lambda: badge() == 2, "the badge")
        bakery.waiting = 5
        opened.app._changed_elsewhere(frozenset({"bread"}))
        opened.hands.wait(lambda: badge() == 5, "the new badge")

    def test_what_cannot_be_counted_hinders_nothing(
        self, enter: Enter, bakery: Invented, caplog: pytest.LogCaptureFixture
    ) -> None:
        bakery.fails = True
        opened = enter()
        assert any(text.startswith("Today: ") for text in opened.texts)
        said = {record.getMessage() for record in caplog.records}
        opened.hands.wait(
            lambda: (
                {"badge of bakery-0: unavailable", "figures of bakery: unavailable"}
                <= {record.getMessage() for record in caplog.records}
            ),
            "the log",
        )
        assert said <= {"badge of bakery-0: unavailable", "figures of bakery: unavailable"}


class TestToday:
    def test_figures_and_this_pc(self, enter: Enter) -> None:
        texts = enter().texts
        assert "Today: Friday 20 November" in texts
        assert [text for text in texts if text in ("12", "Loaves")] == ["12", "Loaves"]
        assert [text for text in texts if "oven" in text.lower()] == ["Oven", "Oven"]
        assert "Everything works." in texts

    def test_what_works_is_told_in_full_when_asked(self, enter: Enter) -> None:
        opened = enter()
        opened.hands.press("details")
        assert "The oven is warm." in opened.texts
        opened.hands.press("details")
        assert "The oven is warm." not in opened.texts

    def test_figures_follow_their_topic_and_the_checks_the_button(self, enter: Enter, bakery: Invented) -> None:
        opened = enter()
        bakery.figures = [Figure("Loaves", "13")]
        bakery.finding = Finding("broken", "The oven is cold.", "Light it: {how}.", (("how", "matches"),))
        opened.app._changed_elsewhere(frozenset({"bread"}))
        opened.hands.wait(lambda: "13" in opened.texts, "the new figure")
        assert "The oven is cold." not in opened.texts
        opened.hands.press("look-again")
        opened.hands.wait(lambda: "The oven is cold." in opened.texts, "the new finding")
        assert "Light it: matches." in opened.texts
        assert "Everything works." not in opened.texts

    def test_the_day_and_the_words_follow_the_language(self, enter: Enter) -> None:
        opened = enter()
        opened.app.window.switch_language("kk")
        assert any("20 қараша, жұма" in text for text in opened.texts)


def test_every_role_has_a_word() -> None:
    assert set(ROLE_WORDS) == set(get_args(Role))


def test_the_desk_knows_who_works(village: Home, open_app: OpenApp) -> None:
    opened = open_app(village).ready()
    desk = opened.app.desk
    assert isinstance(desk, Desk)
    assert desk.signed_in() is None
    opened.sign_in(TRAINER)
    opened.hands.shows("shell.today")
    person = desk.signed_in()
    assert person is not None
    assert (person.name, person.role) == (TRAINER, "trainer")


class TestBeingAway:
    """Staff who go away are asked, signed out, and find what they typed."""

    NAME = "Ізбасарова Ләззат"

    def _ring(self, opened: Opened, clock: FixedClock, seconds: float) -> None:
        """Let time pass, and the idle check look at the clock as its timer would."""
        clock.pass_seconds(seconds)
        assert opened.app.window.idle is not None
        opened.app.window.idle._ring()

    def _half_typed(self, opened: Opened) -> None:
        opened.sign_in()
        opened.hands.shows("shell.today")
        opened.hands.open_page("akimat_desk.office.screens.enter:the_residents")
        opened.hands.press("register")
        opened.hands.type("surname", self.NAME)

    def _surname(self, opened: Opened) -> str:
        opened.hands.until("surname")
        value: str = opened.app.window.page.controls["surname"].value  # type: ignore[attr-defined]
        return value

    def test_they_are_asked_with_a_countdown_and_may_stay(
        self, staff_village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(staff_village, words=Translator((), "en")).ready()
        self._half_typed(opened)
        self._ring(opened, clock, AWAY_AFTER - 1)
        assert opened.app.window.topmost is opened.app.window.page
        self._ring(opened, clock, 1)
        said = "In {} seconds you are signed out. What you typed waits until you sign in again."
        assert said.format(60) in opened.texts
        self._ring(opened, clock, 20)
        assert said.format(40) in opened.texts
        opened.hands.press("stay")
        assert opened.app.window.topmost is opened.app.window.page
        assert self._surname(opened) == self.NAME
        self._ring(opened, clock, AWAY_AFTER - 1)
        assert opened.app.window.topmost is opened.app.window.page

    def test_whoever_comes_back_goes_on_where_they_were(
        self, staff_village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(staff_village, words=Translator((), "en")).ready()
        self._half_typed(opened)
        self._ring(opened, clock, AWAY_AFTER)
        self._ring(opened, clock, GRACE)
        opened.hands.shows("shell.sign_in")
        assert opened.app.staff.person is None
        assert self.NAME not in opened.texts
        opened.sign_in()
        assert self._surname(opened) == self.NAME
        said = "You were signed out because nobody was here. Time: 10:15. Go on where you were."
        assert said in opened.texts
        assert opened.app.staff.facts("").current == "office-0"
        opened.app.window.back()
        opened.hands.until("register")

    def test_somebody_else_finds_nothing_of_it_and_takes_nothing_away(
        self, staff_village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(staff_village).ready()
        self._half_typed(opened)
        self._ring(opened, clock, AWAY_AFTER)
        self._ring(opened, clock, GRACE)
        opened.sign_in(TRAINER)
        opened.hands.shows("shell.today")
        opened.app.staff.sign_out()
        opened.hands.shows("shell.sign_in")
        opened.sign_in()
        assert self._surname(opened) == self.NAME

    def test_a_pin_that_was_being_typed_does_not_wait(
        self, staff_village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(staff_village).ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        opened.hands.open_page("akimat_desk.office.screens.enter:the_own_pin")
        opened.hands.type("old", PIN)
        self._ring(opened, clock, AWAY_AFTER)
        self._ring(opened, clock, GRACE)
        opened.sign_in()
        opened.hands.until("old")
        assert opened.app.window.page.controls["old"].value == ""  # type: ignore[attr-defined]

    def test_on_a_residents_pc_the_home_is_there_again(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        self._ring(opened, clock, AWAY_AFTER)
        self._ring(opened, clock, GRACE)
        opened.hands.shows("shell.home")

    def test_whoever_signs_out_themselves_begins_anew(
        self, staff_village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(staff_village).ready()
        self._half_typed(opened)
        opened.app.staff.sign_out()
        assert opened.app.window.idle is not None
        assert not opened.app.window.idle.running
        opened.sign_in()
        opened.hands.shows("shell.today")
