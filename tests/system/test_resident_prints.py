"""A resident prints: the real window under a window manager, real keys and clicks, a stick, a real IPP printer.

Then everything is erased, and every file the desk has is searched for the document's words and its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.demo import FILES, make_village
from akimat_desk.shell.opening import catalogues, open_desk
from akimat_desk.ui.inspect import texts
from akimat_desk.ui.widgets.pressable import Pressable
from printing import actions, printers, records, room
from printing.holding import HOLDING_SET, HoldingSet
from printing.records import PrintedJob
from tests.documents import files
from tests.printing.decoders import decode_pwg
from tests.system.printers import RealPrinter, demand, real_printer

pytestmark = [pytest.mark.real, pytest.mark.screen]

SECRET = "Zhasyryn-aryz-7319"
"""Stands in the document as it is: the file is written without compression."""

NAME = "zhasyryn-otinish-7319"
PATIENCE_S = 60.0
Story = Iterator[Callable[[], bool]]
"""A visit, told step by step: each step gives what to wait for before the next."""


@pytest.fixture
def stick(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder that stands for a resident's USB stick, with a letter of two pages: a PDF, or a Word file."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if getattr(request, "param", "pdf") == "docx":
        (folder / f"{NAME}.docx").write_bytes(files.docx(f"{SECRET} 1", f"{SECRET} 2", page_each=True))
        return folder
    canvas = Canvas(str(folder / f"{NAME}.pdf"), pagesize=A4, pageCompression=0)
    for page in (1, 2):
        canvas.setFont("Helvetica", 24)
        canvas.drawString(72, 700, f"{SECRET} {page}")
        canvas.rect(72, 100, 300, 200 * page, fill=1)
        canvas.showPage()
    canvas.save()
    return folder


@dataclass
class Visit:
    """One resident at the window. `presses` counts what they pressed or clicked."""

    app: App
    presses: int = 0
    failure: BaseException | None = None
    _due: Callable[[], bool] = field(default=lambda: True)
    _until: float = 0.0

    def live(self, story: Story) -> None:
        """Open the window, let the story happen in it, close it; what went wrong in it is raised here."""
        root = self.app.window.root
        self._until = time.monotonic() + PATIENCE_S

        def tick() -> None:
            try:
                if self._due():
                    self._due = next(story)
                    self._until = time.monotonic() + PATIENCE_S
                elif time.monotonic() > self._until:
                    pytest.fail(f"nothing comes after {self.app.window.screen.name}: {texts(self.app.window.topmost)}")
                root.after(20, tick)
            except StopIteration:
                self.app.quit()
            except BaseException as why:
                self.failure = why
                self.app.quit()

        root.after(20, tick)
        self.app.run()
        if self.failure is not None:
            raise self.failure

    def shows(self, control: str) -> Callable[[], bool]:
        """A control is there, and drawn."""
        return lambda: control in self.app.window.topmost.controls and self._control(control).winfo_viewable() == 1

    def screen(self, name: str) -> Callable[[], bool]:
        return lambda: self.app.window.screen.name == name

    def click(self, control: str) -> None:
        """With the mouse, in the middle of it."""
        face = self._control(control)
        x, y = face.winfo_rootx() + face.winfo_width() // 2, face.winfo_rooty() + face.winfo_height() // 2
        xdotool("mousemove", str(x), str(y), "click", "1")
        self.presses += 1

    def key(self, *keys: str) -> None:
        xdotool("key", *keys)
        self.presses += len(keys)

    def _control(self, name: str) -> Pressable:
        control = self.app.window.topmost.controls[name]
        assert isinstance(control, Pressable)
        return control


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def _temporary_files_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that all of them can be searched; the session's folder holds the stick and the printer's papers as well."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def village(home: Home, stick: Path) -> Home:
    """The demo village; its shelf and its printer are replaced by the stick and by what the test sets up."""
    services = find_services()
    words = Translator(catalogues(services))
    shutil.rmtree(home.data)
    make_village(words, home)
    with open_desk(home, clock=SystemClock(), words=words, services=services) as desk:
        actions.remove_printer(desk.store, actions.paper_printer(desk.store))
        with desk.store.write() as db:
            records.FolderRow.delete().execute(db)
        actions.open_folder(desk.store, stick)
        # A room that prints at once; what waits under a code has its own test of its traces.
        desk.journal.append(HOLDING_SET, HoldingSet(hold=False, minutes=120, keep_minutes=10))
        for job in room.room_of(desk).held.find().jobs:
            room.room_of(desk).held.forget(job.held)
    shutil.rmtree(home.data / "papers")
    shutil.rmtree(home.data / FILES)
    return home


def put_in(village: Home, printer: RealPrinter) -> None:
    """Staff add the printer by its address."""
    services = find_services()
    with open_desk(village, clock=SystemClock(), words=Translator([]), services=services) as desk:
        printers.add_typed(desk.store, "", printer.uri)


@pytest.fixture
def visit(village: Home, display: str) -> Visit:
    demand(("xdotool",))
    services = find_services()
    return Visit(App(village, Translator(catalogues(services)), services, SystemClock(), resident_first=True))


def prints_and_leaves(visit: Visit, village: Home, told: dict[str, object]) -> Story:
    """Home, file, settings, paper; then «Finish and erase»."""
    window = visit.app.window
    yield lambda: visit.app.desk is not None and "20\u00a0₸" in texts(window.topmost)  # all is fetched
    yield visit.shows("tile-0")
    visit.click("tile-0")
    yield visit.shows("file-0")
    visit.click("file-0")
    yield visit.screen("printing.settings")
    screen, said = window.screen, visit.app.words
    yield lambda: screen.drawn.picture is not None and window.topmost.focused() == "continue"  # type: ignore[attr-defined]
    pages = said.count("{n} page", "{n} pages", screen.flow.page_count)  # type: ignore[attr-defined]
    yield lambda: pages in texts(window.topmost)  # the part with the picture is built anew when it comes
    told["before printing"] = texts(window.topmost)
    visit.key("Return")
    yield visit.screen("printing.progress")
    yield visit.shows("continue")
    told["presses"] = visit.presses
    told["afterwards"] = texts(window.topmost)
    told["spool"] = list(village.spool.iterdir())
    told["session"] = [path for folder in village.sessions.iterdir() if folder.is_dir() for path in folder.iterdir()]
    visit.click("finish")
    yield visit.shows("danger")
    visit.click("danger")
    yield visit.screen("shell.farewell")
    told["farewell"] = texts(window.topmost)
    visit.key("Tab", "Return")


def ended(village: Home) -> list[tuple[str, int, int, int]]:
    """What the journal says of the jobs that are not the demo's: outcome, pages, sheets, tenge; the newest alone."""
    services = find_services()
    with open_desk(village, clock=SystemClock(), words=Translator([]), services=services) as desk:
        desk.journal.replay()
        assert desk.journal.verify() == []
        with desk.store.read() as db:
            today = PrintedJob.ended_ms >= room.since_midnight(desk)
            rows = list(PrintedJob.select().where(today).execute(db))
        assert room.totals_today(desk).jobs == len(rows) == 4
    newest = max(rows, key=lambda row: row.at)
    return [(newest.outcome, newest.pages, newest.sheets, newest.tenge)]


def traces(*places: Path) -> list[str]:
    """Every file, and every file's name, that holds the document's words or its name."""
    words = [SECRET.encode(), SECRET.encode("utf-16-le"), NAME.encode()]
    found = []
    for place in places:
        for path in place.rglob("*"):
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found += [str(path) for word in words if word in content or word in os.fsencode(path.name)]
    return found


def everything_the_desk_has(village: Home) -> tuple[Path, ...]:
    """Data, keys, and every folder a program of the test session may write temporary files to."""
    kept = ("TMPDIR", "HOME", "XDG_RUNTIME_DIR")
    return (village.data, village.keys, *(Path(os.environ[name]) for name in kept))


def check_the_visit(told: dict[str, object], village: Home) -> None:
    assert isinstance(told["presses"], int)
    assert told["presses"] <= 6
    assert "40\u00a0₸" in told["before printing"]  # type: ignore[operator]
    assert "40\u00a0₸" in told["afterwards"]  # type: ignore[operator]
    assert (told["spool"], told["session"]) == ([], [])
    assert ended(village) == [("printed", 2, 2, 40)]
    assert list(village.spool.iterdir()) == []
    assert list(village.sessions.iterdir()) == []


def test_a_resident_prints_a_pdf_and_leaves_nothing(
    visit: Visit, village: Home, office: RealPrinter, stick: Path
) -> None:
    put_in(village, office)
    told: dict[str, object] = {}
    visit.live(prints_and_leaves(visit, village, told))

    (job,) = office.printed
    with pypdfium2.PdfDocument(job.document) as paper:
        assert [page.get_textpage().get_text_range() for page in paper] == [f"{SECRET} 1", f"{SECRET} 2"]
    wanted = {"IPP_COPIES": "1", "IPP_SIDES": "one-sided", "IPP_PRINT_COLOR_MODE": "monochrome"}
    assert {name: job.attributes[name] for name in wanted} == wanted
    assert job.attributes["IPP_MEDIA"] == "iso_a4_210x297mm"
    check_the_visit(told, village)

    assert traces(stick) != []  # the search is not blind
    assert traces(*everything_the_desk_has(village)) == []


@pytest.mark.parametrize("stick", ["docx"], indirect=True)
def test_a_word_file_is_turned_into_pages_that_are_counted_and_looked_at_before_it_is_paid(
    visit: Visit, village: Home, office: RealPrinter, stick: Path
) -> None:
    """By LibreOffice itself, which leaves nothing either."""
    demand(("soffice",))
    put_in(village, office)
    told: dict[str, object] = {}
    visit.live(prints_and_leaves(visit, village, told))

    before: list[str] = told["before printing"]  # type: ignore[assignment]
    said = visit.app.words
    for words in (
        said("Pages this document was turned into here: {n}. Look through them before printing.", n=2),
        said.count("{n} page", "{n} pages", 2),
        said.count("All, {n} page", "All, {n} pages", 2),
    ):
        assert words in before
    (job,) = office.printed
    with pypdfium2.PdfDocument(job.document) as paper:
        assert [page.get_textpage().get_text_range() for page in paper] == [f"{SECRET} 1", f"{SECRET} 2"]
    check_the_visit(told, village)
    assert traces(stick) != []
    assert traces(*everything_the_desk_has(village)) == []


@pytest.fixture
def raster_only(dns_sd_environment: dict[str, str], tmp_path: Path) -> Iterator[RealPrinter]:
    folder = tmp_path / "raster-printer"
    folder.mkdir()
    with real_printer(folder, dns_sd_environment, formats=("image/pwg-raster",)) as printer:
        yield printer


def test_a_resident_prints_on_a_printer_that_takes_no_pdf(
    visit: Visit, village: Home, raster_only: RealPrinter, stick: Path
) -> None:
    put_in(village, raster_only)
    told: dict[str, object] = {}
    visit.live(prints_and_leaves(visit, village, told))

    (job,) = raster_only.printed
    pages = decode_pwg(job.document)
    assert [(page.width, page.height, page.dpi, page.bits_per_pixel) for page in pages] == [(2480, 3508, 300, 8)] * 2
    with pypdfium2.PdfDocument(stick / f"{NAME}.pdf") as paper:
        for page, wanted in zip(pages, paper, strict=True):
            drawn = wanted.render(scale=300 / 72, grayscale=True).to_pil().convert("L").resize((2480, 3508))
            assert sum(ImageChops.difference(page.grey, drawn).histogram()[128:]) < 2000  # edges of letters
    check_the_visit(told, village)
    assert traces(*everything_the_desk_has(village)) == []
