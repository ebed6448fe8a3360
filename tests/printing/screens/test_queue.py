"""Staff: today's documents, stuck papers, and what is decided about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.surface import Box
from printing.devices.errors import NotReached, OptionsRefused
from printing.handing import MainPcSilent
from printing.held_job import Found, HeldJob
from printing.records import DayTotals
from printing.release import PrinterChoice
from printing.room import StuckPaper
from printing.rules import Options
from printing.screens.queue import QueueScreen
from printing.screens.queue_presenter import Queue, QueuePresenter
from printing.spool import SpooledJob

from .conftest import Next, Person, held_job, job_of  # type: ignore[import-not-found]

TOTALS = DayTotals(3, 11, 8, 230)
PAPER = StuckPaper(7, Sentence("Ticket {number}", {"number": "Қ-17"}), True, 1, "printer-reply-lost", 1_795_158_000_000)


def job(number: int, **more: object) -> SpooledJob:
    found: SpooledJob = job_of(job=f"{number:032x}", code=f"{4800 + number}", **more)
    return found


@dataclass
class Room:
    """What staff did."""

    queue: Queue
    did: list[tuple[object, ...]] = field(default_factory=list)

    def fetch(self, typed: str) -> Queue:
        held = tuple(one for one in self.queue.held.jobs if one.code.startswith(typed))
        return replace(self.queue, held=Found(held, len(held), sum(one.waits for one in held)))

    def presenter(self) -> QueuePresenter:
        def note(what: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
            return lambda *given: self.did.append((what, *given))

        return QueuePresenter(
            self.fetch,
            open=lambda job, again: self.did.append(("open", job, again)) or Next(),  # type: ignore[func-returns-value]
            stop=note("stop"),
            settle=note("settle"),
            settle_some=note("settle some"),
            move=note("move"),
            hand_over=note("hand over"),
            take_back=note("take back"),
            paper_printed=note("printed"),
            paper_again=note("again"),
            paper_dropped=note("dropped"),
        )


def room_of(
    *jobs: SpooledJob, papers: tuple[StuckPaper, ...] = (), held: tuple[HeldJob, ...] = (), away: bool = False
) -> Room:
    return Room(Queue(jobs, papers, TOTALS, Found(held, len(held), sum(one.waits for one in held)), PRINTERS, away))


PRINTERS = (
    PrinterChoice(1, "Кеңсе", "", False, True),
    PrinterChoice(2, "Түрлі түсті", "", True, True),
)


def held_of(number: int, **more: object) -> HeldJob:
    found: HeldJob = held_job(held=f"{number:032x}", code=f"{3800 + number}", **more)
    return found


# -- without a display --------------------------------------------------------------------------------------------


def chosen(room: Room, key: str = "") -> object:
    presenter = room.presenter()
    presenter.now, presenter.chosen = room.queue, key
    return presenter.choice()


def test_what_waits_for_a_decision_is_chosen_by_itself() -> None:
    uncertain = job(2, state="uncertain")
    room = room_of(job(1, state="done"), uncertain)
    assert chosen(room) == uncertain
    assert chosen(room, f"{1:032x}") == room.queue.jobs[0]
    assert chosen(room_of(job(1), uncertain, papers=(PAPER,))) == PAPER
    assert chosen(room_of()) is None


def test_a_chosen_row_that_is_gone_gives_way() -> None:
    assert chosen(room_of(job(1)), "gone") == job(1)


# -- on the screen ------------------------------------------------------------------------------------------------


@pytest.mark.screen
class TestOnTheScreen:
    def open(self, person: Person, room: Room) -> Person:
        person.comes_to(QueueScreen(room.presenter()))
        return person

    def test_a_day_is_listed_with_its_sums(self, person: Person) -> None:
        self.open(person, room_of(job(1, state="done", printed=3), job(2, state="printing")))
        assert {
            "To the till today: 230\u00a0₸",
            "Printed today: pages 11, sheets 8",
            "4801",
            "Printed",
            "60\u00a0₸",
        } <= set(person.sees())
        table = person.window.topmost.controls["queue"]
        rows = [row and tuple(row.cells) for row in table.visible_rows]  # type: ignore[attr-defined]
        assert rows == [
            ("4801", "3", "1", "black and white", "60\u00a0₸", "", "12:00", "Printed"),
            ("4802", "3", "1", "black and white", "60\u00a0₸", "", "12:00", "Being printed"),
        ]

    def test_the_list_is_drawn_once(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn: list[bool] = []
        build = QueueScreen.build

        def note(screen: QueueScreen, body: Box, stage: Stage) -> None:
            drawn.append(screen.queue.now is not None)
            build(screen, body, stage)

        monkeypatch.setattr(QueueScreen, "build", note)
        self.open(person, room_of(job(1)))
        assert drawn == [True]

    def test_a_day_without_documents_says_so(self, person: Person) -> None:
        assert "No document waits, and none was printed today" in self.open(person, room_of()).sees()

    @pytest.mark.parametrize(("button", "printed"), [("printed", True), ("not-printed", False)])
    def test_staff_decide_what_the_printer_did_not_tell(self, person: Person, button: str, printed: bool) -> None:
        uncertain = job(1, state="uncertain")
        room = room_of(uncertain)
        self.open(person, room).presses(button)
        assert room.did == [("settle", uncertain, printed)]

    def test_staff_count_the_sheets_of_one_that_came_out_in_part(self, person: Person) -> None:
        uncertain = job(1, state="uncertain")  # of three sheets
        room = room_of(uncertain)
        self.open(person, room).presses("sheets-more")
        person.presses("sheets-more")
        person.presses("some")
        assert room.did == [("settle some", uncertain, 2)]

    def test_of_a_document_that_is_begun_the_rest_is_paid(self, person: Person) -> None:
        begun = held_of(1, options=Options(out=2))
        assert {"Sheets out already", "2", "To pay for the rest"} <= set(
            self.open(person, room_of(held=(begun,))).sees()
        )

    def test_a_moving_job_can_be_stopped_after_a_question(self, person: Person) -> None:
        moving = job(1, state="printing")
        room = room_of(moving)
        self.open(person, room).presses("stop")
        person.presses("danger")
        assert room.did == [("stop", moving)]
        room.queue = replace(room.queue, jobs=(replace(moving, stop_wanted=True),))
        person.window.publish({"printing.queue"})
        assert "Printing is being stopped." in person.sees()
        assert "stop" not in person.controls

    def test_what_a_stopped_job_costs_is_what_came_out(self, person: Person) -> None:
        assert "20\u00a0₸" in self.open(person, room_of(job(1, state="stopped", printed=1))).sees()

    def test_why_a_job_does_not_print_is_told_with_what_to_do(self, person: Person) -> None:
        refused = job(1, state="failed", reason=OptionsRefused.code, told={"options": "sides"})
        told = self.open(person, room_of(refused)).sees()
        assert {"The printer refused these options: sides.", "Change the options or choose another printer."} <= set(
            told
        )

    @pytest.mark.parametrize(("place", "said"), [("here", "only on this PC so far"), ("host", "on the main PC")])
    def test_of_what_was_printed_it_is_told_where_its_record_is_safe(
        self, person: Person, place: str, said: str
    ) -> None:
        printed, held = job(1, state="done"), held_of(2, state="done", job=job(3, state="done"))
        for room in (room_of(printed), room_of(held=(held,))):
            room.queue = replace(room.queue, places={printed.job: place, f"{3:032x}": place})
            assert said in self.open(person, room).sees()
        assert said not in self.open(person, room_of(printed)).sees()  # in a room of one PC it is no question

    def test_papers_of_the_room_cost_nothing(self, person: Person) -> None:
        told = self.open(person, room_of(job(1, state="uncertain", paper=7))).sees()
        assert "A paper of the room: nothing to pay." in told
        assert ("It printed" in told, "It printed: charge" in told, "60\u00a0₸" in told) == (True, False, False)

    @pytest.mark.parametrize(("button", "did"), [("printed", "printed"), ("not-printed", "again"), ("drop", "dropped")])
    def test_a_paper_nobody_knows_about_is_decided_too(self, person: Person, button: str, did: str) -> None:
        room = room_of(job(1, state="done"), papers=(PAPER,))
        told = self.open(person, room).sees()
        assert {"Ticket Қ-17", "№ 7"} <= {*told, *_keys(person)}
        person.presses(button)
        assert room.did == [(did, 7)]

    @pytest.mark.parametrize(("button", "did"), [("again", "again"), ("drop", "dropped")])
    def test_a_paper_that_waits_is_hurried_or_dropped(self, person: Person, button: str, did: str) -> None:
        room = room_of(papers=(replace(PAPER, asking=False, why="printer-not-reached"),))
        self.open(person, room).presses(button)
        assert room.did == [(did, 7)]

    def test_another_row_shows_its_own_panel(self, person: Person) -> None:
        self.open(person, room_of(job(1, state="done"), job(2, state="done", options=Options(copies=2))))
        table = person.window.topmost.controls["queue"]
        table.choose(1)  # type: ignore[attr-defined]
        assert "4802" in person.sees()

    def test_documents_that_wait_are_listed_with_their_pc_and_their_price(self, person: Person) -> None:
        done = job(3, state="done")
        waits, late = held_of(1), held_of(2, state="expired", there=False, seat=0)
        told = self.open(person, room_of(done, held=(waits, late))).sees()
        assert {"Waiting for release: 1. Printed today: pages 11, sheets 8", "3801", "PC 3", "Waits until"} <= set(told)
        table = person.window.topmost.controls["queue"]
        rows = [row and tuple(row.cells) for row in table.visible_rows]  # type: ignore[attr-defined]
        assert rows == [
            ("3801", "3", "1", "black and white", "60\u00a0₸", "№ 3", "12:00", "Waits to be released"),
            ("3802", "3", "1", "black and white", "60\u00a0₸", "", "12:00", "Its time is over, destroyed"),
            ("4803", "3", "1", "black and white", "60\u00a0₸", "", "12:00", "Printed"),
        ]

    def test_a_code_and_enter_open_the_document(self, person: Person) -> None:
        waits = held_of(1), held_of(2)
        room = room_of(held=waits)
        self.open(person, room).types("find", "3802", enter=True)
        person.sees()
        assert (room.did, person.screen) == ([("open", waits[1], False)], "next")

    def test_a_code_that_nobody_has_says_so_and_keeps_what_is_typed(self, person: Person) -> None:
        room = room_of(held=(held_of(1),))
        self.open(person, room).types("find", "99", enter=True)
        assert "No document has this code" in person.sees()
        assert (room.did, person.entry("find").get()) == ([], "99")

    def test_what_is_typed_filters_the_list_and_the_list_itself_stays(self, person: Person) -> None:
        self.open(person, room_of(held=tuple(held_of(number) for number in (1, 2, 13))))
        table = person.window.topmost.controls["queue"]
        for typed, codes in (("3", ["3801", "3802", "3813"]), ("81", ["3813"])):
            person.types("find", typed)
            assert [row and row.cells[0] for row in table.visible_rows] == codes  # type: ignore[attr-defined]
            assert codes[0] in person.sees()
        assert person.window.topmost.controls["queue"] is table
        person.types("find", "9")
        assert "No document has this code" in person.sees()
        person.entry("find").delete(0, "end")
        assert {"3801", "Waiting for release: 3. Printed today: pages 11, sheets 8"} <= set(person.sees())

    def test_who_types_faster_than_is_found_is_shown_what_they_typed_last(self, person: Person) -> None:
        room, asked = room_of(held=(held_of(1), held_of(2))), list[str]()
        self.open(person, room)
        found = room.fetch
        screen = person.window.screen
        assert isinstance(screen, QueueScreen)
        typed_meanwhile = iter(["3", "8", "0", "2"])

        def fetch(typed: str) -> Queue:
            asked.append(typed)
            screen.queue.typed += "".join(typed_meanwhile)
            return found(typed)

        screen.queue.fetch = fetch
        screen._type(person.window.stage, "")
        assert asked == ["", "3802"]
        table = person.window.topmost.controls["queue"]
        assert [row and row.cells[0] for row in table.visible_rows] == ["3802"]  # type: ignore[attr-defined]

    def test_a_document_that_came_out_can_be_printed_again_while_it_is_kept(self, person: Person) -> None:
        done = held_of(1, state="done", job=job(1, state="done", printed=3))
        room = room_of(held=(done,))
        self.open(person, room).presses("again")
        assert room.did == [("open", done, True)]

    def test_what_waits_for_a_silent_printer_goes_to_another(self, person: Person) -> None:
        stuck = held_of(
            1, state="released", job=job(1, state="waiting", reason=NotReached.code, told={"address": "hp"})
        )
        room = room_of(held=(stuck,))
        self.open(person, room).presses("Түрлі түсті")
        assert room.did == [("move", stuck, 2)]

    def test_of_a_released_document_staff_decide_too(self, person: Person) -> None:
        unsure = held_of(1, state="released", job=job(1, state="uncertain", printed=2, reason="aborted"))
        room = room_of(held=(unsure,))
        assert {
            "The printer gave the document up and does not say why.",
            "Look at the printer's own panel, and into the tray: some sheets may have come out.",
            "The printer counted this many pages: 2",
            "Look in the tray. Are the sheets there?",
            "The rest waits again under the same code.",
        } <= set(self.open(person, room).sees())
        person.presses("not-printed")
        assert room.did == [("settle", unsure, False)]

    @pytest.mark.parametrize(
        ("answers", "did"),
        [((), [False]), (("Leave it",), [False]), (("danger",), [False, True])],
        ids=["the main PC answers", "staff leave it", "staff have looked"],
    )
    def test_what_the_main_pc_does_not_confirm_is_taken_back_after_a_look(
        self, person: Person, answers: tuple[str, ...], did: list[bool]
    ) -> None:
        room = room_of(held=(held_of(1, state="handing"),), away=True)
        presenter, took = room.presenter(), []

        def take_back(job: HeldJob, sure: bool) -> None:
            took.append(sure)
            if answers and not sure:
                raise MainPcSilent

        presenter.take_back = take_back
        person.comes_to(QueueScreen(presenter))
        assert "The main PC has not said that it has this document. It is asked again by itself." in person.sees()
        person.presses("hand-over")
        person.presses("take-back")
        for answer in answers:
            person.presses(answer)
        assert (room.did, took) == ([("hand over", room.queue.held.jobs[0])], did)

    def test_a_main_pc_that_is_away_is_told_of(self, person: Person) -> None:
        told = self.open(person, room_of(held=(held_of(1),), away=True)).sees()
        assert "The main PC does not answer. Only the documents of this PC are listed." in told


def _keys(person: Person) -> list[str]:
    table = person.window.topmost.controls["queue"]
    return [row.cells[0] for row in table.visible_rows if row]  # type: ignore[attr-defined]
