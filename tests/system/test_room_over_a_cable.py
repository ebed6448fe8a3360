"""Two PCs with a cable between them: each is a process in a network of its own, and the cable can be pulled."""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.sync.discovery import FoundHost
from tests.system.printers import demand

pytestmark = pytest.mark.real

ZONE, DEVICE = "0a" * 16, "3f2a9c81d04e7b1f" * 2

HOST = f"""
import sys
from akimat_desk.sync.announcing import Announcement, announcing
with announcing(Announcement({ZONE!r}, {DEVICE!r}, term=3, port=8765)):
    sys.stdin.read()
"""
WATCH = """
import dataclasses, json, sys
from akimat_desk.sync.discovery import watch_hosts
with watch_hosts(lambda hosts: print(json.dumps([dataclasses.astuple(host) for host in hosts]), flush=True)):
    sys.stdin.read()
"""


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, timeout=30)


@pytest.fixture
def cable() -> Iterator[tuple[str, str]]:
    """Two networks, joined; the first has the address 10.9.0.1 and its end of the cable is not in."""
    demand(("ip",))
    name = secrets.token_hex(4)
    one, other = f"akimat-{name}-1", f"akimat-{name}-2"
    with contextlib.ExitStack() as stack:
        for each in (one, other):
            ip("netns", "add", each)
            stack.callback(ip, "netns", "delete", each)
        ip("link", "add", "cable", "netns", one, "type", "veth", "peer", "name", "cable", "netns", other)
        ip("-netns", one, "address", "add", "10.9.0.1/24", "dev", "cable")
        ip("-netns", other, "address", "add", "10.9.0.2/24", "dev", "cable")
        ip("-netns", other, "link", "set", "cable", "up")
        yield one, other


@contextlib.contextmanager
def pc(network: str, program: str, log: Path) -> Iterator[subprocess.Popen[str]]:
    """A process on a PC with this network, until its input ends."""
    command = ["ip", "netns", "exec", network, sys.executable, "-c", program]
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        with process:
            yield process
    assert (process.returncode, log.read_text()) == (0, "")


def found(address: str, *others: str) -> FoundHost:
    return FoundHost(DEVICE, ZONE, 3, f"{address}:8765", address, tuple(f"{each}:8765" for each in others))


def test_a_host_is_seen_when_the_cable_is_put_in_and_when_its_address_changes(
    cable: tuple[str, str], tmp_path: Path
) -> None:
    """How an address that was lost is forgotten, `tests/sync/test_discovery.py` tells without the wait."""
    one, other = cable
    with pc(other, WATCH, tmp_path / "watch.log") as watch, pc(one, HOST, tmp_path / "host.log"):

        def told() -> list[FoundHost]:
            assert watch.stdout is not None
            return [FoundHost(*each[:5], others=tuple(each[5])) for each in json.loads(watch.stdout.readline())]

        ip("-netns", one, "link", "set", "cable", "up")
        assert told() == [found("10.9.0.1")]
        ip("-netns", one, "address", "delete", "10.9.0.1/24", "dev", "cable")
        ip("-netns", one, "address", "add", "10.9.0.7/24", "dev", "cable")
        assert told() == [found("10.9.0.7", "10.9.0.1")]
