"""The room's host and somebody else's responder: avahi sees ours, ours finds avahi's, on one port and one interface."""

from __future__ import annotations

import contextlib
import queue
import secrets
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.sync.announcing import Announcement, announcing
from akimat_desk.sync.discovery import FoundHost, find_hosts, watch_hosts
from tests.system.printers import demand, running, until

pytestmark = pytest.mark.real

TYPE = "_akimat-desk._tcp"


@pytest.fixture
def zone() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def device() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def avahi(dns_sd_environment: dict[str, str]) -> dict[str, str]:
    """The environment in which avahi's own programs find the private avahi. They are in Debian's avahi-utils."""
    demand(("avahi-browse", "avahi-publish"))
    return dns_sd_environment


class Browser:
    """An avahi-browse that runs. Without its --terminate, with which it has been seen to wait for ever after a service
    that had just gone."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, device: str) -> None:
        self._process, self._log, self._name = process, log, device[:12]

    def told(self, kind: str) -> list[str]:
        """Its lines about the host: "+" it came, "=" what it is, "-" it went."""
        lines = self._log.read_text().splitlines()
        return [line for line in lines if line.startswith(f"{kind};lo;IPv4;{self._name};")]

    def wait(self, kind: str) -> str:
        """The first such line."""
        until(lambda: self.told(kind), f"a line {kind} of avahi-browse", self._log, self._process)
        return self.told(kind)[0]


@contextlib.contextmanager
def browsing(avahi: dict[str, str], device: str, folder: Path) -> Iterator[Browser]:
    log = folder / "browse.log"
    with running(["avahi-browse", "--resolve", "--parsable", TYPE], log, avahi) as process:
        yield Browser(process, log, device)


def test_avahi_sees_a_host_come_and_go(avahi: dict[str, str], zone: str, device: str, tmp_path: Path) -> None:
    with browsing(avahi, device, tmp_path) as browser:
        with announcing(Announcement(zone, device, term=3, port=8765)):
            *place, text = browser.wait("=").split(";")
        browser.wait("-")
    name = f"akimat-desk-{device[:12]}.local"
    assert place == ["=", "lo", "IPv4", device[:12], TYPE, "local", name, "127.0.0.1", "8765"]
    assert sorted(text.split()) == sorted(f'"{each}"' for each in ("v=1", f"z={zone}", f"d={device}", "t=3"))


def test_who_looks_again_sees_the_term_of_now(avahi: dict[str, str], zone: str, device: str, tmp_path: Path) -> None:
    def sees(term: int) -> bool:
        with browsing(avahi, device, tmp_path) as browser:
            return f'"t={term}"' in browser.wait("=")

    with announcing(Announcement(zone, device, term=3, port=8765)) as host:
        assert sees(3)
        host.set_term(4)
        assert any(sees(4) for _ in range(20))  # avahi may answer before it has read the news


@contextlib.contextmanager
def published(avahi: dict[str, str], zone: str, device: str, log: Path) -> Iterator[None]:
    """A host as avahi announces it."""
    text = ["v=1", f"z={zone}", f"d={device}", "t=7", "later=unknown"]
    with running(["avahi-publish", "--service", device[:12], TYPE, "8765", *text], log, avahi) as process:
        until(lambda: "Established" in log.read_text(), "avahi-publish", log, process)
        yield


def test_a_host_that_avahi_announces_is_found(avahi: dict[str, str], zone: str, device: str, tmp_path: Path) -> None:
    stop = threading.Event()
    with published(avahi, zone, device, tmp_path / "publish.log"):
        found = find_hosts(30.0, zone=zone, stop=stop, progress=lambda _: stop.set())
    assert found == [FoundHost(device, zone, 7, "127.0.0.1:8765", "127.0.0.1")]


def test_a_host_that_avahi_announces_is_watched(avahi: dict[str, str], zone: str, device: str, tmp_path: Path) -> None:
    told: queue.Queue[list[FoundHost]] = queue.Queue()
    with watch_hosts(told.put, zone=zone):
        with published(avahi, zone, device, tmp_path / "publish.log"):
            assert told.get(timeout=30) == [FoundHost(device, zone, 7, "127.0.0.1:8765", "127.0.0.1")]
        assert told.get(timeout=30) == []
