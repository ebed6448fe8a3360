"""Every page of cases in every language and size: nothing cut off, small, pale, out of reach or untranslated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from meetings.cases import actions, correcting, drafts, own, records
from meetings.cases.actions import AnswerEmpty, check
from meetings.cases.correcting import check_correction
from meetings.cases.corrections import texts_of
from meetings.cases.records import Case
from meetings.cases.rules import ExtensionForm
from meetings.cases.screens import enter
from meetings.cases.screens.assignments import AssignmentsScreen
from meetings.cases.screens.case import CaseScreen
from meetings.cases.screens.correct import CorrectForm, CorrectScreen
from meetings.cases.screens.law import LawScreen
from meetings.cases.screens.own import OwnCaseScreen, WhyScreen
from meetings.cases.screens.protocol import ProtocolPresenter, ProtocolScreen
from meetings.cases.screens.step import StepForm, StepScreen, What
from meetings.cases.screens.texts import TextsScreen
from meetings.cases.starting import earlier
from tests.looks import is_translated, looks_right
from tests.printing.screens.test_looks import DATA

from .conftest import the_talk

pytestmark = pytest.mark.screen


@dataclass
class Past:
    """A desk with one appeal: answered, disputed, moved, corrected by two people apart."""

    room: Desk
    case: Case

    def step(self, what: What, **typed: str) -> Screen:
        with self.room.store.read() as db:
            one = records.assignments_of(db, self.case.id, calendar_of(db))[2]
        wrong = {"due": ExtensionForm(due="11.12.2026", limit="11.02.2027"), "text": AnswerEmpty()}
        return StepScreen(StepForm(what, one, _nothing, errors={line: why.for_staff for line, why in wrong.items()}))

    def own(self) -> own.OwnCase:
        return own.look_up(self.room, self.case.number, self.case.code)

    def assignments(self) -> Screen:
        drafts.keep(self.room.store, self.room.clock, the_talk())
        self.begin_to_correct()
        screen = enter.the_assignments(self.room)
        assert isinstance(screen, AssignmentsScreen)
        screen.list.now = screen.list.fetch()
        return screen

    def begin_to_correct(self) -> None:
        begun = drafts.CorrectionDraft(self.case.id, self.case.number, {"name": "Ерғалиев"}, "Қате.")
        drafts.keep_correction(self.room.store, self.room.clock, begun)

    def one(self, *, adding: bool = False) -> Screen:
        self.begin_to_correct()
        screen = enter.the_case(self.room, self.case)
        assert isinstance(screen, CaseScreen)
        now = screen.card.fetch()
        visited = replace(now.case, visit="1" * 32, received=now.today)
        screen.card.now, screen.card.adding = now._replace(case=visited, beside=(self.case,)), adding
        return screen

    def texts(self) -> Screen:
        with self.room.store.read() as db:
            return TextsScreen(self.case, texts_of(db, self.case))

    def correct(self) -> Screen:
        draft = the_talk(name="", asked="", iin="1")
        form = CorrectForm(self.case, draft, (), _nothing, _kept, _nothing, overtaken=True)
        form.errors = check_correction(draft, "")
        return CorrectScreen(form)

    def minutes(self) -> Screen:
        draft = the_talk(name="", address="", asked="", iin="1")
        draft.after = (self.case.id,)
        form = ProtocolPresenter(draft, _kept, _never, _nothing, tuple, _never, errors=check(draft))
        form.earlier = earlier(self.room, the_talk(name=self.case.name))
        return ProtocolScreen(form)


TALK = the_talk()
NAMES = (TALK.name, "Ерғалиева Бағдатгүл", "Ерғалиев Бағдат")
WHAT = [one.what for one in TALK.assignments]
SAID = {
    *DATA,
    *NAMES,
    TALK.address,
    TALK.asked,
    TALK.explained,
    TALK.official,
    *WHAT,
    *(f"{place}. {what}" for place, what in enumerate(WHAT, start=1)),
    "Сәдуақасова Айгүл: Аты қате жазылған.",
}
"""What people said and are called: it is never translated."""


def _nothing(*_: object) -> None:
    pass


def _never(*_: object) -> NoReturn:
    raise AssertionError


def _kept(_: object) -> drafts.Kept:
    return drafts.Kept()


SCREENS: dict[str, Callable[[Past], Screen]] = {
    "assignments": Past.assignments,
    "case": Past.one,
    "case, one more": lambda past: past.one(adding=True),
    "texts": Past.texts,
    "correct": Past.correct,
    "minutes": Past.minutes,
    "answer": lambda past: past.step("answer"),
    "extend": lambda past: past.step("extend"),
    "dispute": lambda past: past.step("dispute"),
    "reopen": lambda past: past.step("reopen"),
    "close": lambda past: past.step("close"),
    "law": lambda _: LawScreen(),
    "own": lambda past: OwnCaseScreen(past.own(), _never),
    "why": lambda past: WhyScreen(_never, _nothing),
}


@pytest.fixture
def past(room: Desk, administrator: SignedIn, case: Case, clock: FixedClock) -> Past:
    """Much has happened to it."""

    def assignment(place: int) -> records.Assignment:
        with room.store.read() as db:
            return records.assignments_of(db, case.id, calendar_of(db))[place]

    answered = actions.answer(room.journal, assignment(0), outcome="done", text="Қоршау қойылды.", by=administrator)
    actions.dispute(room.journal, answered.assignment, reason="partly", text="Бір жағында.", by=administrator)
    actions.answer(room.journal, assignment(1), outcome="done", text="Акт жасалды.", by=administrator)
    actions.extend(
        room.journal, assignment(2), until=date(2026, 12, 28), reason="money", text="Смета.", by=administrator
    )
    for name in ("Ерғалиева Бағдатгүл", "Ерғалиев Бағдат"):
        clock.pass_seconds(60)
        draft = correcting.draft_of(case)
        draft.name = name
        correcting.correct(room.journal, case, draft, "Аты қате жазылған.", seen=(), by=administrator)
    clock.turn_to(datetime(2026, 12, 1, 5, tzinfo=UTC))
    with room.store.read() as db:
        found = records.case_of(db, case.id)
    assert found is not None
    return Past(room, found)


@pytest.fixture(autouse=True)
def _own_words(window: Window) -> Iterator[None]:
    """The window is every test's: it speaks our languages again afterwards."""
    words = window.words
    yield
    window.speak(words)


@pytest.mark.parametrize("name", SCREENS)
def test_all_is_whole_in_reach_and_translated_in_every_language_and_size(window: Window, past: Past, name: str) -> None:
    looks_right(window, SCREENS[name](past))
    is_translated(window, SCREENS[name](past), SAID)
