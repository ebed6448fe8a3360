"""Where the shell comes in: from an open desk to the first screens of copying and of the scanners."""

from __future__ import annotations

from pathlib import Path

from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen
from printing import places, records, room
from printing.room import room_of
from printing.scanning import actions, known
from printing.scanning.actions import Saved
from printing.scanning.flow import CopyDone
from printing.scanning.known import ScannerState, Wanted
from printing.scanning.room import file_stem, new_flow, throw_away
from printing.scanning.screens.copied import CopiedScreen
from printing.scanning.screens.look import LookScreen
from printing.scanning.screens.pages import PagesPresenter, PagesScreen
from printing.scanning.screens.saved import SavedScreen
from printing.scanning.screens.scanners import ScannersPresenter, ScannersScreen
from printing.scanning.screens.start import StartScreen
from printing.screens.progress import ProgressPresenter


def copy_or_scan(desk: Desk) -> Screen:
    """The resident's flow, from the choice of what lies on the scanner."""
    here = room_of(desk)
    flow = new_flow(desk)

    def find() -> tuple[places.Place, ...]:
        with desk.store.read() as db:
            opened = records.folders(db)
        return places.places(opened)

    def save(folder: Path) -> Saved:
        return flow.save(folder, file_stem(desk))

    def pages() -> Screen:
        return PagesScreen(
            PagesPresenter(
                flow,
                find,
                save,
                again=lambda: start(more=True),
                copied=copied,
                saved=lambda done: SavedScreen(done, lambda: copy_or_scan(desk)),
            )
        )

    def start(*, more: bool = False) -> Screen:
        return StartScreen(flow, lambda: LookScreen(flow, pages), pages, more=more)

    def copied(done: CopyDone) -> Screen:
        here.wake()
        job = done.job.job

        def stop() -> None:
            here.spool.ask_stop(job)
            here.wake()

        return CopiedScreen(
            ProgressPresenter(
                done.job,
                fetch=lambda: here.spool.get(job),
                stop=stop,
                slip=lambda now: room.print_slip(desk, now),
                again=lambda: copy_or_scan(desk),
            )
        )

    here.worker.warm()
    return start()


def the_scanners(desk: Desk) -> Screen:
    """The scanners of this PC, and papers that other services want scanned, for staff."""
    store = desk.store

    def fetch() -> tuple[tuple[ScannerState, ...], tuple[Wanted, ...]]:
        return known.states(store, throw_away(desk)), known.wanted(desk)

    return ScannersScreen(
        ScannersPresenter(
            fetch,
            search=known.search,
            add=lambda name, typed: known.add_typed(store, throw_away(desk), name, typed),
            remove=lambda scanner: actions.remove_scanner(store, scanner),
            use_first=lambda scanner: actions.use_first(store, scanner),
            scan=lambda paper: known.scan_wanted(desk, new_flow(desk), paper),
        )
    )
