"""Which printer a released document goes to: the first that can, one of a group, another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akimat_desk.journal import Journal
from printing import actions, records
from printing.actions import NoneCan
from printing.delivery import Delivery
from printing.devices.backend import Capabilities
from printing.devices.errors import NotReached, OptionsRefused
from printing.held_job import HeldJob
from printing.money.prices import Rate
from printing.printers import set_paper
from printing.records import Printer, PrinterRow
from printing.release import Here
from printing.rules import Options
from printing.sizes import MEDIA
from printing.spool import JobOver, Spool
from tests.printing.releasing import Room, hold, run

from .conftest import ObedientPrinter  # type: ignore[import-not-found]


def grouped(journal: Journal, *names: str) -> list[Printer]:
    for name in names:
        actions.add_printer(journal.store, name=name, uri=f"ipp://{name}/ipp/print")
    with journal.store.write() as db:
        PrinterRow.update(group="hp").execute(db)
    with journal.store.read() as db:
        return list(records.printers(db))


def test_identical_printers_share_the_load(here: Here, room: Room, journal: Journal, delivery: Delivery) -> None:
    one, two = grouped(journal, "one", "two")
    first, second = (hold(room, journal) for _ in range(2))
    here.release(first.held, Options())
    here.release(second.held, Options())
    begun = [delivery.step(printer) for printer in (two, one)]
    assert [(job and job.held, job and job.printer) for job in begun] == [(first.held, two.id), (second.held, one.id)]


def test_a_printer_of_the_group_that_is_away_loses_its_document_to_another(
    here: Here, room: Room, journal: Journal, spool: Spool, obedient: ObedientPrinter
) -> None:
    one, two = grouped(journal, "one", "two")
    away = ObedientPrinter()
    away.submits.append(NotReached(address="one"))
    delivery = Delivery(
        journal,
        spool,
        rasterise=lambda pdf: lambda size: (),
        connect=lambda p, stop: away if p.id == one.id else obedient,
    )
    job = hold(room, journal)
    here.release(job.held, Options())
    delivery.step(one)
    run(delivery, two)
    assert (len(away.received), len(obedient.received), here.get(job.held).state) == (0, 1, "done")


def test_a_printer_of_the_group_takes_only_what_it_can_print(
    here: Here, room: Room, journal: Journal, delivery: Delivery
) -> None:
    grey, colour = grouped(journal, "one", "two")
    with journal.store.write() as db:
        PrinterRow.update(colour=False).where(PrinterRow.id == grey.id).execute(db)
    grey = replace(grey, colour=False)
    first, second = (hold(room, journal) for _ in range(2))
    here.release(first.held, Options(colour="colour"))
    here.release(second.held, Options())
    begun = [delivery.step(printer) for printer in (grey, colour)]
    assert [job and job.held for job in begun] == [second.held, first.held]


def test_what_no_printer_can_do_at_once_is_told_and_it_waits_as_before(
    here: Here, job: HeldJob, journal: Journal, printer: Printer
) -> None:
    """One has A3 and no colour, the other colour and no A3."""
    large = actions.add_printer(journal.store, name="A3", uri="ipp://large/")
    with journal.store.write() as db:
        PrinterRow.update(colour=False, sizes="A4 A3").where(PrinterRow.id == large.id).execute(db)
    more = [Rate("print", "A3", colour, False, 50) for colour in ("grey", "colour")]
    table = actions.prices_today(journal)
    actions.set_prices(journal, table.with_rates(table.valid_from, more))
    for wanted, options in (
        (0, Options(size="A3", colour="colour")),
        (printer.id, Options(size="A3")),
        (large.id, Options(colour="colour")),
    ):
        with pytest.raises(NoneCan):
            here.release(job.held, options, printer=wanted)
    assert here.get(job.held).waits
    released = here.release(job.held, Options(size="A3")).job.job
    assert released is not None
    assert released.printer == large.id
    with pytest.raises(NoneCan):
        here.move(job.held, printer.id)


def test_what_staff_say_lies_in_a_printer_is_believed_over_the_printer(
    here: Here, job: HeldJob, journal: Journal, printer: Printer, delivery: Delivery, obedient: ObedientPrinter
) -> None:
    set_paper(journal.store, printer, ("A4", "A3"))
    actions.keep_answers(journal.store, {printer.id: Capabilities(name="x", media_ready=(MEDIA["A4"],))})
    assert here.offer().printers[0].paper == ("A4", "A3")
    table = actions.prices_today(journal)
    actions.set_prices(journal, table.with_rates(table.valid_from, [Rate("print", "A3", "grey", False, 50)]))
    here.release(job.held, Options(size="A3"))
    set_paper(journal.store, printer, ())  # meanwhile somebody has taken it out
    run(delivery, printer)
    now = here.get(job.held)
    assert (now.state, now.job and now.job.reason, obedient.received) == ("held", OptionsRefused.code, [])


def test_two_printers_that_reach_for_one_document_print_it_once(
    here: Here, room: Room, journal: Journal, spool: Spool, obedient: ObedientPrinter
) -> None:
    one, two = grouped(journal, "one", "two")
    job = hold(room, journal)
    here.release(job.held, Options())
    delivery: Delivery

    def connect(printer: Printer, stop: object) -> ObedientPrinter:
        if printer.id == one.id:  # between looking and reaching, the other has taken it
            delivery.step(two)
        return obedient

    delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=connect)
    delivery.step(one)
    run(delivery, two)
    assert len(obedient.received) == 1


def test_a_document_that_waits_for_a_printer_goes_to_another(
    here: Here, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter, journal: Journal
) -> None:
    other = actions.add_printer(journal.store, name="Түрлі түсті", uri="ipp://there/ipp/print")
    here.release(job.held, job.options)
    moved = here.move(job.held, other.id).job.job
    assert moved is not None
    assert (moved.printer, delivery.step(printer)) == (other.id, None)
    delivery.step(other)
    with pytest.raises(JobOver):
        here.move(job.held, printer.id)


def test_the_first_printer_that_can_do_it_is_used(here: Here, job: HeldJob, journal: Journal) -> None:
    grey = actions.add_printer(journal.store, name="Ақ-қара", uri="ipp://grey/")
    with journal.store.write() as db:
        PrinterRow.update(colour=False, both_sides=False, most_copies=1).execute(db)
    colour = actions.add_printer(journal.store, name="Түрлі түсті", uri="ipp://colour/")
    offer = here.offer()
    assert (offer.colour, offer.both_sides, offer.most_copies, [each.id for each in offer.printers]) == (
        True, True, 99, [grey.id, colour.id],
    )  # fmt: skip
    released = here.release(job.held, Options(colour="colour")).job.job
    assert released is not None
    assert released.printer == colour.id
