"""The paper: followed to its end, stopped, told in words and drawings, paid by a slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.ui.widgets.drawing import Drawing
from printing.devices.errors import OptionsRefused
from printing.rules import Options
from printing.screens.progress import ProgressPresenter, ProgressScreen
from printing.spool import SpooledJob, SpoolFull

from .conftest import Next, Person, job_of  # type: ignore[import-not-found]


class Job:
    """A job whose story is told by the test."""

    def __init__(self, **now: object) -> None:
        self.now: SpooledJob = job_of(**now)
        self.stopped = 0
        self.slips: list[SpooledJob] = []

    def presenter(self, slip: Callable[[SpooledJob], object] | None = None) -> ProgressPresenter:
        return ProgressPresenter(self.now, lambda: self.now, self._stop, slip or self.slips.append, Next)

    def _stop(self) -> None:
        self.stopped += 1


# -- without a display --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "printed", "to_pay", "slip"),
    [
        ("waiting", None, 60, False),
        ("printing", 1, 60, False),
        ("done", 3, 60, True),
        ("stopped", 2, 40, True),
        ("stopped", 0, 0, False),
        ("failed", 0, None, False),
        ("uncertain", None, None, False),
    ],
)
def test_what_is_to_pay_is_what_came_out(state: str, printed: int | None, to_pay: int | None, slip: bool) -> None:
    presenter = Job(state=state, printed=printed).presenter()
    assert (presenter.to_pay, presenter.offers_slip) == (to_pay, slip)
    presenter.slip_asked = True
    assert not presenter.offers_slip


# -- on the screen ------------------------------------------------------------------------------------------------


@pytest.mark.screen
class TestOnTheScreen:
    def follow(self, person: Person, job: Job) -> None:
        person.window.screen.on_show(person.window.stage)
        person.sees()

    def test_a_job_is_followed_to_the_end(self, person: Person) -> None:
        job = Job(state="waiting")
        person.comes_to(ProgressScreen(job.presenter()))
        assert {"Your document is in the queue", "4821", "60\u00a0₸"} <= set(person.sees())
        job.now = job_of(state="printing", printed=2)
        self.follow(person, job)
        assert "Printing: page 2 of 3" in person.sees()
        job.now = job_of(state="done", printed=3)
        self.follow(person, job)
        assert {"Your document is ready", "Your file is erased from this computer."} <= set(person.sees())
        assert [name for name in person.controls if name in ("back", "continue", "stop")] == ["back", "continue"]

    def test_another_file_begins_anew_and_start_goes_home(self, person: Person) -> None:
        person.comes_to(ProgressScreen(Job(state="done").presenter()))
        person.presses("back")
        assert person.screen == "next"
        person.comes_to(ProgressScreen(Job(state="done").presenter()))
        person.presses("continue")
        assert person.screen == "home"

    def test_stopping_is_asked_about_first(self, person: Person) -> None:
        job = Job(state="printing")
        person.comes_to(ProgressScreen(job.presenter()))
        person.presses("stop")
        assert "Sheets already printed are charged." in person.sees()
        person.presses("safe")
        assert job.stopped == 0
        person.presses("stop")
        person.presses("danger")
        assert job.stopped == 1
        job.now = job_of(state="printing", stop_wanted=True)
        self.follow(person, job)
        assert "Printing is being stopped." in person.sees()
        assert "stop" not in person.controls
        job.now = job_of(state="stopped", printed=1)
        self.follow(person, job)
        assert {"Printing was stopped", "20\u00a0₸"} <= set(person.sees())

    @pytest.mark.parametrize(
        ("now", "words"),
        [
            (
                {"state": "printing", "reason": "media-empty"},
                "The printer is out of paper. Printing goes on by itself once paper is added.",
            ),
            (
                {"state": "failed", "reason": OptionsRefused.code, "told": {"options": "sides"}},
                "This printer cannot print the document as you chose. Choose other options.",
            ),
            ({"state": "uncertain"}, "We cannot tell whether it printed. Look in the tray and call a member of staff."),
        ],
    )
    def test_what_stands_in_the_way_is_said_and_drawn(self, person: Person, now: dict[str, object], words: str) -> None:
        person.comes_to(ProgressScreen(Job(**now).presenter()))
        assert words in person.sees()
        from akimat_desk.ui.inspect import walk

        assert [type(each) for each in walk(person.window.topmost) if isinstance(each, Drawing)] == [Drawing]

    def test_a_slip_is_printed_once(self, person: Person) -> None:
        job = Job(state="done", printed=3)
        person.comes_to(ProgressScreen(job.presenter()))
        person.presses("slip")
        assert job.slips == [job.now]
        assert "slip" not in person.controls
        assert "Your slip is being printed." in person.sees()

    def test_a_slip_that_did_not_get_into_the_tray_can_be_asked_for_again(self, person: Person) -> None:
        def full(_: SpooledJob) -> None:
            raise SpoolFull

        person.comes_to(ProgressScreen(Job(state="done", printed=3).presenter(full)))
        person.presses("slip")
        assert any("disk is full" in words for words in person.sees())
        assert "slip" in person.controls

    def test_a_look_that_fails_is_taken_again(self, person: Person) -> None:
        job = Job(state="printing")
        presenter = job.presenter()
        looks: list[str] = []

        def fetch() -> SpooledJob:
            looks.append("look")
            if len(looks) == 1:
                raise SpoolFull
            return job_of(state="done", printed=3)

        presenter.fetch = fetch
        person.comes_to(ProgressScreen(presenter))
        assert "Your document is printing" in person.sees()
        self.follow(person, job)
        assert "Your document is ready" in person.sees()

    @pytest.mark.parametrize("growth", [150, 200])
    def test_in_larger_text_code_and_price_are_told_all_the_same(self, person: Person, growth: int) -> None:
        person.comes_to(ProgressScreen(Job(options=Options(copies=2), state="done", printed=6).presenter()))
        person.window.show_as("en", growth, False)
        assert {"4821", "120\u00a0₸"} <= set(person.sees())
        person.presses("slip")
        assert "slip" not in person.controls
