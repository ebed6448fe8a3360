"""Receipts through Windows: bytes that nobody touches on their way, to a printer that Windows has a driver for."""

from __future__ import annotations

from printing.devices.backend import Submitted, Unknown
from printing.devices.errors import NotReached, ReplyLost
from printing.devices.lines import Sent
from printing.devices.windows.backend import name_in
from printing.devices.windows.calls import Windows, WindowsSays, open_windows

TITLE = "Akimat Desk"
"""What the queue of Windows shows."""


class WindowsLine:
    """See `lines.Line`."""

    def __init__(self, printer: str, *, windows: Windows | None = None) -> None:
        self._printer, self._windows = printer, windows

    @classmethod
    def at(cls, uri: str) -> WindowsLine:
        """From windows:///Receipt%20printer. Raises `AddressRefused`."""
        return cls(name_in(uri))

    def send(self, data: Sent) -> Submitted | Unknown:
        """See `lines.Line`. Windows takes everything at once and keeps it until the printer does."""
        from akimat_desk.base.threads import must_not_block

        must_not_block("printer line")
        written = False
        try:
            windows = self._windows or open_windows()
            with windows.raw(self._printer, TITLE) as document:
                for piece in (data,) if isinstance(data, bytes) else data:
                    document.write(piece)
                    written = True
        except WindowsSays as why:
            if not written:
                raise NotReached(address=self._printer) from why
            lost = ReplyLost(address=self._printer)
            lost.__cause__ = why
            return Unknown(may_have_printed=True, why=lost)
        return Submitted(self._printer)
