"""A network in which nothing happens that a test did not write down, and time passes only while somebody waits."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace

import pytest

from akimat_desk.base.multicast import GROUP, Interface, Packet

LAN = Interface(2, "192.168.1.10")
NEIGHBOUR = "192.168.1.20"


class QuietNetwork:
    """Stands where `Group` stands. `events` happen at their second; `sent` is what was said, when, where and to whom.

    It ends what runs on it by calling `at_end` when `seconds` have passed.
    """

    def __init__(self, seconds: float = 10.0) -> None:
        self.there: list[Interface] = [LAN]
        self.now = 0.0
        self.sent: list[tuple[float, Interface, bytes, tuple[str, int]]] = []
        self.at_end: Callable[[], None] = lambda: None
        self._seconds = seconds
        self._events: list[tuple[float, Packet | Callable[[], None]]] = []
        self._joined: tuple[Interface, ...] = ()
        self._woken = threading.Event()

    @contextlib.contextmanager
    def rules_time_of(self, *modules: ModuleType) -> Iterator[QuietNetwork]:
        """Within the block the time of these modules is the network's."""
        with pytest.MonkeyPatch.context() as patch:
            for each in modules:
                patch.setattr(each, "time", SimpleNamespace(monotonic=lambda: self.now))
            yield self

    def at(self, second: float, event: Packet | Callable[[], None]) -> None:
        """Let a packet come in, or something be done."""
        self._events = sorted([*self._events, (second, event)], key=lambda each: each[0])

    def comes_in(self, second: float, payload: bytes, *, port: int = GROUP[1], sender: str = NEIGHBOUR) -> None:
        """Let a packet come in at the first interface."""
        self.at(second, Packet(LAN, payload, (sender, port)))

    # what `Group` has

    def __enter__(self) -> QuietNetwork:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        return self._joined

    def look_round(self) -> list[Interface]:
        new = [each for each in self.there if each not in self._joined]
        self._joined = tuple(self.there)
        return new

    def send(self, interface: Interface, payload: bytes, to: tuple[str, int] = GROUP) -> None:
        self.sent.append((self.now, interface, payload, to))

    def packets(self, seconds: float) -> Iterator[Packet]:
        until = self.now + max(0.0, seconds)
        if self._events and self._events[0][0] <= until:
            self.now, event = max(self.now, self._events[0][0]), self._events.pop(0)[1]
            if isinstance(event, Packet):
                yield event
            else:
                event()
        elif until >= self._seconds:
            self.now = self._seconds
            self.at_end()
            self._woken.wait(30.0)
        else:
            self.now = until

    def wake(self) -> None:
        self._woken.set()
