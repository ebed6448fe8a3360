"""Scanning's line of `akimat-desk doctor`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_
from akimat_desk.people.erasing import erase_folder
from akimat_desk.service import Desk, Finding


def scanner(desk: Desk | None) -> Finding:
    """Ask the scanner residents copy with."""
    from printing.scanning import actions
    from printing.scanning.errors import NoScanner
    from printing.scanning.opening import open_scanner

    if desk is None:
        return Finding("off", N_("Scanners are looked at once the desk is set up."))
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        used = actions.the_scanner(desk.store)
        open_scanner(used.uri, room=folder, pin=used.pin).probe()
    except NoScanner as why:
        return Finding("off", why.staff_text, why.next_text)
    except AkimatDeskError as why:
        values = tuple((name, str(value)) for name, value in why.values.items())
        return Finding("broken", why.staff_text, why.next_text, values)
    finally:
        erase_folder(folder)
    return Finding("works", N_("{name} is ready."), values=(("name", used.name),))
