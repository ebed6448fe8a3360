"""Which back end stands behind a printer's address; each is loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from printing.devices.errors import AddressRefused

if TYPE_CHECKING:
    from printing.devices.backend import PrinterBackend
    from printing.devices.ipp.transport import Patience


def open_backend(
    uri: str, *, patience: Patience | None = None, pin: str = "", document_format: str = ""
) -> PrinterBackend:
    """The back end for a printer's address: ipp://, ipps://, http://, https://, raw://host/pdf, windows:///Name or
    folder:///path.

    `document_format` overrides what the printer says it takes best ("application/pdf" or "image/pwg-raster"); `pin` is
    the remembered `Capabilities.fingerprint`. Raises `AddressRefused`.
    """
    scheme = urlsplit(uri).scheme
    if scheme == "folder":
        from printing.devices.folder import FolderBackend

        return FolderBackend.at(uri)
    if scheme in {"ipp", "ipps", "http", "https"}:
        from printing.devices.ipp.backend import IppBackend

        return IppBackend(uri, patience=patience, pin=pin, document_format=document_format)
    stop = patience.stop if patience is not None else None
    if scheme == "raw":
        from printing.devices.raw import RawBackend

        return RawBackend.at(uri, stop=stop)
    if scheme == "windows":
        from printing.devices.windows.backend import WindowsBackend, name_in

        return WindowsBackend(name_in(uri), stop=stop)
    raise AddressRefused(typed=uri)
