"""The room's own network: where hosts announce themselves, and this one's announcement."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from akimat_desk.sync.announcing import Announcement, announcing
from akimat_desk.sync.discovery import FoundHost, watch_hosts

_log = logging.getLogger(__name__)


class Network:
    """Of the PC `device` in `zone`. A network that lets no multicast through finds nobody; an address can be typed."""

    def __init__(self, zone: str, device: str) -> None:
        self._zone = zone
        self._device = device
        self._found: tuple[FoundHost, ...] = ()
        self._stack = ExitStack()

    def start(self, changed: Callable[[], None]) -> None:
        """Listen; `changed` is told when a host comes or goes."""

        def heard(found: list[FoundHost]) -> None:
            self._found = tuple(found)
            changed()

        try:
            self._stack.enter_context(watch_hosts(heard, zone=self._zone))
        except OSError as why:
            _log.warning("Hosts are not listened to: %s", type(why).__name__)

    def stop(self) -> None:
        """Listen no more."""
        self._stack.close()

    def addresses(self) -> list[str]:
        """Where other hosts are now, the highest term first."""
        others = [host for host in self._found if host.device != self._device]
        return [address for host in others for address in (host.address, *host.others)]

    @contextmanager
    def announced(self, term: int, port: int) -> Iterator[None]:
        """This PC tells the network that it is the host, until the block ends."""
        with ExitStack() as stack:
            try:
                stack.enter_context(announcing(Announcement(self._zone, self._device, term, port)))
            except OSError as why:
                _log.warning("This host is not announced: %s", type(why).__name__)
            yield
