"""The room's network, one interface at a time: where multicast DNS (RFC 6762) is asked, heard and answered. IPv4 only.

`Asking` sends one-shot queries from an ordinary port and hears what is answered to it; nothing else has to be open.
`Group` is in the group itself, on port 5353, beside avahi, Bonjour and the system's own. Both hold one socket for each
interface, so that an answer leaves where its question came in, with the address that holds there. An interface that
is down, goes, or cannot multicast is no error: it is not there.

On Windows the addresses are the ones its own name stands for, sockets are named by address instead of by number, and
the port is shared by SO_REUSEADDR alone, since a socket there cannot be bound to the group. That way is written from
Microsoft's documentation (IPPROTO_IP socket options); a test runs it on Linux, nobody has run it on Windows yet.
"""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

GROUP: Final = ("224.0.0.251", 5353)
PACKET: Final = 9000
"""No packet of multicast DNS is larger (RFC 6762, section 17)."""
READS_PER_S: Final = 100
"""Packets a second and interface that `Group` reads. What a flood brings beyond is left to the system to drop."""

_LOOPBACK: Final = "127.0.0.1"
_UP_AND_RUNNING: Final = 0x1 | 0x40  # IFF_UP | IFF_RUNNING: a pulled cable takes the second away
_SIOCGIFFLAGS: Final = 0x8913
_SIOCGIFADDR: Final = 0x8915
_IP_MULTICAST_ALL: Final = 49
"""Linux: else a socket would also hear the interfaces that other sockets have joined. Python has no name for it."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface that is up: its number (0 on Windows) and its first IPv4 address."""

    index: int
    address: str


@dataclass(frozen=True, slots=True)
class Packet:
    """What came in at `interface`, and from where it was sent."""

    interface: Interface
    payload: bytes
    sender: tuple[str, int]


class Allowance:
    """At most `per_second` in any second, and as many at once after a quiet one."""

    def __init__(self, per_second: float) -> None:
        self._rate = self._left = per_second
        self._at = time.monotonic()

    def has(self) -> bool:
        """Whether one more is allowed now."""
        now = time.monotonic()
        self._left = min(self._rate, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left >= 1

    def take(self) -> bool:
        """Use one; False, and nothing used, where none is left."""
        if not self.has():
            return False
        self._left -= 1
        return True


def interfaces() -> list[Interface]:
    """Those that are up and have an IPv4 address."""
    if sys.platform != "linux":
        with contextlib.suppress(OSError):  # a PC whose own name has no address
            own = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_DGRAM)
            return [Interface(0, each) for each in sorted({str(one[4][0]) for one in own} | {_LOOPBACK})]
        return [Interface(0, _LOOPBACK)]
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for index, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with contextlib.suppress(OSError):  # without an IPv4 address, or gone since it was listed
                (flags,) = struct.unpack_from("=H", fcntl.ioctl(sock, _SIOCGIFFLAGS, request), 16)
                address = socket.inet_ntoa(fcntl.ioctl(sock, _SIOCGIFADDR, request)[20:24])
                if flags & _UP_AND_RUNNING == _UP_AND_RUNNING:
                    found.append(Interface(index, address))
    return found


class Asking:
    """One-shot queries (RFC 6762, section 5.1) on every interface there is when it is opened."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        for interface in interfaces():
            with contextlib.suppress(OSError):
                self._sockets.append(_socket(interface))

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._sockets:
            each.close()

    def __bool__(self) -> bool:
        return bool(self._sockets)

    def send(self, payloads: Iterable[bytes]) -> None:
        """Ask on every interface."""
        for payload in payloads:
            for each in self._sockets:
                with contextlib.suppress(OSError):  # an interface that is down
                    each.sendto(payload, GROUP)

    def answers(self, seconds: float) -> Iterator[tuple[bytes, str]]:
        """What has been answered, and by whom; waits up to `seconds` for the first."""
        ready, _, _ = select.select(self._sockets, [], [], seconds)
        for each in ready:
            with contextlib.suppress(OSError):  # Windows reports an unreachable neighbour here
                payload, sender = each.recvfrom(PACKET)
                yield payload, sender[0]


class Group:
    """The group on every interface, on those too that come later. For one thread; `wake` alone is for others."""

    def __init__(self) -> None:
        self._sockets: dict[Interface, socket.socket] = {}
        self._allowed: dict[Interface, Allowance] = {}
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)

    def __enter__(self) -> Group:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (*self._sockets.values(), self._bell, self._rope):
            each.close()

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """Where it is in the group now."""
        return tuple(self._sockets)

    def look_round(self) -> list[Interface]:
        """Leave interfaces that went or have another address now, join those that came; these are returned."""
        try:
            there = interfaces()
        except OSError:  # the system is short of something; next time
            return []
        for gone in self._sockets.keys() - set(there):
            self._sockets.pop(gone).close()
            del self._allowed[gone]
        joined = []
        for each in there:
            if each not in self._sockets:
                with contextlib.suppress(OSError):  # one that cannot multicast; it is tried again next time
                    self._sockets[each] = _member(each)
                    self._allowed[each] = Allowance(READS_PER_S)
                    joined.append(each)
        return joined

    def packets(self, seconds: float) -> Iterator[Packet]:
        """What has come in; waits up to `seconds` for the first, or until `wake`."""
        listening = {sock: each for each, sock in self._sockets.items() if self._allowed[each].has()}
        if len(listening) < len(self._sockets):
            seconds = min(seconds, 0.05)
        ready, _, _ = select.select([self._bell, *listening], [], [], max(0.0, seconds))
        for sock in ready:
            if sock is self._bell:
                with contextlib.suppress(OSError):
                    sock.recv(PACKET)
                continue
            with contextlib.suppress(OSError):  # the interface went just now
                payload, sender = sock.recvfrom(PACKET)
                self._allowed[listening[sock]].take()
                yield Packet(listening[sock], payload, sender)

    def send(self, interface: Interface, payload: bytes, to: tuple[str, int] = GROUP) -> None:
        """Send from port 5353, to everyone on `interface` or to one."""
        with contextlib.suppress(OSError):  # the interface is down, or the one does not answer
            self._sockets[interface].sendto(payload, to)

    def wake(self) -> None:
        """End the wait in `packets`; from any thread."""
        with contextlib.suppress(OSError):  # it has rung already, or has closed
            self._rope.send(b"!")


def _socket(interface: Interface) -> socket.socket:
    """A socket whose multicast leaves through `interface`, with its address, for this network only."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        own = socket.inet_aton(interface.address)
        way = struct.pack("=4s4si", b"", own, interface.index) if sys.platform == "linux" else own
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, way)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        sock.setblocking(False)
    except OSError:
        sock.close()
        raise
    return sock


def _member(interface: Interface) -> socket.socket:
    """A socket in the group on `interface`.

    On Linux it is bound to the group's address, so that it takes no packet that was sent to another program of this PC
    on the same port.
    """
    sock = _socket(interface)
    group, own = socket.inet_aton(GROUP[0]), socket.inet_aton(interface.address)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sys.platform == "linux":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sock.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
        sock.bind(GROUP if sys.platform == "linux" else ("", GROUP[1]))
        membership = struct.pack("=4s4si", group, own, interface.index) if sys.platform == "linux" else group + own
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    except OSError:
        sock.close()
        raise
    return sock
