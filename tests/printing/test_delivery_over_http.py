"""Delivery to a printer that misbehaves at each step, over real HTTP: never two papers, never a charge without one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.journal import Journal
from printing import actions, records
from printing.delivery import Delivery
from printing.devices.backend import PrinterBackend
from printing.devices.ipp.transport import Patience
from printing.devices.ipp.words import JobStateNumber, Operation
from printing.devices.opening import open_backend
from printing.records import DayTotals, Printer
from printing.rules import Options
from printing.serving import DeliveryThread
from printing.spool import Spool, SpooledJob
from printing.troubles import hindrance
from tests.printing.misbehaviours import (
    answers,
    answers_http,
    answers_raw,
    breaks_off_in_document,
    drips,
    hangs,
    loses_reply,
    loses_request,
    reads_slowly,
    refuses_early,
    stops_reading,
    vanishes,
)
from tests.printing.scripted_printer import Behaviour, Moment, ScriptedPrinter, Visit

DOCUMENT = b"%PDF " + bytes(200_000)
CREATE, SEND, PRINT = Operation.CREATE_JOB, Operation.SEND_DOCUMENT, Operation.PRINT_JOB
ASK, LIST, ATTRIBUTES = Operation.GET_JOB_ATTRIBUTES, Operation.GET_JOBS, Operation.GET_PRINTER_ATTRIBUTES
CANCEL = Operation.CANCEL_JOB

ANYTHING: dict[str, Callable[[], Behaviour]] = {
    "loses the request": loses_request,
    "loses the reply": loses_reply,
    "vanishes before reading": lambda: vanishes(after_reading=False),
    "vanishes after reading": vanishes,
    "vanishes after doing": lambda: vanishes(after_doing=True),
    "hangs": hangs,
    "drips": drips,
    "shows a sign-in page": lambda: answers_http(200),
    "is overloaded": lambda: answers_http(503),
    "answers nonsense": lambda: answers_raw(b"\x00\xff" * 40),
    "is busy": lambda: answers(0x0507),
    "has a fault": lambda: answers(0x0504),
}
WITH_A_DOCUMENT: dict[str, Callable[[], Behaviour]] = {
    **ANYTHING,
    "breaks off in the document": breaks_off_in_document,
    "stops reading": stops_reading,
    "refuses early": lambda: refuses_early(0x0507),
}


class Room:
    """A delivery and one printer, which can be pulled out of its socket and put in again."""

    def __init__(self, journal: Journal, spool: Spool) -> None:
        self.journal, self.spool = journal, spool
        self.device = ScriptedPrinter().__enter__()
        self.printer = actions.add_printer(journal.store, name="Кеңсе", uri=self.device.uri)
        self.delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=self._connect)

    def _connect(self, printer: Printer, stop: threading.Event) -> PrinterBackend:
        patience = Patience(connect=1, silence=0.15, total=0.3, document=0.3, accept=0.3, stop=stop)
        return open_backend(self.device.uri, patience=patience)

    def put(self) -> SpooledJob:
        return actions.print_document(
            self.journal, self.spool, document=DOCUMENT, pages=3, colour_pages=[], options=Options()
        )

    def back(self, *, remembers: bool) -> None:
        """The printer is switched on again, at another port."""
        before, self.device = self.device, ScriptedPrinter(self.device.attributes.values()).__enter__()
        before.vanish()
        if remembers:
            self.device.jobs = before.jobs

    def run_until_it_rests(self, *, remembers: bool = True, steps: int = 40) -> None:
        for _ in range(steps):
            if self.device.released.is_set():
                self.back(remembers=remembers)
            if self.delivery.step(self.printer) is None:
                return
        pytest.fail("the job does not come to rest")

    def papers(self) -> int:
        """How often the document is or was at the printer as a whole."""
        return sum(job.document == DOCUMENT for job in self.device.jobs.values())

    def charged(self) -> int:
        with self.journal.store.read() as db:
            return records.totals(db, 0, 2**46).tenge


@pytest.fixture
def room(journal: Journal, spool: Spool) -> Iterator[Room]:
    room = Room(journal, spool)
    yield room
    room.device.vanish()


@pytest.fixture
def old_room(room: Room) -> Room:
    """The printer knows no Create-Job."""
    known = room.device.attributes["operations-supported"]
    kept = tuple(value for value in known.values if value.data not in (CREATE, SEND))
    room.device.attributes["operations-supported"] = type(known)(known.name, kept)
    return room


def agree(room: Room, job: SpooledJob) -> None:
    """The law: at most one paper, and money exactly where staff or the printer say that it came out."""
    state = room.spool.get(job.job).state
    assert state in ("done", "failed", "uncertain")
    assert room.papers() <= 1
    assert room.charged() == (60 if state == "done" else 0)
    if state == "done":
        assert room.papers() == 1


@pytest.mark.parametrize(
    ("operation", "behaviour"),
    [
        *((CREATE, behaviour) for behaviour in ANYTHING),
        *((SEND, behaviour) for behaviour in WITH_A_DOCUMENT),
        *((operation, behaviour) for operation in (ATTRIBUTES, ASK) for behaviour in ANYTHING),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_one_misbehaviour_at_any_step(room: Room, operation: Operation, behaviour: str) -> None:
    job = room.put()
    room.device.next(operation, WITH_A_DOCUMENT[behaviour]())
    room.run_until_it_rests()
    agree(room, job)


def test_a_document_that_the_printer_gets_to_once_its_job_was_cancelled_is_not_a_second_paper(room: Room) -> None:
    """On a busy PC the desk has given up waiting before the other end has read all of it."""
    send, cancel = reads_slowly()
    job = room.put()
    room.device.next(SEND, send)
    room.device.next(CANCEL, cancel)
    room.run_until_it_rests()
    agree(room, job)
    assert (room.spool.get(job.job).state, len(room.device.jobs)) == ("done", 2)


@pytest.mark.parametrize("operation", [CREATE, SEND, ASK], ids=lambda operation: operation.name)
@pytest.mark.parametrize("behaviour", [name for name in ANYTHING if name.startswith("vanishes")])
def test_a_printer_that_comes_back_without_its_memory(room: Room, operation: Operation, behaviour: str) -> None:
    """What may have been printed is then for a person to say; what certainly was not is sent again."""
    job = room.put()
    room.device.next(operation, ANYTHING[behaviour]())
    before = room.device
    room.run_until_it_rests(remembers=False)
    printed_before = any(each.document for each in before.jobs.values())
    assert printed_before + room.papers() <= 1
    state = "done" if operation == CREATE else "uncertain"
    assert (room.spool.get(job.job).state, room.charged()) == (state, 60 if state == "done" else 0)


@pytest.mark.parametrize("behaviour", WITH_A_DOCUMENT)
def test_a_printer_without_create_job(old_room: Room, behaviour: str) -> None:
    job = old_room.put()
    old_room.device.next(PRINT, WITH_A_DOCUMENT[behaviour]())
    old_room.run_until_it_rests()
    agree(old_room, job)


@pytest.mark.parametrize("behaviour", ANYTHING)
def test_the_question_after_a_lost_reply_may_fail_too(room: Room, behaviour: str) -> None:
    job = room.put()
    room.device.next(SEND, loses_reply())
    room.device.next(LIST, ANYTHING[behaviour](), ANYTHING[behaviour]())
    room.run_until_it_rests()
    agree(room, job)
    assert room.spool.get(job.job).state == "done"


def test_a_job_that_never_got_its_document_is_cleared_away_before_the_next_try(room: Room) -> None:
    job = room.put()
    room.device.next(SEND, vanishes(after_reading=False))
    room.run_until_it_rests()
    assert [each.cancelled for each in room.device.jobs.values()] == [True, False]
    agree(room, job)


# -- stopping -----------------------------------------------------------------------------------------------------


def test_a_printer_that_has_thrown_the_printed_document_away_prints_no_second_one(room: Room) -> None:
    """The PC went down while it sent, and came back two days later: CUPS then counts no document."""
    job = room.put()
    room.device.next(SEND, loses_reply())
    room.delivery.step(room.printer)
    assert room.spool.get(job.job).state == "asking"
    room.device.jobs[1].documents, room.device.jobs[1].now = 0, Moment(JobStateNumber.COMPLETED)
    room.run_until_it_rests()
    assert list(room.device.jobs) == [1]
    assert (room.spool.get(job.job).state, room.charged()) == ("done", 60)


@pytest.mark.parametrize("ended", [JobStateNumber.ABORTED, JobStateNumber.CANCELED])
@pytest.mark.parametrize("documents", [None, 0])
def test_a_job_that_the_printer_gave_up_waiting_for_is_sent_again(
    room: Room, ended: JobStateNumber, documents: int | None
) -> None:
    """Its document never left, so nothing can print twice."""
    job = room.put()
    room.device.next(CREATE, loses_reply())
    room.delivery.step(room.printer)
    room.device.jobs[1].documents, room.device.jobs[1].now = documents, Moment(ended)
    room.run_until_it_rests()
    assert (room.papers(), room.spool.get(job.job).state, room.charged()) == (1, "done", 60)


def test_a_stop_ends_the_sending_to_a_printer_that_stopped_reading(room: Room) -> None:
    room.delivery = Delivery(room.journal, room.spool, rasterise=lambda pdf: lambda size: ())  # an hour's patience
    big = actions.print_document(
        room.journal, room.spool, document=bytes(30_000_000), pages=3, colour_pages=[], options=Options()
    )
    room.device.next(SEND, stops_reading())
    stopper = threading.Thread(target=lambda: (_until_sending(room, big), room.spool.ask_stop(big.job)))
    stopper.start()
    assert _state(room.delivery.step(room.printer)) == "asking"
    stopper.join()

    assert _state(room.delivery.step(room.printer)) == "waiting"  # the printer has a job without a document
    assert [each.cancelled for each in room.device.jobs.values()] == [True]
    assert _state(room.delivery.step(room.printer)) == "stopped"
    assert room.charged() == 0


def _until_sending(room: Room, job: SpooledJob) -> None:
    while room.spool.get(job.job).state != "sending":
        time.sleep(0.01)


def _state(job: SpooledJob | None) -> str:
    assert job is not None
    return job.state


def test_closing_the_desk_is_not_held_up_by_a_printer_that_stopped_reading(room: Room) -> None:
    delivery = Delivery(room.journal, room.spool, rasterise=lambda pdf: lambda size: ())
    job = actions.print_document(
        room.journal, room.spool, document=bytes(30_000_000), pages=3, colour_pages=[], options=Options()
    )
    begun, stops = threading.Event(), stops_reading()

    def stopped(visit: Visit) -> None:
        begun.set()
        stops(visit)

    room.device.next(SEND, stopped)
    thread = DeliveryThread(delivery, room.spool, room.printer, lambda: None)
    thread.start()
    assert begun.wait(60)
    thread.halt()
    thread.join(60)
    assert not thread.alive
    now = room.spool.get(job.job)
    assert (now.state, now.may_have_printed, now.reason) == ("asking", True, "")


def test_a_job_is_stopped_at_the_printer_and_what_came_out_is_charged(room: Room) -> None:
    job = room.put()
    room.device.story = (Moment(JobStateNumber.PROCESSING, impressions=2),) * 9
    room.device.cancel_story = (Moment(JobStateNumber.CANCELED, impressions=2),)
    for _ in range(2):
        room.delivery.step(room.printer)
    room.spool.ask_stop(job.job)
    assert _state(room.delivery.step(room.printer)) == "stopped"
    with room.journal.store.read() as db:
        assert records.totals(db, 0, 2**46) == DayTotals(jobs=1, pages=2, sheets=2, tenge=40)


@pytest.mark.parametrize("refusal", [0x0501, 0x0403, 0x0404])
def test_a_printer_that_cannot_stop_prints_on_and_is_paid(room: Room, refusal: int) -> None:
    job = room.put()
    room.device.next(CANCEL, answers(refusal))
    room.delivery.step(room.printer)
    room.spool.ask_stop(job.job)
    room.run_until_it_rests()
    assert (room.spool.get(job.job).state, room.charged()) == ("done", 60)


# -- what stands in the way ---------------------------------------------------------------------------------------


def test_what_the_printer_wants_is_kept_for_the_screen_while_it_wants_it(room: Room) -> None:
    room.put()
    empty = Moment(JobStateNumber.PROCESSING, printer_reasons=("media-empty-warning",), impressions=1)
    room.device.story = (
        empty,
        empty,
        Moment(JobStateNumber.PROCESSING, impressions=2),
        Moment(JobStateNumber.COMPLETED),
    )
    told = []
    while (job := room.delivery.step(room.printer)) is not None:
        told.append((job.state, job.reason, job.printed))
    assert told == [
        ("printing", "", None),
        ("printing", "media-empty", 1),
        ("printing", "media-empty", 1),
        ("printing", "", 2),
        ("done", "", 3),
    ]


def test_wrong_paper_in_the_tray_is_told_waited_for_and_paid_once(room: Room) -> None:
    job = room.put()
    other = Moment(JobStateNumber.PROCESSING, printer_reasons=("input-media-size-change-error",), impressions=1)
    room.device.story = (other, other, Moment(JobStateNumber.COMPLETED))
    told = []
    while (now := room.delivery.step(room.printer)) is not None:
        told.append((now.state, now.reason))
    assert told == [("printing", ""), ("printing", "wrong-paper"), ("printing", "wrong-paper"), ("done", "")]
    words = hindrance("wrong-paper")
    assert words is not None
    assert words.staff.msgid == "Other paper lies in the printer than the document needs."
    assert (room.papers(), room.charged()) == (1, job.quote.total)


def test_a_poll_that_brings_nothing_new_writes_nothing(room: Room) -> None:
    room.put()
    room.device.story = (Moment(JobStateNumber.PROCESSING, impressions=1),) * 5
    for _ in range(2):
        before = room.delivery.step(room.printer)
    assert room.delivery.step(room.printer) == before


def test_a_refusal_is_told_with_what_was_refused(room: Room) -> None:
    job = room.put()
    room.device.next(CREATE, answers(0x040B, room.device.attributes["sides-supported"]))
    room.run_until_it_rests()
    now = room.spool.get(job.job)
    assert (now.state, now.reason, now.told["options"]) == ("failed", "printer-options-refused", "sides-supported")


def test_another_device_at_the_address_gets_nothing(room: Room) -> None:
    """The certificate that was remembered does not fit: whoever answers there now, it is not our printer."""
    job = room.put()
    room.device.next(ATTRIBUTES, answers_http(200))
    room.run_until_it_rests()
    assert (room.spool.get(job.job).state, room.papers(), room.charged()) == ("failed", 0, 0)
