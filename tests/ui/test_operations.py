"""What takes time runs beside the screen, in order, and its answer comes back on the screen's thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.threads import must_not_block, screen_thread
from akimat_desk.base.words import Sentence
from akimat_desk.ui.operations import AtOnce, Cancelled, Operations, Progress, Report, Unexpected


class Loop:
    """A timer queue in the place of Tk's, run by hand on the test's thread."""

    def __init__(self) -> None:
        self.due: list[Callable[[], None]] = []

    def after(self, _ms: int, call: Callable[[], None]) -> None:
        self.due.append(call)

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < end, "waited in vain"
            due, self.due = self.due, []
            for call in due:
                call()
            time.sleep(0.001)


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def operations(loop: Loop) -> Iterator[Operations]:
    operations = Operations(loop.after)
    yield operations
    operations.close()


def fail(error: AkimatDeskError) -> None:
    raise error


def test_an_answer_comes_on_the_thread_that_asked(operations: Operations, loop: Loop) -> None:
    ran: list[str] = []
    answered: list[tuple[str, int]] = []

    def action() -> int:
        ran.append(threading.current_thread().name)
        return 7

    operations.run(action, lambda result: answered.append((threading.current_thread().name, result)), fail)
    loop.until(lambda: bool(answered))
    assert ran == ["desk-write"]
    assert answered == [(threading.current_thread().name, 7)]


def test_writes_keep_their_order_and_a_slow_read_holds_none_up(operations: Operations, loop: Loop) -> None:
    answered: list[object] = []
    let_go = threading.Event()
    operations.run(let_go.wait, lambda _: answered.append("read"), fail, kind="read")
    for number in range(20):
        operations.run(lambda number=number: number, answered.append, fail)  # type: ignore[misc]
    loop.until(lambda: len(answered) == 20)
    assert answered == list(range(20))
    let_go.set()
    loop.until(lambda: len(answered) == 21)
    assert answered[-1] == "read"


def test_a_refusal_is_handed_on_as_it_is(operations: Operations, loop: Loop) -> None:
    failed: list[AkimatDeskError] = []
    refusal = Refused(what="x")

    def action() -> None:
        raise refusal

    operations.run(action, lambda _: None, failed.append)
    loop.until(lambda: bool(failed))
    assert failed == [refusal]


def test_a_bug_is_logged_by_kind_and_place_never_by_its_words(
    operations: Operations, loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[AkimatDeskError] = []

    def action() -> None:
        raise ValueError("Ахмет 900101300012")

    operations.run(action, lambda _: None, failed.append)
    loop.until(lambda: bool(failed))
    (error,) = failed
    assert isinstance(error, Unexpected)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert str(error.values["code"]) in record.getMessage()
    assert "ValueError at" in record.getMessage()
    assert "action" in record.getMessage()
    assert "Ахмет" not in caplog.text
    assert "900101300012" not in caplog.text
    caplog.clear()


def test_progress_is_told_in_order_and_before_the_end(operations: Operations, loop: Loop) -> None:
    told: list[object] = []

    def action(report: Report) -> str:
        for page in (1, 2, 3):
            report(page, 3, Sentence("Page {n}", {"n": page}))
        return "done"

    operations.run(action, told.append, fail, progress=lambda now: told.append((now.done, now.total)))
    loop.until(lambda: "done" in told)
    assert told == [(1, 3), (2, 3), (3, 3), "done"]


def test_what_is_cancelled_stops_at_its_next_report(operations: Operations, loop: Loop) -> None:
    failed: list[AkimatDeskError] = []
    reached = threading.Event()
    go_on = threading.Event()

    def action(report: Report) -> None:
        reached.set()
        go_on.wait(30)
        report(1, 2, Sentence("half"))
        raise AssertionError("went on")

    operation = operations.run(action, lambda _: None, failed.append, progress=lambda _: None)
    reached.wait(30)
    operation.cancel()
    go_on.set()
    loop.until(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)
    assert operation.finished


def test_other_threads_can_post_to_the_screen(operations: Operations, loop: Loop) -> None:
    heard: list[str] = []
    thread = threading.Thread(target=lambda: operations.post(lambda: heard.append(threading.current_thread().name)))
    thread.start()
    thread.join()
    loop.until(lambda: bool(heard))
    assert heard == [threading.current_thread().name]


def test_closing_waits_for_the_work_in_hand(loop: Loop) -> None:
    done: list[int] = []
    operations = Operations(loop.after)

    def slow(n: int) -> None:
        time.sleep(0.01)
        done.append(n)

    for number in range(5):
        operations.run(lambda number=number: slow(number), lambda _: None, fail)  # type: ignore[misc]
    operations.close()
    assert done == [0, 1, 2, 3, 4]


def test_an_answer_that_comes_soon_can_be_waited_for_and_is_said_once(operations: Operations, loop: Loop) -> None:
    answered: list[int] = []
    assert operations.run(lambda: 7, answered.append, fail, kind="read").deliver_within(30)
    assert answered == [7]
    behind = operations.run(lambda: 8, answered.append, fail, kind="read")
    loop.until(lambda: behind.finished)
    assert answered == [7, 8]


def test_what_is_being_fetched_is_known(operations: Operations, loop: Loop) -> None:
    let_go = threading.Event()
    operations.run(let_go.wait, lambda _: None, fail, kind="read")
    assert operations.reading
    let_go.set()
    loop.until(lambda: not operations.reading)
    operations.run(lambda: None, lambda _: None, fail)
    assert not operations.reading


def test_what_takes_longer_is_not_waited_for(operations: Operations, loop: Loop) -> None:
    answered: list[object] = []
    let_go = threading.Event()
    operation = operations.run(let_go.wait, answered.append, fail, kind="read")
    assert not operation.deliver_within(0.001)
    assert answered == []
    let_go.set()
    loop.until(lambda: bool(answered))
    assert answered == [True]


def test_actions_may_block_and_screens_may_not() -> None:
    at_once = AtOnce()
    answered: list[str] = []

    def action() -> str:
        must_not_block("the disk")
        return "read"

    with screen_thread():
        at_once.run(action, answered.append, fail)
    assert answered == ["read"]
    at_once.close()


def test_at_once_tells_progress_before_the_answer() -> None:
    at_once = AtOnce()
    told: list[object] = []

    def action(report: Report) -> str:
        report(1, 2, Sentence("half"))
        return "done"

    at_once.run(action, told.append, fail, progress=told.append)
    assert told == [Progress(1, 2, Sentence("half")), "done"]
    at_once.close()
