"""What a PC of the room asks of the main PC: answered there as it would be here, or refused in the same words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.journal import Journal
from printing import room_calls
from printing.held import CodeUnknown, HeldOver
from printing.held_job import HeldJob
from printing.money.prices import PriceMissing
from printing.release import Here, Moved, NotForResidents
from printing.room_calls import NotForThisPc, NotUnderstood, There
from printing.rules import CopiesOutside, Options, PagesOutside
from printing.spool import Spool
from tests.printing.main_pc import Line, put
from tests.printing.releasing import STAFF, Room


@pytest.fixture
def staff(journal: Journal, main: Room) -> There:
    """Another staff PC."""
    return There(journal, Line(journal, main, "desk"))


@pytest.fixture
def there(journal: Journal, main: Room) -> HeldJob:
    return put(journal, main.held)


def test_a_staff_pc_does_there_what_it_would_do_here(
    journal: Journal, main: Room, staff: There, there: HeldJob, spool: Spool
) -> None:
    here = Here(journal, main)  # type: ignore[arg-type]
    assert staff.find("3") == here.find("3")
    assert (staff.offer(), staff.get(there.held), staff.open(there.code)) == (here.offer(), there, there)
    two = Options(layout="two", copies=2)
    assert staff.price(there.held, two) == here.price(there.held, two)
    main.release_worker.to_pdf = lambda path, target, **how: target.write_bytes(b"%PDF")  # type: ignore[method-assign]
    assert staff.picture(there.held, 2, (300, 400), Options()) == b"side 2, 300, True, 400"
    moved = staff.release(there.held, two, by=STAFF)
    assert moved == Moved(here.get(there.held))
    assert moved.job.job is not None
    assert moved.job.job.by == STAFF
    assert staff.move(there.held, 1).job.job == spool.get(moved.job.job.job)
    assert staff.stop(there.held).job.state == "released"
    staff.slip(there.held)
    assert len(main.slips) == 1


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda staff, job: staff.open("0000"), CodeUnknown),
        (lambda staff, job: staff.open("' or 1"), CodeUnknown),
        (lambda staff, job: staff.price(job.held, Options(pages=(9,))), PagesOutside),
        (lambda staff, job: staff.get("c" * 32), HeldOver),
        (lambda staff, job: staff.release(job.held, Options(), again=True), HeldOver),
        (lambda staff, job: staff.cancel("c" * 32), HeldOver),
    ],
)
def test_what_is_refused_there_is_refused_here_in_the_same_words(
    staff: There, there: HeldJob, ask: Callable[[There, HeldJob], object], why: type[AkimatDeskError]
) -> None:
    with pytest.raises(why) as refused:
        ask(staff, there)
    assert "{" not in str(refused.value)


def test_a_refusal_keeps_what_fills_its_sentence(staff: There, there: HeldJob, journal: Journal) -> None:
    with pytest.raises(PagesOutside) as refused:
        staff.price(there.held, Options(pages=(9,)))
    assert refused.value.values["pages"] == "3"
    error = room_calls._error_of(room_calls.Refusal(PriceMissing.code, {"work": "x", "size": "A4", "colour": "grey"}))
    assert isinstance(error, PriceMissing)
    assert isinstance(room_calls._error_of(room_calls.Refusal("of tomorrow", {})), NotUnderstood)


def test_a_residents_pc_sees_no_list_and_decides_nothing(kiosk: Journal, line: Line, there: HeldJob) -> None:
    asking = There(kiosk, line)
    for ask in (
        asking.find,
        lambda: asking.settle(there.held, printed=True, by=None),
        lambda: asking.move(there.held, 1),
    ):
        with pytest.raises(NotForThisPc):
            ask()
    for forbidden in (lambda: asking.open(there.code), lambda: asking.release(there.held, Options())):
        with pytest.raises(NotForResidents):
            forbidden()


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff" * 40, b"\x93\x06\xa1a", bytes(2000)])
def test_bytes_of_a_stranger_are_answered_with_a_refusal(line: Line, body: bytes) -> None:
    assert room_calls._answers.decode(line.ask(body)) == room_calls.Refusal(NotUnderstood.code, {})


def test_an_order_for_too_many_copies_is_a_refusal_too(staff: There, there: HeldJob, line: Line) -> None:
    body = msgspec.msgpack.encode([8, there.held, {"copies": 1000}])
    assert room_calls._answers.decode(line.ask(body)) == room_calls.Refusal(
        CopiesOutside.code, {"code": "copies-outside", "most": "99"}
    )
