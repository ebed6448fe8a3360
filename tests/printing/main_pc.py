"""Between a residents' PC and the main PC in a test: a line that can fail, and a document that is handed over."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.journal import Journal
from akimat_desk.journal.devices import Member
from printing import actions, room_calls
from printing.held import Held
from printing.held_job import HeldJob
from printing.layout import Pages, quoted
from printing.release import Here
from printing.rules import Options
from tests.printing.releasing import Room

DOCUMENT = bytes(range(256)) * 16
KIOSK = "b" * 32
PAGES = Pages(3, (1,), (3,), ((210.0, 297.0),) * 3)


class Line:
    """To the main PC, through everything a message is; `fault` is called before and after each answer."""

    def __init__(self, journal: Journal, room: Room, use: str) -> None:
        self._journal, self._room = journal, room
        self.who = Member(KIOSK, use, 3, b"", False, 0)  # type: ignore[arg-type]
        self.fault: Callable[[str], None] = lambda when: None
        self.asked: list[bytes] = []

    def ask(self, body: bytes) -> bytes:
        self.fault("asked")
        self.asked.append(body)
        here = Here(self._journal, self._room, device=KIOSK, resident=self.who.use != "desk")  # type: ignore[arg-type]
        said = room_calls.answered(here, self.who, body)
        self.fault("answered")
        return said


def put(journal: Journal, mine: Held, document: bytes = DOCUMENT) -> HeldJob:
    cost = quoted(PAGES, Options(), actions.prices_today(journal))
    return mine.hold(document, device=KIOSK, seat=3, pages=PAGES, options=Options(), quote=cost, prefix="3")
