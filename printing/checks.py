"""Printing's lines of `akimat-desk doctor` and of the overview of this PC."""

from __future__ import annotations

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_
from akimat_desk.service import Desk, Finding, Machine


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


def machine(desk: Desk) -> Machine:
    """What the spool knows of this PC's printers, without asking them: this is told every few seconds."""
    from printing.records import OPEN, SpoolRow, printers
    from printing.troubles import hindrance

    with desk.store.read() as db:
        if not printers(db):
            return ""
        reasons = SpoolRow.select(SpoolRow.reason).where(SpoolRow.state.in_(OPEN)).tuples().execute(db)
        return "hindered" if any(hindrance(reason) is not None for (reason,) in reasons) else "works"


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
