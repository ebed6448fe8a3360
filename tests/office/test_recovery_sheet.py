"""The sheet with the recovery key goes into the out-tray, and names nobody in the list of papers."""

from __future__ import annotations

from akimat_desk.base.words import Sentence
from akimat_desk.office.demo import ZONE
from akimat_desk.office.recovery_sheet import print_recovery_sheet
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk
from akimat_desk.store.recovery import RecoveryKey

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


def text_of(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_sheet_lies_in_the_tray_with_every_group_of_the_key(desk: Desk) -> None:
    open_zone(desk.journal, ZONE)
    number = print_recovery_sheet(desk, KEY, "Сәдуақасова Айгүл")
    tray = OutTray(desk.store, desk.clock)
    (waiting,) = tray.papers()
    assert (waiting.number, waiting.service, waiting.kind) == (number, "office", "sheet")
    assert waiting.title == Sentence("Recovery key, sheet {sheet}", {"sheet": KEY.seal.sheet})
    taken = tray.take("sheet")
    assert taken is not None
    assert taken.paper.pdf is not None
    said = text_of(taken.paper.pdf)
    for part in (*KEY.printed.split("-"), KEY.seal.sheet, "20.11.2026", ZONE.name_kk, "Сәдуақасова Айгүл"):
        assert part in said


def test_it_is_printed_also_before_the_room_has_a_name(desk: Desk) -> None:
    print_recovery_sheet(desk, KEY, "")
    assert len(OutTray(desk.store, desk.clock).papers()) == 1
