"""Printers of the room's network, by asking once: DNS-SD over multicast DNS.

A one-shot query (RFC 6762, section 5.1) goes out on every interface from an ordinary port; printers answer to that port
with their names (RFC 6763), addresses and what they can do. Nothing is installed, no service runs, and a firewall that
lets no answer in means an empty list, not an error: an address can always be typed. IPv4 only.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.PTR
import dns.rdtypes.ANY.TXT
import dns.rdtypes.IN.A
import dns.rdtypes.IN.SRV
import dns.rdtypes.txtbase
import dns.wire

from akimat_desk.base.threads import must_not_block

_GROUP: Final = ("224.0.0.251", 5353)
_SERVICES: Final = ("_ipps._tcp.local.", "_ipp._tcp.local.")
_ASK_FIRST: Final = tuple((service, dns.rdatatype.PTR) for service in _SERVICES)
_KNOWN: Final = frozenset({dns.rdatatype.PTR, dns.rdatatype.SRV, dns.rdatatype.TXT, dns.rdatatype.A})
_MOST: Final = 200
"""Printers of one network that are listened to; more is an attack or a mistake."""
_ASK_AGAIN_S: Final = (0.0, 1.0, 3.0)
"""Multicast on Wi-Fi gets lost: ask three times (RFC 6762, section 5.2, grows the gaps alike)."""


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
    halt = stop or threading.Event()
    heard = Heard()
    shown: list[FoundPrinter] = []
    with contextlib.ExitStack() as sockets:
        asking = [sockets.enter_context(each) for each in _sockets()]
        began = time.monotonic()
        due = list(_ASK_AGAIN_S)
        while asking and not halt.is_set() and (now := time.monotonic() - began) < seconds:
            if due and now >= due[0]:
                due.pop(0)
                _send_all(asking, _questions([*_ASK_FIRST, *heard.missing()]))
            ready, _, _ = select.select(asking, [], [], min(0.1, seconds - now))
            for each in ready:
                with contextlib.suppress(OSError):  # Windows reports an unreachable neighbour here
                    packet, sender = each.recvfrom(9000)
                    if heard.take(packet, sender[0]):
                        _send_all(asking, _questions(heard.missing()))
            if progress is not None and ready and (found := heard.printers()) != shown:
                shown = found
                progress(list(shown))
    return heard.printers()


def _sockets() -> Iterator[socket.socket]:
    """One socket for each interface that can multicast."""
    for index, _name in socket.if_nameindex():
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            if sys.platform == "win32":
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("!I", index))
            else:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("=4s4si", b"", b"", index))
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
            sock.setblocking(False)
        except OSError:  # an interface without IPv4
            sock.close()
            continue
        yield sock


def _send_all(sockets: Iterable[socket.socket], packets: Iterable[bytes]) -> None:
    for packet in packets:
        for each in sockets:
            with contextlib.suppress(OSError):  # an interface that is down
                each.sendto(packet, _GROUP)


def _questions(names: Iterable[tuple[str, dns.rdatatype.RdataType]]) -> Iterator[bytes]:
    for name, kind in names:
        query = dns.message.make_query(dns.name.from_text(name), kind, id=0)
        query.flags = dns.flags.Flag(0)
        yield query.to_wire()


@dataclass(slots=True)
class _Instance:
    """One service of one printer, as far as it was told."""

    target: dns.name.Name | None = None
    port: int = 0
    text: dict[str, str] | None = None
    sender: str = ""


@dataclass(slots=True)
class Heard:
    """What the answers have said so far."""

    _instances: dict[tuple[str, dns.name.Name], _Instance] = field(default_factory=dict)
    _hosts: dict[dns.name.Name, str] = field(default_factory=dict)
    _asked: set[dns.name.Name] = field(default_factory=set)

    def take(self, packet: bytes, sender: str) -> bool:
        """Read one packet; True when a service was named of which the rest is still to be asked. Never raises."""
        records: list[tuple[dns.name.Name, dns.rdata.Rdata]] = []
        with contextlib.suppress(dns.exception.DNSException, ValueError):
            for each in _records(packet):  # what was read before the packet turned odd still counts
                records.append(each)
        services = {dns.name.from_text(service): service for service in _SERVICES}
        for owner, record in records:
            if isinstance(record, dns.rdtypes.ANY.PTR.PTR) and owner in services:
                target = record.target
                of_service = len(target.labels) == len(owner.labels) + 1 and target.is_subdomain(owner)
                if of_service and len(self._instances) < _MOST:
                    instance = self._instances.setdefault((services[owner], target), _Instance())
                    instance.sender = instance.sender or sender
            elif isinstance(record, dns.rdtypes.IN.A.A):
                self._hosts.setdefault(owner, record.address)
        for owner, record in records:
            for (_, name), known in self._instances.items():
                if name != owner:
                    continue
                if isinstance(record, dns.rdtypes.IN.SRV.SRV):
                    known.target, known.port = record.target, record.port
                elif isinstance(record, dns.rdtypes.txtbase.TXTBase):
                    known.text = _text(record)
        return any(name not in self._asked and not _whole(known) for (_, name), known in self._instances.items())

    def missing(self) -> list[tuple[str, dns.rdatatype.RdataType]]:
        """What is still to be asked of the services that were named."""
        asked: list[tuple[str, dns.rdatatype.RdataType]] = []
        for (_, name), instance in self._instances.items():
            if not _whole(instance):
                self._asked.add(name)
                asked += [(name.to_text(), dns.rdatatype.SRV), (name.to_text(), dns.rdatatype.TXT)]
        return asked

    def printers(self) -> list[FoundPrinter]:
        """One for each name; the encrypted service and the plain one of a printer are one printer."""
        found: dict[str, FoundPrinter] = {}
        for service in _SERVICES:
            for (kind, name), instance in self._instances.items():
                if kind != service or not _whole(instance) or not instance.port:
                    continue
                label = _clean(name.labels[0])
                uri = self._uri(service, instance)
                before = found.get(label)
                if before is None:
                    found[label] = _printer(label, uri, instance.text or {}, encrypted=service == _SERVICES[0])
                elif not before.plain_uri and before.uri != uri:
                    found[label] = _printer(label, before.uri, instance.text or {}, encrypted=True, plain_uri=uri)
        return sorted(found.values(), key=lambda printer: printer.name)

    def _uri(self, service: str, instance: _Instance) -> str:
        address = self._hosts.get(instance.target or dns.name.root) or instance.sender
        path = quote((instance.text or {}).get("rp", "").strip("/")) or "ipp/print"
        return f"{'ipps' if service == _SERVICES[0] else 'ipp'}://{address}:{instance.port}/{path}"


def _whole(instance: _Instance) -> bool:
    return instance.target is not None and instance.text is not None


def _printer(name: str, uri: str, text: dict[str, str], *, encrypted: bool, plain_uri: str = "") -> FoundPrinter:
    return FoundPrinter(
        name=name,
        uri=uri,
        plain_uri=plain_uri if encrypted else "",
        model=text.get("ty", ""),
        location=text.get("note", ""),
        uuid=text.get("uuid", "").lower(),
        colour=_hint(text.get("color")),
        duplex=_hint(text.get("duplex")),
        formats=tuple(part for part in text.get("pdl", "").lower().split(",") if part),
    )


def _clean(raw: bytes) -> str:
    """What a neighbour sent, as something that can be shown."""
    return "".join(letter for letter in raw.decode("utf-8", "replace") if letter.isprintable())


def _hint(value: str | None) -> bool | None:
    return {"T": True, "F": False}.get(value or "")


def _text(record: dns.rdtypes.txtbase.TXTBase) -> dict[str, str]:
    """The key=value strings of a TXT record; keys are case-insensitive, the first of a key counts (RFC 6763, 6.4)."""
    found: dict[str, str] = {}
    for string in record.strings:
        key, _, value = _clean(string).partition("=")
        found.setdefault(key.lower(), value)
    return found


def _records(packet: bytes) -> Iterator[tuple[dns.name.Name, dns.rdata.Rdata]]:
    """The records of an answer that we know. A message parser for plain DNS would stumble over multicast DNS: the top
    bit of a class is a flag there (RFC 6762, section 10.2), and names are compressed everywhere (section 18.14).
    """
    parser = dns.wire.Parser(packet)
    _id, flags, questions, *counts = parser.get_struct("!6H")
    if not flags & dns.flags.QR:
        return
    for _ in range(questions):
        parser.get_name(decompress=True)
        parser.get_struct("!HH")
    for _ in range(sum(counts)):
        owner = parser.get_name(decompress=True)
        kind, rdclass, _ttl, size = parser.get_struct("!HHIH")
        if kind in _KNOWN and rdclass & 0x7FFF == dns.rdataclass.IN:
            with parser.restrict_to(size):
                yield owner, dns.rdata.from_wire_parser(dns.rdataclass.IN, dns.rdatatype.RdataType.make(kind), parser)
        else:
            parser.get_bytes(size)
