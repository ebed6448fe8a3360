"""Takes papers out of the out-tray: receipts to the receipt printer, everything else by the spool to a sheet printer.

A receipt without a receipt printer goes on a sheet. The tray keeps what could not be printed and gives it again after a
pause; where nobody knows whether it came out, staff are asked, and nothing is printed twice by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.papers.receipt import NARROW, WIDE, Receipt
from akimat_desk.papers.tray import OutTray, PaperGone, Taken
from printing import records
from printing.actions import FREE
from printing.devices.backend import Unknown
from printing.devices.lines import Line, open_line
from printing.rules import Options
from printing.sizes import can

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.papers.receipt import Dots
    from akimat_desk.store import Store
    from printing.records import Printer
    from printing.spool import Spool

ConnectReceipt = Callable[[str, threading.Event], Line]


class TrayDelivery:
    """Serves the out-tray of this PC; one process, the keeper, does. `closing` ends the wait for a receipt printer."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        spool: Spool,
        *,
        closing: threading.Event | None = None,
        connect: ConnectReceipt = open_line,
    ) -> None:
        self._store = store
        self._spool = spool
        self._tray = OutTray(store, clock)
        self._closing = closing or threading.Event()
        self._connect = connect

    def recover(self) -> None:
        """At the start: what was in hand when this PC went down is asked about, unless the spool knows better."""
        self._tray.left_taken()
        self._follow()

    def step(self) -> bool:
        """Tell the tray how papers ended, and take the next one out; whether there was anything to do."""
        moved = self._follow()
        receipts, sheets = self._printers()
        kinds: tuple[Literal["sheet", "receipt"], ...] = (
            *(("receipt",) if receipts or sheets else ()),
            *(("sheet",) if sheets else ()),
        )
        taken = self._tray.take(*kinds) if kinds else None
        if taken is None:
            return moved
        try:
            if taken.paper.receipt is not None and receipts:
                self._print_receipt(taken, taken.paper.receipt, receipts[0])
            else:
                self._spool_sheet(taken, next((each for each in sheets if can(each, Options())), sheets[0]))
        except AkimatDeskError as why:
            self._tray.not_printed(taken.number, why.code)
        return True

    def _printers(self) -> tuple[tuple[Printer, ...], tuple[Printer, ...]]:
        with self._store.read() as db:
            return records.printers(db, "receipt"), records.printers(db, "paper")

    def _print_receipt(self, taken: Taken, receipt: Receipt, printer: Printer) -> None:
        from akimat_desk.papers.receipt_drawing import draw_picture
        from printing.devices.receipt import receipt_bytes
        from printing.devices.receipt_text import text_bytes

        dots: Dots = NARROW if printer.width == NARROW else WIDE
        # All copies in one go: a second copy that fails must not have the first one printed again.
        once = text_bytes(receipt, dots) if printer.letters == "text" else receipt_bytes(draw_picture(receipt, dots))
        data = once * taken.paper.copies
        sent = self._connect(printer.uri, self._closing).send(data)
        if isinstance(sent, Unknown):
            self._tray.unknown(taken.number, sent.why.code if sent.why else "")
        else:
            self._tray.printed(taken.number)

    def _spool_sheet(self, taken: Taken, printer: Printer) -> None:
        from akimat_desk.papers.receipt_drawing import draw_pdf

        paper = taken.paper
        pdf = paper.pdf if paper.receipt is None else draw_pdf(paper.receipt, "A4")
        assert pdf is not None
        self._spool.put(pdf, printer=printer.id, options=Options(copies=paper.copies), quote=FREE, paper=taken.number)

    def _follow(self) -> bool:
        """Tell the tray of papers whose job in the spool is over or uncertain; whether there was one."""
        moved = False
        for waiting in self._tray.papers():
            job = self._spool.of_paper(waiting.number) if waiting.state in ("taken", "asking") else None
            if job is None or job.changed_ms < waiting.put_ms:
                continue
            try:
                if job.state == "done":
                    self._tray.printed(waiting.number)
                elif job.state in ("failed", "stopped"):
                    self._tray.not_printed(waiting.number, job.reason or job.state)
                    if job.state == "stopped":  # by staff, who do not want it tried again
                        self._tray.cancel(waiting.number)
                elif job.state == "uncertain" and waiting.state == "taken":
                    self._tray.unknown(waiting.number, job.reason)
                else:
                    continue
                moved = True
            except PaperGone:
                continue
        return moved
