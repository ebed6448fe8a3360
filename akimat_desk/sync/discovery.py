"""Finding the room's host by DNS-SD (RFC 6763) over multicast DNS, asked once or watched.

What is found is a hint and no more: anybody on the network can announce a host. Who it is, is proven by the exchange;
what stands here only says where to knock, and is shaped so that it can be put into a URL and a table.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import dns.name
from dns.rdatatype import RdataType

from akimat_desk.base import dns_sd
from akimat_desk.base.dns_sd import Instance, Question
from akimat_desk.base.multicast import GROUP, Group
from akimat_desk.base.threads import must_not_block

SERVICE: Final = dns.name.from_text("_akimat-desk._tcp.local.")
VERSION: Final = "1"
"""Of what the TXT record says. Hosts of another version are not found; their address can be typed."""
ID: Final = re.compile(r"[0-9a-f]{8,64}")
"""How zones and devices are named: random, in hexadecimal."""
LOOK_ROUND_S: Final = 3.0
"""How often interfaces are looked for that came, went, or have another address."""

_LARGEST_TERM: Final = 2**31 - 1
_MOST: Final = 50
"""Hosts of one network that are listened to; a room has one, or two for a while."""
_ASK_AGAIN_AT: Final = 0.8
"""Of the time a host's word is good: then it is asked whether it still is there (RFC 6762, section 5.2)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundHost:
    """A host that announces itself. `address` is "host:port", as it stands in a URL.

    `others` are further addresses of the same device: the same PC by another cable, one it has just lost, or a copy of
    it that must not be. Who knocks tries them all.
    `heard_from` is the address the answer came from; behind a Wi-Fi that repeats multicast it is not the host's own.
    """

    device: str
    zone: str
    term: int
    address: str
    heard_from: str
    others: tuple[str, ...] = ()


def find_hosts(
    seconds: float = 4.0,
    *,
    zone: str = "",
    stop: threading.Event | None = None,
    progress: Callable[[list[FoundHost]], None] | None = None,
) -> list[FoundHost]:
    """Every host that answers within `seconds`, the one with the highest term first; one for each device.

    With `zone` those of this zone alone. `stop` ends the wait early; `progress` is told, in this thread, whenever there
    is more to show. Empty where the network lets nothing through.
    """
    must_not_block("sync.find_hosts")
    heard = _heard()
    shown: list[FoundHost] = []
    for _ in dns_sd.ask(heard, [SERVICE], seconds, stop):
        if progress is not None and (found := _hosts(heard, zone)) != shown:
            shown = found
            progress(list(shown))
    return _hosts(heard, zone)


@contextlib.contextmanager
def watch_hosts(changed: Callable[[list[FoundHost]], None], *, zone: str = "") -> Iterator[None]:
    """Until the block ends, tell `changed` of all hosts there are, as `find_hosts` orders them, whenever that changes.

    It is told in a thread of the watch, at first when there is one to tell of. A host that comes up announces itself
    and is told at once; one that ends says so, too; one that falls silent is asked again and gone after two minutes.
    Somebody who floods the network makes it be told up to a hundred times a second: it must be quick.
    """
    must_not_block("sync.watch_hosts")
    with Group() as group:
        watch = _Watch(group, changed, zone)
        thread = threading.Thread(target=watch.run, name="sync-watch")
        thread.start()
        try:
            yield
        finally:
            watch.stop.set()
            group.wake()
            thread.join()


class _Watch:
    def __init__(self, group: Group, changed: Callable[[list[FoundHost]], None], zone: str) -> None:
        self.stop = threading.Event()
        self._group, self._changed, self._zone = group, changed, zone
        self._heard = _heard()
        self._told: list[FoundHost] = []
        self._ask_at: list[float] = []

    def run(self) -> None:
        look_at = time.monotonic()
        while not self.stop.is_set():
            now = time.monotonic()
            if now >= look_at:
                look_at = now + LOOK_ROUND_S
                if self._group.look_round():
                    self._ask_at = [now + each for each in dns_sd.ASK_AT_S]
                self._heard.forget()
                self._ask_again(now)
                self._tell()
            self._ask(now)
            until = min([look_at, *self._ask_at[:1]]) - time.monotonic()
            for packet in self._group.packets(until):
                ordinary = packet.sender[1] == GROUP[1]  # all other answers are to be ignored (section 6)
                if ordinary and self._heard.take(packet.payload, packet.sender[0]):
                    self._send(self._heard.missing())
                self._tell()

    def _ask(self, now: float) -> None:
        if self._ask_at and now >= self._ask_at[0]:
            self._ask_at = [each for each in self._ask_at if each > now]
            self._send([Question(SERVICE, RdataType.PTR), *self._heard.missing()])

    def _ask_again(self, now: float) -> None:
        if not self._ask_at and any(now >= each.heard + _ASK_AGAIN_AT * each.ttl for each in self._heard.instances):
            self._ask_at = [now]

    def _send(self, asked: list[Question]) -> None:
        for payload in dns_sd.questions(asked):
            for interface in self._group.interfaces:
                self._group.send(interface, payload)

    def _tell(self) -> None:
        hosts = _hosts(self._heard, self._zone)
        if hosts == self._told or self.stop.is_set():
            return
        self._told = hosts
        try:
            self._changed(list(hosts))
        except Exception:
            _log.exception("watching for hosts: what was to be done with the news")


def _heard() -> dns_sd.Heard:
    return dns_sd.Heard([SERVICE], most=_MOST, apart=True)


def _hosts(heard: dns_sd.Heard, zone: str) -> list[FoundHost]:
    """One for each device, by what it says with the highest term; of its addresses the one that came up last first."""
    found: dict[str, FoundHost] = {}
    for instance in reversed(heard.instances):
        host = _host(instance, heard.address(instance))
        if host is None or (zone and host.zone != zone):
            continue
        before = found.get(host.device)
        if before is None or before.term < host.term:
            found[host.device] = host
        elif before.term == host.term and host.address not in (before.address, *before.others):
            others = (*before.others, host.address)
            found[host.device] = FoundHost(
                before.device, before.zone, before.term, before.address, before.heard_from, others
            )
    return sorted(found.values(), key=lambda host: -host.term)


def _host(instance: Instance, address: str) -> FoundHost | None:
    """What an announcement says, or None where it is not of this version or is no announcement of ours."""
    text = instance.text or {}
    device, zone, term = text.get("d", ""), text.get("z", ""), text.get("t", "")
    if text.get("v") != VERSION or not instance.target or not instance.port:
        return None
    if not ID.fullmatch(device) or not ID.fullmatch(zone) or not re.fullmatch("[0-9]{1,10}", term):
        return None
    if int(term) > _LARGEST_TERM:
        return None
    return FoundHost(device, zone, int(term), f"{address}:{instance.port}", instance.sender)
