"""DNS-SD (RFC 6763) in the packets of multicast DNS (RFC 6762): reading them, making them, keeping what was heard.

Anybody in the room can send a packet, so nothing in one is trusted: reading never raises, takes a bounded number of
records, and keeps a bounded number of services.
"""

from __future__ import annotations

import contextlib
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import dns.exception
import dns.flags
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.PTR
import dns.rdtypes.IN.A
import dns.rdtypes.IN.SRV
import dns.rdtypes.txtbase
import dns.wire
from dns.name import Name
from dns.rdatatype import RdataType

from akimat_desk.base.multicast import Asking

ASK_AT_S: Final = (0.0, 1.0, 3.0)
"""Multicast on Wi-Fi gets lost: ask three times (RFC 6762, section 5.2, grows the gaps alike)."""
LONGEST_S: Final = 4500
"""No record is believed for longer than 75 minutes, the longest the RFC proposes (section 10)."""

IN_DOUBT_S: Final = 10.0
"""How soon who is in doubt must be heard again. The RFC gives a second (section 10.2) to those who are not asked."""
_AT_ONCE_S: Final = 1.0
"""Who speaks on two networks does so within a second, and is at both (section 10.2)."""

_KNOWN: Final = frozenset({RdataType.PTR, RdataType.SRV, RdataType.TXT, RdataType.A})
_MOST_RECORDS: Final = 200
_MOST_QUESTIONS: Final = 20
_MOST_ADDRESSES: Final = 8
_TOP_BIT: Final = 0x8000
"""Of a class: "answer me alone" in a question (section 5.4), "forget what you knew" in an answer (section 10.2)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: every record of `kind` that `name` has."""

    name: Name
    kind: RdataType

    def wants(self, record: Record) -> bool:
        """Whether `record` answers it."""
        return self.name == record.name and self.kind in (record.rdata.rdtype, RdataType.ANY)


@dataclass(frozen=True, slots=True)
class Record:
    """One record, good for `ttl` seconds; 0 says that it is no longer so. `own` is one that nobody else has."""

    name: Name
    rdata: dns.rdata.Rdata
    ttl: int
    own: bool = False


@dataclass(slots=True)
class Message:
    """A packet, as far as it could be read. In a question, `records` are the answers that are known already."""

    id: int
    is_answer: bool
    questions: list[Question] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)


def read(packet: bytes) -> Message | None:
    """What `packet` says up to where it turns odd; None where it is no message of multicast DNS. Never raises.

    A message parser for plain DNS would stumble over the top bit of the class, and over names that are compressed
    everywhere (section 18.14).
    """
    parser = dns.wire.Parser(packet)
    try:
        ident, flags, questions, *counts = parser.get_struct("!6H")
    except dns.exception.DNSException:
        return None
    if flags & 0x7800:  # an operation code other than "query" is to be ignored (section 18.3)
        return None
    message = Message(ident, bool(flags & dns.flags.QR))
    with contextlib.suppress(dns.exception.DNSException, ValueError):
        for _ in range(questions):
            name = parser.get_name(decompress=True)
            kind, rdclass = parser.get_struct("!HH")
            if rdclass & ~_TOP_BIT in (dns.rdataclass.IN, dns.rdataclass.ANY):
                message.questions.append(Question(name, RdataType.make(kind)))
            if len(message.questions) == _MOST_QUESTIONS:
                return message
        for _ in range(min(sum(counts), _MOST_RECORDS)):
            name = parser.get_name(decompress=True)
            kind, rdclass, ttl, size = parser.get_struct("!HHIH")
            if kind in _KNOWN and rdclass & ~_TOP_BIT == dns.rdataclass.IN:
                with parser.restrict_to(size):
                    rdata = dns.rdata.from_wire_parser(dns.rdataclass.IN, RdataType.make(kind), parser)
                message.records.append(Record(name, rdata, min(ttl, LONGEST_S), bool(rdclass & _TOP_BIT)))
            else:
                parser.get_bytes(size)
    return message


def questions(asked: Iterable[Question]) -> Iterator[bytes]:
    """One packet each: there are printers that answer the first question of a packet only."""
    for each in asked:
        yield struct.pack("!6H", 0, 0, 1, 0, 0, 0) + _question(each)


def answer(
    answers: Iterable[Record], more: Iterable[Record] = (), *, ident: int = 0, asked: Iterable[Question] = ()
) -> bytes:
    """A packet that says `answers`, and `more` that will be asked next.

    `asked` and `ident` repeat the questions of one who asked from an ordinary port (section 6.7): then nothing is kept
    for longer than ten seconds, and no bit is set that plain DNS does not know.
    """
    answers, more, asked = list(answers), list(more), list(asked)
    counts = struct.pack("!6H", ident, dns.flags.QR | dns.flags.AA, len(asked), len(answers), 0, len(more))
    records = (_record(each, plain=bool(asked)) for each in (*answers, *more))
    return counts + b"".join((*map(_question, asked), *records))


def clean(raw: bytes) -> str:
    """What a neighbour sent, as something that can be shown."""
    return "".join(letter for letter in raw.decode("utf-8", "replace") if letter.isprintable())


@dataclass(slots=True)
class Instance:
    """One service of one neighbour, as far as it was told. `heard` is by `time.monotonic`, `ttl` in seconds."""

    service: Name
    name: Name
    sender: str
    heard: float
    ttl: float
    target: Name | None = None
    port: int = 0
    text: dict[str, str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be asked."""
        return self.target is not None and self.text is not None


@dataclass(frozen=True, slots=True)
class Device:
    """A neighbour under one name: the way of its best service, of the next best ("" where there is none), and what it
    says of itself there.
    """

    name: str
    uri: str
    other_uri: str
    text: Mapping[str, str]


class Heard:
    """What the answers have said so far of some services.

    Where `apart`, two senders of one name are two instances; else they are one, and the first is its sender. When a
    second one comes, the first may be the same PC at an address that it has lost: it has to be heard again soon.
    """

    def __init__(self, services: Iterable[Name], *, most: int, apart: bool = False) -> None:
        self._services = frozenset(services)
        self._most = most
        self._apart = apart
        self._instances: dict[tuple[Name, str], Instance] = {}
        self._addresses: dict[tuple[Name, str], list[str]] = {}
        self._asked: set[Name] = set()

    @property
    def instances(self) -> list[Instance]:
        """All of which something is known, in the order they were heard of."""
        return list(self._instances.values())

    def take(self, packet: bytes, sender: str) -> bool:
        """Read one packet; True when a service was named of which the rest is still to be asked. Never raises."""
        message = read(packet)
        if message is None or not message.is_answer:
            return False
        now, part = time.monotonic(), sender if self._apart else ""
        for record in message.records:
            if isinstance(record.rdata, dns.rdtypes.ANY.PTR.PTR):
                self._name(record.name, record.rdata.target, record.ttl, sender, now)
            elif isinstance(record.rdata, dns.rdtypes.IN.A.A) and record.ttl:
                self._place((record.name, part), record.rdata.address)
        for record in message.records:
            known = self._instances.get((record.name, part))
            if known is None or not record.ttl:
                continue
            if isinstance(record.rdata, dns.rdtypes.IN.SRV.SRV):
                known.target, known.port = record.rdata.target, record.rdata.port
            elif isinstance(record.rdata, dns.rdtypes.txtbase.TXTBase):
                known.text = _text(record.rdata)
        return any(not known.is_whole and known.name not in self._asked for known in self._instances.values())

    def _name(self, service: Name, name: Name, ttl: int, sender: str, now: float) -> None:
        if service not in self._services or len(name.labels) != len(service.labels) + 1:
            return
        key = (name, sender if self._apart else "")
        if not ttl:
            self._instances.pop(key, None)
        elif key in self._instances:
            self._instances[key].heard, self._instances[key].ttl = now, ttl
        elif name.is_subdomain(service) and len(self._instances) < self._most:
            for other in self._instances.values():
                if other.name == name and now - other.heard > _AT_ONCE_S:
                    other.ttl = min(other.ttl, now - other.heard + IN_DOUBT_S)
            self._instances[key] = Instance(service, name, sender, now, ttl)

    def _place(self, key: tuple[Name, str], address: str) -> None:
        if key in self._addresses or len(self._addresses) < 2 * self._most:
            there = self._addresses.setdefault(key, [])
            if address not in there and len(there) < _MOST_ADDRESSES:
                there.append(address)

    def missing(self) -> list[Question]:
        """What is still to be asked of the services that were named."""
        names = {known.name: None for known in self._instances.values() if not known.is_whole}
        self._asked.update(names)
        return [Question(name, kind) for name in names for kind in (RdataType.SRV, RdataType.TXT)]

    def devices(self, services: Sequence[Name], uri: Callable[[Instance], str]) -> list[Device]:
        """What can be reached, by name: a name's service earlier in `services` and the next one are one device."""
        ways: dict[str, dict[Name, Instance]] = {}
        for service in services:
            for instance in self.instances:
                if instance.service == service and instance.is_whole and instance.port:
                    ways.setdefault(clean(instance.name.labels[0]), {}).setdefault(service, instance)
        found = []
        for name, offered in sorted(ways.items()):
            first, *more = offered.values()
            found.append(Device(name, uri(first), uri(more[0]) if more else "", first.text or {}))
        return found

    def address(self, instance: Instance) -> str:
        """Where to reach it: where its answer came from, unless it said other addresses."""
        part = instance.sender if self._apart else ""
        said = self._addresses.get((instance.target or dns.name.root, part), [])
        return instance.sender if not said or instance.sender in said else said[0]

    def forget(self) -> None:
        """Drop those that have not been heard of for as long as their word was good."""
        now = time.monotonic()
        self._instances = {key: one for key, one in self._instances.items() if now < one.heard + one.ttl}
        targets = {one.target for one in self._instances.values()}
        self._addresses = {key: said for key, said in self._addresses.items() if key[0] in targets}
        self._asked &= {name for name, _ in self._instances}


def ask(heard: Heard, services: Iterable[Name], seconds: float, stop: threading.Event | None) -> Iterator[None]:
    """Ask the network for `services` for `seconds`, or until `stop`; yields whenever `heard` may have more to say."""
    first = [Question(service, RdataType.PTR) for service in services]
    halt = stop or threading.Event()
    with Asking() as asking:
        began = time.monotonic()
        due = list(ASK_AT_S)
        while asking and not halt.is_set() and (now := time.monotonic() - began) < seconds:
            if due and now >= due[0]:
                due.pop(0)
                asking.send(questions([*first, *heard.missing()]))
            told = False
            for packet, sender in asking.answers(min(0.1, seconds - now)):
                told = True
                if heard.take(packet, sender):
                    asking.send(questions(heard.missing()))
            if told:
                yield


def _question(question: Question) -> bytes:
    return _wire(question.name) + struct.pack("!HH", question.kind, dns.rdataclass.IN)


def _record(record: Record, *, plain: bool) -> bytes:
    rdclass = dns.rdataclass.IN | (_TOP_BIT if record.own and not plain else 0)
    ttl = min(record.ttl, 10) if plain else record.ttl
    data = _wire(record.rdata)
    return _wire(record.name) + struct.pack("!HHIH", record.rdata.rdtype, rdclass, ttl, len(data)) + data


def _wire(part: Name | dns.rdata.Rdata) -> bytes:
    """Its bytes, names uncompressed: an ordinary resolver wants those of an SRV so (RFC 6762, section 18.14)."""
    return part.to_wire() or b""


def _text(record: dns.rdtypes.txtbase.TXTBase) -> dict[str, str]:
    """The key=value strings of a TXT record; keys are case-insensitive, the first of a key counts (RFC 6763, 6.4)."""
    found: dict[str, str] = {}
    for string in record.strings:
        key, _, value = clean(string).partition("=")
        found.setdefault(key.lower(), value)
    return found
