"""The village goes on while a PC's clock says 1970 or 2099; nothing acknowledged is lost or ended by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import N_, Sentence
from akimat_desk.journal.hlc import ms_of
from akimat_desk.journal.mark import read_mark
from akimat_desk.journal.tables import here
from akimat_desk.journal.verify import verify
from akimat_desk.office.backups import back_up_if_due, nightly
from akimat_desk.office.demo import PIN
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.people import residents, staff
from akimat_desk.people.details import Details
from akimat_desk.people.sign_in import sign_in
from akimat_desk.service import Desk, find_services, load, load_all
from akimat_desk.shell.demo import make_village
from akimat_desk.shell.opening import open_desk
from printing.actions import print_document
from printing.delivery import Delivery
from printing.ending import due
from printing.records import OPEN, printers
from printing.rules import Options
from printing.spool import Spool

from .conftest import words_of

RIGHT = datetime(2026, 11, 20, 10, 0, tzinfo=KAZAKHSTAN)
NEW = Details(surname="Ізбасарова", given="Ләззат")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(RIGHT)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """The demo village, with a paper and a resident's document that wait for their printers, and a nightly backup."""
    services = find_services()
    words = words_of(services, "en")
    home = make_village(words, Home(tmp_path / "desk", tmp_path / "keys"), clock)
    with open_desk(home, clock=clock, words=words, services=services) as opened:
        OutTray(opened.store, clock).put("office", Paper(Sentence(N_("Test page")), pdf=b"%PDF-1.7"))
        print_document(
            opened.journal,
            Spool(opened.store, clock),
            document=b"%PDF-1.7",
            pages=2,
            colour_pages=(),
            options=Options(pages=(1, 2)),
        )
        back_up_if_due(opened)
        yield opened


def keep_for_a_day(desk: Desk, clock: FixedClock) -> None:
    """Every tick of every service, each hour."""
    for _ in range(24):
        for tick in load_all([service.ticks for service in desk.services]):
            load(tick.run)(desk)
        clock.pass_seconds(3600)


def acknowledged(desk: Desk) -> dict[str, set[tuple[object, ...]]]:
    """Every row a person was told of: entries, and all that is made of them, and what waits for a printer."""
    names = {"journal_entry", "papers_tray", "printing_spool"}
    names |= {model._meta.table_name for model in load_all([service.projections for service in desk.services])}
    with desk.store.read() as db:
        there = names & set(db.get_tables())
        return {name: set(db.execute_sql(f'SELECT * FROM "{name}"').fetchall()) for name in sorted(there)}  # noqa: S608


def lost(before: dict[str, set[tuple[object, ...]]], after: dict[str, set[tuple[object, ...]]]) -> dict[str, int]:
    return {name: len(rows - after[name]) for name, rows in before.items() if rows - after[name]}


@pytest.mark.parametrize("year", [1970, 2099])
def test_nothing_acknowledged_is_lost_or_ended(desk: Desk, clock: FixedClock, year: int) -> None:
    administrator = staff.staff(desk.store)[0]
    before, backups = acknowledged(desk), [one.file for one in nightly(desk.home)]
    assert len(backups) == 1

    clock.turn_to(datetime(year, 1, 1, 5, 0, tzinfo=KAZAKHSTAN))
    keep_for_a_day(desk, clock)
    assert lost(before, acknowledged(desk)) == {}
    signed_in = sign_in(desk.store, clock, staff=administrator.id, pin=PIN)
    there = residents.register(desk.journal, NEW, by=signed_in.staff)
    meanwhile = acknowledged(desk)

    clock.turn_to(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    keep_for_a_day(desk, clock)
    after = acknowledged(desk)
    assert lost(before, after) == {}
    assert lost(meanwhile, after) == {}
    assert residents.resident(desk.store, there.id).details == NEW
    kept = [one.file for one in nightly(desk.home)]
    assert kept[-1:] == backups
    mark = read_mark(desk.home)
    with desk.store.read() as db:
        assert verify(db, mark.head if mark else None) == []
        told = ms_of(here(db.connection()).at)
    assert RIGHT.year == datetime.fromtimestamp(told / 1000, tz=KAZAKHSTAN).year


@pytest.mark.parametrize("year", [1970, 2099])
def test_what_waited_is_printed_at_the_price_that_was_told(desk: Desk, clock: FixedClock, year: int) -> None:
    clock.turn_to(datetime(year, 1, 1, 5, 0, tzinfo=KAZAKHSTAN))
    keep_for_a_day(desk, clock)
    spool = Spool(desk.store, clock)
    (waiting,) = [job for job in spool.jobs() if job.state in OPEN]
    delivery = Delivery(desk.journal, spool, rasterise=lambda pdf: lambda size: ())
    with desk.store.read() as db:
        (printer,) = printers(db, "paper")
    while spool.get(waiting.job).state in OPEN:
        delivery.step(printer)
    printed = spool.get(waiting.job)
    assert printed.state == "done"
    assert due(printed).tenge == due(waiting).tenge == 40


@pytest.mark.parametrize("year", [1970, 2099])
def test_with_the_clock_set_right_the_doctor_has_nothing_more_to_say_of_it(
    desk: Desk, clock: FixedClock, year: int
) -> None:
    from akimat_desk.office import checks

    clock.turn_to(datetime(year, 1, 1, 5, 0, tzinfo=KAZAKHSTAN))
    administrator = staff.staff(desk.store)[0]
    residents.register(desk.journal, NEW, by=administrator.id)
    assert checks.clock(desk).state == "attention"
    clock.turn_to(datetime(2026, 11, 20, 12, 0, tzinfo=KAZAKHSTAN))
    residents.register(desk.journal, Details(surname="Үсенов", given="Сәкен"), by=administrator.id)
    assert checks.clock(desk).state == "works"
    assert checks.journal(desk).state == "works"
