"""The thread of a printer: wakes, retries, lives through troubles of the store, and ends when told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.base.errors import Unavailable
from akimat_desk.journal import Journal
from printing import actions, serving
from printing.delivery import Delivery
from printing.records import OPEN, Printer
from printing.rules import Options
from printing.serving import DeliveryThread
from printing.spool import Spool, SpooledJob
from tests.printing.conftest import ObedientPrinter

PATIENCE = 30.0


class StoreIsFull(Unavailable):
    """For this test."""

    code = "test-store-full"


@pytest.fixture
def printer(journal: Journal) -> Printer:
    return actions.add_printer(journal.store, name="Кеңсе", uri="ipp://here/ipp/print")


@pytest.fixture
def delivery(journal: Journal, spool: Spool, obedient: ObedientPrinter) -> Delivery:
    return Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=lambda printer, stop: obedient)


@pytest.fixture
def changes() -> threading.Semaphore:
    """Counts the changes that were told."""
    return threading.Semaphore(0)


@pytest.fixture
def thread(
    delivery: Delivery, spool: Spool, printer: Printer, changes: threading.Semaphore
) -> Iterator[DeliveryThread]:
    thread = DeliveryThread(delivery, spool, printer, changes.release)
    yield thread
    thread.halt()
    thread.join()
    assert not thread.alive


def put(journal: Journal, spool: Spool) -> SpooledJob:
    return actions.print_document(journal, spool, document=b"%PDF", pages=1, colour_pages=[], options=Options())


def until(changes: threading.Semaphore, so: Callable[[], bool]) -> None:
    while not so():
        assert changes.acquire(timeout=PATIENCE)


def test_a_job_that_comes_while_nothing_is_to_do_is_delivered(
    journal: Journal, spool: Spool, thread: DeliveryThread, changes: threading.Semaphore
) -> None:
    thread.start()
    job = put(journal, spool)
    thread.wake()
    until(changes, lambda: spool.get(job.job).state == "done")


def test_a_trouble_of_the_store_is_logged_and_tried_again(
    journal: Journal,
    spool: Spool,
    thread: DeliveryThread,
    changes: threading.Semaphore,
    delivery: Delivery,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = put(journal, spool)
    step, troubles = delivery.step, [StoreIsFull(), StoreIsFull()]

    def sometimes(*given: object) -> object:
        if troubles:
            raise troubles.pop()
        return step(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "step", sometimes)
    monkeypatch.setattr(serving, "RETRY_SECONDS", (0.01,))
    thread.start()
    until(changes, lambda: spool.get(job.job).state == "done")
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING] == [
        f"printer {thread.printer.id} is not served: test-store-full"
    ] * 2


def test_a_bug_in_one_step_is_logged_without_its_words_and_ends_nothing(
    journal: Journal,
    spool: Spool,
    thread: DeliveryThread,
    changes: threading.Semaphore,
    obedient: ObedientPrinter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = put(journal, spool)
    obedient.submits.append(ZeroDivisionError("of a person"))
    obedient.finds.append(None)
    monkeypatch.setattr(serving, "RETRY_SECONDS", (0.01,))
    thread.start()
    until(changes, lambda: spool.get(job.job).state == "done")
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage() == f"printer {thread.printer.id} is not served: ZeroDivisionError"
    caplog.clear()


def test_a_stop_asked_for_in_another_process_does_not_wait_out_the_pause(
    journal: Journal,
    spool: Spool,
    thread: DeliveryThread,
    changes: threading.Semaphore,
    obedient: ObedientPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from printing.devices.errors import NotReached

    monkeypatch.setattr(serving, "RETRY_SECONDS", (3600.0,))
    monkeypatch.setattr(serving, "POLL_SECONDS", (3600.0,))
    monkeypatch.setattr(serving, "IDLE_SECONDS", 0.01)
    obedient.submits.append(NotReached(address="here"))
    job = put(journal, spool)
    thread.start()
    until(changes, lambda: spool.get(job.job).reason == "printer-not-reached")
    spool.ask_stop(job.job)  # nobody wakes the thread
    until(changes, lambda: spool.get(job.job).state not in OPEN)
    assert spool.get(job.job).state == "stopped"
