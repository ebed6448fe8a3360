"""Printing's lines of `akimat-desk doctor` and of the overview of this PC."""

from __future__ import annotations

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_
from akimat_desk.service import Desk, Finding


def printer(desk: Desk | None) -> Finding:
    """Ask the printer documents go to."""
    from printing import actions
    from printing.devices.opening import open_backend
    from printing.devices.reasons import trouble
    from printing.printers import QUICK

    if desk is None:
        return Finding("off", N_("Printers are looked at once the desk is set up."))
    try:
        used = actions.paper_printer(desk.store)
        state = open_backend(used.uri, patience=QUICK, pin=used.pin).probe()
        hindered = trouble(state.reasons, address=used.uri)
        if hindered is not None:
            raise hindered
    except actions.NoPrinter as why:
        return Finding("off", why.staff_text, why.next_text)
    except AkimatDeskError as why:
        values = tuple((name, str(value)) for name, value in why.values.items())
        return Finding("broken", why.staff_text, why.next_text, values)
    return Finding("works", N_("{name} is ready."), values=(("name", used.name),))


def documents(desk: Desk | None) -> Finding:
    """Let the worker look into a text."""
    import tempfile
    from pathlib import Path

    from akimat_desk.documents.worker import Worker

    with tempfile.TemporaryDirectory(prefix="desk-") as folder, Worker(Path(folder)) as worker:
        file = Path(folder) / "letter.txt"
        file.write_text("Құжат\n", encoding="utf-8")
        found = worker.inspect(file)
    if found.pages == 1:
        return Finding("works", N_("Files are opened in a process of their own."))
    return Finding("broken", N_("Files cannot be opened."), N_("Install Akimat Desk again from its own package."))


def office(desk: Desk | None) -> Finding:
    """Word and similar documents need LibreOffice."""
    from akimat_desk.documents.converter import find_converter

    if find_converter():
        return Finding("works", N_("Office documents are printed with LibreOffice."))
    return Finding(
        "off",
        N_("Office documents are not opened: LibreOffice is not installed."),
        N_("Install LibreOffice if residents bring such files."),
    )
