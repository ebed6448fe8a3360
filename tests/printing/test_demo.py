"""The demo village prints its own papers by the product's own actions."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from akimat_desk.documents.worker import Worker
from akimat_desk.service import DemoVillage, Desk
from printing import actions, records, room
from printing.demo import village
from printing.places import listing
from printing.records import DayTotals


def test_the_demo_has_a_printer_files_and_a_day_of_printing(desk: Desk, tmp_path: Path) -> None:
    files, papers = tmp_path / "files", tmp_path / "papers"
    files.mkdir(), papers.mkdir()
    village(desk, DemoVillage(files, papers))

    assert room.totals_today(desk) == DayTotals(jobs=3, pages=11, sheets=8, tenge=40 + 90 + 60)
    assert sorted(len(pypdfium2.PdfDocument(file)) for file in papers.glob("*.pdf")) == [1, 2, 6]
    assert actions.paper_printer(desk.store).uri.startswith("folder:")
    (waits,) = room.room_of(desk).held.find().jobs
    assert (waits.state, waits.quote.pages, waits.code[0]) == ("held", 6, "4")
    assert [file.name for file in desk.home.spool.iterdir()] == [f"{waits.held}.0"]  # what was printed is gone

    with desk.store.read() as db:
        (shelf,) = records.folders(db)
    with Worker(tmp_path) as worker:
        found = [worker.inspect(item.path) for item in listing(shelf)]
    assert sorted((each.kind, each.pages, each.colour_pages, each.can_print) for each in found) == [
        ("pdf", 1, (1,), True),
        ("pdf", 2, (), True),
        ("text", 1, (), True),
    ]
