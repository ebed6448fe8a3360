"""A scan never outlives its session: after the wipe, no byte of it is in any file of the PC's folders or of temp."""

from __future__ import annotations

import io
import os
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from akimat_desk.people.session import Session
from akimat_desk.service import Desk
from printing import actions as print_actions
from printing import room as printing_room
from printing.scanning import actions
from printing.scanning.errors import ScanStopped
from printing.scanning.room import new_flow

from .conftest import PRICES  # type: ignore[import-not-found]
from .scripted_scanner import ScriptedScanner, hangs  # type: ignore[import-not-found]

NEEDLE = 24
"""Bytes in a row of a picture that would give it away; far more than chance makes alike."""


@pytest.fixture
def noise() -> Image.Image:
    """A paper that looks like nothing else: every stretch of its JPEG is found again only where it is kept."""
    small = Image.frombytes("L", (255, 351), os.urandom(255 * 351))
    return small.resize((2550, 3510), Image.Resampling.BICUBIC).convert("RGB")


def found_in(needles: list[bytes], *folders: Path) -> list[str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files for data in [path.read_bytes()] if any(each in data for each in needles)]


def stretches(data: bytes) -> list[bytes]:
    return [data[start : start + NEEDLE] for start in range(2000, len(data) - NEEDLE, max(1, len(data) // 40))]


def test_no_byte_of_a_card_is_left_after_the_session(
    desk: Desk, tmp_path: Path, noise: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    session = Session.start(desk.home, desk.clock)
    desk = replace(desk, session_folder=lambda: session.folder)
    print_actions.set_prices(desk.journal, PRICES)
    print_actions.add_printer(desk.store, name="Printer", uri=f"folder://{tmp_path}/printed")
    with ScriptedScanner(glass=noise, feeder=[noise]) as scanner:
        actions.add_scanner(desk.store, name="Scanner", uri=scanner.uri)
        flow = new_flow(desk)
        flow.colour = "colour"
        flow.open()
        flow.what = "card"
        for _ in range(2):
            flow.look_at()
            flow.take()
        flow.what = "feeder"
        flow.feed()
        assert flow.look is None
        jpegs = [picture.jpeg for leaf in flow.leaves for picture in leaf.pictures]
        needles = [part for data in (*scanner.sent, *jpegs) for part in stretches(data)]
        needles.append(noise.tobytes()[3_000_000 : 3_000_000 + NEEDLE])
        places = desk.home.data, session.folder.parent, temp
        (temp / "so that there is something to look into").touch()
        assert found_in(needles, *places) == []  # even while it is on: all of it is in memory
        job = flow.copy().job
        held = printing_room.room_of(desk).spool.document(job.job)
        assert any(part in held for part in needles)  # the copy in the queue holds them, encrypted on the disk
        assert found_in(needles, *places) == []
        flow.what = "feeder"
        scanner.feeder.append(noise)
        flow.feed()
        assert flow.pages == 1
        wiped = session.wipe({"printing": lambda: printing_room.wipe(desk)})
    assert wiped.complete
    assert (flow.pages, flow.look, flow.front) == (0, None, None)
    assert found_in(needles, desk.home.data, temp) == []
    with pytest.raises(Exception, match=r".+") as gone:
        printing_room.room_of(desk).spool.document(job.job)
    assert type(gone.value).__name__ == "DocumentGone"


def test_the_end_of_the_session_stops_the_scanner_and_drops_what_comes(desk: Desk, tmp_path: Path) -> None:
    print_actions.set_prices(desk.journal, PRICES)
    print_actions.add_printer(desk.store, name="Printer", uri=f"folder://{tmp_path}/printed")
    asked = threading.Event()

    def wait(handler: object) -> bool:
        asked.set()
        return bool(hangs()(handler))

    with ScriptedScanner() as scanner:
        actions.add_scanner(desk.store, name="Scanner", uri=scanner.uri)
        flow = new_flow(desk)
        flow.open()
        scanner.next("document", wait)
        leaves = threading.Thread(target=lambda: asked.wait(20) and printing_room.wipe(desk))
        leaves.start()
        with pytest.raises(ScanStopped):
            flow.look_at()
        leaves.join()
        assert (flow.look, flow.pages, scanner.deleted) == (None, 0, ["/eSCL/ScanJobs/1"])


def test_a_second_flow_ends_the_first(desk: Desk) -> None:
    """One resident, one set of papers."""
    first = new_flow(desk)
    first.leaves.append(object())  # type: ignore[arg-type]
    new_flow(desk)
    assert first.leaves == []


def test_a_picture_is_no_word_of_a_log_or_an_error(noise: Image.Image) -> None:
    from printing.scanning.device import A4, Scanned
    from printing.scanning.flow import Look
    from printing.scanning.laying import Leaf, Picture

    out = io.BytesIO()
    noise.save(out, "JPEG")
    data = out.getvalue()
    picture = Picture(data, 1, 1, True, 300)
    for thing in (Scanned(data, 300, A4), Look(data, A4, A4), picture, Leaf((picture,)), Leaf((picture,)).sheet()):
        assert len(repr(thing)) < 700
