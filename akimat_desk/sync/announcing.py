"""Telling the room's network where the host is: a responder of multicast DNS (RFC 6762) for one service (RFC 6763).

It speaks beside avahi, Bonjour or the system's own responder, which need not be there. What it says names no person
and no village: a zone and a device by their random ids, and the host's term.

Left out, with reason. It does not probe for its names (section 8.1): they come from a random id, so who answers to the
same name is a copied PC, which must be seen in the room and not be hidden under a second name. It keeps no cache of
others. It always answers those in the group through the group, also where an answer to them alone is asked for: with
two programs on one port, such an answer may reach the wrong one (section 15.1).
"""

from __future__ import annotations

import contextlib
import dataclasses
import ipaddress
import logging
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import dns.name
import dns.rdata

from akimat_desk.base import dns_sd
from akimat_desk.base.dns_sd import Message, Question, Record
from akimat_desk.base.errors import Misuse
from akimat_desk.base.multicast import GROUP, Allowance, Group, Interface, Packet
from akimat_desk.base.threads import must_not_block
from akimat_desk.sync.discovery import ID, LOOK_ROUND_S, SERVICE, VERSION

TTL_S: Final = 120
"""How long what is said here is good: a host that died without a word is forgotten after two minutes."""

_KINDS_OF_SERVICE: Final = dns.name.from_text("_services._dns-sd._udp.local.")
"""What a browser asks to learn which kinds of service a network has (RFC 6763, section 9)."""
_GAP_S: Final = 1.0
"""Nothing is said to everyone twice within a second (section 6)."""
_WAIT_S: Final = (0.02, 0.12)
"""Others may answer the same question: a random moment keeps the answers from colliding (section 6)."""
_REPLIES_PER_S: Final = 5
"""Answers to single askers, a second and interface."""

_log = logging.getLogger(__name__)


class NotAnnounceable(Misuse):
    """An announcement with a zone or device that is no id, or a term or port that cannot be."""

    code = "sync-not-announceable"
    staff_text = "This cannot be announced: {what}."


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a host says of itself: its zone and device (ids in hexadecimal), its term, and the port it serves at.

    Raises `NotAnnounceable`.
    """

    zone: str
    device: str
    term: int
    port: int

    def __post_init__(self) -> None:
        right = {
            "zone": ID.fullmatch(self.zone),
            "device": ID.fullmatch(self.device),
            "term": 0 <= self.term < 2**31,
            "port": 0 < self.port < 2**16,
        }
        for what, is_right in right.items():
            if not is_right:
                raise NotAnnounceable(what=what)

    def records(self, address: str, ttl: int = TTL_S) -> list[Record]:
        """What is said on the interface with `address`: first what the service is called, then where and what it is."""
        label = self.device[:12]
        name = dns.name.from_text(label, SERVICE)
        host = dns.name.from_text(f"akimat-desk-{label}.local.")
        text = f'"v={VERSION}" "z={self.zone}" "d={self.device}" "t={self.term}"'
        return [
            Record(SERVICE, _rdata("PTR", name.to_text()), ttl),
            Record(name, _rdata("SRV", f"0 0 {self.port} {host}"), ttl, own=True),
            Record(name, _rdata("TXT", text), ttl, own=True),
            Record(host, _rdata("A", address), ttl, own=True),
        ]


class Announcing:
    """A responder that runs."""

    def __init__(self, announcement: Announcement, group: Group) -> None:
        self._announcement = announcement
        self._group = group
        self._voices: dict[Interface, _Voice] = {}
        self._news = threading.Event()
        self._stop = threading.Event()

    @property
    def announcement(self) -> Announcement:
        """What is announced now."""
        return self._announcement

    def set_term(self, term: int) -> None:
        """Announce another term from now on; everyone hears of it at once. From any thread. See `Announcement`."""
        self._announcement = dataclasses.replace(self._announcement, term=term)
        self._news.set()
        self._group.wake()

    def run(self) -> None:
        """Speak until `end`."""
        look_at = time.monotonic()
        while not self._stop.is_set():
            now = time.monotonic()
            if now >= look_at:
                look_at = now + LOOK_ROUND_S
                self._look_round(now)
            if self._news.is_set():
                self._news.clear()
                for voice in self._voices.values():
                    voice.announce(now)
            for interface, voice in self._voices.items():
                if voice.is_due(now):
                    self._say(interface)
            until = min([look_at, *(voice.plan[0] for voice in self._voices.values() if voice.plan)])
            for packet in self._group.packets(until - time.monotonic()):
                self._hear(packet)
        for interface in self._voices:
            self._group.send(interface, dns_sd.answer(self._announcement.records(interface.address, ttl=0)))

    def end(self) -> None:
        """Say goodbye, and end `run`. From any thread."""
        self._stop.set()
        self._group.wake()

    def _look_round(self, now: float) -> None:
        for interface in self._group.look_round():
            self._voices[interface] = _Voice()
            self._voices[interface].announce(now)
            _log.info("the host is announced on interface %d", interface.index)
        self._voices = {each: self._voices[each] for each in self._group.interfaces}

    def _records(self, interface: Interface) -> list[Record]:
        kind = Record(_KINDS_OF_SERVICE, _rdata("PTR", SERVICE.to_text()), TTL_S)
        return [*self._announcement.records(interface.address), kind]

    def _say(self, interface: Interface) -> None:
        self._group.send(interface, dns_sd.answer(self._records(interface)))

    def _hear(self, packet: Packet) -> None:
        message = dns_sd.read(packet.payload)
        voice = self._voices.get(packet.interface)
        if message is None or message.is_answer or voice is None:
            return
        records = self._records(packet.interface)
        asked = [each for each in message.questions if any(each.wants(record) for record in records)]
        if packet.sender[1] == GROUP[1]:
            if not _all_known(asked, message, records):
                voice.answer(time.monotonic())
        elif asked and _is_near(packet.sender[0]) and voice.replies.take():
            answers = [record for record in records if any(each.wants(record) for each in asked)]
            more = [record for record in records[:4] if record not in answers]
            reply = dns_sd.answer(answers, more, ident=message.id, asked=asked)
            self._group.send(packet.interface, reply, packet.sender)


@dataclass(slots=True)
class _Voice:
    """When to speak on one interface; moments by `time.monotonic`, the next first."""

    plan: list[float] = field(default_factory=list)
    replies: Allowance = field(default_factory=lambda: Allowance(_REPLIES_PER_S))
    _last: float = -_GAP_S

    def announce(self, now: float) -> None:
        """Unasked, twice (section 8.3)."""
        self.plan = [now, now + _GAP_S]

    def answer(self, now: float) -> None:
        """A question to everyone: one answer serves all who ask in the same second."""
        at = max(now + random.uniform(*_WAIT_S), self._last + _GAP_S)
        if not any(each < at + _GAP_S for each in self.plan):
            self.plan = sorted([*self.plan, at])

    def is_due(self, now: float) -> bool:
        """Whether to speak now; the caller does."""
        if not self.plan or self.plan[0] > now:
            return False
        self._last = now
        self.plan = [each for each in self.plan if each > now]
        return True


@contextlib.contextmanager
def announcing(announcement: Announcement) -> Iterator[Announcing]:
    """Announce this host until the block ends, on every interface there is or will be, in a thread.

    Where the network does not let it speak nothing is raised: the address can be typed.
    """
    must_not_block("sync.announcing")
    with Group() as group:
        speaking = Announcing(announcement, group)
        thread = threading.Thread(target=speaking.run, name="sync-announcing")
        thread.start()
        try:
            yield speaking
        finally:
            speaking.end()
            thread.join()


def _rdata(kind: str, text: str) -> dns.rdata.Rdata:
    return dns.rdata.from_text("IN", kind, text)


def _all_known(asked: list[Question], message: Message, records: list[Record]) -> bool:
    """Whether the asker says that it knows every answer, and for longer than half of its time (section 7.1)."""
    known = {(each.name, each.rdata) for each in message.records if 2 * each.ttl >= TTL_S}
    return all((one.name, one.rdata) in known for one in records if any(each.wants(one) for each in asked))


def _is_near(address: str) -> bool:
    """Whether an address is one of a local network: nobody else is answered, so that nobody is flooded from here."""
    return ipaddress.ip_address(address).is_private
