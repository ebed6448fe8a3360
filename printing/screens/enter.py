"""Where the shell comes in: from an open desk to the first screen of each part."""

from __future__ import annotations

from akimat_desk.base.clock import local_date
from akimat_desk.service import Desk, FirstRunStep
from akimat_desk.ui.screen import Screen
from printing import actions, places, printers, records, room
from printing.devices.finding import find_printers
from printing.flow import PrintDone, PrintFlow
from printing.held_job import HeldJob
from printing.printers import PrinterState
from printing.records import Printer
from printing.room import room_of
from printing.screens.choose import ChoosePresenter, ChooseScreen
from printing.screens.enter_release import own_code, waiting
from printing.screens.faults import FaultPresenter, FaultScreen
from printing.screens.first_printer import FirstPrinterPresenter, FirstPrinterScreen
from printing.screens.password import PasswordScreen
from printing.screens.printer import PrinterPresenter, PrinterScreen
from printing.screens.printers import PrintersPresenter, PrintersScreen
from printing.screens.progress import ProgressPresenter, ProgressScreen
from printing.screens.settings import SettingsScreen
from printing.spool import SpooledJob


def print_a_document(desk: Desk) -> Screen:
    """The resident's flow, from the choice of a file."""
    here = room_of(desk)
    folder = desk.session_folder() or desk.home.sessions
    flow = PrintFlow(desk.journal, here.spool, here.worker, folder, here.drop_worker, here.way, here.hold)

    def find() -> tuple[places.Place, ...]:
        with desk.store.read() as db:
            opened = records.folders(db)
        return places.places(opened)

    def settings() -> Screen:
        return SettingsScreen(flow, progress)

    def after_choice() -> Screen:
        assert flow.inspection is not None
        return PasswordScreen(flow, settings) if flow.inspection.needs_password else settings()

    def again() -> Screen:
        return print_a_document(desk)

    def progress(done: PrintDone) -> Screen:
        here.wake()
        job = done.job
        if isinstance(job, HeldJob):
            return waiting(desk, job, again)
        return ProgressScreen(
            ProgressPresenter(
                job,
                fetch=lambda: here.spool.get(job.job),
                stop=lambda: stop(job),
                slip=lambda now: room.print_slip(desk, now),
                again=again,
            )
        )

    def stop(job: SpooledJob) -> None:
        here.spool.ask_stop(job.job)
        here.wake()

    here.worker.warm()
    return ChooseScreen(
        ChoosePresenter(
            flow,
            find,
            places.listing,
            after_choice,
            code=lambda: own_code(desk, again),
            may_release=here.resident_may_release,
        )
    )


def the_printers(desk: Desk) -> Screen:
    """The printers of this PC."""
    store = desk.store
    return PrintersScreen(
        PrintersPresenter(
            lambda: printers.states(store, desk.clock),
            search=find_printers,
            add=lambda name, typed: printers.add_typed(store, name, typed),
            add_receipt=lambda name, typed, width: printers.add_receipt_printer(store, name, typed, width),
            search_receipts=printers.find_receipt_printers,
            use_first=lambda printer: actions.use_first(store, printer),
            open=lambda printer: one_printer(desk, printer),
            fault=lambda state: fault(desk, state),
            test_page=lambda printer: printers.print_test_page(desk, room_of(desk).spool, printer),
        )
    )


def one_printer(desk: Desk, printer: Printer) -> Screen:
    """The page of one printer."""
    store = desk.store
    return PrinterScreen(
        PrinterPresenter(
            printer,
            fetch=lambda: printers.report(store, desk.clock, printer),
            test_page=lambda: printers.print_test_page(desk, room_of(desk).spool, printer),
            remove=lambda: printers.remove(store, printer),
            choose_format=lambda document_format: actions.choose_format(store, printer, document_format),
            set_group=lambda group: printers.set_group(store, printer, group),
            set_letters=lambda letters: printers.set_letters(store, printer, letters),
            set_paper=lambda sizes: printers.set_paper(store, printer, sizes),
            trust=lambda: printers.trust_again(store, printer),
            fault=lambda state: fault(desk, state),
        )
    )


def fault(desk: Desk, state: PrinterState) -> Screen:
    """What to do about a printer's trouble."""
    return FaultScreen(FaultPresenter(state, lambda: printers.report(desk.store, desk.clock, state.printer).state))


def first_printer(desk: Desk, step: FirstRunStep) -> Screen:
    """The step of a PC's first set-up that asks for its printer."""
    return FirstPrinterScreen(
        FirstPrinterPresenter(
            step,
            search=find_printers,
            finish=lambda name, typed, typed_prices: printers.set_up(
                desk.store, desk.journal, name, typed, typed_prices, local_date(desk.clock.now_ms())
            ),
        )
    )
