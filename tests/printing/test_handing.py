"""From a residents' PC to the main PC and back: brought once whatever the line does, released there, known here."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from akimat_desk.journal import Journal
from akimat_desk.sync.errors import Unreachable
from printing import handing, held
from printing.ending import end
from printing.handing import AtTheMainPc, Handing, MainPcSilent
from printing.held import Held, HeldOver
from printing.held_job import HeldJob
from printing.money.days import open_day
from printing.money.records import balance_of
from printing.release import Here
from printing.room_calls import There
from printing.spool import Spool
from tests.calendar.conftest import give
from tests.printing.main_pc import DOCUMENT, KIOSK, PAGES, Line, put
from tests.printing.releasing import STAFF, Room


@pytest.fixture
def mine(kiosk: Journal) -> Held:
    """What lies at the residents' PC."""
    return Held(kiosk.store, kiosk.clock, Spool(kiosk.store, kiosk.clock))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "PIECE", 1000)
    monkeypatch.setattr(handing, "is_host", lambda journal: False)


@pytest.fixture
def hand(kiosk: Journal, mine: Held, line: Line) -> Handing:
    return Handing(kiosk, mine, There(kiosk, line))


def test_it_lies_at_the_main_pc_and_nowhere_else(
    journal: Journal, kiosk: Journal, mine: Held, main: Room, hand: Handing
) -> None:
    job = put(journal, mine)
    assert job.code[0] == "3"
    assert hand.step()
    there = main.held.by_code(job.code)
    assert (there.held, there.device, there.seat, there.pages, there.quote) == (job.held, KIOSK, 3, PAGES, job.quote)
    assert main.held.document(job.held) == DOCUMENT
    assert (mine.get(job.held).state, list(kiosk.store.home.spool.iterdir())) == ("handed", [])
    assert not hand.step()


def test_a_main_pc_that_is_away_gets_it_later_and_it_can_be_printed_here_meanwhile(
    journal: Journal, mine: Held, main: Room, line: Line, hand: Handing
) -> None:
    job, second = put(journal, mine), put(journal, mine)

    def away(when: str) -> None:
        raise Unreachable

    line.fault = away
    assert not hand.step()
    assert (hand.pause, mine.get(job.held).waits) == (handing.PAUSES[0], True)
    mine.cancel(second.held)
    line.fault = lambda when: None
    assert hand.step()
    assert (hand.pause, main.held.find().total) == (handing.IDLE_SECONDS, 1)


def test_while_nobody_knows_who_has_it_nobody_prints_it_here(
    journal: Journal, mine: Held, main: Room, line: Line, hand: Handing
) -> None:
    """The answer to the last question is lost: the main PC holds it, and this PC has not heard so."""
    job = put(journal, mine)

    def loses_the_last(when: str) -> None:
        if when == "answered" and main.held.find().total:
            raise Unreachable

    line.fault = loses_the_last
    assert not hand.step()
    now = mine.get(job.held)
    assert (now.state, now.waits, now.there, main.held.get(job.held).waits) == ("handing", False, True, True)
    with pytest.raises(HeldOver):
        mine.cancel(job.held)
    line.fault = lambda when: None
    assert hand.step()
    assert mine.get(job.held).state == "handed"


@pytest.mark.parametrize("batch", range(5))
def test_whatever_the_line_does_it_is_held_once(
    journal: Journal, kiosk: Journal, mine: Held, main: Room, line: Line, hand: Handing, batch: int
) -> None:
    """Questions and answers are lost, the keeper starts anew; never both PCs could print it, at the end it is there."""
    for seed in range(50 * batch, 50 * (batch + 1)):
        lots = random.Random(seed)
        document = lots.randbytes(lots.randrange(0, 4000))
        job = put(journal, mine, document)

        def faulty(when: str, lots: random.Random = lots) -> None:
            if lots.random() < 0.3:
                raise Unreachable

        line.fault = faulty
        for _ in range(lots.randrange(1, 12)):
            hand.step()
            if lots.random() < 0.2:
                mine.sweep(device=KIOSK, keep_since_ms=0)
            assert not (mine.get(job.held).waits and main.held.find().total), seed
        line.fault = lambda when: None
        hand.step()
        assert main.held.document(job.held) == document, seed
        assert (mine.get(job.held).state, main.held.find().total) == ("handed", 1), seed
        assert list(kiosk.store.home.spool.iterdir()) == []
        main.held.forget(job.held)


def test_what_the_main_pc_has_lost_is_brought_again(
    journal: Journal, mine: Held, main: Room, line: Line, hand: Handing
) -> None:
    job = put(journal, mine)

    def forgets(when: str) -> None:
        if when == "asked" and len(line.asked) == 6:  # all pieces are there, and then its disk is changed
            main.held.forget(job.held)

    line.fault = forgets
    assert not hand.step()
    assert mine.get(job.held).waits
    line.fault = lambda when: None
    assert hand.step()
    assert main.held.document(job.held) == DOCUMENT


def test_a_pc_that_becomes_the_main_one_keeps_what_it_was_handing_over(
    journal: Journal, kiosk: Journal, mine: Held, hand: Handing, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = put(journal, mine)
    with kiosk.store.write() as db:
        mine.mark(db, job.held, "handing", before=("held",))
    monkeypatch.setattr(handing, "is_host", lambda journal: True)
    assert not hand.step()
    assert mine.get(job.held).waits


# -- taken back, given up ----------------------------------------------------------------------------------------------


def silent(when: str) -> None:
    raise Unreachable


def speaks(when: str) -> None:
    """The line is up."""


def after(asked: int, line: Line) -> Callable[[str], None]:
    """The answer to the last of so many questions is lost, and then the line is down."""
    so_far = len(line.asked)

    def fault(when: str) -> None:
        if len(line.asked) - so_far >= asked + (when == "asked"):
            raise Unreachable

    return fault


@pytest.fixture
def stuck(journal: Journal, mine: Held, hand: Handing, line: Line) -> HeldJob:
    """The main PC has it, and its word of that was lost."""
    job = put(journal, mine)
    line.fault = after(7, line)
    assert not hand.step()
    line.fault = silent
    found = mine.get(job.held)
    assert found.state == "handing"
    return found


def test_it_is_at_the_main_pc_and_nobody_here_knows(stuck: HeldJob, main: Room) -> None:
    assert main.held.get(stuck.held).waits


def test_a_silent_main_pc_is_not_gone_over(stuck: HeldJob, mine: Held, hand: Handing, line: Line, main: Room) -> None:
    with pytest.raises(MainPcSilent):
        hand.take_back(stuck.held, by=STAFF)
    assert mine.get(stuck.held).state == "handing"
    with pytest.raises(Unreachable):
        hand.again(stuck.held)
    line.fault = speaks
    hand.again(stuck.held)
    assert (mine.get(stuck.held).state, main.held.get(stuck.held).waits) == ("handed", True)


def test_a_main_pc_that_answers_gives_it_back(
    stuck: HeldJob, mine: Held, hand: Handing, line: Line, main: Room
) -> None:
    line.fault = speaks
    assert hand.take_back(stuck.held, by=STAFF).waits
    assert main.held.get(stuck.held).state == "cancelled"
    assert not hand.step()  # what was taken back is not handed over by itself
    assert mine.get(stuck.held).waits


def test_what_staff_are_sure_of_is_printed_here_and_destroyed_there_once_it_speaks(
    stuck: HeldJob,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    assert hand.take_back(stuck.held, by=STAFF, sure=True).waits
    assert not hand.step()
    assert main.held.get(stuck.held).waits  # and nobody there has been told yet
    line.fault = speaks
    hand.step()
    assert (mine.get(stuck.held).waits, main.held.get(stuck.held).state) == (True, "cancelled")


def test_what_the_main_pc_prints_stays_there(
    journal: Journal,
    stuck: HeldJob,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    Here(journal, main).release(stuck.held, stuck.options)  # type: ignore[arg-type]
    line.fault = speaks
    with pytest.raises(AtTheMainPc):
        hand.take_back(stuck.held, by=STAFF)
    assert (mine.get(stuck.held).state, mine.get(stuck.held).there) == ("handed", False)


def test_staff_who_were_wrong_print_nothing_twice(
    journal: Journal,
    stuck: HeldJob,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    hand.take_back(stuck.held, by=STAFF, sure=True)
    Here(journal, main).release(stuck.held, stuck.options)  # type: ignore[arg-type]
    line.fault = speaks
    hand.step()
    assert mine.get(stuck.held).state == "handed"


def test_what_came_out_at_both_is_paid_once(
    journal: Journal,
    kiosk: Journal,
    stuck: HeldJob,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    hand.take_back(stuck.held, by=STAFF, sure=True)
    printed(kiosk, mine, stuck)
    released = Here(journal, main).release(stuck.held, stuck.options).job.job  # type: ignore[arg-type]
    assert released is not None
    line.fault = speaks
    hand.step()
    assert [held for held, _ in mine.to_tell()] == [stuck.held]  # nothing may come out there yet
    end(journal, main.spool, released, "printed", "done")
    hand.step()
    hand.step()
    assert mine.to_tell() == ()
    sums = []
    for each in (journal, kiosk):
        with each.store.read() as db:
            sums.append((balance_of(db, stuck.held).charged, balance_of(db, stuck.held).owed))
    assert sums == [(60, 60), (60, 0)]
    for giver, taker in ((kiosk, journal), (journal, kiosk)):  # until they hear each other, each knows of its own alone
        give(giver, taker)
    for each in (journal, kiosk):
        with each.store.read() as db:
            day = open_day(db)
        # Both are counted and both were charged; one of them is the room's own mistake, and one is owed.
        assert (day.documents, day.pages, day.charged, day.written_off, day.owed) == (2, 6, 120, 60, 60)


def printed(journal: Journal, held: Held, job: HeldJob) -> None:
    """Released and printed at the PC of `journal`."""
    spool = Spool(journal.store, journal.clock)
    spool.put(
        b"%PDF", printer=1, options=job.options, quote=job.quote, held=job.held,
        first=lambda db, name: held.mark(db, job.held, "released", before=("held",), job=name),
    )  # fmt: skip
    (there,) = spool.jobs()
    end(journal, spool, there, "printed", "done")


def test_a_resident_gives_up_what_nobody_answers_for(
    stuck: HeldJob,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    assert hand.give_up(stuck.held).state == "cancelled"
    mine.sweep(device=KIOSK, keep_since_ms=2**60)  # midnight forgets nothing that is still to be told
    line.fault = speaks
    hand.step()
    assert main.held.get(stuck.held).state == "cancelled"


def test_a_main_pc_that_never_had_it_takes_it_from_nobody_later(
    journal: Journal,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
    kiosk: Journal,
) -> None:
    """The one it was brought to first is off, and is not the main one when it comes back."""
    job = put(journal, mine)
    with kiosk.store.write() as db:
        mine.mark(db, job.held, "handing", before=("held",))
    assert hand.take_back(job.held, by=STAFF).waits
    assert main.held.begin(mine.arrival(job.held)) == 0
    assert main.held.finish(job.held).state == "cancelled"
    line.who = line.who.__class__("c" * 32, *[getattr(line.who, name) for name in line.who.__slots__[1:]])
    with pytest.raises(HeldOver):
        hand._there.recall(mine.arrival(job.held))


def test_whatever_the_line_does_one_pc_has_it_in_the_end(
    journal: Journal,
    mine: Held,
    hand: Handing,
    line: Line,
    main: Room,
) -> None:
    for seed in range(40):
        lots = random.Random(seed)

        def faulty(when: str, lots: random.Random = lots) -> None:
            if lots.random() < 0.3:
                raise Unreachable

        line.fault = speaks
        job = put(journal, mine)
        line.fault = faulty
        for _ in range(lots.randrange(1, 9)):
            try:
                if lots.random() < 0.4:
                    hand.take_back(job.held, by=STAFF, sure=lots.random() < 0.5)
                else:
                    hand.step()
            except (HeldOver, MainPcSilent, AtTheMainPc):
                pass
        line.fault = speaks
        for _ in range(2):
            hand.step()
        here, there = mine.get(job.held), main.held.find(job.code).jobs
        waiting = [each.held for each in there if each.waits]
        assert (here.waits, waiting) in [(True, []), (False, [job.held])], seed
        main.held.forget(job.held)
        mine.forget(job.held)
