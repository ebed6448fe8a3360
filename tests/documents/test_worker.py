"""The worker process: its life, its limits, its end."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.documents import Limits, Printable, Worker
from akimat_desk.documents import worker as worker_module
from akimat_desk.documents.errors import (
    Cancelled,
    Crashed,
    DiskFull,
    NoPages,
    NoSuchPage,
    PrintingForbidden,
    TooHeavy,
    WorkerMissing,
)
from tests.documents import files

ROOT = Path(__file__).resolve().parents[2]


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def process_of(worker: Worker) -> int:
    """The process id of a started worker."""
    assert worker._process is not None
    return worker._process._popen.pid


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(files.pdf(3))
    return path


@pytest.fixture(scope="session")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keeps a worker with enough memory busy for seconds."""
    path = tmp_path_factory.mktemp("bomb") / "bomb.pdf"
    path.write_bytes(files.bomb(700))
    return path


def once_it_works_on_it(worker: Worker, act: Callable[[], object]) -> None:
    """Call `act` in another thread as soon as the worker has said that it works on the next file."""
    worker._kind = "unknown"

    def wait() -> None:
        while worker._kind == "unknown":
            time.sleep(0.005)
        act()

    threading.Thread(target=wait, daemon=True).start()


# ---- what it does


def test_preview(worker: Worker, letter: Path) -> None:
    picture = Image.open(io.BytesIO(worker.preview(letter, 1, 200)))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (200, 283))
    assert Image.open(io.BytesIO(worker.preview(letter, 1, 200, grey=True, height_px=100))).size == (71, 100)


def test_printable_pdf(worker: Worker, letter: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    assert worker.to_pdf(letter, target) == Printable(target, 3)
    assert target.read_bytes() == letter.read_bytes()
    assert worker.to_pdf(letter, target, pages=[3, 1]) == Printable(target, 2)
    assert texts(target) == ["Page 3", "Page 1"]


def test_printing_what_the_author_forbade_takes_the_word_of_staff(worker: Worker, tmp_path: Path) -> None:
    path, target = tmp_path / "mine.pdf", tmp_path / "out.pdf"
    path.write_bytes(files.locked("", "owner", may_print=False))
    with pytest.raises(PrintingForbidden):
        worker.to_pdf(path, target)
    assert not target.exists()
    assert worker.to_pdf(path, target, staff_override=True).pages == 2
    assert texts(target) == ["Page 1", "Page 2"]


def test_the_printable_copy_of_a_locked_file_is_open(worker: Worker, tmp_path: Path) -> None:
    path, target = tmp_path / "locked.pdf", tmp_path / "out.pdf"
    path.write_bytes(files.locked("secret", "owner"))
    worker.to_pdf(path, target, password="secret")
    assert texts(target) == ["Page 1", "Page 2"]


def test_pages_for_the_printer(worker: Worker, letter: Path) -> None:
    strips = list(worker.render_pages(letter, dpi=50, colour=False))
    assert [(s.page, s.pages, s.width, s.height, s.y, s.rows, s.stride, s.format) for s, _ in strips] == [
        (page, 3, 413, 585, 0, 585, 416, "grey8") for page in (1, 2, 3)
    ]
    assert [len(pixels) for _, pixels in strips] == [585 * 416] * 3
    assert all(min(pixels) < 100 and max(pixels) == 255 for _, pixels in strips)


def test_only_some_pages_for_the_printer_and_in_several_strips(worker: Worker, letter: Path) -> None:
    strips = [strip for strip, _ in worker.render_pages(letter, dpi=600, colour=True, pages=[3, 1])]
    assert [(s.page, s.y, s.rows) for s in strips] == [
        (page, y, rows) for page in (3, 1) for y, rows in ((0, 2536), (2536, 2536), (5072, 1944))
    ]


@pytest.mark.parametrize("page", [0, 4, -1])
def test_a_page_that_is_not_there(worker: Worker, letter: Path, tmp_path: Path, page: int) -> None:
    calls: list[Callable[[], object]] = [
        lambda: worker.preview(letter, page, 100),
        lambda: worker.to_pdf(letter, tmp_path / "out.pdf", pages=[1, page]),
        lambda: list(worker.render_pages(letter, dpi=50, colour=False, pages=[4])),
    ]
    for call in calls:
        with pytest.raises(NoSuchPage):
            call()
    assert not (tmp_path / "out.pdf").exists()


def test_no_page_chosen(worker: Worker, letter: Path, tmp_path: Path) -> None:
    with pytest.raises(NoPages):
        worker.to_pdf(letter, tmp_path / "out.pdf", pages=[])
    assert list(worker.render_pages(letter, dpi=50, colour=False, pages=[])) == []


def test_a_full_disk_leaves_nothing_behind(session: Path, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    noise = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    noise.save(path, compress_level=0)
    with Worker(session, Limits(output_mb=1), converter="") as worker, pytest.raises(DiskFull):
        worker.to_pdf(path, tmp_path / "out.pdf")
    assert sorted(tmp_path.iterdir()) == [path, session]


# ---- where it stands


def test_no_window_library_and_no_document_library_where_they_do_not_belong() -> None:
    desk = "import sys, akimat_desk.documents; print(*sys.modules)"
    inside = "import sys, akimat_desk.documents.inside; print(*sys.modules)"

    def loaded(code: str) -> set[str]:
        call = [sys.executable, "-c", code]
        return set(subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())

    heavy = {"numpy", "pypdfium2", "pikepdf", "PIL", "reportlab", "tkinter", "customtkinter"}
    assert not loaded(desk) & heavy
    assert not loaded(inside) & {"tkinter", "customtkinter", "pikepdf", "PIL", "reportlab"}


def test_its_folder_is_in_the_session_folder_and_goes_with_it(session: Path, letter: Path) -> None:
    with Worker(session, converter="") as worker:
        assert list(session.iterdir()) == []
        worker.inspect(letter)
        (folder,) = session.iterdir()
        assert folder.stat().st_mode & 0o077 == 0
        assert os.readlink(f"/proc/{process_of(worker)}/cwd") == str(folder)
    assert list(session.iterdir()) == []


def test_what_lies_in_its_folder_is_overwritten_before_it_goes(session: Path, letter: Path) -> None:
    with Worker(session, converter="") as worker:
        worker.inspect(letter)
        (folder,) = session.iterdir()
        (folder / "office").mkdir()
        left = [folder / "document.pdf", folder / "office" / "backup.odt"]
        for file in left:
            file.write_text("өтініш")
        held = [file.open("rb") for file in left]
    for stream in held:
        assert stream.read() == b""
        stream.close()


def test_it_cannot_take_more_than_its_limits(session: Path, letter: Path) -> None:
    with Worker(session, Limits(memory_mb=700, office_memory_mb=900, output_mb=7), converter="") as worker:
        worker.inspect(letter)
        table = Path(f"/proc/{process_of(worker)}/limits").read_text()
    rows = {line[:26].strip(): line[26:].split()[:2] for line in table.splitlines()}
    assert rows["Max address space"][0] == str(700 << 20)
    assert rows["Max data size"] == [str(900 << 20)] * 2
    assert rows["Max file size"] == [str(7 << 20)] * 2
    assert rows["Max core file size"] == ["0", "0"]


def test_calls_are_not_for_the_thread_that_draws(worker: Worker, letter: Path) -> None:
    with screen_thread():
        for call in (
            lambda: worker.inspect(letter),
            lambda: worker.preview(letter, 1, 100),
            lambda: next(worker.render_pages(letter, dpi=50, colour=False)),
        ):
            with pytest.raises(BlocksScreen):
                call()


def test_warming_returns_at_once_and_may_be_asked_for_by_the_screen(session: Path, letter: Path) -> None:
    with Worker(session, converter="") as worker:
        with screen_thread():
            worker.warm()
            worker.cancel()
        assert worker.inspect(letter).pages == 3


def test_several_threads_take_turns(worker: Worker, letter: Path) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(worker.inspect(letter).pages)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8


# ---- how it ends


def test_time_runs_out_and_the_next_call_works(session: Path, letter: Path, bomb: Path) -> None:
    with Worker(session, Limits(inspect_seconds=1, memory_mb=4096), converter="") as worker:
        worker.preview(letter, 1, 50)
        stopped = worker.inspect(bomb)
        assert (stopped.kind, stopped.valid, stopped.reason) == ("pdf", False, "too-heavy")
        assert worker.preview(letter, 1, 50)[:4] == b"\x89PNG"


def test_memory_runs_out_and_the_next_call_works(session: Path, letter: Path, bomb: Path, tmp_path: Path) -> None:
    with Worker(session, Limits(memory_mb=512), converter="") as worker:
        with pytest.raises(TooHeavy):
            worker.preview(bomb, 1, 50)
        with pytest.raises(TooHeavy):
            list(worker.render_pages(bomb, dpi=50, colour=False))
        assert worker.to_pdf(letter, tmp_path / "out.pdf").pages == 3


@pytest.mark.parametrize(("sent", "error"), [(signal.SIGSEGV, Crashed), (signal.SIGKILL, TooHeavy)])
def test_it_dies_in_the_middle_of_a_call(
    session: Path, letter: Path, bomb: Path, sent: signal.Signals, error: type[Exception]
) -> None:
    with Worker(session, Limits(memory_mb=4096), converter="") as worker:
        worker.inspect(letter)
        once_it_works_on_it(worker, partial(os.kill, process_of(worker), sent))
        with pytest.raises(error):
            worker.preview(bomb, 1, 50)
        assert worker.inspect(letter).pages == 3


def test_it_dies_while_nobody_asks(session: Path, letter: Path) -> None:
    with Worker(session, converter="") as worker:
        worker.inspect(letter)
        first = process_of(worker)
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert worker.inspect(letter).pages == 3
        assert process_of(worker) != first


def test_cancel_stops_the_call_under_way_and_only_that(session: Path, letter: Path, bomb: Path) -> None:
    with Worker(session, Limits(memory_mb=4096), converter="") as worker:
        worker.cancel()
        assert worker.inspect(letter).pages == 3
        once_it_works_on_it(worker, worker.cancel)
        with pytest.raises(Cancelled):
            worker.inspect(bomb)
        assert worker.inspect(letter).pages == 3


def test_close_stops_the_call_under_way(session: Path, letter: Path, bomb: Path) -> None:
    worker = Worker(session, Limits(memory_mb=4096), converter="")
    worker.inspect(letter)
    once_it_works_on_it(worker, worker.close)
    with pytest.raises(Cancelled):
        worker.inspect(bomb)
    worker.close()
    with pytest.raises(Cancelled):
        worker.inspect(letter)
    assert list(session.iterdir()) == []


def test_it_does_not_outlive_the_desk(session: Path, letter: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from akimat_desk.documents import Worker;"
        "worker = Worker(Path(sys.argv[1]), converter=''); worker.inspect(Path(sys.argv[2]));"
        "print(worker._process._popen.pid, flush=True); os._exit(1)"
    )
    call = [sys.executable, "-c", code, str(session), str(letter)]
    pid = int(subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False).stdout)
    try:
        ended = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(ended):
        assert select.select([ended], [], [], 30)[0] == [ended]


# ---- when a file has taken it over


@pytest.fixture
def hostile(session: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Worker]:
    def start(way: str) -> Worker:
        monkeypatch.setattr(worker_module, "_MODULE", "tests.documents.hostile")
        monkeypatch.setenv("HOSTILE", way)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        return Worker(session, Limits(start_seconds=30, inspect_seconds=1), converter="")

    return start


@pytest.mark.parametrize("way", ["dies", "endless", "junk", "other answer", "wrong type", "unknown code"])
def test_what_it_must_not_say_is_not_believed(hostile: Callable[[str], Worker], letter: Path, way: str) -> None:
    with hostile(way) as worker:
        found = worker.inspect(letter)
        assert (found.valid, found.reason, found.message.msgid) == (False, "crashed", Crashed.resident_text)


def test_pixels_of_another_shape_are_not_handed_on(hostile: Callable[[str], Worker], letter: Path) -> None:
    with hostile("wrong strip") as worker, pytest.raises(Crashed):
        next(worker.render_pages(letter, dpi=50, colour=False))


def test_silence_ends_with_the_time(hostile: Callable[[str], Worker], letter: Path) -> None:
    with hostile("silent") as worker:
        assert worker.inspect(letter).reason == "too-heavy"


def test_a_worker_that_does_not_start(hostile: Callable[[str], Worker], letter: Path) -> None:
    with hostile("no start") as worker, pytest.raises(WorkerMissing) as caught:
        worker.inspect(letter)
    assert caught.value.detail == "ImportError: no module named numpy"


def test_a_worker_that_never_gets_ready(
    hostile: Callable[[str], Worker], letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile("silent start") as worker:
        monkeypatch.setattr(worker, "limits", Limits(start_seconds=0.5))
        with pytest.raises(WorkerMissing):
            worker.inspect(letter)


def test_a_session_folder_that_is_not_there(tmp_path: Path, letter: Path) -> None:
    with Worker(tmp_path / "none", converter="") as worker, pytest.raises(WorkerMissing):
        worker.inspect(letter)
