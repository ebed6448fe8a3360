"""Where the shell comes in: from an open desk to the first screen of each part."""

from __future__ import annotations

from akimat_desk.base.clock import local_date
from akimat_desk.service import Desk, FirstRunStep
from akimat_desk.ui.screen import Screen
from printing import actions, places, printers, records
from printing.devices.discovery import discover
from printing.ending import settle
from printing.flow import PrintDone, PrintFlow
from printing.printers import PrinterState
from printing.records import DayTotals
from printing.room import room_of, since_midnight, totals_today
from printing.rules import PricesMissing, PriceTable
from printing.screens.choose import ChoosePresenter, ChooseScreen
from printing.screens.first_printer import FirstPrinterPresenter, FirstPrinterScreen
from printing.screens.password import PasswordScreen
from printing.screens.printers import PrintersPresenter, PrintersScreen
from printing.screens.progress import ProgressPresenter, ProgressScreen
from printing.screens.queue import QueuePresenter, QueueScreen
from printing.screens.settings import SettingsScreen
from printing.spool import SpooledJob


def print_a_document(desk: Desk) -> Screen:
    """The resident's flow, from the choice of a file."""
    room = room_of(desk)
    folder = desk.session_folder() or desk.home.sessions
    flow = PrintFlow(desk.journal, room.spool, room.worker, folder)

    def find() -> tuple[places.Place, ...]:
        with desk.store.read() as db:
            opened = records.folders(db)
        return places.places(opened)

    def settings() -> Screen:
        return SettingsScreen(flow, progress)

    def after_choice() -> Screen:
        assert flow.inspection is not None
        return PasswordScreen(flow, settings) if flow.inspection.needs_password else settings()

    def progress(done: PrintDone) -> Screen:
        room.wake()
        job = done.job.job
        return ProgressScreen(
            ProgressPresenter(
                done.job,
                fetch=lambda: room.spool.get(job),
                stop=lambda: actions.stop(desk.store, job),
                again=lambda: print_a_document(desk),
            )
        )

    room.worker.warm()
    return ChooseScreen(ChoosePresenter(flow, find, places.listing, after_choice))


def queue(desk: Desk) -> Screen:
    """Today's documents, for staff."""
    room = room_of(desk)

    def fetch() -> tuple[tuple[SpooledJob, ...], DayTotals]:
        return room.spool.jobs(since_ms=since_midnight(desk)), totals_today(desk)

    def decide(job: SpooledJob, printed: bool) -> None:
        person = desk.signed_in()
        settle(desk.journal, room.spool, job, printed=printed, staff=person.staff if person else None)

    return QueueScreen(QueuePresenter(fetch, stop=lambda job: actions.stop(desk.store, job.job), settle=decide))


def the_printers(desk: Desk) -> Screen:
    """The printers of this PC and the prices."""
    store, journal = desk.store, desk.journal

    def fetch() -> tuple[tuple[PrinterState, ...], PriceTable | None]:
        try:
            prices: PriceTable | None = actions.prices_today(journal)
        except PricesMissing:
            prices = None
        return printers.states(store), prices

    return PrintersScreen(
        PrintersPresenter(
            fetch,
            search=discover,
            add=lambda name, typed: printers.add_typed(store, name, typed),
            remove=lambda printer: actions.remove_printer(store, printer),
            test_page=lambda printer: printers.print_test_page(printer, desk.words),
            set_prices=lambda typed: printers.set_typed_prices(journal, typed, local_date(desk.clock.now_ms())),
        )
    )


def first_printer(desk: Desk, step: FirstRunStep) -> Screen:
    """The step of a PC's first set-up that asks for its printer."""
    return FirstPrinterScreen(
        FirstPrinterPresenter(
            step,
            search=discover,
            finish=lambda name, typed, typed_prices: printers.set_up(
                desk.store, desk.journal, name, typed, typed_prices, local_date(desk.clock.now_ms())
            ),
        )
    )
