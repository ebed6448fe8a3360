"""Every screen of printing in every language and size: nothing cut off, out of reach, small, pale, untranslated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.documents.errors import CAUTIONS
from akimat_desk.documents.inspection import Inspection
from akimat_desk.service import FirstRunStep
from akimat_desk.ui import inspect
from akimat_desk.ui.inspect import walk_through
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from printing.devices.errors import Jam, OptionsRefused, OtherPrinter, PaperOut
from printing.flow import PrintDone
from printing.printers import PrinterReport, PrinterState
from printing.rules import Layout, Options, PagesUnclear
from printing.screens.choose import ChoosePresenter, ChooseScreen
from printing.screens.faults import FaultPresenter, FaultScreen
from printing.screens.first_printer import FirstPrinterPresenter, FirstPrinterScreen
from printing.screens.password import PasswordScreen
from printing.screens.printer import PrinterScreen
from printing.screens.printers import PrintersScreen
from printing.screens.progress import ProgressScreen
from printing.screens.queue import QueueScreen
from printing.screens.settings import SettingsScreen
from tests.looks import is_translated, looks_right

from .conftest import Next, flow_of, inspection, job_of  # type: ignore[import-not-found]
from .test_choose import SCANS, STICK, Sticks  # type: ignore[import-not-found]
from .test_first_printer import ONE, TWO  # type: ignore[import-not-found]
from .test_printer import WELL, One  # type: ignore[import-not-found]
from .test_printers import ABLE, FOUND, HP, TICKETS  # type: ignore[import-not-found]
from .test_printers import Room as Printers  # type: ignore[import-not-found]
from .test_progress import Job  # type: ignore[import-not-found]
from .test_queue import PAPER, job, room_of  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen

PAPER_OUT = "media-empty"


def choose(*, full: bool = True) -> Screen:
    sticks = Sticks()
    if not full:
        sticks.places = ()
    return ChooseScreen(ChoosePresenter(flow_of(opened=False), sticks.find, sticks.list, Next))


def looking() -> Screen:
    screen = choose()
    assert isinstance(screen, ChooseScreen)
    screen.choose.take(screen.choose.look())
    screen.choose.looking = screen.choose.files[1]
    return screen


def settings(found: Inspection | None = None, *, typed: str | None = None, layout: Layout = "single") -> Screen:
    flow = flow_of(found or inspection(12, (2, 3)))
    flow.layout = layout
    screen = SettingsScreen(flow, lambda done: Next())
    if typed is not None:
        flow.which, flow.pages_text, screen.error = "some", typed, PagesUnclear()
    return screen


def full_settings(*, more: bool) -> Screen:
    flow = flow_of(inspection(12, (2, 3), sizes_mm=((297.0, 420.0),) * 12))
    flow.can_sizes, flow.size = ("A4", "A3"), "A4"
    screen = SettingsScreen(flow, lambda done: Next())
    screen.more = more
    return screen


def password() -> Screen:
    screen = PasswordScreen(flow_of(inspection(0, (), valid=False, needs_password=True)), Next)
    screen.error = Sentence("This password does not fit. Type it again.")
    return screen


def progress(**now: object) -> Screen:
    return ProgressScreen(Job(**now).presenter())


def queue(*, paper: bool = False) -> Screen:
    refused = {"reason": OptionsRefused.code, "told": {"options": "print-color-mode"}}
    jobs = [
        job(1, state="uncertain"),
        job(2, state="printing", options=Options(copies=12, sides="long", colour="colour")),
        job(3, state="failed", **refused),
        job(4, state="done"),
    ]
    presenter = room_of(*jobs, papers=(PAPER, replace(PAPER, number=8, asking=False))).presenter()
    presenter.chosen = "paper-7" if paper else jobs[0].job
    return QueueScreen(presenter)


def printers() -> Screen:
    states = (PrinterState(HP, ABLE, PaperOut()), PrinterState(TICKETS, None, None))
    presenter = Printers(states).presenter()
    presenter.found = [FOUND]
    return PrintersScreen(presenter)


def printer(report: PrinterReport = WELL) -> Screen:
    return PrinterScreen(One(report).presenter())


def fault() -> Screen:
    state = PrinterState(HP, ABLE, Jam())
    return FaultScreen(FaultPresenter(state, lambda: state))


def first_printer() -> Screen:
    step = FirstRunStep(2, ("Printer", "Printer", "Printer"), lambda: None)
    return FirstPrinterScreen(FirstPrinterPresenter(step, lambda: [ONE, TWO], lambda *_: None))


SCREENS: dict[str, Callable[[], Screen]] = {
    "choose": choose,
    "choose, nothing there": lambda: choose(full=False),
    "choose, looking": looking,
    "password": password,
    "settings": settings,
    "settings, a Word file": lambda: settings(
        inspection(12, (), kind="office", reason="converted", message=Sentence(CAUTIONS["converted"], {"n": 12}))
    ),
    "settings, black and white": lambda: settings(inspection(12, ())),
    "settings, a booklet": lambda: settings(inspection(12, ()), layout="booklet"),
    "settings, every choice there is": lambda: full_settings(more=False),
    "settings, the other choices": lambda: full_settings(more=True),
    "settings, pages unclear": lambda: settings(typed="1-"),
    "progress, in the queue": lambda: progress(state="waiting"),
    "progress, page 2": lambda: progress(state="printing", printed=2),
    "progress, paper out": lambda: progress(state="printing", reason=PAPER_OUT),
    "progress, done": lambda: progress(state="done", printed=3),
    "progress, refused": lambda: progress(state="failed", reason=OptionsRefused.code),
    "progress, uncertain": lambda: progress(state="uncertain"),
    "queue": queue,
    "queue, a paper": lambda: queue(paper=True),
    "printers": printers,
    "printer": printer,
    "printer, another certificate": lambda: printer(
        PrinterReport(PrinterState(HP, None, OtherPrinter(address="192.168.1.50")))
    ),
    "printer of receipts": lambda: printer(PrinterReport(PrinterState(TICKETS, None, None))),
    "fault": fault,
    "first printer": first_printer,
}
DATA = {
    "Ақжар ауылдық округі", "Адалдық алаңы", "ФЛЕШКА", "Сканер", "Құжаттар", "Өтініш.pdf", "Кеңсе", "Түрлі түсті",
    "Жаңа", "Қара", HP.uri, TICKETS.uri, STICK.name, SCANS.name, "А. Сәдуақасова", "қызметкер", "Бүгін", "Қабылдау",
    "Басып шығару", "Сабақтар", "Дауыс беру", "Тұрғындар", "Тапсырмалар", "Есептер", "Байланыс бар", "2 минут бұрын",
    "Аты-жөні, ЖСН немесе талон", "ENG", "1-", ONE.name, TWO.name, "Барабан", "HP LaserJet Pro M404", "A4", "lp0",
    "A3", "A4, A3", "A4, A5", "A4, A3, A5",
}  # fmt: skip
"""What is no text of the program: names, addresses, and the frames' samples."""


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    looks_right(window, SCREENS[name]())


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_translated_and_holds_words_of_a_longer_language(window: Window, name: str) -> None:
    is_translated(window, SCREENS[name](), DATA)


def test_the_price_stands_on_every_size_of_the_settings(window: Window) -> None:
    window.go(SettingsScreen(flow_of(), _printed))
    for shown in walk_through(window, languages=["kk"], themes=[False]):
        assert "60\u00a0₸" in inspect.texts(window.page), shown


def _printed(done: PrintDone) -> Screen:
    raise AssertionError(job_of())
