"""What a member of staff types as a printer's address, made into one we can ask.

Taken are: `192.168.1.50`, `printer.local`, `host:port`, `fe80::1`, `ipp://`, `ipps://`, `http://`, `https://`, the name
of a network printer's port in Windows (`IP_192.168.1.50`), and a printer shared by Windows (`\\\\office\\HP`), which
is asked by Internet printing.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import quote, urlsplit

from printing.devices.backend import Capabilities
from printing.devices.errors import AddressRefused, DeviceError, NotReached, PrinterOffline, Stopped
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.transport import Patience

USUAL_PATHS: Final = ("/ipp/print", "/ipp", "/")
"""Where printers keep their IPP, most likely first (RFC 7472 and PWG 5100.14 name /ipp/print)."""

_LABEL: Final = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_WINDOWS_PORT: Final = re.compile(r"IP_(\d{1,3}(?:\.\d{1,3}){3})(?:_\d+)?", re.IGNORECASE)
_LOCAL_PORT: Final = re.compile(r"(LPT|COM|USB|DOT4_)\d+:?", re.IGNORECASE)
"""A printer on a cable of this PC, as Windows names it: no address on the network."""
_SHARE: Final = re.compile(r"\\\\([^\\]+)\\([^\\]+)\\?")


def uri_from_typed(text: str) -> str:
    """The address meant by `text`; without a path when none was typed. Raises `AddressRefused` for anything else.

    >>> uri_from_typed("192.168.1.50")
    'ipp://192.168.1.50'
    """
    typed = text.strip().strip('"“”«»')
    share = _SHARE.fullmatch(typed)
    if share:
        return f"ipp://{_host(share[1], text)}:80/printers/{quote(share[2])}/.printer"
    if _LOCAL_PORT.fullmatch(typed):
        raise AddressRefused(typed=text)
    port = _WINDOWS_PORT.fullmatch(typed)
    if port:
        typed = port[1]
    if "://" not in typed:
        typed = "ipp://" + (f"[{typed}]" if _is_ipv6(typed) else typed)
    try:
        parts = urlsplit(typed)
        host, number = parts.hostname or "", parts.port
    except ValueError as why:
        raise AddressRefused(typed=text) from why
    odd = (
        parts.netloc.endswith(":")
        or parts.username is not None
        or parts.query
        or parts.fragment
        or re.search(r"[\s\\]", parts.path)
    )
    if parts.scheme not in {"ipp", "ipps", "http", "https"} or odd or number == 0:
        raise AddressRefused(typed=text)
    host = _host(host, text)
    where = f"[{host}]" if ":" in host else host
    path = "" if parts.path == "/" else parts.path
    return f"{parts.scheme}://{where}" + (f":{number}" if number else "") + path


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


def _host(host: str, text: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    labels = host.rstrip(".").split(".")
    # Numbers and dots alone are a mistyped address (192.168.1), not a name.
    if labels[-1].isdigit() or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(typed=text)
    return host.lower()


def probe_typed(text: str, *, patience: Patience | None = None) -> tuple[str, Capabilities]:
    """Find the printer at a typed address: the URI that works, and what it says of itself.

    Tries the usual paths where none was typed. Raises `AddressRefused`, or the most telling error met: what the last
    path answered, or `PrinterOffline` where nobody listens.
    """
    uri = uri_from_typed(text)
    candidates = [uri] if urlsplit(uri).path else [uri + path for path in USUAL_PATHS]
    met: DeviceError | None = None
    for candidate in candidates:
        try:
            return candidate, IppBackend(candidate, patience=patience).probe()
        except (NotReached, Stopped):
            raise  # the other paths are behind the same door
        except DeviceError as why:
            if met is None or isinstance(met, PrinterOffline):
                met = why
    raise met or PrinterOffline(address=uri)
