"""Scanners of the room's network, by asking once: DNS-SD over multicast DNS (see `printing.devices.discovery`).

Mopria's `_uscan._tcp` and `_uscans._tcp` name the path in `rs` and what the machine is in `ty`. The encrypted way is
taken where there is one: an identity card goes over the room's Wi-Fi.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import dns.name

from akimat_desk.base import dns_sd
from akimat_desk.base.dns_sd import Instance
from akimat_desk.base.threads import must_not_block

_ENCRYPTED: Final = dns.name.from_text("_uscans._tcp.local.")
_SERVICES: Final = (_ENCRYPTED, dns.name.from_text("_uscan._tcp.local."))
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class FoundScanner:
    """One scanner that answered, at the address of now; on a cable it has no place to name."""

    name: str
    uri: str
    model: str = ""
    location: str = ""
    plain_uri: str = ""
    """Its way without encryption, where it has both."""


def discover(seconds: float = 4.0, *, stop: threading.Event | None = None) -> list[FoundScanner]:
    """Every scanner of the network that answers within `seconds`, by name."""
    must_not_block("scanner discovery")
    heard = Heard()
    for _ in dns_sd.ask(heard, _SERVICES, seconds, stop):
        pass
    return heard.scanners()


class Heard(dns_sd.Heard):
    """What the answers have said so far of scanners."""

    def __init__(self) -> None:
        super().__init__(_SERVICES, most=_MOST)

    def scanners(self) -> list[FoundScanner]:
        """One for each name; its encrypted service and its plain one are one scanner."""
        return [
            FoundScanner(each.name, each.uri, each.text.get("ty", ""), each.text.get("note", ""), each.other_uri)
            for each in self.devices(_SERVICES, self._uri)
        ]

    def _uri(self, instance: Instance) -> str:
        path = quote((instance.text or {}).get("rs", "").strip("/")) or "eSCL"
        scheme = "https" if instance.service == _ENCRYPTED else "http"
        return f"{scheme}://{self.address(instance)}:{instance.port}/{path}"
