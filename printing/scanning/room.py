"""Copying in one open desk: the flow of the resident who is here, so that the wipe finds it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from akimat_desk.base.locale import format_date
from printing.scanning import actions
from printing.scanning.flow import ScanFlow
from printing.scanning.opening import open_scanner

if TYPE_CHECKING:
    from akimat_desk.documents.protocol import Develop, Developed
    from akimat_desk.service import Desk
    from printing.scanning.device import Scanner

_flows: Final[WeakKeyDictionary[Desk, ScanFlow]] = WeakKeyDictionary()
_opening: Final = threading.Lock()


class _Worker:
    """The document worker of the resident's session, whichever it is when a picture comes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def develop(self, data: bytes, order: Develop) -> tuple[Developed, bytes]:
        from printing.room import room_of

        return room_of(self._desk).worker.develop(data, order)


def new_flow(desk: Desk) -> ScanFlow:
    """A fresh flow, the only one: it ends the one before, and ends with the session (`forget`)."""
    from printing.room import room_of

    def scanner(stop: threading.Event) -> Scanner:
        known = actions.the_scanner(desk.store)
        return open_scanner(known.uri, room=throw_away(desk), pin=known.pin, stop=stop)

    flow = ScanFlow(desk.journal, room_of(desk).spool, _Worker(desk), scanner)
    forget(desk)
    with _opening:
        _flows[desk] = flow
    return flow


def forget(desk: Desk) -> None:
    """The resident leaves: what is being scanned is stopped, what was scanned is dropped."""
    with _opening:
        flow = _flows.pop(desk, None)
    if flow is not None:
        flow.forget()


def throw_away(desk: Desk) -> Path:
    """The folder that goes with the session."""
    return desk.session_folder() or desk.home.sessions


def file_stem(desk: Desk) -> str:
    """What a scan is called on a stick: a word, the day and the time, without a sign that sticks do not take."""
    from akimat_desk.base.clock import local

    now = local(desk.clock.now_ms())
    return desk.words(
        "Scan {day} {time}", day=format_date(now.date(), desk.words.language, "short"), time=f"{now:%H-%M}"
    )
