"""Printers of the room's network, by asking once: DNS-SD over multicast DNS.

A one-shot query (RFC 6762, section 5.1) goes out on every interface from an ordinary port; printers answer to that port
with their names (RFC 6763), addresses and what they can do. Nothing is installed, no service runs, and a firewall that
lets no answer in means an empty list, not an error: an address can always be typed. IPv4 only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import dns.name

from akimat_desk.base import dns_sd
from akimat_desk.base.dns_sd import Device, Instance
from akimat_desk.base.threads import must_not_block

_ENCRYPTED: Final = dns.name.from_text("_ipps._tcp.local.")
_SERVICES: Final = (_ENCRYPTED, dns.name.from_text("_ipp._tcp.local."))
_MOST: Final = 200
"""Printers of one network that are listened to; more is an attack or a mistake."""


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """One printer that answered.

    `uri` is encrypted where it offers that, and then `plain_uri` is its other way, if it has one. Both hold the address
    of now, which may change when the network hands out addresses anew: `uuid` then finds it again. `colour` and
    `duplex` are None where it does not say; they are hints, `probe` knows.
    """

    name: str
    uri: str
    plain_uri: str = ""
    model: str = ""
    location: str = ""
    uuid: str = ""
    colour: bool | None = None
    duplex: bool | None = None
    formats: tuple[str, ...] = ()


def discover(
    seconds: float = 4.0,
    *,
    stop: threading.Event | None = None,
    progress: Callable[[list[FoundPrinter]], None] | None = None,
) -> list[FoundPrinter]:
    """Every printer that answers within `seconds`, by name. Empty where none does.

    `stop` ends the wait early; `progress` is told, in this thread, whenever there is more to show.
    """
    must_not_block("printer discovery")
    heard = Heard()
    shown: list[FoundPrinter] = []
    for _ in dns_sd.ask(heard, _SERVICES, seconds, stop):
        if progress is not None and (found := heard.printers()) != shown:
            shown = found
            progress(list(shown))
    return heard.printers()


class Heard(dns_sd.Heard):
    """What the answers have said so far of printers."""

    def __init__(self) -> None:
        super().__init__(_SERVICES, most=_MOST)

    def printers(self) -> list[FoundPrinter]:
        """One for each name; the encrypted service and the plain one of a printer are one printer."""
        return [_printer(each) for each in self.devices(_SERVICES, self._uri)]

    def _uri(self, instance: Instance) -> str:
        path = quote((instance.text or {}).get("rp", "").strip("/")) or "ipp/print"
        scheme = "ipps" if instance.service == _ENCRYPTED else "ipp"
        return f"{scheme}://{self.address(instance)}:{instance.port}/{path}"


def _printer(device: Device) -> FoundPrinter:
    text = device.text
    return FoundPrinter(
        name=device.name,
        uri=device.uri,
        plain_uri=device.other_uri,
        model=text.get("ty", ""),
        location=text.get("note", ""),
        uuid=text.get("uuid", "").lower(),
        colour=_hint(text.get("color")),
        duplex=_hint(text.get("duplex")),
        formats=tuple(part for part in text.get("pdl", "").lower().split(",") if part),
    )


def _hint(value: str | None) -> bool | None:
    return {"T": True, "F": False}.get(value or "")
