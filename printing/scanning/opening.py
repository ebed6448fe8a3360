"""From an address in this PC's list to a scanner that can be asked, and from what staff type to such an address."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from printing.devices.addresses import uri_from_typed
from printing.devices.errors import AddressRefused
from printing.scanning import folder, sane
from printing.scanning.device import Abilities, Scanner
from printing.scanning.errors import NotAScanner, ScanError, ScannerAddress, ScannerOffline
from printing.scanning.escl.client import EsclScanner

PLACES: Final = (("http", ":8080"), ("http", ""), ("https", ""))
"""Where machines keep their eSCL: most on 80 and 443, HP and Brother on 8080 too."""
_PATH: Final = "/eSCL"


def open_scanner(uri: str, *, room: Path, pin: str = "", stop: threading.Event | None = None) -> Scanner:
    """The scanner at `uri`. `room` is a folder that is thrown away with the session. Raises `ScannerAddress`."""
    scheme = urlsplit(uri).scheme
    if scheme == sane.SCHEME:
        return sane.SaneScanner(uri, folder=room, stop=stop)
    if scheme == folder.SCHEME:
        return folder.FolderScanner(uri)
    return EsclScanner(uri, pin=pin, stop=stop)


def probe_typed(text: str, *, room: Path) -> tuple[str, Abilities]:
    """Find the scanner at an address as staff type it: the address that works, and what it says of itself.

    Raises `ScannerAddress`, or the most telling error met.
    """
    met: ScanError | None = None
    for uri in candidates(text):
        try:
            return uri, open_scanner(uri, room=room).probe()
        except ScanError as why:
            if met is None or isinstance(met, ScannerOffline | NotAScanner):
                met = why
    raise met or ScannerAddress(typed=text)


def candidates(text: str) -> tuple[str, ...]:
    """The addresses that may be meant by `text`, most likely first.

    >>> candidates("192.168.1.50")[1]
    'http://192.168.1.50/eSCL'
    """
    typed = text.strip()
    if typed.startswith((f"{sane.SCHEME}:///", f"{folder.SCHEME}:///")):
        return (typed,)
    try:
        # A printer's address leads to the scanner in the same machine.
        parts = urlsplit(uri_from_typed(re.sub(r"^ipps?://", "http://", typed)))
    except AddressRefused as why:
        raise ScannerAddress(typed=text) from why
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    given = "://" in typed and not typed.startswith("ipp")
    if given and (parts.port or parts.path):
        scheme = parts.scheme if parts.scheme in ("http", "https") else "http"
        return (f"{scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path or _PATH}",)
    if given and parts.scheme == "https":
        return (f"https://{host}{_PATH}",)
    if parts.port and parts.port != 631:
        return (f"http://{host}:{parts.port}{_PATH}", f"https://{host}:{parts.port}{_PATH}")
    return tuple(f"{scheme}://{host}{port}{_PATH}" for scheme, port in PLACES)
